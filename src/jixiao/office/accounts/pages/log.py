"""The log behind the journal, as the audit administrator sees it: its state, the proof of an event, its export."""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jixiao.journal import proof as proofs
from jixiao.office.accounts.door import door, me
from jixiao.office.accounts.pages.journal import readable
from jixiao.office.doors.ask import within
from jixiao.office.doors.table import OFFICE
from jixiao.office.journal import second_place
from jixiao.office.journal.acts import export_log
from jixiao.office.journal.checking import last_verified
from jixiao.office.journal.checkpoints import newest
from jixiao.office.journal.forgetting import old_enough
from jixiao.office.journal.models import Checkpoint, Event, Head
from jixiao.office.journal.proving import prove
from jixiao.office.journal.signing import NoKey, public_keys
from jixiao.office.people.models import Organisation

_DAYS = 30


@door("read_journal")
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """How long the log is, what was signed last, whether the second place has it, what the nightly look found."""
    last, there = newest(), second_place.state()
    known = {
        "size": Head.objects.values_list("size", flat=True).first() or 0,
        "last": last,
        "late": last is not None and timezone.now() - last.at > second_place.LATE and last.size < _size(),
        "there": there,
        "behind": max(0, (last.size if last else 0) - there.size),
        "elsewhere": second_place.is_elsewhere(),
        "verified": _verified(),
        "keys": _keys(),
        "days": settings.JOURNAL_DAYS,
        "old": old_enough(),
        "daily": Checkpoint.objects.filter(daily=True).order_by("-pk")[:_DAYS],
        "may_export": sees_all(request.user),
    }
    return render(request, "accounts/log.html", known)


def _size() -> int:
    return Head.objects.values_list("size", flat=True).first() or 0


def _verified() -> dict[str, Any] | None:
    """What the journal last said about itself."""
    event = last_verified()
    if event is None:
        return None
    return {"at": event.at, **msgspec.json.decode(event.details, type=dict[str, str])}


def _keys() -> list[str]:
    try:
        return [key.text for key in public_keys()]
    except NoKey:
        return []


def sees_all(user: Any) -> bool:
    """Whether a person watches over every bureau of the office: the whole log has the events of all."""
    roots = Organisation.objects.filter(parent=None)
    return roots.exists() and not roots.exclude(within(user, OFFICE, "read_journal")).exists()


@door("read_journal")
@require_GET
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of one event, as a file that stands alone."""
    event = get_object_or_404(Event.objects.filter(readable(request.user)), pk=number)
    made = prove(event.pk)
    if made is None:
        raise Http404
    answer = HttpResponse(proofs.write(made), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="event-{event.pk}-proof.json"'
    return answer


@door("read_journal")
@require_POST
def export(request: HttpRequest) -> FileResponse:
    """The whole log as a zip, for `jixiao verify`; that it was taken is an event in it."""
    if not sees_all(request.user):
        raise Http404
    with tempfile.TemporaryDirectory(prefix="jixiao-log-") as folder:
        target = Path(folder) / f"journal-{timezone.localdate():%Y-%m-%d}.zip"
        export_log(target, by=me(request))
        held = target.open("rb")
    return FileResponse(held, as_attachment=True, filename=target.name, content_type="application/zip")
