"""Laws of books and of scoring under them: the day picks the book, a trial of nothing changes nothing, caps hold."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form import Actual, Form, Indicator, Target
from jixiao.scoring import Scorer
from oracle.adversary import form_number
from oracle.scoring import DAY, scored, scorer_of, shelf

FORMS = st.integers(0, 10**9).map(lambda number: form_number(number, seed=71))
PLACES = st.sampled_from(sorted(place for place in shelf().ids()))
DAYS = st.dates(date(2020, 3, 1), date(2040, 12, 31))
CAPS = ((50, 59), (60, 69), (70, 79), (80, 89))
GRADES = ("差", "中", "良", "优")
SAME = Scorer(shelf().on("cn", DAY).with_values({"places": 2}))
"""The ministry's book tried with the value that it has."""


@given(FORMS)
def test_a_trial_of_nothing_changes_nothing(form: Form) -> None:
    """A book tried with a value that it has gives every line, total and grade as the book does."""
    tried, plain = SAME.score(form), scored(form)
    assert [line.computed for line in tried.lines] == [line.computed for line in plain.lines]
    assert (tried.score, tried.low, tried.grade) == (plain.score, plain.low, plain.grade)


@given(FORMS)
def test_a_total_is_never_above_its_cap(form: Form) -> None:
    """Where a book caps the total by the rate of spending, no total is above the cap of its rate."""
    sheet, row = scored(form, "cn-platform"), form.funds.total
    if sheet.score is None or row.adjusted is None or row.executed is None or row.adjusted <= 0 or row.executed < 0:
        return
    rate = row.executed * 100 / row.adjusted
    caps = [most for below, most in CAPS if rate < below]
    assert not caps or sheet.score <= caps[0]


@given(FORMS, FORMS)
def test_a_higher_total_never_has_a_lower_grade(one: Form, two: Form) -> None:
    """Grades follow totals."""
    graded = [(sheet.score, sheet.grade) for sheet in (scored(one), scored(two)) if sheet.score is not None]
    ranks = [GRADES.index(grade) for _, grade in sorted(graded) if grade is not None]
    assert ranks == sorted(ranks)


@given(FORMS, PLACES)
def test_scoring_twice_is_scoring_once(form: Form, place: str) -> None:
    """The same form under the same book has the same sheet, to the last step."""
    assert scorer_of(place).score(form) == scorer_of(place).score(form)


@given(FORMS)
def test_a_lower_total_is_never_above_the_total(form: Form) -> None:
    """The total with each line of words at the lower end of its band is at most the total, and never below nothing."""
    sheet = scored(form)
    if sheet.score is not None and sheet.low is not None:
        assert sheet.low <= sheet.score
        assert sheet.low >= 0


@given(PLACES, DAYS, DAYS)
def test_the_day_picks_the_book(place: str, one: date, two: date) -> None:
    """The book of a day is the latest that is in force by then; a later day never has an earlier book."""
    first, second = (shelf().on(place, max(day, _begins(place))) for day in sorted((one, two)))
    assert first.since <= second.since
    assert date.fromisoformat(second.since) <= max(two, one, _begins(place))


def _begins(place: str) -> date:
    return min(shelf().versions(place))


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(1, 12), st.integers(1, 4000))
def test_a_deadline_kept_has_all_its_points(done: date, month: int, cents: int) -> None:
    """A day within the month that was asked for has full points; a later one is left to a person."""
    weight = Decimal(cents).scaleb(-2)
    target = Target(f"2024年{month}月前", "before", f"2024-{month:02}")
    actual = Actual(f"{done.year}年{done.month}月{done.day}日")
    (line,) = scored(Form(indicators=(Indicator(target=target, actual=actual, weight=weight),))).lines[1:]
    assert line.computed == (weight if done.month <= month else None)


@given(FORMS, st.integers(1, 5))
def test_a_line_does_not_look_at_the_others(form: Form, times: int) -> None:
    """Lines that stand again below have the scores they had: no line's score hangs on another line."""
    first = [line.computed for line in scored(form).lines[1:]]
    if any(item.weight is None for item in form.indicators):
        return
    again = replace(form, indicators=form.indicators * times)
    assert [line.computed for line in scored(again).lines[1:]] == first * times
