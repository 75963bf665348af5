"""The share of right questions that a check's figures tell."""

from datetime import date
from fractions import Fraction

from jixiao.review import Fairness


def share(right: int, arguable: int, wrong: int) -> Fraction:
    """The share of such figures."""
    return Fairness(right + arguable + wrong, right, arguable, wrong, 0, 1, date(2026, 11, 26)).share


def test_no_figures_are_a_half() -> None:
    """A check that asked nothing is as likely right as wrong."""
    assert share(0, 0, 0) == Fraction(1, 2)


def test_few_figures_say_little_and_many_say_much() -> None:
    """One right question gives two thirds, ninety-eight of ninety-eight 99 per cent."""
    assert share(1, 0, 0) == Fraction(2, 3)
    assert share(98, 0, 0) == Fraction(99, 100)
    assert share(0, 0, 98) == Fraction(1, 100)


def test_an_arguable_question_counts_half() -> None:
    """As many arguable questions as one likes leave the share at a half."""
    assert share(0, 40, 0) == Fraction(1, 2)
    assert share(2, 2, 0) == Fraction(2 * 2 + 2 + 2, 2 * 4 + 4)
