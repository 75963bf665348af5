"""A table in two where its heading begins: Word and browsers repeat only the rows that stand first in a table."""

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from jixiao.writing.paper.model import Cell, Table

FEW: Final = 4
"""So many rows are few: what follows the body is kept with its last rows, cells over so many of them whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or what of it stands above or below the line where its heading begins.

    Attributes:
        table: a table by itself, its rows counted from 0.
        heading: how many of its first rows are repeated on further pages.
        first: which row of the whole table its first one is.
    """

    table: Table
    heading: int
    first: int = 0

    @property
    def staying(self) -> frozenset[int]:
        """The rows on whose page the next one stands, too: those of the heading, and the last ones before the end.

        So no page holds nothing but a heading, or a heading over what follows the body (the total, the grade).
        """
        rows, last = self.table.rows, self.table.body[1] - 1
        if not self.heading or rows - last > FEW:
            return frozenset(range(self.heading))
        small = (cell.row for cell in self.table.cells if cell.row <= last < cell.row + cell.row_span <= cell.row + FEW)
        return frozenset((*range(self.heading), *range(min(small, default=last), rows - 1)))


def parts_of(table: Table) -> tuple[Part, ...]:
    """The table, in two where its heading stands lower than its first row and no cell crosses the line above it."""
    first, end = table.heading
    if end <= first or table.body[1] <= table.body[0]:
        return (Part(table, 0),)
    if first == 0:
        return (Part(table, end),)
    if any(cell.row < first < cell.row + cell.row_span for cell in table.cells):
        return (Part(table, 0),)
    above = tuple(cell for cell in table.cells if cell.row < first)
    below = tuple(replace(cell, row=cell.row - first) for cell in table.cells if cell.row >= first)
    upper = replace(table, rows=first, cells=above, heading=(0, 0), body=(0, 0))
    heading, body = (0, end - first), (table.body[0] - first, table.body[1] - first)
    lower = replace(table, rows=table.rows - first, cells=below, heading=heading, body=body)
    return Part(upper, 0), Part(lower, end - first, first)


def rows_of(table: Table) -> list[list[Cell]]:
    """What covers each row, from left to right: cells that begin in it, and cells that come down from above.

    Raises:
        ValueError: the cells do not cover every place of the grid exactly once.
    """
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        if cell.row_span < 1 or cell.column_span < 1 or cell.row + cell.row_span > table.rows:
            raise ValueError(f"the cell {cell.text!r} in row {cell.row} covers nothing, or reaches below its table")
        for row in rows[cell.row : cell.row + cell.row_span]:
            row.append(cell)
    for number, row in enumerate(rows):
        row.sort(key=lambda cell: cell.column)
        reached = 0
        for cell in row:
            if cell.column != reached:
                raise ValueError(f"row {number} of a table is not covered once at column {reached}")
            reached += cell.column_span
        if reached != len(table.widths):
            raise ValueError(f"row {number} of a table ends at column {reached} of {len(table.widths)}")
    return rows
