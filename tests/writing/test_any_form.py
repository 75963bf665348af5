"""Every writer takes every form, whatever was read."""

import json
from decimal import Decimal

import lxml.html
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from jixiao.form import (
    Actual,
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Place,
    Problem,
    Project,
    Target,
    Total,
)
from jixiao.review.verdict import Finding, Review, Undecided
from jixiao.scoring.sheet import Clause, Line, ScoreSheet, Step, Text
from jixiao.writing.html.page import write_html
from jixiao.writing.json_report import read_review, write_json
from jixiao.writing.report import FileReport, FormReport, ReportError, ReviewReport
from jixiao.writing.sarif import write_sarif
from jixiao.writing.text_report import write_text

WORDS = st.text(alphabet=st.sampled_from("产出指标 a1%<>&\"'{}\n\t\x1b\u202e]]>/#;"), max_size=12)
NUMBERS = st.none() | st.decimals(-1000, 100000, places=2)
TEXTS = st.builds(Text, WORDS, WORDS)
CLAUSES = st.none() | st.builds(Clause, WORDS, WORDS, st.sampled_from(["text-seen", "practice", "recalled"]))
POINTERS = st.one_of(
    WORDS,
    st.sampled_from(["", "/title", "/indicators", "/funds", "/grade", "/total/score", "/execution", "/funds/more/0"]),
    st.builds("/indicators/{}/{}".format, st.integers(0, 3), st.sampled_from(["level1", "level2", "name", "score"])),
)
PLACES = st.builds(
    Place,
    file=WORDS,
    page=st.none() | st.integers(1, 9),
    cell=st.none() | WORDS,
    line=st.none() | st.integers(1, 9),
    column=st.none() | st.integers(1, 9),
)
INDICATORS = st.builds(
    Indicator,
    level1=st.sampled_from(["产出指标", "效益指标", ""]),
    level2=st.sampled_from(["数量指标", ""]),
    name=WORDS,
    target=st.builds(Target, WORDS),
    actual=st.builds(Actual, WORDS),
    weight=NUMBERS,
    score=NUMBERS,
    deviation=WORDS,
)
ROWS = st.builds(FundRow, NUMBERS, NUMBERS, NUMBERS)
FORMS = st.builds(
    Form,
    title=WORDS,
    fiscal_year=st.none() | st.integers(1990, 2100),
    project=st.builds(Project, WORDS, st.none() | WORDS),
    department=WORDS,
    unit=WORDS,
    currency_unit=st.none() | WORDS,
    funds=st.builds(
        Funds, ROWS, ROWS, ROWS, ROWS, st.lists(st.builds(LabelledFundRow, WORDS, NUMBERS), max_size=2).map(tuple)
    ),
    execution=st.builds(Execution, NUMBERS, NUMBERS, NUMBERS),
    goal=st.builds(Goal, WORDS, WORDS),
    indicators=st.lists(INDICATORS, max_size=3).map(tuple),
    total=st.builds(Total, NUMBERS, NUMBERS),
    grade=st.none() | WORDS,
    extras=st.lists(st.builds(Extra, WORDS, WORDS, st.none() | POINTERS), max_size=2).map(tuple),
    problems=st.lists(st.builds(Problem, POINTERS, WORDS, WORDS), max_size=2).map(tuple),
)
LINES = st.builds(
    Line,
    pointer=st.sampled_from(["/execution", "/indicators/0", "/indicators/9"]),
    claimed=NUMBERS,
    computed=NUMBERS,
    low=NUMBERS,
    high=NUMBERS,
    agrees=st.none() | st.booleans(),
    formula=TEXTS,
    steps=st.lists(st.builds(Step, WORDS, WORDS, CLAUSES), max_size=2).map(tuple),
    needs=st.lists(POINTERS, max_size=2).map(tuple),
)
SHEETS = st.builds(
    ScoreSheet, WORDS, WORDS, WORDS, NUMBERS, st.none() | WORDS, NUMBERS, NUMBERS, st.none() | WORDS,
    st.lists(LINES, max_size=2).map(tuple),
)  # fmt: skip
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["JX101", "JX204"]),
    name=st.just("x"),
    family=st.sampled_from(["arithmetic", "clause", "doubt"]),
    severity=st.sampled_from(["error", "warning", "info"]),
    pointer=POINTERS,
    places=st.lists(PLACES, max_size=2).map(tuple),
    read=TEXTS,
    expected=TEXTS,
    ask=TEXTS,
    clause=CLAUSES,
)
REVIEWS = st.builds(
    Review,
    st.lists(FINDINGS, max_size=3).map(tuple),
    st.lists(st.builds(Undecided, st.just("JX310"), POINTERS, TEXTS), max_size=1).map(tuple),
)
FORM_REPORTS = st.builds(FormReport, FORMS, SHEETS, REVIEWS, TEXTS, TEXTS, st.just({}))
FILES = st.builds(
    FileReport,
    WORDS,
    WORDS,
    st.none() | st.builds(ReportError, WORDS, TEXTS, TEXTS),
    st.lists(FORM_REPORTS, max_size=1).map(tuple),
)


@st.composite
def reports(draw: st.DrawFn) -> ReviewReport:
    """Any review at all; made by hand, for Hypothesis prints what `builds` made with every call nested in it."""
    return ReviewReport(draw(WORDS), tuple(draw(st.lists(FILES, max_size=2))))


@given(reports())
def test_html_is_whole_for_any_review(report: ReviewReport) -> None:
    """Whatever was read and found, ids are unique, links resolve, findings are there once, and one script runs."""
    page = lxml.html.document_fromstring(write_html(report).decode().replace("\x1b", " "))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.xpath("//@href")} <= set(ids)
    findings = page.xpath("//li[contains(@class, 'finding ')]")
    assert len(findings) == sum(len(form.review.findings) for _, form in report.forms())
    assert len(page.xpath("//script")) == 1


@given(report=reports(), language=st.sampled_from(["zh", "en"]), width=st.sampled_from([40, 100]), asked=st.booleans())
def test_text_fits_for_any_review(report: ReviewReport, language: str, width: int, *, asked: bool) -> None:
    """Whatever was read and found, no line is too wide and no control character is printed."""
    text = write_text(report, "zh" if language == "zh" else "en", width=width, asked=asked)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    assert text.replace("\n", "").isprintable()


@given(reports())
def test_json_reads_back_for_any_review(report: ReviewReport) -> None:
    """Whatever was read and found, JSON reads back with the same forms and as many findings."""
    document = read_review(write_json(report))
    for entry, (_, form) in zip((f for file in document.files for f in file.forms), report.forms(), strict=True):
        assert entry.form == form.form
        assert entry.computed.score == (None if form.sheet.score is None else format(form.sheet.score, "f"))
        assert len(entry.findings) == len(form.review.findings)


@given(reports())
def test_sarif_points_into_itself_for_any_review(report: ReviewReport) -> None:
    """Whatever was read and found, every result's indexes lead to its rule and its file."""
    run = json.loads(write_sarif(report), parse_float=Decimal)["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"]:
            spot = location["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][spot["index"]]["location"]["uri"] == spot["uri"]
