"""Where things stand: transformations of PDF, and the frame in which a page reads upright."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from jixiao.layout.grid import Box
from jixiao.reading.formats import pdf_calls as pdf

Matrix = tuple[Any, Any, Any, Any, Any, Any]
"""a, b, c, d, e, f of a PDF transformation, as the library gives them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """From PDF user space to hundredths of a point, origin top left, after quarter turns clockwise.

    Attributes:
        box: left, bottom, right, top of the visible page in hundredths, user space.
        turns: quarter turns clockwise, 0 to 3.
    """

    box: Box
    turns: int

    def turned(self, left: int, bottom: int, right: int, top: int) -> Box:
        """A user-space box (hundredths) as left, top, right, bottom."""
        page_left, page_bottom, page_right, page_top = self.box
        if self.turns == 0:
            return left - page_left, page_top - top, right - page_left, page_top - bottom
        if self.turns == 1:
            return bottom - page_bottom, left - page_left, top - page_bottom, right - page_left
        if self.turns == 2:
            return page_right - right, bottom - page_bottom, page_right - left, top - page_bottom
        return page_top - top, page_right - right, page_top - bottom, page_right - left

    def into(self, turns: int) -> Callable[[Box], Box]:
        """A function from boxes of this frame to boxes of the same page in a frame with other turns."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        if self.turns % 2:
            width, height = height, width
        more = (turns - self.turns) % 4
        if more == 0:
            return lambda box: box
        if more == 1:
            return lambda box: (height - box[3], box[0], height - box[1], box[2])
        if more == 2:
            return lambda box: (width - box[2], height - box[3], width - box[0], height - box[1])
        return lambda box: (box[1], width - box[2], box[3], width - box[0])


IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)


def frame_of(page: int) -> Frame:
    """The frame of a page as displayed."""
    corners = (ctypes.c_float * 4)()
    pdf.page_box(page, ctypes.addressof(corners))
    left, top, right, bottom = (round(value * 100) for value in corners)
    return Frame((left, min(top, bottom), right, max(top, bottom)), pdf.page_rotation(page) % 4)


def matrix_of(found: int) -> Matrix:
    """The matrix of a page object."""
    values = (ctypes.c_float * 6)()
    if not pdf.object_matrix(found, ctypes.addressof(values)):
        return IDENTITY
    return tuple(values)


def times(first: Matrix, then: Matrix) -> Matrix:
    """One transformation after another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def is_aslant(matrix: Matrix) -> bool:
    """Whether text under this matrix runs neither along nor across the page: more than some six degrees off both."""
    along, up = abs(matrix[0]), abs(matrix[1])
    return bool(up * 10 > along and along * 10 > up)
