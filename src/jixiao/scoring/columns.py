"""A form as the rows that rule texts read: one of the form, one of each indicator; numbers scaled, exact."""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from jixiao.form import Form, FundRow, Indicator, Target, parse_span, unit_scale
from jixiao.language import Cell
from jixiao.scoring.evidence import EXECUTION, Attached
from jixiao.scoring.labels import LabelReader

Row = dict[str, Cell]
Ratio = tuple[int, int]
"""A factor as numerator and denominator, so that a number is brought to its scale by whole numbers alone."""
_AMOUNTS: Final = ("initial", "adjusted", "executed")
_FUND_COLUMNS: Final = tuple(
    tuple(prefix + name for name in _AMOUNTS) for prefix in ("", "current_year_", "carryover_", "other_")
)
_COMPARED: Final = frozenset({"≥", ">", "=", "<", "≤"})


def form_row(form: Form, evidence: Attached | None = None) -> Row:
    """The columns f.… of a form; money in 元 where the form names its unit, else as printed.

    Args:
        form: the form.
        evidence: what is attached to it; `None` where nobody was asked for evidence.
    """
    funds, factor = form.funds, _factor(form.currency_unit)
    row: Row = {}
    for names, amounts in zip(
        _FUND_COLUMNS, (funds.total, funds.current_year, funds.carryover, funds.other), strict=True
    ):
        cells = (amounts.initial, amounts.adjusted, amounts.executed)
        row |= {name: _scaled(cell, 2, factor) for name, cell in zip(names, cells, strict=True)}
    for name in _AMOUNTS:
        row[f"more_{name}"] = _scaled(_sum(getattr(more, name) for more in funds.more), 2, factor)
    row |= {
        "has_current_year": _printed(form, "current_year", funds.current_year),
        "has_carryover": _printed(form, "carryover", funds.carryover),
        "has_other": _printed(form, "other", funds.other),
    }
    row["execution_supported"] = None if evidence is None else evidence.supports(EXECUTION)
    return row | _numbers(form) | _texts(form)


def _numbers(form: Form) -> Row:
    execution, total = form.execution, form.total
    declared: Row = {name: _scaled(form.declared_weights.get(level), 2) for name, level in _DECLARED.items()}
    return declared | {
        "execution_weight": _scaled(execution.weight, 2),
        "execution_rate": _scaled(execution.rate, 2),
        "execution_score": _scaled(execution.score, 2),
        "execution_rate_places": places(execution.rate),
        "execution_score_places": places(execution.score),
        "total_weight": _scaled(total.weight, 2),
        "total_score": _scaled(total.score, 2),
        "total_score_places": places(total.score),
        "fiscal_year": form.fiscal_year,
    }


_DECLARED: Final = {
    "declared_cost": "成本指标", "declared_output": "产出指标", "declared_benefit": "效益指标",
    "declared_satisfaction": "满意度指标",
}  # fmt: skip


def _texts(form: Form) -> Row:
    return {
        "grade": form.grade or "",
        "goal_expected": form.goal.expected,
        "goal_actual": form.goal.actual,
        "title": form.title,
        "project": form.project.name,
        "unit": form.unit,
        "department": form.department,
    }


def indicator_rows(form: Form, labels: LabelReader, evidence: Attached | None = None) -> list[Row]:
    """The columns i.… of each indicator, in order; `evidence` as for `form_row`."""
    rows = [indicator_row(indicator, form.fiscal_year, labels) for indicator in form.indicators]
    for at, row in enumerate(rows):
        row["supported"] = None if evidence is None else evidence.supports(f"/indicators/{at}")
    return rows


def indicator_row(indicator: Indicator, fiscal_year: int | None, labels: LabelReader) -> Row:
    """The columns i.… of one indicator; the actual is converted to the target's unit where the two convert."""
    target, actual = indicator.target, indicator.actual
    factor, differ = _conversion(target.unit, actual.unit)
    compared = target.operator in _COMPARED
    span = target.span or (None, None)
    by_number = actual.value is not None and (compared or target.operator == "range")
    return {
        "operator": target.operator or "",
        "target": _scaled(target.number if compared else None, 4),
        "target_low": _scaled(span[0], 4),
        "target_high": _scaled(span[1], 4),
        "actual": _scaled(actual.value, 4, factor),
        "units_differ": by_number and differ,
        "band": "" if by_number else labels.of(indicator) or "",
        "on_time": on_time(target, actual.text, fiscal_year),
        "weight": _scaled(indicator.weight, 2),
        "score": _scaled(indicator.score, 2),
        "score_places": places(indicator.score),
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "deviation": indicator.deviation,
        "target_text": target.text,
        "actual_text": actual.text,
        "target_unit": target.unit,
        "actual_unit": actual.unit,
    }


