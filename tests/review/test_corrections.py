"""What is corrected on a form, what is only said, and why: cases whose answer a person worked out."""

from datetime import date
from typing import Any

import pytest

from jixiao.review import Reviewer, specimen
from jixiao.review.corrections import Corrected, correct
from jixiao.review.corrections.amounts import DOUBTS_OF_AMOUNTS
from review import bench_of_books

PARTS = {"total": "320.00 320.00 304.00", "current_year": "300.00 300.00 284.00", "carryover": "20.00 20.00 20.00"}
NO_PARTS = {"total": "320.00 320.00 304.00", "current_year": "- - -", "carryover": "- - -", "other": "- - -"}


def corrected(differs: dict[str, Any], book: str = "cn-shanghai") -> Corrected:
    """The sample form of the checks' pages with some cells changed, corrected."""
    return correct(specimen(differs), bench_of_books.reviewer(book))


def written(result: Corrected) -> dict[str, tuple[str, str]]:
    """What was corrected: pointer → old and new."""
    return {each.pointer: (each.read, each.corrected) for each in result.corrections}


def said(result: Corrected) -> str:
    """All that was left, in 中文."""
    return "".join(left.said.zh for left in result.left)


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        pytest.param({"sum": "100 99.82"}, {"/total/score": ("99.82", "99.28")}, id="a total above the sum"),
        pytest.param({"sum": "110 99.28"}, {"/total/weight": ("110", "100")}, id="points of the total row"),
        pytest.param({"grade": "良"}, {"/grade": ("良", "优")}, id="a grade that the total does not have"),
        pytest.param({"execution": "10 96.00 9.50"}, {"/execution/rate": ("96.00", "95.00")}, id="a rate"),
        pytest.param(
            {"execution": "10 95.00 9.00", "sum": "100 99.28"}, {"/execution/score": ("9.00", "9.50")},
            id="a score of execution that the total counts in full",
        ),
        pytest.param(
            {"lines": {1: "~ | ~ | ~ | ~ | ~ | 8"}, "sum": "100 99.28"}, {"/indicators/1/score": ("8", "10")},
            id="a score of a line that the total counts in full",
        ),
        pytest.param(
            {"funds": PARTS | {"total": "320.00 302.00 304.00"}, "execution": "10 95.00 9.50"},
            {"/funds/total/adjusted": ("302.00", "320.00")}, id="a total of funds that the rate convicts",
        ),
        pytest.param(
            {"extras": [["执行率(%)", "12.50%", "/funds/current_year"]]}, {"/extras/0": ("12.50%", "94.67%")},
            id="the rate beside a fund row",
        ),
    ],
)  # fmt: skip
def test_one_fault_is_put_right(differs: dict[str, Any], expected: dict[str, tuple[str, str]]) -> None:
    """A number that the rest of the form convicts is put right, with the decimals that were printed."""
    result = corrected(differs)
    assert (written(result), result.left) == (expected, ())


def test_a_wrong_rate_takes_score_total_and_grade_with_it() -> None:
    """A rate of 60 instead of 94 %, with a score that followed from it: four corrections, each told with its source."""
    funds = PARTS | {"total": "320.00 320.00 300.80", "current_year": "300.00 300.00 280.80"}
    differs: dict[str, Any] = {"funds": funds, "execution": "10 60.00 6.00", "sum": "100 89.78", "grade": "良"}
    differs["lines"] = {5: "~ | ~ | ~ | ~ | ~ | 3.78 | 尚有两处"}
    result = corrected(differs)
    assert written(result) == {
        "/execution/rate": ("60.00", "94.00"), "/execution/score": ("6.00", "9.40"),
        "/total/score": ("89.78", "93.18"), "/grade": ("良", "优"),
    }  # fmt: skip
    score, total, grade = result.corrections[1:]
    assert score.depends[0] == "/execution/rate"
    assert total.depends[0] == "/execution/score"
    assert grade.depends == ("/total/score",)
    assert "所依据的“总分得分”已由 89.78 改为 93.18。" in [reason.zh for reason in grade.because]


def test_a_claim_above_the_rule_is_lowered_with_the_total() -> None:
    """Half of a target with full points: the line gets half, the total what is left; the clause is told."""
    result = corrected({"lines": {5: "~ | ~ | ~ | 45% | ~ | 10 | 征地未完"}, "sum": "100 99.5"})
    assert written(result) == {"/indicators/5/score": ("10", "5"), "/total/score": ("99.5", "94.5")}
    assert result.corrections[0].clause is not None
    assert any("45.00 ÷ 90.00" in reason.zh for reason in result.corrections[0].because)


