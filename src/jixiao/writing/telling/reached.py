"""Whether an indicator reached its target, where both are numbers of one kind; words and dates are not compared."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from typing import Final

from jixiao.form import Indicator, unit_scale

_HOLDS: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {"≥": ge, ">": gt, "=": eq, "<": lt, "≤": le}


def reached(line: Indicator) -> bool | None:
    """Whether the actual value meets the target; `None` where the two are not numbers in units that compare."""
    if line.actual.value is None:
        return None
    base, factor = unit_scale(line.actual.unit or line.target.unit)
    target_base, target_factor = unit_scale(line.target.unit)
    if base != target_base:
        return None
    actual = Fraction(line.actual.value) * factor
    if line.target.span is not None:
        low, high = (_scaled(end, target_factor) for end in line.target.span)
        return low <= actual <= high
    if line.target.number is None or line.target.operator not in _HOLDS:
        return None
    return _HOLDS[line.target.operator](actual, _scaled(line.target.number, target_factor))


def _scaled(number: Decimal, factor: Fraction) -> Fraction:
    return Fraction(number) * factor
