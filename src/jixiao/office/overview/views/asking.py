"""The rule lab and the review of all forms: asking, waiting, reading the answer. No filing changes by any of it."""

from typing import Any

import msgspec
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.desk.errors import WrongUse
from jixiao.desk.explaining import dated_book, newest_books
from jixiao.desk.library import checks
from jixiao.office.jobs.models import Job
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.overview.answers import (
    ReviewAsked,
    RulesAsked,
    answer,
    asked_of_folder,
    kept_of_review,
    report_of_rules,
    rules_asked,
    scenario,
)
from jixiao.office.overview.corpora import corpora_of
from jixiao.office.overview.exports import KINDS, write
from jixiao.office.overview.inquiry_tables import (
    answer_tables,
    moved_checks_table,
    moved_grades_table,
    moved_units_table,
    moves_table,
)
from jixiao.office.overview.links import form_link
from jixiao.office.overview.models import REVIEW, RULES, Inquiry
from jixiao.office.overview.moved import distribution
from jixiao.office.overview.showing import show_table
from jixiao.office.overview.sight import Sight, sight_of
from jixiao.office.overview.tables import Table
from jixiao.office.overview.tasks import answer_inquiry
from jixiao.office.overview.views.frame import page
from jixiao.office.overview.views.overall import as_file, lead
from jixiao.writing.whatif.report import points, summary

_AT_ONCE = 60
"""So many forms are looked at while the person waits; more are a job."""
_SETTINGS = 3
_RECENT = 10
_A_PAGE = 50


@login_required
@require_GET
def lab_entrance(request: HttpRequest) -> HttpResponse:
    """Lead a person to the rule lab at the top of what they may try rules on."""
    return lead(request, "rule-lab-node", "try_rules")


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """The rule lab: which book, base or parameters to try."""
    sight = sight_of(request, round_id, node_id, "rule-lab-node", "try_rules")
    asked, wrong = _rules_of(request, sight), ""
    if request.method == "POST":
        try:
            scenario(asked, sight.round.rulebook)
            return _begin(sight, RULES, asked)
        except WrongUse as fault:
            wrong = say(fault.zh, fault.en)
    book = dated_book(sight.round.rulebook)
    settings = [one.partition("=") for one in asked.settings]
    return page(
        request, sight, "rules", asked=asked, wrong=wrong, book=book, books=newest_books(), count=len(sight.filings),
        parameters=_parameters(asked.rulebook or sight.round.rulebook), recent=_recent(sight, RULES),
        corpora=corpora_of(sight.node),
        rows=[(name, value) for name, _, value in settings] + [("", "")] * (_SETTINGS - len(settings)),
    )  # fmt: skip


def _rules_of(request: HttpRequest, sight: Sight) -> RulesAsked:
    names, values = request.POST.getlist("name")[:_SETTINGS], request.POST.getlist("value")[:_SETTINGS]
    settings = [f"{name}={value}" for name, value in zip(names, values, strict=False) if name and value.strip()]
    base = request.POST.get("base", "")
    base = base if base in ("initial", "adjusted") else ""
    return RulesAsked(request.POST.get("rulebook", "")[:40], base, tuple(settings), sight.filters)


def _parameters(rulebook: str) -> list[tuple[str, str, str]]:
    """The parameters of a book: name, words, value."""
    try:
        book = dated_book(rulebook)
    except WrongUse:
        return []
    return [(name, say(one.zh, one.en), str(one.value)) for name, one in book.values.items()]


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """The review of all forms together: which sample, which waivers, with last year or without."""
    sight = sight_of(request, round_id, node_id, "overview-review", "try_rules")
    asked, wrong = _review_of(request, sight), ""
    if request.method == "POST":
        try:
            asked_of_folder(asked)
            return _begin(sight, REVIEW, asked)
        except WrongUse as fault:
            wrong = say(fault.zh, fault.en)
    return page(
        request, sight, "review", asked=asked, wrong=wrong, count=len(sight.filings), before=sight.before,
        recent=_recent(sight, REVIEW),
    )  # fmt: skip


def _review_of(request: HttpRequest, sight: Sight) -> ReviewAsked:
    if request.method != "POST":
        return ReviewAsked(filters=sight.filters)
    given = request.POST
    return ReviewAsked(
        sample=given.get("sample", "").strip()[:20],
        seed=given.get("seed", "").strip()[:64] or "1",
        each_unit="each_unit" in given,
        last_year="last_year" in given,
        waivers=given.get("waivers", "")[:1_000_000],
        filters=sight.filters,
    )


def _recent(sight: Sight, kind: str) -> list[Inquiry]:
    found = Inquiry.objects.filter(kind=kind, round=sight.round, node=sight.node).select_related("by")
    return list(found.defer("answer", "book")[:_RECENT])


