"""A page as displayed, in hundredths of a point from its top left corner, and as the file measures it."""

from decimal import Decimal
from typing import Final, NamedTuple

import pypdfium2

from jixiao.form import Place


class Box(NamedTuple):
    """Left, top, right, bottom on the page as displayed, in hundredths of a point."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """From top to bottom."""
        return self.bottom - self.top

    def grown(self, by: int) -> "Box":
        """Larger on each side; below 0 smaller, as far as it stays a box."""
        across, down = max(by, -(self.width // 2)), max(by, -(self.height // 2))
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def around(self, other: "Box") -> "Box":
        """The box around both."""
        return Box(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip

    def within(self, other: "Box") -> bool:
        """Whether it lies wholly in another."""
        return self.around(other) == other

    def meets(self, other: "Box") -> bool:
        """Whether both have some area in common."""
        return (
            max(self.left, other.left) < min(self.right, other.right)
            and max(self.top, other.top) < min(self.bottom, other.bottom)
        )  # fmt: skip


_UPRIGHT: Final = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
"""For each number of quarter turns, what turns a drawing so that it stands upright on the page as displayed."""


class Frame(NamedTuple):
    """Where a page lies in the file's own space.

    Attributes:
        left, bottom, right, top: the visible part of the page, in hundredths of the file's units.
        turns: quarter turns clockwise by which it is displayed.
    """

    left: int
    bottom: int
    right: int
    top: int
    turns: int

    @property
    def shown(self) -> Box:
        """The page as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return Box(0, 0, height, width) if self.turns % 2 else Box(0, 0, width, height)

    @property
    def upright(self) -> tuple[int, int, int, int]:
        """What turns a drawing so that it stands upright on the page as displayed: a, b, c, d of a matrix."""
        return _UPRIGHT[self.turns]

    def rect(self, box: Box) -> tuple[int, int, int, int]:
        """A box as left, bottom, right, top in the file's own space."""
        left, top, right, bottom = box
        if self.turns == 0:
            return self.left + left, self.top - bottom, self.left + right, self.top - top
        if self.turns == 1:
            return self.left + top, self.bottom + left, self.left + bottom, self.bottom + right
        if self.turns == 2:
            return self.right - right, self.bottom + top, self.right - left, self.bottom + bottom
        return self.right - bottom, self.top - right, self.right - top, self.top - left

    def box(self, left: int, bottom: int, right: int, top: int) -> Box:
        """The box on the page as displayed of a rectangle in the file's own space."""
        if self.turns == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.turns == 1:
            return Box(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turns == 2:
            return Box(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)


def frame_of(page: pypdfium2.PdfPage) -> Frame:
    """The frame of a page, measured as the reader measures it."""
    left, bottom, right, top = (round(value * 100) for value in page.get_bbox())
    return Frame(left, min(bottom, top), right, max(bottom, top), page.get_rotation() // 90 % 4)


def box_of(place: Place, shown: Box) -> Box | None:
    """Where a place lies on its page; `None` where it has no box, or one that does not meet the page."""
    if place.box is None:
        return None
    left, top, right, bottom = (int((value * 100).to_integral_value()) for value in place.box)
    box = Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    box = box if box.width and box.height else box.grown(50)
    return box if box.meets(shown) else None


def points(hundredths: int) -> Decimal:
    """Hundredths of a point as points, as a PDF takes them."""
    return Decimal(hundredths).scaleb(-2)
