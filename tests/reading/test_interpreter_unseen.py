"""What layouts have that no family has: where the reader decides, where it doubts, and what it does not take."""

from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs

from forms.by_hand import COLUMNS, FUNDS, HEAD, ROW, TOTAL, C, extra, grid, line, one, problems, sheet, table
from jixiao.form import Execution, FundRow, Total
from jixiao.layout.grid import Table
from jixiao.reading.interpreter import interpret

TITLE = line("2023年度项目绩效自评表")


def test_amounts_in_a_row_of_other_things_are_read_and_unsure() -> None:
    """年初预算 beside the person in charge is the project's budget, its place no surer than 0.9; the note its unit."""
    form = one(
        grid(TITLE, [["项目名称", C("校舍维修", 3)], ["项目负责人", "张某", "年初预算（万元）", "50.00"], COLUMNS, ROW])
    )
    assert form.funds.total.initial == Decimal("50.00")
    assert form.places["/funds/total/initial"][0].confidence == Decimal("0.9")
    assert form.currency_unit == "万元"


def test_two_amounts_under_one_label_leave_it_open() -> None:
    """预算金额 twice with other numbers: neither is taken, both are kept."""
    rows = [["项目名称", "甲", "预算金额", "50"], ["项目负责人", "乙", "预算金额", "60"]]
    form = one(grid(TITLE, [*rows, COLUMNS, ROW]))
    assert form.funds.total == FundRow()
    assert extra(form, "预算金额") == [("50", None), ("60", None)]


def test_a_fund_row_says_more_than_an_amount_elsewhere() -> None:
    """The total row's budget is the form's; another beside the project's name is an extra."""
    rows: list[list[str | C]] = [["项目名称", C("甲", 4), "预算金额", C("999.00", 2)], *HEAD[1:], *FUNDS, COLUMNS, ROW]
    form = one(grid(TITLE, rows))
    assert form.funds.total.adjusted == Decimal("100.00")
    assert extra(form, "预算金额") == [("999.00", None)]


def test_the_execution_among_the_indicators_counts_once() -> None:
    """预算执行率（10分） as a first-level heading gives the execution's points and score; its target is an extra."""
    funds: list[list[str | C]] = [
        [C("项目资金（万元）", 1, 2), "", "年初预算数", "全年预算数", "全年执行数", C("执行率", 3)],
        ["年度资金总额", "120.00", "100.00", "90.00", C("90%", 3)],
    ]
    row: list[str | C] = ["预算执行率（10分）", "预算执行率", "执行率", "100%", "90%", "10", "9", ""]
    form = sheet(*HEAD, *funds, COLUMNS, row, ROW, head=False)
    assert form.execution == Execution(Decimal(10), Decimal(90), Decimal(9))
    assert [each.name for each in form.indicators] == ["维修面积"]
    assert ("100%", "/execution") in extra(form, "年度指标值")
    assert "预算执行率" not in form.declared_weights


def test_an_execution_printed_twice_with_other_points_stays_as_printed() -> None:
    """The fund rows give 9 of 10, the indicators 8 of 20: neither is lost, the row stays an indicator."""
    form = sheet(COLUMNS, ["预算执行率", "预算执行率", "执行率", "100%", "90%", "20", "8", ""], ROW)
    assert form.execution == Execution(Decimal(10), Decimal(90), Decimal(9))
    assert form.indicators[0].score == Decimal(8)


def test_a_fund_table_beside_the_head() -> None:
    """Name and department at the left, amounts at the right of the same rows: both are read."""
    form = one(
        grid(
            TITLE,
            [
                ["项目名称", C("甲", 2), "资金情况（元）", "年初预算数", "全年预算数", "全年执行数", "执行率"],
                ["主管部门", C("乙局", 2), "年度资金总额", "210", "198", "99", "50%"],
                ["联系人", C("丙", 2), "其他资金", "0", "0", "0", ""],
                COLUMNS,
                ROW,
            ],
        )
    )
    assert (form.project.name, form.department, form.currency_unit) == ("甲", "乙局", "元")
    assert form.funds.total == FundRow(Decimal(210), Decimal(198), Decimal(99))
    assert (form.execution.rate, extra(form, "联系人")) == (Decimal(50), [("丙", None)])


def test_funds_above_the_name_go_with_the_form_below_them() -> None:
    """Two forms, the fund table of each above its 项目名称: neither takes the other's amounts."""
    forms = interpret(grid(TITLE, funds_first("甲", "100"), TITLE, funds_first("乙", "200")), "手工.pdf")
    assert [(form.project.name, str(form.funds.total.adjusted)) for form in forms] == [("甲", "100"), ("乙", "200")]


