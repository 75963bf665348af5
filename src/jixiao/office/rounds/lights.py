"""The lights of mid-year monitoring 红黄绿灯: pure rules over a target and what is expected of it. Exact."""

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from msgspec import Struct, convert

from jixiao.form import Target, parse_actual, parse_day, parse_span

Light = Literal["green", "amber", "red", ""]
"""Empty where nothing can be told: no forecast, or a target that is not measured in numbers or days."""
WORST_FIRST: Final[tuple[Light, ...]] = ("red", "amber", "green")


class Steps(Struct, frozen=True):
    """From how many per cent on a light is green or amber; above `most` it is red."""

    green: Decimal
    amber: Decimal
    most: Decimal | None = None


class Scale(Struct, frozen=True):
    """The scale in force: its numbers, the source behind it, and how well that is evidenced."""

    indicator: Steps
    money: Steps
    evidence: str
    document: str
    zh: str
    en: str


@cache
def scale() -> Scale:
    """The scale as the package carries it."""
    text = (files("jixiao.office.rounds") / "lights.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text, parse_float=Decimal), Scale, strict=False)


def completion(target: Target, text: str, year: int | None = None) -> Fraction | None:
    """The share of a target that a value reaches, in per cent; `None` where that cannot be told.

    Args:
        target: the target.
        text: the value as typed: so far, or expected.
        year: completes a day typed without its year.
    """
    if target.operator == "before":
        return _in_time(target, text, year)
    value, bound = parse_actual(text).value, target.number
    if value is None:
        return None
    if target.span is not None:
        return Fraction(100 if target.span[0] <= value <= target.span[1] else 0)
    if bound is None:
        return None
    return _share(str(target.operator), value, bound)


def indicator_light(target: Target, text: str, year: int | None = None) -> Light:
    """The light of an indicator, from what is expected at the end of the year."""
    share = completion(target, text, year)
    return "" if share is None else _light(share, scale().indicator)


def money_light(budget: Decimal | None, forecast: Decimal | None) -> Light:
    """The light of the money, from what is expected to be spent; both in the same unit."""
    if forecast is None or not budget:
        return ""
    return _light(Fraction(forecast) * 100 / Fraction(budget), scale().money)


def worst(lights: Iterable[Light]) -> Light:
    """The worst of some lights; empty where none is lit."""
    held = set(lights)
    return next((light for light in WORST_FIRST if light in held), "")


def _light(share: Fraction, steps: Steps) -> Light:
    if steps.most is not None and share > Fraction(steps.most):
        return "red"
    if share >= Fraction(steps.green):
        return "green"
    return "amber" if share >= Fraction(steps.amber) else "red"


def _share(operator: str, value: Decimal, bound: Decimal) -> Fraction | None:
    """The share for a sign; strict signs are not reached by the bound itself."""
    if value < 0 or bound < 0:
        return None
    if operator in ("≤", "<"):
        met = value <= bound if operator == "≤" else value < bound
        return Fraction(100) if met else Fraction(bound) * 100 / Fraction(value)
    if operator == "=":
        low, high = sorted((value, bound))
        return Fraction(100) if not high else Fraction(low) * 100 / Fraction(high)
    if bound == 0:
        return Fraction(100 if value > bound or operator == "≥" else 0)
    share = Fraction(value) * 100 / Fraction(bound)
    return min(share, Fraction(9999, 100)) if operator == ">" and value == bound else share


def _in_time(target: Target, text: str, year: int | None) -> Fraction | None:
    day, due = parse_day(text, year), _last_day(target.due)
    if day is None:
        span = parse_span(text, year)
        day = span[1] if span else None
    return None if day is None or due is None else Fraction(100 if day <= due else 0)


def _last_day(due: str | None) -> date | None:
    if due is None:
        return None
    if due.count("-") == 2:
        return date.fromisoformat(due)
    span = parse_span(f"{due[:4]}年{int(due[5:])}月")
    return span[1] if span else None