def on_time(target: Target, actual_text: str, fiscal_year: int | None) -> bool | None:
    """Whether the day an actual names is not after the deadline; `None` where either is no day.

    An actual that names a month is decided where the whole month lies before or after the deadline.
    """
    span = None if target.due is None else parse_span(actual_text, fiscal_year)
    if target.due is None or span is None:
        return None
    due = last_day(target.due)
    return True if span[1] <= due else False if span[0] > due else None


def last_day(due: str) -> date:
    """The last day of a deadline written as an ISO day or month."""
    year, month, *day = (int(part) for part in due.split("-"))
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1])


def places(number: Decimal | None) -> int | None:
    """How many decimals are printed."""
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def _conversion(target: str, actual: str) -> tuple[Ratio, bool]:
    """Factor from the actual's unit to the target's, and whether the two do not convert.

    A side without a unit is taken to be in the other's.
    """
    if target == actual or not target or not actual:
        return _ONE, False
    return _converted(target, actual)


@lru_cache(maxsize=256)
def _converted(target: str, actual: str) -> tuple[Ratio, bool]:
    (target_base, target_factor), (actual_base, actual_factor) = unit_scale(target), unit_scale(actual)
    if target_base != actual_base:
        return _ONE, True
    return (actual_factor / target_factor).as_integer_ratio(), False


_ONE: Final = (1, 1)
_POWERS: Final = tuple(10**scale for scale in range(7))


def _scaled(number: Decimal | None, scale: int, factor: Ratio = _ONE) -> int | Fraction | None:
    """The number times a factor as a row holds it: times 10**scale, whole unless it has more decimals than that."""
    if number is None:
        return None
    numerator, denominator = number.as_integer_ratio()
    numerator, denominator = numerator * factor[0] * _POWERS[scale], denominator * factor[1]
    whole, rest = divmod(numerator, denominator)
    return whole if not rest else Fraction(numerator, denominator)


def in_yuan(form: Form) -> bool:
    """Whether the amounts of a form's row are 元, because the form names its unit."""
    return unit_scale(form.currency_unit or "")[0] == "元"


@lru_cache(maxsize=256)
def _factor(currency_unit: str | None) -> Ratio:
    """Amounts of a form without a unit stay as printed; ratios do not depend on it."""
    base, factor = unit_scale(currency_unit or "")
    return factor.as_integer_ratio() if base == "元" else _ONE


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def _printed(form: Form, name: str, row: FundRow) -> bool:
    """Whether a fund row is printed: it has a number or a place."""
    prefix = f"/funds/{name}"
    return row != _EMPTY or any(pointer.startswith(prefix) for pointer in form.places)


_EMPTY: Final = FundRow()


def pointer_of(column: str, row: int | None) -> str:
    """The form field, as a JSON pointer, that a column comes from: "i.actual" of row 2 is "/indicators/2/actual"."""
    namespace, name = column.split(".", 1)
    if namespace == "i":
        return f"/indicators/{row or 0}/{_INDICATOR_FIELDS.get(name, name)}"
    return _FORM_FIELDS.get(name, f"/{name}")


_INDICATOR_FIELDS: Final[Mapping[str, str]] = {
    "operator": "target", "target_low": "target", "target_high": "target", "target_text": "target",
    "target_unit": "target", "actual_text": "actual", "actual_unit": "actual", "band": "actual", "on_time": "actual",
    "units_differ": "actual", "score_places": "score", "supported": "actual",
}  # fmt: skip
_FUND_FIELDS: Final = {
    f"{prefix}{name}": f"/funds/{pointer}/{name}" if pointer != "more" else "/funds/more"
    for prefix, pointer in (
        ("", "total"), ("current_year_", "current_year"), ("carryover_", "carryover"), ("other_", "other"),
        ("more_", "more"),
    )
    for name in _AMOUNTS
}  # fmt: skip
_FORM_FIELDS: Final[Mapping[str, str]] = _FUND_FIELDS | {
    **{name: f"/declared_weights/{level}" for name, level in _DECLARED.items()},
    "execution_weight": "/execution/weight", "execution_rate": "/execution/rate", "execution_score": "/execution/score",
    "execution_rate_places": "/execution/rate", "execution_score_places": "/execution/score",
    "total_weight": "/total/weight", "total_score": "/total/score", "total_score_places": "/total/score",
    "goal_expected": "/goal/expected", "goal_actual": "/goal/actual", "project": "/project/name",
    "has_current_year": "/funds/current_year", "has_carryover": "/funds/carryover", "has_other": "/funds/other",
    "execution_supported": "/funds/total/executed",
}  # fmt: skip
