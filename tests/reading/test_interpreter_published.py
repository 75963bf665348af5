"""Forms as they are published, written by hand from what such forms print; nothing here comes from the generator."""

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.by_hand import (
    COLUMNS,
    FILE,
    FUNDS,
    GOAL,
    HEAD,
    ROW,
    TOTAL,
    C,
    extra,
    grid,
    line,
    one,
    problems,
    sheet,
    table,
)
from jixiao.form import FundRow, Place, Total
from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading.interpreter import interpret

YUNNAN_HEAD: list[list[str | C]] = [
    ["项目名称", C("农村厕所革命奖补资金", 9)],
    [C("主管部门", 2), C("某区农业农村局", 4), "实施单位", C("某区农村能源站", 3)],
    [C("项目资金（元）", 2, 2), C("", 2), "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [C("年度资金总额", 2), "0.00", "1,260,000.00", "1,134,000.00", "10.00", "90.00%", "9.00"],
    [C("年度总体目标", 2, 2), C("预期目标", 4), C("实际完成情况", 4)],
    [C("改造630座。", 4), C("改造630座，验收合格。", 4)],
    [C("项目支出绩效指标表", 10)],
]
YUNNAN_TIERS: list[list[str | C]] = [
    [
        C("绩效指标", 3), C("年度指标值", 3), C("实际完成值", 1, 2), C("分值", 1, 2), C("得分", 1, 2),
        C("偏差原因分析及改进措施", 1, 2),
    ],
    ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
]  # fmt: skip
YUNNAN_ROWS: list[list[str | C]] = [
    [C("产出指标", 1, 2), "数量指标", "改造户厕数量", "＝", "630.00", "座", "630.00", "50.00", "50.00", ""],
    ["时效指标", "资金拨付及时率", "═", "100.00", "%", "90.00", "40.00", "36.00", "国库资金紧张"],
]


def test_a_header_whose_upper_tier_names_groups() -> None:
    """绩效指标 over three levels and 年度指标值 over sign, value and unit, the other labels reaching through both."""
    form = one(grid(line("项目支出绩效自评表"), [*YUNNAN_HEAD, *YUNNAN_TIERS, *YUNNAN_ROWS]))
    first, second = form.indicators
    assert (first.target.text, first.target.operator, first.actual.text) == ("＝630.00座", "=", "630.00")
    assert (second.weight, second.score, second.deviation) == (Decimal("40.00"), Decimal("36.00"), "国库资金紧张")
    assert (second.level1, second.level2, second.name) == ("产出指标", "时效指标", "资金拨付及时率")
    assert (form.goal.expected, form.goal.actual) == ("改造630座。", "改造630座，验收合格。")
    assert extra(form, "unplaced") == [("项目支出绩效指标表", None)]


def test_groups_over_columns_without_merged_cells() -> None:
    """The same header typed without merging anything: group names above, columns below, blanks between."""
    tiers: list[list[str | C]] = [
        ["绩效指标", "", "", "年度指标值", "", "", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "", "", "", ""],
    ]
    rows: list[list[str | C]] = [
        ["产出指标", "数量指标", "改造户厕数量", "＝", "630", "座", "631", "50", "49", "一座未验收"]
    ]
    form = one(grid(line("项目支出绩效自评表"), [*YUNNAN_HEAD, *tiers, *rows]))
    (only,) = form.indicators
    assert (only.target.text, only.actual.text, only.weight, only.score) == ("＝630座", "631", Decimal(50), Decimal(49))
    assert only.deviation == "一座未验收"


def test_sum_of_points_and_sum_of_scores_in_one_row() -> None:
    """总分 beside 总得分 is the sum of the points, and so is 总分值 after a bare 总分."""
    rows: list[list[str | C]]
    for label in ("总分", "合计"):
        rows = [[C(label, 4), "100.00", C("总得分", 2), "95.00"], [C("自评等级", 4), C("优", 4)]]
        assert sheet(COLUMNS, ROW, *rows).total == Total(Decimal("100.00"), Decimal("95.00"))
    rows = [[C("总分", 2), "总分值", "100.00", "总得分", "95.00", "自评等级", "优"]]
    form = sheet(COLUMNS, ROW, *rows)
    assert (form.total, form.grade) == (Total(Decimal("100.00"), Decimal("95.00")), "优")
    rows = [[C("总分值", 2), "100.00", C("合计", 2), "95.00", C("自评等级", 1), "优"]]
    assert sheet(COLUMNS, ROW, *rows).total == Total(Decimal("100.00"), Decimal("95.00"))


def test_two_rows_of_totals_do_not_run_together() -> None:
    """合计 of the indicators and 总分 of the form: the form's is the total, the other an extra."""
    form = sheet(COLUMNS, ROW, [C("合计", 5), "90", "88", ""], [C("总分", 5), "100", "97", ""])
    assert form.total == Total(Decimal(100), Decimal(97))
    assert extra(form, "合计") == [("90", None), ("88", None)]


def test_a_line_that_holds_the_number_of_the_table_the_unit_and_the_year() -> None:
    """公开14表　单位：元　2022年度: unit and year are read, the number of the table is kept."""
    rows = [HEAD[0], HEAD[1], [C("项目资金", 1, 2), *FUNDS[0][1:]], FUNDS[1], COLUMNS, ROW]
    form = one(grid(line("公开14表　　　单位：元　　2022年度"), rows))
    assert (form.fiscal_year, form.currency_unit) == (2022, "元")
    assert extra(form, "unplaced") == [("公开14表", None)]
    form = one(grid(line("编制单位：某中心　　2023年度　　金额单位：元"), rows))
    assert (form.fiscal_year, form.currency_unit) == (2023, "元")
    assert extra(form, "编制单位") == [("某中心", None)]


def test_a_year_in_brackets_beside_the_unit() -> None:
    """（ 2022年度 ）　单位：万元 above the table, and a date of filling in that is no year of the form."""
    rows = [HEAD[0], HEAD[1], [C("项目资金", 1, 2), *FUNDS[0][1:]], FUNDS[1], COLUMNS, ROW]
    form = one(grid(line("（ 2022年度 ）　　　　　　　　　　　　单位：万元"), rows))
    assert (form.fiscal_year, form.currency_unit) == (2022, "万元")
    form = one(grid(line("填报单位：某中心　填报日期： 2024 年 3 月　单位：万元"), rows))
    assert (form.fiscal_year, form.currency_unit) == (None, "万元")
    assert extra(form, "填报日期") == [("2024 年 3 月", None)]


def test_brackets_of_a_value_in_a_line_stay() -> None:
    """（单位：万元）and 某局（本级） in one line: the note's bracket goes, the value's own stays."""
    form = one(grid(line("（单位：万元　填报单位：某局（本级））"), [HEAD[0], COLUMNS, ROW]))
    assert (form.currency_unit, form.unit) == ("万元", "某局（本级）")


def test_sichuan_prints_what_was_done_below_the_goal() -> None:
    """2.项目实施内容及过程概述 in 项目基本情况 is no goal; 年度预算数（万元） over the labels is no amount."""
    form = sheet(
        [C("项目名称", 2), C("51000021R000000019951-公务交通补贴", 8)],
        [C("项目基本情况", 1, 3), C("1.项目年度目标完成情况", 1, 2), C("项目年度目标", 4), C("年度目标完成情况", 4)],
        [C("保障16人公务出行。", 4), C("已保障16人。", 4)],
        ["2.项目实施内容及过程概述", C("按月造册发放。", 8)],
        [
            C("预算执行情况（10分）", 1, 3), C("年度预算数（万元）", 2), "年初预算", "调整后预算数", "预算执行数",
            "预算执行率", "权重", "得分", "原因",
        ],
        [C("总额", 2), "23.45", "21.60", "19.08", "88.33%", "10", "8.83", C("年中2人调出。", 1, 2)],
        [C("其中：财政资金", 2), "23.45", "21.60", "19.08", "88.33%", "/", "/"],
        head=False,
    )  # fmt: skip
    assert (form.goal.expected, form.goal.actual) == ("保障16人公务出行。", "已保障16人。")
    assert extra(form, "2.项目实施内容及过程概述") == [("按月造册发放。", None)]
    assert (form.currency_unit, form.funds.current_year) == (
        "万元",
        FundRow(Decimal("23.45"), Decimal("21.60"), Decimal("19.08")),
    )
    assert extra(form, "原因") == [("年中2人调出。", "/funds/total")]
    assert extra(form, "unplaced") == []


def test_the_title_of_a_publication_is_not_the_title_of_its_form() -> None:
    """A line that ends in 表 is the title though another line about 绩效自评 stands above it."""
    form = one(grid(line("2022年度项目绩效自评结果公开"), line("项目支出绩效自评表"), [*HEAD, *FUNDS, COLUMNS, ROW]))
    assert (form.title, form.fiscal_year) == ("项目支出绩效自评表", 2022)
    assert extra(form, "unplaced") == [("2022年度项目绩效自评结果公开", None)]


def test_labels_nobody_knows_behind_one_that_is_known() -> None:
    """财政归口科 with its value, in the row of 主管部门, is an extra of its own."""
    form = sheet(
        [C("项目名称", 2), C("甲", 6)],
        ["主管部门", C("教育局", 3), "财政归口科", C("教科文", 3)],
        COLUMNS,
        ROW,
        head=False,
    )
    assert form.department == "教育局"
    assert extra(form, "财政归口科") == [("教科文", None)]


def test_amounts_with_a_label_of_their_own() -> None:
    """预算数：60.00 执行数：58.5 side by side, and their parts in the rows below, are the fund rows."""
    rows: list[list[str | C]] = [
        [C("项目名称", 2), C("甲", 4)],
        [C("预算执行情况（万元）", 1, 3), "预算数：", C("60.00", 2), "执行数：", "58.5"],
        ["其中：财政拨款", C("50.00", 2), "其中：财政拨款", "50.00"],
        ["其他资金", C("10.00", 2), "其他资金", "8.5"],
        COLUMNS,
        ROW,
    ]
    form = sheet(*rows, head=False)
    assert form.funds.total == FundRow(None, Decimal("60.00"), Decimal("58.5"))
    assert form.funds.current_year == FundRow(None, Decimal("50.00"), Decimal("50.00"))
    assert form.funds.other == FundRow(None, Decimal("10.00"), Decimal("8.5"))
    assert (form.currency_unit, extra(form, "unplaced")) == ("万元", [])
    assert ("/funds/total", "missing") not in problems(form)


def test_two_sums_in_one_row_are_told_apart_or_left_open() -> None:
    """总分 100 beside 自评总得分 99.28 is the sum of the points; of 总分 and 合计 side by side neither is taken."""
    form = sheet(COLUMNS, ROW, [C("总分", 2), "100", C("自评总得分", 2), "99.28", "等级", "优"])
    assert (form.total, form.grade) == (Total(Decimal(100), Decimal("99.28")), "优")
    form = sheet(COLUMNS, ROW, [C("总分", 2), "100", C("合计", 3), C("98", 2)])
    assert form.total == Total(None, None)
    assert (extra(form, "总分"), extra(form, "合计")) == ([("100", None)], [("98", None)])
    assert ("/total/score", "missing") in problems(form)


def test_units_of_money_and_of_rates_in_one_note() -> None:
    """单位：万元、% names the unit of money, and （盖章） is no part of who fills the form in."""
    rows = [HEAD[0], [C("项目资金", 1, 2), *FUNDS[0][1:]], FUNDS[1], COLUMNS, ROW]
    (form,) = interpret(grid(line("填报单位：（盖章）某县民政局　　　单位：万元、%"), rows), FILE)
    assert (form.unit, form.currency_unit) == ("某县民政局", "万元")
    assert extra(form, "单位") == [("万元、%", None)]


def test_first_level_headings_under_the_word_for_all_indicators() -> None:
    """绩效指标 over the headings 产出指标 and 效益指标, row by row, is the column of the first level."""
    form = sheet(
        ["绩效指标", C("三级指标", 3), "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", C("购置车辆数", 3), "1辆", "1辆", "50", "50"],
        ["效益指标", C("保障公务出行", 3), "有力", "有力", "40", "40"],
    )
    assert [each.level1 for each in form.indicators] == ["产出指标", "效益指标"]
    assert extra(form, "unplaced") == []


def test_headings_over_rows_left_blank_are_labels_of_the_template() -> None:
    """时效指标 over an empty row is no data; with points, or unknown to us, it is kept as it is printed."""
    blank = ["", "", "", "", "", ""]
    form = sheet(COLUMNS, ROW, ["产出指标", "时效指标", *blank], ["效益指标", "经济效益指标", *blank])
    assert len(form.indicators) == 1
    assert extra(form, "unplaced") == []
    form = sheet(COLUMNS, ROW, ["效益指标（30分）", "某某指标", *blank])
    assert {text for text, _ in extra(form, "unplaced")} == {"效益指标（30分）", "某某指标"}


def test_a_row_that_does_not_apply_is_no_indicator() -> None:
    """不适用 without target, value, points or score is kept as unplaced."""
    form = sheet(COLUMNS, ROW, ["效益指标", "经济效益指标", "不适用", "", "", "", "", ""])
    assert len(form.indicators) == 1
    assert ("不适用", None) in extra(form, "unplaced")


@pytest.mark.parametrize(
    ("text", "left", "heading"),
    [("标", "36.00", "效益指标"), ("注：无", "36.00", "效益指"), ("标", "120.00", "效益指")],
)
def test_the_end_of_a_heading_below_the_rules_of_its_page(text: str, left: str, heading: str) -> None:
    """A browser prints 效益指 in the table, 标 below its last rule, and goes on overleaf: the heading is whole."""
    first = table([[*COLUMNS], ["效益指", "社会效益指标", "甲", "1", "1", "10", "10", ""]], 1)
    later = table([["", "可持续影响指标", "乙", "1", "1", "10", "10", ""]], 2)
    corner = Decimal(left)
    over = FreeText(text, (Place(FILE, page=1, box=(corner, Decimal("80.00"), corner + 9, Decimal("90.00"))),))
    document = Grid((line("某项目自评表", 1), boxed(first), over, boxed(later)))
    (form,) = interpret(document, FILE)
    assert form.indicators[0].level1 == heading
    assert len(form.places["/indicators/0/level1"]) == 1 + (heading == "效益指标")


def boxed(whole: Table) -> Table:
    """The table with its cells drawn, 30 points wide and 40 high, from 30 points on."""
    return replace(
        whole,
        cells=tuple(
            replace(
                cell, box=(3000 * (cell.column + 1), 4000 * cell.row, 3000 * (cell.column + 2), 4000 * (cell.row + 1))
            )
            for cell in whole.cells
        ),
    )


def test_two_units_of_money_leave_the_unit_open() -> None:
    """项目资金（元） under a line 单位：万元: no unit is taken and the problem names both."""
    form = one(grid(line("单位：万元"), [HEAD[0], [C("项目资金（元）", 1, 2), *FUNDS[0][1:]], FUNDS[1], COLUMNS, ROW]))
    assert form.currency_unit is None
    (problem,) = (each for each in form.problems if each.pointer == "/currency_unit")
    assert (problem.code, "万元" in problem.message, "“元”" in problem.message) == ("unreadable", True, True)


def test_the_line_of_the_year_is_worth_more_than_the_title() -> None:
    """2024年 in the title is the year of publication where （2023年度） stands below it."""
    form = one(grid(line("2024年项目支出绩效自评表"), line("（2023年度）"), [*HEAD, *FUNDS, COLUMNS, ROW]))
    assert (form.fiscal_year, form.title) == (2023, "2024年项目支出绩效自评表")


@pytest.mark.parametrize("row", [["产出指标", C("小计", 4), "50", "50", ""], ["", "小计", "", "", "", "50", "50", ""]])
def test_a_subtotal_is_no_indicator_and_ends_nothing(row: list[str | C]) -> None:
    """小计 with points and scores only is an extra, and the indicators go on below it."""
    form = sheet(COLUMNS, ROW, row, ["效益指标", "社会效益指标", "受益人数", "5", "5", "10", "10", ""])
    assert [each.name for each in form.indicators] == ["维修面积", "受益人数"]
    assert extra(form, "小计") == [("50", None), ("50", None)]


def test_a_total_row_shifted_against_its_columns_is_not_read() -> None:
    """合计 with 100 under 实际完成值 and 90 under 分值: which is which cannot be told, so neither is taken."""
    form = sheet(COLUMNS, ROW, [C("合计", 4), "100", "90", "", ""])
    assert form.total == Total(None, None)
    assert extra(form, "合计") == [("100", None), ("90", None)]


def test_points_in_a_heading_without_the_word_for_points() -> None:
    """效益指标（30） declares 30 points, as 效益指标（30分） does."""
    form = sheet(COLUMNS, ["效益指标（30）", "社会效益指标", "受益人数", "5", "5", "30", "30", ""])
    assert (form.indicators[0].level1, form.declared_weights) == ("效益指标", {"效益指标": Decimal(30)})


def test_income_is_not_what_was_executed() -> None:
    """Of 收入合计 and 支出合计 in the form of a whole unit, the spending is the total; tasks below are no amounts."""
    form = one(
        grid(
            line("2023年度单位整体绩效自评表"),
            [
                [C("单位名称", 2), C("某中心", 4)],
                [C("单位预算执行情况（万元）", 2, 3), "项目", "年初预算数", "全年预算数", "全年执行数"],
                ["收入合计", "800", "850", "850"],
                ["支出合计", "800", "850", "830"],
                [C("年度主要任务", 2, 2), "任务名称", C("主要内容", 2), "完成情况"],
                ["任务一", C("宣传普及", 2), "已完成"],
                ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"],
                ["产出指标", "数量指标", "培训场次", "5", "5", "60"],
            ],
        )
    )
    assert form.funds.total == FundRow(Decimal(800), Decimal(850), Decimal(830))
    assert [each.label for each in form.funds.more] == ["收入合计"]


@pytest.mark.parametrize("label", ["总计（含执行率）", "总分"])
def test_of_two_sums_the_one_with_more_points_is_the_forms(label: str) -> None:
    """合计 90 of the indicators and 总计 100 with the execution: the greater is the total, whichever stands first."""
    part: list[str | C] = [C("合计", 5), "90", "88", ""]
    whole: list[str | C] = [C(label, 5), "100", "97", ""]
    for rows in ([part, whole], [whole, part]):
        form = sheet(COLUMNS, ROW, *rows)
        assert form.total == Total(Decimal(100), Decimal(97))
        assert extra(form, "合计") == [("90", None), ("88", None)]


def test_a_list_of_projects_before_the_form_gives_it_neither_name_nor_title() -> None:
    """序号, 项目名称, 年初预算, 得分 head a list of all projects; the form of one of them stands below it."""
    listed: list[list[str | C]] = [["序号", "项目名称", "年初预算", "得分"], ["1", "校舍维修", "10", "98"]]
    form = one(
        grid(
            line("2021年项目支出绩效自评结果表"),
            listed,
            line("项目支出绩效自评表"),
            line("（2021年度）"),
            [*HEAD, *FUNDS, *GOAL, COLUMNS, ROW, TOTAL],
        )
    )
    assert (form.project.name, form.title, form.fiscal_year) == ("校舍维修", "项目支出绩效自评表", 2021)
    assert form.funds.total.initial == Decimal("120.00")
    assert form.total == Total(Decimal(100), Decimal(99))
