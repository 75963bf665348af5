"""Opening a round 开启: a filing for every project that goes on, in chunks; what is there already stays as it is."""

from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from jixiao.office.doors.ask import hold
from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.journal.record import record
from jixiao.office.rounds.models import Project, Round
from jixiao.office.year.rolling import plans

CHUNK: Final = 20
"""Filings begun in one transaction."""
AT_ONCE: Final = 200
"""Filings begun while a page waits; more are begun by a job."""


def coming(round_: Round) -> QuerySet[Project]:
    """The projects below the round's bureau that go on in its year and have no filing in it yet."""
    taken = Filing.objects.filter(round=round_).values("project_id")
    found = Project.objects.filter(unit__path__startswith=round_.bureau.path, unit__closed=False)
    found = found.exclude(ended__lt=round_.fiscal_year).exclude(pk__in=taken)
    return found.select_related("unit", "unit__parent").order_by("unit__path", "name", "pk")


def begin_chunk(round_: Round, source: str, by: Any) -> int:
    """Begin the filings of the next projects; how many were begun."""
    with transaction.atomic():
        if by is not None:
            hold(by)
        if Round.objects.select_for_update(no_key=True).get(pk=round_.pk).closed:
            return 0
        made = plans(round_, coming(round_)[:CHUNK], source)
        for one in made:
            start_filing(round_, one.project, one.form, by=by, kind=f"rolled.{one.source}")
        if made:
            record(
                "round.opened", f"round/{round_.pk}", actor=by, organisation=round_.bureau.path, filings=str(len(made))
            )
    return len(made)


def begin_all(round_: Round, source: str, by: Any, most: int | None = None) -> int:
    """Begin the filings of all projects that have none, or of the first `most`; how many were begun."""
    begun = 0
    while most is None or begun < most:
        made = begin_chunk(round_, source, by)
        begun += made
        if not made:
            break
    return begun
