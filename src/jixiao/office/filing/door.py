"""The one way to a filing: by number, for a person who may do something with it; and to what a new one is begun for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from jixiao.office.doors.ask import hold, may, may_here, readable
from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import Project, Round


class NotNow(PermissionDenied):
    """The person may read the filing, but may not do this to it in its state."""

    def __init__(self, act: str, filing: Filing) -> None:
        """Take the act and the filing it was asked for."""
        super().__init__(act)
        self.act, self.filing = act, filing


def in_order(filing: Filing) -> tuple[int, int]:
    """The order in which whoever writes several filings in one transaction holds them, or two wait for each other."""
    return filing.project_id, filing.pk


def hold_filing(user: Any, filing: Filing, act: str) -> None:
    """Hold a filing to the end of the transaction, and ask once more whether the person may do an act to it.

    Raises:
        NotNow: it has moved on since it was read, or the person has lost the role.
    """
    hold(user)
    now = Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    if not may(user, act, now):
        raise NotNow(act, now)


def visible_filings(user: Any) -> QuerySet[Filing]:
    """The filings a person may read."""
    return Filing.objects.filter(readable(user))


def visible_filing(user: Any, number: int, among: QuerySet[Filing]) -> Filing:
    """The filing out of some, which bring round, project and unit along.

    Raises:
        Http404: there is none, or the person may not read it: the two look alike.
    """
    try:
        found = among.get(pk=number)
    except Filing.DoesNotExist:
        raise Http404 from None
    if not may(user, "read", found):
        raise Http404
    return found


def open_filing(user: Any, number: int, act: str = "read") -> Filing:
    """The filing, with round, project and unit.

    Raises:
        Http404: there is none, or the person may not read it: the two look alike.
        NotNow: the person may read it, but not do `act` as it stands.
    """
    found = visible_filing(user, number, Filing.objects.select_related("round", "project", "unit"))
    if not may(user, act, found):
        raise NotNow(act, found)
    return found


def round_read(user: Any, number: int) -> Round:
    """A round, with its bureau, in which the person reads filings.

    Raises:
        Http404: there is none, or the person reads nothing in it.
    """
    found = Round.objects.select_related("bureau").filter(pk=number, pk__in=visible_filings(user).values("round"))
    held = found.first()
    if held is None:
        raise Http404
    return held


def to_begin(user: Any, round_: int, project: str) -> tuple[Round, Project]:
    """The round and the project (by uid) that somebody may begin a filing for.

    Raises:
        Http404: one of them is not there, they are of different bureaus, or the person files nothing in the unit.
    """
    found = Project.objects.select_related("unit").filter(uid=project).first()
    if found is None or not may_here(user, "import_forms", found.unit):
        raise Http404
    held = Round.objects.filter(pk=round_, bureau=int(found.unit.path.split("/")[1])).first()
    if held is None:
        raise Http404
    return held, found
