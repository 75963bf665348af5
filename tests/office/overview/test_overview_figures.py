"""What the overview counts, against a plain recomputation over the same rows."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.desk.library import checks, priority
from jixiao.office.overview.figures.bins import CHANGES, RATES, SCORES, Bins, Value
from jixiao.office.overview.figures.findings import FAMILIES, asked_of, by_family, check_chart, check_table, unknown_of
from jixiao.office.overview.figures.money import (
    change_chart,
    cuts_table,
    funds_chart,
    funds_table,
    money_of,
    rate_chart,
)
from jixiao.office.overview.figures.progress import course_chart, progress_chart, progress_table
from jixiao.office.overview.figures.scores import score_chart, score_table, scores_of
from jixiao.office.overview.figures.standing import law_of, standing_of
from jixiao.office.overview.figures.years import pairs_table, years_lines
from jixiao.office.overview.rows import NOT_FILED, Place, Row, by_place
from jixiao.office.overview.tables import Linked
from office.overview.made_rows import made

PLACES = tuple(Place(f"/1/2/{10 + at}/", f"第{at + 1}中心", f"/there/{at}") for at in range(4))
ROWS = made(200)


def link(**given_: str) -> str:
    """An address that tells what it was asked for."""
    return "?" + "&".join(f"{name}={value}" for name, value in given_.items())


def held(*values: Decimal | None) -> list[Decimal]:
    """Those that are there."""
    return [value for value in values if value is not None]


def test_every_row_stands_at_one_place() -> None:
    """Rows are parted by place without loss; a row of a place nobody named counts with the node itself."""
    strange = Row(1, "/1/2/99/5/", "外", "项目")
    placed = by_place([*ROWS, strange], "/1/2/", [*PLACES, Place("/1/2/", "本级")])
    assert [place.name for place, _ in placed] == [*(place.name for place in PLACES), "本级"]
    assert sorted(row.key for _, rows in placed for row in rows) == sorted(row.key for row in [*ROWS, strange])
    assert placed[-1][1] == [strange]


def test_progress_counts_every_stage() -> None:
    """The parts of each bar are the rows of that stage, and the table's last row is the sum of all."""
    placed = by_place(ROWS, "/1/2/", PLACES)
    chart, table = progress_chart(placed), progress_table(placed)
    for group, (place, rows) in zip(chart.groups, placed, strict=True):
        assert dict(zip((one.key for one in chart.series), group.values, strict=True)) == {
            one.key: sum(row.stage == one.key for row in rows) for one in chart.series
        }
        assert group.href == place.href
    done = sum(row.stage not in NOT_FILED for row in ROWS)
    assert table.total[1:4] == (200, done, Fraction(done, 200))


def test_the_course_reaches_all_that_are_handed_in() -> None:
    """Day by day the course grows by the forms of that day; no day is left out, and the last one holds all."""
    start, today = date(2025, 1, 1), date(2025, 2, 3)
    chart = course_chart(ROWS, start, today, link)
    filed = [row.filed for row in ROWS if row.filed and row.is_filed]
    days = [start + timedelta(days=at) for at in range((today - start).days + 1)]
    assert [group.values[0] for group in chart.groups] == [sum(one <= day for one in filed) for day in days]


@pytest.mark.parametrize("bins", [SCORES, RATES, CHANGES], ids=["scores", "rates", "changes"])
@given(value=st.one_of(st.decimals(-200, 200, places=4), st.fractions(-200, 200)))
def test_a_value_falls_into_one_bin(bins: Bins, value: Value) -> None:
    """Bins leave no gap and do not overlap: the bin found is the last one whose lower end the value has reached."""
    at = bins.at(value)
    exact = Fraction(value)
    whole = exact.numerator // exact.denominator
    twice = 2 * whole + bool(exact - whole)
    reached = [one.start is None or twice >= one.start for one in bins.all]
    assert reached[: at + 1] == [True] * (at + 1)
    assert not any(reached[at + 1 :])


@pytest.mark.parametrize(
    ("bins", "value", "name"),
    [
        (SCORES, "59.99", "under-60"), (SCORES, "60", "60-65"), (SCORES, "99.9999", "95-100"), (SCORES, "100", "100"),
        (SCORES, "100.01", "over-100"), (RATES, "79.99", "70-80"), (RATES, "80", "80-90"),
        (CHANGES, "-50.01", "cut-50"),
        (CHANGES, "-50", "cut-20"), (CHANGES, "-0.01", "cut-0"), (CHANGES, "0", "same"), (CHANGES, "0.01", "more-20"),
        (CHANGES, "20", "more"),
    ],
)  # fmt: skip
def test_ends_belong_to_the_bin_they_begin(bins: Bins, value: str, name: str) -> None:
    """A lower end belongs to its bin, an upper end to the next; a full score and an unchanged budget stand alone."""
    assert bins.name_of(Decimal(value)) == name


def test_scores_are_means_of_what_is_there() -> None:
    """Means are taken over the forms that have the number and rounded once; shares of 优 are of all forms."""
    scores = scores_of(ROWS)
    for found, values in (
        (scores.claimed, held(*(row.claimed for row in ROWS))),
        (scores.computed, held(*(row.computed for row in ROWS))),
    ):
        assert found is not None
        assert abs(Fraction(found) - sum(map(Fraction, values), Fraction(0)) / len(values)) <= Fraction(1, 200)
    assert scores.supported is None
    assert scores.excellent_share == Fraction(sum(row.claimed_grade == "优" for row in ROWS), 200)
    both = [row for row in ROWS if row.claimed is not None and row.computed is not None]
    assert scores.above == sum(row.claimed > row.computed for row in both if row.claimed and row.computed is not None)


