"""The HTML report: its structure, its links, its languages, its armour."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any, Literal

import lxml.html
import pytest
from msgspec.structs import replace

from jixiao.form import Extra, Form, Indicator
from jixiao.review.verdict import Review
from jixiao.scoring.sheet import ScoreSheet, Text
from jixiao.writing.html.page import write_html
from jixiao.writing.report import FileReport, FormReport, ReviewReport
from writing.review_samples import HOSTILE, faulty, form_report, hostile_sample, sample, truth_forms, with_trial

CJK = re.compile(r"[\u3400-\u9fff]")
TAG = re.compile(r"<(?:script|img|svg/|iframe)", re.IGNORECASE)


def page_of(report: ReviewReport, language: Literal["zh", "en"] = "zh", *, asked: bool = True) -> Any:
    """The page, parsed."""
    return lxml.html.document_fromstring(write_html(report, language, asked=asked).decode())


def text_of(element: Any, language: str = "zh") -> str:
    """What a reader of one language sees of an element, white space squeezed."""
    other = "en" if language == "zh" else "zh"
    parts = [
        text
        for text in element.xpath(".//text()")
        if not text.getparent().xpath(f"(ancestor-or-self::*[@class='{other}'])")
        or (text.is_tail and text.getparent().get("class") == other)
    ]
    return " ".join("".join(parts).split())


def one(form: FormReport) -> ReviewReport:
    """A review of one form."""
    return ReviewReport("0.1.0", (FileReport("a.pdf", "", None, (form,)),))


EMPTY = FormReport(
    Form(),
    ScoreSheet("cn", "", "", None, None, None, None, None, ()),
    Review(),
    Text("规则", "rules"),
    Text("因", "why"),
    {},
)


@pytest.mark.parametrize("report", [sample(), hostile_sample(), one(EMPTY), ReviewReport("0.1.0")])
@pytest.mark.parametrize("asked", [True, False])
def test_every_id_is_unique_and_every_link_resolves(report: ReviewReport, *, asked: bool) -> None:
    """No id stands twice, and every reference within the page leads to an element of it."""
    page = page_of(report, asked=asked)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = [href.removeprefix("#") for href in page.xpath("//@href")]
    wanted += page.xpath("//label/@for") + " ".join(page.xpath("//@aria-labelledby")).split()
    assert set(wanted) <= set(ids)


def test_every_finding_appears_once_and_is_tied_to_its_cell() -> None:
    """A finding stands once, its mark in a cell leads to it, and it leads back to that very cell."""
    report = sample()
    page = page_of(report)
    findings = page.xpath("//li[contains(@class, 'finding ')]")
    assert len(findings) == sum(len(form.review.findings) for _, form in report.forms())
    for finding in findings:
        (mark,) = page.xpath(f"//a[contains(@class, 'mark ')][@href='#{finding.get('id')}']")
        (back,) = finding.xpath(".//a/@href")
        assert mark.xpath(f"ancestor::*[@id='{back.removeprefix('#')}']")


def test_marks_stand_in_the_cells_they_are_about() -> None:
    """A finding about a field is marked in its cell, one about a row in its label, one about all in the caption."""
    page = page_of(one(faulty()))
    places = {
        "f1-total-score": "算1", "f1-execution-score": "算2", "f1-indicators-2-deviation": "条1",
        "f1-funds-total": "疑1", "f1-goal-actual": "疑2", "f1-indicators": "疑3", "f1-indicators-8-weight": "疑4",
    }  # fmt: skip
    for anchor, name in places.items():
        marks = page.get_element_by_id(anchor).xpath(".//a[contains(@class, 'mark')]/span[@class='zh']/text()")
        assert marks == [name]


def test_finding_about_nothing_printed_stands_at_the_heading() -> None:
    """A finding whose pointer has no cell, of whatever kind, is marked at the heading of the form."""
    form = faulty()
    found = tuple(replace(form.review.findings[0], pointer=pointer) for pointer in ("", "/extras/0", "/nowhere/at/all"))
    page = page_of(one(replace(form, review=Review(found))))
    assert len(page.get_element_by_id("f1-title").xpath(".//a[contains(@class, 'mark')]")) == 3


@pytest.mark.parametrize(
    ("pointer", "anchor"),
    [
        ("/indicators/1", "f1-indicators-1-name"),
        ("/indicators/1/level1", "f1-indicators-0-level1"),
        ("/indicators/4/level2", "f1-indicators-3-level2"),
        ("/declared_weights/效益指标", "f1-indicators-8-level1"),
        ("/execution", "f1-execution-score"),
        ("/execution/rate", "f1-execution-rate"),
        ("/funds", "f1-funds"),
        ("/funds/more/0", "f1-funds-more-0"),
        ("/funds/carryover/executed", "f1-funds-carryover-executed"),
        ("/goal", "f1-goal"),
        ("/project", "f1-project-name"),
        ("/fiscal_year", "f1-fiscal_year"),
        ("/currency_unit", "f1-currency_unit"),
        ("/total", "f1-total"),
        ("/grade", "f1-grade"),
    ],
)
def test_pointer_finds_its_cell(pointer: str, anchor: str) -> None:
    """Every kind of pointer is marked in the cell that shows it, merged heading cells included."""
    form = faulty()
    report = replace(form, review=Review((replace(form.review.findings[0], pointer=pointer),)))
    (mark,) = page_of(one(report)).xpath("//*[contains(@class, 'sheet')]//a[contains(@class, 'mark')]")
    assert mark.xpath(f"ancestor::*[@id='{anchor}']")


def test_table_prints_the_form_with_merged_headings() -> None:
    """The printed table has every value of the form, and merges equal neighbouring headings by spans."""
    form = truth_forms()[0]
    page = page_of(one(form_report(form, 1)))
    (table,) = page.xpath("//table[contains(@class, 'indicators')]")
    spans = [(text_of(cell), cell.get("rowspan", "1")) for cell in table.xpath(".//tbody//th[not(@colspan)]")]
    assert spans[:3] == [("产出指标", "7"), ("数量指标", "3"), ("质量指标", "2")]
    text = text_of(page.get_element_by_id("f1-title").getparent())
    for line in form.indicators:
        assert all(value in text for value in (line.name, line.target.text, line.actual.text))
    assert all(value in text for value in ("130.00", "1.60", form.goal.expected, form.unit, "（2024年度）"))


@pytest.mark.parametrize(
    "form", [truth_forms()[2], Form(), Form(indicators=(Indicator(), Indicator("a"), Indicator()))]
)
def test_rows_of_the_table_are_full(form: Form) -> None:
    """Counted with their spans, all rows of both tables have eight columns."""
    page = page_of(one(replace(EMPTY, form=form)))
    for table in page.xpath("//table[contains(@class, 'printed-form')]"):
        open_rows = [0] * 8
        for row in table.xpath(".//tr"):
            spans = [(int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))) for cell in row]
            free = [column for column in range(8) if open_rows[column] == 0]
            assert sum(columns for columns, _ in spans) == len(free)
            open_rows = [max(0, left - 1) for left in open_rows]
            for columns, rows in spans:
                for column in free[:columns]:
                    open_rows[column] = rows - 1
                free = free[columns:]
        assert not any(open_rows)


def test_recount_stands_beside_the_claimed_score() -> None:
    """A score cell shows the claimed and the recomputed score, whether they agree in words, and the low end."""
    page = page_of(sample())
    assert text_of(page.get_element_by_id("f1-indicators-5-score")) == "5.00 重算 5.00 = 一致 下限 4.00"
    assert "重算 10.00 ≠ 不一致" in text_of(page.get_element_by_id("f3-execution-score"))
    assert text_of(page.get_element_by_id("f1-grade"), "en") == "优 recount 优 (excellent) = agrees"


def test_derivation_is_a_click_away() -> None:
    """The recomputed score links to its derivation, folded in a details element, with steps, clause and evidence."""
    page = page_of(sample())
    (link,) = page.get_element_by_id("f1-indicators-0-score").xpath(".//a[contains(@class, 'recount')]/@href")
    steps = page.get_element_by_id(link.removeprefix("#"))
    assert steps.getparent().tag == "details"
    assert steps.getparent().get("open") is None
    text = text_of(steps, "en")
    assert "ratio 1, score 10.00" in text
    assert "第十六条 recalled, text not seen" in text


def test_recalled_clause_is_shown_as_recalled() -> None:
    """A clause nobody has seen in writing bears its mark in the finding, and the legend explains all three marks."""
    page = page_of(sample())
    finding = page.get_element_by_id("f1-d1")
    assert finding.xpath(".//*[contains(@class, 'evidence recalled')]")
    assert "凭记忆，原文未核" in text_of(finding)
    legend = text_of(page.get_element_by_id("legend").getnext())
    assert all(name in legend for name in ("已见原文", "见于实践", "凭记忆，原文未核"))


def test_ranking_puts_most_questions_first_with_all_numbers() -> None:
    """The form with most findings is first, each row links to its form and says in digits what its bar shows."""
    rows = page_of(sample()).xpath("//table[@class='ranking']/tbody/tr")
    assert [row.xpath(".//a/@href")[0] for row in rows[:3]] == ["#f3", "#f1", "#f2"]
    assert all(number in text_of(rows[1]) for number in ("100.00", "92.00", "疑问 4"))
    bar = rows[1].xpath(".//*[local-name()='rect'][@class='bar-low']")[0]
    assert bar.get("width") == "184"


def test_unreadable_files_stand_near_the_top() -> None:
    """An unreadable file is named with sentence and advice before the first form, in both languages."""
    page = page_of(sample())
    block = page.get_element_by_id("unreadable").getnext()
    assert "扫描件/机关服务.pdf" in text_of(block)
    assert "没有文字层" in text_of(block)
    assert "Try the original" in text_of(block, "en")
    assert "请用原始的" not in text_of(block, "en")


def test_every_string_has_both_languages() -> None:
    """中文 stands only in spans with an English twin next to them, or where the form or a file is quoted."""
    page = page_of(sample())
    for text in page.xpath("//body//text()[not(ancestor::script)]"):
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        if CJK.search(text) and "中文" not in text:
            classes = {name for node in holder.xpath("ancestor-or-self::*") for name in node.get("class", "").split()}
            assert classes & {"zh", "en", "printed", "sans"}, text
    for chinese in page.xpath("//span[@class='zh']"):
        english = chinese.getnext()
        assert english is not None
        assert (english.get("class"), english.get("lang"), chinese.get("lang")) == ("en", "en", "zh-CN")
        assert english.text_content().strip() or not chinese.text_content().strip()


def test_no_text_hides_in_attributes() -> None:
    """No attribute carries words, which could not switch language: labels are elements."""
    page = page_of(sample())
    assert not page.xpath("//@title | //@alt | //@aria-label | //@placeholder")


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_page_begins_in_the_language_asked_for(language: Literal["zh", "en"], tag: str) -> None:
    """The document's language and the switch's first choice are the one asked for."""
    page = page_of(sample(), language)
    assert page.get("lang") == tag
    assert page.xpath("//input[@checked]/@id") == [f"lang-{language}"]


def test_nothing_is_loaded_from_anywhere() -> None:
    """There is no address in the page, no source, no import, and no style that fetches."""
    text = write_html(sample()).decode()
    assert not re.search(r"https?://|//[a-z]+\.[a-z]", text)
    page = page_of(sample())
    assert not page.xpath("//@src | //@srcset | //@action | //link | //iframe | //object | //img | //base")
    assert not re.search(r"@import|url\((?!#hatch\))", text)


def test_policy_allows_only_our_own_script_and_style() -> None:
    """The policy forbids everything but one style and one script, by the hash of exactly what the page holds."""
    text = write_html(hostile_sample()).decode()
    policy = page_of(hostile_sample()).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = b64encode(sha256(body.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert not page_of(sample()).xpath("//@style")


def test_hostile_text_stays_text() -> None:
    """Markup in any field of form, finding, rulebook or error is shown letter by letter and makes no element."""
    page = page_of(hostile_sample())
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //@onerror")
    printed = page.get_element_by_id("f1-title").getparent().text_content()
    assert printed.count(HOSTILE) >= 10
    assert HOSTILE in page.get_element_by_id("f1-d1").text_content()
    assert HOSTILE in page.get_element_by_id("unreadable").getnext().text_content()
    assert "49" not in page.get_element_by_id("f1-d1").text_content()


def test_problems_and_extras_are_not_lost() -> None:
    """What could not be read is said in its cell and below, and what has no field of its own is printed below."""
    page = page_of(one(faulty()))
    assert "未能读出" in text_of(page.get_element_by_id("f1-indicators-3-score"))
    (below,) = page.xpath("//div[@class='below']")
    assert all(part in text_of(below) for part in ("此格笔画相连", "加强项目前期论证。", "比率法", "得分计算方法"))
    assert "上年同一项目的自评表" in text_of(below)


def test_rate_of_a_fund_row_stands_in_its_row() -> None:
    """A rate printed in a fund row below the first is shown there, can be marked there, and is not listed again."""
    form = faulty()
    extras = (Extra("执行率(%)", "77.70", "/funds/current_year"), Extra("执行率(%)", "0.10", "/funds/nowhere"))
    found = Review((replace(form.review.findings[0], pointer="/extras/0"),))
    page = page_of(one(replace(form, form=replace(form.form, extras=extras), review=found)))
    assert text_of(page.get_element_by_id("f1-extras-0")).startswith("77.70")
    assert "当年财政拨款" in text_of(page.get_element_by_id("f1-extras-0").getparent())
    (listed,) = page.xpath("//dl[@class='extras']")
    assert "77.70" not in text_of(listed)
    assert "0.10" in text_of(listed)


def test_scores_alone_show_no_questions() -> None:
    """When nothing was asked, the page has scores and derivations, and no mark, family or finding."""
    page = page_of(sample(), asked=False)
    assert not page.xpath("//*[contains(@class, 'mark ')] | //*[contains(@class, 'finding')]")
    assert "疑问" not in text_of(page.xpath("//main")[0])
    assert page.xpath("//details")


def test_empty_review_is_a_whole_page() -> None:
    """A review without files is still a page with its title and zero counts."""
    page = page_of(ReviewReport("0.1.0"))
    assert text_of(page.xpath("//h1")[0]) == "绩效自评复核报告"
    assert text_of(page.xpath("//ul[@class='tiles']/li")[0]) == "0 份文件"


def test_a_finding_on_trial_is_marked() -> None:
    """The finding bears the mark, the legend explains it, and the overview says how many such checks were not asked."""
    page = page_of(with_trial())
    (mark,) = page.xpath("//*[@class='finding-head']/*[@class='evidence trial']")
    assert text_of(mark) == "试行"
    assert len(page.xpath("//dl[@class='legend']//*[@class='evidence trial']")) == 1
    assert any("未问 3 项" in text_of(said) for said in page.xpath("//section//p[@class='quiet']"))
    assert not page_of(sample()).xpath("//*[@class='evidence trial']")
