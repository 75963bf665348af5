"""The ink of a cell: parts of letters, dots and specks, and pieces of rules, which tell of a wall that was not seen."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.picture import Pixels

_SPECK = 0.05
_THIN_RESIDUE = 0.22
_LETTER, _WIDE_LETTER = 0.3, 0.2
_PIECE_THIN, _PIECE_LONG, _SLENDER = 0.12, 0.3, 4
_STANDS, _LIES = 1.6, 3.0
_ALIGNED = 1.5
LETTER = 2
"""Ink of a part of a letter."""


class Rect(NamedTuple):
    """Left, top, right, bottom in pixels of a page; the last two excluded."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Print:
    """How a page is printed.

    Attributes:
        em: the size of its letters in pixels.
        ink: a pixel darker than this is ink.
    """

    em: float
    ink: int

    def of_size(self, em: float) -> "Print":
        """The same with letters of another size."""
        return Print(em, self.ink)


class Ink(NamedTuple):
    """The ink of a cell.

    Attributes:
        kinds: 2 in parts of letters, 1 in dots and specks, else 0; what is left of walls is none.
        pieces: whether pieces of a rule stand among the letters, one above the other or in one row.
        touching: whether a part of a letter ends where the wall at the left begins, and where that at the right does.
    """

    kinds: Pixels
    pieces: bool
    touching: tuple[bool, bool]


class _Parts(NamedTuple):
    """The connected parts of some ink, part 0 being the paper."""

    left: NDArray[np.int32]
    top: NDArray[np.int32]
    wide: NDArray[np.int32]
    high: NDArray[np.int32]
    area: NDArray[np.int32]


def ink_of(pixels: Pixels, page: Print, inside: Rect | None = None) -> Ink:
    """The ink of a cleaned cell.

    Args:
        pixels: its picture, walls painted over.
        page: how it is printed.
        inside: what of it was not painted over; not needed where walls do not matter.
    """
    ink, em = (pixels < page.ink).astype(np.uint8), page.em
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count == 1:
        return Ink(ink, pieces=False, touching=(False, False))
    parts = _Parts(*stats.T)
    left, top, wide, high, area = parts
    bottom, right = ink.shape
    beside = ((left <= 1) | (left + wide >= right - 1)) & (wide < _THIN_RESIDUE * em) & (high > em)
    along = ((top <= 1) | (top + high >= bottom - 1)) & (high < _THIN_RESIDUE * em) & (wide > em)
    letter = (np.maximum(wide, high) >= _LETTER * em) | ((wide >= _WIDE_LETTER * em) & (2 * wide >= 3 * high))
    kinds = np.where(letter, LETTER, 1).astype(np.uint8)
    kinds[(area < max(2, round((_SPECK * em) ** 2 * 2))) | beside | along] = 0
    if inside is not None:
        kinds[_are_left_of_walls(parts, inside, em)] = 0
    kinds[0] = 0
    letter = kinds == LETTER
    touching = _touching(parts, letter, inside, em) if inside else (False, False)
    return Ink(np.asarray(kinds[labels], np.uint8), _has_pieces(parts, letter, em), touching)


def _are_left_of_walls(parts: _Parts, inside: Rect, em: float) -> NDArray[np.bool_]:
    """Which parts are slender pieces of a wall with gaps, left where it was painted over in part."""
    left, top, wide, high, _ = parts
    thin = max(3.0, _PIECE_THIN * em)
    standing = ((left <= inside.left) | (left + wide >= inside.right)) & (wide <= thin) & (high >= 2 * wide)
    lying = ((top <= inside.top) | (top + high >= inside.bottom)) & (high <= thin) & (wide >= 2 * high)
    return np.asarray(standing | lying, np.bool_)


def _touching(parts: _Parts, letter: NDArray[np.bool_], inside: Rect, em: float) -> tuple[bool, bool]:
    """Whether a part of a letter, and no dash, reaches the wall at the left, and at the right."""
    tall = letter & (parts.high > _LETTER * em)
    at_right = parts.left + parts.wide >= inside.right
    return bool((tall & (parts.left <= inside.left)).any()), bool((tall & at_right).any())


def _has_pieces(parts: _Parts, letter: NDArray[np.bool_], em: float) -> bool:
    """Whether slender strokes stand above each other, or lie in a row, over more than one letter of the page."""
    thin = max(2.0, _PIECE_THIN * em)
    long = _PIECE_LONG * em
    standing = letter & (parts.wide <= thin) & (parts.high >= np.maximum(long, _SLENDER * parts.wide))
    lying = letter & (parts.high <= thin) & (parts.wide >= np.maximum(long, _SLENDER * parts.high))
    return _line_up(parts.left + parts.wide / 2, parts.high, standing, _STANDS * em) or _line_up(
        parts.top + parts.high / 2, parts.wide, lying, _LIES * em
    )


def _line_up(at: NDArray[np.float64], length: NDArray[np.int32], which: NDArray[np.bool_], least: float) -> bool:
    """Whether the lengths of those strokes that lie at one position are enough together."""
    places, lengths = at[which], length[which]
    if not len(places) or lengths.sum() < least:
        return False
    near = np.abs(places[:, None] - places[None, :]) <= _ALIGNED
    return bool(((near * lengths).sum(axis=1) >= least).any())
