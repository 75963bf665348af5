"""Pages that cut cells, rows, headings and forms; several forms a document; each on a small grid written by hand."""

from decimal import Decimal

from forms.by_hand import (
    COLUMNS,
    FILE,
    FUNDS,
    GOAL,
    HEAD,
    ROW,
    TOTAL,
    C,
    cut,
    extra,
    grid,
    line,
    one,
    sheet,
    table,
)
from forms.losses import lost_texts
from jixiao.form import Extra, Total
from jixiao.layout.grid import FreeText, Table
from jixiao.reading.interpreter import interpret


def test_text_that_runs_over_the_page_is_appended() -> None:
    """A row that holds only the rest of a text after a page break goes on with the row before, in two places."""
    form = cut(
        [["产出指标", "数量指标", "维修面积", "修缮全部危房并", "已完成", "90", "90", ""]],
        [["", "", "", "通过验收", "", "", "", ""], TOTAL],
    )
    assert len(form.indicators) == 1
    assert form.indicators[0].target.text == "修缮全部危房并通过验收"
    assert [place.page for place in form.places["/indicators/0/target"]] == [1, 2]
    assert form.total.score == 99


def test_numbers_on_the_second_page_of_a_row() -> None:
    """Where a cut row has its points on the second page, both parts are one row."""
    form = cut(
        [["产出指标", "数量指标", "城乡中小学校舍", "≥500", "", "", "", ""]],
        [["", "", "维修面积", "平方米", "520平方米", "90", "90", ""], TOTAL],
    )
    assert [(each.name, each.target.text, each.weight) for each in form.indicators] == [
        ("城乡中小学校舍维修面积", "≥500平方米", Decimal(90))
    ]


def test_a_heading_cut_in_its_words() -> None:
    """服务对象满意|度指标 is one heading, for the rows before the break and after it."""
    first: list[list[str | C]] = [
        ROW,
        ["满意", "服务对象满意", "师生满意度", "≥90%", "95%", "5", "5", ""],
    ]
    second: list[list[str | C]] = [
        [C("度指标", 1, 2), C("度指标", 1, 2), "", "", "", "", "", ""],
        ["家长满意度", "≥90%", "95%", "5", "5", ""],
    ]
    form = cut(first, second)
    assert [(each.level1, each.level2, each.name) for each in form.indicators[1:]] == [
        ("满意度指标", "服务对象满意度指标", "师生满意度"),
        ("满意度指标", "服务对象满意度指标", "家长满意度"),
    ]


def test_headings_of_a_cut_span_stay_in_force() -> None:
    """A merged heading whose words stayed on the first page holds for the rows after the break."""
    form = cut([ROW], [["", "", "维修学校", "≥5所", "5所", "10", "10", ""], TOTAL])
    assert [(each.level1, each.level2) for each in form.indicators] == [("产出指标", "数量指标")] * 2


def test_a_heading_whose_words_are_on_the_second_page() -> None:
    """An empty heading at the foot of a page takes its words from the top of the next."""
    first: list[list[str | C]] = [
        ROW,
        [C("", 1, 2), C("", 1, 2), "就业人数", "≥5人", "5人", "5", "5", ""],
        ["增收", "≥5元", "5元", "5", "5", ""],
    ]
    second: list[list[str | C]] = [["效益指标", "经济效益指标", "节约", "≥1万元", "1万元", "5", "5", ""], TOTAL]
    form = cut(first, second)
    assert [each.level1 for each in form.indicators] == ["产出指标", "效益指标", "效益指标", "效益指标"]
    assert [each.level2 for each in form.indicators][1:] == ["经济效益指标"] * 3


def test_a_new_row_after_the_break_stays_a_row() -> None:
    """A complete row after a page break is an indicator of its own, also with no deviation text."""
    form = cut([ROW], [["", "质量指标", "合格率", "100%", "100%", "10", "10", ""]])
    assert [each.name for each in form.indicators] == ["维修面积", "合格率"]
    assert [each.level2 for each in form.indicators] == ["数量指标", "质量指标"]


def test_filler_beside_a_page_break_is_a_row_by_itself() -> None:
    """A row of …… below a page break is no rest of the name above it, one above the break no begin of the next."""
    full: list[str | C] = ["", "质量指标", "合格率", "100%", "100%", "10", "10", ""]
    filler: list[str | C] = ["", "", "……", "", "", "", "", ""]
    for first, second in (([ROW], [filler, full, TOTAL]), ([ROW, filler], [full, TOTAL])):
        form = cut(first, second)
        assert [each.name for each in form.indicators] == ["维修面积", "合格率"]
        assert extra(form, "unplaced") == [("……", None)]


