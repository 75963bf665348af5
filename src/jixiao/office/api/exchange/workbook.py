"""Packed filings as a workbook: one sheet a part, heads as the platform prints them, digits as texts."""

import io
from collections.abc import Iterable
from typing import Final

import xlsxwriter

from jixiao.office.api.exchange.fields import PARTS, TITLES, fields
from jixiao.office.api.exchange.packing import Packed

_TEXTS: Final = {
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_KEYS: Final = ("agency_code", "pro_code", "pro_name")
"""What names the filing in every sheet."""


def write(packed: Iterable[Packed]) -> bytes:
    """The workbook; every cell is a text, for the platform reads digits and no cell may be a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _TEXTS)
    sheets = {part: book.add_worksheet(TITLES[part]) for part in PARTS}
    named = {field.name: field.zh for field in fields("evaluation")}
    rows = dict.fromkeys(PARTS, 1)
    for part in PARTS:
        heads = [] if part == "evaluation" else [named[key] for key in _KEYS]
        sheets[part].write_row(0, 0, [*heads, *(field.zh for field in fields(part))])
    for filing in packed:
        held = {
            "evaluation": (filing.evaluation,),
            "goal": (filing.goal,),
            "indicator": filing.indicators,
            "money": filing.money,
        }
        for part in PARTS:
            beside: list[str | None] = [] if part == "evaluation" else [filing.evaluation[key] for key in _KEYS]
            for row in held[part]:
                for column, value in enumerate([*beside, *row.values()]):
                    if value is not None:
                        sheets[part].write_string(rows[part], column, value)
                rows[part] += 1
    book.close()
    return out.getvalue()
