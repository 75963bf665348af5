"""Sums and means to the last digit, quickly: decimals are added as they are, and a digit that would be lost raises."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from fractions import Fraction
from typing import Final

from jixiao.review.rounding import half_up

_EXACT: Final = Context(prec=400, traps=[Inexact, InvalidOperation])
"""No sum of amounts that a form can hold has so many digits; one that had would raise, not round."""


def exact() -> AbstractContextManager[Context]:
    """A block in which decimals are computed to the last digit, or raise."""
    return localcontext(_EXACT)


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum; 0 of nothing."""
    with exact():
        return sum(values, Decimal(0))


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean, rounded half up to hundredths; `None` of nothing."""
    return half_up(Fraction(total(values)) / len(values)) if values else None
