"""Drawn outlines as rules and fills: what of them is a line, a thin box, a frame, a shaded box.

All geometry is in hundredths of a point, origin top left.
"""

from itertools import pairwise
from typing import Final

from jixiao.layout.grid import Box
from jixiao.reading.page import PageContent

Point = tuple[int, int]

_LEVEL: Final = 100
THICKEST: Final = 450
"""Thicker is no rule but a box; smaller both ways is a dot."""
_TIMES: Final = 5


def thin(thickness: int, length: int) -> bool:
    """Whether a box is drawn as a line: thinner than any letter, and much longer than thick (or a dot of one)."""
    return thickness <= THICKEST and length > 0 and (thickness * _TIMES <= length or thickness <= _LEVEL < length)


def mark(content: PageContent, points: list[Point], *, stroked: bool, filled: bool) -> None:
    """Take one outline into the rules and fills of a page."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = min(xs), min(ys), max(xs), max(ys)
    if take_thin(content, box):
        return
    if stroked:
        for (x, y), (to_x, to_y) in pairwise(points):
            take_side(content, (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))
    elif filled and len(set(xs)) == 2 and len(set(ys)) == 2:
        content.fills.append(box)


def take_thin(content: PageContent, box: Box) -> bool:
    """Take a thin box as a rule; whether it is one."""
    left, top, right, bottom = box
    if thin(bottom - top, right - left):
        content.horizontal.append((left, right, (top + bottom) // 2))
    elif thin(right - left, bottom - top):
        content.vertical.append((top, bottom, (left + right) // 2))
    else:
        return False
    return True


def take_side(content: PageContent, box: Box) -> None:
    """Take one side of an outline as a rule, if it is level or upright."""
    left, top, right, bottom = box
    if bottom - top <= _LEVEL and right > left:
        content.horizontal.append((left, right, (top + bottom) // 2))
    elif right - left <= _LEVEL and bottom > top:
        content.vertical.append((top, bottom, (left + right) // 2))
