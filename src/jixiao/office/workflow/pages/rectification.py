"""The pages of rectification: the list, one item with its replies, and raising one from a review."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from jixiao.office.doors.ask import may
from jixiao.office.filing.cells import cell_of, texts
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.judging import record_of, report
from jixiao.office.filing.models import Filing
from jixiao.office.look.words import say
from jixiao.office.workflow.cells import cell_name
from jixiao.office.workflow.models import ACCEPTED, OPEN, REPLIED, Item
from jixiao.office.workflow.rectify import (
    Wanted,
    coming_back,
    judge,
    may_judge,
    open_item,
    raise_item,
    reply,
    visible_items,
    waiting_items,
)
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.writing.words import FAMILY

PER_PAGE: Final = 50


@login_required
@require_safe
def rectification(request: HttpRequest) -> HttpResponse:
    """The items a person sees: those that wait for them first, or those of one state."""
    asked, found = request.GET.get("state", "mine"), visible_items(request.user)
    if asked == "mine":
        found = found.filter(waiting_items(request.user))
    elif asked in (OPEN, REPLIED, ACCEPTED):
        found = found.filter(state=asked)
    found = found.select_related("project", "filing__unit", "filing__round").order_by("due", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "items": list(page.object_list), "asked": asked, "today": timezone.localdate()}
    return render(request, "workflow/rectification.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, number: int) -> HttpResponse:
    """One item with its replies; by POST a reply of the unit's or a judgement."""
    found, refused = open_item(request.user, number), None
    if request.method == "POST":
        try:
            _said(request, found)
        except Refused as error:
            refused = error
        else:
            messages.success(request, say("已记录。", "Recorded."))
            return redirect("rectification-item", number)
    context = {
        "item": found,
        "cell": cell_name(record_of(found.filing), found.cell) if found.cell else None,
        "replies": list(found.replies.select_related("by")),
        "may_reply": found.state == OPEN and may(request.user, "answer_item", found.filing),
        "may_judge": found.state == REPLIED and may_judge(request.user, found),
        "refused": refused,
        "typed": request.POST,
        "today": timezone.localdate(),
    }
    return render(request, "workflow/item.html", context, status=_status(refused))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rectify(request: HttpRequest, number: int) -> HttpResponse:
    """Raising an item from the review of a filing."""
    filing, refused = open_filing(request.user, number, "rectify"), None
    if request.method == "POST":
        try:
            made = raise_item(filing, request.user, _wanted(request.POST))  # type: ignore[arg-type]
        except Refused as error:
            refused = error
        else:
            messages.success(request, say("整改事项已发给单位。", "The unit has been asked."))
            return redirect("rectification-item", made.pk)
    context = {
        "filing": filing,
        "cells": _cells(filing),
        "findings": _findings(filing),
        "refused": refused,
        "typed": request.POST or request.GET,
    }
    return render(request, "workflow/rectify.html", context, status=_status(refused))


@login_required
@require_safe
def earlier(request: HttpRequest, number: int) -> HttpResponse:
    """A part of a page: what earlier years left open or promised for the project of a filing; empty for nothing."""
    filing = open_filing(request.user, number)
    return render(request, "workflow/earlier.html", {"items": coming_back(request.user, filing)})


def _said(request: HttpRequest, found: Item) -> None:
    user: Any = request.user
    words, kind = request.POST.get("words", "")[:4000], request.POST.get("kind", "")
    if kind == "reply":
        evidence, promised = request.POST.get("evidence", "")[:2000], bool(request.POST.get("promised"))
        reply(found, user, words, evidence, promised=promised)
    else:
        judge(found, user, accepted=kind == "accept", words=words)


def _wanted(post: QueryDict) -> Wanted:
    day = _day(post.get("due", ""))
    finding = post.get("finding", "")[:10]
    return Wanted(post.get("words", "")[:4000], day, post.get("cell", "")[:200], finding)


def _day(text: str) -> date:
    """A day as the page sends it; one long past for what is none, which is refused as such."""
    try:
        return parse_date(text) or date.min
    except ValueError:
        return date.min


def _cells(filing: Filing) -> list[tuple[str, Any]]:
    record = record_of(filing)
    return [(cell, cell_name(record, cell)) for cell, text in texts(record).items() if text]


def _findings(filing: Filing) -> list[tuple[str, Any]]:
    record = record_of(filing)
    made = report(filing)
    return [(cell_of(record, one.pointer), one) for family in FAMILY for one in made.findings(family)]


def _status(refused: Refused | None) -> int:
    if refused is None:
        return 200
    return 409 if isinstance(refused, Moved) else 422
