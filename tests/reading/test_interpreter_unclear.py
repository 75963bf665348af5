"""What is told of a part inferred from white space: unclear cells, numbers left over, points that do not add up."""

from decimal import Decimal

from msgspec.structs import replace

from jixiao.form import Extra, Form, Funds, Indicator, LabelledFundRow, Place, Total
from jixiao.reading.interpret.unclear import tell_unclear


def form_of(sure: str, *weights: int) -> Form:
    """A form whose indicators have these points, read with this confidence."""
    found: tuple[Place, ...] = (Place("f.pdf", 1, confidence=Decimal(sure)),)
    lines = tuple(Indicator(level1="", level2="", name="甲", weight=Decimal(each)) for each in weights)
    places = {f"/indicators/{number}/weight": found for number in range(len(weights))}
    return Form(title="", indicators=lines, total=Total(Decimal(100)), places=places)


def told(form: Form) -> list[str]:
    """Where something was told."""
    return [problem.pointer for problem in tell_unclear(form).problems]


def test_points_that_do_not_add_up_are_told_of_inferred_rows_alone() -> None:
    """A row taken for part of another shows in the sum; where walls part the rows a wrong sum is the print's own."""
    assert told(form_of("0.85", 40, 50)) == ["/indicators"]
    assert told(form_of("1", 40, 50)) == []
    assert told(form_of("0.85", 50, 50)) == []


def test_unclear_cells_are_told_at_their_part() -> None:
    """One cell whose edges are unclear makes every row of its part worth a look."""
    assert told(form_of("0.6", 50, 50)) == ["/indicators"]


def test_numbers_left_over_are_told() -> None:
    """A number in an inferred cell that has no field may be an amount that is missing."""
    form = form_of("0.85", 50, 50)
    extras = (Extra("unplaced", "12.50"), Extra("unplaced", "备注"))
    places = {**form.places, "/extras/0": form.places["/indicators/0/weight"]}
    found = tell_unclear(replace(form, extras=extras, places=places))
    assert [problem.pointer for problem in found.problems] == ["/indicators"]
    assert "12.50" in found.problems[0].message


def test_amounts_without_a_name_are_told_whatever_their_confidence() -> None:
    """Where two names share a cell beside two rows of amounts, nobody knows which amounts are whose."""
    rows = (LabelledFundRow("", Decimal("12.5"), None, None), LabelledFundRow("单位资金", Decimal(1), None, None))
    form = replace(form_of("1", 50, 50), funds=Funds(more=rows))
    assert told(form) == ["/funds"]
    assert told(replace(form, funds=Funds(more=rows[1:]))) == []