def test_a_repeated_header_is_no_new_form() -> None:
    """Title, head and indicator header printed again on the next page go on with the same form."""
    again: list[list[str | C]] = [*HEAD, COLUMNS, ["", "", "维修学校", "≥5所", "5所", "5", "5", ""], TOTAL]
    form = cut([ROW], again)
    assert [(each.level2, each.name) for each in form.indicators] == [
        ("数量指标", "维修面积"),
        ("数量指标", "维修学校"),
    ]


def test_a_total_row_alone_on_the_next_page() -> None:
    """Total and grade after a page break belong to the form before it."""
    form = cut([ROW], [TOTAL, [C("评分等级", 5), C("优", 3)]])
    assert (form.total, form.grade) == (Total(Decimal(100), Decimal(99)), "优")


def test_a_goal_that_runs_over_the_page() -> None:
    """The rest of both goal texts after a page break is appended to each."""
    first = table([*HEAD, *FUNDS, GOAL[0], [C("修好全市", 4), C("已修好", 3)]], 1)
    second = table([["", C("校舍。", 4), C("大部。", 3)], COLUMNS, ROW, TOTAL], 2)
    form = one(grid(line("项目支出绩效自评表", 1), first, second))
    assert (form.goal.expected, form.goal.actual) == ("修好全市校舍。", "已修好大部。")


def test_a_head_cell_that_runs_over_the_page() -> None:
    """The rest of a value in the head after a page break is appended to it."""
    first = table([["项目名称", C("校舍维修", 7)], ["主管部门", C("临江市教育", 3), "实施单位", C("第一中", 3)]], 1)
    second = table([["", C("局", 3), "", C("学", 3)], *FUNDS, *GOAL, COLUMNS, ROW, TOTAL], 2)
    form = one(grid(first, second))
    assert (form.department, form.unit) == ("临江市教育局", "第一中学")


def test_forms_stacked_in_one_sheet() -> None:
    """Each 项目名称 begins a form; the title and year above it are its own."""

    def rows(name: str, year: str) -> list[list[str | C]]:
        return [
            [C("项目支出绩效自评表", 8)],
            [C(f"（{year}年度）", 8)],
            ["项目名称", C(name, 7)],
            *FUNDS,
            COLUMNS,
            ROW,
            TOTAL,
        ]

    document = grid([*rows("甲", "2022"), [C("注：完", 8)], *rows("乙", "2023")])
    forms = interpret(document, FILE)
    assert [(form.project.name, form.fiscal_year, form.title) for form in forms] == [
        ("甲", 2022, "项目支出绩效自评表"),
        ("乙", 2023, "项目支出绩效自评表"),
    ]
    assert extra(forms[0], "注") == [("完", None)]
    assert lost_texts(document, forms) == []


def test_a_form_a_page_with_lines_above() -> None:
    """A line above the title on a page where a form begins is that form's, a line at the foot the one before's."""

    def page(number: int, name: str) -> list[Table | FreeText]:
        return [
            line(f"附件{number}", number),
            line("项目支出绩效自评表", number),
            table([["项目名称", name], *FUNDS, COLUMNS, ROW, TOTAL], number),
            line(f"第{number}页", number),
        ]

    forms = interpret(grid(*page(1, "甲"), *page(2, "乙")), FILE)
    assert [[each.text for each in form.extras] for form in forms] == [["附件1", "第1页"], ["附件2", "第2页"]]


def test_wrapped_lines_are_joined() -> None:
    """Chinese lines join without a blank, Latin words with one, numbers without; the typesetter's blanks go."""
    row: list[str | C] = [
        "产出\n指标",
        "数量指标",
        "建设 5G\n基站及Data\nCenter",
        "在 2023年\n12月 31日\n前完成",
        "1,2\n00",
        "90",
        "90",
        "",
    ]
    form = cut([row])
    assert form.indicators[0].name == "建设5G基站及Data Center"
    assert form.indicators[0].target.text == "在2023年12月31日前完成"
    assert form.indicators[0].actual.value == 1200


def test_a_no_break_space_is_a_blank() -> None:
    """Programs put in no-break spaces for blanks that they would lose: a text reads the same with them."""
    row: list[str | C] = ["产出指标", "数量指标", "开放 \xa0Data\xa0Center", "≥1个", "1个", "90", "90", ""]
    form = interpret(grid([*HEAD, *FUNDS, COLUMNS, row, TOTAL]), FILE)[0]
    assert form.indicators[0].name == "开放  Data Center"


def test_a_document_without_a_form_has_none() -> None:
    """A table that prints none of the labels of a form is no form."""
    assert interpret(grid(line("采购清单"), [["品名", "数量"], ["粉笔", "10"]]), FILE) == ()


