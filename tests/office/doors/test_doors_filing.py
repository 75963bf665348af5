"""Who may do what to a filing: the table, asked by people at every distance."""

from types import SimpleNamespace

import pytest
from django.http import Http404

from jixiao.office.doors.ask import acts_on, may, may_here
from jixiao.office.doors.table import FILING, STATES
from jixiao.office.filing.door import NotNow, open_filing, visible_filings
from office.making import Office, make_filing


@pytest.mark.parametrize("state", STATES)
def test_only_the_own_clerk_edits_and_only_a_draft(office: Office, state: str) -> None:
    """A clerk edits drafts of the own unit; nobody else edits anything."""
    centre = SimpleNamespace(path=office.organisations["centre"].path, state=state)
    for name, user in office.people.items():
        assert may(user, "edit", centre) is (name == "clerk" and state == "draft")


def test_a_department_reaches_below_and_not_beside(office: Office) -> None:
    """A department reviewer reads what is filed below it, and nothing of another department."""
    mine, foreign = make_filing(office, "centre"), make_filing(office, "school", 1)
    seen = set(visible_filings(office.people["department"]).values_list("pk", flat=True))
    assert seen == {mine.pk}
    with pytest.raises(Http404):
        open_filing(office.people["department"], foreign.pk)
    with pytest.raises(Http404):
        open_filing(office.people["department"], 10**9)


def test_what_may_be_read_but_not_now_is_told_apart(office: Office) -> None:
    """A head reads a draft; approving it is refused as not now, not as missing."""
    filing = make_filing(office)
    with pytest.raises(NotNow):
        open_filing(office.people["head"], filing.pk, "approve_unit")


def test_administrators_see_no_filing(office: Office) -> None:
    """The three administrators read no form at all."""
    make_filing(office)
    for name in ("system_admin", "security_admin", "audit_admin"):
        assert not visible_filings(office.people[name]).exists()


def test_every_state_has_a_way_on_but_the_last(office: Office) -> None:
    """In each state somebody can move the filing, and each act leads to a state that exists."""
    for state in STATES:
        filing = SimpleNamespace(path=office.organisations["centre"].path, state=state)
        assert any(acts_on(user, filing) for user in office.people.values())
    assert {act.after for act in FILING.values() if act.after} <= set(STATES)


def test_office_acts_ask_for_the_place(office: Office) -> None:
    """A department reviewer approves targets in its own tree only."""
    reviewer = office.people["department"]
    assert may_here(reviewer, "approve_targets", office.organisations["centre"])
    assert not may_here(reviewer, "approve_targets", office.organisations["school"])
    assert not may_here(reviewer, "manage_people")
