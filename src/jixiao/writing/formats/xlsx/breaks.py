"""Where a sheet's pages end: between rows, on as few pages as hold them, cutting as few cells over several rows."""

from collections.abc import Iterable, Sequence
from typing import Final

_SAFE: Final = 98
"""How much of a page is planned for, in per cent: printers differ a little; a row too many would fill its own page."""
_SHRUNK: Final = 110
"""A sheet so much of a page long, in per cent, is printed on one page, its letters a little smaller."""
_MOST: Final = 1_023
"""Breaks of a sheet (Excel)."""
_HEADING_LEFT: Final = 1_000
"""What it costs to leave a heading at the foot of a page, in cells cut."""


def fits_one_page(heights: Sequence[int], whole: int) -> bool:
    """Whether rows of these heights are printed on one page of that height between its margins."""
    return sum(heights) * 100 <= whole * _SHRUNK


def breaks_of(
    heights: Sequence[int],
    spans: Iterable[tuple[int, int]],
    whole: int,
    repeated: tuple[int, int] = (0, 0),
    joined: Iterable[int] = (),
) -> tuple[int, ...]:
    """The rows that begin a page, the first page's apart.

    Args:
        heights: of the rows.
        spans: first and last row of each cell.
        whole: the height of a page between its margins, in the same unit.
        repeated: the rows (first, end) printed again at the top of the pages after them.
        joined: rows under a heading, which stay with it.
    """
    if fits_one_page(heights, whole):
        return ()
    most = whole * _SAFE // 100
    costs = _costs(len(heights), spans, {*joined, *range(repeated[0] + 1, repeated[1] + 1)})
    again = sum(heights[repeated[0] : repeated[1]])
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(heights) + 1)
    for start in reversed(range(len(heights))):
        room = most - (again if start >= repeated[1] > repeated[0] else 0)
        best[start] = _best_end(heights, start, room, costs, best)
    found: list[int] = []
    row = best[0][2]
    while row < len(heights) and len(found) < _MOST:
        found.append(row)
        row = best[row][2]
    return tuple(found)


def _best_end(
    heights: Sequence[int], start: int, room: int, costs: Sequence[int], best: Sequence[tuple[int, int, int]]
) -> tuple[int, int, int]:
    """Pages and cost from a row on, and the row that begins the next page: the last of those that are equally good."""
    used, chosen = 0, (0, 0, 0)
    for row in range(start, len(heights)):
        used += heights[row]
        if row > start and used > room:
            break
        pages, cost, _ = best[row + 1]
        here = pages + 1, cost + costs[row + 1], row + 1
        if row == start or here[:2] <= chosen[:2]:
            chosen = here
    return chosen


def _costs(rows: int, spans: Iterable[tuple[int, int]], joined: set[int]) -> list[int]:
    """What it costs to end a page above each row: the cells that it cuts, the heading that it leaves behind."""
    steps = [0] * (rows + 2)
    for first, last in spans:
        steps[first + 1] += 1
        steps[last + 1] -= 1
    costs, cut = [], 0
    for row in range(rows):
        cut += steps[row]
        costs.append(cut + (_HEADING_LEFT if row in joined else 0))
    return [*costs, 0]
