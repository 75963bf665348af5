"""Features: wording and rows that conditions cannot see, on forms of other projects than the seed's."""

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from jixiao.form import Place
from jixiao.language import Cell
from jixiao.review import Context, PageRefusedError, load_lexicons, specimen
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES, demanded, form_features, indicator_features
from oracle.truth import truth_forms
from review import bench_of_books


def of_form(differs: dict[str, Any], last_year: dict[str, Any] | None = None) -> dict[str, Cell]:
    """Features of a form that differs so."""
    before = None if last_year is None else specimen(last_year)
    return form_features(specimen(differs), bench_of_books.lexicons(), Context(last_year=before))


def of_line(line: str, **differs: str) -> dict[str, Cell]:
    """Features of a line put in the place of the first."""
    made = specimen({"lines": {"0": line}, **differs})
    return indicator_features(made, bench_of_books.lexicons())[0]


@pytest.mark.parametrize(
    "result",
    [
        "已完成", "全部完成。", "已按计划完成各项目标任务。", "完成情况良好", "100%完成", "项目已全部实施完毕",
        "各项工作顺利完成，达到预期目标。", "目标全部实现", "无", "—", "", "2023年已完成",
    ],
)  # fmt: skip
def test_a_result_without_content(result: str) -> None:
    """A result that only says it was done is empty, however it says so."""
    assert of_form({"result": result})["result_empty"] is True


@pytest.mark.parametrize(
    "result", ["完成了12公里道路硬化", "完成培训3次", "已完成招标", "资金已全部拨付到户", "按时足额发放高龄津贴"]
)
def test_a_result_with_content(result: str) -> None:
    """A result that names one thing that was done is not empty."""
    assert of_form({"result": result})["result_empty"] is False


@pytest.mark.parametrize(
    ("result", "copied"),
    [
        ("为全区中小学校更换护眼灯具，改善教室照明环境", True),
        ("已为全区中小学校更换护眼灯具，改善了教室照明环境。", True),
        ("完成：为全区中小学校更换护眼灯具，改善教室照明环境。", True),
        ("更换灯具2.4万套，86所学校教室照度达标。", False),
        (
            "为全区中小学校更换护眼灯具，改善教室照明环境。其中更换灯具2.4万套，涉及86所学校、1320间教室，抽检照度全部达标。",
            False,
        ),
    ],
)
def test_a_result_copied_from_the_goal(result: str, *, copied: bool) -> None:
    """A result is a copy if hardly a character differs; one that adds facts is none."""
    goal = "为全区中小学校更换护眼灯具，改善教室照明环境。"
    assert of_form({"goal": goal, "result": result})["result_copied"] is copied


def test_short_texts_are_no_copies() -> None:
    """There are few ways to say a short thing."""
    assert of_form({"goal": "修缮校舍。", "result": "修缮校舍。"})["result_copied"] is False


@pytest.mark.parametrize(
    ("goal", "promises"),
    [
        ("按期支付工程款", True), ("及时发放补助", True), ("9月底前建成投用", True), ("2024年底前完成验收", True),
        ("第一时间处置险情", True), ("建成3所幼儿园", False), ("12月份召开年会", False), ("", False),
    ],
)  # fmt: skip
def test_a_goal_that_promises_a_time(goal: str, *, promises: bool) -> None:
    """On time, by the end of a month, before the year's end: the goal promises a time."""
    assert of_form({"goal": goal})["goal_promises_time"] is promises


@pytest.mark.parametrize(
    ("goal", "slogan"),
    [
        ("坚持稳中求进，深入贯彻上级精神，全面推进改革，着力补短板，加快转型，奋力开创新局面。", True),
        ("2022年，坚持稳中求进，深入贯彻上级精神，全面推进改革，着力补短板，加快转型，奋力开创新局面。", True),
        ("坚持稳中求进，深入贯彻上级精神，全面推进改革，着力补短板，加快转型，新建标准化厂房4栋。", False),
        ("保障单位正常运转，完成日常工作。", False),
        ("全面落实河长制，坚持每周巡查。", False),
    ],
)
def test_a_goal_that_is_a_slogan(goal: str, *, slogan: bool) -> None:
    """Slogan upon slogan and nothing that can be counted; a year is no count, and a plain short goal no slogan."""
    assert of_form({"goal": goal})["goal_is_slogan"] is slogan


if TYPE_CHECKING:
    from collections.abc import Callable

