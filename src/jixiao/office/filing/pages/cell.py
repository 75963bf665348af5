"""What belongs to one cell, or to all: its evidence, the words about it, its past; a page, and a panel of the form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from jixiao.office.doors.ask import may
from jixiao.office.filing import files
from jixiao.office.filing.cells import KEY, UnknownCell, pointer_of
from jixiao.office.filing.commenting import comment, look_at, resolve, threads
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.evidence import attach, is_evidence_cell, remove
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Evidence, Filing
from jixiao.office.filing.past import cell_past, put_back
from jixiao.office.filing.saving import Refused, closed
from jixiao.office.look.words import say, told
from jixiao.review.naming import field_name

View = Callable[..., HttpResponse]


@login_required
@require_safe
def cell_panel(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a cell (`?cell=k3/actual`), or of all cells."""
    filing = open_filing(request.user, number)
    cell = request.GET.get("cell", "")[:200]
    context = {
        "filing": filing,
        "cell": cell,
        "name": _name(filing, cell),
        "pieces": _pieces(filing, cell),
        "threads": threads(filing, cell),
        "past": list(cell_past(filing, cell)) if cell else [],
        "takes_evidence": is_evidence_cell(cell) or not cell,
        "choices": [] if cell else _choices(filing),
        "may_edit": may(request.user, "edit", filing) and not closed(filing.round),
        "may_comment": may(request.user, "comment", filing),
    }
    if not request.headers.get("HX-Preloaded"):
        look_at(request.user, filing, cell)
    template = "filing/cell_part.html" if request.headers.get("HX-Request") else "filing/cell_page.html"
    return render(request, template, context)


def _name(filing: Filing, cell: str) -> str:
    held = record_of(filing)
    if not cell:
        return say("全表", "The whole form")
    try:
        pointer = pointer_of(held, cell)
    except UnknownCell as unknown:
        if KEY.fullmatch(cell.partition("/")[0]) and int(cell.partition("/")[0][1:]) <= filing.last_key:
            return say("已删去的指标", "A removed indicator")
        raise Http404 from unknown
    return told(field_name(held.form, pointer)) if pointer else cell.rpartition("/")[2].lstrip("+")


def _choices(filing: Filing) -> list[tuple[str, str]]:
    """The cells that take evidence, with their names."""
    held = record_of(filing)
    cells = ["execution", *(f"{key}/actual" for key in held.keys)]
    return [(cell, told(field_name(held.form, pointer_of(held, cell)))) for cell in cells]


def _pieces(filing: Filing, cell: str) -> list[Evidence]:
    found = Evidence.objects.filter(filing=filing).select_related("by", "removed_by")
    return list(found.filter(cell=cell) if cell else found)


def _told(view: View) -> View:
    """A view that acts and leads back to the cell; what goes wrong is told there."""

    @login_required
    @require_POST
    @wraps(view)
    def acted(request: HttpRequest, number: int, **given: Any) -> HttpResponse:
        try:
            cell = view(request, number, **given)
        except UnknownCell as unknown:
            return render(
                request, "403.html", {"words": say(f"没有“{unknown}”这一格。", f"No cell {unknown}.")}, status=422
            )
        except Refused as refused:
            return render(request, "403.html", {"words": refused.words}, status=refused.status)
        back = reverse("filing-cell", args=[number])
        return redirect(f"{back}?{urlencode({'cell': cell})}" if cell else back)

    return acted


@_told
def attach_file(request: HttpRequest, number: int) -> Any:
    """Attach a file to a cell."""
    made = attach(
        request.user, number, request.POST.get("cell", ""), request.FILES.get("file"), request.POST.get("note", "")
    )
    messages.success(request, say(f"已附上 {made.name}。", f"{made.name} is attached."))
    return made.cell


@_told
def remove_file(request: HttpRequest, number: int, piece: int) -> Any:
    """Remove a piece of evidence."""
    return remove(request.user, number, piece).cell


@login_required
@require_safe
def fetch_file(request: HttpRequest, number: int, piece: int) -> HttpResponse:
    """A piece of evidence to be saved; removed ones, too, for whoever may read the form."""
    filing = open_filing(request.user, number)
    found = get_object_or_404(Evidence, pk=piece, filing=filing)
    try:
        return files.download(found.sha256, found.name)  # type: ignore[return-value]
    except FileNotFoundError as gone:
        raise Http404 from gone


@_told
def add_comment(request: HttpRequest, number: int) -> Any:
    """Say something about a cell, or answer."""
    thread = request.POST.get("thread", "")
    known = int(thread) if thread.isdecimal() and len(thread) < len(str(2**31)) else None
    made = comment(request.user, number, request.POST.get("cell", ""), request.POST.get("words", ""), known)
    return made.cell


@_told
def close_thread(request: HttpRequest, number: int, thread: int) -> Any:
    """Close a thread."""
    return resolve(request.user, number, thread).cell


@_told
def restore(request: HttpRequest, number: int, save: int) -> Any:
    """Put an earlier value back."""
    cell = request.POST.get("cell", "")
    done = put_back(request.user, number, save, cell)
    words = say(f"已恢复，存为第 {done.filing.version} 版。", f"Put back, saved as version {done.filing.version}.")
    messages.success(request, words)
    return cell
