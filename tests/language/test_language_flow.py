"""Flow typing: a guard proves a divisor positive in the branch it guards, and nowhere else; intervals."""

from decimal import Decimal

import pytest

from jixiao.language import Column, Program, RuleError
from language.rule_bench import SCHEMA, indicator, per_row, program, value

GUARDED = [
    "1 / f.b if f.b > 0 else None",
    "1 / f.b if f.b >= 0.01 else None",
    "1 / f.b if 0 < f.b else None",
    "1 / f.b if 0 < f.b < 5 else None",
    "None if f.b <= 0 else 1 / f.b",
    "None if not f.b > 0 else 1 / f.b",
    "None if f.b <= 0 or f.a > 100 else 1 / f.b",
    "1 / f.b if f.a > 1 and f.b > 0 else None",
    "f.b > 0 and 1 / f.b < 5",
    "f.b <= 0 or 1 / f.b < 5",
    "1 / (f.a + f.b) if f.a + f.b > 0 else None",
    "1 / f.b if f.b == 2 else None",
    "1 / max(f.b, 1)",
    "1 / (abs(f.b) + 1)",
    "1 / (max(f.b, 0) + 0.5)",
    "1 / min(max(f.b, 1), 5)",
    "1 / (2 * max(f.b, 1))",
    "1 / (f.a / f.b) if f.a > 0 and f.b > 0 else None",
    "1 / sum(i.weight) if sum(i.weight) > 0 else None",
    "1 / (count(i.flag) + 1)",
    "f.a / p.line",
]


@pytest.mark.parametrize("text", GUARDED)
@pytest.mark.parametrize("b", [-100, 0, 200])
def test_a_guarded_division_compiles_and_never_divides_by_zero(text: str, b: int) -> None:
    """The guard is understood, and a form that the guard excludes is computed without an error."""
    rows = [indicator(weight=0)] if b == 0 else [indicator()]
    value(text, rows, b=b)


def test_a_guard_may_be_a_named_value() -> None:
    """A named condition guards as if written in place."""
    made = program(has_budget="f.b > 0 and f.a is not None", rate="f.a / f.b if has_budget else None")
    closure = made.closure()
    assert closure({"a": 700, "b": 200}, []).form["rate"] == Decimal("3.5")
    assert closure({"a": 700, "b": 0}, []).form["rate"] is None


def test_a_guard_ends_with_its_branch() -> None:
    """What holds in one branch does not hold beside it."""
    with pytest.raises(RuleError, match="may be zero"):
        program(it="(1 if f.b > 0 else 0) + 1 / f.b")
    with pytest.raises(RuleError, match="may be zero"):
        program(it="0 if f.b > 0 else 1 / f.b")


def test_a_declared_domain_is_no_proof() -> None:
    """A column declared positive may still hold 0 in a form, so it is no divisor without a guard."""
    schema = SCHEMA.extended([Column("positive", low=SCHEMA.columns["f"]["whole"].high, high=Decimal(1000))])
    with pytest.raises(RuleError, match="may be zero"):
        Program(schema, {}).let("it", "1 / f.positive")


def test_a_guard_narrows_the_interval() -> None:
    """A value that could overflow may be used where a guard keeps it small."""
    with pytest.raises(RuleError, match="64 bits"):
        program(it="f.huge * 100")
    assert value("f.huge * 100 if f.huge < 1000 else 0", huge=999) == 99900
    assert value("f.huge * 100 if f.huge < 1000 else 0", huge=10**18) == 0


def test_each_row_is_guarded_by_itself() -> None:
    """A guard on an indicator's column is decided for each indicator."""
    rows = [indicator(x=0), indicator(x=-100), indicator(x=200), indicator(x=None)]
    assert per_row("round(10 / i.x, 2) if i.x > 0 else 0", *rows) == [0, 0, 5, 0]
