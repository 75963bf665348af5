"""Whether a form's texts name the place of a book: its words, and what makes the same words another place's."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Words(Struct, frozen=True):
    """What recognises a place 地区识别; data of the books.

    Attributes:
        anywhere: names that carry their own rank (上海市), wherever they stand in a text.
        starts: names that count only where a text begins with them (上海, 青浦区), for roads, offices and schools
            elsewhere bear them too.
        not_after: regular expressions; a name straight after one is another's (驻上海市办事处).
        not_before: regular expressions; a name of `starts` straight before one is another thing (上海路街道).
        elsewhere: names of other places; where one stands, a name of `starts` does not count.
        titles: words of a form's title that pick the book whatever the place (转移支付).
        shown_here, shown_elsewhere: worked cases: names of offices that pick the book, and that must not; run as tests.
    """

    anywhere: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    shown_here: tuple[str, ...] = ()
    shown_elsewhere: tuple[str, ...] = ()


_BEFORE_THE_NAME = re.compile(r"[\s\d年度（）()《“\"〔〕\[\]—-]*")


class Recogniser:
    """Finds the longest word of a place in texts, under the guards of all books."""

    def __init__(self, words: Iterable[Words]) -> None:
        """Join the guards; each book's own names are told by `found`."""
        every = tuple(words)
        self._not_after = _either(rf"(?:{guard})$" for one in every for guard in one.not_after)
        self._not_before = _either(guard for one in every for guard in one.not_before)
        self._elsewhere = tuple(dict.fromkeys(name for one in every for name in one.elsewhere))
        self._foreign: dict[tuple[str, ...], list[str]] = {}

    def found(self, own: Words, texts: Sequence[str]) -> str:
        """The longest word of a book that names its place in the texts; "" where none does."""
        names = (*own.anywhere, *own.starts)
        if not any(name in text for name in names for text in texts):
            return ""
        if names not in self._foreign:
            self._foreign[names] = [name for name in self._elsewhere if not any(name in word for word in names)]
        foreign = self._foreign[names]
        away = any(self._first(foreign, _without(text, names)) is not None for text in texts)
        hits = [word for text in texts for word in own.anywhere if self._names(word, text, foreign)]
        if not away:
            hits += [word for text in texts for word in own.starts if self._starts(word, text)]
        return max(hits, key=len, default="")

    def _names(self, word: str, text: str, foreign: Sequence[str]) -> bool:
        """Whether a word stands in a text, not after another place's name nor after a word such as 驻."""
        if word not in text:
            return False
        befores = (text[: match.start()] for match in re.finditer(re.escape(word), text))
        return any(not self._not_after.search(before) and self._first(foreign, before) is None for before in befores)

    def _starts(self, word: str, text: str) -> bool:
        begin = _BEFORE_THE_NAME.match(text)
        rest = text[begin.end() if begin else 0 :]
        return rest.startswith(word) and not self._not_before.match(rest[len(word) :])

    def _first(self, names: Sequence[str], text: str) -> str | None:
        """The first of the names that stands for a place in a text."""
        held = (name for name in names if name in text)
        return next((name for name in held for match in re.finditer(re.escape(name), text) if self._is(match)), None)

    def _is(self, match: re.Match[str]) -> bool:
        """Whether a name stands for its place: it is not a road's, nor one that is only visited."""
        before, after = match.string[: match.start()], match.string[match.end() :]
        return not self._not_after.search(before) and not self._not_before.match(after)


def _either(guards: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(dict.fromkeys(guards)) or r"(?!)")


def _without(text: str, names: Sequence[str]) -> str:
    """A text with a book's own names blanked, so that 上海南站 does not hold 海南."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "\0")
    return text
