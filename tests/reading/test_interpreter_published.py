"""Forms as they are published, written by hand from what such forms print; nothing here comes from the generator."""

from decimal import Decimal

from forms.by_hand import COLUMNS, FUNDS, HEAD, ROW, C, extra, grid, line, one, sheet
from jixiao.form import Total

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
    assert (only.target.text, only.actual.text, only.weight, only.score) == ("＝630座", "631", 50, 49)
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
    table = [HEAD[0], HEAD[1], [C("项目资金", 1, 2), *FUNDS[0][1:]], FUNDS[1], COLUMNS, ROW]
    form = one(grid(line("公开14表　　　单位：元　　2022年度"), table))
    assert (form.fiscal_year, form.currency_unit) == (2022, "元")
    assert extra(form, "unplaced") == [("公开14表", None)]
    form = one(grid(line("编制单位：某中心　　2023年度　　金额单位：元"), table))
    assert (form.fiscal_year, form.currency_unit) == (2023, "元")
    assert extra(form, "编制单位") == [("某中心", None)]
