"""The rule lab's arithmetic: what moves, in which direction, and what is left out of a mean."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jixiao.review.rounding import mean
from jixiao.review.whatif import BIN, Move, Outcome, shift_of

points = st.none() | st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False)
GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(-1), "差"))


def grade(score: Decimal | None) -> str | None:
    """The ministry's grade of a total."""
    return None if score is None else next(name for least, name in GRADES if score >= least)


def outcome(score: Decimal | None, asked: dict[str, int] | None = None) -> Outcome:
    """An outcome with a total."""
    return Outcome("cn", score, score, grade(score), asked or {})


def move(before: Decimal | None, after: Decimal | None, unit: str = "甲", number: int = 1) -> Move:
    """A form that goes from one total to another."""
    return Move("a.pdf", number, unit, "项目", before, grade(before), outcome(before), outcome(after))


moves = st.lists(st.builds(move, points, points, st.sampled_from("甲乙丙"), st.integers(1, 99)), max_size=30)


@given(moves)
def test_nothing_is_lost(every: list[Move]) -> None:
    """Every form stands once among the moves, the transitions, the units, both tallies and the directions."""
    shift = shift_of(every)
    assert sorted(map(id, shift.moves)) == sorted(map(id, every))
    assert sum(shift.transitions.values()) == len(every)
    assert sum(unit.forms for unit in shift.units) == len(every)
    assert sum(shift.before.grades.values()) == sum(shift.after.grades.values()) == len(every)
    assert sum(shift.directions.values()) == len(every)
    assert sum(shift.before.bins) == shift.before.decided == sum(one.before.score is not None for one in every)


@given(moves)
def test_units_compare_what_both_rules_score(every: list[Move]) -> None:
    """A unit's means are over the forms that both sets of rules can score, so that they can be compared."""
    for unit in shift_of(every).units:
        mine = [one for one in every if one.unit == unit.unit and one.difference is not None]
        assert unit.compared == len(mine) == unit.up + unit.down + sum(one.direction == "same" for one in mine)
        assert unit.before == mean([one.before.score for one in mine if one.before.score is not None])


@given(moves)
def test_those_that_lose_most_come_first(every: list[Move]) -> None:
    """The list begins with the greatest loss; forms that cannot be compared end it."""
    listed = shift_of(every).moves
    losses = [one.difference for one in listed if one.direction == "down"]
    assert losses == sorted(losses, key=lambda gained: gained or 0)
    order = ["down", "up", "same", "undecided"]
    assert [order.index(one.direction) for one in listed] == sorted(order.index(one.direction) for one in listed)


@given(st.lists(st.decimals(-100, 100, places=2, allow_nan=False, allow_infinity=False), min_size=1, max_size=40))
def test_a_mean_is_exact_and_rounded_once(values: list[Decimal]) -> None:
    """A mean lies within half a hundredth of the exact one, a half going away from zero."""
    found = mean(values)
    assert found is not None
    exact = Fraction(sum(values)) / len(values)
    assert abs(Fraction(found) - exact) <= Fraction(1, 200)
    if abs(Fraction(found) - exact) == Fraction(1, 200):
        assert abs(Fraction(found)) > abs(exact)


def test_the_mean_of_none_is_none() -> None:
    """Where no total can be computed there is no mean."""
    assert mean([]) is None
    assert shift_of([move(None, Decimal(1))]).before.mean is None


def test_bars_hold_their_lower_end_and_100_stands_in_the_last() -> None:
    """90 stands in 90–95, 94.99 too, 95 and 100 in the last bar, a negative total in the first."""
    totals = [Decimal(text) for text in ("90", "94.99", "95", "100", "-1")]
    bins = shift_of([move(total, total) for total in totals]).before.bins
    assert bins[90 // BIN : 90 // BIN + 2] == (2, 2)
    assert bins[0] == 1


def test_only_checks_that_ask_more_or_less_are_listed() -> None:
    """A check that asks as often under both sets of rules is left out."""
    one = Move("a", 1, "", "", None, None, outcome(None, {"JX1": 1, "JX2": 1}), outcome(None, {"JX1": 1, "JX3": 2}))
    assert shift_of([one]).asked == {"JX2": (1, 0), "JX3": (0, 2)}


def test_a_grade_can_change_where_the_total_cannot_be_compared() -> None:
    """A form that only one set of rules can score changes its grade, and gains and loses nothing."""
    one = move(Decimal(95), None)
    assert (one.direction, one.difference, one.regraded) == ("undecided", None, True)
