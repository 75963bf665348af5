"""Rolling forward: what is kept equals last year's, everything else is empty."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from msgspec.structs import replace

from jixiao.form import Form, Target
from jixiao.office.filing.beginning import without_results
from jixiao.office.filing.cells import Record, texts
from jixiao.office.filing.judging import approved, form_of, form_text, report
from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import Budget, Project, Round
from jixiao.office.rounds.targets import approve_targets
from jixiao.office.year.opening import begin_all
from jixiao.office.year.rolling import EMPTIED, KEPT, plan
from office.making import Office, make_filing, make_round, seed_forms


def rolled(office: Office, number: int = 0, amount: Decimal | None = None) -> tuple[Form, Form, Round, Project]:
    """Last year's approved form, the rolled one, the new round, the project."""
    before = make_filing(office, number=number, state="approved")
    project = Project.objects.select_related("unit__parent").get(pk=before.project_id)
    round_ = make_round(office.organisations["bureau"], 2025)
    return form_of(before.form), plan(round_, project, amount).form, round_, project


@pytest.mark.parametrize("number", range(7))
def test_what_is_kept_equals_last_years_and_the_rest_is_empty(office: Office, number: int) -> None:
    """For every form of the seed, cell by cell of the whole form."""
    before, now, _, _ = rolled(office, number)
    keys = tuple(f"k{at}" for at in range(1, len(before.indicators) + 1))
    was, cells = texts(Record(before, keys)), texts(Record(now, keys))
    kept = {f"{key}/{name}" for key in keys for name in KEPT} | {
        "goal/expected", "execution/weight", "total/weight", "project/name",
    }  # fmt: skip
    assert {cell: cells[cell] for cell in kept} == {cell: was[cell] for cell in kept}
    emptied = {f"{key}/{name}" for key in keys for name in EMPTIED} | {
        "goal/actual", "grade", "execution/rate", "execution/score", "total/score", "funds/total/initial",
        "funds/total/adjusted", "funds/total/executed", "funds/current_year/initial",
    }  # fmt: skip
    assert {cells.get(cell, "") for cell in emptied} == {""}
    assert now.fiscal_year == 2025


def test_the_budget_that_was_set_is_on_the_form(office: Office) -> None:
    """In the round's own unit, exactly, whatever last year's was."""
    _, now, _, _ = rolled(office, amount=Decimal("1234567.89"))
    assert now.funds.total.initial == Decimal("123.456789")


def test_approved_targets_go_before_last_years_form(office: Office) -> None:
    """Where targets were approved, they are taken, and what differs from last year is named."""
    before, _, round_, project = rolled(office)
    first = before.indicators[0]
    rows = (replace(first, target=Target("≥99次", "≥", "99", "次")), *before.indicators[2:])
    approve_targets(project, 2025, without_results(replace(before, indicators=rows)), by=None, source="entered")
    made = plan(round_, project, None)
    assert (made.source, made.rows, made.moved) == ("approved", len(rows), (first.name,))
    assert made.gone == (before.indicators[1].name,)
    assert made.form.indicators[0].target.text == "≥99次"


def test_a_target_that_moved_after_approval_is_a_finding(office: Office) -> None:
    """The filing begins with the approved targets; changed on the form, the review asks."""
    before, _, round_, project = rolled(office)
    approve_targets(project, 2025, without_results(before), by=None, source="entered")
    begin_all(round_, "approved", None)
    filing = Filing.objects.select_related("round").get(round=round_)
    assert "JX352" not in filing.codes
    form = form_of(filing.form)
    lower = replace(form.indicators[0], target=Target("≥1次", "≥", "1", "次"))
    filing.form = form_text(replace(form, indicators=(lower, *form.indicators[1:])))
    assert approved(filing) is not None
    assert "JX352" in {finding.code for finding in report(filing).review.findings}


def test_a_later_approval_takes_the_place_and_both_are_kept(office: Office) -> None:
    """History is kept; one set is in force."""
    _, _, _, project = rolled(office)
    for _ in range(2):
        approve_targets(project, 2025, without_results(seed_forms()[0]), by=None, source="entered")
    held: Any = project.targets
    assert (held.count(), held.filter(replaced__isnull=True).count()) == (2, 1)


def test_last_year_without_approval_is_not_rolled(office: Office) -> None:
    """A form that finance never approved begins nothing; without anything the new form is empty."""
    draft = make_filing(office)
    project = Project.objects.select_related("unit__parent").get(pk=draft.project_id)
    made = plan(make_round(office.organisations["bureau"], 2025), project, None)
    assert (made.source, made.rows) == ("empty", 0)
    assert made.form.project.name == project.name


def test_budgets_are_read_for_all_at_once(office: Office) -> None:
    """A budget in the database finds its project."""
    _, _, round_, project = rolled(office)
    Budget.objects.create(
        project=project, fiscal_year=2025, amount=Decimal(50000), source="entered", set_at=timezone.now()
    )
    begin_all(round_, "last", None)
    assert Filing.objects.get(round=round_).initial == Decimal(50000)
