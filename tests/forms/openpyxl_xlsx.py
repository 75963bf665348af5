"""Sheets to XLSX by openpyxl: one sheet a form, borders cell by cell, wrapped texts, numbers under formats."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from forms.dice import Dice
from forms.sheet import Sheet, SheetCell
from forms.xlsx import number_of

_MM_TO_CHARACTERS = 0.55
_LINE = 15
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", start_color="D9D9D9")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def openpyxl_xlsx(sheets: Sequence[Sheet], seed: int) -> bytes:
    """One workbook; numbers are stored as numbers in most."""
    dice = Dice(f"openpyxl:{seed}")
    numeric, indent, shaded = dice.chance(60), dice.below(3), dice.chance(40)
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, sheet in enumerate(sheets, 1):
        page = book.create_sheet(f"附件{number}")
        _write(page, sheet, indent=indent, numeric=numeric, shaded=shaded)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _write(page: Worksheet, sheet: Sheet, *, indent: int, numeric: bool, shaded: bool) -> None:
    edges = sheet.edges
    at = {edge: index + 1 + indent for index, edge in enumerate(edges)}
    for (left, right), index in zip(pairwise(edges), range(1 + indent, len(edges) + indent), strict=True):
        page.column_dimensions[get_column_letter(index)].width = (right - left) * _MM_TO_CHARACTERS
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    page.page_setup.orientation = "landscape" if sheet.width > 200 else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    top = 1
    for line in sheet.lines:
        _line(page, line, (top, 1 + indent, len(edges) - 1 + indent), bold=line == sheet.title)
        top += 1
    for row, height in enumerate(_heights(sheet)):
        page.row_dimensions[top + row].height = height
    for cell in sheet.cells:
        extent = (top + cell.row, at[cell.left], top + cell.row + cell.row_span - 1, at[cell.right] - 1)
        _put(page, extent, cell.text, numeric=numeric and cell.row > 1)
        first = page.cell(extent[0], extent[1])
        first.alignment = _LEFT if cell.prose else _MIDDLE
        if shaded and sheet.is_head(cell):
            first.fill = _GREY
    top += sheet.rows
    for line in sheet.notes:
        _line(page, line, (top, 1 + indent, len(edges) - 1 + indent), bold=False)
        top += 1


def _heights(sheet: Sheet) -> list[int]:
    """Rows high enough for their texts, in points, as a person pulls them."""
    heights = [_LINE + 4] * sheet.rows
    for cell in sorted(sheet.cells, key=lambda cell: cell.row_span):
        rows = range(cell.row, cell.row + cell.row_span)
        lack = _lines(cell) * _LINE + 4 - sum(heights[row] for row in rows)
        if lack > 0:
            heights[rows[-1]] += lack
    return heights


def _lines(cell: SheetCell) -> int:
    room = max((cell.right - cell.left) * _MM_TO_CHARACTERS - 1, 2)
    widths = (sum(1 if letter.isascii() else 2 for letter in part) for part in cell.text.split("\n"))
    return sum(max(1, ceil(width / (room - 1))) for width in widths)


def _line(page: Worksheet, text: str, extent: tuple[int, int, int], *, bold: bool) -> None:
    row, first, last = extent
    page.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    cell = page.cell(row, first)
    _text(cell, text)
    cell.font, cell.alignment = Font(bold=bold, size=16 if bold else 10), _MIDDLE


def _put(page: Worksheet, extent: tuple[int, int, int, int], text: str, *, numeric: bool) -> None:
    first_row, first_column, last_row, last_column = extent
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            page.cell(row, column).border = _RULED
    cell = page.cell(first_row, first_column)
    stored = number_of(text) if numeric else None
    if stored is None:
        _text(cell, text)
    else:
        cell.value, cell.number_format = stored
    if (first_row, first_column) != (last_row, last_column):
        page.merge_cells(
            start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column
        )  # fmt: skip


def _text(cell: Cell | MergedCell, text: str) -> None:
    """A text, also one that begins with = and would become a formula."""
    if text and isinstance(cell, Cell):
        cell.value = text
        cell.data_type = "s"