def funds_first(name: str, amount: str) -> list[list[str | C]]:
    """A form whose fund table stands above the project's name."""
    return [
        [C("项目资金（万元）", 1, 2), "", "年初预算数", C("全年预算数", 2), C("全年执行数", 3)],
        ["年度资金总额", amount, C(amount, 2), C(amount, 3)],
        ["项目名称", C(name, 7)],
        COLUMNS,
        ROW,
        [C("总分", 5), "90", "90", ""],
    ]


@pytest.mark.parametrize("row", [["合计", "2400000", "2016000"], ["合计", "2400000.00", "84"]])
def test_a_sum_of_money_is_no_total(row: list[str | C]) -> None:
    """合计 under strange headers above the indicators does not speak of points: the total is missing."""
    form = sheet(["指标文号", "甲列", "乙列"], row, COLUMNS, ROW, head=False)
    assert form.total == Total()
    assert ("/total/score", "missing") in problems(form)


def test_two_sums_of_which_the_score_would_be_the_greater() -> None:
    """总分 100 beside 总分值 92: which is the score cannot be told, so neither is."""
    form = sheet(COLUMNS, ROW, [C("总分", 2), C("100", 2), "总分值", "92", "等级", "优"])
    assert (form.total, form.grade) == (Total(), "优")


def test_a_note_about_grades_is_no_grade() -> None:
    """2.自评等级：划分为4档 below the form leaves the grade that was read as it is."""
    form = one(
        grid(
            TITLE, [*HEAD, COLUMNS, ROW, [C("自评等级", 5), C("良", 3)]], line("2.自评等级：划分为4档，100-90分为优。")
        )
    )
    assert form.grade == "良"


def test_a_remark_and_a_strange_sum_below_the_indicators_are_none() -> None:
    """A cell across words and points is no indicator's, nor a label across the headings with numbers behind it."""
    form = sheet(
        COLUMNS, ROW, [C("需补充的话", 2), C("无法写在别处的话。", 6)], [C("两项之和", 5), "90", "90", ""], head=False
    )
    assert [each.name for each in form.indicators] == ["维修面积"]
    assert extra(form, "需补充的话") == [("无法写在别处的话。", None)]


def test_labels_in_two_languages() -> None:
    """项目名称 Project, 得分 Score and 产出指标 Output are read by their Chinese words; Output is kept."""
    header = ["一级指标 Level 1", "二级指标 Level 2", "三级指标 Name", "年度指标值 Target", "实际完成值 Actual"]
    form = one(
        grid(
            line("项目支出绩效自评表 Self-evaluation"),
            line("（2024年度 / FY2024）"),
            [
                ["项目名称 Project", C("实验室", 6)],
                [*header, "分值 Weight", "得分 Score"],
                ["产出指标 Output", "数量指标 Quantity", "房间", "42间", "40间", "30", "28"],
            ],
        )
    )
    assert (form.fiscal_year, form.project.name) == (2024, "实验室")
    assert (form.indicators[0].level1, form.indicators[0].level2) == ("产出指标", "数量指标")
    assert extra(form, "产出指标") == [("Output", None)]


def test_a_target_in_words_beside_a_column_for_numbers() -> None:
    """定量指标值 is empty where 定性指标值 holds the target; both filled, the second is an extra."""
    header: list[str | C] = ["一级指标", "三级指标", "定量指标值", "定性指标值", "实际完成值", "分值", C("得分", 2)]
    form = sheet(
        header,
        ["产出指标", "场次", "≥5场", "", "5场", "40", C("40", 2)],
        ["效益指标", "影响", "", "持续提升", "提升", "50", C("45", 2)],
    )
    assert [each.target.text for each in form.indicators] == ["≥5场", "持续提升"]


def test_a_table_of_labels_and_values_only_is_a_form_without_indicators() -> None:
    """项目名称 under a title of self-evaluation: what has a label is read, the indicators are said to be missing."""
    form = one(grid(TITLE, [["项目名称", "甲"], ["自评总分", "97.1"], ["自评等级", "优"]]))
    assert (form.project.name, form.total.score, form.grade) == ("甲", Decimal("97.1"), "优")
    assert ("/indicators", "missing") in problems(form)


def test_a_table_without_a_title_of_self_evaluation_is_no_form() -> None:
    """项目名称 and a sum alone, as in a contract, make no form."""
    assert interpret(grid(line("采购合同"), [["项目名称", "甲"], ["合计", "97.1"]]), "手工.pdf") == ()


