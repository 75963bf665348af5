"""The forms of the demo: the published ones as our own reader reads them, and what is made from them."""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import msgspec

from jixiao.form import Actual, Execution, Extra, Form, FundRow, Funds, Goal, Indicator, parse_actual, parse_target
from jixiao.reading import read_file

CENT: Final = Decimal("0.01")
_LONG: Final = Context(prec=28)


@cache
def published() -> dict[str, Form]:
    """The seven published forms by the names of their projects."""
    with as_file(files("jixiao.office.demo") / "shanghai-2024.txt") as file:
        return {form.project.name: form for form in read_file(file)}


def made_from(form: Form, *, name: str, unit: str, department: str) -> Form:
    """The same form of another project."""
    project = msgspec.structs.replace(form.project, name=name)
    return msgspec.structs.replace(form, project=project, unit=unit, department=department)


def of_year(form: Form, year: int) -> Form:
    """The same form of another year: the year is another wherever it is written."""
    if form.fiscal_year is None or form.fiscal_year == year:
        return form
    was, now = str(form.fiscal_year), str(year)
    goal = Goal(form.goal.expected.replace(was, now), form.goal.actual.replace(was, now))
    rows = tuple(_indicator_of_year(row, was, now) for row in form.indicators)
    return msgspec.structs.replace(form, fiscal_year=year, goal=goal, indicators=rows)


def _indicator_of_year(row: Indicator, was: str, now: str) -> Indicator:
    if was not in row.target.text + row.actual.text:
        return row
    target, actual = parse_target(row.target.text.replace(was, now)), row.actual
    if was in actual.text:
        actual = parse_actual(actual.text.replace(was, now))
    return msgspec.structs.replace(row, target=target, actual=actual)


def with_spent(form: Form, percent: int) -> Form:
    """The same form with only so much of its budget spent: rate, score of the execution and total follow, rounded."""
    funds = form.funds
    current = _spent(funds.current_year, percent)
    total = msgspec.structs.replace(funds.total, executed=current.executed)
    execution, weight = form.execution, form.execution.weight or Decimal(0)
    rate = _rate(total)
    score = _part(weight, rate)
    claimed = (form.total.score or Decimal(0)) - (execution.score or Decimal(0)) + score
    return msgspec.structs.replace(
        form,
        funds=Funds(total, current, funds.carryover, funds.other, funds.more),
        execution=msgspec.structs.replace(execution, rate=rate, score=score),
        total=msgspec.structs.replace(form.total, score=claimed),
        extras=tuple(_rate_of_row(extra, rate) for extra in form.extras),
    )


def _rate_of_row(extra: Extra, rate: Decimal) -> Extra:
    """The rate printed beside the row of this year's money is the rate of the form: there is no other money."""
    return msgspec.structs.replace(extra, text=str(rate)) if extra.pointer == "/funds/current_year" else extra


def _spent(row: FundRow, percent: int) -> FundRow:
    return msgspec.structs.replace(row, executed=_part(row.adjusted or Decimal(0), Decimal(percent)))


def _part(whole: Decimal, percent: Decimal) -> Decimal:
    """So many per cent, rounded half up to two decimals."""
    return (whole * percent).scaleb(-2).quantize(CENT, ROUND_HALF_UP)


def _rate(total: FundRow) -> Decimal:
    """Executed of adjusted in per cent, rounded half up to two decimals; 0 without a budget."""
    executed, adjusted = total.executed or Decimal(0), total.adjusted or Decimal(0)
    return _LONG.divide(executed.scaleb(2), adjusted).quantize(CENT, ROUND_HALF_UP) if adjusted else Decimal(0)


def only_targets(form: Form, others: dict[str, str]) -> Form:
    """What was approved with the budget: goal, targets, points and the money of the beginning.

    Args:
        form: the form as it is filed.
        others: number of a row (from 0, as text) to the target that was approved in place of the one filed.
    """
    rows = tuple(
        msgspec.structs.replace(
            row, target=parse_target(others.get(str(at), row.target.text)), actual=Actual(), score=None, deviation=""
        )
        for at, row in enumerate(form.indicators)
    )
    begun = msgspec.structs.replace(form.funds.total, adjusted=None, executed=None)
    return msgspec.structs.replace(
        form, goal=Goal(form.goal.expected, ""), indicators=rows, funds=Funds(total=begun), extras=(), grade=None,
        execution=Execution(weight=form.execution.weight), total=msgspec.structs.replace(form.total, score=None),
    )  # fmt: skip


def half_filled(form: Form) -> Form:
    """The same form as a clerk left it half way: later rows without actual value and score, no total."""
    keep = len(form.indicators) // 2
    rows = form.indicators[:keep] + tuple(
        msgspec.structs.replace(row, actual=Actual(), score=None) for row in form.indicators[keep:]
    )
    total = msgspec.structs.replace(form.total, score=None)
    return msgspec.structs.replace(form, indicators=rows, total=total, grade=None, goal=Goal(form.goal.expected, ""))
