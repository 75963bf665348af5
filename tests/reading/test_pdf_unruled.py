"""Whole forms whose walls are missing, all or some: read exactly, by labels and white space, and never as certain."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from forms.canvas import Document, Page
from forms.content import make
from forms.documents import FAMILIES
from forms.drawn_pdf import Draw, Look, Placed, bare, drawn, framed
from forms.sheet import lay_out
from forms.truth import truth_of
from jixiao.layout.grid import FreeText, Table
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.interpreter import interpret
from reading.test_pdf_walls import read_exactly


def rows_only(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Horizontal rules only."""
    for cell in cells:
        page.line(cell.left, cell.top, cell.right, cell.top)
        page.line(cell.left, cell.bottom, cell.right, cell.bottom)


def headers_only(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """A frame round each label of a header, and nothing else."""
    blocks = ("indicator_columns", "fund_columns", "goal")
    framed(document, page, [cell for cell in cells if load_lexicon().is_label(cell.cell.text, blocks)])


def stripes(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Every other row shaded."""
    left, right = min(cell.left for cell in cells), max(cell.right for cell in cells)
    page.draw("0.9 g")
    for row, top, bottom in {(cell.cell.row, cell.top, cell.bottom) for cell in cells if cell.cell.row_span == 1}:
        if row % 2:
            page.box(left, top, right, bottom)
    page.draw("0 g")


WAYS: dict[str, Draw] = {
    "no rules": bare, "horizontal rules": rows_only, "headers ruled": headers_only, "stripes": stripes,
}  # fmt: skip
LOOKS = (Look(pad=(5, 5)), Look())


def document_of(name: str, seed: int, look: Look, rules: Draw) -> tuple[Document, object]:
    """A form of a family drawn, and its truth."""
    family = FAMILIES[name]
    printed = make(seed, family)
    width = 267 if len(family.indicators.columns) > 8 else 180
    return drawn([lay_out(printed, family, width)], look, rules), truth_of(printed, family)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("way", WAYS)
def test_forms_without_walls_are_read_exactly(way: str, name: str) -> None:
    """Columns come from header labels, rows from numbers and white space, spans from where headings stand."""
    number = list(WAYS).index(way) + list(FAMILIES).index(name)
    document, truth = document_of(name, 1 + number % 2, LOOKS[number % len(LOOKS)], WAYS[way])
    grid = read_exactly(document, [truth])
    (table,) = [block for block in grid.blocks if isinstance(block, Table)]
    assert max(place.confidence for cell in table.cells for place in cell.places) == Decimal("0.85")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["transfer", "linkage", "ministry"])
def test_rows_that_stand_closely_are_told_apart(name: str, seed: int) -> None:
    """Rows as close as lines, with a column of points or without one, texts of several lines among them."""
    document, truth = document_of(name, seed, Look(leading=11, pad=(2, 1.6), middle=name != "transfer"), bare)
    read_exactly(document, [truth])


@pytest.mark.parametrize("name", ["shanghai", "ministry", "hubei", "beijing"])
def test_rows_without_walls_go_on_overleaf(name: str) -> None:
    """Where the rows go on after a page break, the columns of the page before hold."""
    document, truth = document_of(name, 1, Look(high=560), bare)
    assert len(document.pages) > 1
    read_exactly(document, [truth])


def test_unclear_rows_are_said_and_lowered() -> None:
    """Lines set so closely that nothing tells rows apart: the page is named, and its cells have less than 0.85."""
    document, _ = document_of("ministry", 1, Look(size=8, leading=9, pad=(1, 0)), bare)
    grid = read_pdf(document.data(), "f.pdf")
    assert any("第 1 页的表格没有框线" in loss for loss in grid.losses)
    (table,) = [block for block in grid.blocks if isinstance(block, Table)]
    assert Decimal("0.6") in {place.confidence for cell in table.cells for place in cell.places}
    (form,) = interpret(grid, "f.pdf")
    assert "/indicators" in {problem.pointer for problem in form.problems if problem.code == "unclear"}


def test_text_without_headers_stays_text() -> None:
    """A page of prose and a list with columns, no header of a form among it, makes no table."""
    document = Document()
    page = document.page()
    for row in range(12):
        for column, words in enumerate(("项目名称包括", "若干内容", "12.50", "完成情况良好")):
            document.text(page, 40 + 120 * column, 60 + 20 * row, words)
    grid = read_pdf(document.data(), "f.pdf")
    assert all(isinstance(block, FreeText) for block in grid.blocks)
    assert len(grid.blocks) == 12
    assert interpret(grid, "f.pdf") == ()


def test_a_page_number_under_open_rows_is_in_no_cell() -> None:
    """The number at the foot of a page is not the end of the last row."""
    document, truth = document_of("shanghai", 3, Look(high=560), bare)
    for number, page in enumerate(document.pages, 1):
        document.text(page, page.wide / 2, page.high - 20, f"— {number} —")
    grid = read_pdf(document.data(), "f.pdf")
    assert not any(isinstance(block, FreeText) and "—" in block.text for block in grid.blocks)
    read_exactly(document, [truth])
