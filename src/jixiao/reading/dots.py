"""Rules drawn as dots or tiny dashes: those that stand in a row, closely and evenly, are one rule.

All geometry is in hundredths of a point, origin top left.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from jixiao.layout.grid import Box
from jixiao.reading.lattice import GAP, Rule

_LEAST: Final = 5
"""So many dots in a row are a rule; fewer are a colon, a bullet, an ornament."""
_SHORTEST: Final = 1000
_OFF: Final = 40
"""How far a dot's middle may lie off the row's."""
_MOST: Final = 100_000


def rules_of_dots(across: list[Box], down: list[Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and vertical rules that dots draw; of too many dots, a pattern, none.

    Args:
        across: dots, and dashes along horizontal rules.
        down: dots, and dashes along vertical rules.
    """
    if len(across) + len(down) > _MOST:
        return [], []
    horizontal = _rows((top + bottom, left, right) for left, top, right, bottom in across)
    vertical = _rows((left + right, top, bottom) for left, top, right, bottom in down)
    return list(horizontal), list(vertical)


def _rows(dots: Iterable[tuple[int, int, int]]) -> Iterator[Rule]:
    """Rules of dots given as (twice the middle across the row, start, end along it)."""
    row: list[tuple[int, int, int]] = []
    for dot in sorted(dots):
        if row and dot[0] - row[0][0] > 2 * _OFF:
            yield from _runs(row)
            row = []
        row.append(dot)
    yield from _runs(row)


def _runs(row: list[tuple[int, int, int]]) -> Iterator[Rule]:
    run: list[tuple[int, int]] = []
    middle = sum(dot[0] for dot in row) // (2 * len(row)) if row else 0
    for _, start, end in sorted(row, key=lambda dot: dot[1]):
        if run and start - run[-1][1] > GAP:
            yield from _rule(run, middle)
            run = []
        run.append((start, end))
    yield from _rule(run, middle)


def _rule(run: list[tuple[int, int]], middle: int) -> Iterator[Rule]:
    if len(run) >= _LEAST and run[-1][1] - run[0][0] >= _SHORTEST:
        yield run[0][0], run[-1][1], middle
