"""Rectification: raised, answered, judged; what is open or promised comes back next year."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.office.filing.door import NotNow
from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.journal.models import Event
from jixiao.office.workflow.models import Item
from jixiao.office.workflow.rectify import Wanted, judge, of_earlier_years, raise_item, reply
from jixiao.office.workflow.refusals import Moved, Refused
from office.making import Office, make_filing, make_round, seed_forms

SignedIn = Callable[[str], Client]
SOON = timezone.localdate() + timedelta(30)


def raised(office: Office, who: str = "department", state: str = "with_department") -> Item:
    """An item of a new filing."""
    filing = make_filing(office, state=state)
    return raise_item(filing, office.people[who], Wanted("完成值要有附件。", SOON, "k1/actual", "JX360"))


def test_from_asking_to_accepting(office: Office) -> None:
    """Raised, replied, not enough, replied again, accepted: each step waits for the other side and is told."""
    item, clerk, reviewer = raised(office), office.people["clerk"], office.people["department"]
    reply(item, clerk, "已补附件", "附件3")
    judge(item, reviewer, accepted=False, words="附件3 没有盖章")
    reply(item, office.people["head"], "已盖章")
    judge(item, reviewer, accepted=True)
    item.refresh_from_db()
    assert (item.state, item.closed is not None, item.level) == ("accepted", True, "department")
    assert [one.kind for one in item.replies.all()] == ["reply", "refuse", "reply", "accept"]
    told = Event.objects.filter(subject=f"item/{item.pk}").values_list("act", flat=True)
    assert list(told) == ["item.raised", "item.replied", "item.refused", "item.replied", "item.accepted"]


@pytest.mark.parametrize("who", ["clerk", "head", "other_department", "auditor", "finance"])
def test_only_reviewers_of_the_level_raise_and_judge(office: Office, who: str) -> None:
    """Below the department's hand nobody else raises; finance does not judge what the department raised."""
    filing = make_filing(office, number=1, state="with_department")
    with pytest.raises(NotNow):
        raise_item(filing, office.people[who], Wanted("改", SOON))
    item = raised(office)
    reply(item, office.people["clerk"], "好")
    with pytest.raises(NotNow):
        judge(item, office.people[who], accepted=True)


@pytest.mark.parametrize("who", ["department", "finance", "other_clerk", "auditor"])
def test_only_the_unit_replies(office: Office, who: str) -> None:
    """Clerk and head of the own unit answer, nobody else."""
    with pytest.raises(NotNow):
        reply(raised(office), office.people[who], "好")


def test_who_comes_second_is_told(office: Office) -> None:
    """An item that was answered already takes no second reply, and one that waits for a reply is not judged."""
    item = raised(office)
    stale = Item.objects.select_related("filing").get(pk=item.pk)
    with pytest.raises(Moved):
        judge(item, office.people["department"], accepted=True)
    reply(item, office.people["clerk"], "好")
    with pytest.raises(Moved):
        reply(stale, office.people["clerk"], "好")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(" ", SOON), "words"),
        (Wanted("改", SOON - timedelta(31)), "day"),
        (Wanted("改", SOON, "k99/actual"), "cell"),
    ],
)
def test_what_is_no_item_is_refused(office: Office, wanted: Wanted, code: str) -> None:
    """Without words, with a day that is over, about a cell that is not there."""
    with pytest.raises(Refused) as caught:
        raise_item(make_filing(office, state="with_department"), office.people["department"], wanted)
    assert caught.value.code == code
    assert not Item.objects.exists()


def next_year(office: Office, filing: Filing) -> Filing:
    """The project's filing of the year after."""
    return start_filing(make_round(office.organisations["bureau"], 2025), filing.project, seed_forms()[0], by=None)


@pytest.mark.parametrize(
    ("promised", "accepted", "back"), [(False, False, True), (False, True, False), (True, True, True)]
)
def test_open_and_promised_items_come_back(office: Office, promised: bool, accepted: bool, back: bool) -> None:  # noqa: FBT001 -- a table
    """On next year's filing of the project, and not on the filing it was raised on."""
    item = raised(office)
    reply(item, office.people["clerk"], "好", promised=promised)
    if accepted:
        judge(item, office.people["department"], accepted=True)
    later = next_year(office, item.filing)
    found = of_earlier_years([item.filing, later])
    assert found == {item.filing.pk: [], later.pk: [item] if back else []}


def test_the_pages(office: Office, signed_in: SignedIn) -> None:
    """Raise, see it waiting, reply, judge, find it back next year: all by the pages."""
    filing = make_filing(office, state="with_department")
    clerk, reviewer = signed_in("clerk"), signed_in("department")
    assert "提出整改" in reviewer.get(f"/filings/{filing.pk}/decide/").content.decode()
    assert reviewer.get(f"/filings/{filing.pk}/rectify/").status_code == 200
    sent = {"words": "完成值要有附件。", "due": SOON.isoformat(), "cell": "k1/actual"}
    assert reviewer.post(f"/filings/{filing.pk}/rectify/", sent | {"due": "2024-99-99"}).status_code == 422
    place = reviewer.post(f"/filings/{filing.pk}/rectify/", sent)["Location"]
    assert "完成值要有附件。" in clerk.get("/").content.decode()
    assert "完成值要有附件。" in clerk.get("/rectification/").content.decode()
    assert clerk.post(place, {"kind": "reply", "words": " "}).status_code == 422
    clerk.post(place, {"kind": "reply", "words": "下年补", "promised": "1"})
    assert "下年补" in reviewer.get(place).content.decode()
    reviewer.post(place, {"kind": "accept"})
    later = next_year(office, filing)
    assert "完成值要有附件。" in clerk.get(f"/filings/{later.pk}/earlier/").content.decode()
    assert "完成值要有附件。" in clerk.get(f"/filings/{later.pk}/decide/").content.decode()
    assert clerk.get(f"/filings/{filing.pk}/earlier/").content.decode().strip() == ""


def test_foreign_items_look_missing(office: Office, signed_in: SignedIn) -> None:
    """Another unit's clerk gets 404, as for none; so does an administrator."""
    item = raised(office)
    for who in ("other_clerk", "system_admin", "publisher"):
        client = signed_in(who)
        assert client.get(f"/rectification/{item.pk}/").status_code == 404
        assert client.get("/rectification/?state=all").context["items"] == []
    assert signed_in("auditor").get(f"/rectification/{item.pk}/").status_code == 200
