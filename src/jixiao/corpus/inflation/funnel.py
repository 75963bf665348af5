"""A funnel 漏斗图: every group by how much was counted and its share, between the limits that its size allows for.

No league table: small groups lie high and low by chance alone, and the limits show how far (Spiegelhalter 2005).
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import isqrt
from typing import Final

from msgspec import Struct

from jixiao.corpus.inflation.meter import Inflation, Judged
from jixiao.corpus.inflation.statistics import Z_FAR, Z, limits, ratio

WIDE: Final = 720
HIGH: Final = 320
_LEFT, _RIGHT, _TOP, _FOOT = 48, 12, 12, 36
_ROOM: Final = WIDE - _LEFT - _RIGHT
_FALL: Final = HIGH - _TOP - _FOOT
_STEPS: Final = 60
MOST: Final = 1_500
"""Groups that are drawn: those that are asked first, then the largest; the table says how many are not."""
_FINE: Final = 1_000


class Point(Struct, frozen=True):
    """A group in the drawing."""

    x: int
    y: int
    judged: Judged


class Tick(Struct, frozen=True):
    """A mark of an axis."""

    at: int
    text: str


class Funnel(Struct, frozen=True):
    """The drawing: points, the base as a height, two pairs of limits as polylines, and the axes."""

    measure: str
    points: tuple[Point, ...]
    left_out: int
    base: int
    near: tuple[str, str]
    far: tuple[str, str]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def funnel(found: Inflation, level: str, measure: str) -> Funnel | None:
    """The funnel of one measure over the groups of a level; `None` where no group is large enough to be judged."""
    groups = [one for one in found.of(level, measure) if one.count[1] >= found.least]
    if not groups:
        return None
    base, spread = ratio(found.overall[measure]), found.spreads[f"{level}/{measure}"]
    drawn = sorted(groups, key=lambda one: (one.verdict != "asks", -one.count[1], one.name))[:MOST]
    most = max(one.count[1] for one in groups)
    sizes = sorted({max(most * at * at // (_STEPS * _STEPS), 1) for at in range(1, _STEPS + 1)})
    near, far = (_limits(sizes, most, (base, spread, z)) for z in (Z, Z_FAR))
    return Funnel(
        measure=measure,
        points=tuple(Point(_x(one.count[1], most), _y(ratio(one.count)), one) for one in drawn),
        left_out=len(groups) - len(drawn),
        base=_y(base),
        near=near,
        far=far,
        across=tuple(Tick(_x(size, most), f"{size:,}") for size in _sizes(most)),
        up=tuple(Tick(_y(Decimal(at) / Decimal(4)), f"{25 * at}%") for at in range(5)),
    )


def _limits(sizes: Sequence[int], most: int, how: tuple[Decimal, Decimal, Decimal]) -> tuple[str, str]:
    """The lower and the upper limit as points of a polyline."""
    both = [(_x(size, most), limits(size, *how)) for size in sizes]
    low, high = (" ".join(f"{x},{_y(ends[at])}" for x, ends in both) for at in (0, 1))
    return low, high


def _x(size: int, most: int) -> int:
    """The root of the size: limits narrow with the root, and small groups are many."""
    return _LEFT + isqrt(size * _FINE * _FINE // most) * _ROOM // _FINE


def _y(share: Decimal) -> int:
    return _TOP + _FALL - int((share * _FALL).to_integral_value(ROUND_HALF_UP))


def _sizes(most: int) -> Iterator[int]:
    """Round sizes up to the largest, not too near to each other."""
    for part in (16, 4, 1):
        size = max(most // part, 1)
        digits = 10 ** (len(str(size)) - 1)
        yield size // digits * digits
