"""The rules of a table: every line between two cells once, as long as it goes."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from jixiao.writing.paper.pages import SetTable

Wall = tuple[int, int, int, int]
"""From x, y to x, y in hundredths of a point: along or down."""


def walls(table: SetTable) -> Iterator[Wall]:
    """The rules from top to bottom, then from left to right, in hundredths of a point on the page."""
    owners = _owners(table)
    xs = list(accumulate(table.widths, initial=table.left))
    ys = list(accumulate(table.heights, initial=table.top))
    for row, y in enumerate(ys):
        for first, end in _runs(owners[row], owners[row + 1]):
            yield xs[first], y, xs[end], y
    across = list(zip(*owners[1:-1], strict=True))
    beyond = (-1,) * len(table.heights)
    columns = [beyond, *across, beyond]
    for column, x in enumerate(xs):
        for first, end in _runs(columns[column], columns[column + 1]):
            yield x, ys[first], x, ys[end]


def _owners(table: SetTable) -> list[list[int]]:
    """For each row the number of the cell at each column, with a row of -1 above and below."""
    owners = [[-1] * len(table.widths) for _ in range(len(table.heights) + 2)]
    for number, cell in enumerate(table.cells):
        for row in owners[cell.row + 1 : cell.row + 1 + cell.row_span]:
            row[cell.column : cell.column + cell.column_span] = [number] * cell.column_span
    return owners


def _runs(before: Sequence[int], after: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where two neighbouring lines of places belong to different cells: (first, end) of each stretch."""
    at = 0
    for walled, places in groupby(one != other for one, other in zip(before, after, strict=True)):
        end = at + sum(1 for _ in places)
        if walled:
            yield at, end
        at = end
