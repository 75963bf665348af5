"""What a page says while somebody types is what the server will say; where it cannot know, it says that it waits."""

from random import Random
from typing import Any, Final

from jixiao.office.filing.answers import ORDER
from jixiao.office.filing.cells import Record
from jixiao.office.filing.judging import with_problems
from jixiao.office.filing.live.state import page_features, page_form
from office.filing.live_page import _told, book_in_page, live
from office.filing.test_live_record import played
from oracle.adversary import form_number
from review.bench_of_books import reviewer

FORMS: Final = 60
TYPE: Final = """(number, cases) => cases.map(([form, features, rows, acts, after, keys]) => {
  const { LiveForm } = modules["page/live_form.js"], { book, rules } = held.books[number];
  const page = new LiveForm({ state: { form, features, evidence: null }, rows, texts: {} }, held.words, book, rules);
  for (const [cell, text] of acts) {
    if (cell === "rows") page.change([], text);
    else page.change([[cell, "", text]], null);
  }
  const words = ({ zh, en }) => [zh, en];
  const told = (f) => [f.code, f.family, f.severity, f.pointer, ...words(f.read), ...words(f.expected), ...words(f.ask),
    f.clause === null ? null : [f.clause.document, f.clause.article, f.clause.evidence]];
  const typed = page.review();
  page.stale.send();
  page.answered({ keys: {}, rows: keys, state: { features: after, evidence: null } });
  const saved = page.review();
  const pending = typed.findings.filter((finding) => finding.pending).map(({ code }) => code);
  return { typed: typed.findings.map(told), waiting: typed.waiting, pending, saved: saved.findings.map(told),
    open: saved.waiting, total: typed.result.value("total") };
})"""


def on_server(record: Record) -> tuple[list[Any], str | None]:
    """The findings of a record in the page's order, and the total."""
    sheet, review = reviewer().review(with_problems(record.form))
    found = sorted((_told(finding) for finding in review.findings), key=lambda told: ORDER[told[1]])
    return found, None if sheet.score is None else f"{sheet.score:f}"


def test_what_is_typed_is_judged_as_the_server_will_judge_it() -> None:
    """Scores always; of the findings all but those that say they wait; after the answer all, and nothing waits."""
    dice = Random(21)  # noqa: S311 -- chance that can be repeated
    page, judge = live(), reviewer()
    page.load("page/live_form.js")
    cases, made = [], []
    for _ in range(FORMS):
        form = form_number(dice.randrange(300), 41)
        record, acts = played(dice, form)
        rows = [f"k{number}" for number in range(1, len(form.indicators) + 1)]
        after = page_features(judge, with_problems(record.form))
        cases.append((page_form(form), page_features(judge, form), rows, acts, after, record.keys))
        made.append(record)
    waited = 0
    for record, found in zip(made, page.run(TYPE, book_in_page(judge), cases), strict=True):
        right, total = on_server(record)
        waits = set(found["waiting"])
        assert [told for told in found["typed"] if told[0] not in waits and not _yields(told, right, waits)] == [
            told for told in right if told[0] not in waits
        ]
        assert set(found["pending"]) <= waits
        assert (found["saved"], found["open"], found["total"]) == (right, [], total)
        waited += found["typed"] != right
    assert 0 < waited < FORMS


def _yields(told: list[Any], right: list[Any], waits: set[str]) -> bool:
    """Whether a finding is gone on the server only because one that the page waits for makes it superfluous."""
    yields = set(reviewer().checks[told[0]].yields)
    return told not in right and bool(yields & waits)
