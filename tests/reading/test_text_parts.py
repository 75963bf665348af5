"""The parts of the text reader: labels, floating headings, widths, funds, goals, sums that rank."""

from decimal import Decimal

from jixiao.form import Execution, Total
from jixiao.reading.text import read_text
from jixiao.reading.text.anchors import labels
from jixiao.reading.text.headings import lift
from jixiao.reading.text.rows import Reading
from jixiao.reading.text.settle import choose
from jixiao.reading.text.tokens import UNIT, tokenize
from jixiao.reading.text.widths import fit_width

FORM = """某县项目支出绩效自评表
（2022年度）
项目名称：道路养护
主管部门 某县交通局
实施单位 某县公路中心
{funds}
年度总体目标 年初设定目标 全年完成情况
完成养护任务。 已完成养护任务。
一级指标 二级指标 三级指标 年度指标值 全年完成值 分值 得分 未完成原因分析
{rows}
总分 100 {total}
"""
FUNDS = """项目资金（元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 100000 100000 95000 10 95.00% 9.5
其中：财政拨款 100000 100000 95000 — 95.00% —"""
ROWS = """产出指标 数量指标 养护里程 ≥30公里 30公里 50 50
效益指标 社会效益指标 保障通行 有效保障 有效保障 40 38 因施工影响通行。"""


def test_labels_wrapped_and_noted_make_a_header() -> None:
    """Column labels are found over line breaks and with notes in brackets, in the order they stand."""
    tokens = tokenize(
        "一级\n指标\n二级\n指标 三级指标 年度指标\n值（A） 实际完成值\n（B） 得分\n偏差原因分析\n及改进措施"
    )
    run = labels("indicator_columns").run(tokens, 0)
    assert [anchor.field for anchor in run] == ["level1", "level2", "name", "target", "actual", "score", "deviation"]
    assert run[-1].end == len(tokens)


def test_headings_are_lifted_in_pieces() -> None:
    """Two headings whose pieces alternate, with a row between them, are put together; the row stays."""
    rest, headings = lift(tokenize("产出 数量 培训人数 ≥5人 5人 10 10\n指标 指标 培训场次 ≥2次 2次 10 10"))
    assert sorted(heading.name for heading in headings) == ["产出指标", "数量指标"]
    assert [token.text for token in rest][:2] == ["培训人数", "≥5人"]


def test_a_name_that_ends_like_a_heading_stays_a_name() -> None:
    """A wrapped name whose last line could begin a heading keeps it, for no rest of that heading follows."""
    rest, headings = lift(tokenize("满意度指标\n服务对象满意度指标\n受益群众\n满意度\n≥95% 95% 10 10"))
    assert [heading.name for heading in headings] == ["满意度指标", "服务对象满意度指标"]
    assert [token.text for token in rest][:2] == ["受益群众", "满意度"]


def test_points_in_a_heading_are_declared_weights() -> None:
    """产出指标（50分） declares fifty points and is named 产出指标."""
    (form,) = read_text(FORM.format(funds=FUNDS, rows=ROWS.replace("产出指标", "产出指标（50分）"), total="97.5"), "x")
    assert form.declared_weights == {"产出指标": Decimal(50)}
    assert form.indicators[0].level1 == "产出指标"


def test_a_ministry_form_in_yuan() -> None:
    """Percent rates, dashes, colons after labels, a reason beside lost points: every field of a small form is read."""
    (form,) = read_text(FORM.format(funds=FUNDS, rows=ROWS, total="97.5"), "x")
    assert (form.title, form.fiscal_year, form.currency_unit) == ("某县项目支出绩效自评表", 2022, "元")
    assert (form.project.name, form.department, form.unit) == ("道路养护", "某县交通局", "某县公路中心")
    assert form.execution == Execution(Decimal(10), Decimal("95.00"), Decimal("9.5"))
    assert form.funds.current_year.executed == Decimal(95000)
    assert form.goal.actual == "已完成养护任务。"
    assert [(i.name, i.target.text, i.actual.text, i.deviation) for i in form.indicators] == [
        ("养护里程", "≥30公里", "30公里", ""),
        ("保障通行", "有效保障", "有效保障", "因施工影响通行。"),
    ]
    assert form.total == Total(Decimal(100), Decimal("97.5"))


def test_a_unit_of_money_that_is_wrapped_is_read_whole() -> None:
    """项目资金（万 and 元） on two lines name 万元: 元 alone would be wrong by ten thousand."""
    for label in ("项目资金（万\n元）", "项目资金\n（万元）", "项目资金\n（万\n元）", "项目资金（万元）"):
        funds = FUNDS.replace("项目资金（元）", f"{label}\n")
        (form,) = read_text(FORM.format(funds=funds, rows=ROWS, total="97.5"), "x.txt")
        assert form.currency_unit == "万元"


