"""Exact values out of raw integers, and how numbers look in explanations."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

Exactly = Decimal | Fraction

_LONGEST: Final = 6


def decode(num: int | Fraction, den: int | Fraction, scale: int, *, rounded: bool) -> Exactly:
    """The value num / (den * 10**scale): a Decimal with `scale` places where it was rounded, else a Fraction."""
    if rounded and num.denominator == 1:
        return of_places(num.numerator, scale)
    value = Fraction(num) / (den * 10**scale)
    return (as_decimal(value) or value) if rounded else value


@lru_cache(maxsize=4096)
def of_places(num: int, scale: int) -> Decimal:
    """The decimal number num / 10**scale, with `scale` places."""
    return Decimal(f"{num}E-{scale}")


def as_decimal(value: Fraction) -> Decimal | None:
    """The decimal number equal to a fraction; `None` if it has no finite digits."""
    places, den = 0, value.denominator
    while den % 10 == 0:
        places, den = places + 1, den // 10
    for prime in (2, 5):
        while den % prime == 0:
            places, den = places + 1, den // prime
    return Decimal(f"{int(value * 10**places)}E-{places}") if den == 1 else None


@lru_cache(maxsize=4096)
def shown(num: int | Fraction, den: int | Fraction, scale: int) -> str:
    """A number as explanations print it: exact where six decimals are enough, otherwise the first four and "…"."""
    if den == 1 and num.denominator == 1:
        return _digits(num.numerator, scale)
    value = Fraction(num) / (den * 10**scale)
    if value.denominator == 1:
        return str(value.numerator)
    exact = value * 10**_LONGEST
    if exact.denominator == 1:
        return _trimmed(_digits(exact.numerator, _LONGEST), 0)
    cut = abs(value) * 10**4
    return f"{'-' if value < 0 else ''}{_digits(cut.numerator // cut.denominator, 4)}…"


def _digits(num: int, scale: int) -> str:
    """A scaled integer with its decimals, zeros beyond the second one left out."""
    if not scale:
        return str(num)
    whole, part = divmod(abs(num), 10**scale)
    text = f"{'-' if num < 0 else ''}{whole}.{part:0{scale}d}"
    return _trimmed(text, 2) if scale > 2 else text


def _trimmed(text: str, least: int) -> str:
    whole, _, part = text.partition(".")
    kept = part.rstrip("0").ljust(min(least, len(part)), "0")
    return f"{whole}.{kept}" if kept else whole
