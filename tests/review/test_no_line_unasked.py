"""A line whose score the rulebook does not confirm is asked about, or said to be undecided; never passed in silence."""

from decimal import Decimal

import pytest
from hypothesis import given

from jixiao.form import Form
from jixiao.review import Review, Undecided, specimen
from jixiao.review.lookup import row_of
from jixiao.scoring import ScoreSheet
from oracle.any_form import forms
from review import bench_of_books


def unasked(form: Form, sheet: ScoreSheet, review: Review) -> list[str]:
    """Lines that do not agree, or that are scored and cannot be computed, beside which the review says nothing.

    Points taken off with a reason where the target was met are lawful, so such a line needs no question.
    """
    said = {row_of(item.pointer) for item in review.findings}
    said |= {row_of(item.pointer) for item in review.undecided}
    rows = bench_of_books.reviewer().features(form).indicators
    silent = []
    for number, line in enumerate(sheet.lines, start=-1):
        explained = number >= 0 and (rows[number]["reason_given"] or rows[number]["line_unread"])
        less = line.claimed is not None and line.computed is not None and line.claimed < line.computed
        scored = number >= 0 and line.claimed is not None and form.indicators[number].weight is not None
        open_line = line.agrees is False or (scored and line.computed is None)
        if open_line and not (explained and less) and row_of(line.pointer) not in said:
            silent.append(line.pointer)
    return silent


@given(forms())
def test_no_line_is_passed_in_silence(form: Form) -> None:
    """Every line that disagrees with the rule, and every scored one it cannot compute, has a question or a need."""
    sheet, review = bench_of_books.reviewer().review(form)
    assert unasked(form, sheet, review) == []


@pytest.mark.parametrize(
    ("execution", "code"), [("10 0.00 10.00", "JX209"), ("10 0.00 12", "JX110"), ("10 0.00 -1", "JX111")]
)
def test_a_rate_without_base(execution: str, code: str) -> None:
    """Points of execution with an adjusted budget of zero are asked about, once."""
    form = specimen({"funds": {"total": "80 0 0"}, "execution": execution})
    sheet, review = bench_of_books.reviewer().review(form)
    assert unasked(form, sheet, review) == []
    assert code in {finding.code for finding in review.findings}


def undecided(line: str) -> list[Undecided]:
    """What is left open on a sound form whose fourth line is another; the check on last year's form left out."""
    _, review = bench_of_books.reviewer().review(specimen({"lines": {"3": line}}))
    return [item for item in review.undecided if item.code == "JX301"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "~ | 巡查 | ≥5次 | 按计划开展，超预期 | 10 | 10",
            "人工判断：实际完成值无法与指标值对照（巡查：指标值“≥5次”，",
        ),
        ("~ | 完工 | 2023年12月底前 | 2024年3月1日 | 10 | 8 | 停工", "人工判断：逾期完成扣多少分，规则未定（完工："),
        ("~ | 巡查 | ≥5次 |  | 10 | 10 | ", "实际完成值（巡查：指标值“≥5次”，实际完成值“（空）”）"),
        ("~ | 巡查 |  | 6次 | 10 | 10 | ", "年度指标值（巡查："),
        ("~ | 巡查 | ≥5次 | 6公里 | 10 | 10 | ", "统一的计量单位（巡查："),
    ],
)
def test_what_an_uncomputed_line_needs(line: str, said: str) -> None:
    """A scored line that no rule computes is left open at its score, with what is printed and what would settle it."""
    (item,) = undecided(line)
    assert item.pointer == "/indicators/3/score"
    assert item.needs.zh.startswith(said)


def test_every_open_line_is_told() -> None:
    """Two lines that cannot be computed are two needs, each at its own line."""
    lines = {"0": "~ | ~ | ~ | 见附件", "4": "~ | ~ | ~ | 见附件"}
    _, review = bench_of_books.reviewer().review(specimen({"lines": lines}))
    assert [item.pointer for item in review.undecided if item.code == "JX301"] == [
        "/indicators/0/score",
        "/indicators/4/score",
    ]


def test_a_band_is_named_by_its_ends() -> None:
    """A score at the open end of its band is told the band and that the end is excluded, never its own number back."""
    form = specimen({"lines": {"4": "~ | 改善 | 积水减少 | 部分达成 | 20 | 16 | 两处未消除"}})
    (finding,) = [found for found in bench_of_books.reviewer().review(form)[1].findings if found.code == "JX323"]
    assert finding.expected.zh == "该档次为分值的 60 % 至 80 %，应在 12.00 至 16.00 分之间（不含 16.00）"
    assert form.indicators[4].score == Decimal(16)


RESULTS = (
    "5次",
    "6次",
    "4次",
    "0次",
    "10次",
    "0.05",
    "部分达成",
    "达成指标",
    "未完成",
    "见附件",
    "",
    "2023年5月1日",
    "2024年2月1日",
)


@pytest.mark.parametrize(
    "target", ["≥5次", ">5次", "=5次", "≤5次", "<5次", "5-8次", "=0次", "有效改善", "2023年12月底前", ""]
)
@pytest.mark.parametrize("reason", ["", "停工"])
def test_no_printed_line_is_passed_in_silence(target: str, reason: str) -> None:
    """The same for every kind of target beside every kind of result, with full, partial, no and too many points."""
    made = bench_of_books.reviewer()
    for result in RESULTS:
        for points in ("10", "8", "6.5", "0", "11"):
            form = specimen({"lines": {"3": f"~ | 巡查 | {target} | {result} | 10 | {points} | {reason}"}})
            sheet, review = made.review(form)
            assert unasked(form, sheet, review) == [], (result, points)