def test_places_name_the_file_as_it_was_named() -> None:
    """Places carry the name the caller gave."""
    forms = interpret(grid([*HEAD, *FUNDS, COLUMNS, ROW, TOTAL]), "别名.xlsx")
    assert {place.file for places in forms[0].places.values() for place in places} == {"别名.xlsx"}


def test_extras_have_places() -> None:
    """An extra is found where it stands, under its own pointer."""
    form = sheet(*HEAD, ["联系电话", C("123", 7)], COLUMNS, ROW, head=False)
    assert form.extras == (Extra("联系电话", "123"),)
    assert form.places["/extras/0"][0].cell == "S!3:2"


def test_a_header_cut_by_a_page() -> None:
    """Header labels whose ends are on the next page are whole again, and their columns keep their fields."""
    first = table(
        [*HEAD, *FUNDS, ["一级指", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"]],
        1,
    )
    second = table([["标", "", "", "", "", "", "", "及改进措施"], [*ROW[:-1], "下雨"], TOTAL], 2)
    form = one(grid(first, line("第1页", 1), second))
    assert (form.indicators[0].level1, form.indicators[0].deviation) == ("产出指标", "下雨")


def test_a_side_label_cut_with_its_unit() -> None:
    """项目资金（万 and 元） on two pages name the unit of money together."""
    first = table([*HEAD, [C("项目资金（万", 1, 2), *FUNDS[0][1:]], FUNDS[1]], 1)
    second = table(
        [["元）", "其中：当年财政拨款", "120.00", "100.00", "90.00", "-", "90%", "-"], COLUMNS, ROW, TOTAL], 2
    )
    form = one(grid(line("项目支出绩效自评表", 1), first, second))
    assert form.currency_unit == "万元"
    assert form.funds.current_year.executed == Decimal("90.00")


def test_a_list_of_projects_is_no_form() -> None:
    """A table with a project a row has the label 项目名称, but beside other column labels: it is no form."""
    rows: list[list[str | C]] = [
        ["序号", "项目名称", "预算数", "执行数", "得分"],
        ["1", "甲", "10", "9", "90"],
        ["2", "乙", "8", "8", "98"],
    ]
    assert interpret(grid(line("自评结果汇总表"), rows), FILE) == ()


def test_a_sheet_of_instructions_is_no_form() -> None:
    """Instructions that name 项目名称 in a sentence, before the form or after it, begin no form and are not lost."""
    advice: list[list[str | C]] = [["填表说明"], ["1.项目名称：与预算批复一致。"], ["2.分值：合计一百分。"]]
    for document in (
        grid(advice, [*HEAD, *FUNDS, COLUMNS, ROW, TOTAL]),
        grid([*HEAD, *FUNDS, *GOAL, COLUMNS, ROW, TOTAL], advice),
    ):
        form = one(document)
        assert form.project.name == "校舍维修"
        assert form.total.score == 99


def test_what_a_report_says_above_its_form_is_not_the_forms() -> None:
    """Amounts, totals, grades and the unit of a report's own tables are kept, and are no fields of the form below."""
    money: list[list[str | C]] = [
        ["资金来源", "预算数", "执行数"],
        ["财政拨款", "3500", "3000"],
        ["年度资金总额", "3501", "3001"],
    ]
    marks: list[list[str | C]] = [
        ["一级指标", "分值", "得分"],
        ["产出指标", "50", "41"],
        ["合计", "100", "91"],
        ["评分等级", "优", "良"],
    ]
    form = one(
        grid(line("自评报告"), line("单位：元"), money, marks, line("绩效自评表"), [*HEAD, *FUNDS, COLUMNS, ROW, TOTAL])
    )
    plain = one(grid(line("绩效自评表"), [*HEAD, *FUNDS, COLUMNS, ROW, TOTAL]))
    assert (form.funds, form.total, form.grade) == (plain.funds, plain.total, plain.grade)
    assert form.currency_unit == plain.currency_unit
    assert {"3500", "3001", "41", "良", "单位：元"} <= {each.text for each in form.extras}


def test_a_list_of_projects_below_the_form_leaves_its_title() -> None:
    """项目名称 over a list that follows the form names nothing, and the form keeps its title."""
    rows: list[list[str | C]] = [["项目名称", "预算数", "自评得分"], ["甲", "10", "97"]]
    form = one(grid(line("绩效自评表"), [*HEAD, *FUNDS, COLUMNS, ROW, TOTAL], rows))
    assert form.title == "绩效自评表"
    assert {"甲", "97"} <= {each.text for each in form.extras}
