"""Addresses that list: oneself, organisations, rounds, projects, filings."""

from typing import Annotated, Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja import Query

from jixiao.office.api.access import READ, token_shown, user_of
from jixiao.office.api.routes import router
from jixiao.office.api.shapes import (
    After,
    FormFilter,
    Limit,
    Me,
    Organisations,
    Projects,
    Rounds,
    Summaries,
    Word,
    organisation_out,
    project_out,
    round_out,
    summary,
)
from jixiao.office.doors.ask import hands, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.filing.door import visible_filings
from jixiao.office.people.models import Organisation, Role
from jixiao.office.rounds.models import Project, Round

Row = TypeVar("Row", bound=Model)


@router.get("/me", tags=["lists"], response=Me, auth=READ)
def me(request: HttpRequest) -> Me:
    """Who the token belongs to, its scopes, and the roles of that person."""
    user = user_of(request)
    roles = Role.objects.filter(user=user).values_list("kind", "organisation__uid").order_by("pk")
    return Me(
        username=user.username,
        name=user.name,
        scopes=token_shown(request).scopes.split(),
        roles=[{"kind": kind, "organisation": uid} for kind, uid in roles],
    )


@router.get("/organisations", tags=["lists"], response=Organisations, auth=READ)
def organisations(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The organisations at which one has a role or which are below them."""
    reach = within(user_of(request), OFFICE, "see_overview")
    found, following = page(Organisation.objects.filter(reach), after, limit)
    parents = Organisation.objects.filter(pk__in=[each.parent_id for each in found if each.parent_id])
    uids = dict(parents.values_list("pk", "uid"))
    return {"items": [organisation_out(each, uids) for each in found], "next": following}


@router.get("/rounds", tags=["lists"], response=Rounds, auth=READ)
def rounds(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The rounds of the bureaus that one belongs to."""
    bureaus = {hand.path.split("/")[1] for hand in hands(user_of(request))}
    found = Round.objects.select_related("bureau").filter(bureau__pk__in=bureaus)
    items, following = page(found, after, limit)
    return {"items": [round_out(each) for each in items], "next": following}


@router.get("/projects", tags=["lists"], response=Projects, auth=READ)
def projects(
    request: HttpRequest, unit: Word = "", q: Word = "", after: After = 0, limit: Limit = 50
) -> dict[str, Any]:
    """The projects of the units one may see; `unit` is a uid, `q` part of a name or a code."""
    reach = within(user_of(request), OFFICE, "see_overview", "unit__path")
    found = Project.objects.select_related("unit").filter(reach)
    if unit:
        found = found.filter(unit__uid=unit)
    if q:
        found = found.filter(Q(name__contains=q) | Q(code=q))
    items, following = page(found, after, limit)
    return {"items": [project_out(each) for each in items], "next": following}


@router.get("/forms", tags=["lists"], response=Summaries, auth=READ)
def forms(
    request: HttpRequest, asked: Annotated[FormFilter, Query()], after: After = 0, limit: Limit = 50
) -> dict[str, Any]:
    """The filings one may read, with their figures."""
    found = visible_filings(user_of(request)).select_related("project", "unit")
    wanted = {
        "round": asked.round, "state": asked.state, "unit__uid": asked.unit, "project__uid": asked.project,
        "codes__contains": asked.finding,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    items, following = page(found, after, limit)
    return {"items": [summary(each) for each in items], "next": following}


def page(found: QuerySet[Row], after: int, limit: int) -> tuple[list[Row], int | None]:
    """One page of a list by rising id, and the id after which the next begins; `None` at the end."""
    rows = list(found.filter(pk__gt=after).order_by("pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else None
