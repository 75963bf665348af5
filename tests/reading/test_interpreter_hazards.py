"""The hazards of published layouts, each on a small grid written by hand."""

import time
from decimal import Decimal

import pytest

from forms.by_hand import (
    COLUMNS,
    FUNDS,
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
)
from jixiao.form import Execution, FundRow, LabelledFundRow, Project, Target, Total
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.interpret.parting import part_forms
from jixiao.reading.interpret.rows import rows_of


def test_the_ministrys_form_is_read() -> None:
    """Title, year, head, funds, goal, indicator and total of a plain form are read, with nothing to report."""
    form = sheet(COLUMNS, ROW, TOTAL)
    assert (form.title, form.fiscal_year, form.currency_unit) == ("项目支出绩效自评表", 2023, "万元")
    assert (form.project, form.department, form.unit) == (Project("校舍维修"), "教育局", "第一中学")
    assert form.funds.total == FundRow(Decimal("120.00"), Decimal("100.00"), Decimal("90.00"))
    assert form.execution == Execution(Decimal(10), Decimal(90), Decimal(9))
    assert (form.goal.expected, form.goal.actual) == ("修好校舍。", "已修好。")
    assert form.indicators[0].target == Target("≥500平方米", "≥", "500", "平方米")
    assert form.total == Total(Decimal(100), Decimal(99))
    assert (form.problems, form.extras) == ((), ())


def test_a_target_in_three_columns_under_one_header() -> None:
    """Sign, value and unit under one header of two tiers become one target, its text their concatenation."""
    tiers: list[list[str | C]] = [
        [
            C("一级指标", 1, 2),
            C("二级指标", 1, 2),
            C("三级指标", 1, 2),
            C("年度指标值", 3),
            C("实际完成值", 1, 2),
            C("得分", 1, 2),
        ],
        ["指标性质", "指标值", "度量单位"],
        ["产出指标", "数量指标", "维修面积", "≧", "500", "平方米", "520", "9"],
        ["产出指标", "质量指标", "合格率", "═", "100", "%", "100", "9"],
    ]
    form = sheet(*tiers)
    assert [each.target.text for each in form.indicators] == ["≧500平方米", "═100%"]
    assert [(each.target.operator, each.target.unit) for each in form.indicators] == [("≥", "平方米"), ("=", "%")]
    assert len(form.places["/indicators/0/target"]) == 3


def test_two_tiers_without_merged_cells() -> None:
    """A second header row is known by its labels, also where the cells above it are not merged downwards."""
    form = sheet(
        ["一级指标", "二级指标", "三级指标", C("年度指标值", 3), "实际完成值", "得分"],
        ["", "", "", "指标性质", "指标值", "度量单位", "", ""],
        ["产出指标", "数量指标", "维修面积", "≥", "500", "平方米", "520", "9"],
    )
    assert len(form.indicators) == 1
    assert form.indicators[0].target.text == "≥500平方米"


def test_points_before_the_target() -> None:
    """Columns are known by their labels, not by their order: 分值 may stand before 年度指标值."""
    form = sheet(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "分值",
            "年度指标值",
            "全年实际值",
            "得分",
            "未完成原因及拟采取的改进措施",
        ],
        ["产出指标", "数量指标", "维修面积", "50", "500", "480", "48", "下雨"],
    )
    assert (form.indicators[0].weight, form.indicators[0].score) == (Decimal(50), Decimal(48))
    assert form.indicators[0].deviation == "下雨"


def test_points_in_headings_instead_of_a_column() -> None:
    """预算执行情况(20分) is the execution's weight; points in first-level headings are declared weights."""
    form = one(
        grid(
            line("项目自评表 2023年度"),
            [
                ["项目名称", C("校舍维修", 5)],
                [
                    C("预算执行情况（万元）（20分）", 2, 2),
                    "预算数（A）",
                    "执行数（B）",
                    "执行率（B/A）",
                    "得分（20分*执行率）",
                ],
                ["100", "90", "90%", "18"],
                ["年度目标1：（80分）", C("修好校舍。", 5)],
                ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
                [C("产出指标\n（40分）", 1, 2), "数量指标", "维修面积", "500", "500", "30"],
                ["质量指标（10分）", "合格率", "100%", "100%", "10"],
                ["效益指标（40分）", "社会效益指标", "改善条件", "改善", "改善", "40"],
                [C("总分", 5), "98"],
            ],
        )
    )
    assert form.execution.weight == 20
    assert form.declared_weights == {"产出指标": 40, "效益指标": 40}
    assert (form.goal.expected, form.total) == ("修好校舍。", Total(None, Decimal(98)))
    assert extra(form, "质量指标") == [("10分", None)]
    assert form.funds.total == FundRow(None, Decimal(100), Decimal(90))


