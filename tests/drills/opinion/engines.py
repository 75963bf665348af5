"""Two spreadsheets of other people that work out the formulas of a workbook: LibreOffice, and HyperFormula."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from forms.office import convert

Worked = Mapping[tuple[str, str], Decimal | None]
"""Sheet and cell of each formula → what it gives; `None` for no number."""
Opinion = Callable[[bytes], Worked]
_CACHED = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


def formulas(workbook: bytes) -> list[tuple[str, str]]:
    """Sheet and cell of every formula."""
    return [
        (sheet.title, cell.coordinate)
        for sheet in openpyxl.load_workbook(BytesIO(workbook))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def published(workbook: bytes) -> Worked:
    """The numbers that our workbook shows in the cells of its formulas."""
    return _numbers(workbook, formulas(workbook))


def by_libreoffice(workbook: bytes) -> Worked:
    """LibreOffice, given the formulas without the numbers that stood beside them."""
    return _numbers(convert([bare(workbook)], "xlsx", "xlsx")[0], formulas(workbook))


def by_hyperformula(workbook: bytes) -> Worked:
    """HyperFormula, likewise."""
    from py_mini_racer import MiniRacer
    from tools.spreadsheet import engine

    wanted, book = formulas(workbook), openpyxl.load_workbook(BytesIO(workbook))
    sheets = {sheet.title: [[_typed(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book}
    made = MiniRacer()
    made.eval("var window = globalThis, self = globalThis, console = {warn() {}, log() {}, error() {}};")
    made.eval(engine().read_text(encoding="utf-8"))
    options = "{licenseKey: 'gpl-v3', smartRounding: true}"
    told = made.eval(
        f"JSON.stringify(HyperFormula.buildFromSheets({json.dumps(sheets)}, {options}).getAllSheetsValues())"
    )
    made.close()
    found: dict[str, list[list[Any]]] = json.loads(str(told), parse_float=Decimal, parse_int=Decimal)
    return {(title, name): _at(found[title], name) for title, name in wanted}


def there() -> dict[str, Opinion]:
    """The opinions that can be had on this machine, by name."""
    known: dict[str, Opinion] = {"LibreOffice": by_libreoffice} if shutil.which("soffice") else {}
    return known or {"HyperFormula": by_hyperformula}


def bare(workbook: bytes) -> bytes:
    """The workbook without the numbers beside its formulas, so that whoever opens it has to work them out."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            sheet = name.startswith("xl/worksheets/")
            new.writestr(name, _CACHED.sub(rb"\1", content) if sheet else content)
    return made.getvalue()


def _numbers(workbook: bytes, cells: list[tuple[str, str]]) -> Worked:
    book = openpyxl.load_workbook(BytesIO(workbook), data_only=True)
    return {(title, name): _exact(book[title][name].value) for title, name in cells}


def _exact(value: object) -> Decimal | None:
    """A spreadsheet's number: its shortest digits, of fifteen, as people see it."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(format(value, ".15g")).normalize()


def _typed(cell: Any) -> object:
    """A cell as HyperFormula takes it: texts are told from formulas by an apostrophe."""
    value = cell.value
    if isinstance(value, str) and cell.data_type != "f":
        return f"'{value}"
    return value if value is None or isinstance(value, str | int | float | bool) else f"'{value}"


def _at(rows: list[list[Any]], name: str) -> Decimal | None:
    column, row = coordinate_from_string(name)
    return _exact(rows[row - 1][column_index_from_string(column) - 1])
