"""A new filing: the record of a project in a round, with the form it begins with."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from jixiao.form import Form
from jixiao.office.doors.ask import hold, may_here
from jixiao.office.filing.judging import form_text, note, report
from jixiao.office.filing.models import Filing
from jixiao.office.filing.saving import Refused, is_closed
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.rounds.models import Project, Round


@transaction.atomic
def start_filing(round_: Round, project: Project, form: Form, *, by: Any, kind: str = "entered") -> Filing:
    """Begin the filing of a project with a form; its figures are computed at once.

    Args:
        round_: the round.
        project: the project.
        form: what it begins with: rolled forward, imported, or nearly empty.
        by: who begins it; `None` for the system.
        kind: how it came about, for the journal.

    Raises:
        Refused: the round has been closed, or the person begins none there.
        IntegrityError: the project has its form in this round already.
    """
    if by is not None:
        _check(by, round_, project)
    _hold(round_)
    unit = project.unit
    keys = [f"k{number}" for number in range(1, len(form.indicators) + 1)]
    filing = Filing(
        round=round_, project=project, unit=unit, path=unit.path, form=form_text(form), keys=" ".join(keys),
        last_key=len(keys), saved=timezone.now(), saved_by=by,
    )  # fmt: skip
    note(filing, report(filing))
    filing.save()
    record(
        "filing.started", f"filing/{filing.pk}", actor=by, organisation=unit.path, kind=kind, round=str(round_.pk),
        project=str(project.pk), after=filing.state, version=str(filing.version),
    )  # fmt: skip
    return filing


def _check(by: Any, round_: Round, project: Project) -> None:
    """Hold the person's roles: it is asked once more, for one may have been taken back since the page was shown."""
    hold(by)
    if not may_here(by, "import_forms", project.unit) and not may_here(by, "manage_rounds", round_.bureau):
        raise Refused(403, "role", say("您在这个单位不能新建自评表。", "You may not begin a form of this unit."))


def _hold(round_: Round) -> None:
    """Hold the round to the end of the transaction, so that nobody closes it meanwhile."""
    if Round.objects.select_for_update(no_key=True).get(pk=round_.pk).closed:
        raise Refused(410, "round", is_closed())