def test_the_distribution_counts_claimed_and_recomputed() -> None:
    """Every form with a total stands in one column, claimed and recomputed, and each column leads to its forms."""
    chart = score_chart(ROWS, link)
    assert sum(int(group.values[0] or 0) for group in chart.groups) == sum(row.claimed is not None for row in ROWS)
    assert sum(int(group.values[1] or 0) for group in chart.groups) == sum(row.computed is not None for row in ROWS)
    assert all(group.href.startswith("?score=") for group in chart.groups)


def test_money_is_summed_exactly() -> None:
    """Sums, rate, cuts and what was added are exact; a form that lacks an amount is counted, not guessed."""
    money = money_of(ROWS)
    assert money.initial == sum(held(*(row.initial for row in ROWS)))
    pairs = [(row.executed, row.adjusted) for row in ROWS if row.executed is not None and row.adjusted is not None]
    assert money.rate == Fraction(sum(one for one, _ in pairs)) / Fraction(sum(whole for _, whole in pairs))
    moved = [row.adjusted - row.initial for row in ROWS if row.adjusted is not None and row.initial is not None]
    assert money.cut == -sum(one for one in moved if one < 0)
    assert money.without == sum(None in (row.initial, row.adjusted, row.executed) for row in ROWS)


def test_distributions_of_money_count_each_form_once() -> None:
    """Forms that have a rate, and forms whose budget can be compared, each stand in one column."""
    for chart, values in (
        (rate_chart(ROWS, link), [row.rate for row in ROWS]),
        (change_chart(ROWS, link), [row.change for row in ROWS]),
    ):
        assert sum(int(group.values[0] or 0) for group in chart.groups) == sum(value is not None for value in values)


def test_the_greatest_cut_comes_first() -> None:
    """Cuts are listed by amount; what was not cut is not listed."""
    amounts: list[Any] = [row[5] for row in cuts_table(ROWS).rows]
    assert amounts == sorted(amounts, reverse=True)
    assert all(amount > 0 for amount in amounts)
    assert len(amounts) == sum(
        bool(row.initial and row.adjusted is not None and row.adjusted < row.initial) for row in ROWS
    )


def test_findings_are_counted_by_check_and_never_across_families() -> None:
    """Forms and findings of each check are what the rows say; a chart of one family shows checks of no other."""
    asked = asked_of(ROWS, checks())
    forms = Counter(code for row in ROWS for code in row.asked)
    findings = sum((Counter(row.asked) for row in ROWS), Counter[str]())
    assert {one.check.code: (one.forms, one.findings) for one in asked} == {c: (forms[c], findings[c]) for c in forms}
    assert sum(by_family(ROWS, checks()).values()) == findings.total()
    for family in FAMILIES:
        codes = {group.label.zh[:5] for group in check_chart(asked, family, 200, link).groups}
        assert {checks()[code].family for code in codes} == {family}
        assert len(check_table(asked, 200, link, family).rows) == len(codes)


def test_a_code_that_is_gone_is_named() -> None:
    """A finding of a check that this version does not have is not counted with another, and its code is told."""
    old = Row(1, "/1/2/10/", "甲", "项目", asked={"JX999": 2, "JX104": 1})
    assert [one.check.code for one in asked_of([old], checks())] == ["JX104"]
    assert unknown_of([old], checks()) == ["JX999"]


def test_the_first_of_the_ranking_are_the_first_of_the_whole_ranking() -> None:
    """Weighing only the forms that can be among the first gives the same first ones as weighing all."""
    law = law_of(checks(), priority())
    whole = standing_of(ROWS, law)
    assert [one.row.key for one in standing_of(ROWS, law, 7)] == [one.row.key for one in whole[:7]]
    steps = [one.rank.step for one in whole]
    assert steps == sorted(steps)
    assert all(one.why for one in whole[:7])


def test_two_years_stand_beside_each_other() -> None:
    """Every figure of both years is told; projects are paired by their number, new and gone ones told."""
    then = [row for row in ROWS if row.known % 2]
    now = [row for row in ROWS if row.known % 3]
    lines = {name.en: (value, before) for name, _, value, before in years_lines(now, then, checks())}
    assert lines["Forms"] == (len(now), len(then))
    assert lines["Claimed, mean"] == (scores_of(now).claimed, scores_of(then).claimed)
    states = Counter(row[-1].en for row in pairs_table(now, then, lambda row: f"/{row.key}").rows)  # type: ignore[union-attr]
    numbers, others = {row.known for row in now}, {row.known for row in then}
    assert states == {
        "in both years": len(numbers & others),
        "new this year": len(numbers - others),
        "gone this year": len(others - numbers),
    }


def test_tables_by_place_end_with_the_sum() -> None:
    """Scores and funds by place have a row for each place with forms, and a last one over all forms."""
    placed = by_place(ROWS, "/1/2/", PLACES)
    for table, every in ((score_table(placed), scores_of(ROWS).claimed), (funds_table(placed), money_of(ROWS).initial)):
        assert [row[0] for row in table.rows] == [Linked(place.name, place.href) for place in PLACES]
        assert every in table.total
    drawn = [group.values[0] for group in funds_chart(placed).groups]
    assert sum(Fraction(value) for value in drawn if value is not None) == money_of(ROWS).initial


def test_nothing_is_counted_of_nothing() -> None:
    """No forms: no means, no shares, no rate, and charts that say that they are empty."""
    scores, money = scores_of([]), money_of([])
    assert (scores.claimed, scores.excellent_share, money.rate, money.initial) == (None, None, None, None)
    assert score_chart([], link).is_empty
    assert progress_table([]).total == ()
