"""The statistics of the meter: against textbook numbers, sums over all outcomes, and their own definitions."""

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest

from jixiao.corpus.inflation.statistics import (
    RATE,
    Z,
    binomial_tail,
    discoveries,
    limits,
    normal_tail,
    overdispersion,
    ratio,
    shown,
    tail,
    wilson,
)

CLOSE = Decimal("1e-12")


def digits(*numbers: str) -> list[Decimal]:
    """Numbers."""
    return [Decimal(number) for number in numbers]


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    """81 of 263 is 0.2553 to 0.3662 (Newcombe 1998, table I); nothing counted says nothing."""
    assert [shown(end) for end in wilson((81, 263))] == digits("0.2553", "0.3662")
    assert [shown(end) for end in wilson((0, 20))] == digits("0.0000", "0.1611")
    assert wilson((0, 0)) == (Decimal(0), Decimal(1))


@pytest.mark.parametrize(
    ("z", "wanted"),
    [("0", "0.5"), ("1", "0.158655253931457"), ("-1", "0.841344746068543"), ("1.959963984540054", "0.025"),
     ("3.090232306167813", "0.001"), ("6", "9.86587645037698E-10")],
)  # fmt: skip
def test_the_normal_tail_is_that_of_the_tables(z: str, wanted: str) -> None:
    """On both sides, near and far, to twelve digits."""
    assert abs(normal_tail(Decimal(z)) - Decimal(wanted)) < CLOSE


def test_the_binomial_tail_is_the_sum_of_all_outcomes() -> None:
    """For every count of small groups the tail is the exact sum."""
    chance = Fraction(3, 10)
    for whole in range(1, 9):
        for part in range(whole + 1):
            exact = sum(comb(whole, at) * chance**at * (1 - chance) ** (whole - at) for at in range(part, whole + 1))
            found = binomial_tail((part, whole), Decimal("0.3"))
            assert abs(found - Decimal(exact.numerator) / Decimal(exact.denominator)) < CLOSE


def test_large_groups_take_the_normal_tail() -> None:
    """Beyond two thousand trials the two tails differ by less than a hundredth of the chance."""
    near, far = binomial_tail((1_050, 2_000), Decimal("0.5")), binomial_tail((1_051, 2_001), Decimal("0.5"))
    assert abs(near - far) < Decimal("0.001")


def test_edges_of_the_tail() -> None:
    """Nothing is never surprising; something where nothing can be always is."""
    assert binomial_tail((0, 9), Decimal("0.5")) == 1
    assert binomial_tail((3, 9), Decimal(1)) == 1
    assert binomial_tail((3, 9), Decimal(0)) == 0


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    """The fifteen chances of the example of 1995: the first four are discoveries at 5 %."""
    told = digits(
        "0.0001", "0.0004", "0.0019", "0.0095", "0.0201", "0.0278", "0.0298", "0.0344", "0.0459", "0.3240", "0.4262",
        "0.5719", "0.6528", "0.7590", "1.0000",
    )  # fmt: skip
    found = discoveries(told)
    assert [one <= RATE for one in found] == [True] * 4 + [False] * 11
    assert found == sorted(found)
    assert discoveries(list(reversed(told))) == list(reversed(found))
    assert discoveries([]) == []


def test_groups_that_differ_more_than_chance_widen_the_limits() -> None:
    """Equal groups have no spread but chance; groups of two kinds have more, and their tails are larger for it."""
    base = Decimal("0.5")
    assert overdispersion([(50, 100)] * 20, base) == 1
    assert overdispersion([], base) == 1
    spread = overdispersion([(20, 100), (80, 100)] * 10, base)
    assert spread == 36
    assert tail((60, 100), base, spread) > tail((60, 100), base, Decimal(1)) > 0
    assert tail((40, 100), base, spread) == 1
    narrow, wide = (limits(100, base, one, Z) for one in (Decimal(1), spread))
    assert wide[0] < narrow[0] < base < narrow[1] < wide[1]


def test_a_share_of_nothing_is_nothing() -> None:
    """No division by zero."""
    assert ratio((0, 0)) == 0
