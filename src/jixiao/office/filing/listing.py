"""The list of filings a person may read: narrowed, sorted, cut into pages, with a constant number of queries."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from msgspec import Struct

from jixiao.office.filing.door import visible_filings
from jixiao.office.filing.models import Filing
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round

ON_A_PAGE: Final = 50
SORTS: Final = {
    "project": ("project__name", "pk"),
    "unit": ("path", "project__name", "pk"),
    "state": ("state", "pk"),
    "claimed": ("claimed", "pk"),
    "computed": ("computed", "pk"),
    "at_stake": ("at_stake", "pk"),
    "executed": ("executed", "pk"),
    "saved": ("saved", "pk"),
}
"""What the list can be sorted by, as columns; a minus in the request turns it round."""
FAMILIES: Final = ("arithmetic", "clause", "doubt")
_MOST_DIGITS: Final = 18
"""Of the number of a round or a unit: what every database holds."""
_COLUMNS: Final = ("form", "keys")


class Asked(Struct, frozen=True):
    """How the list is narrowed and sorted; each empty for not at all.

    Attributes:
        round: number of the round.
        state: a state, or "returned".
        unit: number of an organisation, with all below it.
        finding: a family of findings, or the code of a check.
        text: part of the name or code of a project, or of the name of a unit.
        sort: one of `SORTS`, with a minus before it turned round.
    """

    round: str = ""
    state: str = ""
    unit: str = ""
    finding: str = ""
    text: str = ""
    sort: str = ""


def asked_of(query: Mapping[str, str]) -> Asked:
    """What the address asks for; what it names and is not known counts as nothing."""
    given = {name: query.get(name, "").strip()[:100] for name in Asked.__struct_fields__}
    for name in ("round", "unit"):
        if not given[name].isdecimal() or len(given[name]) > _MOST_DIGITS:
            given[name] = ""
    if given["sort"].removeprefix("-") not in SORTS:
        given["sort"] = ""
    return Asked(**given)


def filings(user: Any, asked: Asked) -> QuerySet[Filing]:
    """The filings that this person may read and asks for, in order."""
    found = visible_filings(user).filter(_condition(asked)).select_related("round", "project", "unit")
    columns = SORTS[asked.sort.removeprefix("-") or "unit"]
    turned = asked.sort.startswith("-")
    return found.order_by(*(f"-{column}" if turned else column for column in columns)).defer(*_COLUMNS)


def page_of(user: Any, asked: Asked, number: str) -> Page[Filing]:
    """One page of the list; the nearest where there is no such page."""
    return Paginator(filings(user, asked), ON_A_PAGE).get_page(number)


def _condition(asked: Asked) -> Q:
    wanted = Q()
    if asked.round:
        wanted &= Q(round_id=int(asked.round))
    if asked.state == "returned":
        wanted &= Q(returned=True)
    elif asked.state:
        wanted &= Q(state=asked.state)
    if asked.unit:
        wanted &= Q(path__contains=f"/{int(asked.unit)}/")
    if asked.finding in FAMILIES:
        wanted &= Q(**{f"{asked.finding}__gt": 0})
    elif asked.finding:
        wanted &= Q(codes__contains=asked.finding)
    if text := asked.text:
        wanted &= Q(project__name__icontains=text) | Q(project__code=text) | Q(unit__name__icontains=text)
    return wanted


def rounds_of(user: Any) -> QuerySet[Round]:
    """The rounds in which this person may read a filing."""
    return Round.objects.filter(pk__in=visible_filings(user).values("round_id"))


def units_of(user: Any) -> QuerySet[Organisation]:
    """The units of which this person may read a filing."""
    return Organisation.objects.filter(pk__in=visible_filings(user).values("unit_id")).order_by("path")
