"""What expressions of the rule language are worth, exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.language import Column, Verdict
from language.rule_bench import FORM, SCHEMA, indicator, per_row, program, run, value

NUMBERS = {
    "1 + 2 * 3": "7",
    "0.1 + 0.2": "0.3",
    "-f.a": "-7.00",
    "f.a - f.b": "5.00",
    "f.a * f.b": "14.0000",
    "f.whole * 1.10": "7.70",
    "p.line + 1": "31.5",
    "round(f.a / 3, 2)": "2.33",
    "round(f.a * 0.125, 2)": "0.88",
    "round(-f.a * 0.125, 2)": "-0.88",
    "round(f.a, 0)": "7",
    "round(2.5)": "3",
    "round(f.whole, 2)": "7.00",
    "floor(f.a / 3, 2)": "2.33",
    "floor(-f.a / 3, 2)": "-2.34",
    "floor(8.999, p.places)": "8.99",
    "min(f.a, f.b, 3)": "2.00",
    "max(f.a, f.b, 8)": "8.00",
    "abs(f.b - f.a)": "5.00",
    "f.a if f.yes else f.b": "7.00",
    "f.a if p.off else f.b": "2.00",
    'case(f.sign, {"≥": 1, "≤": 2}, 3)': "1",
    "sum(i.x)": "0.00",
    "count(i.weight > 0)": "0",
    "1_000 + 0": "1000",
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_numbers_are_exact_to_the_last_digit(text: str, expected: str) -> None:
    """A rounded expression is the decimal number expected."""
    assert value(text) == Decimal(expected)


def test_a_rounded_number_keeps_its_places() -> None:
    """round(x, 2) is printed with two decimals, also when they are zeros."""
    assert str(value("round(f.whole / 7, 2)")) == "1.00"


def test_an_unrounded_quotient_is_a_fraction() -> None:
    """7 / 3 stays 7/3 until it is rounded."""
    assert value("f.a / 3") == Fraction(7, 3)
    assert value("(f.a / 3) * 3 + f.a / 7") == Fraction(8)


TRUTHS: dict[str, Verdict] = {
    "f.a > f.b": True,
    "f.a / 3 > 2.33": True,
    "f.a / 3 == 7 / 3": True,
    "1 < f.b < 3": True,
    "1 < f.b < 2": False,
    "f.a != 7": False,
    'f.sign == "≥"': True,
    'f.sign in ("≤", "")': False,
    'f.word not in ("词", "字")': False,
    "f.whole in (7, 8)": True,
    "not f.yes": False,
    "f.yes == True": True,
    "f.a is None": False,
    "f.a is not None and f.b is not None": True,
    "blank(f.word)": False,
    'p.mode == "open"': True,
    "None is None": True,
    "f.yes and p.on or p.off": True,
}


@pytest.mark.parametrize(("text", "expected"), TRUTHS.items())
def test_conditions_are_decided(text: str, expected: Verdict) -> None:
    """A condition over values that are there is true or false."""
    assert value(text) is expected


@pytest.mark.parametrize(("text", "blank"), [("", True), (" 无 ", True), ("—", True), ("说明", False), (None, True)])
def test_blank_texts_say_nothing(text: str | None, blank: Verdict) -> None:
    """Empty texts, dashes and 无 are blank, also within white space; a null text is blank."""
    assert per_row("blank(i.note)", indicator(note=text)) == [blank]


def test_aggregates_run_over_the_indicators() -> None:
    """sum, count, any and all speak of every indicator of the form."""
    rows = [indicator(weight=1000), indicator(weight=3000), indicator(weight=500)]
    assert value("sum(i.weight)", rows) == Decimal("45.00")
    assert value("count(i.weight > 5)", rows) == 2
    assert value("any(i.weight > 20)", rows) is True
    assert value("all(i.weight > 5)", rows) is False
    assert value("sum(round(i.weight / 3, 2))", rows) == Decimal("15.00")


def test_an_indicator_may_be_compared_with_an_aggregate() -> None:
    """A condition on an indicator may use sums over all, and sums of such comparisons are possible."""
    rows = [indicator(weight=3000), indicator(weight=1000)]
    assert per_row("i.weight * 2 > sum(i.weight)", *rows) == [True, False]
    made = program(share="i.weight * 100 / sum(i.weight) if sum(i.weight) > 0 else None", heavy="count(share > 50)")
    result = made.closure()(FORM, rows)
    assert [row["share"] for row in result.rows] == [75, 25]
    assert result.form["heavy"] == 1


def test_level_follows_from_the_columns() -> None:
    """A text with i. is answered for each indicator, one without for the form."""
    made = program(a="f.a", b="i.weight", c="a + b")
    made.condition("J1", "c > 3")
    made.condition("J2", "any(c > 3)")
    closure = made.closure()
    assert [closure.level(name) for name in ("a", "b", "c", "J1", "J2")] == [
        "form", "indicator", "indicator", "indicator", "form",
    ]  # fmt: skip
    result = closure(FORM, [indicator(), indicator()])
    assert result.conditions == {"J1": [True, True], "J2": True}


def test_a_case_without_default_is_null() -> None:
    """Case gives None where no key is met."""
    assert value('case(f.sign, {"≤": 1})') is None


def test_texts_may_be_chosen() -> None:
    """A conditional of texts is a text; compared with one of its own values it decides."""
    assert value('"优" if f.a >= 7 else "良"') == "优"
    assert program(g='"优" if f.a >= 7 else "良"').closure()(FORM, []).form["g"] == "优"


def test_named_values_are_shared() -> None:
    """A named value is compiled once however often it is used."""
    made = program(rate="f.a / 3", twice="rate + rate", rounded="round(rate, 2) + round(rate, 2)")
    assert made.closure()(FORM, []).form["rounded"] == Decimal("4.66")
    assert made.closure().source.count("f['a']") == 1


def test_programs_share_no_nodes() -> None:
    """The node pool belongs to its program."""
    first, second = program(x="f.a + 1"), program(x="f.a + 1")
    assert first.scope.pool is not second.scope.pool


def test_columns_tells_what_a_row_must_hold() -> None:
    """The columns read by a program, and by one named value through others, are known."""
    made = program(x="f.a + 1", y="x > 3 and any(i.flag)")
    assert made.columns() == {"f.a", "i.flag"}
    assert made.columns_of("x") == {"f.a"}


def test_more_decimals_than_the_scale_stay_exact() -> None:
    """A number finer than its column's scale is neither rounded nor cut: 0.005 is not 0, not 0.01."""
    fine = Column("a", scale=2).cell(Decimal("0.005"))
    assert fine == Fraction(1, 2)
    assert value("f.a > 0", a=fine) is True
    assert value("f.a * 1000", a=fine) == 5
    assert value("round(1 / f.a, 2) if f.a > 0 else None", a=fine) == 200
    assert value("round(f.a, 2)", a=fine) == Decimal("0.005")


