"""What is recalled is shown as such wherever it decides something, in every report: findings, steps, caps, grades."""

import json
from functools import cache

import pytest

from jixiao.desk.pages import book_page
from jixiao.desk.reviewing import review_form
from jixiao.review.specimen import specimen
from jixiao.writing.report import FileReport, ReviewReport
from jixiao.writing.reports import render

RECALLED = {"zh": "凭记忆，原文未核", "en": "recalled, text not seen"}
SEEN = {"zh": "已见原文", "en": "text seen"}
LOST = {"lines": {"0": "~ | ~ | ≥12公里 | 10.8公里 | 15 | 13.50"}, "sum": "100 97.78"}


@cache
def report(book: str) -> ReviewReport:
    """A form that lost points without a reason and spent three quarters, under a book."""
    form = specimen({**LOST, "funds": {"total": "100 100 75"}})
    return ReviewReport("0", (FileReport("a.pdf", "0" * 64, None, (review_form(form, rulebook=book),)),))


def text(kind: str, language: str, *, asked: bool, book: str = "cn") -> str:
    """A report as text."""
    made = render(report(book), kind, language, asked=asked)  # type: ignore[arg-type]
    return made if isinstance(made, str) else made.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_marks_the_clause_of_a_finding_and_of_a_grade(language: str) -> None:
    """The question about lost points rests on a recalled article, and so does the grade in the derivation."""
    found = text("text", language, asked=True).split("JX302", 1)[1]
    assert RECALLED[language] in " ".join(found.split())
    derivation = " ".join(text("text", language, asked=False).split())
    grade = {"zh": "评分等级 =", "en": "grade ="}[language]
    assert RECALLED[language] in derivation.split(grade, 1)[1]


def test_text_marks_a_cap_as_seen_and_the_grade_below_it_as_recalled() -> None:
    """Under the platform's manual the cap is text seen; the grade it leads to stays recalled."""
    derivation = " ".join(text("text", "en", asked=False, book="cn-platform").split())
    cap, _, grade = derivation.split("cap of the total =", 1)[1].partition("grade =")
    assert SEEN["en"] in cap
    assert RECALLED["en"] in grade


def test_html_marks_both_languages() -> None:
    """The page has the mark in 中文 and English beside the derivation and the findings."""
    page = text("html", "zh", asked=True)
    assert page.count(RECALLED["zh"]) > 2
    assert page.count(RECALLED["en"]) > 2


def test_json_carries_the_evidence_of_steps_and_findings() -> None:
    """Each step and each clause of a finding has its evidence mark."""
    form = json.loads(text("json", "zh", asked=True, book="cn-platform"))["files"][0]["forms"][0]
    steps = {step["en"].split(" =")[0]: step["evidence"] for step in form["computed"]["steps"]}
    assert steps["grade"] == "recalled"
    assert steps["cap of the total"] == "text-seen"
    lost = next(finding for finding in form["findings"] if finding["code"] == "JX302")
    assert lost["clause"]["evidence"] == "recalled"


def test_sarif_carries_the_evidence_of_findings() -> None:
    """The property bag of a result says how its clause is evidenced, in the language of the report."""
    results = json.loads(text("sarif", "en", asked=True))["runs"][0]["results"]
    lost = next(result for result in results if result["ruleId"] == "JX302")
    assert lost["properties"]["evidence"] == RECALLED["en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_book_marks_every_entry(language: str) -> None:
    """Caps, bands, grades and values of a book are printed with their mark; a count of each stands at the top."""
    page = book_page("cn-platform", None, "text", language)  # type: ignore[arg-type]
    assert page.count(RECALLED[language]) > 10
    assert page.count(SEEN[language]) > 4
