"""From the picture of a cell to strips: one printed line each, cut so that a recogniser reads all of it.

What goes wrong when letters are cut out: a rule's residue becomes a letter, a thin stroke at a line's end ("一", "。",
"-") is lost, tight lines come as one, specks come as lines. So the walls are painted over where they really stand,
lines are found on ink that is neither speck nor wall, and every strip keeps paper around its letters.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.ink import LETTER, Print, Rect, ink_of
from jixiao.reading.scan.picture import Pixels

PAPER = 255
_WALL = 216
"""A pixel of a wall is darker than this: a thin rule may be pale."""
_TALL, _LOW = 1.45, 0.4
_TIGHT, _LOOSE = 0.95, 1.8
_APART = 2.2
_MARGIN, _EDGE = 0.15, 0.35
_DASH_HIGH = 0.22
_THIN, _SHORT = 0.14, 0.36
_DUST, _CLOSE = 0.2, 0.35
_DASH_LEAST, _DASH_MOST, _DASH_LONG = 0.2, 2.6, 0.6
_SOLID_PERCENT = 60

Span = tuple[int, int]
"""First row or column, and the one after the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One printed line, or the part of it that stands apart.

    Attributes:
        pixels: the line with paper around it, walls painted over.
        box: the outline of its ink on the page.
        line: which line of the cell it is, from 0; parts of one line have one number.
        stroke: the text of a stroke that stands alone in its cell, which recognisers overlook; else "".
        cut: whether it had to be cut from lines that touch.
        runs: the columns of `pixels` that hold ink.
        em: the size of the letters in pixels.
    """

    pixels: Pixels
    box: Rect
    line: int
    stroke: str
    cut: bool
    runs: tuple[Span, ...]
    em: float


class Cleaned(NamedTuple):
    """A cell's picture with its walls painted over.

    Attributes:
        pixels: the picture.
        where: its place on the page.
        inside: what of it was not painted over.
    """

    pixels: Pixels
    where: Rect
    inside: Rect


class Cut(NamedTuple):
    """A cell cut into strips, and what speaks against its walls.

    Attributes:
        strips: from top to bottom, each line from left to right.
        pieces: whether pieces of a rule stand among its letters: a wall was not seen.
        touching: whether letters touch its walls at the left and at the right: those may be strokes of letters.
    """

    strips: list[Strip]
    pieces: bool = False
    touching: tuple[bool, bool] = (False, False)


def clean_cell(grey: Pixels, box: Rect, slack: int) -> Cleaned:
    """A copy of a cell's picture with its walls painted over.

    Args:
        grey: the flat page.
        box: the middle of the cell's walls.
        slack: how far from there ink of a wall may reach, in pixels.
    """
    height, width = grey.shape
    where = Rect(
        max(box.left - slack, 0),
        max(box.top - slack, 0),
        min(box.right + slack, width),
        min(box.bottom + slack, height),
    )
    copy = grey[where.top : where.bottom, where.left : where.right].copy()
    top, below, left, behind = (
        _paint_wall(turned, edge, slack)
        for turned, edge in (
            (copy, box.top - where.top), (copy[::-1], where.bottom - box.bottom),
            (copy.T, box.left - where.left), (copy.T[::-1], where.right - box.right),
        )
    )  # fmt: skip
    return Cleaned(copy, where, Rect(left, top, copy.shape[1] - behind, copy.shape[0] - below))


def _paint_wall(pixels: Pixels, edge: int, slack: int) -> int:
    """Paint over the wall that runs along the first rows, piece by piece, for it may lean; to where at most."""
    length = pixels.shape[1]
    reach = min(edge + slack + 1, pixels.shape[0])
    count = max(1, min(8, length // (8 * slack + 1)))
    starts = np.arange(count) * length // count
    dark = np.add.reduceat(pixels[:reach] < _WALL, starts, axis=1, dtype=np.int32)
    wall = dark * 100 > _SOLID_PERCENT * np.diff(starts, append=length)
    ends = np.where(wall.any(axis=0), reach - wall[::-1].argmax(axis=0), edge) + 1
    pixels[: ends.min()] = PAPER
    if ends.min() != ends.max():
        for start, stop, end in zip(starts, [*starts[1:], length], ends, strict=True):
            pixels[:end, start:stop] = PAPER
    return int(ends.max())


def spans_of(filled: NDArray[np.bool_] | np.bool_) -> list[Span]:
    """The stretches of true values in a row of them."""
    steps = np.flatnonzero(np.diff(np.asarray(filled, np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in zip(steps[::2], steps[1::2], strict=True)]


def lines_of(ink: Pixels, em: float) -> list[tuple[Span, bool]]:
    """The rows that the letters of each line take, and whether it had to be cut from one that touches it."""
    profile = (ink == LETTER).sum(axis=1)
    joined: list[Span] = []
    for span in spans_of(profile > 0):
        if joined and _one_line(joined[-1], span, em):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    lines: list[tuple[Span, bool]] = []
    for span in joined:
        parts = _cut_apart(profile, span, em)
        lines.extend((part, len(parts) > 1) for part in parts)
    return lines


def _one_line(above: Span, below: Span, em: float) -> bool:
    """Whether two stretches of rows are parts of one line: "二", "=", a dot over a stroke."""
    together = below[1] - above[0]
    low = min(above[1] - above[0], below[1] - below[0]) < _LOW * em
    return together <= (1.2 if low else 1.05) * em


def _cut_apart(profile: NDArray[np.integer], span: Span, em: float) -> list[Span]:
    """Lines so tight that no empty row parts them, cut at the emptiest rows near where lines end."""
    high = span[1] - span[0]
    if high <= _TALL * em:
        return [span]
    counts = range(max(2, int(high / (_LOOSE * em)) + 1), max(2, round(high / (_TIGHT * em))) + 1)
    cuts = min((_cuts(profile, span, count) for count in counts), key=lambda cuts: profile[cuts].mean())
    return list(pairwise([span[0], *cuts, span[1]]))


def _cuts(profile: NDArray[np.integer], span: Span, count: int) -> list[int]:
    """The emptiest rows near where a number of equal lines would part."""
    first, high = span[0], span[1] - span[0]
    cuts = [first]
    reach = max(1, high // (4 * count))
    for number in range(1, count):
        middle = first + high * number // count
        low = max(cuts[-1] + 1, middle - reach)
        cuts.append(low + int(profile[low : middle + reach + 1].argmin()))
    return cuts[1:]


def strips_of(cell: Cleaned, page: Print) -> Cut:
    """The strips of a cleaned cell.

    Args:
        cell: its picture, walls painted over.
        page: how it is printed.
    """
    pixels, where, inside = cell
    if not (pixels < page.ink).any():
        return Cut([])
    (ink, pieces, touching), em = ink_of(pixels, page, inside), page.em
    lines = lines_of(ink, em)
    strips: list[Strip] = []
    for number, (rows, cut) in enumerate(lines):
        for columns in _parts(ink[slice(*rows)], em):
            kind = number, cut, len(lines) == 1
            strips.append(_strip(pixels, ink, where, (rows, columns), kind, em))
    return Cut(strips, pieces, touching)


def _strip(
    pixels: Pixels, ink: Pixels, where: Rect, at: tuple[Span, Span], kind: tuple[int, bool, bool], em: float
) -> Strip:
    """One strip; `kind` is the number of its line, whether that was cut, and whether it stands alone."""
    rows, columns = at
    part = ink[slice(*rows), slice(*columns)]
    framed, runs = _framed(pixels, part, at, em)
    box = Rect(where.left + columns[0], where.top + rows[0], where.left + columns[1], where.top + rows[1])
    return Strip(framed, box, kind[0], _stroke(part, em) if kind[2] else "", kind[1], runs, em)


def line_strips(pixels: Pixels, rows: Span, page: Print) -> list[Strip]:
    """The strips of one line of a page without walls, from left to right."""
    em = page.em
    margin = round(_MARGIN * em) + 1
    top = max(rows[0] - margin, 0)
    band = pixels[top : rows[1] + margin]
    where = Rect(0, top, band.shape[1], top + band.shape[0])
    ink = ink_of(band, page).kinds
    ink[: rows[0] - top] = ink[rows[1] - top :] = 0
    found = (rows[0] - top, rows[1] - top)
    return [_strip(band, ink, where, (found, columns), (0, False, False), em) for columns in _parts(ink, em)]


def _parts(ink: Pixels, em: float) -> list[Span]:
    """The columns of a line's parts: a gap of more than two letters parts entries. Specks alone are none."""
    parts: list[Span] = []
    for span in spans_of(ink.any(axis=0)):
        if parts and span[0] - parts[-1][1] < _APART * em:
            parts[-1] = (parts[-1][0], span[1])
        else:
            parts.append(span)
    return [part for part in parts if (ink[:, slice(*part)] == LETTER).any()]


