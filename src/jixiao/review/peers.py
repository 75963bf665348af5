"""Lines beside other lines: the same people counted twice, targets below those of last year."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from jixiao.form import Form, Indicator, unit_scale
from jixiao.review.lexicon import Lexicon
from jixiao.review.wording import key, squeeze

_BENEFIT: Final = "效益指标"


def counted_twice(indicators: Sequence[Indicator], person_unit: Lexicon) -> frozenset[int]:
    """Numbers of the benefit lines that count as many people, in the same unit, as an output line above them does.

    Target and actual must both be equal, and more than one person: what was put in (人员到岗 5 人) then stands again as
    what came out of it (解决就业 5 人).
    """
    seen: set[tuple[Decimal, Decimal, str]] = set()
    found: set[int] = set()
    for number, line in enumerate(indicators):
        target, actual = line.target.number, line.actual.value
        unit = squeeze(line.target.unit)
        if target is None or actual is None or target <= 1 or not person_unit.matches(unit):
            continue
        if line.level1 != _BENEFIT:
            seen.add((target, actual, unit))
        elif (target, actual, unit) in seen:
            found.add(number)
    return frozenset(found)


def below_last_year(form: Form, last_year: Form) -> int:
    """How many indicators of the same name have an easier target than last year, while the budget is no smaller.

    A ≤ target is easier when it is higher, every other when it is lower. 0 where this year's budget is smaller.
    """
    money, then = form.funds.total.initial, last_year.funds.total.initial
    if money is None or then is None or _yuan(form, money) < _yuan(last_year, then):
        return 0
    before = {key(squeeze(line.name)): line for line in last_year.indicators}
    now = [(line, before.get(key(squeeze(line.name)))) for line in form.indicators]
    return sum(1 for line, old in now if old is not None and easier(line, old))


def _yuan(form: Form, amount: Decimal) -> Decimal:
    _, scale = unit_scale(form.currency_unit or "元")
    return amount * scale.numerator


def easier(line: Indicator, old: Indicator) -> bool:
    """Whether a target is easier than an old one; false where the two cannot be compared."""
    new, was = line.target.number, old.target.number
    if new is None or was is None or line.target.operator != old.target.operator:
        return False
    base, scale = unit_scale(line.target.unit)
    old_base, old_scale = unit_scale(old.target.unit)
    if base != old_base:
        return False
    here, there = new * scale.numerator * old_scale.denominator, was * old_scale.numerator * scale.denominator
    return here > there if line.target.operator in {"≤", "<"} else here < there
