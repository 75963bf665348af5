"""A new filing: the record of a project in a round, with the form it begins with."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from jixiao.form import Form
from jixiao.office.filing.judging import form_text, note, report
from jixiao.office.filing.models import Filing
from jixiao.office.journal.record import record
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
    """
    unit = project.unit
    keys = [f"k{number}" for number in range(1, len(form.indicators) + 1)]
    filing = Filing(
        round=round_, project=project, unit=unit, path=unit.path, form=form_text(form), keys=" ".join(keys),
        last_key=len(keys), saved=timezone.now(), saved_by=by,
    )  # fmt: skip
    note(filing, report(filing))
    filing.save()
    record("filing.started", f"filing/{filing.pk}", actor=by, organisation=unit.path, kind=kind)
    return filing
