"""Sheets to XLSX: merged cells, numbers stored as numbers under a number format, texts as texts."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from forms.dice import Dice
from forms.sheet import Sheet, SheetCell

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?(%)?")


def xlsx(sheets: Sequence[Sheet], seed: int) -> bytes:
    """One workbook: a sheet a form, or all forms stacked in one sheet."""
    dice = Dice(f"xlsx:{seed}")
    stacked, numeric = dice.chance(30), dice.chance(70)
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    formats: dict[str, Any] = {}
    page, row = None, 0
    for number, sheet in enumerate(sheets, 1):
        if page is None or not stacked:
            page, row = book.add_worksheet(f"表{number}"), 0
        row = _write(book, page, sheet, row, formats=formats if numeric else None)
    book.close()
    return data.getvalue()


def _write(book: Any, page: Any, sheet: Sheet, top: int, *, formats: dict[str, Any] | None) -> int:
    edges = sheet.edges
    at = {edge: index for index, edge in enumerate(edges)}
    for line in sheet.lines:
        _put(book, page, (top, 0, top, len(edges) - 2), line, formats=None)
        top += 1
    for cell in sheet.cells:
        extent = (top + cell.row, at[cell.left], top + cell.row + cell.row_span - 1, at[cell.right] - 1)
        _put(book, page, extent, cell.text, formats=formats if _is_numeric(cell) else None)
    top += sheet.rows
    for line in sheet.notes:
        _put(book, page, (top, 0, top, len(edges) - 2), line, formats=None)
        top += 1
    return top + 1


def _is_numeric(cell: SheetCell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text)) and cell.row > 1


def _put(book: Any, page: Any, extent: tuple[int, int, int, int], text: str, *, formats: dict[str, Any] | None) -> None:
    first_row, first_column, last_row, last_column = extent
    value: Any = text
    style = None
    if formats is not None:
        value, style = _number(book, text, formats)
    if (first_row, first_column) != (last_row, last_column):
        page.merge_range(first_row, first_column, last_row, last_column, "", style)
    if isinstance(value, str):
        page.write_string(first_row, first_column, value, style)
    else:
        page.write_number(first_row, first_column, value, style)


def _number(book: Any, text: str, formats: dict[str, Any]) -> tuple[float, Any]:
    number, code = number_of(text) or (0.0, "0")
    if code not in formats:
        formats[code] = book.add_format({"num_format": code})
    return number, formats[code]


def number_of(text: str) -> tuple[float, str] | None:
    """A printed number as a sheet stores it, and the number format that prints it so; `None` for a text."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    decimals = len(match[1] or "")
    code = ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "") + ("%" if "%" in text else "")
    number = float(text.replace(",", "").rstrip("%"))
    return (number / 100 if "%" in text else number), code
