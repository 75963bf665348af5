"""Which form comes first: the steps, the weight, a total order, every part told."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.desk.library import priority
from jixiao.review.folder.brief import Amounts, Brief
from jixiao.review.folder.priority import Rank, WeightsRefused, load_weights, rank_of, ranked, reasons
from review.folder.folder_cases import CHECKS, brief, briefs

WEIGHTS = priority()
TEXT = """
[severity]\nerror = "3"\nwarning = "2"\ninfo = "1"
[again]\npart = "1/4"
[right]\narithmetic = "1"\nclause = "1"\ndoubt = "1/2"
[points]\nwhole = "100"
[sampling]\nbase = "1"
[[money]]\nfrom = "0"\nfactor = "1"
[[trust]]\nfrom = "0"\nfactor = "1"
"""


def rank(one: Brief, **measured: Fraction) -> Rank:
    """The rank of a form."""
    return rank_of(one, CHECKS, WEIGHTS, measured)


def order(held: list[Brief]) -> list[Brief]:
    """Forms in the order in which to open them."""
    return [held[at] for at in ranked(held, [rank(each) for each in held])]


def test_arithmetic_comes_before_clause_before_doubt_before_nothing() -> None:
    """However much money and however many doubts, a form that contradicts itself is opened first."""
    rich = Amounts(Decimal(10**12))
    of_arithmetic, of_clause = brief(asked={"JX101": 1}), brief(asked={"JX201": 1})
    of_doubt, of_none = brief(asked={"JX401": 9, "JX403": 9}, money=rich), brief(money=rich)
    held = [of_none, of_doubt, of_clause, of_arithmetic]
    assert order(held) == held[::-1]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (brief(asked={"JX401": 2}), brief(asked={"JX401": 1})),
        (brief(asked={"JX401": 1, "JX403": 1}), brief(asked={"JX401": 2})),
        (brief(asked={"JX401": 1}, points=brief().claimed), brief(asked={"JX401": 1})),
        (brief(asked={"JX401": 1}), brief(asked={"JX401": 1}, trust=brief().points)),
        (brief(asked={"JX401": 1}), brief(asked={"JX401": 1}, money=Amounts())),
    ],
    ids=["another finding", "another check rather than again the same", "points", "trust", "money"],
)
def test_every_part_counts(more: Brief, less: Brief) -> None:
    """More findings, points, money and a surer reading each put a form before another that is equal but for it."""
    assert rank(more).weight > rank(less).weight
    assert order([less, more]) == [more, less]


def test_a_measured_check_weighs_as_it_was_measured() -> None:
    """A doubt that was right nine times in ten weighs more than one of which nothing is known."""
    one = brief(asked={"JX401": 1})
    assert rank(one, JX401=Fraction(9, 10)).concern == Fraction(9, 5) * rank(one).concern


@settings(max_examples=40, deadline=None)
@given(briefs(), st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_the_order_of_the_folder(held: list[Brief], dice: object) -> None:
    """Shuffled forms come out in the same order, every form once."""
    shuffled = list(held)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    assert order(held) == order(shuffled)
    assert sorted(each.number for each in order(held)) == list(range(len(held)))


@settings(max_examples=40, deadline=None)
@given(briefs())
def test_the_reasons_hold_every_factor(held: list[Brief]) -> None:
    """What is told multiplies to the weight that is told, and every family with a finding is named."""
    for each in held:
        told = reasons(each, rank(each), CHECKS)
        assert all(text.zh and text.en for text in told)
        if each.asked:
            assert {CHECKS[code].family for code in each.asked} == {
                family
                for family in ("arithmetic", "clause", "doubt")
                if any(f"of {family}: " in text.en for text in told)
            }
            assert rank(each).weight == rank(each).concern * rank(each).money * rank(each).points * rank(each).trust
        else:
            assert told[0].en == "no open finding"


@pytest.mark.parametrize(
    "change",
    [
        ("[again]", "[againn]"), ('part = "1/4"', 'share = "1/4"'), ('"100"', '"0"'), ('"3"', '"many"'),
        ('"3"', '"-3"'),        ('"3"', "3"), ("[again]", "[again"),
    ],
)  # fmt: skip
def test_faulty_weights_are_refused(change: tuple[str, str]) -> None:
    """Unknown and missing keys, what is no number or below 0, and what is no TOML are refused."""
    load_weights(TEXT)
    with pytest.raises(WeightsRefused):
        load_weights(TEXT.replace(*change, 1))
