"""Words and names that all reports share."""

from decimal import Decimal

import pytest

from jixiao.form import Place
from jixiao.scoring.sheet import Step
from jixiao.writing.naming import field_name, place_name, places_name
from jixiao.writing.words import by_clause, clause_source, grade_text
from writing.review_samples import MINISTRY, SEEN, faulty


def test_steps_under_one_clause_stand_together() -> None:
    """Neighbouring steps with the same clause form one group; order is kept and nothing is merged across another."""
    steps = [Step("a", "a", SEEN), Step("b", "b", SEEN), Step("c", "c"), Step("d", "d", SEEN), Step("e", "e", MINISTRY)]
    assert [(clause, len(group)) for clause, group in by_clause(steps)] == [
        (SEEN, 2), (None, 1), (SEEN, 1), (MINISTRY, 1),
    ]  # fmt: skip


def test_clause_is_document_and_article() -> None:
    """A clause in one line is its document and its article."""
    assert clause_source(SEEN) == "财预〔2020〕10号《项目支出绩效评价管理办法》 第十三条"


@pytest.mark.parametrize(("grade", "english"), [("优", "优 (excellent)"), ("及格", "及格"), (None, "—"), ("", "—")])
def test_grade_is_explained_in_english(grade: str | None, english: str) -> None:
    """A known grade has its meaning beside it in English; an unknown one stands as printed, none is a dash."""
    assert grade_text(grade).en == english
    assert grade_text(grade).zh == (grade or "—")


@pytest.mark.parametrize(
    ("pointer", "zh", "en"),
    [
        ("", "全表", "The whole form"),
        ("/execution/rate", "预算执行率", "Execution rate"),
        ("/funds/total/adjusted", "年度资金总额 · 全年预算数", "Total funds of the year · Adjusted budget"),
        ("/funds/more/0/initial", "财政专户管理资金 · 年初预算数", "财政专户管理资金 · Initial budget"),
        ("/funds/more/7", "7", "7"),
        ("/indicators/1/score", "指标 2「日均餐饮伙食供应人数」 · 得分", "Indicator 2 “日均餐饮伙食供应人数” · Score"),
        ("/indicators/99/score", "指标 99", "Indicator 99"),
        ("/declared_weights/产出指标", "产出指标所印分值", "Points printed in 产出指标"),
        ("/extras/0", "改进措施及结果应用方案", "改进措施及结果应用方案"),
        ("/extras/99", "其他 99", "other 99"),
    ],
)
def test_field_has_the_name_people_use(pointer: str, zh: str, en: str) -> None:
    """A pointer is named as the form's labels name it, and one that leads nowhere is still shown."""
    name = field_name(faulty().form, pointer)
    assert (name.zh, name.en) == (zh, en)


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place("a", page=3), "第 3 页", "page 3"),
        (Place("a", cell="Sheet1!C7"), "单元格 Sheet1!C7", "cell Sheet1!C7"),
        (Place("a", line=4), "第 4 行", "line 4"),
        (Place("a", line=4, column=2), "第 4 行第 2 列", "line 4, column 2"),
        (Place("a.txt"), "a.txt", "a.txt"),
        (Place("a", page=1, confidence=Decimal("0.875")), "第 1 页（把握 87 %）", "page 1 (87 % sure)"),
    ],
)
def test_place_is_said_in_words(place: Place, zh: str, en: str) -> None:
    """A place is a page, a cell, or line and column, and one that is not certain says how sure it is."""
    name = place_name(place)
    assert (name.zh, name.en) == (zh, en)


def test_places_are_listed_once_each() -> None:
    """Several places are one line without repeats; none is a dash."""
    assert places_name((Place("a", page=1), Place("a", page=1), Place("a", page=2))).zh == "第 1 页、第 2 页"
    assert places_name(()).en == "—"


def test_line_of_text_is_named_once() -> None:
    """Several columns of one line are that line, as sure as the least sure of them."""
    places = (Place("a", line=4, column=2), Place("a", line=4, column=9, confidence=Decimal("0.5")), Place("a", line=5))
    assert places_name(places).en == "line 4 (50 % sure), line 5"
