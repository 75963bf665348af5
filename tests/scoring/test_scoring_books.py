"""What a place may set: caps by execution rate, deductions, one formula only, rounding order and mode, late points."""

from decimal import Decimal

import pytest

from rulebook.small_books import value_text
from scoring.scored_lines import form, indicator, place

CAPS = "".join(
    f'\n[[caps]]\nrate_from = {low}\nrate_to = {high}\nat_most = {most}\nclause = "rule"\n'
    for low, high, most in ((0, 50, 59), (50, 60, 69), (60, 70, 79), (70, 80, 89))
)
FULL = indicator("≥1(次)", "1(次)", "90.00", "90.00")


@pytest.mark.parametrize(
    ("executed", "total", "grade"),
    [
        ("100", "100.00", "优"),
        ("80", "98.00", "优"),
        ("79.99", "89", "良"),
        ("69.9", "79", "中"),
        ("50", "69", "中"),
        ("10", "59", "差"),
    ],
)
def test_a_low_execution_rate_caps_the_total(executed: str, total: str, grade: str) -> None:
    """Under a platform's rule an execution of 70 to 80 % leaves 89 at most, and so on down; only then a cap is told."""
    found = place(CAPS).score(form(FULL, executed=executed))
    assert (found.score, found.grade) == (Decimal(total), grade)
    assert any("总分上限" in step.zh for step in found.steps) is (Decimal(executed) < 80)


def test_over_completion_may_cost_points() -> None:
    """A platform that takes 2 points off from 130 % does so from exactly 130 % on, never below zero."""
    scorer = place(value_text("over_completion_deduction", "2"))

    def points(actual: str, weight: str = "10.00") -> Decimal | None:
        return scorer.score(form(indicator("≥10(次)", actual, weight, weight))).lines[1].computed

    assert points("13(次)") == Decimal("8.00")
    assert points("12.99(次)") == Decimal("10.00")
    assert points("13(次)", "1.00") == Decimal("0.00")
    assert scorer.score(form(indicator("≥10(次)", "13(次)", "10.00", "10.00"))).lines[1].agrees is False


def test_a_book_may_allow_one_formula_only() -> None:
    """Where a place says linear, a claim by the inverse formula does not agree."""
    scorer = place(value_text("reading_above", '"linear"'))
    found = scorer.score(form(indicator("≤10(天)", "12(天)", "10.00", "8.33"))).lines[1]
    assert (found.computed, found.agrees) == (Decimal("8.00"), False)
    assert found.formula.en == "points × (1 − excess ÷ target), zero at twice the target"
    strict = place(value_text("equal_above_full", "false"))
    equal = strict.score(form(indicator("=10(天)", "12(天)", "10.00", "10.00"))).lines[1]
    assert equal.formula.en.endswith("two formulas are lawful: inverse 8.33, linear 8.00; the claim is neither")


def test_one_formula_above_a_bound_leaves_full_points_of_an_exceeded_equal() -> None:
    """A book that fixes the formula above a bound takes full points of = exceeded, too, unless it says otherwise."""
    inverse, none = value_text("reading_above", '"inverse"'), value_text("equal_above_full", "false")
    exceeded = indicator("=5(座)", "6(座)", "30.00", "30.00")
    for body, computed, agrees in ((inverse, "30.00", True), (inverse + none, "25.00", False)):
        line = place(body).score(form(exceeded)).lines[1]
        assert (line.computed, line.agrees) == (Decimal(computed), agrees)


def test_a_book_may_round_the_rate_first() -> None:
    """Rounding the ratio to two places before multiplying gives another score."""
    once, twice = place(""), place(value_text("rate_first", "true") + value_text("rate_places", "2"))
    row = form(indicator("≥300(次)", "100(次)", "50.00", "16.50"))
    assert once.score(row).lines[1].computed == Decimal("16.67")
    assert twice.score(row).lines[1].computed == Decimal("16.50")
    assert twice.score(form(FULL, executed="33.333")).lines[0].computed == Decimal("3.30")


def test_a_book_may_cut_instead_of_round() -> None:
    """With rounding down 6.666… is 6.66."""
    scorer = place(value_text("rounding", '"down"'))
    assert scorer.score(form(indicator("≥3(次)", "2(次)", "10.00", "6.66"))).lines[1].computed == Decimal("6.66")


def test_a_book_may_score_in_whole_points() -> None:
    """With no decimals 8.62 is 9."""
    scorer = place(value_text("places", "0"))
    found = scorer.score(form(indicator("≥3(次)", "2(次)", "10", "7"), executed="86.2", score="9"))
    assert [line.computed for line in found.lines] == [9, 7]


def test_a_book_may_give_nothing_for_a_missed_deadline() -> None:
    """Where a place says so, a late result is worth zero points."""
    scorer = place(value_text("late", '"zero"'))
    found = scorer.score(form(indicator("2024年9月前", "2024年10月1日", "10.00", "0.00"))).lines[1]
    assert (found.computed, found.agrees) == (Decimal(0), True)
    month = [scorer.score(form(indicator("2024年9月15日前", f"2024年{m}月"))).lines[1].computed for m in (8, 9, 10)]
    assert month == [Decimal("10.00"), None, Decimal(0)]


def test_a_book_may_have_other_bands_and_words() -> None:
    """Bands of 50 and 80 with words of the place's own."""
    body = """
[bands.achieved]
zh = "达成"
en = "achieved"
low = 80
high = 100
high_in = true
clause = "rule"
[bands.partly]
zh = "部分"
en = "partly"
low = 50
high = 80
clause = "rule"
[bands.missed]
zh = "未达成"
en = "missed"
low = 0
high = 50
clause = "rule"
[[labels]]
band = "partly"
whole = ["过半"]
clause = "rule"
"""
    found = place(body).score(form(indicator("有效提升", "过半", "10.00", "5.00"))).lines[1]
    assert (found.low, found.high, found.agrees) == (Decimal("5.00"), Decimal("8.00"), True)


def test_execution_is_zero_without_a_budget_and_capped_above_it() -> None:
    """An adjusted budget of 0 has no rate and no points; more executed than budgeted has full points."""
    scorer = place("")
    none = scorer.score(form(FULL, adjusted="0", executed="0", score="0.00"))
    assert (none.lines[0].computed, none.lines[0].agrees) == (Decimal("0.00"), True)
    assert not any("执行率" in step.zh for step in none.lines[0].steps)
    over = scorer.score(form(FULL, executed="102.59"))
    assert over.lines[0].computed == Decimal("10.00")
    assert any("102.59" in step.zh for step in over.lines[0].steps)
    less = scorer.score(form(FULL, adjusted="-5", executed="0"))
    assert less.lines[0].computed is None
