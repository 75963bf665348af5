"""The rows of a list of projects and budgets, found under a row of labels; nothing is guessed."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from jixiao.layout.shown import Sheet, ShownCell
from jixiao.office.people.lists.sheet import LIMITS, rows, spot
from jixiao.reading.cell import Cell

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "unit": ("单位编码", "预算单位编码", "unit code"),
    "code": ("项目编码", "项目代码", "project code"),
    "name": ("项目名称", "项目", "project"),
    "year": ("年度", "预算年度", "fiscal year"),
    "yuan": ("年初预算数(元)", "年初预算(元)", "预算(元)", "budget (yuan)"),
    "wan": ("年初预算数(万元)", "年初预算(万元)", "预算(万元)", "budget (10,000 yuan)"),
}
"""What a column's label may be, by field; brackets and blanks do not matter."""
_NEEDED: Final = frozenset({"unit", "name"})


class Row(Struct, frozen=True):
    """One row: where it stands ("项目!5"), and its cells by field, those that are blank left out."""

    spot: str
    cells: dict[str, str]


class Rows(Struct, frozen=True):
    """What a workbook holds: rows, and labels (with their spots) that no column has."""

    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()


def read_rows(data: bytes, label: str) -> Rows:
    """Read a workbook in the confined child.

    Raises:
        Unreadable: it cannot be opened, or is too large.
    """
    cell = Cell(LIMITS, 1)
    try:
        return rows_of(cell.show(lambda: data, label))
    finally:
        cell.close()


def rows_of(sheets: Sequence[Sheet]) -> Rows:
    """The rows of all sheets that have a row of labels."""
    found: list[Row] = []
    unread: list[str] = []
    for sheet in sheets:
        columns: dict[int, str] | None = None
        for row in rows(sheet.cells):
            labels = {cell.column: _field(cell.text) for cell in row}
            if {name for name in labels.values() if name} >= _NEEDED:
                columns = {column: name for column, name in labels.items() if name}
                unread += (f"{spot(cell)} {cell.text.strip()}" for cell in row if not labels[cell.column])
            elif columns:
                cells = {columns[cell.column]: cell.text.strip() for cell in row if cell.column in columns}
                found.append(Row(_row_spot(row[0]), cells))
    return Rows(tuple(found), tuple(unread))


def _field(text: str) -> str:
    bare = _bare(text)
    return next((name for name, labels in LABELS.items() if bare in map(_bare, labels)), "")


def _bare(text: str) -> str:
    return text.lower().translate(str.maketrans("（）", "()")).replace(" ", "").replace("\n", "").replace("：", "")


def _row_spot(cell: ShownCell) -> str:
    sheet, _, place = spot(cell).partition("!")
    return f"{sheet}!{place.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