def test_a_total_that_contradicts_its_rows_is_read_as_printed() -> None:
    """Rows that sum to 97.5 under a printed total of 94 stay as they are, and so does the total."""
    (form,) = read_text(FORM.format(funds=FUNDS, rows=ROWS, total="94"), "x")
    assert form.total.score == Decimal(94)
    assert [line.score for line in form.indicators] == [Decimal(50), Decimal(38)]


def test_blank_points_below_the_total_row_leave_their_columns_empty() -> None:
    """Three amounts and a rate under six columns are just that; the rate is an extra of its row."""
    (form,) = read_text(FORM.format(funds=FUNDS.replace("— ", "").replace(" —", ""), rows=ROWS, total="97.5"), "x")
    assert form.funds.current_year.executed == Decimal(95000)
    assert ("执行率", "95.00%", "/funds/current_year") in [(e.label, e.text, e.pointer) for e in form.extras]


def test_a_fund_row_nobody_knows_is_kept_with_its_label() -> None:
    """A fund row under a label of its own goes to `more`."""
    (form,) = read_text(FORM.format(funds=FUNDS + "\n彩票公益金 7 8 9 — — —", rows=ROWS, total="97.5"), "x")
    assert [(row.label, row.initial, row.executed) for row in form.funds.more] == [
        ("彩票公益金", Decimal(7), Decimal(9))
    ]


def test_width_is_the_one_that_explains_the_breaks() -> None:
    """Of two wrapped cells and one single line the width is that of the full lines, whatever a stray long line says."""
    cells = [tokenize("建立健全长效\n机制"), tokenize("保障设施长期\n稳定运行"), tokenize("优良")]
    column = fit_width(cells)
    assert column is not None
    assert column.width == 24


def test_sums_choose_among_near_readings_only() -> None:
    """A reading whose sums agree goes before one a little cheaper, not before one much cheaper."""
    execution, total = Execution(Decimal(10), None, Decimal(10)), Total(Decimal(100), Decimal(100))
    agreeing = Reading(100, 90 * UNIT, 90 * UNIT, None)
    assert choose([Reading(20, 80 * UNIT, 90 * UNIT, None), agreeing], execution, total).cost == 20
    assert choose([Reading(60, 80 * UNIT, 90 * UNIT, None), agreeing], execution, total) is agreeing


def test_of_three_goals_the_adjusted_one_is_expected() -> None:
    """Initial, adjusted and done goals side by side: the adjusted one is expected, the initial one an extra."""
    goals = (
        "年度总体目标 年初设定目标 全年（调整）绩效目标 全年完成情况\n新建道路十公里。 新建道路八公里。 已完成八公里。"
    )
    old = FORM[FORM.index("年度总体目标") : FORM.index("一级指标") - 1]
    (form,) = read_text(FORM.replace(old, goals).format(funds=FUNDS, rows=ROWS, total="97.5"), "x")
    assert (form.goal.expected, form.goal.actual) == ("新建道路八公里。", "已完成八公里。")
    assert ("年初设定目标", "新建道路十公里。") in [(extra.label, extra.text) for extra in form.extras]
    assert "/goal" in {problem.pointer for problem in form.problems}


DEPARTMENT = """部门整体支出绩效自评表
（2022年度）
部门（单位）名称
某县农业农村局
部门预算执行情况（万元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 200.00 100.00 60.00 10.00 60.00% 6.00
年度总体目标
预期目标 实际完成情况
强化队伍建设。
已完成。
绩效指标
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标
建设高标准农田面积 =365.00公顷 364公顷 90.00 89.1
总分 100.00 95.10
"""


def test_a_whole_department_is_a_form_without_a_project() -> None:
    """A title about a whole department begins a form; no project is missing in it."""
    (form,) = read_text(DEPARTMENT, "x.txt")
    assert (form.department, form.fiscal_year, form.total.score) == ("某县农业农村局", 2022, Decimal("95.10"))
    assert [line.name for line in form.indicators] == ["建设高标准农田面积"]
    assert "/project/name" not in {problem.pointer for problem in form.problems}


def test_a_form_without_funds_is_read() -> None:
    """Where no fund columns are printed the goal and the indicators are read, and the funds are told as missing."""
    text = DEPARTMENT.replace("部门整体支出绩效自评表", "项目自评表").replace("部门（单位）名称", "项目名称")
    start, end = text.index("部门预算"), text.index("年度总体")
    (form,) = read_text(text[:start] + text[end:], "x.txt")
    assert form.goal.actual == "已完成。"
    assert [line.weight for line in form.indicators] == [90]
    assert ("/funds", "missing") in {(problem.pointer, problem.code) for problem in form.problems}


TRANSFER = """转移支付绩效目标自评表
（2021 年度）
项目名称 56177921T052216016991-农村饮水
主管部门 某县水务局 实施单位 某县水务局
全年预算数 全年执行数 执行率
年度资金总额 279.50万元 139.75 万元 50.00%
资金投入情况
（万
元）
年度总体目标
预期目标 实际完成情况
巩固饮水。
已完成。
一级指标 二级指标 三级指标 指标值 实际完成值 原因
数量指标 指标 1：采购图书册数 ≥3 次 3 次
绩效指
标
质量指标 指标 2：合格率 ≥90% 95%
说明 项目总体执行情况良好。
"""


