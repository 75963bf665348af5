"""Texts as whole numbers: equal texts have equal codes, and a text that says nothing has a negative one.

So `==`, `in` and `blank` are comparisons of whole numbers, and mean what Python means by them: the white space of
`str.strip` is taken off by Python, once a text, when the code is given out.
"""

from collections.abc import Iterable

import polars as pl

from jixiao.language.closure import BLANK

SAYS_SOMETHING, SAYS_NOTHING = 0, -1
"""Codes of the two kinds of text, for columns of which only that is asked."""
_FIRST = 1


class Vocabulary:
    """A vocabulary that grows; codes of one vocabulary say nothing in another but for the words it began with."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """Begin with some words, whose codes follow from their order."""
        self._codes: dict[str, int] = {}
        self._said: list[str] = []
        self._unsaid: list[str] = []
        for word in known:
            self.code(word)

    def code(self, text: str) -> int:
        """The code of a text: from 1 up, or from -2 down where it is blank."""
        code = self._codes.get(text)
        if code is None:
            blank = text.strip() in BLANK
            kept = self._unsaid if blank else self._said
            code = -len(kept) - _FIRST - 1 if blank else len(kept) + _FIRST
            kept.append(text)
            self._codes[text] = code
        return code

    def coded(self, texts: Iterable[str | None]) -> pl.Series:
        """A column of codes; null stays null."""
        return pl.Series([None if text is None else self.code(text) for text in texts], dtype=pl.Int32)

    def spoken(self, texts: Iterable[str | None]) -> pl.Series:
        """A column that only tells texts that say something from those that say nothing."""
        codes = (None if text is None else self.code(text) for text in texts)
        return pl.Series(
            [None if code is None else SAYS_SOMETHING if code > 0 else SAYS_NOTHING for code in codes], dtype=pl.Int32
        )

    def column(self, texts: pl.Series) -> pl.Series:
        """A column of texts as codes, each text looked up once."""
        words = texts.unique().drop_nulls().sort()
        codes = pl.Series([self.code(word) for word in words], dtype=pl.Int32)
        return codes.gather(texts.cast(pl.Enum(words)).to_physical().cast(pl.UInt32)).alias(texts.name)

    def word(self, code: int | None) -> str | None:
        """The text of a code."""
        if code is None:
            return None
        if code in (SAYS_SOMETHING, SAYS_NOTHING):
            return "" if code == SAYS_NOTHING else "…"
        return self._said[code - _FIRST] if code > 0 else self._unsaid[-code - _FIRST - 1]

    def texts(self, codes: pl.Series) -> pl.Series:
        """The texts of a column of codes."""
        found = {code: self.word(code) for code in codes.unique().to_list() if code is not None}
        if not found:  # all null: Polars would hand the codes back as they are
            return codes.cast(pl.String)
        return codes.replace_strict(list(found), list(found.values()), return_dtype=pl.String)
