"""What is put right by shape in numbers, what is only offered, and how far a reading is trusted."""

from decimal import Decimal

import pytest

from jixiao.reading.scan.mend import candidates, mended
from jixiao.reading.scan.trust import is_no_number, load_table, trust_of
from jixiao.reading.scan.typeset import Sign


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("1O.00", "10.00"), ("O.00", "0.00"), ("1l.5%", "11.5%"), ("10。54", "10.54"), ("1，234.50", "1,234.50"),
        ("12 .50", "12.50"), ("PM2.5、O3", "PM2.5、O3"), ("3，其中", "3，其中"),
        ("O2O平台", "O2O平台"), ("10:30", "10:30"), ("67.00ºo", "67.00%"), ("86(°o)", "86(%)"), ("96%0", "96%"),
        ("69(00)", "69(%)"), ("25°", "25°"), ("5%，0项", "5%，0项"), ("100%03室", "100%03室"),
    ],
)  # fmt: skip
def test_shapes_in_numbers_are_put_right_and_words_stay(read: str, printed: str) -> None:
    """A letter or a Chinese point between figures is the figure or point it looks like; elsewhere it stays."""
    assert mended(read) == printed


@pytest.mark.parametrize("text", ["10.54.", "40,00", "30:0O", "1..2", "12,34,5"])
def test_figures_that_are_no_number_are_not_trusted(text: str) -> None:
    """However sure the models are, such a text is doubtful."""
    assert is_no_number(text)
    assert trust_of("agree", 1.0, text) <= Decimal("0.5")


def test_a_sign_that_has_two_widths_is_never_wholly_trusted() -> None:
    """Nothing tells "＞" from ">", so a text that holds one is not above 0.99."""
    assert trust_of("agree", 1.0, ">71%") < Decimal("0.99") < trust_of("agree", 1.0, "≥71%")


@pytest.mark.parametrize("text", ["10.54", "1,234.00", "0", "2024", "100.00%", "1月", "≥7.00(次)", "10/10", "-"])
def test_numbers_and_words_are_not_taken_for_broken_numbers(text: str) -> None:
    """A well-formed number, and whatever is more than figures, is judged by the models alone."""
    assert not is_no_number(text)


def test_a_broken_number_is_offered_with_a_point() -> None:
    """A comma or colon before the last two figures may have been a point: offered, not chosen."""
    signs = [Sign(letter, 1.0) for letter in "40,00"]
    assert candidates(signs, (), "40,00") == [("40.00", 0.3)]


def test_rivals_of_a_letter_make_other_readings_likeliest_first() -> None:
    """Each rival in its place is a reading; so is what the other model read; the text itself is none."""
    signs = [Sign("1", 0.9, (("7", 0.08), ("", 0.001))), Sign("0", 1.0)]
    assert candidates(signs, (("16", 0.2), ("10", 0.5)), "10") == [("16", 0.2), ("70", 0.08)]


def test_trust_grows_with_the_models_probability_and_agreement() -> None:
    """In each state the table is monotone, and two models that agree are trusted at least as one that was asked."""
    table = load_table()
    for ends, trusts in table.values():
        assert list(ends) == sorted(ends)
        assert list(trusts) == sorted(trusts)
        assert all(0 < trust < 1 for trust in trusts)
    assert trust_of("agree", 0.999, "12") > trust_of("differ", 0.999, "12")
