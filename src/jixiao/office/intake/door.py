"""The way to batches and lines, for who may import at their place; foreign and missing ones look alike."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from jixiao.office.doors.ask import may_here, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.intake.models import FORMS, TARGETS, Batch, Entry, Source
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round

ACTS = {FORMS: "import_forms", TARGETS: "approve_targets"}
"""What one must be allowed to import each kind."""


def visible_batches(user: Any) -> QuerySet[Batch]:
    """The batches a person may see: those of the places where the person may import their kind."""
    return Batch.objects.filter(_reach(user, ""))


def open_batch(user: Any, number: int) -> Batch:
    """The batch, with its round and organisation.

    Raises:
        Http404: there is none, or the person may not see it.
    """
    found = visible_batches(user).select_related("round", "organisation", "by").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def open_entry(user: Any, number: int) -> Entry:
    """A line, with batch, round, file, project and filing.

    Raises:
        Http404: there is none, or the person may not see it.
    """
    related = ("batch__round__bureau", "batch__organisation", "source__archive", "project__unit", "filing", "filed_by")
    found = Entry.objects.filter(_reach(user, "batch__"), pk=number).select_related(*related).first()
    if found is None:
        raise Http404
    return found


def open_source(user: Any, number: int) -> Source:
    """A file that is in the store.

    Raises:
        Http404: there is none, or the person may not see it.
    """
    found = Source.objects.filter(_reach(user, "batch__"), pk=number).exclude(sha256="").first()
    if found is None:
        raise Http404
    return found


def _reach(user: Any, prefix: str) -> Q:
    reach = Q(pk__in=[])
    for what, act in ACTS.items():
        reach |= within(user, OFFICE, act, f"{prefix}path") & Q(**{f"{prefix}what": what})
    return reach


def places(user: Any, what: str) -> list[Organisation]:
    """Where a person may import: in the order of the tree."""
    reach = within(user, OFFICE, ACTS[what])
    return list(Organisation.objects.filter(reach, closed=False).order_by("path"))


def may_import(user: Any, what: str, place: Organisation) -> bool:
    """Whether a person may import at a place."""
    return may_here(user, ACTS[what], place)


def open_rounds(there: list[Organisation]) -> list[Round]:
    """The rounds that are not closed and in which one of these places takes part."""
    rounds = Round.objects.filter(closed=False).select_related("bureau")
    return [each for each in rounds if any(place.path.startswith(each.bureau.path) for place in there)]
