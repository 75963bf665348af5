"""Where columns and rows part: white channels that run through many lines."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

Interval = tuple[int, int]

_NARROWEST: Final = 150
"""A channel narrower than this between lines is typesetting, not the gap between two columns."""


def covered(intervals: Iterable[Interval]) -> list[Interval]:
    """The union of intervals, ascending."""
    union: list[Interval] = []
    for low, high in sorted(intervals):
        if union and low <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], high))
        else:
            union.append((low, high))
    return union


def gaps(intervals: Iterable[Interval], low: int, high: int) -> list[Interval]:
    """The white stretches between two positions, none at the ends."""
    union = [each for each in covered(intervals) if each[1] > low and each[0] < high]
    return [(one[1], other[0]) for one, other in pairwise(union)]


def column_gaps(intervals: Iterable[Interval], low: int, high: int) -> list[int]:
    """The middles of white channels wide enough to part columns."""
    return [(start + end) // 2 for start, end in gaps(intervals, low, high) if end - start >= _NARROWEST]


def boundary(intervals: Sequence[Interval], low: int, high: int, likely: int) -> tuple[int, bool]:
    """Where two columns part: between two positions, where fewest intervals are, nearest to the likely place.

    Args:
        intervals: horizontal extents of what stands in the columns.
        low: where it may be at the earliest.
        high: where it may be at the latest.
        likely: where it would be if the label to its left stood in the middle of its column.

    Returns:
        The place, and whether no interval covers it.
    """
    stretches = list(_stretches(intervals, low, high))
    if not stretches:
        return (low + high) // 2, False

    def rank(stretch: tuple[int, int, int]) -> tuple[int, int, int]:
        count, start, end = stretch
        return count, max(start - likely, likely - end, 0), start - end

    count, start, end = min(stretches, key=rank)
    return (start + end) // 2, count == 0


def _stretches(intervals: Sequence[Interval], low: int, high: int) -> Iterator[tuple[int, int, int]]:
    """How many intervals cover each stretch between two positions: count, start, end."""
    points = sorted({low, high, *(edge for each in intervals for edge in each if low < edge < high)})
    change = dict.fromkeys(points, 0)
    base = 0
    for start, end in intervals:
        if end <= low or start >= high:
            continue
        if start <= low:
            base += 1
        else:
            change[start] += 1
        if end < high:
            change[end] -= 1
    counts = accumulate((change[point] for point in points), initial=base)
    next(counts)
    for count, (start, end) in zip(counts, pairwise(points), strict=False):
        yield count, start, end
