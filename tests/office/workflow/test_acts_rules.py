"""What the rules beside the table ask: four eyes, days, reasons, complete forms, scores, cells."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from msgspec.structs import replace as changed

from jixiao.form import Form, Problem
from jixiao.office.filing.judging import form_of, form_text
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.people.models import Role
from jixiao.office.people.tree import add_organisation
from jixiao.office.rounds.models import Round
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.complete import missing, unread
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.office.workflow.said import CellWords, Said, cells_of
from office.making import Office, make_filing, seed_forms
from office.workflow.walking import WHY, also, walked

TODAY = timezone.localdate


def refusal(filing: Filing, name: str, office: Office, who: str, said: Said = WHY) -> Refused:
    """The refusal of an act, after which the filing stands as it stood."""
    before = Filing.objects.filter(pk=filing.pk).values_list("state", "version", "late").get()
    with pytest.raises(Refused) as caught:
        act(filing, name, office.people[who], said)
    assert Filing.objects.filter(pk=filing.pk).values_list("state", "version", "late").get() == before
    return caught.value


def put(filing: Filing, change: Callable[[Form], Form]) -> None:
    """Change the form of a filing without going through a save."""
    filing.form = form_text(change(form_of(filing.form)))
    filing.save()


def test_who_hands_in_does_not_approve_for_the_unit(office: Office) -> None:
    """A clerk who is head, too, needs another head."""
    office.people["clerk"] = also(office, "clerk", "centre", "head")
    filing = walked(office, 1)
    assert refusal(filing, "approve_unit", office, "clerk").code == "own_hand"
    act(filing, "approve_unit", office.people["head"])


def test_nobody_approves_at_two_levels(office: Office) -> None:
    """A head who reviews for the department, too, is refused there; after a return the form begins anew."""
    office.people["head"] = also(office, "head", "science", "department")
    filing = walked(office, 2)
    assert refusal(filing, "approve_department", office, "head").code == "two_levels"
    act(filing, "return_department", office.people["department"], WHY)
    act(filing, "submit", office.people["clerk"])
    office.people["centre head"] = also(office, "auditor", "centre", "head")
    act(filing, "approve_unit", office.people["centre head"])
    act(filing, "approve_department", office.people["head"])
    assert filing.state == "with_finance"


def test_a_unit_right_below_the_bureau_skips_the_department(office: Office) -> None:
    """Where no department stands above, the head's approval leads to finance."""
    office.organisations["direct"] = add_organisation(office.organisations["bureau"], "unit", "直属单位")
    Role.objects.create(user=office.people["clerk"], organisation=office.organisations["direct"], kind="clerk")
    office.people["head"] = also(office, "head", "direct", "head")
    filing = make_filing(office, "direct")
    act(filing, "submit", type(office.people["clerk"]).objects.get(username="clerk"))
    assert act(filing, "approve_unit", office.people["head"]).after == "with_finance"


def test_a_departments_own_form_goes_through_the_department(office: Office) -> None:
    """A department's own projects are reviewed by its reviewers before finance."""
    office.people["auditor"] = also(office, "auditor", "science", "clerk")
    office.people["head"] = also(office, "head", "science", "head")
    filing = make_filing(office, "science")
    act(filing, "submit", office.people["auditor"])
    assert act(filing, "approve_unit", office.people["head"]).after == "with_department"


@pytest.mark.parametrize(("steps", "name", "who"), [(1, "return_unit", "head"), (4, "reopen", "finance")])
def test_a_return_needs_a_reason(office: Office, steps: int, name: str, who: str) -> None:
    """Blanks are no reason."""
    assert refusal(walked(office, steps), name, office, who, Said(reason="  \n")).code == "reason"


def test_a_return_names_its_cells(office: Office) -> None:
    """Cells and words of a return are kept; cells that the form does not have are refused."""
    filing = walked(office, 1)
    cells = (CellWords("k2/actual", "与附件不符"), CellWords("funds/total/executed"))
    strange = replace(WHY, cells=(*cells, CellWords("k99/actual"), CellWords("nothing/here")))
    assert refusal(filing, "return_unit", office, "head", strange).cells == ("k99/actual", "nothing/here")
    act(filing, "return_unit", office.people["head"], replace(WHY, cells=cells))
    kept = Decision.objects.get(filing=filing, act="return_unit")
    assert (cells_of(kept.cells), kept.reason) == (cells, "请核对。")


@pytest.mark.parametrize("score", ["-1", "100.5", "99.123", "NaN", "Infinity"])
def test_a_score_is_between_nothing_and_the_points(office: Office, score: str) -> None:
    """What is no score is refused, of the form and of a line."""
    filing = walked(office, 2)
    assert refusal(filing, "score", office, "department", Said(score=Decimal(score))).code == "score"
    line = Said(cells=(CellWords("k1/score", score=Decimal(score)),))
    assert refusal(filing, "approve_department", office, "department", line).code == "score"


def test_only_reviewers_score(office: Office) -> None:
    """A clerk hands in without a score of a reviewer's kind."""
    assert refusal(make_filing(office), "submit", office, "clerk", Said(score=Decimal(90))).code == "score"


