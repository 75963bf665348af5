"""Rows of a table without rules: one number column gives each row its place, white space between lines parts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from jixiao.reading.aligned.channels import Interval, gaps

_CLEAR_PERCENT: Final = 125
"""A white gap is clearly the widest if it is wider than the next by a quarter."""
_CENTRED: Final = "centred"
_ON_TOP: Final = "on top"
_GAP_WEIGHT: Final = 3
_MOST_CHOICES: Final = 12


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows found.

    Attributes:
        edges: their upper edges, and the lower edge of the last.
        sure: for each row whether its edges were clear.
    """

    edges: tuple[int, ...]
    sure: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A white gap that may part two rows."""

    start: int
    end: int

    @property
    def middle(self) -> int:
        return (self.start + self.end) // 2

    @property
    def height(self) -> int:
        return self.end - self.start


def part_rows(columns: Sequence[Sequence[Interval]], anchors: Sequence[Interval], top: int, bottom: int) -> Rows:
    """The rows between two heights.

    Args:
        columns: for each column that has one cell a row the heights of its lines.
        anchors: heights of lines of which each row has exactly one; may be empty.
        top: where the rows begin.
        bottom: where they end.
    """
    white = [_Choice(*gap) for gap in gaps((line for column in columns for line in column), top, bottom)]
    places = _merged(anchors)
    wide = _wide(white, columns)
    if not places:
        chosen, sure = [choice.middle for choice in wide], [True] * (len(wide) + 1)
        return Rows((top, *chosen, bottom), tuple(sure))
    found, clear = _between(places, white, columns, (top, bottom))
    edges = [top, *found, bottom]
    extra = [each.middle for each in wide if each.middle not in edges and _parts_names(each, columns, edges)]
    sides = [True, *clear, True]
    kept = {edge: sides[number] for number, edge in enumerate(edges)} | dict.fromkeys(extra, True)
    ordered = sorted(kept)
    return Rows(tuple(ordered), tuple(kept[one] and kept[other] for one, other in pairwise(ordered)))


def _merged(anchors: Sequence[Interval]) -> list[int]:
    """Twice the middles of anchors; those on one line are one."""
    middles: list[int] = []
    for low, high in sorted(anchors):
        if not middles or low + high - middles[-1] > high - low:
            middles.append(low + high)
    return middles


def _wide(white: Sequence[_Choice], columns: Sequence[Sequence[Interval]]) -> list[_Choice]:
    """Gaps that are clearly wider than the gap between lines of one cell."""
    lines = sorted(high - low for column in columns for low, high in column)
    if not lines:
        return []
    usual = lines[len(lines) // 2]
    inner = sorted(
        other[0] - one[1] for column in columns for one, other in pairwise(sorted(column)) if other[0] > one[1]
    )
    least = min(inner[len(inner) // 10], usual // 2) if inner else 0
    return [choice for choice in white if choice.height > least + usual // 4]


def _parts_names(choice: _Choice, columns: Sequence[Sequence[Interval]], edges: Sequence[int]) -> bool:
    """Whether the first column (names) has lines above and below a gap, in the same row."""
    above = max(edge for edge in edges if edge < choice.middle)
    below = min(edge for edge in edges if edge > choice.middle)
    names = columns[0] if columns else ()
    upper = any(above <= low and high <= choice.middle for low, high in names)
    return upper and any(choice.middle <= low and high <= below for low, high in names)


def _between(
    places: Sequence[int], white: Sequence[_Choice], columns: Sequence[Sequence[Interval]], ends: Interval
) -> tuple[list[int], list[bool]]:
    """One edge between every two anchors, and whether it was clear."""
    options = []
    clear = []
    for one, other in pairwise(places):
        within = [choice for choice in white if one < 2 * choice.middle < other]
        heights = sorted((choice.height for choice in within), reverse=True)
        clear.append(bool(within) and (len(within) == 1 or heights[0] * 100 > heights[1] * _CLEAR_PERCENT))
        within.sort(key=lambda choice: -choice.height)
        options.append(within[:_MOST_CHOICES] or [_Choice((one + other) // 4, (one + other) // 4)])
    lines = sorted({line for column in columns for line in column})
    usual = max((high - low for low, high in lines), default=1)
    best: tuple[int, list[int]] | None = None
    for mode in (_CENTRED, _ON_TOP):
        found = _cheapest(places, options, _Costs(columns, mode, usual), ends)
        if best is None or found[0] < best[0]:
            best = found
    return (best[1] if best else []), clear


class _Costs:
    """How badly a row fits: how far its cells stand from where its anchor says they should."""

    def __init__(self, columns: Sequence[Sequence[Interval]], mode: str, unit: int) -> None:
        self.columns, self.mode, self.unit = columns, mode, unit

    def row(self, top: int, bottom: int, place: int) -> int:
        """The cost of a row between two heights whose anchor has its (doubled) middle at a place."""
        cost = 0
        for column in self.columns:
            lines = [line for line in column if top <= line[0] + line[1] >> 1 < bottom]
            if lines:
                last = lines[-1] if self.mode == _CENTRED else lines[0]
                cost += abs((lines[0][0] + last[1]) - place)
        return cost


def _cheapest(
    places: Sequence[int], options: Sequence[Sequence[_Choice]], costs: _Costs, ends: Interval
) -> tuple[int, list[int]]:
    """The edges with the least cost in all (dynamic programming from the top)."""
    paths: list[tuple[int, list[int]]] = [(0, [])]
    for number, choices in enumerate(options):
        fresh = []
        for choice in choices:
            totals = [
                (cost + costs.row(edges[-1] if edges else ends[0], choice.middle, places[number]), edges)
                for cost, edges in paths
            ]
            cost, edges = min(totals, key=lambda each: each[0])
            fresh.append((cost - _GAP_WEIGHT * choice.height, [*edges, choice.middle]))
        paths = fresh
    return min(
        (
            (cost + costs.row(edges[-1] if edges else ends[0], ends[1], places[-1]), edges)
            for cost, edges in paths
        ),
        key=lambda each: each[0],
    )  # fmt: skip
