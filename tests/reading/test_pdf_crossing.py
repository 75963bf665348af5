"""Words wider than their cell: no wall tears a number, and none is sure; letters with boxes as high as their ink."""

import ctypes
from decimal import Decimal

import pytest

from forms.canvas import Document, Page
from jixiao.layout.grid import Cell, Grid, Table
from jixiao.reading.formats import pdf_calls
from jixiao.reading.formats.pdf import read_pdf

XS, YS = (40, 100, 130, 160), (40, 70, 100)
"""The walls: the second column is too narrow for an amount of nine figures, which takes 45 points."""


def table(*words: tuple[float, str]) -> Grid:
    """A grid of 3 × 2 cells with words at these places on its lower row."""
    document = Document()
    page = document.page()
    ruled(page)
    for number, label in enumerate(("甲", "乙", "丙")):
        document.text(page, XS[number] + 4, 50, label)
    for left, text in words:
        document.text(page, left, 80, text)
    return read_pdf(document.data(), "f.pdf")


def ruled(page: Page) -> None:
    """All walls of the grid."""
    for x in XS:
        page.line(x, YS[0], x, YS[-1])
    for y in YS:
        page.line(XS[0], y, XS[-1], y)


def lower(grid: Grid) -> list[Cell]:
    """The cells of the lower row."""
    (found,) = [block for block in grid.blocks if isinstance(block, Table)]
    return [cell for cell in found.cells if cell.row == 1]


@pytest.mark.parametrize("left", [92, 102, 88, 113])
def test_a_number_that_runs_through_a_wall_stays_whole(left: float) -> None:
    """Wherever it crosses, its figures are in one cell, with 0.9 at most, and the page says so."""
    grid = table((left, "123456.78"))
    texts = [cell.text for cell in lower(grid)]
    assert sorted(texts) == ["", "", "123456.78"]
    assert max(place.confidence for cell in lower(grid) if cell.text for place in cell.places) == Decimal("0.9")
    assert any("123456.78" in loss for loss in grid.losses)


def test_the_cell_that_is_empty_without_it_gets_the_number() -> None:
    """A cell with a number of its own keeps that alone, though more of the wide number stands in it."""
    grid = table((76, "123456.78"), (131.5, "55.00"))
    assert [cell.text for cell in lower(grid)] == ["123456.78", "", "55.00"]
    grid = table((45, "77"), (81, "123456.78"))
    assert [cell.text for cell in lower(grid)] == ["77", "123456.78", ""]


def test_numbers_that_stand_apart_are_left_alone() -> None:
    """Two numbers with a hair of white and a wall between them are two, and sure."""
    grid = table((75, "12.00"), (101, "34.00"))
    assert [cell.text for cell in lower(grid)] == ["12.00", "34.00", ""]
    assert not grid.losses
    assert all(place.confidence == 1 for cell in lower(grid) for place in cell.places)


def test_words_stay_whole_too() -> None:
    """A name wider than its cell is not cut at the wall."""
    grid = table((45, "白鹭州住房建设局"))
    assert [cell.text for cell in lower(grid)] == ["白鹭州住房建设局", "", ""]
    assert any("白鹭州住房建设局" in loss for loss in grid.losses)


def test_points_of_fonts_without_an_ascent_stand_on_their_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PDFium gives a letter no box but its ink's, as for Type 1 fonts of LibreOffice, 12.50 is still a number."""

    def ink(text: int, index: int, at: int) -> int:
        edges = (ctypes.c_double * 4)()  # left, right, bottom, top
        start = ctypes.addressof(edges)
        pdf_calls.letter_ink(text, index, start, start + 8, start + 16, start + 24)
        box = (ctypes.c_float * 4).from_address(at)
        box[0], box[1], box[2], box[3] = edges[0], edges[3], edges[1], edges[2]
        if pdf_calls.letter_code(text, index) == ord("."):
            box[1] = box[3] + 1
        return 1

    monkeypatch.setattr(pdf_calls, "letter_box", ink)
    grid = table((45, "12.50"), (104, "9.5"), (134, "甲"))
    assert [cell.text for cell in lower(grid)] == ["12.50", "9.5", "甲"]
