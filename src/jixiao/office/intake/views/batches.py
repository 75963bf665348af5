"""Handing in files, and the table of verdicts of a batch, which fills while the files are read."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jixiao.office.intake.door import (
    open_batch,
    open_rounds,
    places,
    sees_all,
    visible_batches,
    visible_lines,
    visible_sources,
)
from jixiao.office.intake.models import FORMS, TARGETS, Batch
from jixiao.office.intake.received import NotTaken, receive
from jixiao.office.intake.tasks import read_batch, take_good
from jixiao.office.intake.verdicts import VERDICTS
from jixiao.office.jobs import queue
from jixiao.office.jobs.models import Job
from jixiao.office.journal.record import record
from jixiao.office.look.words import say, told

_LINES: Final = 50
_BATCHES: Final = 20
_KINDS: Final = {FORMS: ("绩效自评表", "Self-evaluation forms"), TARGETS: ("绩效目标申报表", "Approved target forms")}


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """What was imported lately, and the way to hand in files."""
    there = {what: places(request.user, what) for what in _KINDS}
    if not any(there.values()):
        raise Http404
    if request.method == "POST":
        return _receive(request, there)
    every = {place.pk: place for some in there.values() for place in some}
    choices = sorted(every.values(), key=lambda place: place.path)
    return render(request, "intake/index.html", {
        "batches": _latest(request.user),
        "kinds": [(what, say(*_KINDS[what])) for what in _KINDS if there[what]],
        "places": [(place, "　" * (place.path.count("/") - choices[0].path.count("/"))) for place in choices],
        "rounds": open_rounds(choices),
    })  # fmt: skip


def _latest(user: Any) -> list[Batch]:
    """The latest batches, each with how many lines a person sees of it, how many went in, and how many wait."""
    waiting = Q(entries__verdict__in=("good", "doubtful", "unmatched", "over", "twice"))
    seen, filed = Q(entries__in=visible_lines(user)), Q(entries__verdict="filed")
    counted = visible_batches(user).select_related("round", "organisation", "by").annotate(
        lines=Count("entries", seen), went=Count("entries", seen & filed), waits=Count("entries", seen & waiting)
    )  # fmt: skip
    return list(counted[:_BATCHES])


def _receive(request: HttpRequest, there: dict[str, list[Any]]) -> HttpResponse:
    what = request.POST.get("what", FORMS)
    place = next((each for each in there.get(what, ()) if str(each.pk) == request.POST.get("place")), None)
    round_ = next(
        (each for each in open_rounds(there.get(what, [])) if str(each.pk) == request.POST.get("round")), None
    )
    if place is None or round_ is None or not place.path.startswith(round_.bureau.path):
        messages.error(request, say("请选择批次和单位。", "Choose a round and a place."))
        return redirect("intake")
    uploads: list[Any] = list(request.FILES.getlist("files"))
    try:
        batch = receive(round_, place, what, uploads, by=request.user)
    except NotTaken as refusal:
        messages.error(request, told(refusal.why))
        return redirect("intake")
    return redirect("intake-batch", batch.pk)


@require_safe
@login_required
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """A batch with its table of verdicts."""
    return render(request, "intake/batch.html", _table(request, open_batch(request.user, number)))


@require_safe
@login_required
def lines(request: HttpRequest, number: int) -> HttpResponse:
    """The same without the page around it: asked for every second while there is something to wait for."""
    return render(request, "intake/lines.html", _table(request, open_batch(request.user, number)))


def _table(request: HttpRequest, found: Batch) -> dict[str, Any]:
    wanted = request.GET.get("verdict", "")
    every = visible_lines(request.user).filter(batch=found)
    counts = dict(every.order_by().values_list("verdict").annotate(Count("pk")))
    entries = every.select_related("source", "project__unit", "filing").defer("form", "mended")
    if wanted in VERDICTS:
        entries = entries.filter(verdict=wanted)
    page = Paginator(entries, _LINES).get_page(request.GET.get("page"))
    job = Job.objects.filter(pk=found.job or 0).first()
    sources = visible_sources(request.user).filter(pk__in={entry.source_id for entry in page})
    return {
        "sources": set(sources.values_list("pk", flat=True)),
        "names": sees_all(request.user, found) or found.by_id == request.user.pk,
        "batch": found, "job": job, "busy": job is not None and not job.is_over, "page": page, "wanted": wanted,
        "kind": say(*_KINDS[found.what]),
        "counts": [(key, VERDICTS[key], counts[key]) for key in VERDICTS if key in counts],
        "total": sum(counts.values()), "good": counts.get("good", 0), "words": VERDICTS,
        "unread": found.read is None and (job is None or job.is_over),
    }  # fmt: skip


@require_POST
@login_required
@transaction.atomic
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Let everything that is good go in."""
    found = open_batch(request.user, number)
    _tell("intake.taken", found, request.user)
    return _enqueued(found, take_good.using(unique=f"intake.take {found.pk}").enqueue(found.pk, request.user.pk or 0))


@require_POST
@login_required
@transaction.atomic
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Go on reading a batch whose reading was stopped or failed; what was read is not read again."""
    found = open_batch(request.user, number)
    _tell("intake.read_again", found, request.user)
    return _enqueued(found, read_batch.using(unique=f"intake.read {found.pk}").enqueue(found.pk))


def _enqueued(found: Batch, job: Job) -> HttpResponse:
    Batch.objects.filter(pk=found.pk).update(job=job.pk)
    return redirect("intake-batch", found.pk)


def _tell(act: str, found: Batch, by: Any) -> None:
    record(act, f"intake/{found.pk}", actor=by, organisation=found.path)


@require_POST
@login_required
@transaction.atomic
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop what is going on with a batch; what is done stays done."""
    found = open_batch(request.user, number)
    if found.job is not None and queue.cancel(found.job):
        _tell("intake.stopped", found, request.user)
        messages.info(request, say("已请求停止；已经完成的不变。", "It was asked to stop; what is done stays done."))
    return redirect(reverse("intake-batch", args=[found.pk]))
