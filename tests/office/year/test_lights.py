"""Lights of monitoring: the scale's own bounds, every kind of target, and nothing where nothing can be told."""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.form import parse_target
from jixiao.office.rounds.lights import completion, indicator_light, money_light, scale, worst


@pytest.mark.parametrize(
    ("target", "forecast", "light"),
    [
        ("≥100次", "100次", "green"),
        ("≥100次", "99.99次", "amber"),
        ("≥100次", "80", "amber"),
        ("≥100次", "79.99", "red"),
        ("＞100次", "100次", "amber"),
        ("＞100次", "101次", "green"),
        ("≤50万元", "50万元", "green"),
        ("≤50万元", "60", "amber"),
        ("≤50万元", "63", "red"),
        ("≤0次", "0次", "green"),
        ("≤0次", "1次", "red"),
        ("=12个", "12个", "green"),
        ("=12个", "13个", "amber"),
        ("12个", "9个", "red"),
        ("≥0次", "0次", "green"),
        ("80%-90%", "85%", "green"),
        ("80%-90%", "95%", "red"),
        ("2024年9月前", "2024年9月30日", "green"),
        ("2024年9月前", "2024年10月", "red"),
        ("2024年9月30日前", "9月15日", "green"),
        ("显著提高", "提高", ""),
        ("≥100次", "", ""),
        ("≥100次", "不好说", ""),
        ("", "5", ""),
    ],
)
def test_lights_of_indicators(target: str, forecast: str, light: str) -> None:
    """Met is green, four fifths amber, less red; words and blanks have no light."""
    assert indicator_light(parse_target(target, 2024), forecast, 2024) == light


@pytest.mark.parametrize(
    ("budget", "forecast", "light"),
    [
        ("100", "90", "green"), ("100", "89.99", "amber"), ("100", "70", "amber"), ("100", "69.99", "red"),
        ("100", "100", "green"), ("100", "100.01", "red"), ("0", "5", ""), (None, "5", ""), ("100", None, ""),
    ],
)  # fmt: skip
def test_lights_of_money(budget: str | None, forecast: str | None, light: str) -> None:
    """Nine tenths green, seven amber; more than there is is red."""
    pair = [None if one is None else Decimal(one) for one in (budget, forecast)]
    assert money_light(*pair) == light


def test_shares_are_exact() -> None:
    """A third is a third."""
    assert completion(parse_target("≥3次"), "1次") == Fraction(100, 3)


def test_the_worst_light_counts() -> None:
    """Red before amber before green; none where none is lit."""
    assert worst(["green", "amber", "red"]) == "red"
    assert worst(["green", "", "amber"]) == "amber"
    assert worst(["", ""]) == ""


def test_the_scale_says_that_it_is_practice() -> None:
    """No number here pretends to be a clause."""
    assert scale().evidence == "practice"
