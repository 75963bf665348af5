"""From strokes to walls: each stretch between two crossings is looked at again on the grey page.

A stretch is a wall if it is dark from one crossing to the other. So a rule that the finder saw in parts is made whole,
and the stroke of a letter, which ends before the crossing, is no wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from jixiao.reading.scan.picture import Numbers, Pixels
from jixiao.reading.scan.strokes import Piece

_ONE = 5.0
"""Pixels: strokes nearer than this belong to one rule."""
_TOUCH = 8.0
_TRIM = 2.0
_END = 5.0
_BEYOND = 7.0
_HALF = 0.5
_SURE = 0.9
_SEEN = 0.65


@dataclass(slots=True)
class Line:
    """All strokes at one position.

    Attributes:
        at: where it lies across.
        pieces: its strokes.
        light: how far each pixel along it is from its usual ink towards paper, 0 to 1 (finer pixels than `at`).
        beside: the same a little to either side, the darker of the two.
        fine: those pixels to one of `at`.
    """

    at: float
    pieces: list[Piece]
    light: Numbers = field(default_factory=lambda: np.zeros(0))
    beside: Numbers = field(default_factory=lambda: np.zeros(0))
    fine: float = 1.0


@dataclass(frozen=True, slots=True)
class Wall:
    """A stretch between two neighbouring crossings of a line.

    Attributes:
        line: number of the line, from the top or left.
        low, high: where it begins and ends, in pixels.
        share: how much of it is dark.
        stands: whether it is taken for a wall.
    """

    line: int
    low: float
    high: float
    share: float
    stands: bool


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """Strokes gathered into lines."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        if lines and piece.at - lines[-1].pieces[-1].at <= _ONE:
            lines[-1].pieces.append(piece)
        else:
            lines.append(Line(piece.at, [piece]))
    for line in lines:
        line.at = sum(p.at * p.length for p in line.pieces) / sum(p.length for p in line.pieces)
    return lines


def look_along(lines: Sequence[Line], grey: Pixels, fine: float) -> None:
    """Tell of every line where it is dark, on a page that has `fine` pixels for one of the lines'."""
    for line in lines:
        line.fine = fine
        low, high = min(p.at for p in line.pieces), max(p.at for p in line.pieces)
        darkest = _darkest(grey, low - 1, high + 1, fine)
        covered = np.zeros(len(darkest), np.bool_)
        for piece in line.pieces:
            covered[round(piece.low * fine) : round(piece.high * fine)] = True
        usual = float(np.median(darkest[covered])) if covered.any() else 0.0
        ink = max(255.0 - usual, 1.0)
        line.light = np.clip((darkest - usual) / ink, 0.0, 1.0)


def _darkest(grey: Pixels, low: float, high: float, fine: float) -> Numbers:
    first = max(int(np.floor((low + 0.5) * fine)), 0)
    last = min(int(np.ceil((high + 0.5) * fine)), grey.shape[0])
    if last <= first:
        return np.full(grey.shape[1], 255.0)
    darkest: Numbers = grey[first:last].min(axis=0).astype(np.float64)
    return darkest


def drop_letters(level: list[Piece], upright: list[Piece], least: int) -> list[Piece]:
    """The level strokes that are long, or that end on upright ones at both ends as a short wall does."""
    return [
        piece
        for piece in level
        if piece.length >= least or (_meets(piece.low, piece.at, upright) and _meets(piece.high, piece.at, upright))
    ]


def _meets(end: float, at: float, across: list[Piece]) -> bool:
    return any(abs(one.at - end) <= _TOUCH and one.low - _TOUCH <= at <= one.high + _TOUCH for one in across)


def walls_of(lines: Sequence[Line], across: Sequence[Line]) -> list[Wall]:
    """Every stretch of every line between crossings with the lines across, with its evidence."""
    walls = []
    for number, line in enumerate(lines):
        crossings = sorted(other.at for other in across if _reaches(other, line.at))
        walls += [_wall(number, line, low, high) for low, high in pairwise(crossings)]
    return walls


def _reaches(line: Line, at: float) -> bool:
    return any(piece.low - _TOUCH <= at <= piece.high + _TOUCH for piece in line.pieces)


def _wall(number: int, line: Line, low: float, high: float) -> Wall:
    if high - low <= 2 * _ONE:
        return Wall(number, low, high, 1.0, stands=True)
    share = _dark_share(line, low + _TRIM, high - _TRIM)
    whole = any(
        piece.low <= low - _BEYOND or piece.high >= high + _BEYOND
        for piece in line.pieces
        if piece.low < high - _BEYOND and piece.high > low + _BEYOND
    )
    if whole:
        return Wall(number, low, high, share, stands=share >= _SEEN)
    ends = min(_dark_share(line, low + 1, low + _END), _dark_share(line, high - _END, high - 1))
    return Wall(number, low, high, share, stands=share >= _SURE and ends >= _SURE)


def _dark_share(line: Line, low: float, high: float) -> float:
    first = max(round(low * line.fine), 0)
    part = line.light[first : max(round(high * line.fine), first + 1)]
    return float((part < _HALF).mean()) if part.size else 0.0