NAMES: list[tuple[str, str, bool]] = [
    ("asks_managers", "服务对象满意度指标 | 上级主管部门满意度 | ≥90% | 92%", True),
    ("asks_managers", "服务对象满意度指标 | 项目实施单位的满意率 | ≥90% | 92%", True),
    ("asks_managers", "服务对象满意度指标 | 本单位职工满意度 | ≥90% | 92%", True),
    ("asks_managers", "服务对象满意度指标 | 参训学员满意度 | ≥90% | 92%", False),
    ("asks_managers", "服务对象满意度指标 | 园区管理人员满意度 | ≥90% | 92%", False),
    ("asks_nobody", "服务对象满意度指标 | 服务对象满意度 | ≥90% | 92%", True),
    ("asks_nobody", "服务对象满意度指标 | 学生家长满意度 | ≥90% | 92%", False),
    ("unmeasured", "社会效益指标 | 弘扬优秀传统文化 | ≥90% | 90%", True),
    ("unmeasured", "社会效益指标 | 旅游品牌影响力提升 | ≥80% | 80%", True),
    ("unmeasured", "质量指标 | 监控平台正常运行 | ≥99% | 99%", True),
    ("unmeasured", "社会效益指标 | 提高政务服务知晓率 | ≥90% | 91%", False),
    ("unmeasured", "社会效益指标 | 弘扬优秀传统文化 | ≥20场 | 22场", False),
    ("unmeasured", "质量指标 | 路灯亮灯率 | ≥98% | 99%", False),
    ("unmeasured", "质量指标 | 监测数据有效率 | ≥90% | 94%", False),
    ("unmeasured", "质量指标 | 提升审批效率 | ≥90% | 94%", True),
    ("doubled", "数量指标 | 培训教师人数教师培训人数 | ≥50人 | 52人", True),
    ("doubled", "数量指标 | 考核考核次数 | ≥5次 | 5次", True),
    ("doubled", "数量指标 | 市级重点项目及区级重点项目 | ≥5个 | 5个", False),
    ("doubled", "数量指标 | 文艺演出（文艺演出含送戏下乡） | ≥5场 | 5场", False),
    ("doubled", "数量指标 | 残疾人服务机构服务残疾人 | ≥5人 | 5人", False),
    ("self_referring", "质量指标 | 专项工作完成质量 | 优 | 优", True),
    ("self_referring", "时效指标 | 项目完成及时率 | ≥95% | 96%", True),
    ("self_referring", "数量指标 | 城区排水管网改造项目完成率 | ≥95% | 96%", True),
    ("self_referring", "数量指标 | 疫苗接种完成率 | ≥95% | 96%", False),
    ("self_referring", "时效指标 | 项目完成时间 | 12月底前 | 2023年12月8日", False),
    ("vague_target", "社会效益指标 | 提升城市形象 | 效果显著 | 达成指标", True),
    ("vague_target", "质量指标 | 档案管理 | 无差错。 | 达成指标", True),
    ("vague_target", "质量指标 | 档案管理 | 按《档案法》分类编目并电子化 | 达成指标", False),
    ("vague_target", "质量指标 | 档案差错 | =0处 | 0处", False),
    ("topic_absent", "数量指标 | 食堂用餐人数 | ≥100人 | 110人", True),
    ("topic_absent", "数量指标 | 改造管网长度 | ≥10公里 | 11公里", False),
    ("line_template_left", "数量指标 | 维修××面积 | ≥10平方米 | 11平方米", True),
    ("line_template_left", "数量指标 | 安检X光机 | ≥2台 | 2台", False),
    ("sign_in_actual", "数量指标 | 改造长度 | ≥10公里 | ≥10公里", True),
    ("sign_in_actual", "数量指标 | 改造长度 | ≥10公里 | 10公里以上", False),
    ("speaks_of_time", "质量指标 | 故障响应时间 | ≤30分钟 | 20分钟", True),
    ("speaks_of_time", "质量指标 | 工程验收 | 2023年9月前 | 2023年8月", True),
    ("speaks_of_time", "质量指标 | 验收合格率 | ≥95% | 96%", False),
]  # fmt: skip


@pytest.mark.parametrize(("feature", "line", "expected"), NAMES)
def test_a_line(feature: str, line: str, *, expected: bool) -> None:
    """A line has the feature or not by its own words."""
    assert of_line(f"{line} | 15")[feature] is expected


