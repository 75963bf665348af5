"""Sheets to XLS by xlwt: the old binary workbook, merged cells, numbers under number formats."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import xlwt

from forms.dice import Dice
from forms.sheet import Sheet
from forms.xlsx import number_of

_MM_TO_WIDTH = 140


def xlwt_xls(sheets: Sequence[Sheet], seed: int) -> bytes:
    """One workbook, a sheet a form."""
    dice = Dice(f"xlwt:{seed}")
    numeric = dice.chance(60)
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str, Any] = {}
    for number, sheet in enumerate(sheets, 1):
        _write(book.add_sheet(f"表{number}"), sheet, styles, numeric=numeric)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _write(page: Any, sheet: Sheet, styles: dict[str, Any], *, numeric: bool) -> None:
    edges = sheet.edges
    at = {edge: index for index, edge in enumerate(edges)}
    for index, (left, right) in enumerate(pairwise(edges)):
        page.col(index).width = (right - left) * _MM_TO_WIDTH
    top = 0
    for line in sheet.lines:
        page.write_merge(top, top, 0, len(edges) - 2, line, _style(styles, "General"))
        top += 1
    for cell in sheet.cells:
        extent = (top + cell.row, top + cell.row + cell.row_span - 1, at[cell.left], at[cell.right] - 1)
        stored = number_of(cell.text) if numeric and cell.row > 1 else None
        value, code = stored or (cell.text, "General")
        page.write_merge(*extent, value, _style(styles, code))
    top += sheet.rows
    for line in sheet.notes:
        page.write_merge(top, top, 0, len(edges) - 2, line, _style(styles, "General"))
        top += 1


def _style(styles: dict[str, Any], code: str) -> Any:
    """One style a number format: a workbook holds only four thousand."""
    if code not in styles:
        rules = "borders: left thin, right thin, top thin, bottom thin; align: wrap on, vert centre, horiz centre"
        styles[code] = xlwt.easyxf(rules, num_format_str=code)
    return styles[code]
