"""Shares and what may be said of them: intervals, tails, many comparisons, spread between groups. Decimals, no floats.

Counts are exact. What needs a root or an exponential is computed to 28 digits and rounded once where it is shown: this
module is the named act for all of it.

Sources: Wilson 1927, Probable inference, the law of succession, and statistical inference (the interval); Brown, Cai
and DasGupta 2001, Interval estimation for a binomial proportion (why this one); Benjamini and Hochberg 1995,
Controlling the false discovery rate; Spiegelhalter 2005, Funnel plots for comparing institutional performance, and
Handling over-dispersion of performance indicators.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from math import comb
from typing import Final

Z: Final = Decimal("1.959963984540054235524594430520551")
"""Two-sided 95 %."""
Z_FAR: Final = Decimal("3.090232306167813541540399830107379")
"""Two-sided 99.8 %: the outer limits of a funnel."""
RATE: Final = Decimal("0.05")
"""False discovery rate: of all groups that are asked, at most this share is expected to be asked by chance."""
_ONE: Final = Decimal(1)
_TWO: Final = Decimal(2)
_PI: Final = Decimal("3.141592653589793238462643383279503")
_EXACTLY: Final = 2_000
"""Up to so many trials the binomial tail is summed; beyond, the normal one is as good."""
_SMALL: Final = Decimal("1e-24")
_NEAR: Final = 3
_FRACTIONS: Final = 200
_TAILS: Final = 10
"""One in so many standardised differences at either end is drawn in before the spread is taken."""
Count = tuple[int, int]
"""So many of so many."""


def ratio(count: Count) -> Decimal:
    """The share; 0 of nothing."""
    part, whole = Decimal(count[0]), Decimal(count[1])
    return part / whole if whole else Decimal(0)


def shown(value: Decimal, places: int = 4) -> Decimal:
    """A number rounded to decimals, halves away from zero."""
    return value.quantize(_ONE.scaleb(-places), ROUND_HALF_UP)


@lru_cache(maxsize=100_000)
def wilson(count: Count, z: Decimal = Z) -> tuple[Decimal, Decimal]:
    """Wilson's interval of a share; from 0 to 1 where nothing was counted."""
    whole = Decimal(count[1])
    if not whole:
        return Decimal(0), _ONE
    share, square = ratio(count), z * z
    scale: Decimal = _ONE + square / whole
    middle: Decimal = (share + square / (2 * whole)) / scale
    half: Decimal = z * (share * (_ONE - share) / whole + square / (4 * whole * whole)).sqrt() / scale
    return max(middle - half, Decimal(0)), min(middle + half, _ONE)


def normal_tail(z: Decimal) -> Decimal:
    """The chance that a standard normal variable is z or more."""
    if z < 0:
        return _ONE - normal_tail(-z)
    half: Decimal = z * z / _TWO
    density: Decimal = Decimal(1) / (half.exp() * (_TWO * _PI).sqrt())
    if z > _NEAR:
        below = z
        for at in range(_FRACTIONS, 0, -1):
            below = z + Decimal(at) / below
        return density / below
    term = total = z
    at = 1
    while term > _SMALL:
        at += 2
        term = term * z * z / Decimal(at)
        total += term
    return Decimal("0.5") - density * total


def binomial_tail(count: Count, chance: Decimal) -> Decimal:
    """The chance of so many or more of so many trials, each with this chance."""
    part, whole = count
    if part <= 0 or chance >= 1:
        return _ONE
    if chance <= 0:
        return Decimal(0)
    if whole > _EXACTLY:
        half = Decimal("0.5")
        return normal_tail((Decimal(part) - half - whole * chance) / (whole * chance * (_ONE - chance)).sqrt())
    with localcontext(prec=40):
        odds: Decimal = chance / (_ONE - chance)
        term: Decimal = comb(whole, part) * chance**part * (_ONE - chance) ** (whole - part)
        total = term
        for at in range(part, whole):
            term = term * odds * (whole - at) / Decimal(at + 1)
            total += term
        return min(total, _ONE)


def score(count: Count, base: Decimal) -> Decimal:
    """How many standard errors a share lies above the base; 0 where the base leaves no room."""
    spread = base * (_ONE - base)
    if not spread or not count[1]:
        return Decimal(0)
    return (ratio(count) - base) / (spread / Decimal(count[1])).sqrt()


def overdispersion(counts: Sequence[Count], base: Decimal) -> Decimal:
    """How much more groups differ than by chance: the mean square of their scores, the ends drawn in; 1 at least.

    Forms of one unit resemble each other, so that shares of units differ more than coins do. Limits that left this out
    would ask honest units (Spiegelhalter 2005).
    """
    scores = sorted(score(count, base) for count in counts)
    if not scores:
        return _ONE
    cut = len(scores) // _TAILS
    low, high = scores[cut], scores[len(scores) - 1 - cut]
    squares = (min(max(one, low), high) ** 2 for one in scores)
    return max(sum(squares, Decimal(0)) / Decimal(len(scores)), _ONE)


def tail(count: Count, base: Decimal, spread: Decimal) -> Decimal:
    """How surprising so high a share is: the larger of the exact tail and the tail that allows for the spread."""
    if ratio(count) <= base:
        return _ONE
    drawn_in: Decimal = score(count, base)
    return max(binomial_tail(count, base), normal_tail(drawn_in / spread.sqrt()))


def discoveries(tails: Sequence[Decimal]) -> list[Decimal]:
    """Benjamini and Hochberg's adjusted tails, in the order of the given: at or below `RATE` is a discovery."""
    order = sorted(range(len(tails)), key=lambda at: tails[at], reverse=True)
    adjusted, least = [_ONE] * len(tails), _ONE
    for rank, at in enumerate(order):
        least = min(least, tails[at] * len(tails) / Decimal(len(tails) - rank))
        adjusted[at] = least
    return adjusted


def limits(trials: int, base: Decimal, spread: Decimal, z: Decimal) -> tuple[Decimal, Decimal]:
    """Between which shares a group of so many trials lies, were it like the base."""
    half = z * (spread * base * (_ONE - base) / Decimal(trials)).sqrt()
    return max(base - half, Decimal(0)), min(base + half, _ONE)