def test_numbers_outside_the_domain_are_computed_exactly() -> None:
    """A form may hold numbers far beyond a column's declared domain; nothing wraps."""
    large = 10**40
    assert value("f.a * f.a / 7", a=large) == Fraction(10**76, 7)
    thirds = value("round(f.a / f.b, 2) if f.b > 0 else None", a=-large, b=300)
    assert thirds == Decimal("-" + "3" * 38 + ".33")


@pytest.mark.parametrize("amount", ["0", "7", "7.00", "-0.01", "123456789012345678.12", "1E+3", "0.1"])
def test_a_cell_is_the_scaled_number(amount: str) -> None:
    """A decimal number within the scale becomes an int, exactly."""
    cell = Column("a", scale=2).cell(Decimal(amount))
    assert isinstance(cell, int)
    assert Fraction(cell, 100) == Fraction(Decimal(amount))


def test_a_result_lists_its_named_values() -> None:
    """Named values of the form are a mapping in order of definition; a row has those of the form too."""
    result = run("f.a + 1", [indicator()])
    assert list(result.form) == ["it"]
    assert len(result.rows[0]) == 1
    assert result.rows[0]["it"] == 8


def test_a_column_may_stand_only_once() -> None:
    """A schema refuses two columns of one name."""
    with pytest.raises(ValueError, match="twice"):
        SCHEMA.extended([Column("a")])