def test_a_claim_below_the_rule_is_the_units_own() -> None:
    """A unit that takes points off itself keeps its score; it is told, and nothing is changed."""
    result = corrected({"lines": {0: "~ | ~ | ~ | ~ | ~ | 12 | 验收资料不全"}})
    assert (result.corrections, [left.why for left in result.left]) == ((), ["kept"])
    assert "自评 12，低于按规则算得的 15" in said(result)


@pytest.mark.parametrize(
    ("differs", "words"),
    [
        pytest.param(
            {"lines": {4: "~ | 改善出行环境 | 积水明显减少 | 部分达成 | 20 | 18 | 两处未消除"}},
            "规则给的不是一个数", id="a band",
        ),
        pytest.param(
            {"lines": {0: "~ | 平均办理天数 | ≤10天 | 12天 | ~ | 14 | 系统升级"}}, "两种算法均可",
            id="several formulas",
        ),
        pytest.param({"funds": NO_PARTS, "execution": "10 96.00 9.60"}, "是执行率还是金额有误", id="rate or amounts"),
        pytest.param(
            {"funds": PARTS | {"current_year": "299.00 300.00 284.00"}}, "哪一格有误表内无法判断", id="a sum of funds",
        ),
        pytest.param(
            {"lines": {0: "~ | ~ | ~ | ~ | 13 | 15"}, "sum": "100 99.28"}, "分值以批复为准",
            id="points of a line",
        ),
        pytest.param({"declared": {"产出指标": "40"}}, "标题所印分值", id="points of a heading"),
        pytest.param(
            {"lines": {0: "~ | ~ | ~ | 6公里 | ~ | 13 | 冬季停工"}}, "本身有疑问",
            id="a result that is itself asked about",
        ),
        pytest.param(
            {"extras": [["加分项得分", "2", None]], "sum": "100 101.28"}, "加分或扣分", id="points beside the lines",
        ),
    ],
)  # fmt: skip
def test_what_the_form_does_not_decide_is_said_and_stays(differs: dict[str, Any], words: str) -> None:
    """Where several cells may be wrong, or the rule gives no single number, nothing is changed: that is told."""
    result = corrected(differs)
    assert result.corrections == ()
    assert words in said(result)


def test_a_qualitative_line_may_explain_a_small_gap() -> None:
    """A total one point above the sum: the line judged by band may be the one, so the form does not tell."""
    line = "~ | 改善出行环境 | 积水明显减少 | 达成年度指标 | 20 | 18 | 两处未消除"
    result = corrected({"lines": {4: line}, "sum": "100 98.28"})
    assert (result.corrections, "应为 19" in said(result)) == ((), True)


def test_a_rule_not_yet_in_force_changes_no_score() -> None:
    """A form of a year before the rules: the sums are put right, the scores are not touched by a later law."""
    early = {"year": 2015, "lines": {5: "~ | ~ | ~ | 45% | ~ | 10 | 征地未完"}, "sum": "100 120"}
    form = specimen(early)
    book = bench_of_books.shelf().on("cn", date(2015, 12, 31))
    result = correct(form, Reviewer(book, bench_of_books.checks(), bench_of_books.lexicons()))
    assert "起施行" in said(result)
    assert "/indicators/5/score" not in written(result)


def test_scores_are_printed_with_the_decimals_of_the_form() -> None:
    """In a form whose scores are whole numbers a score of 8.62 is written as 9, as the book allows."""
    whole = {
        "funds": NO_PARTS | {"total": "250 250 215.5"}, "execution": "10 86.2 10", "sum": "100 80",
        "indicators": ["数量指标 | 甲 | ≥5次 | 6次 | 60 | 60", "社会效益指标 | 乙 | ≥90% | 60% | 30 | 10 | 停工"],
    }  # fmt: skip
    assert written(corrected(whole, "cn"))["/execution/score"] == ("10", "9")


def test_the_cap_of_a_place_brings_the_total_down() -> None:
    """Where a place caps the total at a low execution rate, a total above the cap is brought down to it."""
    funds = NO_PARTS | {"total": "100 100 55"}
    result = corrected({"funds": funds, "execution": "10 55.00 5.50", "sum": "100 95.28"}, "cn-platform")
    assert "/total/score" in written(result)
    assert result.corrections[-1].pointer == "/grade"


def test_the_checks_that_keep_amounts_in_doubt_are_there() -> None:
    """Every code that keeps amounts from being taken for sure is the code of a check."""
    assert set(bench_of_books.checks()) >= DOUBTS_OF_AMOUNTS
