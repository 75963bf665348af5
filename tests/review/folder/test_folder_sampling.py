"""Samples: exactly as many as asked, each with its stated probability, the same from the same seed."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.review.folder.sampling import Candidate, Draw, draw, numbered, size_of

SEEDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@st.composite
def cases(make: st.DrawFn) -> tuple[list[Candidate], int, str, bool]:
    """Candidates, a size that can be drawn, a seed, and whether each unit is to give one."""
    weights = make(st.lists(st.fractions(Fraction(1, 100), 100, max_denominator=100), min_size=1, max_size=12))
    digests = [f"{make(st.integers(0, 9)):064x}" for _ in weights]
    numbers = numbered([(digest, "f", at) for at, digest in enumerate(digests)])
    units = [make(st.sampled_from("甲乙丙")) for _ in weights]
    held = [Candidate(*each) for each in zip(digests, numbers, weights, units, strict=True)]
    each_unit = make(st.booleans())
    return held, make(st.integers(len(set(units)) if each_unit else 0, len(held))), make(SEEDS), each_unit


def names(held: list[Candidate], drawn: Draw) -> set[tuple[str, int]]:
    """The drawn ones by name."""
    return {(held[at].digest, held[at].number) for at in drawn.chosen}


@settings(max_examples=40, deadline=None)
@given(cases())
def test_size_and_probabilities(case: tuple[list[Candidate], int, str, bool]) -> None:
    """Exactly n are drawn, probabilities are from 0 to 1 and sum to n, the sure are drawn, each unit gives one."""
    held, size, seed, each_unit = case
    drawn = draw(held, size, seed, each_unit=each_unit)
    assert len(set(drawn.chosen)) == len(drawn.chosen) == size
    assert sum(drawn.probabilities) == size
    assert all(0 <= share <= 1 for share in drawn.probabilities)
    assert {at for at, share in enumerate(drawn.probabilities) if share == 1} <= set(drawn.chosen)
    assert not any(drawn.probabilities[at] == 0 for at in drawn.chosen)
    if each_unit:
        assert {held[at].unit for at in drawn.chosen} == {each.unit for each in held}


@settings(max_examples=40, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_sample_does_not_depend_on_the_order(case: tuple[list[Candidate], int, str, bool], dice: object) -> None:
    """Shuffled candidates give the same sample with the same probabilities."""
    held, size, seed, each_unit = case
    shuffled = list(held)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    one, other = (draw(each, size, seed, each_unit=each_unit) for each in (held, shuffled))
    assert names(held, one) == names(shuffled, other)
    by_name = dict(zip(shuffled, other.probabilities, strict=True))
    assert [by_name[each] for each in held] == list(one.probabilities)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_probabilities_are_in_proportion_to_weight(case: tuple[list[Candidate], int, str, bool]) -> None:
    """Of those that are not sure, twice the weight is twice the probability."""
    held, size, seed, _ = case
    drawn = draw(held, size, seed)
    unsure = [(each.weight, share) for each, share in zip(held, drawn.probabilities, strict=True) if 0 < share < 1]
    assert len({share / weight for weight, share in unsure}) <= 1


@settings(deadline=None, max_examples=3)
@given(st.booleans(), st.integers(2, 5))
def test_over_many_seeds_each_is_drawn_as_often_as_stated(each_unit: bool, size: int) -> None:  # noqa: FBT001
    """Over 1,500 seeds every form is drawn with its stated probability, within five standard deviations."""
    weights = [Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2), Fraction(5), Fraction(40), Fraction(1)]
    held = [Candidate(f"{at:064x}", 0, weight, "甲乙"[at % 2]) for at, weight in enumerate(weights)]
    counts: Counter[int] = Counter()
    seeds = 1500
    for seed in range(seeds):
        counts.update(draw(held, size, str(seed), each_unit=each_unit).chosen)
    for at, share in enumerate(draw(held, size, "0", each_unit=each_unit).probabilities):
        spread = seeds * share * (1 - share)
        assert (counts[at] - seeds * share) ** 2 <= 25 * spread


def test_the_sample_of_a_seed_is_for_ever() -> None:
    """The method is fixed: this seed draws these forms, in whatever language it is written again."""
    held = [Candidate(f"{at:064x}", 0, Fraction(1 + at % 3)) for at in range(20)]
    assert draw(held, 5, "42").chosen == FOR_EVER
    assert draw(held, 5, "43").chosen != FOR_EVER


FOR_EVER = (2, 3, 11, 14, 16)


def test_forms_of_the_same_content_are_told_apart() -> None:
    """The same form in two files is drawn as two, numbered by file and place whatever order they come in."""
    assert numbered([("b", "2", 0), ("a", "9", 1), ("b", "1", 7), ("a", "9", 0)]) == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("asked", "count", "size"),
    [("10%", 7, 1), ("10%", 11, 2), ("100%", 7, 7), ("0.5%", 1000, 5), ("12", 7, 7), ("3", 7, 3), ("10%", 0, 0)],
)
def test_sizes(asked: str, count: int, size: int) -> None:
    """A number is a number, a share is rounded up, and there are never more than all."""
    assert size_of(asked, count) == size


@pytest.mark.parametrize("asked", ["0", "-1", "0%", "101%", "ten", "1.5", "1e9%", "", "%", "9999999999", "１０"])
def test_what_is_no_size_is_refused(asked: str) -> None:
    """What is neither a whole number from 1 on nor a share up to 100% is refused."""
    with pytest.raises(ValueError, match="no sample size"):
        size_of(asked, 7)


def test_too_small_for_the_units_is_refused() -> None:
    """A sample smaller than the number of units cannot have one of each."""
    held = [Candidate(f"{at:064x}", 0, Fraction(1), unit) for at, unit in enumerate("甲乙丙")]
    with pytest.raises(ValueError, match="3 units"):
        draw(held, 2, "1", each_unit=True)
