"""Sums by unit and department: exact, and the same whatever the order."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.desk.reviewing import review_form
from jixiao.review.folder.brief import Amounts, Brief, FormKey, Stamps, brief_of, exact_sum
from jixiao.review.folder.summary import median, sums_by, sums_of
from jixiao.review.rounding import half_up
from oracle.right_forms import right_form
from review.folder.folder_cases import CHECKS, brief, briefs


@settings(max_examples=40, deadline=None)
@given(briefs())
def test_units_sum_to_the_whole(held: list[Brief]) -> None:
    """Forms, money, findings and exact hits of all units are those of all forms, and of all departments."""
    whole = sums_of(held, CHECKS)
    for by in (sums_by(held, "unit", CHECKS), sums_by(held, "department", CHECKS)):
        assert sum(each.forms for each in by) == len(held)
        assert sum(each.exact for each in by) == whole.exact
        assert sum(sum(each.asked.values()) for each in by) == sum(sum(each.asked.values()) for each in held)
        assert exact_sum(each.money.initial for each in by if each.money.initial is not None) == (
            whole.money.initial or 0
        )
        assert sum(sum(each.claimed_grades.values()) for each in by) == len(held)


def test_a_unit_is_summed() -> None:
    """Two forms of a unit: money to the cent, means and medians rounded half up, what is missing left out."""
    held = [
        brief(claimed=Decimal("90.01"), money=Amounts(Decimal("0.10"), Decimal("0.2"), None), asked={"JX101": 2}),
        brief(claimed=Decimal("90.02"), money=Amounts(Decimal("0.20"), None, None), grade="良", asked={"JX401": 1}),
        brief(claimed=None, key=FormKey(2024, "乙", "", "x")),
    ]
    one, other = sums_by(held, "unit", CHECKS)
    assert (other.name, other.forms, one.name, one.forms) == ("某中心", 2, "乙", 1)
    assert other.money == Amounts(Decimal("0.30"), Decimal("0.2"), None)
    assert other.without_money == 1
    assert (other.claimed_mean, other.claimed_median) == (Decimal("90.02"), Decimal("90.02"))
    assert other.grades == {"优": 1, "良": 1}
    assert other.asked == {"arithmetic": 2, "clause": 0, "doubt": 1}
    assert (other.exact, other.compared) == (4, 10)
    assert (one.claimed_mean, one.claimed_median) == (None, None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals(-(10**40), 10**40, places=5), max_size=8))
def test_sums_are_exact(amounts: list[Decimal]) -> None:
    """A sum keeps every digit, however many there are."""
    assert Fraction(exact_sum(amounts)) == sum(map(Fraction, amounts), Fraction(0))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 8), "0.13"), (Fraction(-1, 8), "-0.13"), (Fraction(1, 200), "0.01"), (Fraction(-1, 900), "0.00"),
        (Fraction(10**40), "1" + "0" * 40 + ".00"),
    ],
)  # fmt: skip
def test_halves_are_rounded_up(value: Fraction, shown: str) -> None:
    """Rounding to hundredths goes half up, away from zero, whatever the size."""
    assert format(half_up(value), "f") == shown


def test_medians() -> None:
    """The middle one, or the mean of the two in the middle."""
    assert [median([Decimal(value) for value in held]) for held in ([], [3], [3, 1], [9, 1, 5])] == [None, 3, 2, 5]


def test_a_form_in_brief() -> None:
    """Money in yuan, points of the rows in question once each, hits, and a digest that the file does not change."""
    form = right_form(1)
    report = review_form(form)
    held = brief_of(form, report.sheet, report.review, source=("a", 0), stamps=Stamps(form), waived=())
    assert held.money.initial == (form.funds.total.initial or 0) * 10000
    assert held.digest == Stamps(form).whole
    assert sum(held.asked.values()) == len(report.review.findings)
    assert held.compared == len(form.indicators)
    waived = brief_of(
        form, report.sheet, report.review, source=("b", 3), stamps=Stamps(form), waived=report.review.findings
    )
    assert (waived.digest, waived.asked, waived.points) == (held.digest, dict[str, int](), Decimal(0))
    assert waived.waived == held.asked
