"""My work: what waits for whom, with its day, in a constant number of queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.office.filing.models import Filing
from jixiao.office.rounds.models import Round
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.mine import listed, monitoring_left, piles, returned
from office.making import Office, make_filing
from office.workflow.walking import WHY, walked

SignedIn = Callable[[str], Client]
TODAY = timezone.localdate


def test_each_step_waits_for_its_person_alone(office: Office) -> None:
    """After every step the filing is in the pile of who comes next and in nobody else's."""
    people = office.people
    for steps, who in enumerate(("clerk", "head", "department", "finance", "publisher")):
        filing = walked(office, steps, steps)
        waits = {name for name, user in people.items() if filing in listed(user)}
        assert waits == {who}


def test_piles_are_counted_with_their_day(office: Office) -> None:
    """Three drafts and one late step: counts, last days and lateness are of each pile's own hand."""
    for number in range(3):
        make_filing(office, "centre", number)
    Round.objects.update(unit_due=TODAY() - timedelta(1))
    (pile,) = piles(office.people["clerk"], TODAY())
    assert (pile.act, pile.count, pile.late, pile.due) == ("submit", 3, True, TODAY() - timedelta(1))


def test_what_came_back_is_told_with_its_reason(office: Office) -> None:
    """A returned filing is listed apart, with who sent it back and why."""
    filing = walked(office, 1)
    act(filing, "return_unit", office.people["head"], WHY)
    (one,) = returned(office.people["clerk"])
    assert one.decision is not None
    assert (one.filing.pk, one.decision.reason, one.decision.by) == (filing.pk, "请核对。", office.people["head"])
    assert listed(office.people["clerk"]) == []


def test_drafts_of_a_closed_round_wait_for_nobody(office: Office) -> None:
    """What cannot be handed in any more is no work."""
    make_filing(office)
    Round.objects.update(closed=True)
    assert piles(office.people["clerk"], TODAY()) == []


@pytest.mark.parametrize("who", ["clerk", "head", "department", "finance", "publisher", "auditor", "system_admin"])
def test_the_first_page_of_everybody(office: Office, signed_in: SignedIn, who: str) -> None:
    """The page opens for every role, with something to do or a word that there is nothing."""
    for steps in range(5):
        walked(office, steps, steps)
    page = signed_in(who).get("/").content.decode()
    assert "我的工作" in page
    assert ("没有等您处理的表" in page) is (who in ("auditor", "system_admin"))


def test_who_has_not_signed_in_is_led_to_the_door(office: Office) -> None:
    """The first page leads to the sign-in page and back."""
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/")


def test_queries_do_not_grow_with_the_work(office: Office, signed_in: SignedIn, django_assert_num_queries: Any) -> None:
    """One filing or six: as many queries."""
    clerk = signed_in("clerk")
    for number in range(6):
        filing = make_filing(office, "centre", number)
        Filing.objects.filter(pk=filing.pk).update(returned=number % 2 == 0)
        if number in (1, 5):
            with django_assert_num_queries(11):
                assert clerk.get("/").status_code == 200


def test_running_monitoring_is_told_to_clerks(office: Office, signed_in: SignedIn) -> None:
    """As many projects as have not handed it in, and for so long as it is no old story."""
    make_filing(office)
    assert monitoring_left(office.people["clerk"], TODAY()) is None
    Round.objects.update(monitoring_due=TODAY() - timedelta(60))
    assert monitoring_left(office.people["clerk"], TODAY()) == (office.round, 1)
    assert "1 个项目待填报" in signed_in("clerk").get("/").content.decode()
    assert monitoring_left(office.people["head"], TODAY()) is None
    Round.objects.update(monitoring_due=TODAY() - timedelta(61))
    assert monitoring_left(office.people["clerk"], TODAY()) is None
