"""Rolling a project forward 结转: what its next filing begins with, what is kept and what is emptied."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from jixiao.form import Form, FundRow, Funds
from jixiao.office.filing.beginning import first_form
from jixiao.office.filing.cells import ROW_FIELDS
from jixiao.office.filing.judging import IN_YUAN, approved, last_year
from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import Budget, Project, Round

KEPT = ("level1", "level2", "name", "target", "weight")
"""The cells of a row that are kept; the others are emptied."""
EMPTIED = tuple(name for name in ROW_FIELDS if name not in KEPT)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a project's filing of a round would begin with.

    Attributes:
        project: the project.
        form: the form.
        source: "approved" targets, "last" year's form, or "empty".
        rows: how many indicators are kept.
        budget: 年初预算数 of the new form, in the round's unit; none where there is none.
        before: last year's 年初预算数, in the unit of its form; none where there was none.
        moved: names of indicators whose approved target differs from last year's, or that last year had not.
        gone: names of last year's indicators that the approved targets do not have.
    """

    project: Project
    form: Form
    source: str
    rows: int
    budget: Decimal | None
    before: Decimal | None
    moved: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def plan(round_: Round, project: Project, amount: Decimal | None, source: str = "approved") -> Plan:
    """What a filing would begin with.

    Args:
        round_: the round.
        project: the project, with its unit and the unit's parent.
        amount: its budget of the year in 元, where finance has set one.
        source: what is wanted: "approved", "last" or "empty"; what is not there falls back to the next.
    """
    coming = Filing(round=round_, project=project)
    before, targets = last_year(coming), approved(coming)
    form, taken = first_form(round_, project, source)
    form = budgeted(form, amount, round_.currency_unit, keep=taken == "approved")
    moved, gone = _differences(before, targets) if taken == "approved" else ((), ())
    last = before.funds.total.initial if before else None
    return Plan(project, form, taken, len(form.indicators), form.funds.total.initial, last, moved, gone)


def budgeted(form: Form, amount: Decimal | None, unit: str, *, keep: bool) -> Form:
    """The form with the budget of the year: the one that was set, else that of the approved targets, else none.

    Args:
        form: the form.
        amount: the budget in 元; none where none was set.
        unit: the round's currency unit.
        keep: whether the amounts on the form are of this year.
    """
    if amount is not None:
        return replace(form, funds=Funds(total=FundRow(initial=amount / IN_YUAN[unit])))
    if keep:
        return form
    return replace(form, funds=Funds(more=tuple(replace(row, initial=None) for row in form.funds.more)))


def plans(round_: Round, projects: Iterable[Project], source: str = "approved") -> list[Plan]:
    """The plans of several projects; budgets in one query, what stands beside each project in two more for each."""
    held = list(projects)
    budgets = dict(
        Budget.objects.filter(project__in=held, fiscal_year=round_.fiscal_year).values_list("project_id", "amount")
    )
    return [plan(round_, project, budgets.get(project.pk), source) for project in held]


def _differences(before: Form | None, targets: Form | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if before is None or targets is None:
        return (), ()
    old = {(row.level2, row.name): (row.target.text, row.weight) for row in before.indicators}
    new = {(row.level2, row.name): (row.target.text, row.weight) for row in targets.indicators}
    moved = tuple(key[1] for key, value in new.items() if old.get(key) != value)
    return moved, tuple(key[1] for key in old if key not in new)
