"""One form side by side: the picture of its source with boxes, and its fields to confirm or correct, doubtful first."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jixiao.form import Form
from jixiao.office.intake import acts
from jixiao.office.intake.changes import Changed, changes
from jixiao.office.intake.door import open_entry, visible_lines, visible_sources
from jixiao.office.intake.entering import enter
from jixiao.office.intake.exporting import why
from jixiao.office.intake.fields import Field, fields_of
from jixiao.office.intake.models import FORMS, Entry
from jixiao.office.intake.received import NotTaken
from jixiao.office.intake.showing import sheets_of
from jixiao.office.intake.sorting import checked_of, present_form, projects_of, read_form
from jixiao.office.intake.tasks import show
from jixiao.office.intake.verdicts import FINAL, OPEN, VERDICTS
from jixiao.office.look.words import say, told
from jixiao.writing.forms_report import FileForms
from jixiao.writing.show.view import SheetView, file_view


@require_safe
@login_required
def side_by_side(request: HttpRequest, number: int) -> HttpResponse:
    """A line of a batch: the form beside its source; or why there is none."""
    entry = open_entry(request.user, number)
    if not entry.form:
        return render(request, "intake/refused.html", _standing(entry))
    read = read_form(entry)
    return render(request, "intake/sides.html", {
        **_standing(entry), **_pages(entry, read, request.user), **_fields(entry, read),
        **_choice(entry, request.user), "next": _next(entry, request.user), "changed": _changes(entry),
    })  # fmt: skip


def _standing(entry: Entry) -> dict[str, Any]:
    words: Any = VERDICTS
    return {
        "entry": entry, "batch": entry.batch, "words": words[entry.verdict], "why": why(entry),
        "closed": entry.verdict in FINAL, "can_file": entry.verdict in OPEN and entry.project_id is not None,
        "forms": entry.batch.what == FORMS,
    }  # fmt: skip


def _fields(entry: Entry, read: Form) -> dict[str, Any]:
    every = fields_of(read, present_form(entry), checked_of(entry))
    return {
        "open": [field for field in every if field.open],
        "others": [field for field in every if not field.open],
    }


def _choice(entry: Entry, user: Any) -> dict[str, Any]:
    """The projects for the person to choose from: the most similar names first."""
    import msgspec

    near = msgspec.json.decode(entry.near, type=list[tuple[int, int]])
    known = {each.number: each for each in projects_of(entry.batch, user).candidates}
    return {
        "near": [(known[number], per_cent) for number, per_cent in near if number in known],
        "projects": known.values(),
        "how": {"code": say("按编码", "by code"), "name": say("按名称", "by name"),
                "person": say("人工选定", "chosen by a person")}.get(entry.how, ""),
    }  # fmt: skip


def _changes(entry: Entry) -> Changed | None:
    return changes(entry) if entry.verdict not in FINAL and entry.project_id is not None else None


def _next(entry: Entry, user: Any) -> int | None:
    """The next line of the batch that waits for this person."""
    waiting = visible_lines(user).filter(batch=entry.batch_id, verdict__in=OPEN - {"good"}).exclude(pk=entry.pk)
    later = waiting.filter(pk__gt=entry.pk).order_by("pk").values_list("pk", flat=True)
    return later.first() or waiting.order_by("pk").values_list("pk", flat=True).first()


@require_safe
@login_required
def pages(request: HttpRequest, number: int) -> HttpResponse:
    """The pictures alone: asked for every second until they are made."""
    entry = open_entry(request.user, number)
    return render(request, "intake/pages.html", {"entry": entry, **_pages(entry, read_form(entry), request.user)})


def _pages(entry: Entry, read: Form, user: Any) -> dict[str, Any]:
    """The sheets with their boxes; they are asked for in the background where they have not been made yet.

    Of a file that holds a form of others, too, nothing is shown: a page may be of both.
    """
    if not visible_sources(user).filter(pk=entry.source_id).exists():
        return {"withheld": True}
    wanted = frozenset(place.page for places in read.places.values() for place in places if place.page)
    found = sheets_of(entry.source.sha256, wanted)
    if found is None:
        show.using(unique=f"intake.show {entry.source.sha256}").enqueue(entry.source.sha256, entry.source.name)
        return {"making": True}
    result = FileForms(entry.source.name, entry.source.sha256, forms=(read,))
    view = file_view(result, [sheet for _, sheet in found])
    shown = [(row.number, sheet) for (row, _), sheet in zip(found, view.sheets, strict=True)]
    return {"making": False, "sheets": [each for each in shown if _has_fields(each[1])] or shown}


def _has_fields(sheet: SheetView) -> bool:
    return bool(sheet.marks) or any(cell.fields for row in sheet.rows for cell in row)


@require_POST
@login_required
def field(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm or correct one field; answers with the field, and with how the line stands now."""
    entry = open_entry(request.user, number)
    pointer, text = request.POST.get("pointer"), request.POST.get("text", "")
    if pointer is None:
        return HttpResponseBadRequest()
    said = ""
    try:
        acts.correct(entry, pointer, text, by=request.user)
    except NotTaken as refusal:
        said = told(refusal.why)
    if not request.headers.get("HX-Request"):
        if said:
            messages.error(request, said)
        return redirect(reverse("intake-form", args=[entry.pk]))
    shown = _field_of(entry, pointer)
    context = {**_standing(entry), "field": shown, "said": said, "changed": _changes(entry)}
    return render(request, "intake/field_answer.html", context)


def _field_of(entry: Entry, pointer: str) -> Field | None:
    every = fields_of(read_form(entry), present_form(entry), checked_of(entry))
    return next((each for each in every if each.pointer == pointer), None)


def _act(request: HttpRequest, entry: Entry, act: Any) -> HttpResponse:
    """Do an act and come back to the page, with the sentence where it was not done."""
    try:
        act()
    except NotTaken as refusal:
        messages.error(request, told(refusal.why))
    return redirect("intake-form", entry.pk)


@require_POST
@login_required
def confirm_all(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm everything that is doubtful."""
    entry = open_entry(request.user, number)
    return _act(request, entry, lambda: acts.confirm(entry, by=request.user))


@require_POST
@login_required
def project(request: HttpRequest, number: int) -> HttpResponse:
    """Choose whose the form is."""
    entry = open_entry(request.user, number)
    chosen = request.POST.get("project", "")
    wanted = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
    return _act(request, entry, lambda: acts.choose(entry, wanted, by=request.user))


@require_POST
@login_required
def leave_out(request: HttpRequest, number: int) -> HttpResponse:
    """Leave the form out of the import, or take that back."""
    entry = open_entry(request.user, number)
    out = request.POST.get("out") == "1"
    return _act(request, entry, lambda: acts.leave(entry, out=out, by=request.user))


@require_POST
@login_required
def file_it(request: HttpRequest, number: int) -> HttpResponse:
    """File the form as a new version of the project's filing, or as its approved targets."""
    entry = open_entry(request.user, number)
    return _act(request, entry, lambda: enter(entry, by=request.user))
