"""Tables as files: CSV and XLSX, the same rows as the page; no cell can begin a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import xlsxwriter

from jixiao.form import plain
from jixiao.office.look.csv_cells import guarded
from jixiao.office.overview.tables import Cell, Column, Language, Linked, Table, said
from jixiao.review.rounding import half_up
from jixiao.scoring.sheet import Text
from jixiao.writing.folder.as_xlsx import cut

_MOST_DIGITS: Final = 15
_WIDTHS: Final = {"text": 28, "count": 9, "points": 10, "money": 18, "share": 10, "day": 12}
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_FORMS: Final = {"count": "0", "points": "0.00##", "money": "#,##0.00", "share": "0.00"}
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Endings of files, and their types."""


def write(table: Table, kind: str, language: Language) -> bytes:
    """A table as a file of one of the `KINDS`."""
    return write_csv(table, language) if kind == "csv" else write_xlsx(table, language)


def head_of(column: Column, language: Language) -> str:
    """The words over a column; shares are in per cent and say so."""
    head = said(column.head, language)
    return (
        f"{head}（%）"
        if column.kind == "share" and language == "zh"
        else f"{head} (%)"
        if column.kind == "share"
        else head
    )


def write_csv(table: Table, language: Language) -> bytes:
    """UTF-8 with a mark that spreadsheets know; numbers in plain digits, shares in per cent; no text is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(head_of(column, language)) for column in table.columns])
    writer.writerows([_text(cell, language) for cell in row] for row in table.all_rows)
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell, language: Language) -> str:
    held = _value(cell, language)
    if isinstance(held, str):
        return guarded(held)
    return "" if held is None else plain(held) if isinstance(held, Decimal) else str(held)


def _value(cell: Cell, language: Language) -> str | int | Decimal | None:
    """What a file holds of a cell: a text or an exact number."""
    if isinstance(cell, Linked):
        cell = cell.text
    if isinstance(cell, Text):
        return said(cell, language)
    if isinstance(cell, Fraction):
        return half_up(cell * 100)
    return cell.isoformat() if isinstance(cell, date) else cell


def write_xlsx(table: Table, language: Language) -> bytes:
    """One sheet: the head frozen and filtered, numbers as numbers, text as text whatever it begins with."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, _OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(said(table.title, language)))
        looks = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in _FORMS.items()}
        looks["text"] = book.add_format({"valign": "top", "text_wrap": True})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _heads(sheet, table.columns, head, language)
        for number, row in enumerate(table.all_rows, 1):
            _row(sheet, number, table.columns, row, (looks, language))
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return held.getvalue()


def _sheet_name(title: str) -> str:
    return "".join("·" if letter in "[]:*?/\\'" else letter for letter in title)[:31]


def _heads(sheet: Any, columns: Sequence[Column], look: Any, language: Language) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS[column.kind])
        sheet.write_string(0, at, head_of(column, language), look)


def _row(sheet: Any, number: int, columns: Sequence[Column], row: Sequence[Cell], how: tuple[Any, Language]) -> None:
    looks, language = how
    for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
        held = _value(cell, language)
        if isinstance(held, Decimal) and len(held.as_tuple().digits) > _MOST_DIGITS:
            held = plain(held)  # a spreadsheet would round it
        if isinstance(held, str) and held:
            _write_text(sheet, (number, at), cut(held), looks["text"])
        elif isinstance(held, (int, Decimal)):
            sheet.write_number(number, at, held, looks.get(column.kind, looks["count"]))


def _write_text(sheet: Any, where: tuple[int, int], text: str, look: Any) -> None:
    """A text; one that looks like XlsxWriter's own markup of runs is written in runs, which it escapes."""
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(*where, text[0], text[1], text[2:], look)
    else:
        sheet.write_string(*where, text, look)
