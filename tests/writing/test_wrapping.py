"""Lines of a given width in cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from jixiao.writing.wrapping import fold_lines, pad

TEXTS = st.text(alphabet=st.sampled_from("预算数，。（）「」 abc1.2%-—\n\t\x1b…"), max_size=80)


@given(TEXTS, st.integers(min_value=2, max_value=30))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: int) -> None:
    """Every line fits, and all printable letters of the text are there in order."""
    lines = fold_lines(text, width)
    assert all(cell_len(line) <= width for line in lines)
    kept = "".join(letter for letter in text if letter.isprintable() and not letter.isspace())
    assert "".join("".join(lines).split()) == kept


def test_closing_mark_never_begins_a_line() -> None:
    """A full stop or closing bracket goes with the letter before it, an opening one with the letter after."""
    assert fold_lines("执行率为百分之百。", 16) == ["执行率为百分之", "百。"]
    assert fold_lines("请说明原因（附件）", 12) == ["请说明原因", "（附件）"]


def test_latin_words_are_not_parted() -> None:
    """A number or Latin word that does not fit goes whole to the next line; one longer than a line is cut."""
    assert fold_lines("只有年初的 1.2%，未改", 14) == ["只有年初的", "1.2%，未改"]
    assert fold_lines("abcdefgh", 3) == ["abc", "def", "gh"]


def test_line_breaks_of_the_text_are_kept() -> None:
    """A line break begins a new line, an empty line stays."""
    assert fold_lines("一\n\n二", 10) == ["一", "", "二"]


def test_pad_counts_cells() -> None:
    """A 中文 letter counts two cells when padding."""
    assert pad("读到", 6) == "读到  "
    assert pad("已经很长了", 6) == "已经很长了"
