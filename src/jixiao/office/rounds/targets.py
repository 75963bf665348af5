"""Approved targets 批复的绩效目标: a later approval takes the place of the one in force, and both are kept."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from jixiao.form import Form, encode, to_wire
from jixiao.office.journal.record import record
from jixiao.office.rounds.models import ApprovedTarget, Project


@transaction.atomic
def approve_targets(project: Project, year: int, form: Form, *, by: Any, source: str) -> ApprovedTarget:
    """Put targets in force for a project's year.

    Args:
        project: the project, with its unit.
        year: the fiscal year.
        form: goal, indicators with targets and points, the budget; no actuals.
        by: who approves them.
        source: "import", "rolled", "entered" or "filing".
    """
    now = timezone.now()
    ApprovedTarget.objects.filter(project=project, fiscal_year=year, replaced__isnull=True).update(replaced=now)
    text = encode(to_wire(form) | {"places": {}}).decode()
    made = ApprovedTarget.objects.create(
        project=project, fiscal_year=year, form=text, source=source, approved=now, approved_by=by
    )
    record(
        "targets.approved", f"project/{project.pk}", actor=by, organisation=project.unit.path, year=str(year),
        source=source,
    )  # fmt: skip
    return made