def test_a_fund_table_that_lies_on_its_side() -> None:
    """Sources across, budgets and execution down: each source has its amounts, the whole its rate and points."""
    rows: list[list[str | C]] = [
        ["项目名称", C("书房", 4)],
        [C("项目资金（万元）", 1, 6), "项目", "合计", "财政拨款", "其他资金"],
        ["年初预算数", "320", "300", "20"],
        ["全年执行数", "291", "271", "20"],
        ["执行率", "97%", "90%", "100%"],
        ["分值", "10", "", ""],
        ["得分", "9.7", "", ""],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
        ["产出指标", "书房", "18个", "18个", "90"],
    ]
    form = one(grid(TITLE, rows))
    assert form.funds.total == FundRow(Decimal(320), None, Decimal(291))
    assert form.funds.current_year == FundRow(Decimal(300), None, Decimal(271))
    assert form.funds.other == FundRow(Decimal(20), None, Decimal(20))
    assert form.execution == Execution(Decimal(10), Decimal(97), Decimal("9.7"))
    assert form.places["/funds/other/executed"][0].cell == "S!4:5"


def test_of_two_years_in_the_headers_the_later_counts() -> None:
    """2022年实际值 beside 2023年实际值: the later is what was done, the other an extra of its row."""
    header: list[str | C] = [
        "一级指标",
        "三级指标",
        "2022年实际值",
        "2023年目标值",
        "2023年实际值",
        "分值",
        C("得分", 2),
    ]
    form = sheet(header, ["产出指标", "场次", "4场", "≥5场", "6场", "90", C("90", 2)])
    (only,) = form.indicators
    assert (only.target.text, only.actual.text) == ("≥5场", "6场")
    assert extra(form, "2022年实际值") == [("4场", "/indicators/0")]


def test_an_amount_behind_its_label_in_one_cell() -> None:
    """预算金额：260万元 in a cell of the table is the budget, and tells the unit."""
    form = one(
        grid(TITLE, [["项目名称：甲", "负责人：乙"], ["预算金额：260万元", "支出金额：258.7万元"], COLUMNS, ROW])
    )
    assert form.funds.total == FundRow(None, Decimal(260), Decimal("258.7"))
    assert form.currency_unit == "万元"
    assert form.places["/currency_unit"]


def test_a_fund_row_is_told_though_one_recognised_letter_is_wrong() -> None:
    """其他资余, as recognised, is 其他资金, its amounts no surer than 0.9; copied letters are taken as they are."""
    rows: list[list[str | C]] = [*HEAD, *FUNDS, ["", "其他资余", *["7.00"] * 3, "", "", ""], COLUMNS, ROW, TOTAL]
    copied = one(grid(TITLE, rows))
    assert copied.funds.other == FundRow()
    block = grid(TITLE, rows).blocks[1]
    assert isinstance(block, Table)
    cells = tuple(
        replace(cell, places=tuple(structs.replace(place, confidence=Decimal("0.95")) for place in cell.places))
        for cell in block.cells
    )
    read = one(grid(TITLE, replace(block, cells=cells)))
    assert read.funds.other.executed == Decimal("7.00")
    assert read.places["/funds/other/executed"][0].confidence == Decimal("0.9")


def test_a_speck_recognised_as_a_figure_leaves_the_header_a_header() -> None:
    """1 in the empty corner of the fund table, as recognised, is no value: the rows below are read and it is kept."""
    funds = [[FUNDS[0][0], "1", *FUNDS[0][2:]], *FUNDS[1:]]
    block = table([*HEAD, *funds, COLUMNS, ROW, TOTAL])
    cells = tuple(
        replace(cell, places=tuple(structs.replace(place, confidence=Decimal("0.5")) for place in cell.places))
        for cell in block.cells
    )
    form = one(grid(TITLE, replace(block, cells=cells)))
    assert form.funds.total.executed == Decimal("90.00")
    assert "1" in {each.text for each in form.extras}


def test_a_score_above_its_points_is_read_where_both_stand_under_their_columns() -> None:
    """A total that cannot be is the form's own fault, and a question; only numbers without columns are left open."""
    rows: list[list[str | C]] = [*HEAD, *FUNDS, COLUMNS, ROW, [C("总分", 5), "100", "101.45", ""]]
    assert one(grid(TITLE, rows)).total == Total(Decimal(100), Decimal("101.45"))
