"""Texts of columns as codes, read where they lie: equal words of 16 bytes are equal texts.

Arrow keeps a text as a view of 16 bytes, https://arrow.apache.org/docs/format/Columnar.html: its length and, up to 12
bytes, the text itself; a longer one has its first 4 bytes and where the whole of it stands. So a view stands for one
text only, and a text has few views where a dictionary was read. The loop looks each view up among
those met, and stops at others.
"""

import ctypes
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.kernel.loops import full
from jixiao.language.kernel.memory import Lending

if TYPE_CHECKING:
    from jixiao.language.kernel.compiled import Home

VIEW: Final = 16
"""Bytes of a view."""
View = tuple[int, int]
"""The two words of a view."""
_KNOWN: Final = 48
"""Views that are told apart; a column with more is coded by Polars."""
_SLOTS: Final = 1024
"""Slots of the table in which views are looked up: as many as the ten highest bits of a word tell apart."""
_MIX: Final = 0x9E3779B97F4A7C15
"""An odd number that spreads views over the slots: 2^64 over the golden ratio."""
_TRIES: Final = 1000
"""Numbers tried for it; the first ones nearly always do."""
_WORD: Final = 2**64
_LENGTH: Final = 2**32 - 1
"""The bits of a view's first word that hold the length."""
_KEY: Final = "views-4"
_SOURCE: Final = '''"""Views of texts as codes, compiled by numba; written by jixiao."""


def run(views, codes, seen, meant, mix, first):
    last = len(meant) - 1
    for row in range(first, len(codes)):
        length = full(views, 2 * row)
        rest = full(views, 2 * row + 1)
        slot = (((length ^ (rest * mix)) * mix) >> 54) & last
        if seen[2 * slot] != length or seen[2 * slot + 1] != rest:
            return row
        codes[row] = meant[slot]
    return len(codes)
'''


class Coder:
    """Codes columns of texts; compiled when it is first used."""

    def __init__(self, home: "Home", lending: Lending) -> None:
        """Take where compiled functions are kept, and who lends memory."""
        self._home = home
        self._lending = lending

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
        codes = self._lending.block(4 * len(texts)).view(np.int32)
        known: dict[View, int] = {}
        first = 0
        while len(known) < _KNOWN and (mix := _apart(known)):
            first = self._function(views, codes, *_table(known, mix), first)
            if first == len(texts):
                return codes
            view = _view(views + VIEW * first)
            word = _inline(view)
            if word is None:
                word = texts[first]
            if word is None:
                break
            known[view] = vocabulary.code(word)
        return vocabulary.column(texts).fill_null(0).to_numpy()


def _apart(views: Collection[View]) -> int:
    """An odd number that gives each view a slot of its own; 0 where none was found."""
    tries = (pow(5, at, _WORD) * _MIX % _WORD for at in range(_TRIES))
    return next((mix for mix in tries if len({_slot(view, mix) for view in views}) == len(views)), 0)


def _table(known: Mapping[View, int], mix: int) -> tuple[Any, Any, Any]:
    """The views met, each in its slot, their codes, and the number that gives the slots; as the loop takes them."""
    seen = np.full(2 * _SLOTS, _WORD - 1, dtype=np.uint64)  # no view begins so
    meant = np.zeros(_SLOTS, dtype=np.int32)
    for view, code in known.items():
        slot = _slot(view, mix)
        seen[2 * slot : 2 * slot + 2] = view
        meant[slot] = code
    return seen.view(np.int64), meant, np.uint64(mix).astype(np.int64)


def _slot(view: View, mix: int) -> int:
    """As the loop finds it."""
    return ((view[0] ^ view[1] * mix % _WORD) * mix % _WORD >> 54) % _SLOTS


def _view(address: int) -> View:
    """The view at an address."""
    first, second = (ctypes.c_uint64 * 2).from_address(address)
    return int(first), int(second)


def _inline(view: View) -> str | None:
    """The text of a view; none where it stands elsewhere."""
    length = view[0] & _LENGTH
    if length > VIEW - 4:
        return None
    return b"".join(word.to_bytes(8, "little") for word in view)[4 : 4 + length].decode()