def test_labels_at_the_side_and_below_the_rows_are_no_cells() -> None:
    """绩效指标 beside the rows and 说明 below them are told from cells where no total is printed."""
    (form,) = read_text(TRANSFER, "x.txt")
    assert [(line.name, line.target.text, line.deviation) for line in form.indicators] == [
        ("采购图书册数", "≥3次", ""),
        ("合格率", "≥90%", ""),
    ]
    assert [(extra.label, extra.text) for extra in form.extras if extra.label == "说明"] == [
        ("说明", "项目总体执行情况良好。")
    ]


def test_amounts_are_read_with_the_unit_of_the_form_behind_them() -> None:
    """279.50万元 and 139.75 万元 are amounts where the form counts in 万元, whose note two lines spell."""
    (form,) = read_text(TRANSFER, "x.txt")
    assert form.currency_unit == "万元"
    assert (form.funds.total.adjusted, form.funds.total.executed) == (Decimal("279.50"), Decimal("139.75"))


def test_an_amount_in_another_unit_is_not_taken_for_one_of_the_form() -> None:
    """279.50元 in a form that counts in 万元 is no amount of it: told, and kept."""
    (form,) = read_text(TRANSFER.replace("279.50万元", "279.50元"), "x.txt")
    assert form.funds.total.adjusted is None
    assert ("/funds/total/adjusted", "unreadable") in {(problem.pointer, problem.code) for problem in form.problems}
    assert "279.50元" in {extra.text for extra in form.extras}


def test_a_code_before_the_name_is_the_code() -> None:
    """A code and a name in one cell are two fields at one place."""
    (form,) = read_text(TRANSFER, "x.txt")
    assert (form.project.code, form.project.name) == ("56177921T052216016991", "农村饮水")
    assert form.places["/project/code"] == form.places["/project/name"]


def test_columns_of_a_split_target_are_read_where_its_label_stands() -> None:
    """指标性质, 指标值 and 度量单位 stand in a second header row below 年度指标值, wherever that one is printed."""
    rows = "系统可用率 ≥ 87 % 87% 40 40\n完工时间 ≤ 365 小时 365小时 50 50\n总分 90 90\n"
    first = "一级指标 二级指标 三级指标 {} 实际完成值 分值 得分 偏差原因分析及改进措施\n指标性质 指标值 度量单位\n"
    head = TRANSFER[: TRANSFER.index("一级指标")]
    for header in (first.format("年度指标值"), "年度指标值 " + first.format("")):
        (form,) = read_text(head + header + "产出指标 质量指标 " + rows, "x.txt")
        assert [(line.name, line.target.text, line.actual.text) for line in form.indicators] == [
            ("系统可用率", "≥87%", "87%"),
            ("完工时间", "≤365小时", "365小时"),
        ]


def test_empty_lines_between_cells_part_them() -> None:
    """Where empty lines part cells, as numbers tell, a cell does not go on across one, though its line is full."""
    cells = "\n\n".join
    rows = [
        ("名称甲的工作", "建立长效管护机\n制", "已完成", "5.5", "5.5"),
        ("名称乙", "持续提升", "完成", "5.5", "5.5"),
    ] * 6
    head = TRANSFER[: TRANSFER.index("一级指标")]
    header = cells(("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"))
    text = head + header + "\n产出指标\n\n数量指标\n\n" + "\n".join(map(cells, rows)) + "\n总分\n\n66\n\n66\n"
    (form,) = read_text(text, "x.txt")
    assert {line.target.text for line in form.indicators} == {"建立长效管护机制", "持续提升"}
    assert {line.actual.text for line in form.indicators} == {"已完成", "完成"}


def test_costs_of_the_first_level_are_told_from_those_of_the_second() -> None:
    """成本指标 above 成本指标 and 社会成本指标 is the first level of both, wherever other headings lead their rows."""
    rows = "成本指标 成本指标 人均成本 ≤3元 3元 45 45\n社会成本指标 投诉次数 ≤1次 1次 45 45\n总分 90 90分\n"
    head = TRANSFER[: TRANSFER.index("一级指标")]
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
    (form,) = read_text(head + header + rows, "x.txt")
    assert [(line.level1, line.level2) for line in form.indicators] == [
        ("成本指标", "成本指标"),
        ("成本指标", "社会成本指标"),
    ]
    assert form.total.score == Decimal(90)


def test_several_goals_are_joined_each_half_in_order() -> None:
    """目标1 and 目标2, each beside what was done of it, are one expected goal and one actual one."""
    goals = "目标1：巩固饮水安全。\n已完成甲。\n目标2：修建道路。\n已完成乙。\n"
    (form,) = read_text(TRANSFER.replace("巩固饮水。\n已完成。\n", goals), "x.txt")
    assert form.goal.expected == "目标1：巩固饮水安全。目标2：修建道路。"
    assert form.goal.actual == "已完成甲。已完成乙。"
