"""Whatever a report names, a code of a check or an entry of a rulebook, can be looked up; in the HTML by a link."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from lxml import html

from jixiao.desk.explaining import dated_book, explanation, with_told
from jixiao.desk.library import checks, shelf
from jixiao.desk.reviewing import review_files, review_form
from jixiao.writing.book_entries import entries
from jixiao.writing.html.page import write_html
from jixiao.writing.json_report import review_wire
from jixiao.writing.report import FileReport, FormReport, ReviewReport, steps_of
from jixiao.writing.sarif import sarif_wire
from jixiao.writing.text_report import write_text
from oracle.adversary import form_number

SEED = Path(__file__).resolve().parents[2] / "examples" / "shanghai-2024.txt"
FORMS_A_BOOK = 2


@cache
def seed() -> ReviewReport:
    """The seed, reviewed as it is."""
    return ReviewReport("0.1.0", tuple(review_files([SEED])))


@cache
def generated() -> ReviewReport:
    """Adversarial forms, a few under each rulebook."""
    books = shelf().ids()
    forms = tuple(
        review_form(form_number(at, seed=77), rulebook=books[at % len(books)], trial=True)
        for at in range(FORMS_A_BOOK * len(books))
    )
    return ReviewReport("0.1.0", (FileReport("generated.json", "", None, forms),))


reports = pytest.mark.parametrize("report", [seed, generated], ids=["seed", "generated"])


@cache
def known(book: str) -> frozenset[str]:
    """The ids of the entries of a rulebook of a day."""
    return frozenset(entry.id for entry in entries(dated_book(book)))


def book_of(form: FormReport) -> str:
    """The rulebook of a form as `jixiao explain` takes it."""
    return f"{form.sheet.rulebook}@{form.sheet.on}"


def codes(form: FormReport) -> Iterator[str]:
    """The codes of the checks that found or could not decide something."""
    yield from (finding.code for finding in form.review.findings)
    yield from (item.code for item in form.review.undecided)


@reports
def test_every_step_names_the_entry_behind_it(report: Callable[[], ReviewReport]) -> None:
    """Each step of each derivation bears the id of an entry of the form's own rulebook, with that entry's clause."""
    seen: dict[str, str] = {}
    for _, form in report().forms():
        for step in steps_of(form.sheet):
            assert step.entry in known(book_of(form)), step
            seen[step.entry] = book_of(form)
    assert len(seen) > 8
    for name, book in seen.items():
        told = json.loads(explanation(name, "json", "zh", book))
        assert all(each["entry"]["id"] == name and each["entry"]["clause"]["document"] for each in told)


@reports
def test_the_names_of_the_json_and_the_sarif_are_explained(report: Callable[[], ReviewReport]) -> None:
    """Codes and entries of the JSON review, and the rules of the SARIF log, are names that explain takes."""
    for file in review_wire(report())["files"]:
        for form in file["forms"]:
            book = f"{form['rulebook']['id']}@{form['rulebook']['on']}"
            steps = [step for line in form["computed"]["lines"] for step in line["steps"]]
            steps += form["computed"]["steps"]
            assert {step["entry"] for step in steps} <= known(book)
            assert {item["code"] for item in (*form["findings"], *form["undecided"])} <= set(checks())
    (run,) = sarif_wire(report())["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} <= set(checks())
    assert {result["ruleId"] for result in run["results"]} == {
        code for _, form in report().forms() for code in codes(form)
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@reports
def test_the_names_in_the_text_are_explained(report: Callable[[], ReviewReport], language: Literal["zh", "en"]) -> None:
    """The text prints the code of each finding and, in brackets, the entry of each step."""
    asked = write_text(report(), language, width=4000)
    derived = write_text(report(), language, width=4000, asked=False)
    assert set(re.findall(r"\bJX\d{3}\b", asked)) == {code for _, form in report().forms() for code in codes(form)}
    printed = set(re.findall(r"^ +· .* \[([^\[\]]+)\]$", derived, flags=re.MULTILINE))
    assert printed == {
        step.entry for _, form in report().forms() for line in form.sheet.lines for step in line.steps
    } | {step.entry for _, form in report().forms() for step in form.sheet.steps}


@reports
def test_the_page_links_every_name_to_its_explanation(report: Callable[[], ReviewReport]) -> None:
    """Every code and every step of the page is a link to a part of the same page that bears its name and says more."""
    page = html.fromstring(write_html(with_told(report())))
    forms = [section for section in page.iter("section") if section.get("class") == "form"]
    named = [link for section in forms for link in section.iter("a") if link.get("class") == "behind"]
    parts = {part.get("id"): part for part in page.iter() if part.get("id")}
    for href, name in {(link.get("href"), link.findtext("code")) for link in named}:
        target = parts[href.removeprefix("#")]
        assert target.findtext("code") == name
        assert len(target.getparent().findall("dl/div")) >= 5
    shown = {link.findtext("code") for link in named}
    assert {code for _, form in report().forms() for code in codes(form)} <= shown
    assert {step.entry for _, form in report().forms() for step in steps_of(form.sheet)} <= shown
    steps = page.xpath("//section[@class='form']//details//ol/li")
    assert all(step.xpath("./a[@class='behind']") for step in steps)


def test_a_check_whose_clause_is_the_rulebooks_leads_to_it() -> None:
    """JX204 cites the clause of p.adjustment_threshold; its explanation links to that entry of the book in use."""
    page = html.fromstring(write_html(with_told(seed())))
    (article,) = page.xpath("//section[@class='told']/article[h3/code='JX204']")
    (link,) = article.xpath("./dl/div/dd/a")
    (target,) = page.xpath(f"//*[@id='{link.get('href').removeprefix('#')}']")
    assert target.findtext("code") == "p.adjustment_threshold"
    assert "30" in target.getparent().text_content()


def test_ids_of_the_page_are_unique() -> None:
    """No two parts of the page bear the same id."""
    found = html.fromstring(write_html(with_told(generated()))).xpath("//@id")
    assert len(found) == len(set(found))


def test_a_report_without_explanations_names_all_the_same() -> None:
    """Where nothing is told, codes and entries stand as text, and no link leads nowhere."""
    page = html.fromstring(write_html(seed()))
    assert page.xpath("//a[@class='behind']") == []
    assert page.xpath("//li[contains(@class, 'finding')]//code[starts-with(., 'JX')]")
