"""How large a page's letters are: every measure of cutting is a part of it."""

from collections.abc import Iterable, Sequence

import numpy as np

from jixiao.reading.scan.ink import Print
from jixiao.reading.scan.picture import Pixels
from jixiao.reading.scan.strips import spans_of

_LEAST, _MOST, _USUAL = 5.0, 18.0, 9.5
"""Sizes that tables are set in, in points, and one for a page that does not tell."""
_WIDE = 2.0
_OF_EM = 0.94
"""The height of a line of Chinese letters."""
_SAME_LINE = 1.35
_DARK = 178
_PAPER_LEAST = 190
_INK_LEAST, _INK_MOST, _GRAINS = 165, 212, 5.0
_QUARTER = 0.674
"""Standard deviations that the lowest quarter lies below the middle."""


def print_of(grey: Pixels, cells: Sequence[Pixels], scale: float) -> Print:
    """How a page is printed.

    Args:
        grey: the flat page.
        cells: pictures of its cells, walls painted over.
        scale: pixels per point.
    """
    return Print(letter_size(cells, scale), ink_level(grey))


def ink_level(grey: Pixels) -> int:
    """What is darker than the grain of the paper: pale strokes count as ink where the paper is clean."""
    sample = grey[::3, ::3]
    paper = sample[sample > _PAPER_LEAST]
    if not len(paper):
        return _INK_LEAST
    middle, quarter = (float(level) for level in np.percentile(paper, (50, 25)))
    grain = (middle - quarter) / _QUARTER
    return round(min(max(middle - _GRAINS * grain, _INK_LEAST), _INK_MOST))


def letter_size(cells: Iterable[Pixels], scale: float) -> float:
    """The size of a page's letters in pixels.

    Args:
        cells: pictures of its cells, walls painted over.
        scale: pixels per point.
    """
    heights = [height for cell in cells for height in _heights(cell) if _LEAST * 0.6 < height / scale < _MOST]
    if not heights:
        return _USUAL * scale
    single = np.median(heights) * _SAME_LINE
    usual = float(np.percentile([height for height in heights if height <= single], 75)) / _OF_EM
    return min(max(usual, _LEAST * scale), _MOST * scale)


def _heights(cell: Pixels) -> list[int]:
    """The heights of the lines of a cell that are wider than high."""
    ink = cell < _DARK
    found = []
    for top, bottom in spans_of(ink.any(axis=1)):
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        if columns[-1] - columns[0] > _WIDE * (bottom - top):
            found.append(bottom - top)
    return found