def _begin(sight: Sight, kind: str, asked: RulesAsked | ReviewAsked) -> HttpResponse:
    """Keep the inquiry; answer it at once where it is about few forms, else leave it to the queue."""
    made = Inquiry(
        kind=kind, round=sight.round, node=sight.node, by=sight.user, forms=len(sight.filings),
        asked=msgspec.json.encode(asked).decode(),
    )  # fmt: skip
    at_once = len(sight.filings) <= _AT_ONCE
    if at_once:
        answer(made, lambda _done, _total: None)
    with transaction.atomic():
        made.save()
        if not at_once:
            made.job = answer_inquiry.using(unique=f"overview.answer {made.pk}").enqueue(made.pk).pk
            made.save(update_fields=["job"])
        record("overview.asked", f"inquiry/{made.pk}", actor=sight.user, organisation=sight.node.path, kind=kind)
    return redirect("inquiry", round_id=sight.round.pk, node_id=sight.node.pk, number=made.pk)


def _inquiry(request: HttpRequest, round_id: int, node_id: int, number: int) -> tuple[Sight, Inquiry]:
    """The inquiry and what it is about.

    Raises:
        Http404: there is none here, or the person may not see it.
    """
    sight = sight_of(request, round_id, node_id, "overview-review", "try_rules")
    found = Inquiry.objects.select_related("round", "by").filter(pk=number, round=round_id, node=node_id).first()
    if found is None:
        raise Http404
    sight.page = "rule-lab-node" if found.kind == RULES else "overview-review"
    return sight, found


@login_required
@require_GET
def inquiry(request: HttpRequest, round_id: int, node_id: int, number: int) -> HttpResponse:
    """The answer; until it is there, how far the work is."""
    sight, found = _inquiry(request, round_id, node_id, number)
    if found.answered is None:
        return page(request, sight, "waiting", inquiry=found, job=_job(found))
    if found.kind == RULES:
        return _rules_page(request, sight, found)
    return _review_page(request, sight, found)


def _job(found: Inquiry) -> Job | None:
    return Job.objects.filter(pk=found.job).first() if found.job else None


@login_required
@require_GET
def waiting(request: HttpRequest, round_id: int, node_id: int, number: int) -> HttpResponse:
    """How far the work is, for the page that waits; once it is over the page is told to load again."""
    _, found = _inquiry(request, round_id, node_id, number)
    job = _job(found)
    shown = render(request, "overview/progress.html", {"inquiry": found, "job": job})
    if found.is_over or (job is not None and job.is_over):
        shown["HX-Refresh"] = "true"
    return shown


def _href(file: str) -> str:
    return form_link(int(file))


def _tables(found: Inquiry) -> list[Table]:
    """Every table of an answer."""
    if found.kind == RULES:
        made = report_of_rules(found)
        return [moved_grades_table(made), moved_units_table(made), moved_checks_table(made), moves_table(made, _href)]
    return answer_tables(kept_of_review(found), dict(checks()), _href)


def _shown(tables: list[Table], sight: Sight, found: Inquiry, request: HttpRequest) -> dict[str, Any]:
    """The tables as the page takes them: the long one, of single forms, by pages."""
    long = next(table for table in tables if table.name in ("moves", "ranking"))
    pages = Paginator(long.rows, _A_PAGE)
    held = pages.get_page(request.GET.get("page"))
    part = Table(long.name, long.title, long.columns, list(held.object_list))

    def files(table: Table) -> list[tuple[str, str]]:
        return [(kind, f"{found.pk}/{table.name}.{kind}") for kind in KINDS]

    others = [table for table in tables if table is not long]
    return {
        "tables": [show_table(table, sight.language, files(table)) for table in others],
        "long": show_table(part, sight.language, files(long)),
        "page": held,
        "next_query": "?",
        "inquiry": found,
    }


def _rules_page(request: HttpRequest, sight: Sight, found: Inquiry) -> HttpResponse:
    made = report_of_rules(found)
    shift, language = made.shift, sight.language
    return page(
        request, sight, "moved", report=made, asked=rules_asked(found), summary=summary(made),
        before=points(shift.before.mean), after=points(shift.after.mean), panel=distribution(made, sight),
        language=language, **_shown(_tables(found), sight, found, request),
    )  # fmt: skip


def _review_page(request: HttpRequest, sight: Sight, found: Inquiry) -> HttpResponse:
    return page(request, sight, "reviewed", **_shown(_tables(found), sight, found, request))


@login_required
@require_GET
def answer_file(request: HttpRequest, round_id: int, node_id: int, number: int, name: str, kind: str) -> HttpResponse:
    """A table of an answer as a file, or the whole review as one workbook.

    Raises:
        Http404: there is no such table or kind, or no answer yet.
    """
    sight, found = _inquiry(request, round_id, node_id, number)
    if found.answered is None or kind not in KINDS:
        raise Http404
    if name == "review" and kind == "xlsx" and found.book:
        return as_file(bytes(found.book), f"review-{found.pk}.xlsx", KINDS[kind])
    table = next((one for one in _tables(found) if one.name == name), None)
    if table is None:
        raise Http404
    return as_file(write(table, kind, sight.language), f"{name}-{found.pk}.{kind}", KINDS[kind])
