"""What the drill found: rows that pages cut, fund rows without amounts, remarks in layouts without points."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jixiao.form import Extra, Form, FundRow, Funds, Goal, Indicator, LabelledFundRow, Project, Total, parse_target
from jixiao.reading.parse import parse_bytes
from jixiao.writing.kinds import write_documents
from jixiao.writing.official import lay_out, lay_out_blank
from roundtrip.contents import FAMILIES, PRINTED
from roundtrip.read_back import differences
from roundtrip.trip import DAY, KINDS

FORM = Form(
    title="项目支出绩效自评表",
    fiscal_year=2024,
    project=Project("科技金融"),
    department="甲局",
    unit="乙中心",
    currency_unit="万元",
    funds=Funds(total=FundRow(adjusted=Decimal("1.60"), executed=Decimal("1.60"))),
    goal=Goal("培育企业。"),
    indicators=(Indicator("产出指标", "数量指标", "举办活动", parse_target("≥7次", 2024)),),
)
LONG = "组织金融服务相关活动。" * 300
"""More than a page of an official form holds in any of its cells."""
ENGLISH = "The budget, the target and the performance. " * 60


def back(form: Form, layout: str, kind: str) -> list[str]:
    """What differs of a form that was written and read."""
    laid = lay_out(form, FAMILIES[layout])
    (got,) = parse_bytes(b"".join(write_documents([laid.document], kind, DAY, None)), f"a.{kind}")
    return differences(form, got)


@pytest.mark.parametrize("kind", ["pdf", "ofd"])
@pytest.mark.parametrize(
    "form",
    [
        replace(FORM, department=LONG),
        replace(FORM, unit=ENGLISH.strip(), department=LONG),
        replace(FORM, goal=Goal(LONG, "已完成。")),
        replace(FORM, indicators=(replace(FORM.indicators[0], name=LONG, deviation=ENGLISH.strip()), *FORM.indicators)),
    ],
)
def test_a_row_that_pages_cut_comes_back_whole(form: Form, kind: str) -> None:
    """A text longer than a page stays in its field, wherever it stands, and what is printed again is not read twice."""
    assert back(form, "ministry", kind) == []


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_fund_row_without_amounts_is_a_fund_row(kind: str) -> None:
    """A row of funds of any name that holds no more than a rate stays one of the fund table."""
    more = (LabelledFundRow("企业自筹资金"), LabelledFundRow("社会捐赠款"))
    form = replace(
        FORM, funds=replace(FORM.funds, more=more), extras=(Extra("执行率", "58.81%", "/funds/more/1"),)
    )  # fmt: skip
    assert back(form, "ministry", kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_remark_below_the_indicators_is_none(kind: str) -> None:
    """In a layout without points, too, an unknown label and its text under the last indicator are no indicator."""
    extras = (Extra("整改要求落实情况", "已落实。"), Extra("绩效评价专家意见", "无异议。"))
    laid = lay_out(replace(FORM, extras=extras), FAMILIES["transfer"])
    (got,) = parse_bytes(b"".join(write_documents([laid.document], kind, DAY, None)), f"a.{kind}")
    assert ([row.name for row in got.indicators], got.extras) == (["举办活动"], extras)


@pytest.mark.parametrize("kind", KINDS)
def test_line_ends_inside_a_text_are_joined(kind: str) -> None:
    """A form's texts are of one line: a line end is printed as one, and read as the words on both sides, joined."""
    written = replace(FORM, goal=Goal("第一项\n第二项 \n part\ntwo"))
    (got,) = parse_bytes(
        b"".join(write_documents([lay_out(written, FAMILIES["ministry"]).document], kind, DAY, None)), f"a.{kind}"
    )
    assert got.goal.expected == "第一项第二项part two"


@pytest.mark.parametrize("layout", PRINTED)
@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_is_read(kind: str, layout: str) -> None:
    """A blank form of every layout and format is a form of its title that claims no number."""
    document = lay_out_blank(FAMILIES[layout]).document
    (got,) = parse_bytes(b"".join(write_documents([document], kind, DAY, None)), f"a.{kind}")
    assert got.project == Project()
    assert got.total.score is None
    assert got.funds.total == FundRow()


@pytest.mark.parametrize("kind", ["pdf", "ofd"])
def test_a_form_without_indicators_with_notes_below_keeps_its_rules(kind: str) -> None:
    """The heading of the indicators, then the total: nothing is missing between them, and points stay points."""
    english = "Figures are audited, in 万元, and rounded to two decimals where a unit printed more of them than that."
    notes = (Extra("unplaced", english), Extra("unplaced", "本表由项目实施单位填写，一式两份。"))
    form = replace(FORM, indicators=(), total=Total(weight=Decimal("553.50")), extras=notes)
    assert back(form, "ministry", kind) == []


@pytest.mark.parametrize("lines", range(20, 46))
def test_a_label_over_a_row_that_a_page_cuts_comes_again_whole(lines: int) -> None:
    """A second level of four lines over two rows, of which the second is longer than a page, is one heading."""
    rows = tuple(
        Indicator("效益指标", "可持续影响指标", name, weight=Decimal(5), score=Decimal(5))
        for name in ("一" * 15 * lines, "三" * 2400, "四")
    )
    assert back(replace(FORM, indicators=rows), "shanghai", "pdf") == []
