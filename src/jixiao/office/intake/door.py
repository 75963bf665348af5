"""The way to batches, lines and files, for who may import at their place; foreign and missing ones look alike.

A batch of a department may hold forms of the units below. Who may import for the department alone sees of it what
belongs to no project yet, and what belongs to projects of the department itself.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from jixiao.office.doors.ask import hands, may_here, within
from jixiao.office.doors.table import NEAR, OFFICE
from jixiao.office.intake.models import FORMS, TARGETS, Batch, Entry, Source
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Project, Round

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
    found = visible_lines(user).filter(pk=number).select_related(*related).first()
    if found is None:
        raise Http404
    return found


def open_source(user: Any, number: int) -> Source:
    """A file that is in the store.

    Raises:
        Http404: there is none, or the person may not see it.
    """
    found = visible_sources(user).filter(pk=number).exclude(sha256="").first()
    if found is None:
        raise Http404
    return found


def visible_lines(user: Any) -> QuerySet[Entry]:
    """The lines a person may see: of a project for which the person may import, or of none.

    A line that says that a file is a copy of another is as visible as what stands in that other.
    """
    of_this_file = OuterRef("source__sha256")
    copied = Q(verdict="copy") & Exists(_foreign(user, OuterRef("batch"), of_this_file))
    return Entry.objects.filter(_reach_lines(user)).exclude(copied)


def visible_sources(user: Any) -> QuerySet[Source]:
    """The files a person may see: those that were read, and hold no line that the person may not see."""
    waiting = Source.objects.filter(archive=OuterRef("pk"), state="waiting")
    hidden = Exists(_foreign(user, OuterRef("batch"), OuterRef("sha256")))
    read = Source.objects.exclude(state="waiting").exclude(Exists(waiting))
    return read.filter(_reach(user, "batch__")).exclude(hidden)


def sees_all(user: Any, batch: Batch) -> bool:
    """Whether no line of a batch can be hidden from a person: theirs are the units below its place, too."""
    roles = OFFICE[ACTS[batch.what]].roles
    return any(NEAR[hand.kind] == "below" and hand.kind in roles and hand.reaches(batch.path) for hand in hands(user))


def projects_within(user: Any, what: str) -> QuerySet[Project]:
    """The projects for which a person may import."""
    return Project.objects.filter(within(user, OFFICE, ACTS[what], "unit__path"))


def _foreign(user: Any, batch: Any, sha256: Any) -> QuerySet[Entry]:
    """The lines of a batch that a person may not see, of files with these bytes or of members of such an archive."""
    of_file = Q(source__sha256=sha256) | Q(source__archive__sha256=sha256)
    return Entry.objects.filter(of_file, batch=batch, project__isnull=False).exclude(_reach_lines(user))


def _reach_lines(user: Any) -> Q:
    reach = Q(pk__in=[])
    for what, act in ACTS.items():
        place, project = (within(user, OFFICE, act, path) for path in ("batch__path", "project__unit__path"))
        reach |= Q(batch__what=what) & place & (Q(project=None) | project)
    return reach


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