def test_an_adjusted_goal_is_the_expected_one() -> None:
    """Of initial, adjusted and done goal, the adjusted is expected and the initial an extra; so for indicators."""
    form = sheet(
        [C("当年绩效目标", 1, 2), C("年初绩效目标", 3), C("全年（调整）绩效目标", 2), C("全年目标实际完成情况", 2)],
        [C("修十所。", 3), C("修八所。", 2), C("修了八所。", 2)],
        ["指标名称", "计量单位", "指标性质", "年初指标值", "调整指标值", "全年完成值", "指标权重", "指标得分"],
        ["维修学校", "所", "≥", "10", "8", "8", "90", "90"],
        head=False,
    )
    assert (form.goal.expected, form.goal.actual) == ("修八所。", "修了八所。")
    assert extra(form, "年初绩效目标") == [("修十所。", None)]
    assert form.indicators[0].target.text == "≥8所"
    assert extra(form, "年初指标值") == [("10", "/indicators/0")]


def test_several_goals_are_joined_in_order() -> None:
    """Goals in rows of their own join in order, expected with expected and actual with actual."""
    form = sheet(
        ["项目名称", C("校舍维修", 7)],
        [C("年度总体目标", 1, 3), C("预期目标", 4), C("实际完成情况", 3)],
        [C("目标1：修房。", 4), C("房已修。", 3)],
        [C("目标2：修路。", 4), C("路已修。", 3)],
        COLUMNS,
        ROW,
        head=False,
    )
    assert (form.goal.expected, form.goal.actual) == ("目标1：修房。目标2：修路。", "房已修。路已修。")


def test_a_goal_for_every_block_of_indicators() -> None:
    """Goals and indicator headers may alternate; the indicators go on, and the goals join."""
    form = sheet(
        *HEAD,
        ["年度目标1：", C("修房。", 7)],
        COLUMNS,
        ROW,
        ["年度目标2：", C("修路。", 7)],
        COLUMNS,
        ["产出指标", "数量指标", "修路里程", "≥5公里", "5公里", "10", "10", ""],
        head=False,
    )
    assert form.goal.expected == "修房。修路。"
    assert [each.name for each in form.indicators] == ["维修面积", "修路里程"]


def test_template_filler_is_no_indicator() -> None:
    """Rows of 指标2： or …… are dropped as indicators but kept as unplaced; 指标1： is no part of a name."""
    form = sheet(
        COLUMNS,
        ["产出指标", C("数量指标", 1, 3), "指标1：维修面积", "≥500", "500", "90", "90", ""],
        ["", "指标2：", "", "", "", "", ""],
        ["", "……", "≥**平方米", "", "", "", ""],
        TOTAL,
    )
    assert [each.name for each in form.indicators] == ["维修面积"]
    assert extra(form, "unplaced") == [("指标2：", None), ("……", None), ("≥**平方米", None)]


def test_a_number_that_cannot_be_read_is_null_with_a_reason() -> None:
    """10.0O is no number: the field is null, its place is kept, and the problem says what was read."""
    form = sheet(COLUMNS, ["产出指标", "数量指标", "维修面积", "≥500", "500", "90", "10.0O", ""], TOTAL)
    assert form.indicators[0].score is None
    (problem,) = form.problems
    assert (problem.pointer, problem.code) == ("/indicators/0/score", "unreadable")
    assert "10.0O" in problem.message
    assert form.places["/indicators/0/score"]


@pytest.mark.parametrize(
    "note", ["单位：万元", "金额单位：人民币万元", "（单位：万元）", "填报单位：教育局 单位：万元"]
)
def test_the_unit_of_money_from_a_line(note: str) -> None:
    """A line above the table may name the unit of money, alone or beside another label."""
    funds = [[C("项目资金", 1, 2), *FUNDS[0][1:]], FUNDS[1]]
    assert one(grid(line(note), [*HEAD, *funds, COLUMNS, ROW, TOTAL])).currency_unit == "万元"


