"""Numbers that a reader must not make: two lines of a cell, notes set high, struck figures, a unit at a row's label."""

from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from forms.by_hand import COLUMNS, FUNDS, GOAL, HEAD, TOTAL, C, grid, line, problems, sheet
from jixiao.reading.formats.html import read_html
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.glyphs import Line, text_of
from jixiao.reading.interpret.wording import join_two
from jixiao.reading.interpreter import interpret

ROW: list[str | C] = ["产出指标", "数量指标", "维修面积", "≥500平方米", "520平方米", "20", "20\n18", ""]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("20", "18", "20 18"), ("1200", "1100", "1200 1100"), ("8", "9.5", "8 9.5"), ("95%", "90%", "95% 90%"),
        ("1234567", "8.90", "12345678.90"), ("100.0", "0", "100.00"), ("1,234,", "567.00", "1,234,567.00"),
        ("12345", ".60", "12345.60"), ("98.5", "04", "98.504"),
        ("1684679.9025", "94", "1684679.902594"), ("100.00", "%", "100.00%"), ("2024年", "12月", "2024年12月"),
    ],
)  # fmt: skip
def test_two_numbers_over_one_another_stay_two(before: str, after: str, whole: str) -> None:
    """Lines are one number only where the break shows that it cut one."""
    assert join_two(before, after) == whole


def test_two_numbers_in_one_cell_are_no_number() -> None:
    """The field is empty and the problem says what was read: never 2018 points."""
    form = sheet(COLUMNS, ROW, TOTAL)
    assert form.indicators[0].score is None
    assert ("/indicators/0/score", "unreadable") in problems(form)


def test_a_note_set_high_is_no_figure_of_a_web_page() -> None:
    """1,200,000.50 with the note ² is no number, and 10³ is not 103."""
    page = "<table><tr><td>年度资金总额</td><td>1,200,000.50<sup>2</sup></td><td>18<sup>1</sup></td></tr></table>"
    texts = [cell.text for block in read_html(page.encode(), "a.html").blocks for cell in getattr(block, "cells", ())]
    assert texts == ["年度资金总额", "1,200,000.50²", "18¹"]


def test_a_struck_figure_of_a_web_page_is_left_out_and_said() -> None:
    """What is struck through does not hold any more."""
    read = read_html("<table><tr><td>得分</td><td><s>9</s>18</td></tr></table>".encode(), "a.html")
    texts = [cell.text for block in read.blocks for cell in getattr(block, "cells", ())]
    assert texts == ["得分", "18"]
    assert read.losses


def test_another_unit_at_a_fund_rows_label_leaves_the_unit_open() -> None:
    """万元 in the table's label and 亿元 in the row's: neither is taken."""
    funds = [list(row) for row in FUNDS]
    funds[1][0] = "年度资金总额（亿元）"
    form = sheet(*HEAD, *funds, *GOAL, COLUMNS, ROW, TOTAL, head=False)
    assert form.currency_unit is None
    assert ("/currency_unit", "unreadable") in problems(form)


def test_a_form_flattened_to_a_line_is_told() -> None:
    """A table that a program has made one line of text is not read, and that is said."""
    flat = line("项目名称乙 三级指标年度指标值实际完成值分值得分 培训人次≥10人12人9090 总分100")
    forms = interpret(grid(line("自评表"), [*HEAD, *FUNDS, *GOAL, COLUMNS, ROW, TOTAL], flat), "a.doc")
    assert any(problem.code == "not_read" and "项目名称乙" in problem.message for problem in forms[0].problems)
    assert forms[0].total.score == Decimal(99)


def test_a_sheet_in_which_nothing_is_merged_is_read_by_its_blanks() -> None:
    """Labels that were never merged over their blanks still name what stands below and beside them."""
    rows = [
        ["项目名称", "校舍维修", "", "", "", "", "", ""],
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", ""],
        ["", "修好校舍。", "", "", "", "已修好。", "", ""],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标", "数量指标", "维修面积", "≥500平方米", "520平方米", "90", "90", ""],
    ]
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    page = book.add_worksheet("表")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                page.write_string(number, column, text)
    book.close()
    (form,) = interpret(read_xlsx(data.getvalue(), "a.xlsx"), "a.xlsx")
    assert (form.goal.expected, form.goal.actual) == ("修好校舍。", "已修好。")
    assert form.indicators[0].weight == Decimal(90)


def test_two_columns_of_one_name_are_told() -> None:
    """Of two 得分 the first is taken, the second kept, and the reader is told to compare."""
    columns = [*COLUMNS[:5], "得分", "得分", COLUMNS[-1]]
    form = sheet(columns, [*ROW[:5], "18", "20", ""], [C("总分", 5), "98", "100", ""])
    assert form.indicators[0].score == Decimal(18)
    assert ("/indicators", "ambiguous") in problems(form)


def test_a_note_set_high_on_a_page_is_no_figure() -> None:
    """A small digit above the base line is a note; one of the same size, or on the line, is a figure."""
    figures = [(0, 0, 500, 1000, "1", False), (500, 0, 1000, 1000, "8", False)]
    assert text_of(Line(0, 1000, [*figures, (1000, 50, 1300, 700, "1", False)])) == "18¹"
    assert text_of(Line(0, 1000, [*figures, (1000, 0, 1500, 1000, "1", False)])) == "181"
    assert text_of(Line(0, 1000, [*figures, (1000, 350, 1300, 1000, "1", False)])) == "181"
