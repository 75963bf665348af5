"""What a new filing begins with: the approved targets, last year's form without its results, or an empty form."""

from typing import Any, Final

from django.db.models import QuerySet
from msgspec.structs import replace

from jixiao.form import Actual, Execution, Form, FundRow, Funds, Goal, Total
from jixiao.form import Project as Named
from jixiao.office.doors.ask import hands
from jixiao.office.filing.judging import approved, last_year
from jixiao.office.filing.models import Filing
from jixiao.office.people.models import CLERK
from jixiao.office.rounds.models import Project, Round

SOURCES: Final = ("approved", "last", "empty")


def open_projects(user: Any, round_: Round) -> QuerySet[Project]:
    """The projects of the person's own units that have no filing in a round yet."""
    places = [hand.path for hand in hands(user) if hand.kind == CLERK]
    taken = Filing.objects.filter(round=round_).values("project_id")
    mine = Project.objects.filter(unit__path__in=places, unit__path__startswith=round_.bureau.path)
    going_on = mine.exclude(ended__lt=round_.fiscal_year)
    return going_on.exclude(pk__in=taken).select_related("unit", "unit__parent").order_by("name")


def first_form(round_: Round, project: Project, source: str) -> tuple[Form, str]:
    """The form that a filing begins with, and what it was made from: one of `SOURCES`.

    What is asked for and is not there falls back to the next: targets, last year, empty.
    """
    coming = Filing(round=round_, project=project)
    found = {"approved": approved(coming), "last": last_year(coming)}
    for name in SOURCES[SOURCES.index(source) :] if source in SOURCES else SOURCES:
        if (before := found.get(name)) is not None:
            return _heads(without_results(before), round_, project), name
    return _heads(Form(), round_, project), "empty"


def _heads(form: Form, round_: Round, project: Project) -> Form:
    unit = project.unit
    return replace(
        form,
        title=round_.form_title,
        fiscal_year=round_.fiscal_year,
        project=Named(project.name, project.code or None),
        unit=unit.name,
        department=(unit.parent or unit).name,
        currency_unit=round_.currency_unit,
        places={},
        problems=(),
    )


def without_results(form: Form) -> Form:
    """The goals and targets of a form, its approved funds; what was done and how it was scored is left out."""
    rows = tuple(replace(row, actual=Actual(), score=None, deviation="") for row in form.indicators)
    funds = form.funds
    return replace(
        form,
        indicators=rows,
        goal=Goal(expected=form.goal.expected),
        execution=Execution(weight=form.execution.weight),
        total=Total(weight=form.total.weight),
        funds=Funds(
            total=_planned(funds.total), current_year=_planned(funds.current_year),
            carryover=_planned(funds.carryover), other=_planned(funds.other),
            more=tuple(replace(row, adjusted=None, executed=None) for row in funds.more),
        ),
        grade=None,
        extras=(),
    )  # fmt: skip


def _planned(row: FundRow) -> FundRow:
    return FundRow(initial=row.initial)
