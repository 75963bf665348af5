"""From the database to rows: one narrow query for all filings of a round below a node, whatever the page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from jixiao.office.doors.ask import readable, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.filing.models import DRAFT, Filing
from jixiao.office.overview.rows import Row
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Project, Round

_COLUMNS: Final = (
    "pk", "path", "unit__name", "project__name", "project__code", "project_id", "state", "returned", "submitted",
    "claimed", "computed", "low", "supported", "grade", "grade_computed", "initial", "adjusted", "executed", "codes",
    "at_stake",
)  # fmt: skip


def rows_of(user: Any, round_: Round, node: Organisation) -> list[Row]:
    """The filings of a round below a node that a person may read, and the projects there that have none yet.

    Two queries, however many forms there are.
    """
    filings = Filing.objects.filter(readable(user), round=round_, path__startswith=node.path)
    rows = list(_filed(filings.order_by("path", "pk").values_list(*_COLUMNS)))
    return rows if round_.closed else [*rows, *_open(user, round_, node)]


def filings_of(user: Any, round_: Round, node: Organisation) -> list[Row]:
    """The filings alone, for a year that is over."""
    filings = Filing.objects.filter(readable(user), round=round_, path__startswith=node.path)
    return list(_filed(filings.order_by("path", "pk").values_list(*_COLUMNS)))


def _filed(values: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    zone = timezone.get_current_timezone()
    known: dict[str, dict[str, int]] = {"": {}}
    for (
        key, path, unit, project, code, number, state, returned, submitted, claimed, computed, low, supported, grade,
        found, initial, adjusted, executed, codes, points,
    ) in values:  # fmt: skip
        asked = known.get(codes)
        if asked is None:
            asked = known[codes] = dict(Counter(codes.split()))
        yield Row(
            key=key, node=path, unit=unit, project=project, code=code, known=number,
            stage="returned" if returned and state == DRAFT else state,
            filed=None if submitted is None else submitted.astimezone(zone).date(),
            claimed=claimed, computed=computed, low=low, supported=supported, claimed_grade=grade, grade=found,
            initial=initial, adjusted=adjusted, executed=executed, asked=asked, points=points.normalize(),
        )  # fmt: skip


def _open(user: Any, round_: Round, node: Organisation) -> list[Row]:
    """Projects that go on and have no filing in the round; only of units whose overview the person may see."""
    goes_on = Q(ended__isnull=True) | Q(ended__gte=round_.fiscal_year)
    reach = within(user, OFFICE, "see_overview", "unit__path")
    found = Project.objects.filter(reach, goes_on, unit__path__startswith=node.path, unit__closed=False)
    found = found.exclude(filings__round=round_).order_by("unit__path", "pk")
    columns = found.values_list("unit__path", "unit__name", "name", "code", "pk")
    return [Row(0, path, unit, name, code, "open", known=number) for path, unit, name, code, number in columns]


def today() -> date:
    """The day where the office is."""
    return timezone.localdate()
