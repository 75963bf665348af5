"""A record as rows of the tables: texts, whole numbers, exact decimals, truths; nothing there is `None`."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from jixiao.form import Form, FundRow, Indicator, LabelledFundRow
from jixiao.office.publication.opendata.tables import Name
from jixiao.office.publication.record import PublicFinding, PublicLine, Record
from jixiao.review.naming import FUND_ROWS
from jixiao.writing.telling.amounts import yuan_of

Value = str | int | Decimal | None
Row = dict[str, Value]
DECIMALS: Final = 8
DIGITS: Final = 38
"""What a number of the tables may have; a longer one is left to the form's own text."""
_MOST: Final = Decimal(10) ** (DIGITS - DECIMALS)


def rows_of(record: Record) -> dict[Name, list[Row]]:
    """The rows of a record in every table."""
    return {
        "forms": [_form(record)],
        "indicators": list(_indicators(record)),
        "funds": list(_funds(record)),
        "findings": [_finding(record, number, one) for number, one in enumerate(record.review.findings, 1)],
    }


def number_of(value: Decimal | str | None) -> Decimal | None:
    """A number that the tables hold; `None` for one that is longer than any form should print."""
    if value is None:
        return None
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    fits = isinstance(exponent, int) and -exponent <= DECIMALS and abs(number) < _MOST
    return number if fits else None


def _text(value: str | None) -> str | None:
    """A text; an empty one is `None` in every format."""
    return value or None


def _form(record: Record) -> Row:
    form, review = record.form, record.review
    counts = Counter(finding.family for finding in review.findings)
    return {
        "id": record.id,
        "uid": record.uid,
        "year": record.year,
        "edition": record.edition,
        "published": record.published,
        "title": _text(form.title),
        "project_name": _text(form.project.name),
        "project_code": _text(form.project.code),
        "department": _text(form.department),
        "unit": _text(form.unit),
        "currency_unit": _text(form.currency_unit),
        **_yuan(form, form.funds.total),
        "execution_weight": number_of(form.execution.weight),
        "execution_rate": number_of(form.execution.rate),
        "execution_score": number_of(form.execution.score),
        "goal_expected": _text(form.goal.expected),
        "goal_actual": _text(form.goal.actual),
        "indicators": len(form.indicators),
        "claimed_score": number_of(form.total.score),
        "claimed_grade": _text(form.grade),
        "rulebook": review.rulebook.id,
        "rulebook_on": review.rulebook.on,
        "computed_score": number_of(review.score),
        "computed_low": number_of(review.low),
        "computed_grade": _text(review.grade),
        **{family: counts[family] for family in ("arithmetic", "clause", "doubt")},
    }


def _yuan(form: Form, row: FundRow | LabelledFundRow) -> dict[str, Value]:
    amounts = {"initial": row.initial, "adjusted": row.adjusted, "executed": row.executed}
    return {f"{name}_yuan": number_of(yuan_of(form, amount)) for name, amount in amounts.items()}


def _indicators(record: Record) -> Iterator[Row]:
    lines = {line.pointer: line for line in record.review.lines}
    for number, indicator in enumerate(record.form.indicators, 1):
        yield {
            "form": record.id,
            "number": number,
            "level1": _text(indicator.level1),
            "level2": _text(indicator.level2),
            "name": _text(indicator.name),
            **_target(indicator),
            "actual_text": _text(indicator.actual.text),
            "actual_number": number_of(indicator.actual.value),
            "actual_unit": _text(indicator.actual.unit),
            "weight": number_of(indicator.weight),
            "score": number_of(indicator.score),
            **_scored(lines.get(f"/indicators/{number - 1}")),
            "deviation": _text(indicator.deviation),
        }


def _target(indicator: Indicator) -> Row:
    target = indicator.target
    low, high = target.span or (None, None)
    return {
        "target_text": _text(target.text),
        "target_sign": target.operator,
        "target_number": number_of(target.number),
        "target_low": number_of(low),
        "target_high": number_of(high),
        "target_due": target.due,
        "target_unit": _text(target.unit),
    }


def _scored(line: PublicLine | None) -> Row:
    if line is None:
        return {"computed": None, "low": None, "agrees": None}
    return {"computed": number_of(line.computed), "low": number_of(line.low), "agrees": line.agrees}


def _funds(record: Record) -> Iterator[Row]:
    funds = record.form.funds
    rows: list[tuple[str, str, Any]] = [
        (name, FUND_ROWS[name].zh, getattr(funds, name)) for name in ("total", "current_year", "carryover", "other")
    ]
    rows += [(f"more/{number}", row.label, row) for number, row in enumerate(funds.more)]
    for name, label, row in rows:
        printed = {part: number_of(getattr(row, part)) for part in ("initial", "adjusted", "executed")}
        yield {"form": record.id, "row": name, "label": _text(label), **printed, **_yuan(record.form, row)}


def _finding(record: Record, number: int, finding: PublicFinding) -> Row:
    clause = finding.clause
    return {
        "form": record.id,
        "number": number,
        "code": finding.code,
        "name": finding.name,
        "family": finding.family,
        "severity": finding.severity,
        "pointer": finding.pointer,
        "read_zh": _text(finding.read.zh),
        "read_en": _text(finding.read.en),
        "expected_zh": _text(finding.expected.zh),
        "expected_en": _text(finding.expected.en),
        "ask_zh": finding.ask.zh,
        "ask_en": finding.ask.en,
        "clause_zh": clause.zh if clause else None,
        "clause_en": clause.en if clause else None,
    }
