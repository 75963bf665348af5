"""Numbers of a text are sure only where the form's own sums bear them out; else they are capped, and it is said."""

from decimal import Decimal
from pathlib import Path

from jixiao.form import Form
from jixiao.reading.text import read_text

HOUSE = Path(__file__).resolve().parents[2]
TITLE = "财政项目支出绩效自评表"
FORMS = [
    TITLE + part for part in (HOUSE / "examples" / "shanghai-2024.txt").read_text(encoding="utf-8").split(TITLE)[1:]
]
SURE = Decimal("0.95")
HEADINGS = """项目支出绩效自评表
（2023年度）
项目名称 道路养护
主管部门 某市交通局 实施单位 某市公路站
项目资金（万
元）
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 100.00 80.00 60.00 10 75.00% 7.5
其中：当年财政拨款 100.00 80.00 60.00 - - -
年度总体目标
预期目标 实际完成情况
完成养护。
已完成。
绩效指标
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出
指标
（50
分）
数量指标
养护里程 ≥100公里 100公里 50 50
效 益 指 标（40
分）
社会效益指标
事故下降率 ≥5% 5% 40 40
总分 100 97.5
"""


def read(text: str) -> Form:
    """The one form of a text."""
    (form,) = read_text(text, "form.txt")
    return form


def sure(form: Form, pointer: str) -> bool:
    """Whether a number is claimed."""
    return min(place.confidence for place in form.places[pointer]) >= SURE


def codes(form: Form) -> set[tuple[str, str]]:
    """Pointer and code of each problem."""
    return {(problem.pointer, problem.code) for problem in form.problems}


def test_numbers_that_sums_bear_out_stay_sure() -> None:
    """Where points and scores sum to the printed total, and the rate fits its amounts, the numbers are claimed."""
    form = read(FORMS[0])
    assert sure(form, "/indicators/0/weight")
    assert sure(form, "/indicators/0/score")
    assert sure(form, "/funds/total/executed")
    assert not form.problems


def test_a_sum_that_fails_takes_the_certainty_from_its_numbers() -> None:
    """With another total the text is read as printed, no point is claimed any more, and the sum is told."""
    form = read(HEADINGS.replace("总分 100 97.5", "总分 100 93"))
    assert form.total.score == Decimal(93)
    assert not sure(form, "/indicators/0/score")
    assert not sure(form, "/total/score")
    assert sure(form, "/indicators/0/weight")
    assert {("/indicators", "sum_disagrees"), ("/total", "sum_disagrees")} <= codes(form)


def test_numbers_that_no_sum_ties_are_not_claimed() -> None:
    """Without a total row points and scores are read, capped, and told as unverified in one problem."""
    form = read(HEADINGS.replace("总分 100 97.5\n", "").replace("（50\n分）\n", "").replace("标（40\n分）", "标"))
    assert [line.weight for line in form.indicators] == [50, 40]
    assert not any(sure(form, f"/indicators/{index}/{name}") for index in (0, 1) for name in ("weight", "score"))
    assert [problem.code for problem in form.problems if problem.pointer == "/indicators"] == ["unverified"]


def test_points_in_a_heading_are_read_where_its_lines_cut_them() -> None:
    """（50 | 分） below a heading, and 标（40 | 分） at its end, are the heading's points, borne out by its rows."""
    form = read(HEADINGS)
    assert form.declared_weights == {"产出指标": Decimal(50), "效益指标": Decimal(40)}
    assert [line.level1 for line in form.indicators] == ["产出指标", "效益指标"]
    assert sure(form, "/declared_weights/产出指标")


def test_points_in_a_heading_that_its_rows_do_not_sum_to_are_not_claimed() -> None:
    """A heading of 60 points over rows of 50 is read as printed, and told."""
    form = read(HEADINGS.replace("（50\n分）", "（60\n分）"))
    assert form.declared_weights["产出指标"] == Decimal(60)
    assert not sure(form, "/declared_weights/产出指标")
    assert any(pointer in ("/declared_weights", "/indicators") for pointer, _ in codes(form))


def test_the_unit_of_money_is_read_where_its_note_is_cut() -> None:
    """项目资金（万 | 元） is 万元, never 元; a text without any unit says that it is missing."""
    assert read(HEADINGS).currency_unit == "万元"
    without = read(HEADINGS.replace("项目资金（万\n元）", "项目资金"))
    assert without.currency_unit is None
    assert ("/currency_unit", "missing") in codes(without)


def test_numbers_that_are_missing_are_told() -> None:
    """A form without the rate of its execution, or without the points of its total, says so."""
    bare = read(HEADINGS.replace("分值 执行率 得分\n年度", "分值\n年度").replace("10 75.00% 7.5\n", "10\n"))
    assert bare.execution.rate is None
    assert ("/execution", "missing") in codes(bare)
    lone = read(HEADINGS.replace("总分 100 97.5\n", "总分 97.5\n"))
    assert lone.total.weight is None
    assert "/total/weight" in {pointer for pointer, _ in codes(lone)}


def test_a_label_known_by_its_ending_begins_a_column() -> None:
    """全年预算执行率 is no label of the list and ends like one: the rate stands under it."""
    form = read(HEADINGS.replace("分值 执行率 得分\n年度", "分值 全年预算执行率 得分\n年度"))
    assert form.execution.rate == Decimal("75.00")


def test_a_grade_is_the_one_that_is_ticked() -> None:
    """Of √优 □良 □中 □差 the ticked one is the grade; a word that is no grade is read, doubted and told."""
    assert read(HEADINGS + "评分等级 √优 □良 □中 □差\n").grade == "优"
    assert read(HEADINGS + "评分等级 □优■良□中□差\n").grade == "良"
    odd = read(HEADINGS + "评分等级 甲乙\n")
    assert odd.grade == "甲乙"
    assert not sure(odd, "/grade")
    assert ("/grade", "ambiguous") in codes(odd)