def _stroke(ink: Pixels, em: float) -> str:
    """The dash or slash that a lone straight stroke stands for."""
    rows, columns = np.flatnonzero((ink == LETTER).any(axis=1)), np.flatnonzero((ink == LETTER).any(axis=0))
    ink = np.asarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] == LETTER, np.uint8)
    high, wide = ink.shape
    if high <= _DASH_HIGH * em:
        flat = wide >= 1.5 * high and _DASH_LEAST * em <= wide <= _DASH_MOST * em
        solid = ink.sum() * 100 >= _SOLID_PERCENT * high * wide
        flat = flat and (high <= _THIN * em or wide <= _SHORT * em)  # a thick long one may be "=" run together
        return ("-" if wide < _DASH_LONG * em else "—") if flat and solid else ""
    return "/" if _is_slash(ink, em) else ""


def _is_slash(ink: Pixels, em: float) -> bool:
    """Whether ink is one thin straight stroke that leans to the right by a fifth of its height or more."""
    high, wide = ink.shape
    if not (0.5 * em <= high <= 1.4 * em and 0.2 * high <= wide <= 1.1 * high):
        return False
    weight = ink.sum(axis=1)
    if not weight.all() or weight.max() > 0.25 * em:
        return False
    middles = (ink * np.arange(wide)).sum(axis=1) / weight
    line = np.linspace(middles[0], middles[-1], high)
    return bool(middles[0] - middles[-1] >= 0.15 * high and np.abs(middles - line).max() <= 0.06 * em + 0.5)


