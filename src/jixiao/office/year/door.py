"""The way to rounds, projects and targets, for who belongs to their places; foreign and missing ones look alike."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from jixiao.office.doors.ask import hands, may_here, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import ApprovedTarget, Project, Round


def visible_rounds(user: Any) -> Any:
    """The rounds of bureaus above or at the places where a person has a role, and below them."""
    reach = Q(pk__in=[])
    for hand in hands(user):
        above = [int(part) for part in hand.path.split("/") if part]
        reach |= Q(bureau__in=above) | Q(bureau__path__startswith=hand.path)
    return Round.objects.filter(reach).select_related("bureau")


def the_round(user: Any, number: int, act: str = "") -> Round:
    """The round, for who may see it; with an act, for who may do it there.

    Raises:
        Http404: there is none, or it is not the person's to see.
        PermissionDenied: the person may see it and not do this.
    """
    found: Round | None = visible_rounds(user).filter(pk=number).first()
    if found is None:
        raise Http404
    if act and not may_here(user, act, found.bureau):
        raise PermissionDenied
    return found


def visible_projects(user: Any) -> QuerySet[Project]:
    """The projects of units where a person sees the overview."""
    return Project.objects.filter(within(user, OFFICE, "see_overview", "unit__path")).select_related("unit")


def the_project(user: Any, number: int, act: str = "") -> Project:
    """The project, for who may see it; with an act, for who may do it in its unit.

    Raises:
        Http404: there is none, or it is not the person's to see.
        PermissionDenied: the person may see it and not do this.
    """
    found = visible_projects(user).filter(pk=number).first()
    if found is None:
        raise Http404
    if act and not may_here(user, act, found.unit):
        raise PermissionDenied
    return found


def own_units(user: Any) -> QuerySet[Organisation]:
    """The organisations in which a person may manage projects."""
    return Organisation.objects.filter(within(user, OFFICE, "manage_projects"), closed=False).order_by("path")


def the_target(user: Any, number: int) -> ApprovedTarget:
    """Targets that were approved, with their project and who approved them.

    Raises:
        Http404: there are none, or their project is not the person's to see.
    """
    found = ApprovedTarget.objects.filter(project__in=visible_projects(user), pk=number)
    held = found.select_related("project__unit", "approved_by").first()
    if held is None:
        raise Http404
    return held
