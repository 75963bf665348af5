"""Three-valued logic: what an empty cell makes of everything computed from it, and how the reason is told."""

from decimal import Decimal

import pytest

from jixiao.language import Verdict
from language.rule_bench import FORM, indicator, per_row, program, value

CASES: dict[str, object] = {
    "f.a + 1": None,
    "f.a * 0": None,
    "f.a > 1": None,
    "f.a == f.a": None,
    "not f.yes": None,
    "f.a > 1 and f.b > 100": False,
    "f.a > 1 and f.b > 1": None,
    "f.a > 1 or f.b > 1": True,
    "f.a > 1 or f.b > 100": None,
    "f.b > 1 or f.a > 1": True,
    "f.b > 100 and f.a > 1": False,
    "1 if f.a > 1 else 2": 2,
    "1 if not f.a > 1 else 2": 2,
    "f.a if f.b > 1 else 0": None,
    "f.a is None": True,
    "f.a is not None": False,
    "f.a + f.b is None": True,
    "min(f.a, f.b)": None,
    "max(1, f.a)": None,
    "abs(f.a)": None,
    "round(f.a / 3, 2)": None,
    "f.b / f.a if f.a > 0 else 5": 5,
    "f.b / f.a if not f.a <= 0 else 5": 5,
    "f.b / f.a if f.a is not None and f.a > 0 else 5": 5,
    "1 / f.a if f.a > 0 else None": None,
    "f.a in (1, 2)": None,
    "case(f.a, {1: 5, 2: 6}, 7)": 7,
    "None if f.yes else 3": 3,
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_nulls_spread_as_three_valued_logic_says(text: str, expected: object) -> None:
    """With a and yes empty and b = 2, the text has the value expected."""
    assert value(text, a=None, yes=None) == expected


def test_sum_and_count_leave_nulls_out() -> None:
    """Only what is there is summed and counted."""
    rows = [indicator(x=None), indicator(x=250), indicator(x=None)]
    assert value("sum(i.x)", rows) == Decimal("2.50")
    assert value("count(i.x > 1)", rows) == 1
    assert value("count(i.x is None)", rows) == 2


@pytest.mark.parametrize(
    ("flags", "some", "every"),
    [
        ([], False, True),
        ([True, None], True, None),
        ([False, None], None, False),
        ([False, False], False, False),
        ([True, True], True, True),
        ([None], None, None),
    ],
)
def test_any_and_all_are_null_where_a_null_decides(flags: list[Verdict], some: Verdict, every: Verdict) -> None:
    """Any is true with one truth, all false with one falsehood, otherwise null as soon as one is null."""
    rows = [indicator(flag=flag) for flag in flags]
    assert value("any(i.flag)", rows) is some
    assert value("all(i.flag)", rows) is every


def test_a_null_condition_names_the_empty_columns() -> None:
    """The reason of "cannot decide" is the empty columns, those inside named values and aggregates included."""
    made = program(rate="f.a / f.b if f.b > 0 else None", many="count(i.x > 1) if all(i.x is not None) else None")
    made.condition("J1", "rate > 1 and f.whole > 3")
    made.condition("J2", "many > 3")
    made.condition("J3", "i.x > f.a")
    result = made.closure()(FORM | {"a": None}, [indicator(x=None), indicator(x=100)])
    assert result.conditions == {"J1": None, "J2": None, "J3": [None, None]}
    assert result.needs("J1") == ("f.a",)
    assert result.needs("J2") == ("i.x",)
    assert result.needs("J3", 0) == ("i.x", "f.a")
    assert result.needs("J3", 1) == ("f.a",)
    assert result.needs("J3") == result.needs("J3", 0)  # the first row, where none is named


def test_conditions_of_rows_hold_nowhere_on_a_form_without_rows() -> None:
    """Looked through at once, a condition of the form is found by its place, one of rows is not."""
    made = program()
    made.condition("J1", "i.x > 1")
    made.condition("J2", "f.whole == f.whole")
    closure = made.closure()
    assert closure.panel(["J1", "J2"]).open(closure(FORM, [])) == [1]
    assert closure.panel(["J1", "J2"]).open(closure(FORM, [indicator(x=500)])) == [0, 1]


def test_a_value_that_is_there_needs_nothing() -> None:
    """Nothing is missing where a value is known."""
    result = program(it="f.a + 1").closure()(FORM, [])
    assert result.needs("it") == ()


def test_an_empty_text_is_the_reason_where_a_rule_says_none() -> None:
    """Where a text itself says None, the empty columns its test looks at are the reason."""
    made = program(it='i.x if i.note != "" else None')
    result = made.closure()(FORM, [indicator(note="")])
    assert result.rows[0]["it"] is None
    assert result.needs("it", 0) == ("i.note",)


def test_a_null_indicator_value_stays_in_its_row() -> None:
    """One indicator's empty cell does not touch another."""
    assert per_row("i.x + 1", indicator(x=None), indicator(x=100)) == [None, 2]