def _framed(pixels: Pixels, ink: Pixels, at: tuple[Span, Span], em: float) -> tuple[Pixels, tuple[Span, ...]]:
    """A line with paper around it, dust before and after its letters painted over, and the columns of its ink."""
    (top, bottom), (left, right) = at
    low = max(0.0, em - (bottom - top)) / 2  # a flat line ("一", "…") keeps the height of letters, lest it be magnified
    above, side = round(low + _MARGIN * em), round(_EDGE * em)
    height, width = pixels.shape
    from_row, to_row = max(top - above, 0), min(bottom + above, height)
    from_column, to_column = max(left - side, 0), min(right + side, width)
    framed = cv2.copyMakeBorder(
        pixels[from_row:to_row, from_column:to_column],
        from_row - top + above, bottom + above - to_row, from_column - left + side, right + side - to_column,
        cv2.BORDER_CONSTANT, value=(PAPER,),
    )  # fmt: skip
    runs = spans_of(ink.any(axis=0))
    first, last = _without_dust(ink, runs, em)
    framed[:, : max(runs[first][0] - 1, 0) + side if first else 0] = PAPER
    if last < len(runs) - 1:
        framed[:, runs[last][1] + 1 + side :] = PAPER
    return np.asarray(framed, np.uint8), tuple((start + side, end + side) for start, end in runs[first : last + 1])


def _without_dust(ink: Pixels, runs: list[Span], em: float) -> tuple[int, int]:
    """The first and last run of ink that is no speck before or behind the text; a point close behind is kept."""
    letters = [number for number, run in enumerate(runs) if not _is_dust(ink[:, slice(*run)], em)]
    if not letters:
        return 0, len(runs) - 1
    first, last = letters[0], letters[-1]
    if last + 1 < len(runs) and runs[last + 1][0] - runs[last][1] < _CLOSE * em:
        rows = np.flatnonzero(ink[:, slice(*runs[last + 1])].any(axis=1))
        last += int(rows[0] > ink.shape[0] // 2)
    return first, last


def _is_dust(ink: Pixels, em: float) -> bool:
    """Whether a run of ink is one speck; two dots above each other are a colon."""
    rows = np.flatnonzero(ink.any(axis=1))
    return not (ink == LETTER).any() and max(ink.shape[1], int(rows[-1] - rows[0]) + 1) <= _DUST * em
