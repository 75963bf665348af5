"""How faults are planted: a planter takes an honest form and gives one with a known fault, or one just short of it.

A planter for a check is a function registered with `plant("JX104")`; a near miss with `near("JX104")`. It takes dice
and an honest form and gives a `Case`, or `None` where this form does not lend itself to it; then another form is tried.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from fairness.sound import settled, summed
from fairness.texts import goal_text, result_text
from forms.dice import Dice
from jixiao.form import Extra, Form, FundRow, Funds, Indicator, parse_actual, parse_target
from jixiao.review import Context


@dataclass(frozen=True, slots=True)
class Case:
    """A form with what is to be asked about it; labels as in `fairness.labelled`, "JX104 /execution/rate"."""

    form: Form
    ask: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    context: Context = field(default_factory=Context)
    profiles: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    values: tuple[tuple[str, int | str], ...] = ()


Planter = Callable[[Dice, Form], Case | None]
PLANTERS: dict[str, list[Planter]] = {}
NEAR: dict[str, list[Planter]] = {}


def plant(code: str) -> Callable[[Planter], Planter]:
    """Register a planter of a check's fault."""
    return _into(PLANTERS, code)


def near(code: str) -> Callable[[Planter], Planter]:
    """Register a near miss: lawful, but close to what the check asks about."""
    return _into(NEAR, code)


def _into(register: dict[str, list[Planter]], code: str) -> Callable[[Planter], Planter]:
    def keep(planter: Planter) -> Planter:
        register.setdefault(code, []).append(planter)
        return planter

    return keep


def put(form: Form, number: int, **cells: Any) -> Form:
    """The form with cells of one line changed; target and actual are given as they are printed."""
    year = form.fiscal_year or 2023
    if "target" in cells:
        cells["target"] = parse_target(cells["target"], year)
    if "actual" in cells:
        cells["actual"] = parse_actual(cells["actual"])
    for points in ("weight", "score"):
        if isinstance(cells.get(points), str):
            cells[points] = Decimal(cells[points])
    lines = list(form.indicators)
    lines[number] = replace(lines[number], **cells)
    return replace(form, indicators=tuple(lines))


def full(form: Form, number: int, **cells: Any) -> Form:
    """The form with one line changed, met in full and without a reason, and all that follows from it."""
    form = put(form, number, **cells)
    return retold(summed(put(form, number, score=form.indicators[number].weight, deviation="")))


def retold(form: Form) -> Form:
    """The form with goal and result told anew from its lines."""
    aim = form.goal.expected.split("：")[0]
    goal = replace(form.goal, expected=goal_text(aim, form.indicators), actual=result_text(form.indicators))
    return replace(form, goal=goal)


def said(form: Form, **cells: str) -> Form:
    """The form with another goal (`expected`) or result (`actual`)."""
    return replace(form, goal=replace(form.goal, **cells))


def some(dice: Dice, form: Form, fits: Callable[[Indicator], bool]) -> int | None:
    """The number of one of the lines that fit."""
    found = [number for number, line in enumerate(form.indicators) if fits(line)]
    return dice.choice(found) if found else None


def of_level(*levels: str) -> Callable[[Indicator], bool]:
    """A condition: the line stands under one of these second levels."""
    return lambda line: line.level2 in levels


def met(line: Indicator) -> bool:
    """Whether a line is numeric, met, and has full points without a word."""
    return line.score == line.weight and not line.deviation and line.actual.value is not None


def short(line: Indicator) -> bool:
    """Whether a line falls short, with its reason and fewer points."""
    return bool(line.deviation) and line.score != line.weight


def money(form: Form, **rows: tuple[Any, Any, Any]) -> Form:
    """The form with fund rows set anew, total first, and rate and scores as they follow; other rows are 0."""
    made = {
        name: FundRow(*(None if cell is None else Decimal(str(cell)) for cell in row)) for name, row in rows.items()
    }
    none = FundRow(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))
    total = made["total"]
    funds = Funds(
        total, made.get("current_year", total), made.get("carryover", none), made.get("other", none), form.funds.more
    )
    return settled(replace(form, funds=funds))


def mute(form: Form) -> Form:
    """The form without remarks below the table, and with so much of the money spent that none is missed."""
    share = Decimal("0.95")
    rows = {}
    for name in ("total", "current_year", "carryover", "other"):
        row = getattr(form.funds, name)
        rows[name] = replace(row, executed=None if row.adjusted is None else row.adjusted * share)
    return settled(replace(form, funds=replace(form.funds, **rows), extras=()))


def explained(form: Form, *texts: str) -> Form:
    """The form with remarks in a cell of their own, in place of those it had."""
    return replace(form, extras=tuple(Extra("其他需要说明的事项", text, None) for text in texts))


def without(form: Form, numbers: Iterable[int]) -> Form:
    """The form without some lines; their points go to the first line left of the same section."""
    gone = set(numbers)
    lines = list(form.indicators)
    for number in gone:
        heirs = [at for at, line in enumerate(lines) if at not in gone and line.level1 == lines[number].level1]
        heir = heirs[0]
        weight = (lines[heir].weight or Decimal(0)) + (lines[number].weight or Decimal(0))
        lines[heir] = replace(lines[heir], weight=weight, score=weight)
    kept = tuple(line for at, line in enumerate(lines) if at not in gone)
    return retold(summed(replace(form, indicators=kept)))
