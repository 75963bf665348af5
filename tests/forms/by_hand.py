"""Grids written by hand: a table as rows of cells, placed as HTML places them."""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.form import Place
from jixiao.layout.grid import Cell, FreeText, Grid, Table

FILE = "手工.pdf"


@dataclass(frozen=True, slots=True)
class C:
    """A cell that covers more than one column (`across`) or row (`down`)."""

    text: str
    across: int = 1
    down: int = 1


def table(rows: Sequence[Sequence[str | C]], page: int = 0) -> Table:
    """A table; each cell takes the first free columns of its row."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for each in row:
            cell = each if isinstance(each, C) else C(each)
            while (number, column) in taken:
                column += 1
            covered = {(number + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            taken |= covered
            place = Place(FILE, page=page or None, cell=None if page else f"S!{number + 1}:{column + 1}")
            cells.append(Cell(number, column, cell.down, cell.across, cell.text, (place,)))
            column += cell.across
    return Table(tuple(cells), page)


def line(text: str, page: int = 0) -> FreeText:
    """A line outside the tables."""
    return FreeText(text, (Place(FILE, page=page or None),))


def grid(*blocks: Table | FreeText | Sequence[Sequence[str | C]]) -> Grid:
    """A document; a bare list of rows is a table without a page."""
    return Grid(tuple(each if isinstance(each, Table | FreeText) else table(each) for each in blocks))
