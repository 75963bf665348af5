"""The oracle against cases worked by hand, and the adversary against its promise to be adverse."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.form import Actual, Execution, Form, FundRow, Funds, Indicator, parse_actual, parse_target
from oracle import scorer
from oracle.adversary import form_number, forms

SAMPLE = 2_000


def spent(weight: str, adjusted: str | None, executed: str | None) -> Form:
    """A form of which only the execution line matters."""
    row = FundRow(
        adjusted=None if adjusted is None else Decimal(adjusted),
        executed=None if executed is None else Decimal(executed),
    )
    return Form(funds=Funds(total=row), execution=Execution(weight=Decimal(weight)))


def worth(target: str, actual: str, weight: str = "10.00") -> list[str]:
    """The lawful scores of one line, as printed."""
    item = Indicator(target=parse_target(target, 2024), actual=parse_actual(actual), weight=Decimal(weight))
    return [str(value) for value in scorer.line(item).lawful]


@pytest.mark.parametrize(
    ("weight", "adjusted", "executed", "score"),
    [
        ("10", "250000", "215457.6", "8.62"),
        ("10", "10000", "7927", "7.93"),
        ("20", "1.60", "1.60", "20.00"),
        ("10", "100", "102.59", "10.00"),
        ("10", "0", "0", "0.00"),
        ("10", "0", "5", "0.00"),
        ("10", "100", "-5", "0.00"),
        ("10", "2000", "1", "0.01"),
        ("10", "2000", "0.9999", "0.00"),
        ("10", "3", "2", "6.67"),
    ],
)
def test_execution_is_worth_what_was_worked_out_by_hand(weight: str, adjusted: str, executed: str, score: str) -> None:
    """Executed over adjusted budget times the points, rounded half up, never above the points."""
    assert scorer.execution(spent(weight, adjusted, executed)).lawful == (Decimal(score),)


@pytest.mark.parametrize(("adjusted", "executed"), [(None, "1"), ("1", None), (None, None)])
def test_execution_without_an_amount_has_no_score(adjusted: str | None, executed: str | None) -> None:
    """Where an amount is missing, nothing is made up."""
    assert scorer.execution(spent("10", adjusted, executed)).lawful == ()


@pytest.mark.parametrize(
    ("target", "actual", "scores"),
    [
        ("≥7次", "7次", ["10.00"]),
        ("≥7次", "20次", ["10.00"]),
        ("≥7次", "6次", ["8.57"]),
        ("≥7次", "0次", ["0.00"]),
        ("≥2000次", "1次", ["0.01"]),
        (">7次", "7次", ["10.00"]),
        ("≤5天", "5天", ["10.00"]),
        ("≤5天", "8天", ["6.25", "4.00"]),
        ("≤5天", "10天", ["5.00", "0.00"]),
        ("≤5天", "20天", ["2.50", "0.00"]),
        ("=100%", "90%", ["9.00"]),
        ("=0次", "0次", ["10.00"]),
        ("=0次", "1次", ["0.00"]),
        ("≤0次", "1次", ["0.00"]),
        ("≥0次", "0次", ["10.00"]),
        ("≥-3", "-4", ["0.00"]),
        ("5-10次", "7次", ["10.00"]),
        ("5-10次", "4次", ["8.00"]),
        ("5-10次", "12次", ["8.33", "8.00"]),
        ("≥1万元", "5000元", ["5.00"]),
        ("≤1万元", "12500元", ["8.00", "7.50"]),
        ("≥5%", "40‰", ["8.00"]),
        ("≥5人", "5次", []),
        ("≥5人", "不少", []),
    ],
)
def test_a_line_is_worth_what_was_worked_out_by_hand(target: str, actual: str, scores: list[str]) -> None:
    """Met is full, unmet is in proportion; an upper bound has two lawful formulas; zero is all or nothing."""
    assert worth(target, actual) == scores


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [("达成指标", "16.00", "20.00"), ("部分达成指标", "12.00", "16.00"), ("未达成指标", "0.00", "12.00")],
)
def test_a_label_is_worth_a_band(label: str, low: str, high: str) -> None:
    """A qualitative line has the ends of the band of its label."""
    item = Indicator(target=parse_target("优质"), actual=Actual(label), weight=Decimal(20))
    assert (scorer.line(item).low, scorer.line(item).high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_a_grade_includes_its_lower_bound(points: str, grade: str) -> None:
    """Exactly 90, 80 and 60 belong to the better grade."""
    assert scorer.grade(Decimal(points)) == grade


def test_a_form_has_one_number() -> None:
    """A form made by its number is the same each time, and another seed gives another."""
    assert form_number(7) == form_number(7)
    assert form_number(7) != form_number(8)
    assert form_number(7, seed=1) != form_number(7, seed=2)


def test_the_adversary_is_adverse() -> None:
    """Ties, zeros, nulls, negative and huge values, mixed units and totals on the edge all occur, and not rarely."""
    seen = Counter(kind for form in forms(SAMPLE) for kind in kinds(form))
    rare = {kind: seen[kind] for kind in sorted(ADVERSITIES) if seen[kind] < SAMPLE // 100}
    assert rare == {}


ADVERSITIES = {
    "tie in a line", "tie in execution", "adjusted 0", "adjusted missing", "executed above adjusted",
    "negative executed", "target 0", "negative target", "negative actual", "actual missing", "weight missing",
    "weight 0", "met exactly", "below by a hair", "units mixed", "units differ", "huge", "score above weight",
    "score missing", "no indicators", "on a bound", "beside a bound", "upper bound missed", "range missed above",
    "total missing",
    "label known", "label unknown", "deadline", "deadline kept", "deadline missed", "claim out of band",
}  # fmt: skip


def kinds(form: Form) -> set[str]:
    """The adversities of one form."""
    row, points = form.funds.total, scorer.total(form)
    found = {kind for item in form.indicators for kind in kinds_of_line(item)}
    tests = {
        "adjusted 0": row.adjusted == 0,
        "adjusted missing": row.adjusted is None,
        "executed above adjusted": (row.executed or 0) > (row.adjusted or 0) > 0,
        "negative executed": (row.executed or 0) < 0,
        "tie in execution": tied(form.execution.weight, row.executed, row.adjusted),
        "no indicators": not form.indicators,
        "on a bound": points in (90, 80, 60),
        "beside a bound": points is not None and abs(points - round(points, -1)) == Decimal("0.01"),
        "total missing": points is None,
    }
    return found | {kind for kind, true in tests.items() if true}


def kinds_of_line(item: Indicator) -> set[str]:
    """The adversities of one line."""
    target, actual = item.target.number, item.actual.value
    known = scorer.line(item)
    ends = item.target.span or (target, target)
    tests = {
        "tie in a line": tied(item.weight, actual, target) or tied(item.weight, target, actual),
        "target 0": target == 0,
        "negative target": (target or 0) < 0,
        "negative actual": (actual or 0) < 0,
        "actual missing": actual is None and item.target.operator not in ("qualitative", "before"),
        "weight missing": item.weight is None,
        "weight 0": item.weight == 0,
        "met exactly": actual is not None and actual in ends,
        "below by a hair": actual is not None and target is not None and 0 < abs(target - actual) <= Decimal("0.01"),
        "units mixed": bool(item.actual.unit) and item.actual.unit != item.target.unit and bool(known.lawful),
        "units differ": item.target.unit == "人" and item.actual.unit == "次",
        "huge": (actual or 0) > 10**11,
        "score above weight": (item.score or 0) > (item.weight or 0) > 0,
        "score missing": item.score is None,
        "upper bound missed": item.target.operator == "≤" and len(known.lawful) > 1,
        "range missed above": item.target.operator == "range" and len(known.lawful) > 1,
        "label known": known.low is not None,
        "label unknown": item.target.operator == "qualitative" and known.low is None,
        "deadline": item.target.operator == "before",
        "deadline kept": item.target.operator == "before" and bool(known.lawful),
        "deadline missed": bool(scorer.DAY.fullmatch(item.actual.text)) and not known.lawful,
        "claim out of band": known.low is not None and item.score not in (None, known.stands(item.score)),
    }
    return {kind for kind, true in tests.items() if true}


def tied(weight: Decimal | None, part: Decimal | None, whole: Decimal | None) -> bool:
    """Whether the points end exactly between two cents."""
    if not weight or not part or not whole or not 0 < part < whole:
        return False
    return (Fraction(weight) * 100 * Fraction(part) / Fraction(whole)) % 1 == Fraction(1, 2)
