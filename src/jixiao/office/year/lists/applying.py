"""What a list of projects and budgets is held against, and putting it in."""

from typing import Any

from django.db import transaction

from jixiao.office.doors.ask import within
from jixiao.office.doors.table import OFFICE
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Budget, Project
from jixiao.office.year.acts import add_project, change_project, set_budget
from jixiao.office.year.lists.judging import Holdings, Known, Verdict, judge
from jixiao.office.year.lists.reading import Rows


def holdings(user: Any) -> Holdings:
    """The units, projects and budgets that a person may fill: four queries."""
    units = dict(
        Organisation.objects.filter(within(user, OFFICE, "manage_projects"), closed=False)
        .exclude(code="")
        .values_list("code", "pk")
    )
    found = Project.objects.filter(unit__in=units.values()).values_list("pk", "unit__code", "code", "name")
    budgets = Budget.objects.filter(project__unit__in=units.values()).values_list("project", "fiscal_year", "amount")
    budgeted = Organisation.objects.filter(within(user, OFFICE, "approve_targets"), pk__in=units.values())
    return Holdings(
        units,
        tuple(Known(*row) for row in found),
        {(project, year): amount for project, year, amount in budgets},
        frozenset(budgeted.values_list("code", flat=True)),
    )


@transaction.atomic
def apply(rows: Rows, user: Any) -> list[Verdict]:
    """Put a list in as it is judged now; all of it, or after a fault of the program nothing."""
    held = holdings(user)
    verdicts = judge(rows, held)
    units = Organisation.objects.in_bulk(held.units.values())
    known = Project.objects.select_related("unit").in_bulk({one.project for one in verdicts if one.project})
    for one in verdicts:
        if one.opinion in ("new", "changed"):
            _put(one, known.get(one.project or 0), units[held.units[one.row.cells["unit"]]], user)
    return verdicts


def _put(one: Verdict, project: Project | None, unit: Organisation, user: Any) -> None:
    name, code = one.row.cells["name"], one.row.cells.get("code", "")
    if project is None:
        project = add_project(unit, name, code, user)
    else:
        change_project(project, {"name": name}, user)
    if one.amount is not None and one.year is not None:
        set_budget(project, one.year, one.amount, "import", user)
