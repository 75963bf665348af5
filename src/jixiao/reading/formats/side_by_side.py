"""Forms that stand side by side on one sheet, with an empty column between, as tables of their own."""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.layout.grid import Cell, Table
from jixiao.layout.lexicon import load_lexicon

_LONGEST_LABEL = 30


def apart(table: Table) -> list[Table]:
    """The forms of a table side by side, left to right; the table itself where it holds no two.

    It is cut at columns that hold no words and under no cell, and only where both sides name a project: an empty column
    within a form stays where it is. Cells above the forms that cross the cut (a common title) go with each.
    """
    named = [cell for cell in table.cells if _names_project(cell)]
    if len({cell.column for cell in named}) < 2:
        return [table]
    top = min(cell.row for cell in named)
    below = [cell for cell in table.cells if cell.row >= top]
    sides = [side for side in _sides(below) if side]
    groups = _with_names(sides)
    if len(groups) < 2:
        return [table]
    above = [cell for cell in table.cells if cell.row < top]
    return [_part(group, above, last=index == len(groups) - 1) for index, group in enumerate(groups)]


def _names_project(cell: Cell) -> bool:
    return 0 < len(cell.text) <= _LONGEST_LABEL and load_lexicon().find("head", cell.text) == "project_name"


def _sides(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells parted at the columns that no words and no wider cell reach into."""
    used = {
        column
        for cell in cells
        if cell.text or cell.column_span > 1
        for column in range(cell.column, cell.column + min(cell.column_span, 20_000))
    }
    sides: list[list[Cell]] = []
    edge = -1
    for cell in sorted((cell for cell in cells if cell.column in used), key=lambda cell: cell.column):
        if not sides or any(column not in used for column in range(edge, cell.column)):
            sides.append([])
        sides[-1].append(cell)
        edge = max(edge, cell.column + cell.column_span)
    return sides


def _with_names(sides: list[list[Cell]]) -> list[list[Cell]]:
    """Sides joined to the one before until each names a project."""
    groups: list[list[Cell]] = []
    for side in sides:
        if (groups and not any(map(_names_project, side))) or (groups and not any(map(_names_project, groups[-1]))):
            groups[-1].extend(side)
        else:
            groups.append(list(side))
    return groups


def _part(group: list[Cell], above: list[Cell], *, last: bool) -> Table:
    left = min(cell.column for cell in group)
    right = max(cell.column + cell.column_span for cell in group)
    own = [cell for cell in above if (cell.column < right or last) and cell.column + cell.column_span > left]
    cells = sorted([*own, *group], key=lambda cell: (cell.row, cell.column))
    return Table(tuple(replace(cell, column=max(cell.column, left)) if cell in own else cell for cell in cells))
