"""Rows of a table without rules that has no column of points: targets and actual values give each row its place."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from jixiao.form import is_nothing, parse_actual, parse_target
from jixiao.reading.aligned.channels import Interval, covered

Value = tuple[Interval, bool]
"""The height of a line, and whether it is a value of its own (≥90%): then no other line is of its cell."""
_SLACK: Final = 10
"""Part of a line's height by which the white between lines of one cell may vary."""


def is_value(text: str) -> bool:
    """Whether a line is a number with its sign and unit, or a mark for nothing."""
    return is_nothing(text) or parse_target(text, None).value is not None or parse_actual(text).value is not None


def value_blocks(values: Sequence[Sequence[Value]], columns: Sequence[Sequence[Interval]]) -> list[Interval]:
    """One height a row: that of its target and its actual value, which stand level with each other.

    Args:
        values: the lines of each column of values.
        columns: the heights of the lines of all columns, of which the white between two lines of one cell is told.
    """
    usual = max((high - low for column in columns for low, high in column), default=0)
    white = [other[0] - one[1] for column in columns for one, other in pairwise(sorted(column)) if other[0] > one[1]]
    most = min(white, default=0) + usual // _SLACK
    return covered(block for column in values for block in _blocks(sorted(column), most))


def _blocks(lines: Sequence[Value], most: int) -> Iterator[Interval]:
    """The lines of a column, those of one cell together: words with no more white between them than lines have."""
    last: Interval | None = None
    for (low, high), alone in lines:
        if last and not alone and low - last[1] <= most:
            last = (last[0], high)
            continue
        if last:
            yield last
        last = None if alone else (low, high)
        if alone:
            yield low, high
    if last:
        yield last
