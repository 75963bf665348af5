"""The journal as the audit administrator reads it: events with filters, and their export."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, Final

import msgspec
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from jixiao.office.accounts.door import door, me
from jixiao.office.doors.ask import hands, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.journal.models import Event
from jixiao.office.journal.record import record
from jixiao.office.journal.words import ACTS, ROOMS
from jixiao.office.look.csv_cells import guarded
from jixiao.office.look.words import say
from jixiao.office.people.accounts import place_of

_PAGE: Final = 100
_HEADS: Final = (
    ("时间", "When"), ("人员", "Who"), ("用户名", "User name"), ("行为", "Act"), ("行为代码", "Act code"),
    ("对象", "Subject"), ("机构路径", "Organisation path"), ("详情", "Details"), ("网络地址", "Address"),
)  # fmt: skip


@door("read_journal")
def journal(request: HttpRequest) -> HttpResponse:
    """The latest events that fit the filters."""
    rows = _filtered(request).select_related("actor").order_by("-pk")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET.get(name, "") for name in ("who", "room", "subject", "since", "until")}
    query = request.GET.copy()
    query.pop("page", None)
    known = {
        "lines": [_line(event) for event in page.object_list], "page": page, "asked": asked,
        "rooms": [(room, say(*words)) for room, words in ROOMS.items()], "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "accounts/journal.html", known)


def _filtered(request: HttpRequest) -> QuerySet[Event]:
    """The events the person may read, as the page's filters leave them."""
    rows = Event.objects.filter(readable(request.user))
    who, room, subject = (request.GET.get(name, "").strip() for name in ("who", "room", "subject"))
    if who:
        rows = rows.filter(Q(actor__username__icontains=who) | Q(actor__name__icontains=who))
    if room in ROOMS:
        rows = rows.filter(act__startswith=f"{room}.")
    if subject:
        rows = rows.filter(subject=subject)
    if since := _day(request.GET.get("since", "")):
        rows = rows.filter(at__gte=_moment(since, time.min))
    if until := _day(request.GET.get("until", "")):
        rows = rows.filter(at__lte=_moment(until, time.max))
    return rows


def readable(user: Any) -> Q:
    """The condition for events that a person may read.

    Those of the whole office, such as a backup or a look of the journal at itself, are for whoever watches over a
    bureau, not for whoever watches over a part of one.
    """
    reach = within(user, OFFICE, "read_journal", "organisation")
    held = [hand for hand in hands(user) if hand.kind in OFFICE["read_journal"].roles]
    return reach | Q(organisation="") if any(_is_root(hand.path) for hand in held) else reach


def _is_root(path: str) -> bool:
    """Whether a path is that of an organisation that nothing is above."""
    return path.count("/") == 2


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _line(event: Event) -> dict[str, Any]:
    details = msgspec.json.decode(event.details, type=dict[str, object])
    shown = [(name, _told(value)) for name, value in details.items() if value not in ("", None)]
    return {"event": event, "act": words_of(event.act), "details": shown}


def _told(value: object) -> str:
    if isinstance(value, list):
        return " → ".join(str(each) or "—" for each in value)
    return str(value)


def words_of(act: str) -> str:
    """An act in words; its code where there are none."""
    return say(*ACTS[act]) if act in ACTS else act


@door("read_journal")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The events that fit the filters, oldest first, as CSV; that it was taken is an event, too."""
    rows = _filtered(request).select_related("actor").order_by("pk")
    with transaction.atomic():
        who = me(request)
        record("journal.exported", "journal", actor=who, organisation=place_of(who), filters=request.GET.urlencode())
    answer = StreamingHttpResponse(_csv(rows.iterator(chunk_size=1000)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return answer


def _csv(events: Iterable[Event]) -> Iterator[str]:
    yield "\ufeff" + _row(say(*head) for head in _HEADS)
    for event in events:
        who = (event.actor.name, event.actor.username) if event.actor else ("", "")
        yield _row((
            timezone.localtime(event.at).isoformat(timespec="seconds"), *who, words_of(event.act), event.act,
            event.subject, event.organisation, event.details, event.address,
        ))  # fmt: skip


def _row(cells: Iterable[str]) -> str:
    """One line; no cell begins a formula when a spreadsheet opens the file."""
    held = io.StringIO()
    csv.writer(held).writerow(map(guarded, cells))
    return held.getvalue()
