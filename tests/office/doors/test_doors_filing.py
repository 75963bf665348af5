"""Who may do what to a filing: the table, asked by people at every distance."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.http import Http404
from django.utils import timezone

from jixiao.office.doors.ask import acts_on, may, may_here
from jixiao.office.doors.table import FILING, STATES
from jixiao.office.filing.door import NotNow, open_filing, visible_filings
from jixiao.office.filing.starting import start_filing
from jixiao.office.rounds.models import Monitoring
from jixiao.office.workflow.rectify import Wanted, raise_item
from jixiao.office.year.monitoring import begin
from office.doors.things import browser
from office.making import Office, make_filing, make_round, seed_forms


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


def test_a_publisher_sees_neither_rectification_nor_monitoring(office: Office) -> None:
    """Who reads a form only because it is approved reads the form: not what was asked for, not what mid-year said."""
    filing = make_filing(office, state="approved")
    before = start_filing(make_round(office.organisations["bureau"], 2023), filing.project, seed_forms()[0], by=None)
    before.state = "with_finance"
    before.save(update_fields=["state"])
    raise_item(before, office.people["finance"], Wanted("去年要整改的", date(2999, 1, 1)))
    held = begin(office.round, filing.project)
    held.rows, held.saved, held.form = '[{"forecast": "年中的预计"}]', timezone.now(), filing.form
    Monitoring.objects.bulk_create([held])
    for who, sees in (("auditor", True), ("publisher", False)):
        client = browser(office.people[who])
        for page, words in (("decide/", "去年要整改的"), ("earlier/", "去年要整改的"), ("monitoring/", "年中的预计")):
            answer = client.get(f"/filings/{filing.pk}/{page}")
            assert answer.status_code == 200
            assert (words in answer.content.decode()) is sees, (who, page)
