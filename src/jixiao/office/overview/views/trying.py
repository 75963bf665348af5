"""The rule lab on a corpus: choose a parameter, see where a region's forms go. No form and no corpus changes."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from jixiao.desk.corpus.standing.asking import Place, ask
from jixiao.desk.corpus.standing.wire import Answer, Question, Trial, unpacked
from jixiao.desk.errors import WrongUse
from jixiao.desk.explaining import newest_books
from jixiao.desk.whatif import scenario_of
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.overview.corpora import corpus_of
from jixiao.office.overview.inquiry_tables import (
    moved_departments_table,
    moved_grades_table,
    moved_places_table,
    moved_units_table,
    moves_table,
)
from jixiao.office.overview.moved import distribution
from jixiao.office.overview.parameters import Parameter, parameters
from jixiao.office.overview.showing import ShownTable, show_table
from jixiao.office.overview.sight import Sight, sight_of
from jixiao.office.overview.tables import Table
from jixiao.office.overview.views.frame import page
from jixiao.writing.whatif.report import WhatIfReport, points, summary

_WAIT: Final = 3
"""Seconds that an answer is waited for; then the page says how far it is, and asks again."""
_A_PAGE: Final = 25
_SET: Final = "set."
_MOST_DIGITS: Final = 6


class Paged(Struct, frozen=True):
    """A table by pages: `page` of the name `part` in the form."""

    part: str
    table: ShownTable
    page: "Page[Any]"


@login_required
@require_http_methods(["GET", "POST"])
def corpus(request: HttpRequest, round_id: int, node_id: int, name: str) -> HttpResponse:
    """The corpus of a node: fields, and what the changed rules do to its forms.

    Raises:
        Http404: no such corpus is given to this node, or the person may not try rules here.
    """
    sight = sight_of(request, round_id, node_id, "rule-lab-node", "try_rules")
    folder = corpus_of(sight.node, name)
    if not folder:
        raise Http404
    trial = _trial_of(request, folder)
    fields = parameters(trial.rulebook, trial.settings)
    shown: dict[str, Any] = {"name": name, "trial": trial, "parameters": fields, "books": newest_books()}
    if request.method == "POST":
        shown |= _result(request, sight, trial, fields)
    if request.headers.get("HX-Request"):
        return render(request, "overview/tried.html", shown | {"sight": sight})
    return page(request, sight, "corpus", **shown)


def _trial_of(request: HttpRequest, folder: str) -> Trial:
    given = request.POST
    settings_ = tuple(
        f"{key.removeprefix(_SET)}={given[key].strip()[:100]}"
        for key in sorted(given)
        if key.startswith(_SET) and given[key].strip()
    )
    base = given.get("base", "")
    return Trial(folder, given.get("rulebook", "")[:40], base if base in ("initial", "adjusted") else "", settings_)


def _result(request: HttpRequest, sight: Sight, trial: Trial, fields: list[Parameter]) -> dict[str, Any]:
    """What the page says of the trial."""
    try:
        scenario_of(trial.rulebook or None, trial.base or None, trial.settings)
    except WrongUse as wrong:
        return {"wrong": say(wrong.zh, wrong.en)}
    place = Place(Path(settings.DATA), Path(settings.CORPORA), settings.TRIAL_MEMORY, settings.TRIAL_SECONDS)
    answer = ask(place, Question(trial, f"{sight.user.pk}", _WAIT))
    if answer.state == "refused":
        return {"wrong": say(answer.zh, answer.en)}
    if answer.state != "done":
        return {"waiting": answer.state}
    parts = {part: request.POST[part] for part in _TABLES if part in request.POST}
    if not parts:
        _record(sight, trial, answer)
    return _answered(sight, answer, fields, parts)


def _record(sight: Sight, trial: Trial, answer: Answer) -> None:
    """Tell the journal which rules were tried on which corpus, once for each asking."""
    with transaction.atomic():
        record(
            "overview.corpus_asked", f"corpus/{answer.digest[:32]}", actor=sight.user, organisation=sight.node.path,
            corpus=trial.corpus, rulebook=trial.rulebook, base=trial.base, settings=" ".join(trial.settings),
        )  # fmt: skip


def _answered(sight: Sight, answer: Answer, fields: list[Parameter], parts: dict[str, str]) -> dict[str, Any]:
    report = unpacked(answer.report)
    return {
        "report": report,
        "summary": summary(report),
        "unchanged": report.shift.directions.get("same", 0),
        "before": points(report.shift.before.mean),
        "after": points(report.shift.after.mean),
        "panel": distribution(report, sight),
        "grades": show_table(moved_grades_table(report), sight.language),
        "tables": [_paged(part, make(report), sight, parts.get(part, "")) for part, make in _TABLES.items()],
        "changed": [one for one in fields if one.given],
        "answer": answer,
        "language": sight.language,
    }


def _paged(part: str, table: Table, sight: Sight, number: str) -> Paged:
    held = Paginator(table.rows, _A_PAGE).get_page(number if len(number) <= _MOST_DIGITS else 1)
    shown = Table(table.name, table.title, table.columns, list(held.object_list))
    return Paged(part, show_table(shown, sight.language), held)


def _moves(report: WhatIfReport) -> Table:
    return moves_table(report, lambda _: "")


_TABLES: Final = {
    "departments": moved_departments_table,
    "units": moved_units_table,
    "places": moved_places_table,
    "moves": _moves,
}
"""The long tables, by the name under which a page of one is asked for."""
