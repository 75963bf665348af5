"""Two bureaus in one office: what one of them does is told to nobody of the other."""

from datetime import date

import pytest
from django.test import Client

from jixiao.office.api.tokens import make_token, revoke
from jixiao.office.journal.models import Event
from jixiao.office.people.lists.acts import keep
from jixiao.office.people.lists.sheet import Lists
from jixiao.office.people.models import Organisation, Proposal, Role, User
from jixiao.office.rounds.models import Round
from office.doors.things import browser, stranger
from office.making import Office, make_project
from office.people.test_lists_judged import PEOPLE, UNITS, lines


@pytest.fixture
def apart(office: Office) -> User:
    """Somebody with every role of the other bureau; everybody of this one belongs to its centre."""
    User.objects.update(organisation=office.organisations["centre"])
    return stranger()


def journal_of(user: User) -> str:
    """What a person reads in the journal: the page and the export."""
    client = browser(user)
    export = client.get("/journal/export.csv")
    return client.get("/journal/").content.decode() + b"".join(export).decode()


def test_events_of_people_stay_in_their_bureau(apart: User, office: Office) -> None:
    """Tokens, unlocking, ended sessions, a failed sign-in: the other bureau's audit administrator reads none of it."""
    Event.objects.all().delete()
    clerk = User.objects.select_related("organisation").get(pk=office.people["clerk"].pk)
    revoke(make_token(clerk, "对账程序", ["forms:read"], 30)[0], clerk)
    system = browser(office.people["system_admin"])
    for page in ("unlock", "sign-out"):
        assert system.post(f"/people/{clerk.pk}/{page}/").status_code == 302
    security = browser(office.people["security_admin"])
    assert security.post(f"/roles/of/{clerk.pk}/remove-factor/").status_code == 302
    Client().post("/accounts/login/", {"login": "clerk", "password": "wrong"})
    told = set(Event.objects.exclude(organisation="").values_list("act", flat=True))
    assert {"token.made", "token.revoked", "user.unlocked", "user.sessions_ended", "user.second_factor_reset",
            "user.sign_in_failed"} <= told  # fmt: skip
    assert "对账程序" in journal_of(office.people["audit_admin"])
    there = journal_of(apart)
    assert "对账程序" not in there
    assert "clerk" not in there


def test_a_list_reaches_no_other_bureau(apart: User, office: Office) -> None:
    """Rows that name a foreign code or user name are at fault: nothing of them is shown, moved or renamed."""
    User.objects.filter(username="clerk").update(email="clerk@example.invalid")
    Organisation.objects.filter(name="邻市财政局").update(code="901")
    rows = Lists(
        (
            *lines("units", UNITS, ["101|改过的名|主管部门|901", "902|新部门|主管部门|901", "903|新单位|预算单位|101"]),
            *lines("people", PEOPLE, ["改过的人|CLERK|901||", "新人|newcomer|901|经办人|"]),
        ),
        (), (),
    )  # fmt: skip
    kept, client = keep(rows, b"", "名单.xlsx", by=apart), browser(apart)
    shown = client.get(f"/people/lists/{kept.pk}/").content.decode()
    assert not any(words in shown for words in ("市科委", "clerk@example.invalid"))
    assert shown.count("管理范围") == 2
    assert client.post(f"/people/lists/{kept.pk}/apply/", {"acts": "2"}).headers["Location"] == "/people/"
    assert Organisation.objects.get(code="101").name == "市科委"
    assert User.objects.get(username="clerk").name == "clerk"
    assert Organisation.objects.filter(code="902").exists()
    assert not Organisation.objects.filter(code="903").exists()


def test_the_owner_of_a_foreign_code_is_not_told(apart: User, office: Office) -> None:
    """That a code is taken is told to everybody; by whom, in the same tree alone."""
    fields = {"name": "新部门", "kind": "department", "code": "101", "name_en": ""}
    for person, below, told in ((apart, "邻市财政局", False), (office.people["system_admin"], "市财政局", True)):
        uid = Organisation.objects.get(name=below).uid
        page = browser(person).post(f"/organisations/add/?below={uid}", fields).content.decode()
        assert "编码 101 已" in page
        assert ("市科委" in page) is told


def test_who_belongs_nowhere_is_managed_where_their_roles_are(apart: User, office: Office) -> None:
    """A person without an organisation who holds a role is nobody else's: no other bureau opens the account anew."""
    User.objects.update(organisation=None)
    free = User.objects.create_user("free")
    for person, seen in ((apart, 404), (office.people["security_admin"], 200)):
        client = browser(person)
        assert client.get(f"/roles/of/{office.people['head'].pk}/").status_code == seen
        assert client.post(f"/roles/of/{office.people['head'].pk}/link/").status_code == seen
        assert client.get(f"/roles/of/{free.pk}/").status_code == 200


def test_what_waits_names_no_round_of_another_bureau(apart: User, office: Office) -> None:
    """A clerk is told of the monitoring of the own bureau's round, whichever other round ends sooner."""
    make_project(office.organisations["centre"], "本市的项目")
    Round.objects.filter(bureau__name="邻市财政局").update(title="邻市的批次", monitoring_due=date(2999, 1, 1))
    client = browser(office.people["clerk"])
    assert "邻市的批次" not in client.get("/").content.decode()
    Round.objects.filter(pk=office.round.pk).update(monitoring_due=date(2999, 2, 1), title="本市的批次")
    assert "本市的批次" in client.get("/").content.decode()


def test_a_proposal_of_another_bureau_is_passed_over(apart: User, office: Office) -> None:
    """A security administrator accepts and declines what is asked for at home; what is named beyond stays as it is."""
    asked = Proposal.objects.create(
        user=office.people["auditor"], organisation=office.organisations["centre"], kind="clerk",
        by=office.people["system_admin"],
    )  # fmt: skip
    client = browser(apart)
    for decision in ("accept", "decline"):
        assert client.post("/roles/decide/", {"proposal": [str(asked.pk)], "decision": decision}).status_code == 302
    assert Proposal.objects.filter(pk=asked.pk).exists()
    assert not Role.objects.filter(user=office.people["auditor"], kind="clerk").exists()