def test_an_amount_in_another_unit_is_not_read() -> None:
    """3359.62万 is an amount where the form is in 万元 or names no unit, and unreadable where it is in 元."""

    def funds(unit: str) -> list[list[str | C]]:
        return [
            [C(f"项目资金{unit}", 1, 2), *FUNDS[0][1:]],
            ["年度资金总额", "3,359.62万", "3359.62万元", "0", "10", "0", "0"],
        ]

    assert sheet(*HEAD, *funds("（万元）"), head=False).funds.total.initial == Decimal("3359.62")
    bare = sheet(*HEAD, *funds(""), head=False)
    assert (bare.currency_unit, bare.funds.total.adjusted) == ("万元", Decimal("3359.62"))
    assert ("/funds/total/initial", "unreadable") in problems(sheet(*HEAD, *funds("（元）"), head=False))


def test_what_stands_beside_other_fund_rows_is_kept() -> None:
    """Rate, points and reason of other fund rows are extras at their row; dashes and slashes are nothing."""
    form = sheet(
        *HEAD,
        [C("项目资金（元）", 1, 4), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "2,756.57", "2756.57", "2756.57", "10", "100.00%", "10"],
        ["其中：本年财政拨款", "2756.57", "2756.57", "2756.57", "-", "100.00%", "—"],
        ["财政专户管理资金", "0", "0", "/", "", "0", ""],
        head=False,
    )
    assert form.funds.current_year == FundRow(Decimal("2756.57"), Decimal("2756.57"), Decimal("2756.57"))
    assert form.funds.more == (LabelledFundRow("财政专户管理资金", Decimal(0), Decimal(0), None),)
    assert extra(form, "执行率") == [("100.00%", "/funds/current_year"), ("0", "/funds/more/0")]
    assert (form.execution.rate, form.funds.carryover) == (Decimal("100.00"), FundRow())


def test_columns_without_a_field_are_extras_of_their_row() -> None:
    """得分计算方法, a reviewer's score and a column nobody knows are extras with the indicator's pointer."""
    form = sheet(
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "自评得分", "财政评价得分", "得分计算方法", "局长批示"],
        ["产出指标", "维修面积", "500", "500", "9", "8", "B/A", "同意"],
    )
    assert form.indicators[0].score == 9
    assert extra(form, "财政评价得分") == [("8", "/indicators/0")]
    assert extra(form, "得分计算方法") == [("B/A", "/indicators/0")]
    assert extra(form, "局长批示") == [("同意", "/indicators/0")]


@pytest.mark.parametrize(
    "rows",
    [
        [[C("总分", 5), "100", "97.3", ""], [C("评分等级", 5), C("优", 3)]],
        [["总分", C("100", 2), C("97.3", 2), C("自评等级", 2), "优"]],
        [[C("总分：97.3", 4), C("自评等级：优", 4)]],
        [[C("总分", 2, 2), C("总分值", 2), C("总得分", 2), C("自评等级", 2)], [C("100", 2), C("97.3", 2), C("优", 2)]],
        [[C("总分", 5), "100", "97.3", "优"]],
        [[C("自评总分", 4), C("97.3分", 4)], [C("评价等级", 4), C("☑优 □良 □中 □差", 4)]],
    ],
)
def test_total_and_grade_in_their_many_shapes(rows: list[list[str | C]]) -> None:
    """Total and grade are read from one row or two, inline, under their labels, with or without ticks."""
    form = sheet(COLUMNS, ROW, *rows)
    assert (form.total.score, form.grade) == (Decimal("97.3"), "优")


def test_labels_nobody_knows_become_extras() -> None:
    """Unknown label and value pairs are extras under the label printed; what stands alone is unplaced."""
    form = sheet(
        ["项目名称", C("校舍维修", 7)],
        ["分管校长", C("王校长", 3), "工期天数", C("九十天", 3)],
        [C("此处盖章", 8)],
        *FUNDS,
        COLUMNS,
        ROW,
        TOTAL,
        ["经验体会", C("要早动手。", 7)],
        head=False,
    )
    assert extra(form, "分管校长") == [("王校长", None)]
    assert extra(form, "工期天数") == [("九十天", None)]
    assert extra(form, "经验体会") == [("要早动手。", None)]
    assert extra(form, "unplaced") == [("此处盖章", None)]


def test_a_text_merged_over_rows_holds_for_each_a_score_only_once() -> None:
    """A reason merged over two rows is each row's; points merged over two rows count in the first only."""
    form = sheet(
        COLUMNS,
        [C("产出指标", 1, 2), C("数量指标", 1, 2), "面积", "5", "5", C("10", 1, 2), C("8", 1, 2), C("下雨", 1, 2)],
        ["间数", "5", "4"],
    )
    assert [each.deviation for each in form.indicators] == ["下雨", "下雨"]
    assert [each.score for each in form.indicators] == [8, None]


