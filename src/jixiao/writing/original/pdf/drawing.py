"""What a mark looks like: an outline and a numbered tag, drawn without fonts, so that every viewer shows the same.

The families differ in colour, in the line and in the shape of the tag, as in the reports: who sees no colours, or
prints in black, still tells them apart.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from jixiao.writing.original.job import Kind
from jixiao.writing.original.pdf.frame import Box, points

Colour = tuple[int, int, int]
"""Red, green, blue, in hundredths."""


class Look(NamedTuple):
    """How a family is drawn.

    Attributes:
        colour: of outline and tag.
        width: of the outline, in hundredths of a point.
        dash: of the outline, as a PDF takes it; empty for a whole line.
        filled: whether the tag is filled and its number white.
        round: whether its corners are.
        double: whether outline and tag have a second line.
    """

    colour: Colour
    width: int
    dash: str = ""
    filled: bool = False
    round: bool = False
    double: bool = False


LOOKS: Final[dict[Kind, Look]] = {
    "arithmetic": Look((75, 18, 8), 120, filled=True),
    "clause": Look((9, 31, 54), 60, double=True),
    "doubt": Look((0, 47, 42), 90, dash="3 2", round=True),
}
"""The families."""

CHANGE: Final[Colour] = (75, 18, 8)
"""What was put right, as with a red pen."""

SPACE: Final = "Told"
"""Name of the space of colours in a drawing's resources: one that needs no profile of the original's own."""

_STROKES: Final = {
    "0": "20 60 m 32 60 40 50 40 30 c 40 10 32 0 20 0 c 8 0 0 10 0 30 c 0 50 8 60 20 60 c h",
    "1": "8 48 m 22 60 l 22 0 l",
    "2": "1 46 m 3 56 11 60 20 60 c 31 60 39 53 39 43 c 39 30 25 22 0 0 c 40 0 l",
    "3": "2 52 m 6 57 12 60 20 60 c 31 60 38 54 38 46 c 38 37 30 32 16 32 c"
    " 31 32 40 26 40 16 c 40 6 31 0 20 0 c 11 0 4 3 0 10 c",
    "4": "31 0 m 31 60 l 0 17 l 42 17 l",
    "5": "37 60 m 7 60 l 4 33 l 9 37 14 39 20 39 c 32 39 40 31 40 20 c 40 8 32 0 20 0 c 11 0 4 3 0 9 c",
    "6": "36 53 m 32 58 27 60 21 60 c 7 60 0 47 0 26 c 0 9 8 0 20 0 c"
    " 32 0 40 8 40 19 c 40 30 32 38 21 38 c 11 38 3 32 0 22 c",
    "7": "0 60 m 40 60 l 25 40 18 22 16 0 c",
    "8": "20 32 m 9 32 3 38 3 46 c 3 54 10 60 20 60 c 30 60 37 54 37 46 c 37 38 31 32 20 32 c"
    " 8 32 0 25 0 16 c 0 6 8 0 20 0 c 32 0 40 6 40 16 c 40 25 32 32 20 32 c h",
    "9": "4 7 m 8 2 13 0 19 0 c 33 0 40 13 40 34 c 40 51 32 60 20 60 c"
    " 8 60 0 52 0 41 c 0 30 8 22 19 22 c 29 22 37 28 40 38 c",
}
"""Figures as strokes, 40 wide and 60 high."""

_HIGH, _WIDE, _APART = 60, 40, 18
_TAG_SIZES: Final = (480, 400, 340)
"""How high a tag's figures are, in hundredths of a point: as wanted, and where there is little room."""
_SIDE, _ABOVE = 35, 29
"""Between figures and the tag's edge, in hundredths of the figures' height."""
_ROUND: Final = 15
"""How much wider a round tag is at each side, likewise."""
_CURVE: Final = 45


