"""What changes a round or a project, each with its event in one transaction."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from jixiao.office.doors.ask import hold, may_here
from jixiao.office.filing.models import Filing
from jixiao.office.journal.record import record
from jixiao.office.people.models import Organisation
from jixiao.office.people.tree import new_uid
from jixiao.office.rounds.models import Budget, Project, Round


@transaction.atomic
def keep_round(round_: Round, given: dict[str, Any], by: Any) -> Round:
    """Put what was typed into a round, new or not."""
    new = round_.pk is None
    for name, value in given.items():
        setattr(round_, name, value)
    round_.save(update_fields=None if new else list(given))
    act = "round.made" if new else "round.changed"
    days = {name: str(value) for name, value in given.items() if value is not None}
    record(act, f"round/{round_.pk}", actor=by, organisation=round_.bureau.path, **days)
    return round_


@transaction.atomic
def close_round(round_: Round, by: Any, *, closed: bool) -> None:
    """Close a round, or open it again; what is under way stays where it is.

    Raises:
        PermissionDenied: the person has lost the role since the page was shown.
    """
    hold(by)
    if not may_here(by, "manage_rounds", round_.bureau):
        raise PermissionDenied
    if Round.objects.filter(pk=round_.pk, closed=not closed).update(closed=closed):
        round_.closed = closed
        _wait_for_writers(round_)
        act = "round.closed" if closed else "round.reopened"
        record(act, f"round/{round_.pk}", actor=by, organisation=round_.bureau.path)


def _wait_for_writers(round_: Round) -> None:
    """Who is writing a filing of the round at this moment comes before; who writes later finds the round as it is."""
    held = Filing.objects.select_for_update(no_key=True).filter(round=round_).order_by("project", "pk")  # as `in_order`
    for _ in held.values_list("pk").iterator():
        pass


@transaction.atomic
def add_project(unit: Organisation, name: str, code: str, by: Any) -> Project:
    """A new project of a unit."""
    made = Project.objects.create(unit=unit, name=name, code=code, uid=new_uid())
    record("project.added", f"project/{made.pk}", actor=by, organisation=unit.path, name=name, code=code)
    return made


@transaction.atomic
def change_project(project: Project, given: dict[str, Any], by: Any) -> None:
    """Another name, code or unit; filings that were begun stay with the unit they were begun for."""
    before = project.unit
    changed = {name: value for name, value in given.items() if getattr(project, name) != value}
    for name, value in changed.items():
        setattr(project, name, value)
    if changed:
        project.save(update_fields=list(changed))
        texts = {name: str(value) for name, value in changed.items()}
        record(
            "project.changed", f"project/{project.pk}", actor=by, organisation=project.unit.path, was=before.path,
            **texts,
        )  # fmt: skip


@transaction.atomic
def end_project(project: Project, year: int | None, by: Any) -> None:
    """End a project with a year, the last it is filed for; without one it goes on again."""
    project.ended = year
    project.save(update_fields=["ended"])
    record(
        "project.ended" if year else "project.resumed", f"project/{project.pk}", actor=by,
        organisation=project.unit.path, year=str(year or ""),
    )  # fmt: skip


@transaction.atomic
def set_budget(project: Project, year: int, amount: Any, source: str, by: Any) -> Budget:
    """The project's budget of a year in 元; an earlier one is overwritten, and the journal keeps both."""
    made, _ = Budget.objects.update_or_create(
        project=project, fiscal_year=year,
        defaults={"amount": amount, "source": source, "set_at": timezone.now(), "set_by": by},
    )  # fmt: skip
    record(
        "budget.set", f"project/{project.pk}", actor=by, organisation=project.unit.path, year=str(year),
        amount=str(amount), source=source,
    )  # fmt: skip
    return made