def test_blank_and_vertical_headings() -> None:
    """Headings set vertically are canonical; cells left blank below a heading stand under it, within its section."""
    form = sheet(
        COLUMNS,
        ["产\n出\n指\n标", "数 量\n指 标", "面积", "5", "5", "10", "10", ""],
        ["", "", "间数", "5", "5", "10", "10", ""],
        ["效益指标（30分）", "", "受益人数", "5", "5", "10", "10", ""],
    )
    assert [(each.level1, each.level2) for each in form.indicators] == [
        ("产出指标", "数量指标"), ("产出指标", "数量指标"), ("效益指标", ""),
    ]  # fmt: skip


def test_a_whole_department_has_no_project() -> None:
    """A form of a whole department is a form without 项目名称, and lacks none."""
    form = one(
        grid(line("部门整体支出绩效自评表（2023年度）"), [["部门名称", C("教育局", 7)], *FUNDS, COLUMNS, ROW, TOTAL])
    )
    assert (form.title, form.fiscal_year, form.department) == ("部门整体支出绩效自评表", 2023, "教育局")
    assert ("/project/name", "missing") not in problems(form)


def test_rows_of_fund_management_are_kept() -> None:
    """资金管理情况 of a transfer payment: each row's label keeps its text, the measure beside it named after both."""
    form = sheet(
        ["转移支付（项目）名称", C("校舍维修", 7)],
        [C("资金管理情况", 1, 3), C("", 2), C("情况说明", 3), C("存在问题和改进措施", 2)],
        [C("分配科学性", 2), C("按因素法分配。", 3), C("无问题", 2)],
        [C("拨付及时性", 2), C("及时。", 3), C("", 2)],
        head=False,
    )
    assert extra(form, "分配科学性") == [("按因素法分配。", None)]
    assert extra(form, "分配科学性：存在问题和改进措施") == [("无问题", None)]
    assert extra(form, "拨付及时性") == [("及时。", None)]


def test_what_is_missing_is_said() -> None:
    """Essential fields that are not there are null, each with a problem; a layout without grades lacks no grade."""
    form = sheet(["项目名称", C("", 7)], COLUMNS, ["产出指标", "数量指标", "面积", "5", "", "10", "", ""], head=False)
    assert problems(form) == {
        (pointer, "missing")
        for pointer in (
            "/project/name",
            "/currency_unit",
            "/funds/total",
            "/goal/expected",
            "/indicators/0/actual",
            "/indicators/0/score",
            "/total/score",
        )
    }
    graded = sheet(COLUMNS, ROW, TOTAL, [C("评分等级", 5), C("", 3)])
    assert problems(graded) == {("/grade", "missing")}


def test_a_code_printed_before_the_name() -> None:
    """51000021R000000019951-公务交通补贴 is a code and a name."""
    form = sheet(["项目名称", C("51000021R000000019951-公务交通补贴", 7)], COLUMNS, ROW, head=False)
    assert form.project == Project("公务交通补贴", "51000021R000000019951")
    assert form.places["/project/code"] == form.places["/project/name"]


def test_a_preferred_label_wins_over_another() -> None:
    """实施单位 is the unit though 填报单位 is printed before it; the other is an extra."""
    form = sheet(
        ["项目名称", C("甲", 7)], ["填报单位", C("办公室", 3), "实施单位", C("第一中学", 3)], COLUMNS, ROW, head=False
    )
    assert form.unit == "第一中学"
    assert extra(form, "填报单位") == [("办公室", None)]


def test_labels_above_their_values() -> None:
    """A row of nothing but labels over a row of values is read downwards."""
    form = sheet(
        [C("项目名称", 3), C("主管部门", 3), C("实施单位", 2)],
        [C("甲", 3), C("教育局", 3), C("第一中学", 2)],
        COLUMNS,
        ROW,
        head=False,
    )
    assert (form.project.name, form.department, form.unit) == ("甲", "教育局", "第一中学")


def test_one_name_on_every_row_costs_no_more_than_the_rows() -> None:
    """A name that comes again on ten thousand rows is one form, and no row is looked at twice for its end."""
    names: list[list[str | C]] = [["项目名称", "校舍维修"]] * 10_000
    rows = rows_of(grid([*names, COLUMNS, ROW]), "f.xlsx")
    start = time.process_time_ns()
    assert [len(form) for form in part_forms(rows, load_lexicon())] == [10_002]
    assert time.process_time_ns() - start < 10 * 10**9  # by the square of the rows it takes half a minute