def test_staff_who_are_served_may_be_asked() -> None:
    """Own staff are no managers where the project is there to serve them."""
    line = "服务对象满意度指标 | 单位职工满意度 | ≥90% | 92% | 15"
    assert of_line(line, goal="改造职工活动室2间。")["asks_managers"] is False
    assert of_line(line, goal="清淤河道3条。")["asks_managers"] is True


@pytest.mark.parametrize(
    ("deviation", "given"),
    [("", False), ("无", False), ("无偏差。", False), ("—", False), ("雨季停工20天", True), ("无资金支付条件", True)],
)
def test_a_reason_is_given(deviation: str, *, given: bool) -> None:
    """A dash, 无 and the like are no reason."""
    assert of_line(f"~ | ~ | ~ | ~ | ~ | 12 | {deviation}")["reason_given"] is given


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        ("质量指标 | 资金拨付及时率", "时效指标"),
        ("生态效益指标 | 丰富群众文化生活", "社会效益指标"),
        ("生态效益指标 | 生态文化宣传覆盖率", ""),
        ("数量指标 | 设备验收合格率", "质量指标"),
        ("社会效益指标 | 游客满意度", "服务对象满意度指标"),
        ("时效指标 | 资金拨付及时率", ""),
        ("自定义指标 | 资金拨付及时率", ""),
    ],
)
def test_where_a_line_belongs(line: str, proposed: str) -> None:
    """A name under a heading that is not its own has another one proposed; an unknown heading is let be."""
    assert of_line(f"{line} | ≥90% | 91% | 15")["level2_proposed"] == proposed


def test_the_same_people() -> None:
    """A benefit repeats an output only with the same number and unit of people, target and actual alike."""

    def twice(output: str, benefit: str) -> Cell:
        made = specimen({"lines": {"0": f"数量指标 | 甲 | {output} | 15", "4": f"社会效益指标 | 乙 | {benefit} | 20"}})
        return indicator_features(made, bench_of_books.lexicons())[4]["counted_twice"]

    assert twice("≥120名 | 131名", "≥120名 | 131名") is True
    assert twice("≥120名 | 131名", "≥120名 | 140名") is False
    assert twice("≥120名 | 131名", "≥120人 | 131人") is False
    assert twice("≥120次 | 131次", "≥120次 | 131次") is False
    assert twice("=1名 | 1名", "=1名 | 1名") is False


def test_names_that_stand_twice() -> None:
    """The second of two lines of one name is marked, whatever its numbering and spaces."""
    made = specimen({"lines": {"0": "~ | 1.疏浚河道", "1": "~ | 2、疏浚 河道"}})
    marks = [row["named_twice"] for row in indicator_features(made, bench_of_books.lexicons())]
    assert marks == [False, True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("grade", "letter"), [("优", "优"), ("优秀", "优"), ("（良）", "良"), ("合格", "合格"), ("", "")]
)
def test_the_grade_in_one_character(grade: str, letter: str) -> None:
    """A grade is known by its first character, another word stays as it is."""
    assert of_form({"grade": grade})["grade_letter"] == letter


def test_targets_below_last_year() -> None:
    """Easier targets of one name are counted where the budget is no smaller; without last year nothing is known."""
    before = {"lines": {"0": "~ | ~ | ≥15公里", "1": "~ | ~ | ≥100座", "6": "~ | ~ | ≥95%"}}
    assert of_form({})["targets_below_last_year"] is None
    assert of_form({}, before)["targets_below_last_year"] == 2
    assert of_form({"funds": {"total": "90 90 90"}}, before)["targets_below_last_year"] == 0
    assert of_form({"currency": ""}, before)["targets_below_last_year"] is None
    assert of_form({}, before | {"currency": ""})["targets_below_last_year"] is None
    assert (
        of_form({"lines": {"0": "~ | 单价 | ≤9元"}}, {"lines": {"0": "~ | 单价 | ≤8元"}})["targets_below_last_year"]
        == 1
    )


@pytest.mark.parametrize(
    ("differs", "explained"),
    [
        ({}, False),
        ({"extras": [["原因", "尾款待审计", "/funds/total"]]}, True),
        ({"extras": [["原因", "无", "/funds/total"]]}, False),
        ({"extras": [["联系电话", "资金科 12345", "/funds/total"]]}, False),
        ({"lines": {"0": "~ | ~ | ~ | ~ | ~ | 12 | 资金未到位"}}, True),
    ],
)
def test_execution_is_explained(differs: dict[str, Any], *, explained: bool) -> None:
    """A reason beside the funds, or one that speaks of money, explains execution; another labelled cell does not."""
    assert of_form(differs)["execution_explained"] is explained