def test_what_is_empty_is_named(office: Office) -> None:
    """Handing in with empty cells is refused, and the refusal says which, by their lasting names."""
    filing = make_filing(office)

    def emptied(form: Form) -> Form:
        rows = (changed(form.indicators[0], score=None, actual=type(form.indicators[0].actual)()), *form.indicators[1:])
        return changed(form, indicators=rows, goal=changed(form.goal, actual=" "))

    put(filing, emptied)
    refused = refusal(filing, "submit", office, "clerk")
    assert (refused.code, refused.cells) == ("empty", ("goal/actual", "k1/actual", "k1/score"))
    assert "实际完成情况" in refused.text.zh
    assert "What was achieved" in refused.text.en


def test_what_a_layout_does_not_print_is_not_asked_for() -> None:
    """A form without points is complete for a layout without them, and not for one with them."""
    form = seed_forms()[0]
    rows = tuple(changed(row, weight=None, score=None) for row in form.indicators)
    bare = changed(form, indicators=rows, total=type(form.total)(), execution=type(form.execution)())
    assert missing(bare, "transfer") == ()
    assert "/total/score" in missing(bare, "shanghai")
    assert missing(changed(form, indicators=()), "hubei") == ("/indicators",)


def test_cells_that_were_not_read_are_told() -> None:
    """A problem of reading is an unread cell; one of the file is not."""
    problems = (Problem("/goal/actual", "x", ""), Problem("", "name_says_otherwise", ""))
    assert unread(changed(seed_forms()[0], problems=problems)) == ("/goal/actual",)


def test_contradicting_figures_ask_for_an_answer_and_forbid_nothing(office: Office) -> None:
    """With a wrong sum the clerk is asked; with an answer the form is handed in and the answer kept."""
    filing = make_filing(office)
    put(filing, lambda form: changed(form, total=changed(form.total, score=Decimal(99))))
    refused = refusal(filing, "submit", office, "clerk", Said())
    assert (refused.code, refused.cells) == ("answer", ("total/score",))
    act(filing, "submit", office.people["clerk"], Said(reason="系统按四舍五入合计。"))
    assert Decision.objects.get(filing=filing).reason == "系统按四舍五入合计。"


def test_a_round_takes_nothing_before_it_begins(office: Office) -> None:
    """The day it begins is told."""
    Round.objects.update(opens=TODAY() + timedelta(1))
    filing = Filing.objects.select_related("round").get(pk=make_filing(office).pk)
    assert (TODAY() + timedelta(1)).isoformat() in refusal(filing, "submit", office, "clerk").text.zh


@pytest.mark.parametrize(("late_until", "taken"), [(None, True), (0, True), (-1, False)])
def test_late_forms(office: Office, late_until: int | None, taken: bool) -> None:  # noqa: FBT001 -- a table
    """A late form is taken as long as the round takes late ones, and is marked."""
    until = None if late_until is None else TODAY() + timedelta(late_until)
    Round.objects.update(unit_due=TODAY() - timedelta(5), late_until=until)
    filing = Filing.objects.select_related("round").get(pk=make_filing(office).pk)
    if taken:
        act(filing, "submit", office.people["clerk"])
        assert Filing.objects.get(pk=filing.pk).late
    else:
        assert refusal(filing, "submit", office, "clerk").code == "late"


def test_what_was_returned_is_taken_after_the_day_and_is_not_late(office: Office) -> None:
    """Whoever handed in on time and was sent back is not late when the form comes again."""
    filing = walked(office, 1)
    act(filing, "return_unit", office.people["head"], WHY)
    Round.objects.update(unit_due=date(2001, 1, 1), late_until=date(2001, 1, 1))
    again = Filing.objects.select_related("round").get(pk=filing.pk)
    act(again, "submit", office.people["clerk"])
    assert not Filing.objects.get(pk=filing.pk).late


def test_a_closed_round_takes_and_returns_nothing(office: Office) -> None:
    """After closing, what is under way can be approved; nothing goes back or comes in."""
    draft, waiting = make_filing(office), walked(office, 1, 1)
    Round.objects.update(closed=True)
    draft, waiting = (Filing.objects.select_related("round").get(pk=one.pk) for one in (draft, waiting))
    assert refusal(draft, "submit", office, "clerk").code == "closed"
    assert refusal(waiting, "return_unit", office, "head").code == "closed"
    act(waiting, "approve_unit", office.people["head"])


def test_a_stale_page_moves_nothing(office: Office) -> None:
    """Who looked at another version, or whose filing was moved meanwhile, is told so."""
    filing = walked(office, 1)
    with pytest.raises(Moved):
        act(filing, "approve_unit", office.people["head"], version=filing.version + 1)
    stale = Filing.objects.select_related("round").get(pk=filing.pk)
    act(filing, "return_unit", office.people["head"], WHY)
    with pytest.raises(Moved):
        act(stale, "approve_unit", office.people["head"])
    assert Decision.objects.filter(filing=filing).count() == 2


def test_a_score_is_of_the_form_it_was_given_for(office: Office) -> None:
    """Handed in again, the form has no reviewer's score until one is given anew; the decision keeps the earlier one."""
    filing = walked(office, 2)
    act(filing, "return_department", office.people["department"], Said("请改。", (), Decimal(80)))
    assert Filing.objects.get(pk=filing.pk).department_score == 80
    act(filing, "submit", office.people["clerk"])
    assert Filing.objects.get(pk=filing.pk).department_score is None
    assert filing.decisions.get(act="return_department").score == 80
