"""Every act by every person in every state: what the table allows moves the filing, all else changes nothing."""

import hashlib
from decimal import Decimal

import msgspec
import pytest
from django.db import transaction

from jixiao.office.doors.table import FILING, STATES
from jixiao.office.filing.door import NotNow
from jixiao.office.filing.models import Decision, Filing, Version
from jixiao.office.journal.models import Event
from jixiao.office.workflow.acts import DONE, act
from jixiao.office.workflow.said import Said
from office.making import Office, make_filing
from office.workflow.walking import WAY, WHY, walked

ALLOWED = {
    ("submit", "clerk", "draft"): "with_head",
    ("recall", "clerk", "with_head"): "draft",
    ("approve_unit", "head", "with_head"): "with_department",
    ("return_unit", "head", "with_head"): "draft",
    ("approve_department", "department", "with_department"): "with_finance",
    ("return_department", "department", "with_department"): "draft",
    ("score", "department", "with_department"): "with_department",
    ("approve_finance", "finance", "with_finance"): "approved",
    ("return_finance", "finance", "with_finance"): "draft",
    ("score", "finance", "with_finance"): "with_finance",
    ("reopen", "finance", "approved"): "draft",
    ("publish", "publisher", "approved"): "published",
    ("unpublish", "publisher", "published"): "approved",
}
"""What may happen in the whole office, written by hand and not taken from the table."""


@pytest.mark.parametrize("name", DONE)
def test_only_what_the_table_allows_moves_a_filing(office: Office, name: str) -> None:
    """For one act, all people and all states: allowed ones lead where they should, the others are refused."""
    filing = make_filing(office)
    for who, user in office.people.items():
        for state in STATES:
            filing.state = state
            Filing.objects.filter(pk=filing.pk).update(state=state)
            after = ALLOWED.get((name, who, state))
            with transaction.atomic():
                if after is None:
                    with pytest.raises(NotNow):
                        act(filing, name, user, WHY)
                else:
                    act(filing, name, user, WHY)
                assert Filing.objects.get(pk=filing.pk).state == (after or state)
                transaction.set_rollback(True)


def test_the_acts_are_those_that_move_and_the_score() -> None:
    """Every act of the table that leads somewhere can be done here, and a score given; nothing else."""
    assert set(DONE) == {name for name, row in FILING.items() if row.after} | {"score"}


def test_each_step_freezes_form_and_review(office: Office) -> None:
    """Five steps leave five versions with the form's own digest, five decisions and five events."""
    filing = walked(office, 5)
    versions = list(Version.objects.filter(filing=filing))
    assert [version.act for version in versions] == [name for name, _ in WAY]
    for version in versions:
        assert version.form == filing.form
        assert version.sha256 == hashlib.sha256(version.form.encode()).hexdigest()
        assert msgspec.json.decode(version.review)["computed"]["score"] == "100.00"
    assert [one.version_id for one in Decision.objects.filter(filing=filing)] == [one.pk for one in versions]
    told = Event.objects.filter(subject=f"filing/{filing.pk}").exclude(act="filing.started")
    assert [event.act for event in told] == [DONE[name] for name, _ in WAY]


def test_times_and_marks_follow_the_way(office: Office) -> None:
    """Handing in notes when; a return marks the filing until it is handed in again."""
    filing = walked(office, 1)
    assert filing.submitted is not None
    act(filing, "return_unit", office.people["head"], WHY)
    filing.refresh_from_db()
    assert (filing.state, filing.returned) == ("draft", True)
    act(filing, "submit", office.people["clerk"])
    filing.refresh_from_db()
    assert (filing.state, filing.returned, filing.late) == ("with_head", False, False)


def test_a_recall_is_no_return(office: Office) -> None:
    """What the clerk took back was not sent back."""
    filing = walked(office, 1)
    act(filing, "recall", office.people["clerk"])
    assert (filing.state, filing.returned) == ("draft", False)


@pytest.mark.parametrize(
    ("steps", "who", "column"), [(2, "department", "department_score"), (3, "finance", "finance_score")]
)
def test_a_reviewer_scores_beside_the_claimed_one(office: Office, steps: int, who: str, column: str) -> None:
    """A score is kept in the reviewer's own column; the claimed one stays, and nothing moves."""
    filing = walked(office, steps)
    before = filing.state
    decision = act(filing, "score", office.people[who], Said(score=Decimal("92.5")))
    filing.refresh_from_db()
    assert (getattr(filing, column), filing.claimed, filing.state) == (Decimal("92.5"), Decimal(100), before)
    assert decision.version is None