def test_every_feature_is_declared_and_computed() -> None:
    """A form has exactly the declared features, of the declared kinds."""
    book = bench_of_books.reviewer().scorer.book
    form = of_form({}) | demanded(book)
    line = of_line("~")
    assert set(form) == {column.name for column in FORM_FEATURES}
    assert set(line) == {column.name for column in INDICATOR_FEATURES}
    kinds: dict[str, Callable[[Cell], bool]] = {
        "boolean": lambda cell: cell is None or isinstance(cell, bool),
        "number": lambda cell: cell is None or (isinstance(cell, int) and not isinstance(cell, bool)),
        "text": lambda cell: isinstance(cell, str),
    }
    for column in (*FORM_FEATURES, *INDICATOR_FEATURES):
        cell = (form | line)[column.name]
        assert kinds[column.kind](cell), column.name
        assert cell is not None or column.nullable, column.name
        assert column.zh
        assert column.en


def test_features_are_the_same_every_time() -> None:
    """Features of one form are the same whenever they are computed."""
    for form in truth_forms():
        first, again = (indicator_features(form, bench_of_books.lexicons()) for _ in range(2))
        assert first == again


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("zh = 'x'", "en"),
        ("zh = 'x'\nen = 'x'", "shapes"),
        ("zh = 'x'\nen = 'x'\nshapes = ['{words}']", "lists.words"),
        ("zh = 'x'\nen = 'x'\n[[topics]]", "topics.words"),
        ("zh = 'x'\nen = 'x'\n[[misfits]]\nwords = ['a']", "misfits.belongs"),
        ("zh = ", ""),
    ],
)
def test_a_lexicon_that_lacks_a_part(text: str, key: str) -> None:
    """A lexicon without a part is refused by file and key."""
    with pytest.raises(PageRefusedError, match=re.escape("odd.toml")) as caught:
        load_lexicons({"odd.toml": text})
    assert caught.value.key == key


def test_a_missing_lexicon_is_named() -> None:
    """A feature whose lexicon was not handed in says which file is missing."""
    with pytest.raises(PageRefusedError, match=re.escape("reason_label.toml")):
        form_features(specimen({}), load_lexicons({}))


def test_a_layout_without_a_result() -> None:
    """A form of a layout that prints no cell for the result has no empty one; a form with the cell has."""
    made = specimen({"result": ""})
    here = (Place("a.pdf", page=1),)
    for places, empty in (({}, True), ({"/goal/expected": here}, False), ({"/goal/actual": here}, True)):
        read = msgspec.structs.replace(made, places=places)
        assert form_features(read, bench_of_books.lexicons())["result_empty"] is empty


@pytest.mark.parametrize(
    ("label", "text", "given"),
    [
        ("偏差大或目标未完成原因分析", "征地滞后，三标段顺延", True),
        ("偏差大或目标未完成原因分析", "无。", False),
        ("联系电话", "12345", False),
    ],
)
def test_reasons_in_a_cell_of_their_own(label: str, text: str, *, given: bool) -> None:
    """Where a layout has one cell for all reasons, what stands there is the reason of every line."""
    made = specimen({"lines": {"5": "~ | ~ | ~ | ~ | ~ | 9.78 | -"}, "extras": [[label, text]]})
    made = msgspec.structs.replace(
        made, indicators=tuple(msgspec.structs.replace(line, deviation="") for line in made.indicators)
    )
    marks = {row["reason_given"] for row in indicator_features(made, bench_of_books.lexicons())}
    assert marks == {given}


@pytest.mark.parametrize(
    ("goal", "absent"),
    [("修复退化林8000亩。", False), ("建设口袋公园2处。", False), ("办理听证案件20件。", True)],
)
def test_a_topic_is_mentioned_in_wider_words(goal: str, *, absent: bool) -> None:
    """Who repairs a forest has spoken of its saplings; a goal of another kind has not."""
    form = specimen({"project": "某项目", "goal": goal, "lines": {"0": "质量指标 | 苗木成活率 | ≥85% | 88%"}})
    assert indicator_features(form, bench_of_books.lexicons())[0]["topic_absent"] is absent
