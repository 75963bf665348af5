"""Laws that every score obeys, whatever the form: bounded, monotone, blind to order and unit, rounded once."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form import Actual, Execution, Form, FundRow, Funds, Indicator, Operator, Target
from oracle.scoring import numbers

UPWARD: list[Operator] = ["≥", ">"]
DOWNWARD: list[Operator] = ["≤", "<"]
OPERATORS: list[Operator] = [*UPWARD, *DOWNWARD, "="]
LABELS = ["达成指标", "部分达成指标", "未达成指标", "不错", ""]

SMALL = st.integers(-200, 2_000).map(lambda cents: Decimal(cents).scaleb(-2))
LARGE = st.integers(-(10**9), 10**14).map(lambda parts: Decimal(parts).scaleb(-4))
AMOUNTS = st.integers(0, 10**14).map(lambda cents: Decimal(cents).scaleb(-2))
NUMBERS = SMALL | LARGE
POSITIVE = st.integers(1, 4_000).map(lambda cents: Decimal(cents).scaleb(-2))
WEIGHTS = st.integers(0, 10_000).map(lambda cents: Decimal(cents).scaleb(-2))
FINE_WEIGHTS = WEIGHTS | st.integers(0, 10**6).map(lambda parts: Decimal(parts).scaleb(-4))
CLAIMS = st.none() | WEIGHTS


def comparison(
    operator: Operator, target: Decimal, actual: Decimal, weight: Decimal, score: Decimal | None = None
) -> Indicator:
    """A line of one number against one bound."""
    return Indicator(
        target=Target(f"{operator}{target:f}", operator, f"{target:f}"),
        actual=Actual(f"{actual:f}", actual),
        weight=weight,
        score=score,
    )


def form_of(*lines: Indicator, adjusted: Decimal = Decimal(1), executed: Decimal = Decimal(1)) -> Form:
    """A form of these lines, all of its budget spent unless said otherwise."""
    row = FundRow(adjusted=adjusted, executed=executed)
    execution = Execution(weight=Decimal("10.00"))
    return Form(currency_unit="万元", funds=Funds(total=row), execution=execution, indicators=lines)


def computed(form: Form, line: int = 1) -> Decimal:
    """What a line of a form is worth; line 0 is the execution line."""
    score = numbers(form).lines[line].computed
    assert score is not None
    return score


def half_up(exact: Fraction) -> Decimal:
    """A number that is not negative, rounded half up to the cent, once."""
    return Decimal((2 * 100 * exact.numerator + exact.denominator) // (2 * exact.denominator)).scaleb(-2)


def ranged(ends: tuple[Decimal, Decimal], actual: Decimal, weight: Decimal, score: Decimal | None) -> Indicator:
    """A line of one number against a range."""
    target = Target("a-b", "range", (f"{min(ends):f}", f"{max(ends):f}"))
    return Indicator(target=target, actual=Actual(f"{actual:f}", actual), weight=weight, score=score)


def labelled(label: str, weight: Decimal, score: Decimal | None) -> Indicator:
    """A line of words."""
    return Indicator(target=Target("优质", "qualitative"), actual=Actual(label), weight=weight, score=score)


lines = st.one_of(
    st.builds(comparison, st.sampled_from(OPERATORS), NUMBERS, NUMBERS, FINE_WEIGHTS, CLAIMS),
    st.builds(ranged, st.tuples(NUMBERS, NUMBERS), NUMBERS, FINE_WEIGHTS, CLAIMS),
    st.builds(labelled, st.sampled_from(LABELS), FINE_WEIGHTS, CLAIMS),
)


@settings(max_examples=4_000)
@given(st.lists(lines, min_size=1, max_size=3), AMOUNTS, st.one_of(AMOUNTS, st.just(Decimal(0))))
def test_no_score_is_below_zero_or_above_its_points(
    items: list[Indicator], executed: Decimal, adjusted: Decimal
) -> None:
    """A score never exceeds its points and is never negative; nor is the lower or upper end of its band."""
    form = form_of(*items, adjusted=adjusted, executed=executed)
    weights = [Decimal("10.00"), *(item.weight for item in items)]
    for line, weight in zip(numbers(form).lines, weights, strict=True):
        assert weight is not None
        for score in (line.computed, line.low, line.high):
            assert score is None or 0 <= score <= weight


@settings(max_examples=3_000)
@given(st.sampled_from(UPWARD), NUMBERS, NUMBERS, NUMBERS, WEIGHTS)
def test_more_is_never_worth_less_where_more_is_asked(
    operator: Operator, target: Decimal, one: Decimal, two: Decimal, weight: Decimal
) -> None:
    """Against ≥ and >, a greater actual value never has a lower score."""
    scores = [computed(form_of(comparison(operator, target, actual, weight))) for actual in sorted((one, two))]
    assert scores == sorted(scores)


@settings(max_examples=3_000)
@given(st.sampled_from(DOWNWARD), NUMBERS, NUMBERS, NUMBERS, WEIGHTS)
def test_less_is_never_worth_less_where_less_is_asked(
    operator: Operator, target: Decimal, one: Decimal, two: Decimal, weight: Decimal
) -> None:
    """Against ≤ and <, a smaller actual value never has a lower score."""
    scores = [computed(form_of(comparison(operator, target, actual, weight))) for actual in sorted((one, two))]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=2_000)
@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_spending_more_of_a_budget_never_lowers_the_execution_score(
    adjusted: Decimal, one: Decimal, two: Decimal
) -> None:
    """With the same budget, more executed never has a lower execution score."""
    scores = [computed(form_of(adjusted=adjusted, executed=executed), 0) for executed in sorted((one, two))]
    assert scores == sorted(scores)


@settings(max_examples=2_000)
@given(st.lists(lines, min_size=2, max_size=4), st.data())
def test_the_order_of_rows_does_not_matter(items: list[Indicator], data: st.DataObject) -> None:
    """The same lines in another order have the same scores, total, low total and grade."""
    order = data.draw(st.permutations(range(len(items))))
    straight, mixed = numbers(form_of(*items)), numbers(form_of(*(items[index] for index in order)))
    assert [line.computed for line in mixed.lines[1:]] == [straight.lines[1 + index].computed for index in order]
    assert (mixed.score, mixed.low, mixed.grade) == (straight.score, straight.low, straight.grade)


@settings(max_examples=2_000)
@given(lines, AMOUNTS, AMOUNTS)
def test_the_currency_unit_does_not_matter(item: Indicator, adjusted: Decimal, executed: Decimal) -> None:
    """A form in 元 has the scores of the same form in 万元."""
    in_wan = form_of(item, adjusted=adjusted, executed=executed)
    row = FundRow(adjusted=adjusted * 10_000, executed=executed * 10_000)
    in_yuan = replace(in_wan, currency_unit="元", funds=Funds(total=row))
    one, two = numbers(in_wan), numbers(in_yuan)
    assert (one.score, one.low, one.grade) == (two.score, two.low, two.grade)
    assert [line.computed for line in one.lines] == [line.computed for line in two.lines]


@settings(max_examples=2_000)
@given(
    st.sampled_from(OPERATORS),
    NUMBERS,
    NUMBERS,
    WEIGHTS,
    st.sampled_from([("万元", "元", 4), ("亿元", "万元", 4), ("%", "‰", 1), ("万次", "次", 4), ("元", "元", 0)]),
    st.sampled_from(["target", "actual", "both"]),
)
def test_the_unit_of_a_line_does_not_matter(
    operator: Operator, target: Decimal, actual: Decimal, weight: Decimal, units: tuple[str, str, int], which: str
) -> None:
    """Target, actual value or both printed in a smaller unit, with the number so much greater, score the same."""
    coarse, fine, steps = units
    plain = comparison(operator, target, actual, weight)
    bound = f"{target * 10**steps:f}" if which != "actual" else f"{target:f}"
    amount = actual * 10**steps if which != "target" else actual
    printed = replace(
        plain,
        target=Target("", operator, bound, fine if which != "actual" else coarse),
        actual=Actual("", amount, fine if which != "target" else coarse),
    )
    assert computed(form_of(printed)) == computed(form_of(plain))


@settings(max_examples=3_000)
@given(POSITIVE, POSITIVE, WEIGHTS)
def test_a_score_is_the_exact_ratio_rounded_once(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    """A pro rata score is the exact fraction of the points, rounded half up to the cent, with no rounding before it."""
    share = min(Fraction(1), Fraction(actual) / Fraction(target))
    expected = half_up(Fraction(weight) * share)
    assert computed(form_of(comparison("≥", target, actual, weight))) == expected
    assert computed(form_of(adjusted=target, executed=actual), 0) == half_up(10 * share)


@settings(max_examples=1_000)
@given(st.integers(1, 3_000), st.data())
def test_a_tie_goes_up(cents: int, data: st.DataObject) -> None:
    """Points that end exactly between two cents go to the upper one; a hair less goes to the lower one."""
    part = 2 * data.draw(st.integers(0, cents - 1)) + 1
    weight, whole = Decimal(cents).scaleb(-2), Decimal(2 * cents)
    upper = Decimal((part + 1) // 2).scaleb(-2)
    assert computed(form_of(comparison("≥", whole, Decimal(part), weight))) == upper
    below = comparison("≥", whole, Decimal(part) - Decimal("0.0001"), weight)
    assert computed(form_of(below)) == upper - Decimal("0.01")


@settings(max_examples=1_000)
@given(st.lists(lines, min_size=1, max_size=4))
def test_the_total_is_the_sum_of_its_lines(items: list[Indicator]) -> None:
    """The total is the sum of the computed scores, and there is none where one line has none."""
    sheet = numbers(form_of(*items))
    scores = [line.computed for line in sheet.lines]
    known = [score for score in scores if score is not None]
    assert sheet.score == (sum(known, Decimal(0)) if len(known) == len(scores) else None)
    assert (sheet.low is None) is (sheet.score is None)
    assert sheet.low is None or sheet.score is None or sheet.low <= sheet.score
