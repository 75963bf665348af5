"""One grid of columns for all tables of a sheet: every table's edges, those that nearly meet made one."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from jixiao.writing.paper.model import Table

_NEAR = 300
"""Edges of two tables closer than this are one: 3 points, which nobody sees."""


class Columns(Struct, frozen=True):
    """The columns of a sheet.

    Attributes:
        widths: in pixels of a screen (3/4 point), which is what spreadsheets measure columns in.
        edges: of each table, the number of the sheet's edge that each of its edges is.
    """

    widths: tuple[int, ...]
    edges: tuple[tuple[int, ...], ...]


def columns_of(tables: Sequence[Table], across: int) -> Columns:
    """The columns of a sheet that holds these tables one under the other, and texts across all of them.

    Args:
        tables: from top to bottom; all begin at the left margin.
        across: the width between the margins: of the one column where there is no table.
    """
    outlines = [tuple(accumulate(table.widths, initial=0)) for table in tables] or [(0, across)]
    merged = _merged(outlines)
    pixels = _pixels([edges[0] for edges, _ in merged])
    number = {(table, edge): at for at, (_, members) in enumerate(merged) for table, edge in members}
    return Columns(
        tuple(right - left for left, right in pairwise(pixels)),
        tuple(tuple(number[table, edge] for edge in range(len(outline))) for table, outline in enumerate(outlines)),
    )


Members = list[tuple[int, int]]
"""Table and edge."""


def _merged(outlines: Sequence[Sequence[int]]) -> list[tuple[list[int], Members]]:
    """Edges from left to right, each with the edges of tables that it stands for: of one table at most one."""
    every = sorted((at, table, edge) for table, outline in enumerate(outlines) for edge, at in enumerate(outline))
    merged: list[tuple[list[int], Members]] = []
    for at, table, edge in every:
        near = merged and at - merged[-1][0][0] <= _NEAR and all(table != other for other, _ in merged[-1][1])
        if not near:
            merged.append(([], []))
        merged[-1][0].append(at)
        merged[-1][1].append((table, edge))
    return merged


def _pixels(edges: Sequence[int]) -> list[int]:
    """Edges on the pixels of a screen, no two on the same."""
    pixels: list[int] = []
    for edge in edges:
        nearest = (edge * 4 + 150) // 300
        pixels.append(max(nearest, pixels[-1] + 1) if pixels else nearest)
    return pixels
