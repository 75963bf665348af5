"""The scoring methods a book may set: direct, pass mark, bands of completion, intervals, steps, signs."""

import re
from decimal import Decimal

import msgspec
import pytest

from jixiao.rulebook import RulebookError
from jixiao.scoring import Line
from jixiao.scoring.labels import LabelReader
from rulebook.small_books import over_ministry, value_text
from scoring.scored_lines import form, indicator, place

STEPS = "".join(
    f'\n[[execution_steps]]\nrate_from = {low}\nrate_to = {high}\nshare = {share}\nclause = "rule"\n'
    for low, high, share in ((95, 100, 100), (80, 95, 80), (60, 80, 50), (0, 60, 0))
)
SATISFACTION = value_text("satisfaction_method", '"interval"')


def line(body: str, target: str, actual: str, claimed: str, level1: str = "产出指标") -> Line:
    """The line of one indicator of ten points under the ministry's book with a place's tables over it."""
    item = msgspec.structs.replace(indicator(target, actual, "10.00", claimed), level1=level1)
    return place(body).score(form(item)).lines[1]


def judged(found: Line) -> tuple[str, bool | None, str]:
    """Computed score, agreement and formula of a line."""
    return str(found.computed), found.agrees, found.formula.en


@pytest.mark.parametrize(
    ("executed", "score", "agrees"),
    [
        ("100", "10.00", True), ("95", "10.00", True), ("94.99", "8.00", False), ("80", "8.00", False),
        ("79.99", "5.00", False), ("60", "5.00", False), ("59.99", "0.00", False), ("0", "0.00", False),
        ("102.59", "10.00", True), ("-5", "0.00", False),
    ],
)  # fmt: skip
def test_execution_may_be_scored_by_steps(executed: str, score: str, agrees: object) -> None:
    """The share of the step a rate lies in; the lower end belongs to it, a rate above 100 is in the best."""
    found = place(STEPS).score(form(indicator("≥1", "1"), executed=executed)).lines[0]
    assert (str(found.computed), found.agrees) == (score, agrees)
    assert found.formula.en == "points by the step the execution rate lies in"
    assert any(step.clause and step.clause.document == "某省办法" for step in found.steps)


def test_steps_need_a_rate() -> None:
    """A budget of zero has the points the book says, a missing amount none."""
    bare = form(indicator("≥1", "1"), adjusted="0", executed="0")
    assert str(place(STEPS).score(bare).lines[0].computed) == "0.00"
    empty = msgspec.structs.replace(bare, funds=type(bare.funds)())
    assert place(STEPS).score(empty).score is None


@pytest.mark.parametrize(
    ("actual", "computed", "formula"),
    [
        ("10", "10.00", "target met: full points"),
        ("9.99", "0.00", "target not met: no points"),
        ("0", "0.00", "target not met: no points"),
    ],
)
def test_direct_scoring_is_all_or_nothing(actual: str, computed: str, formula: str) -> None:
    """What is met has its points, what is not has none."""
    assert judged(line(value_text("scoring", '"direct"'), "≥10", actual, computed)) == (computed, True, formula)


def test_direct_scoring_holds_above_a_bound_too() -> None:
    """A bound exceeded is not met: no points, and a claim in proportion is not the rule's."""
    found = line(value_text("scoring", '"direct"'), "≤10", "12", "8.33")
    assert judged(found) == ("0.00", False, "target not met: no points")


@pytest.mark.parametrize(
    ("actual", "computed", "formula"),
    [
        ("6", "6.00", "points × actual ÷ target"),
        ("5.99", "0.00", "completion below the pass mark: no points"),
        ("10", "10.00", "target met: full points"),
    ],
)
def test_below_a_pass_mark_there_are_no_points(actual: str, computed: str, formula: str) -> None:
    """A pass mark of 60 per cent of the target: at it in proportion, below it nothing."""
    assert judged(line(value_text("pass_mark", "60"), "≥10", actual, computed)) == (computed, True, formula)


