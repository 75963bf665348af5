"""A workbook's lists: rows under a row of labels, which is found by what the labels say. Nothing is guessed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from jixiao.layout.shown import Sheet, ShownCell
from jixiao.office.people.lists.columns import KINDS, ListKind
from jixiao.reading.cell import Cell
from jixiao.reading.limits import Limits

LIMITS: Final = Limits(
    file_megabytes=4, unpacked_megabytes=32, sheets=20, cells=60_000, memory_megabytes=256, cpu_seconds=10, seconds=20
)
"""What a list may cost: 10,000 people in six columns."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell said, and where it stands ("人员!C7")."""

    text: str
    spot: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: its cells by field; a field whose cell is blank is there too, with its spot."""

    kind: str
    spot: str
    cells: dict[str, Read] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What the cell of a field says; empty where it is blank or there is no such column."""
        return self.cells[name].text if name in self.cells else ""

    def spot_of(self, name: str) -> str:
        """Where the cell of a field stands; the row where there is no such column."""
        return self.cells[name].spot if name in self.cells else self.spot


@dataclass(frozen=True, slots=True)
class Lists:
    """What a workbook holds.

    Attributes:
        lines: the rows of all lists in it.
        unread: labels (with their spots) of columns that no list has.
        bare_sheets: spots of the first cells of tables in which no row of labels was found.
    """

    lines: tuple[Line, ...]
    unread: tuple[Read, ...]
    bare_sheets: tuple[str, ...]


def read_lists(data: bytes, label: str) -> Lists:
    """Read a workbook in the confined child.

    Args:
        data: the whole file.
        label: its name, for sentences.

    Raises:
        Unreadable: it cannot be opened, or is too large.
    """
    cell = Cell(LIMITS, 1)
    try:
        return lists_of(cell.show(lambda: data, label))
    finally:
        cell.close()


def lists_of(sheets: Sequence[Sheet]) -> Lists:
    """The lists in the tables of a workbook."""
    lines: list[Line] = []
    unread: list[Read] = []
    without: list[str] = []
    for sheet in sheets:
        head: _Head | None = None
        for row in rows(sheet.cells):
            found = _head(row)
            head = found or head
            if found:
                unread.extend(found.unread)
            elif head:
                lines.append(_line(head, row))
        if head is None and sheet.cells:
            without.append(spot(sheet.cells[0]))
    return Lists(tuple(lines), tuple(unread), tuple(without))


@dataclass(frozen=True, slots=True)
class _Head:
    kind: ListKind
    columns: dict[int, str]
    letters: dict[int, str]
    unread: tuple[Read, ...]


def rows(cells: Iterable[ShownCell]) -> Iterator[list[ShownCell]]:
    """The rows of a sheet from top to bottom, each with the cells that say something."""
    found: dict[int, list[ShownCell]] = {}
    for cell in cells:
        if cell.text.strip():
            found.setdefault(cell.row, []).append(cell)
    return iter([found[row] for row in sorted(found)])


def _head(row: list[ShownCell]) -> _Head | None:
    """The row as labels of the list whose labels it has most of; none where it is no row of labels."""
    heads = [head for kind in KINDS if (head := _head_of(kind, row))]
    return max(heads, key=lambda head: len(head.columns), default=None)


def _head_of(kind: ListKind, row: list[ShownCell]) -> _Head | None:
    columns: dict[int, str] = {}
    unread = []
    for cell in row:
        name = kind.field_of(cell.text)
        if name and name not in columns.values():
            columns[cell.column] = name
        else:
            unread.append(Read(cell.text, spot(cell)))
    if not kind.required <= set(columns.values()):
        return None
    letters = {cell.column: spot(cell).rstrip("0123456789") for cell in row}
    return _Head(kind, columns, letters, tuple(unread))


def _line(head: _Head, row: list[ShownCell]) -> Line:
    number = _number(spot(row[0]))
    texts = {cell.column: cell.text.strip() for cell in row}
    cells = {name: Read(texts.get(at, ""), f"{head.letters[at]}{number}") for at, name in head.columns.items()}
    return Line(head.kind.name, f"{spot(row[0]).partition('!')[0]}!{number}", cells)


def spot(cell: ShownCell) -> str:
    """Where a cell stands, as people say it ("人员!C7")."""
    return cell.spots[0] if cell.spots else f"!{cell.row + 1}"


def _number(spot: str) -> str:
    return spot[len(spot.rstrip("0123456789")) :]
