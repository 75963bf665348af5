"""Approved targets: one as it was approved, and approving new ones from a form of the project or from JSON."""

from typing import Any, Final

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jixiao.form import Form, decode_form
from jixiao.office.doors.ask import may_here
from jixiao.office.filing.beginning import without_results
from jixiao.office.filing.cells import Record
from jixiao.office.filing.door import visible_filings
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.look.words import say
from jixiao.office.rounds.models import ApprovedTarget, Project
from jixiao.office.rounds.targets import approve_targets
from jixiao.office.workflow.changes import Change, changes
from jixiao.office.year.door import the_project, the_target

LONGEST: Final = 1_000_000
"""Letters of a form that is handed in as JSON."""


class Unusable(ValueError):
    """What was handed in gives no targets; the sentence says why and what to do."""


@login_required
@require_safe
def target(request: HttpRequest, number: int) -> HttpResponse:
    """Targets as they were approved, and how they differ from those before."""
    found = the_target(request.user, number)
    earlier = ApprovedTarget.objects.filter(project=found.project, fiscal_year=found.fiscal_year, pk__lt=found.pk)
    before = earlier.order_by("-pk").first()
    form = form_of(found.form)
    moved = differences(form_of(before.form), form) if before else ()
    return render(request, "year/target.html", {"target": found, "form": form, "moved": moved, "before": before})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def target_new(request: HttpRequest, number: int) -> HttpResponse:
    """Targets to be approved: chosen or handed in, shown beside those in force, then confirmed."""
    project = the_project(request.user, number)
    if not may_here(request.user, "approve_targets", project.unit):
        raise PermissionDenied
    context: dict[str, Any] = {
        "project": project,
        "filings": list(visible_filings(request.user).filter(project=project).select_related("round")),
        "typed": request.POST,
    }
    if request.method == "POST":
        try:
            year, form, source = _given(request, project)
        except Unusable as error:
            return render(request, "year/target_new.html", context | {"error": str(error)}, status=422)
        if request.POST.get("confirmed"):
            approve_targets(project, year, form, by=request.user, source=source)
            messages.success(request, say("目标已批复。", "The targets are approved."))
            return redirect("project", number)
        held = ApprovedTarget.objects.filter(project=project, fiscal_year=year, replaced=None).order_by("-pk").first()
        context |= {
            "form": form, "text": form_text(form), "year": year, "source": source, "held": held,
            "moved": differences(form_of(held.form), form) if held else (),
        }  # fmt: skip
    return render(request, "year/target_new.html", context)


def differences(before: Form, now: Form) -> tuple[Change, ...]:
    """What differs between two approvals, rows told apart by level and name."""
    names = list(dict.fromkeys((row.level2, row.name) for row in (*before.indicators, *now.indicators)))
    if any(len({(row.level2, row.name) for row in form.indicators}) < len(form.indicators) for form in (before, now)):
        records = [Record(form, tuple(f"k{at}" for at in range(1, len(form.indicators) + 1))) for form in (before, now)]
    else:
        records = [
            Record(form, tuple(f"k{names.index((row.level2, row.name)) + 1}" for row in form.indicators))
            for form in (before, now)
        ]
    return changes(*records)


def _given(request: HttpRequest, project: Project) -> tuple[int, Form, str]:
    """Year, targets and where they came from.

    Raises:
        Unusable: nothing that can be used was given.
    """
    number, text = request.POST.get("filing", ""), request.POST.get("json", "")
    year_text = request.POST.get("year", "")
    if not (year_text.isascii() and year_text.isdigit() and len(year_text) == 4):
        shown = year_text[:10]
        raise Unusable(
            say(f"年度读到“{shown}”，应为四位数的年份。", f"The year reads “{shown}”; four digits are expected.")
        )
    if number.isdecimal() and len(number) < 18:
        filing = visible_filings(request.user).filter(pk=int(number), project=project).first()
        if filing is None:
            raise Unusable(say("没有这张表。", "There is no such form."))
        return int(year_text), without_results(form_of(filing.form)), "filing"
    form = _from_json(text)
    if not form.indicators:
        raise Unusable(say("没有读到任何指标。", "No indicator was found."))
    return (
        int(year_text),
        without_results(form),
        request.POST.get("source", "") if request.POST.get("source") in ("filing", "entered") else "entered",
    )


def _from_json(text: str) -> Form:
    if not text.strip():
        raise Unusable(say("请选一张表，或粘贴 JSON。", "Choose a form, or paste JSON."))
    try:
        return decode_form(text[:LONGEST].encode())
    except (msgspec.MsgspecError, ValueError) as error:
        raise Unusable(
            say(
                f"读不成 jixiao/form/1：{error}。请核对 JSON。", f"This is no jixiao/form/1: {error}. Look at the JSON."
            )
        ) from error
