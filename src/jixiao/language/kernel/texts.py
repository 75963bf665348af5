"""Texts of columns as codes, read where they lie: equal words of 16 bytes are equal texts.

Arrow keeps a text as a view of 16 bytes, https://arrow.apache.org/docs/format/Columnar.html: its length and, up to 12
bytes, the text itself; a longer one has its first 4 bytes and where the whole of it stands. So a view stands for one
text only, and a text has few views where a dictionary was read. The loop knows the views it met, and stops at others.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.kernel.loops import full

if TYPE_CHECKING:
    from jixiao.language.kernel.compiled import Home

VIEW: Final = 16
"""Bytes of a view."""
_KNOWN: Final = 48
"""Views that are told apart; a column with more is coded by Polars."""
_KEY: Final = "views-1"
_SOURCE: Final = '''"""Views of texts as codes, compiled by numba; written by jixiao."""


def run(views, codes, seen, meant, count, first):
    last = 0
    for row in range(first, len(codes)):
        length = full(views, 2 * row)
        rest = full(views, 2 * row + 1)
        if seen[last, 0] != length or seen[last, 1] != rest:
            last = 0
            while last < count and (seen[last, 0] != length or seen[last, 1] != rest):
                last += 1
            if last == count:
                seen[count, 0] = length
                seen[count, 1] = rest
                return row
        codes[row] = meant[last]
    return len(codes)
'''


class Coder:
    """Codes columns of texts; compiled when it is first used."""

    def __init__(self, home: "Home") -> None:
        """Take where compiled functions are kept."""
        self._home = home

    @cached_property
    def _function(self) -> Any:
        return self._home(_KEY, _SOURCE, {"full": full})

    def codes(self, texts: pl.Series, views: int, vocabulary: Vocabulary) -> Any:
        """The codes of a column in one piece, as an array; those of nulls mean nothing.

        Args:
            texts: the column.
            views: the address of its views.
            vocabulary: gives out codes.
        """
        codes = np.empty(len(texts), dtype=np.int32)
        seen = np.full((_KNOWN, 2), -1, dtype=np.int64)  # no view begins so
        meant = np.zeros(_KNOWN, dtype=np.int32)
        count = first = 0
        while (first := self._function(views, codes, seen, meant, count, first)) < len(texts):
            word = _inline(seen[count])
            if word is None:
                word = texts[first]
            if word is None or count + 1 == _KNOWN:
                return vocabulary.column(texts).fill_null(0).to_numpy()
            meant[count] = vocabulary.code(word)
            count += 1
        return codes


def _inline(view: Any) -> str | None:
    """The text of a view; none where it stands elsewhere."""
    raw = view.tobytes()
    length = int.from_bytes(raw[:4], "little")
    return raw[4 : 4 + length].decode() if length <= VIEW - 4 else None