def tag_sizes(number: int, look: Look) -> list[tuple[int, int]]:
    """Widths and heights that a tag may have, the one wanted most first."""
    side = _SIDE + _ROUND * look.round
    return [
        (_breadth(number) * high // _HIGH + 2 * side * high // 100, high + 2 * _ABOVE * high // 100)
        for high in _TAG_SIZES
    ]


def _breadth(number: int) -> int:
    """How wide the figures of a number are, in units of their strokes."""
    figures = len(str(number))
    return figures * _WIDE + (figures - 1) * _APART


def draw_mark(look: Look, frame: Box, outline: Box, tag: Box | None, number: int) -> bytes:
    """The operators that draw a mark.

    Args:
        look: of its family.
        frame: the box that is drawn in; its lower left corner is the origin.
        outline: the box to be outlined.
        tag: the tag's box; `None` for an outline alone.
        number: in the tag.
    """
    parts = ["q", _stroked(look.colour), f"{points(look.width)} w"]
    parts += [f"[{look.dash}] 0 d"] if look.dash else []
    parts.append(f"{_corner(frame, outline.grown(-look.width // 2))} re S")
    if look.double:
        parts.append(f"{_corner(frame, outline.grown(-look.width * 5 // 2))} re S")
    parts.append("Q")
    if tag is not None:
        parts += _tag(look, frame, tag, number)
    return "\n".join(parts).encode("ascii")


def draw_stroke(frame: Box, struck: Box, beside: Box, colour: Colour = CHANGE) -> bytes:
    """The operators that strike through what stands in a box, and lead from there to what stands beside it."""
    y = points(frame.bottom - (struck.top + struck.bottom) // 2)
    left, right = points(struck.left - frame.left), points(struck.right - frame.left)
    after = beside.left + beside.right > struck.left + struck.right
    end = points((beside.left if after else beside.right) - frame.left)
    foot = points(frame.bottom - beside.bottom)
    lead = f".5 w\n{right if after else left} {y} m {end} {foot} l S"
    return f"q\n{_stroked(colour)}\n1 w\n{left} {y} m {right} {y} l S\n{lead}\nQ".encode("ascii")


def draw_words(frame: Box, outlines: str, scale: int, colour: Colour = CHANGE) -> bytes:
    """The operators that draw words, given as outlines in thousandths of their size, on white with a line below."""
    width, height = points(frame.width), points(frame.height)
    size = points(scale).scaleb(-3)
    return (
        f"q\n1 g\n0 0 {width} {height} re f\n{_stroked(colour)}\n.6 w\n0 .3 m {width} .3 l S\n"
        f"{_filled(colour)}\n{size} 0 0 {size} .8 {points(scale * 24 // 100)} cm\n{outlines}\nf\nQ"
    ).encode("ascii")


def _tag(look: Look, frame: Box, tag: Box, number: int) -> list[str]:
    line = 50
    ground = _filled(look.colour) if look.filled else "1 g"
    ink = "1 G" if look.filled else _stroked(look.colour)
    inner = tag.grown(-line // 2)
    shape = _rounded(frame, inner) if look.round else f"{_corner(frame, inner)} re"
    parts = ["q", _stroked(look.colour), ground, f"{points(line)} w", f"{shape} B"]
    if look.double:
        parts.append(f".3 w {_corner(frame, tag.grown(-95))} re S")
    return [*parts, ink, *_figures(frame, tag, number), "Q"]


def _figures(frame: Box, tag: Box, number: int) -> list[str]:
    """A number in the middle of a tag."""
    high = tag.height * 100 // (100 + 2 * _ABOVE)
    scale = Decimal(high) / (100 * _HIGH)
    side = (tag.width - _breadth(number) * high // _HIGH) // 2
    left, base = points(tag.left - frame.left + side), points(frame.bottom - tag.bottom + (tag.height - high) // 2)
    parts = ["1 J 1 j", f"{scale:.4f} 0 0 {scale:.4f} {left} {base} cm", "9 w"]
    for figure in str(number):
        parts += [f"{_STROKES[figure]} S", f"1 0 0 1 {_WIDE + _APART} 0 cm"]
    return parts


def _rounded(frame: Box, box: Box) -> str:
    """The path of a box with round ends."""
    left, right = box.left - frame.left, box.right - frame.left
    low, high = frame.bottom - box.bottom, frame.bottom - box.top
    bend = min(box.width, box.height) // 2
    near = bend * _CURVE // 100

    def at(x: int, y: int) -> str:
        return f"{points(x)} {points(y)}"

    return " ".join((
        at(left + bend, low), "m", at(right - bend, low), "l",
        at(right - near, low), at(right, low + near), at(right, low + bend), "c", at(right, high - bend), "l",
        at(right, high - near), at(right - near, high), at(right - bend, high), "c", at(left + bend, high), "l",
        at(left + near, high), at(left, high - near), at(left, high - bend), "c", at(left, low + bend), "l",
        at(left, low + near), at(left + near, low), at(left + bend, low), "c", "h",
    ))  # fmt: skip


def _corner(frame: Box, box: Box) -> str:
    """A box as left, bottom, width, height, seen from the lower left corner of another."""
    sizes = box.left - frame.left, frame.bottom - box.bottom, box.width, box.height
    return " ".join(str(points(size)) for size in sizes)


def _stroked(colour: Colour) -> str:
    return f"/{SPACE} CS {' '.join(str(points(part)) for part in colour)} SC"


def _filled(colour: Colour) -> str:
    return f"/{SPACE} cs {' '.join(str(points(part)) for part in colour)} sc"
