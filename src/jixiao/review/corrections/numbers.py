"""Numbers of a form as they are added up, divided and printed: exact; rounding is a named act."""

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from jixiao.review.rounding import half_up
from jixiao.scoring.columns import places

_EXACT: Final = Context(prec=400)
"""A form's number has at most 64 digits on either side of its point, and there are at most some thousand of them."""
_MOST_PLACES: Final = 4


def total_of(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, number)
    return total


def less(whole: Decimal, part: Decimal) -> Decimal:
    """The exact difference."""
    return _EXACT.subtract(whole, part)


def per_cent(of: Decimal, rate: Decimal) -> Decimal:
    """A rate in per cent of an amount, exact."""
    return _EXACT.multiply(of, rate).scaleb(-2, _EXACT)


def quotient(part: Decimal, whole: Decimal, decimals: int) -> Decimal:
    """Part over whole in per cent, rounded half up."""
    return half_up(Fraction(part) * 100 / Fraction(whole), decimals)


def decimals_of(*numbers: Decimal | None) -> int:
    """The most decimals that any of the numbers prints."""
    return max((places(number) or 0 for number in numbers), default=0)


def as_printed(number: Decimal, like: Decimal) -> Decimal:
    """The number with as many decimals as `like` prints, and with more where it needs them: no digit is lost."""
    needed = decimals_of(number.normalize(_EXACT))
    return number.quantize(Decimal(1).scaleb(-max(needed, decimals_of(like))), context=_EXACT)


def tries(least: int) -> range:
    """Numbers of decimals to be tried, from the printed one on."""
    return range(least, max(least, _MOST_PLACES) + 1)
