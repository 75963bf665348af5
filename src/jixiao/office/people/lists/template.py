"""The workbook to fill in: two sheets with labels, hints and choices, and no row that could be taken for data."""

import io
from typing import Any, Final

import xlsxwriter

from jixiao.office.people.duties import KIND_NAMES, ROLE_NAMES
from jixiao.office.people.lists.columns import KINDS, ListKind

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ROWS: Final = 2000
"""Rows that are formatted as text and offer choices."""


def template(language: str) -> bytes:
    """The workbook.

    Args:
        language: "zh" or "en", of labels and hints.

    Returns:
        The bytes of an XLSX file.
    """
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, _OPTIONS) as book:
        for kind in KINDS:
            _add(book, kind, 1 if language == "en" else 0)
    return held.getvalue()


def _add(book: Any, kind: ListKind, which: int) -> None:
    sheet = book.add_worksheet(kind.title[which])
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for column, each in enumerate(kind.columns):
        star = " *" if each.required else ""
        sheet.set_column(column, column, 24, text)
        sheet.write_string(0, column, each.title[which] + star, head)
        if hint := each.hint[which]:
            sheet.write_comment(0, column, hint)
        if choices := _choices(each.field, which):
            rule = {"validate": "list", "source": choices, "error_type": "warning", "ignore_blank": True}
            sheet.data_validation(1, column, _ROWS, column, rule)


def _choices(field: str, which: int) -> list[str]:
    names = {"kind": KIND_NAMES, "roles": ROLE_NAMES}.get(field, {})
    return [name[which] for name in names.values()]
