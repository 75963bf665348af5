"""The labelled truth of a generated form: what a perfect reader makes of the family's print of it."""

from decimal import Decimal

from forms.content import Printed, PrintedRow
from jixiao.form import (
    Actual,
    Execution,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Project,
    Target,
    Total,
    canonical_level,
    combine_target,
    is_nothing,
    parse_actual,
    parse_number,
    parse_rate,
    parse_target,
)
from jixiao.layout.families import Family


def truth_of(printed: Printed, family: Family) -> Form:
    """The form a family's print of some content holds; fields its layout has no place for are empty."""
    head = {label.field for row in family.head.rows for label in row}
    tail = {label.field for row in family.tail.rows for label in row}
    columns = {label.field for label in family.indicators.columns}
    code = printed.project_code if "project_code" in head or family.id == "sichuan" else None
    return Form(
        title=printed.title,
        fiscal_year=printed.year,
        project=Project(printed.project_name, code) if "project_name" in head else Project(),
        department=printed.department,
        unit=printed.unit if "unit" in head else "",
        currency_unit=family.currency_unit,
        funds=_funds(printed, family),
        execution=_execution(printed, family),
        goal=_goal(printed, family),
        indicators=tuple(_indicator(row, columns, printed.year) for row in printed.rows if not row.filler),
        total=Total(
            Decimal(printed.total_weight) if "total" in tail and "weight" in columns else None,
            Decimal(printed.total_score) if "total" in tail else None,
        ),
        grade=printed.grade if "grade" in tail else None,
        declared_weights={
            canonical_level(name, 1): Decimal(points) for name, points in printed.points.items()
        } if family.indicators.declares_points else {},
    )  # fmt: skip


def _goal(printed: Printed, family: Family) -> Goal:
    """All goals joined in order, their paragraphs too."""
    goals = [(printed.expected, printed.actual), *printed.more_goals]
    expected, actual = ("".join(column).replace("\n", "") for column in zip(*goals, strict=True))
    return Goal(expected, actual if family.goal else "")


def _number(text: str, unit: str = "分") -> Decimal | None:
    """The number printed, also with its unit."""
    return None if is_nothing(text) else parse_number(text.removesuffix(unit))


def _funds(printed: Printed, family: Family) -> Funds:
    if family.funds is None:
        return Funds()
    columns = {label.field for label in family.funds.columns}
    named: dict[str, FundRow] = {}
    more: list[LabelledFundRow] = []
    for label, (printed_label, cells) in zip(family.funds.rows, printed.funds, strict=True):
        printed_columns = [name for name in ("initial", "adjusted", "executed") if name in columns]
        amounts = {name: _number(cells[name], family.currency_unit) for name in printed_columns}
        if label.field == "more":
            more.append(LabelledFundRow(printed_label.strip("　："), **amounts))
        else:
            named[label.field] = FundRow(**amounts)
    return Funds(more=tuple(more), **named)


def _execution(printed: Printed, family: Family) -> Execution:
    if family.funds is None:
        return Execution()
    columns = {label.field for label in family.funds.columns}
    cells = printed.funds[0][1]
    declared = Decimal(20) if family.id == "hubei" else None
    return Execution(
        weight=_number(cells["weight"]) if "weight" in columns else declared,
        rate=parse_rate(cells["rate"]) if "rate" in columns else None,
        score=_number(cells["score"]) if "score" in columns else None,
    )


def _deviation(row: PrintedRow) -> str:
    return "" if is_nothing(row.deviation) else row.deviation.replace("\n", "")


def _indicator(row: PrintedRow, columns: set[str], year: int) -> Indicator:
    sign, unit = (text if name in columns else "" for name, text in (("sign", row.sign), ("unit", row.unit)))
    text = row.target if row.in_words(columns) else row.target_in(columns)
    target = combine_target(sign, text, unit, year) if sign or unit else parse_target(text, year)
    return Indicator(
        level1=canonical_level(row.level1, 1) if "level1" in columns else "",
        level2=canonical_level(row.level2, 2) if "level2" in columns else "",
        name=row.name.replace("\n", ""),
        target=Target() if is_nothing(row.target) else target,
        actual=Actual() if is_nothing(row.actual) else parse_actual(row.actual),
        weight=_number(row.weight) if "weight" in columns else None,
        score=_number(row.score) if "score" in columns else None,
        deviation=_deviation(row) if "deviation" in columns else "",
    )
