"""From a recogniser's numbers to text: decoding, widths of punctuation, spaces, and what is kept as another reading."""

import numpy as np
import pytest

from jixiao.reading.scan.ink import Rect
from jixiao.reading.scan.letters import Letter, Reading, decode
from jixiao.reading.scan.strips import Strip
from jixiao.reading.scan.typeset import settle_widths, signs_of, tally, text_of

CLASSES = ("", "1", "2", ".", " ")


def answer(*columns: tuple[float, ...]) -> Reading:
    """What is decoded from the probabilities of the classes, a column each."""
    return decode(np.array(columns, np.float32), CLASSES)


def test_repeated_columns_are_one_letter_and_a_blank_parts_two() -> None:
    """Columns of one class in a row are one letter; with a blank between they are two."""
    one, blank = (0.0, 1.0, 0, 0, 0), (1.0, 0, 0, 0, 0)
    assert answer(one, one, blank, one).text == "11"
    assert answer(one, one, one).text == "1"
    assert answer(blank, blank).text == ""


def test_what_else_a_letter_may_be_is_kept() -> None:
    """The other likely classes of a letter's clearest column stand beside it, the likeliest first."""
    (letter,) = answer((0.02, 0.7, 0.2, 0.08, 0)).letters
    assert letter.text == "1"
    assert letter.share == pytest.approx(0.7)
    assert [text for text, _ in letter.rivals] == ["2", ".", ""]


def test_a_sure_letter_has_no_rivals() -> None:
    """Nothing else is offered for a letter that is all but certain."""
    assert answer((0.001, 0.998, 0.001, 0, 0)).letters[0].rivals == ()


def test_a_letter_that_may_have_been_missed_lowers_the_whole() -> None:
    """A blank that nearly was a letter makes the reading less sure."""
    sure, nearly = (0.0, 1.0, 0, 0, 0), (0.6, 0, 0.4, 0, 0)
    reading = answer(sure, (1.0, 0, 0, 0, 0), nearly)
    assert reading.text == "1"
    assert reading.least == pytest.approx(0.6)


def strip_of(*runs: tuple[int, int], em: float = 40) -> Strip:
    """A strip of 48 rows whose ink stands in these columns."""
    right = runs[-1][1] + 14
    return Strip(np.full((48, right), 255, np.uint8), Rect(0, 0, right, 48), 0, "", False, runs, em)  # noqa: FBT003


def reading_of(text: str, *runs: tuple[int, int]) -> Reading:
    """A reading of one letter for each run of ink."""
    return Reading(tuple(Letter(letter, 1.0, *run, ()) for letter, run in zip(text, runs, strict=True)), 0.0)


def printed(text: str, *runs: tuple[int, int], habit: int = 0) -> str:
    """The text as it was printed, of letters read at runs of ink."""
    signs = signs_of(strip_of(*runs), reading_of(text, *runs))
    return text_of(settle_widths([signs], habit)[0])


def test_a_bracket_with_paper_outside_is_full_width() -> None:
    """The model's "(" is printed "（" where half a letter of paper stands before it, and its partner agrees."""
    assert printed("金(元)", (0, 38), (62, 70), (72, 110), (112, 120)) == "金（元）"
    assert printed("次(元)", (0, 38), (42, 50), (52, 90), (92, 100)) == "次(元)"


def test_a_comma_after_chinese_at_a_line_s_end_is_full_width() -> None:
    """Where the ink does not tell, a comma is as wide as the letter before it."""
    assert printed("元,", (0, 38), (42, 48)) == "元，"
    assert printed("1,", (0, 18), (22, 28)) == "1,"


def test_brackets_that_nothing_tells_follow_the_habit_of_the_page() -> None:
    """A line that is one bracketed word is printed as most brackets of the page."""
    runs = (0, 8), (10, 48), (50, 58)
    assert printed("(年)", *runs, habit=3) == "（年）"
    assert printed("(年)", *runs, habit=-3) == "(年)"


def test_the_habit_of_a_page_counts_brackets_that_are_told() -> None:
    """Full-width ones count for, half-width ones against."""
    runs = (0, 38), (62, 70), (72, 110), (112, 120)
    assert tally(signs_of(strip_of(*runs), reading_of("金(元)", *runs))) == 1
    assert tally(signs_of(strip_of(*runs), reading_of("金(%)", *runs))) == 0


def test_a_speck_read_as_a_point_is_left_out() -> None:
    """A point before a number or behind a decimal one is dust; the point of a list's number stays."""
    assert printed(".48", (0, 4), (8, 26), (28, 46)) == "48"
    assert printed("3.6.", (0, 18), (22, 26), (28, 46), (50, 54)) == "3.6"
    assert printed("。2.", (0, 12), (40, 58), (62, 66)) == "。2."


def test_a_model_s_space_beside_chinese_is_none() -> None:
    """Between Chinese and digits the small gap of typesetting is no space; between words it is one."""
    runs = (0, 38), (38, 44), (44, 60)
    assert printed("年 1", *runs) == "年1"
    assert printed("a b", *runs) == "a b"


def test_a_gap_as_wide_as_a_letter_is_a_space() -> None:
    """It is one between Chinese, too; after a comma, which has paper of its own, it has to be wider."""
    assert printed("甲乙", (0, 38), (90, 128)) == "甲 乙"
    assert printed("甲，乙", (0, 38), (42, 50), (100, 138)) == "甲，乙"


def test_figures_as_far_apart_as_chinese_letters_are_full_width() -> None:
    """Their pitch tells figures of two widths apart, and a per cent sign beside full-width ones is full-width."""
    assert printed("36%", (10, 30), (50, 70), (82, 118)) == "３６％"
    assert printed("36%", (10, 28), (30, 48), (50, 84)) == "36%"
