"""Live scores in a JavaScript engine: words, books and rules loaded as a page loads them, and answers brought back."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jixiao.form import Form
from jixiao.language.javascript import row_json
from jixiao.office.filing.live.book import page_book
from jixiao.office.filing.live.state import page_evidence, page_features, page_form
from jixiao.office.filing.live.words import page_words
from jixiao.review import Context, Finding, Reviewer
from jixiao.scoring import Text
from office.filing.page_modules import Page, page

Case = tuple[Reviewer, Form, Context]
SHOW: Final = """(cases) => cases.map(([book, form, features, evidence]) => {
  const live = held.books[book], attached = evidence === null ? null : new Set(evidence);
  const { result, findings } = live.review(form, features, attached);
  const words = ({ zh, en }) => [zh, en];
  const told = (f) => [f.code, f.family, f.severity, f.pointer, ...words(f.read), ...words(f.expected), ...words(f.ask),
    f.clause === null ? null : [f.clause.document, f.clause.article, f.clause.evidence]];
  const names = ["total", "total_low", "rate", "execution_score"];
  const values = Object.fromEntries(names.map((name) => [name, result.value(name)]));
  return { rows: live.rows(form, features, attached), findings: findings.map(told), values,
    grade: result.value("grade_computed"), scores: form.indicators.map((_, at) => result.value("score", at)) };
})"""
_books: dict[int, tuple[int, Reviewer]] = {}


@cache
def live() -> Page:
    """The engine with the modules and the words loaded."""
    made = page()
    made.load("live/review.js")
    made.engine.eval(f"held.words = JSON.parse({json.dumps(page_words().decode())}); held.books = [];")
    made.engine.eval("""{
      const { Texts } = modules["live/texts.js"], { Values } = modules["live/values.js"];
      const { Deadlines } = modules["live/deadlines.js"], { Targets } = modules["live/targets.js"];
      held.texts = new Texts(held.words); held.values = new Values(held.texts);
      held.deadlines = new Deadlines(held.texts);
      held.targets = new Targets(held.texts, held.values, held.deadlines);
    }""")
    return made


def book_in_page(reviewer: Reviewer) -> int:
    """The number under which the engine holds a book; it is loaded once."""
    if id(reviewer) not in _books:
        runtime = (files("jixiao.language") / "javascript" / "runtime.js").read_text(encoding="utf-8")
        source = reviewer.scorer.program.javascript(runtime, None, "script").removeprefix("var ")
        live().engine.eval(f"var jixiaoRules; {source}")
        book = json.dumps(page_book(reviewer).decode())
        live().engine.eval(
            f'held.books.push(new modules["live/review.js"].Live(held.words, JSON.parse({book}), jixiaoRules));'
        )
        _books[id(reviewer)] = len(_books), reviewer
    return _books[id(reviewer)][0]


def in_page(cases: list[Case]) -> list[dict[str, Any]]:
    """What the page computes of forms."""
    given = [
        (book_in_page(reviewer), page_form(form), page_features(reviewer, form, context), page_evidence(context))
        for reviewer, form, context in cases
    ]
    found: list[dict[str, Any]] = live().run(SHOW, given)
    return found


def on_server(case: Case) -> dict[str, Any]:
    """The same from Python."""
    reviewer, form, context = case
    features = reviewer.features(form, context)
    row, rows = reviewer.scorer.cells(form, features, context.evidence)
    sheet, review = reviewer.reviewed(form, features, context)
    result = reviewer.scorer.evaluate(form, features, context.evidence)
    return {
        "rows": [row_json(row), [row_json(each) for each in rows]],
        "findings": [_told(finding) for finding in review.findings],
        "values": {name: _digits(result.form[name]) for name in ("total", "total_low", "rate", "execution_score")},
        "grade": sheet.grade if sheet.grade is not None else result.form["grade_computed"],
        "scores": [_digits(values["score"]) for values in result.rows],
    }


def _told(finding: Finding) -> list[Any]:
    words = [part for text in (finding.read, finding.expected, finding.ask) for part in _both(text)]
    clause = finding.clause
    cited = None if clause is None else [clause.document, clause.article, clause.evidence]
    return [finding.code, finding.family, finding.severity, finding.pointer, *words, cited]


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _digits(value: object) -> str | None:
    return None if value is None else f"{value:f}" if hasattr(value, "as_tuple") else str(value)
