"""A filing as the platform's records: four parts, texts and digits, every value that did not fit named."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from jixiao.form import Form, FundRow, Indicator, LabelledFundRow, Target
from jixiao.office.api.exchange.fields import Part, fields
from jixiao.office.filing.judging import IN_YUAN

CODES: Final = {">": "1", "≥": "2", "=": "3", "<": "4", "≤": "5", "qualitative": "6"}
"""Operator codes of the platform; the order of the strict ones is inferred (policy.md, section 5). Ranges and days have
none: their field stays empty, and the target is the whole text."""
_STANDARD: Final = ("扣分标准", "评分标准", "得分计算方法", "计分方法")
"""Labels under which forms print how points are taken off."""
_SOURCES: Final = (
    ("total", "年度资金总额"),
    ("current_year", "当年财政拨款"),
    ("carryover", "上年结转资金"),
    ("other", "其他资金"),
)
Value = str | Decimal | None
Row = dict[str, Value]


class Around(Struct, frozen=True):
    """What stands beside the form: codes, names, and what reviewers said."""

    region: str
    department: str
    unit: str
    unit_name: str
    project: str
    project_name: str
    department_score: Decimal | None = None
    department_opinion: str = ""
    finance_opinion: str = ""


class Packed(Struct, frozen=True):
    """One filing for the platform.

    Attributes:
        evaluation, goal: one record each.
        indicators, money: one record a row.
        unfit: "indicator/3/target_value" of each value that was cut or rounded.
    """

    evaluation: dict[str, str | None]
    goal: dict[str, str | None]
    indicators: tuple[dict[str, str | None], ...]
    money: tuple[dict[str, str | None], ...]
    unfit: tuple[str, ...]


def pack(form: Form, around: Around) -> Packed:
    """A form and what stands beside it as the platform's records."""
    unfit: list[str] = []
    return Packed(
        _fitted("evaluation", [_evaluation(form, around)], unfit)[0],
        _fitted("goal", [{"goal_expected": form.goal.expected, "goal_done": form.goal.actual}], unfit)[0],
        _fitted("indicator", _indicators(form), unfit),
        _fitted("money", _money(form), unfit),
        tuple(unfit),
    )


def _fitted(part: Part, rows: Iterable[Row], unfit: list[str]) -> tuple[dict[str, str | None], ...]:
    made = []
    for number, row in enumerate(rows, 1):
        fitted = {field.name: field.fitted(row.get(field.name)) for field in fields(part)}
        unfit += (f"{part}/{number}/{name}" for name, (_, whole) in fitted.items() if not whole)
        made.append({name: value for name, (value, _) in fitted.items()})
    return tuple(made)


def _evaluation(form: Form, around: Around) -> Row:
    advice = [extra.text for extra in form.extras if extra.pointer is None and "结果应用" in extra.label]
    reasons = [f"{row.name}：{row.deviation}" for row in form.indicators if row.deviation]
    return {
        "fiscal_year": str(form.fiscal_year or ""),
        "mof_div_code": around.region,
        "dept_code": around.department,
        "agency_code": around.unit,
        "agency_name": around.unit_name,
        "pro_code": around.project,
        "pro_name": around.project_name,
        "deviation_analysis": "\n".join(reasons),
        "result_use_advice": "\n".join(advice),
        "total_score": form.total.score,
        "dept_score": around.department_score,
        "dept_opinion": around.department_opinion,
        "mof_opinion": around.finance_opinion,
    }


def _indicators(form: Form) -> Iterator[Row]:
    beside = {extra.pointer: extra.text for extra in form.extras if extra.pointer and extra.label in _STANDARD}
    for number, row in enumerate(form.indicators):
        yield _indicator(row) | {"deduction_standard": beside.get(f"/indicators/{number}")}


def _indicator(row: Indicator) -> Row:
    return {
        "level1_name": row.level1,
        "level2_name": row.level2,
        "level3_name": row.name,
        "operator_code": CODES.get(row.target.operator or ""),
        "target_value": _target(row.target),
        "target_unit": row.target.unit,
        "actual_value": row.actual.text,
        "weight": row.weight,
        "score": row.score,
        "deviation": row.deviation,
    }


def _target(target: Target) -> str:
    """The digits of a comparison; the whole text where it is a range, a day or words."""
    return target.text if target.number is None or not isinstance(target.value, str) else target.value


def _money(form: Form) -> Iterator[Row]:
    unit = IN_YUAN.get(form.currency_unit or "", Decimal(1))
    for field, source in _SOURCES:
        row: FundRow = getattr(form.funds, field)
        beside = {"rate": form.execution.rate, "score": form.execution.score} if field == "total" else {}
        yield {"source": source, **_amounts(row, unit), **beside}
    for more in form.funds.more:
        yield {"source": more.label, **_amounts(more, unit)}


def _amounts(row: FundRow | LabelledFundRow, unit: Decimal) -> Row:
    initial, adjusted, executed = (
        None if amount is None else amount * unit for amount in (row.initial, row.adjusted, row.executed)
    )
    moved = None if initial is None or adjusted is None else adjusted - initial
    return {"initial": initial, "adjustment": moved, "adjusted": adjusted, "executed": executed}
