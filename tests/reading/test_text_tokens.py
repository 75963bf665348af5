"""How a text becomes tokens: gaps, places, dates, page numbers."""

import pytest

from jixiao.reading.text.tokens import Gap, joined, tokenize


def gaps(text: str) -> list[tuple[str, Gap]]:
    """Tokens and what stands before them."""
    return [(token.text, token.gap) for token in tokenize(text)]


def test_a_line_break_is_a_paragraph_where_no_lines_are_blank() -> None:
    """Without blank lines, line breaks are all the same; two blank lines are a page."""
    assert gaps("甲\n乙 丙\n\n\n丁") == [
        ("甲", Gap.PAGE), ("乙", Gap.PARAGRAPH), ("丙", Gap.SPACE), ("丁", Gap.PAGE),
    ]  # fmt: skip


def test_a_single_line_break_differs_where_blank_lines_are_usual() -> None:
    """Where blank lines stand between lines, a line break without one is less."""
    found = [gap for _, gap in gaps("甲\n\n乙\n丙\n\n丁\n\n戊")]
    assert found[1:] == [Gap.PARAGRAPH, Gap.LINE, Gap.PARAGRAPH, Gap.PARAGRAPH]


def test_a_form_feed_is_a_page_wherever_it_stands() -> None:
    """A form feed cuts a line, and places still count its characters."""
    tokens = tokenize("优\f乙 丙\n丁")
    assert [(t.text, t.gap, t.line, t.column) for t in tokens][1:3] == [("乙", Gap.PAGE, 1, 3), ("丙", Gap.SPACE, 1, 5)]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("（2024 年度）", ["（2024年度）"]),
        ("在 2024 年 12 月 31 日前完成", ["在2024年12月31日前完成"]),
        ("10.00 年初目标偏低", ["10.00", "年初目标偏低"]),
        ("5 日常维护", ["5", "日常维护"]),
        ("指标1： 培训人数 ……", ["培训人数"]),
        ("数量|质量 | 时效", ["数量", "质量", "时效"]),
    ],
)
def test_chunks_of_a_line(line: str, texts: list[str]) -> None:
    """Blanks inside dates go, blanks between cells stay, template filler is no text."""
    assert [token.text for token in tokenize(line)] == texts


def test_page_numbers_are_left_out() -> None:
    """A page number at the end of a page is not part of the cell that the page cuts."""
    assert [token.text for token in tokenize("甲\n第 1 页 共 3 页\n\f乙\n— 2 —\f丙")] == ["甲", "乙", "丙"]


def test_joined_keeps_blanks_between_latin_words_only() -> None:
    """Wrapped 中文 is joined without blanks, words of one Latin line with one."""
    assert joined(tokenize("使用 open data\n平台")) == "使用open data平台"
