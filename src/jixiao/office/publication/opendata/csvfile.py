"""Rows as CSV: UTF-8, commas, CRLF, quoted where needed; no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from jixiao.form import plain
from jixiao.office.look.csv_cells import guarded
from jixiao.office.publication.opendata.rows import Row, Value
from jixiao.office.publication.opendata.tables import Column, Table

BOM: Final = "\ufeff".encode()
"""What makes old spreadsheets read UTF-8."""
_CHUNK: Final = 2**16


def csv_pieces(table: Table, rows: Iterable[Row], *, bom: bool = False) -> Iterator[bytes]:
    """The table as CSV, in pieces.

    Args:
        table: the table.
        rows: its rows.
        bom: whether a byte-order mark stands first, for spreadsheets.
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    if bom:
        yield BOM
    for row in rows:
        writer.writerow(_cell(column, row[column.name]) for column in table.columns)
        if held.tell() > _CHUNK:
            yield _taken(held)
    yield _taken(held)


def _taken(held: io.StringIO) -> bytes:
    piece = held.getvalue().encode()
    held.seek(0)
    held.truncate()
    return piece


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if column.kind == "truth":
        return "true" if value else "false"
    if column.kind == "number":
        return plain(value)  # type: ignore[arg-type]
    return guarded(str(value)) if column.kind == "text" else str(value)
