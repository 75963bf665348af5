"""The daily checkpoints of the office's journal: who keeps one can show later that nothing was rewritten.

They say how many events there were and what the roots were, and nothing of any event.
"""

from datetime import UTC, datetime
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from jixiao.journal.exporting import PARTING
from jixiao.office.journal.checkpoints import newest
from jixiao.office.journal.models import Checkpoint
from jixiao.office.journal.signing import NoKey, public_keys
from jixiao.office.publication.pages.answering import Made, answer, html, public

_SHOWN = 60
_TEXT = "text/plain; charset=utf-8"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@public
def journal(request: HttpRequest) -> HttpResponse:
    """The latest days, the key, and how to check them."""
    return answer(request, _changed(), partial(_journal, request))


def _journal(request: HttpRequest) -> Made:
    return html(request, "journal.html", days=_daily().order_by("-pk")[:_SHOWN], keys=_keys())


@public
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Every day's signed text, oldest first, parted as in an exported log."""
    return answer(request, _changed(), lambda: (_notes().encode(), _TEXT))


@public
def key(request: HttpRequest) -> HttpResponse:
    """The public keys, one a line, the present one last."""
    return answer(request, _changed(), lambda: ("".join(f"{line}\n" for line in _keys()).encode(), _TEXT))


def _daily() -> QuerySet[Checkpoint]:
    return Checkpoint.objects.filter(daily=True)


def _notes() -> str:
    return PARTING.join(_daily().order_by("pk").values_list("note", flat=True))


def _keys() -> list[str]:
    """The keys; none while nothing was signed, or where they cannot be read."""
    try:
        return [each.text for each in public_keys()]
    except NoKey:
        return []


def _changed() -> datetime:
    last = newest()
    return last.at if last else _NEVER
