"""A 绩效目标申报表 as approved targets: goal, indicators with targets and points, the budget; nothing achieved yet."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from jixiao.form import Actual, Form, FundRow, Funds, Goal, Indicator, Total, fold, parse_number

_ROWS: Final = {
    "年度资金总额": "total", "资金总额": "total", "年度金额": "total", "预算总额": "total",
    "财政拨款": "current_year", "当年财政拨款": "current_year", "年度财政拨款": "current_year",
    "上年结转资金": "carryover", "上年结转": "carryover", "其他资金": "other",
}  # fmt: skip
"""Labels of the amounts on forms that print one amount a row, and the fund rows they are."""


def as_targets(form: Form) -> Form:
    """The form with what is approved only.

    Where fund rows print one amount each, it is the initial budget; it is found among what had no field of its own.
    """
    return replace(
        form,
        funds=_budget(form),
        goal=Goal(expected=form.goal.expected),
        indicators=tuple(_promised(row) for row in form.indicators),
        total=Total(weight=form.total.weight),
        grade=None,
        execution=replace(form.execution, rate=None, score=None),
        problems=tuple(problem for problem in form.problems if not _is_filled(form, problem.pointer)),
    )


def _promised(row: Indicator) -> Indicator:
    return replace(row, actual=Actual(), score=None, deviation="")


def _is_filled(form: Form, pointer: str) -> bool:
    """Whether a problem tells of a cell that a form of targets does not have, or that was found after all."""
    last = pointer.rpartition("/")[2]
    return last in ("actual", "score", "rate", "executed", "adjusted") or (
        pointer.startswith("/funds") and _budget(form) != form.funds
    )


def _budget(form: Form) -> Funds:
    given = {row: replace(getattr(form.funds, row), adjusted=None, executed=None) for row in _FUNDS}
    for row, amount in _amounts(form):
        if given[row].initial is None:
            given[row] = FundRow(initial=amount)
    return replace(
        form.funds, **given, more=tuple(replace(row, adjusted=None, executed=None) for row in form.funds.more)
    )


_FUNDS: Final = ("total", "current_year", "carryover", "other")


def _amounts(form: Form) -> Iterator[tuple[str, Decimal]]:
    """The labelled amounts among the extras; a label may be the extra before its amount."""
    before = ""
    for extra in form.extras:
        row, amount = _row(extra.label) or _row(before), parse_number(extra.text)
        if row and amount is not None:
            yield row, amount
        before = extra.text


def _row(label: str) -> str:
    key = "".join(fold(label).split()).removeprefix("其中").strip(":：、")
    return _ROWS.get(key, "")
