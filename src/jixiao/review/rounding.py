"""Rounding of what people read, a named act: halves away from zero, exact until then."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """A value rounded to decimal places, halves away from zero, as people round."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal((value < 0 and whole > 0, tuple(map(int, str(whole))), -places))


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean, rounded half up to hundredths; `None` of nothing."""
    return half_up(sum(map(Fraction, values), Fraction(0)) / len(values)) if values else None