def test_a_pass_mark_of_one_per_cent_is_one() -> None:
    """The lowest mark there is takes the points of what is less than a hundredth done, no others'."""
    body = value_text("pass_mark", "1")
    assert str(line(body, "≥1000", "9", "0.00").computed) == "0.00"
    assert str(line(body, "≥1000", "10", "0.10").computed) == "0.10"


@pytest.mark.parametrize(
    ("actual", "claimed", "computed", "low", "high", "agrees"),
    [
        ("10", "10.00", "10.00", None, None, True),
        ("9.99", "9.00", "9.00", "8.00", "10.00", True),
        ("8", "7.99", "8.00", "8.00", "10.00", False),
        ("7.99", "8.00", "8.00", "6.00", "8.00", False),
        ("6", "6.00", "6.00", "6.00", "8.00", True),
        ("5.99", "6.00", "6.00", "0.00", "6.00", False),
        ("0", "0.00", "0.00", "0.00", "6.00", True),
    ],
)
def test_graded_scoring_gives_the_band_of_the_completion(
    actual: str, claimed: str, computed: str, low: str | None, high: str | None, agrees: object
) -> None:
    """What is met is full; what is not has any score of the band its completion lies in."""
    found = line(value_text("scoring", '"graded"'), "≥10", actual, claimed)
    ends = [None if end is None else str(end) for end in (found.low, found.high)]
    assert (str(found.computed), *ends, found.agrees) == (computed, low, high, agrees)


@pytest.mark.parametrize(
    ("actual", "computed"),
    [("95%", "10.00"), ("90%", "10.00"), ("89.99%", "10.00"), ("89.97%", "9.99"), ("75%", "5.00"), ("60%", "0.00"),
     ("59.99%", "0.00"), ("0%", "0.00")],
)  # fmt: skip
def test_satisfaction_by_interval(actual: str, computed: str) -> None:
    """From 90 per cent full, below 60 nothing, between them (a − 60) ÷ 30 of the points, whatever the target."""
    found = line(SATISFACTION, "≥95%", actual, computed, "满意度指标")
    assert judged(found) == (computed, True, "satisfaction, scored by interval")


def test_the_interval_is_for_satisfaction_in_per_cent_alone() -> None:
    """An output of 75 per cent, or satisfied people counted, is scored against its target; a wrong claim is told."""
    assert str(line(SATISFACTION, "≥100%", "75%", "7.50").computed) == "7.50"
    assert str(line(SATISFACTION, "≥100人", "75人", "7.50", "满意度指标").computed) == "7.50"
    assert judged(line(SATISFACTION, "≥100%", "75%", "7.50", "满意度指标"))[:2] == ("5.00", False)


@pytest.mark.parametrize(
    ("actual", "claimed", "computed", "agrees", "formula"),
    [
        ("129.99", "8.00", "10.00", False, "target met: full points"),
        ("130", "8.00", "8.00", True, "over-completed by so much that the rule takes points off"),
        ("130", "10.00", "8.00", False, "over-completed by so much that the rule takes points off"),
        ("400", "8.00", "8.00", True, "over-completed by so much that the rule takes points off"),
    ],
)
def test_over_completion_may_cost_points(
    actual: str, claimed: str, computed: str, agrees: object, formula: str
) -> None:
    """At 130 per cent two points come off, just below it none; full points are then no longer the rule's."""
    found = line(value_text("over_completion_deduction", "2"), "≥100", actual, claimed)
    assert (str(found.computed), found.agrees) == (computed, agrees)
    assert formula in found.formula.en


def test_a_deduction_never_goes_below_zero() -> None:
    """Two points off one point leave nothing."""
    item = indicator("≥100", "200", "1.00", "0.00")
    found = place(value_text("over_completion_deduction", "2")).score(form(item)).lines[1]
    assert (str(found.computed), found.agrees) == ("0.00", True)


