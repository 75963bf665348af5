"""Whole forms whose rules are drawn in every way seen in the wild: each is read exactly."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from forms.canvas import Document, Page
from forms.content import make
from forms.documents import FAMILIES
from forms.drawn_pdf import Draw, Look, Placed, corners, drawn, framed
from forms.losses import lost_texts
from forms.measure import differences
from forms.sheet import lay_out
from forms.truth import truth_of
from jixiao.layout.grid import Grid
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.interpreter import interpret

Side = tuple[float, float, float, float]


def sides(cells: Sequence[Placed]) -> list[Side]:
    """The sides of all cells as lines, each once."""
    found: dict[Side, None] = {}
    for cell in cells:
        for one, other in pairwise(corners(cell)):
            (x0, y0), (x1, y1) = sorted((one, other))
            found[round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)] = None
    return list(found)


def along(side: Side, step: float) -> list[tuple[float, float]]:
    """Points along a side, a step apart."""
    x0, y0, x1, y1 = side
    count = max(int((x1 - x0 + y1 - y0) // step), 1)
    return [(x0 + (x1 - x0) * at / count, y0 + (y1 - y0) * at / count) for at in range(count + 1)]


def each(draw: Callable[[Page, Side], None]) -> Draw:
    """Rules drawn side by side."""

    def rules(_: Document, page: Page, cells: Sequence[Placed]) -> None:
        for side in sides(cells):
            draw(page, side)

    return rules


def hairline(page: Page, side: Side) -> None:
    """A line of no width to speak of."""
    page.line(*side, weight=0.01)


def broken(page: Page, side: Side) -> None:
    """A line with a flaw every 25 points."""
    x0, y0, x1, y1 = side
    for start, end in pairwise(along(side, 25)):
        flaw = 2.9 if x1 - x0 + y1 - y0 > 30 else 0
        page.line(*start, end[0] - (flaw if x1 > x0 else 0), end[1] - (flaw if y1 > y0 else 0))


def dash_pattern(pattern: str) -> Callable[[Page, Side], None]:
    """A line with a dash pattern."""

    def draw(page: Page, side: Side) -> None:
        page.draw(f"[{pattern}] 0 d")
        page.line(*side)
        page.draw("[] 0 d")

    return draw


def dashes(page: Page, side: Side) -> None:
    """A stroke for each dash, a point long."""
    right = side[2] > side[0]
    for x, y in along(side, 2):
        page.line(x, y, x + (1 if right else 0), y + (0 if right else 1))


def dash_dots(page: Page, side: Side) -> None:
    """A stroke for each dash and each dot."""
    right = side[2] > side[0]
    for number, (x, y) in enumerate(along(side, 5)):
        long = 1 if number % 2 else 4
        page.line(x, y, x + (long if right else 0), y + (0 if right else long))


def tiny_boxes(page: Page, side: Side) -> None:
    """A filled box of half a point for each dot."""
    for x, y in along(side, 1.5):
        page.box(x - 0.25, y - 0.25, x + 0.25, y + 0.25)


def circle(page: Page, x: float, y: float) -> str:
    """The outline of a dot, in curves."""
    left, top, r = x - 0.5, page.high - y + 0.5, 1
    return (
        f"{left} {top - r / 2} m {left} {top} {left} {top} {left + r / 2} {top} c"
        f" {left + r} {top} {left + r} {top} {left + r} {top - r / 2} c"
        f" {left + r} {top - r} {left + r} {top - r} {left + r / 2} {top - r} c"
        f" {left} {top - r} {left} {top - r} {left} {top - r / 2} c "
    )


def round_dots(page: Page, side: Side) -> None:
    """A filled circle for each dot, each its own path."""
    for x, y in along(side, 2):
        page.draw(circle(page, x, y) + "f")


def dots_in_one_path(page: Page, side: Side) -> None:
    """All dots of a rule in one path."""
    page.draw(" ".join(circle(page, x, y) for x, y in along(side, 2.5)) + "f")


def thin_picture(page: Page, side: Side) -> None:
    """A picture of one pixel, drawn out."""
    x0, y0, x1, y1 = side
    place = f"{max(x1 - x0, 0.6)} 0 0 {max(y1 - y0, 0.6)} {x0} {page.high - y1}"
    page.draw(f"q {place} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")


def double(apart: float) -> Callable[[Page, Side], None]:
    """Two lines for one."""

    def draw(page: Page, side: Side) -> None:
        x0, y0, x1, y1 = side
        dx, dy = (0.0, apart / 2) if x1 > x0 else (apart / 2, 0.0)
        page.line(x0 - dx, y0 - dy, x1 - dx, y1 - dy)
        page.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)

    return draw


def inset(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """A frame of its own for each cell, four points from the next."""
    for cell in cells:
        x0, y0, x1, y1 = cell.left + 2, cell.top + 2, cell.right - 2, cell.bottom - 2
        page.draw(f"0.5 w {x0} {page.high - y1} {x1 - x0} {y1 - y0} re S")


def open_sides(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """No line at the left and right edges of the table."""
    edges = min(cell.left for cell in cells), max(cell.right for cell in cells)
    for x0, y0, x1, y1 in sides(cells):
        if x1 > x0 or not any(abs(x0 - edge) < 0.1 for edge in edges):
            page.line(x0, y0, x1, y1)


def coloured(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """No line: cells in three tints, side by side."""
    for number, cell in enumerate(cells):
        page.draw(f"0.{6 + number % 3} 0.8 0.9 rg")
        page.box(cell.left, cell.top, cell.right, cell.bottom)
        page.draw("0 g")


def tiles(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """No line: cells of one tint, a point of white between them."""
    page.draw("0.9 g")
    for cell in cells:
        page.box(cell.left + 0.5, cell.top + 0.5, cell.right - 0.5, cell.bottom - 0.5)
    page.draw("0 g")


WALLS: dict[str, Draw] = {
    "framed": framed,
    "hairlines": each(hairline),
    "broken": each(broken),
    "dash pattern 3 3": each(dash_pattern("3 3")),
    "dash pattern 1 1": each(dash_pattern("1 1")),
    "dash pattern 4 2 1 2": each(dash_pattern("4 2 1 2")),
    "dashes": each(dashes),
    "dashes and dots": each(dash_dots),
    "tiny boxes": each(tiny_boxes),
    "round dots": each(round_dots),
    "dots in one path": each(dots_in_one_path),
    "thin pictures": each(thin_picture),
    "double 2": each(double(2)),
    "double 3.5": each(double(3.5)),
    "double 5": each(double(5)),
    "inset frames": inset,
    "open sides": open_sides,
    "coloured": coloured,
    "tiles": tiles,
}
LOOKS = {"loose": Look(pad=(5, 5)), "middling": Look(), "tight": Look(size=8, leading=9, pad=(1, 0.5), middle=False)}
CASES = [
    ("shanghai", 3), ("ministry", 5), ("beijing", 2), ("hubei", 4), ("yunnan", 7), ("linkage", 6), ("sichuan", 8),
]  # fmt: skip


def read_exactly(document: Document, truth: Sequence[object]) -> Grid:
    """The grid of a document, whose forms must be the truth and hold all its text."""
    grid = read_pdf(document.data(), "drawn.pdf")
    forms = interpret(grid, "drawn.pdf")
    assert len(forms) == len(truth)
    assert [differences(one, form) for one, form in zip(truth, forms, strict=True)] == [[]] * len(forms)  # type: ignore[arg-type]
    assert lost_texts(grid, forms) == []
    return grid


ROOMY = ("inset frames", "double 5", "double 3.5", "dashes and dots")
"""Ways that need more room than a cell as high as its line has."""


@pytest.mark.parametrize(("number", "way"), list(enumerate(WALLS)))
def test_rules_drawn_in_any_way_make_the_same_form(number: int, way: str) -> None:
    """Whatever draws the walls, every field of the form is as printed."""
    looks = [look for name, look in LOOKS.items() if name != "tight" or way not in ROOMY]
    name, seed = CASES[number % len(CASES)]
    printed = make(seed, FAMILIES[name])
    sheet = lay_out(printed, FAMILIES[name], 180)
    read_exactly(drawn([sheet], looks[number % len(looks)], WALLS[way]), [truth_of(printed, FAMILIES[name])])
