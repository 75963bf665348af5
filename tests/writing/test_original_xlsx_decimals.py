"""Formats of cells whose number was put right: more decimals where they are needed, and only there."""

import io

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.styles import Alignment

from jixiao.form import Place
from jixiao.writing.original.job import Change
from jixiao.writing.original.xlsx import mark_xlsx
from jixiao.writing.original.xlsx.decimals import with_decimals
from writing.original_samples import EMPTY, change_at

CODES = [
    ("0", 1, "0.0"),
    ("0", 2, "0.00"),
    ("#,##0", 2, "#,##0.00"),
    ("0.0", 2, "0.00"),
    ("0%", 2, "0.00%"),
    ("0;-0", 1, "0.0;-0.0"),
    ("0_);(0)", 1, "0.0_);(0.0)"),
    ("0.##", 3, "0.##0"),
    ("0.00", 2, ""),
    ("0.00", 1, ""),
    ("General", 2, ""),
    ("@", 2, ""),
    ("yyyy-mm-dd", 2, ""),
    ('0"分"', 1, ""),
    ("0.00E+00", 3, ""),
    ("", 2, ""),
]


@pytest.mark.parametrize(("code", "places", "expected"), CODES)
def test_a_code_gets_decimals(code: str, places: int, expected: str) -> None:
    """A plain code of digits gets as many decimals in each section; any other code is left alone."""
    assert with_decimals(code, places) == expected


def book(*cells: tuple[str, int, str]) -> bytes:
    """A workbook with cells: where, what, and the code of the format."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for where, value, code in cells:
        sheet[where] = value
        sheet[where].number_format = code
        sheet[where].alignment = Alignment(horizontal="right")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_cell_of_whole_numbers_shows_a_half() -> None:
    """6.5 in the place of 7: the cell shows it, keeps its alignment, and its neighbour's format is as it was."""
    marked = mark_xlsx(book(("A1", 7, "0"), ("A2", 8, "0")), change_at("表!A1", "7", "6.5"))
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["表"]
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["A1"].alignment.horizontal) == (6.5, "0.0", "right")
    assert (sheet["A2"].value, sheet["A2"].number_format) == (8, "0")


def test_several_cells_and_the_summary_share_the_styles() -> None:
    """Formats are added once each, those of the summary behind them: every cell and the summary look as they should."""
    cells = [("A1", 7, "0"), ("A2", 8, "0"), ("A3", 9, '#,##0_ "分"'), ("A4", 10, "#,##0")]
    job = replace(EMPTY, changes=tuple(_change(f"A{at}", str(6 + at), f"{6 + at}.25") for at in (1, 2, 4)))
    marked = openpyxl.load_workbook(io.BytesIO(mark_xlsx(book(*cells), job)))
    sheet, summary = marked["表"], marked.worksheets[-1]
    assert [sheet[f"A{at}"].number_format for at in (1, 2, 3, 4)] == ["0.00", "0.00", '#,##0_ "分"', "#,##0.00"]
    assert summary["A1"].font.bold
    assert summary["A1"].font.size == 14


def test_a_format_that_shows_enough_is_kept() -> None:
    """Where the cell shows the number as it is, no format is added."""
    before = book(("A1", 93, "0.00"), ("A2", 7, "General"))
    marked = mark_xlsx(before, replace(EMPTY, changes=(_change("A1", "93.00", "94.50"), _change("A2", "7", "6.5"))))
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["表"]
    assert (sheet["A1"].number_format, sheet["A2"].number_format) == ("0.00", "General")


def _change(cell: str, read: str, written: str) -> Change:
    return Change("/total/score", (Place("a", cell=f"表!{cell}"),), read, written, f"{read} → {written}", "合计。")