@pytest.mark.parametrize(
    ("actual", "claimed", "computed", "agrees"),
    [("120", "7.00", "7.00", True), ("120", "10.00", "10.00", True), ("119.99", "7.00", "10.00", False),
     ("120", "11.00", "10.00", False), ("90", "9.00", "9.00", True)],
)  # fmt: skip
def test_over_completion_may_be_scored_by_hand(actual: str, claimed: str, computed: str, agrees: object) -> None:
    """From 120 per cent any score up to the points stands; below it the formula holds."""
    body = value_text("over_completion", "120") + value_text("over_completion_hand", "true")
    found = line(body, "≥100", actual, claimed)
    assert (str(found.computed), found.agrees) == (computed, agrees)


def test_a_strict_sign_may_be_read_as_the_other() -> None:
    """Where a book does not keep ＜ apart from ≤, reaching the bound meets it."""
    merged = value_text("strict_signs", "false") + value_text("scoring", '"direct"')
    apart = value_text("scoring", '"direct"')
    for target in (">10", "<10"):
        assert str(line(merged, target, "10", "10.00").computed) == "10.00"
        assert str(line(apart, target, "10", "0.00").computed) == "0.00"


def test_a_book_may_have_other_bands() -> None:
    """Two bands of its own, whose middle end belongs to the upper one; the labels above must name them."""
    bands = (
        '\n[bands.achieved]\nzh = "好"\nen = "good"\nlow = 50\nhigh = 100\nhigh_in = true\n'
        'clause = "rule"\n'
        '\n[bands.partly]\nzh = "差"\nen = "bad"\nlow = 0\nhigh = 50\nclause = "rule"\n'
    )
    with pytest.raises(RulebookError, match="no such band; there are: achieved partly"):
        over_ministry(bands)
    missed = '\n[bands.missed]\nzh = "空"\nen = "none"\nlow = 0\nhigh = 0\nsilent = true\nclause = "rule"\n'
    graded = bands + missed + value_text("scoring", '"graded"')
    at, above = line(graded, "≥10", "4.99", "5.00"), line(graded, "≥10", "5", "5.00")
    assert [at.low, at.high, at.agrees] == [Decimal("0.00"), Decimal("5.00"), False]
    assert [above.low, above.high, above.agrees] == [Decimal("5.00"), Decimal("10.00"), True]


def test_a_silent_band_takes_any_score_between_its_ends() -> None:
    """A word whose points no rule names: what is claimed stands below full, full is out."""
    body = (
        '\n[bands.achieved]\nzh = "达"\nen = "met"\nlow = 80\nhigh = 100\nhigh_in = true\nclause = "rule"\n'
        '\n[bands.partly]\nzh = "部"\nen = "part"\nlow = 60\nhigh = 80\nclause = "rule"\n'
        '\n[bands.missed]\nzh = "未"\nen = "no"\nlow = 0\nhigh = 60\nclause = "rule"\n'
        '\n[bands.good]\nzh = "良"\nen = "good"\nlow = 0\nhigh = 100\nsilent = true\nclause = "rule"\n'
        '\n[[labels]]\nband = "good"\nwhole = ["良"]\nclause = "rule"\n'
    )
    assert over_ministry(body).bands[3].silent
    for claimed, computed, agrees in (("9.00", "9.00", True), ("0.00", "0.00", True), ("10.00", "10.00", False)):
        found = line(body, "优良中低差", "良", claimed)
        assert (str(found.computed), found.agrees, found.low) == (computed, agrees, Decimal("0.00"))


def test_what_knows_labels_is_handed_on_as_plain_values() -> None:
    """A page finds the same labels: whole texts, labels within them, and the pattern that looks for those."""
    data = LabelReader(over_ministry("")).as_data()
    whole, within, pattern = data["whole"], data["within"], data["pattern"]
    assert isinstance(whole, dict)
    assert isinstance(within, dict)
    assert 0 < len(within) < len(whole)
    assert within.items() <= whole.items()
    assert all(re.fullmatch(str(pattern), word) for word in within)
