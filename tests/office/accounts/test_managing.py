"""Organisations, accounts, roles and lists through their pages."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone

from jixiao.office.filing.models import Filing
from jixiao.office.journal.models import Event
from jixiao.office.people.models import Organisation, PeopleList, Proposal, Role, User
from jixiao.office.workflow.rectify import Wanted, raise_item
from jixiao.office.year.monitoring import Told, begin, keep, rows_of
from office.intake.lines_of import batch_of
from office.making import Office, make_filing

Enter = Callable[[str], Client]
PASSWORD = "pass-Word-2024"  # noqa: S105  # of the people made for tests


def sure(client: Client, username: str) -> Client:
    """The browser of somebody who confirmed a moment ago that it is them."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def as_system(signed_in: Enter, office: Office) -> Client:
    """The system administrator, confirmed."""
    return sure(signed_in("system_admin"), "system_admin")


@pytest.fixture
def as_security(signed_in: Enter, office: Office) -> Client:
    """The security administrator, confirmed."""
    return sure(signed_in("security_admin"), "security_admin")


def last() -> tuple[str, dict[str, Any]]:
    """The latest event: act and details."""
    event = Event.objects.order_by("-pk")[0]
    return event.act, json.loads(event.details)


def test_an_organisation_is_added(as_system: Client, office: Office) -> None:
    """Below a department, with its path; the code of another is refused with its name."""
    science = office.organisations["science"]
    fields = {"name": "科技馆", "kind": "unit", "code": "101003", "name_en": ""}
    assert as_system.post(f"/organisations/add/?below={science.uid}", fields).status_code == 302
    made = Organisation.objects.get(code="101003")
    assert made.path == f"{science.path}{made.pk}/"
    assert last()[0] == "organisation.added"
    again = as_system.post(f"/organisations/add/?below={science.uid}", fields)
    assert "101003 已是“科技馆”的" in again.content.decode()


@pytest.mark.parametrize(
    ("moved", "to", "words"),
    [
        ("science", "centre", "就在“市科委”之内"),
        ("science", "science", "就在“市科委”之内"),
        ("schools", "centre", "不能是预算单位"),
        ("centre", "nothing", "没有编码或名称"),
    ],
)
def test_where_a_subtree_cannot_hang(as_system: Client, office: Office, moved: str, to: str, words: str) -> None:
    """The page says why, and nothing moves."""
    node = office.organisations[moved]
    parent = office.organisations[to].name if to in office.organisations else to
    before = dict(Organisation.objects.values_list("pk", "path"))
    answer = as_system.post(f"/organisations/{node.uid}/move/", {"parent": parent})
    assert words in answer.content.decode()
    assert dict(Organisation.objects.values_list("pk", "path")) == before


def test_a_subtree_moves_with_its_filings(as_system: Client, office: Office) -> None:
    """Every path below is written anew, those of filings and of all that belongs to them, and one event tells both."""
    filing, batch = make_filing(office), batch_of(office, [])
    soon, reviewer = timezone.localdate(), office.people["department"]
    Filing.objects.update(state="with_department")
    item = raise_item(Filing.objects.get(pk=filing.pk), reviewer, Wanted("请整改。", soon))
    sheet = begin(office.round, filing.project)
    keep(sheet, Told(None, None, None, soon, tuple(rows_of(sheet))), office.people["clerk"], hand_in=False)
    science, schools = office.organisations["science"], office.organisations["schools"]
    as_system.post(f"/organisations/{science.uid}/move/", {"parent": "102 市教委"})
    centre = Organisation.objects.get(pk=office.organisations["centre"].pk)
    assert centre.path == f"{schools.path}{science.pk}/{centre.pk}/"
    for kept in (filing, batch, item, sheet):
        kept.refresh_from_db()
        assert kept.path == centre.path
    assert last() == (
        "organisation.moved",
        {
            "before": "市财政局",
            "after": "市教委",
            "path_before": science.path,
            "path_after": f"{schools.path}{science.pk}/",
        },
    )


def test_what_has_something_open_below_is_not_closed(as_system: Client, office: Office) -> None:
    """The department stays; its units close, then it does, and what is below a closed one stays closed."""
    science = office.organisations["science"]
    as_system.post(f"/organisations/{science.uid}/close/")
    assert not Organisation.objects.get(pk=science.pk).closed
    for name in ("centre", "institute", "science"):
        as_system.post(f"/organisations/{office.organisations[name].uid}/close/")
    assert Organisation.objects.get(pk=science.pk).closed
    as_system.post(f"/organisations/{office.organisations['centre'].uid}/close/")
    assert Organisation.objects.get(pk=office.organisations["centre"].pk).closed


def test_a_person_changes_place(as_system: Client, office: Office) -> None:
    """Who moves to another organisation is there, and the event tells from where to where."""
    person = office.people["other_clerk"]
    fields = {"name": "改名", "organisation": "101001 创新中心", "email": "", "phone": ""}
    assert as_system.post(f"/people/{person.pk}/", fields).status_code == 302
    person.refresh_from_db()
    assert person.organisation == office.organisations["centre"]
    assert last() == ("user.changed", {"name": ["other_clerk", "改名"], "place": ["", "创新中心"]})


def invited(client: Client) -> str:
    """Add an account; the path of the link that is shown."""
    fields = {"username": "li.si", "name": "李四", "organisation": "101001 创新中心", "email": "", "phone": ""}
    page = client.post("/people/add/", fields).content.decode()
    found = re.search(r"http://testserver(/accounts/invitation/[^\"]+)", page)
    assert found is not None
    return found[1]


def test_an_invitation(as_system: Client, office: Office) -> None:
    """The link sets a password, once; the person signs in with it; neither password nor token is in the journal."""
    link, guest = invited(as_system), Client()
    assert "李四" in guest.get(link).content.decode()
    weak = guest.post(link, {"password1": "short", "password2": "short"})
    assert "10" in weak.content.decode()
    new = {"password1": "Very-new-2025", "password2": "Very-new-2025"}
    assert guest.post(link, new).headers["Location"] == "/accounts/login/"
    assert guest.post(link, new).status_code == 404
    guest.post("/accounts/login/", {"login": "li.si", "password": "Very-new-2025"})
    assert guest.get("/account/").status_code == 200
    everything = " ".join(Event.objects.values_list("details", flat=True))
    assert "Very-new" not in everything
    assert link.split("/")[-2] not in everything


def test_one_administrator_does_not_take_anothers_place(as_system: Client, as_security: Client, office: Office) -> None:
    """A security administrator's password is reset by a security administrator, never by a system administrator."""
    guarded = office.people["audit_admin"]
    User.objects.filter(pk=guarded.pk).update(password_set=timezone.now())
    refused = as_system.post(f"/people/{guarded.pk}/invite/", follow=True).content.decode()
    assert "系统管理员重设" in refused
    assert User.objects.get(pk=guarded.pk).invitation == ""
    given = as_security.post(f"/roles/of/{guarded.pk}/link/").content.decode()
    assert "/accounts/invitation/" in given


@pytest.mark.parametrize("how", ["forged", "replaced", "switched off", "too old"])
def test_an_invitation_that_is_void(as_system: Client, office: Office, settings: Any, how: str) -> None:
    """The page says that it is void, and no password can be set."""
    link = invited(as_system)
    person = User.objects.get(username="li.si")
    if how == "forged":
        link = link.replace("invitation/", "invitation/x")
    elif how == "replaced":
        as_system.post(f"/people/{person.pk}/invite/")
    elif how == "switched off":
        as_system.post(f"/people/{person.pk}/switch/")
    else:
        settings.INVITATION_DAYS = -1
    answer = Client().post(link, {"password1": "Very-new-2025", "password2": "Very-new-2025"})
    assert answer.status_code == 404
    assert "无效" in answer.content.decode()
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_an_act_of_weight_asks_again(signed_in: Enter, office: Office) -> None:
    """Without a fresh password it leads to the confirmation, and goes on with what was sent."""
    client = signed_in("security_admin")
    place = office.organisations["centre"]
    who = office.people["head"]
    answer = client.post(f"/roles/of/{who.pk}/", {"kind": "clerk", "organisation": place.code})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Role.objects.filter(user=who, kind="clerk").exists()
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert Role.objects.filter(user=who, kind="clerk", organisation=place).exists()


@pytest.mark.parametrize(
    ("who", "kind", "place", "words"),
    [
        ("clerk", "head", "centre", ""),
        ("clerk", "publisher", "bureau", ""),
        ("clerk", "finance", "science", "只能设在财政局"),
        ("clerk", "audit_admin", "bureau", "三员分立"),
        ("audit_admin", "clerk", "centre", "三员分立"),
        ("audit_admin", "system_admin", "bureau", "三员分立"),
        ("security_admin", "clerk", "centre", "不能给自己"),
    ],
)
def test_granting(as_security: Client, office: Office, who: str, kind: str, place: str, words: str) -> None:
    """A role is granted, or refused with the rule in words; nobody grants one to themselves."""
    person, where = office.people[who], office.organisations[place]
    answer = as_security.post(f"/roles/of/{person.pk}/", {"kind": kind, "organisation": where.code})
    assert Role.objects.filter(user=person, kind=kind, organisation=where).exists() == (not words)
    if words:
        assert words in answer.content.decode()
    else:
        assert last() == ("role.granted", {"username": who, "role": kind, "where": where.name})


def test_a_role_is_taken_back(as_security: Client, office: Office) -> None:
    """From another, not from oneself."""
    for who, gone in (("clerk", True), ("security_admin", False)):
        role = Role.objects.get(user=office.people[who])
        as_security.post(f"/roles/{role.pk}/take-back/")
        assert Role.objects.filter(pk=role.pk).exists() != gone


def workbook(units: list[list[str]], people: list[list[str]]) -> io.BytesIO:
    """A list as people make it."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, head, rows in (
            ("单位", ["编码", "名称", "类型", "上级编码"], units),
            ("人员", ["姓名", "用户名", "单位编码", "角色", "邮箱"], people),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([head, *rows]):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    held.seek(0)
    held.name = "名单.xlsx"
    return held


def test_a_list_is_tried_then_applied(as_system: Client, as_security: Client, office: Office) -> None:
    """The dry run changes nothing and names the faulty cell; applying puts good rows in; roles wait."""
    units = [
        ["103", "市水务局", "主管部门", "001"],
        ["103001", "水文站", "预算单位", "103"],
        ["104", "", "主管部门", "001"],
    ]
    people = [["王五", "wangwu", "103001", "经办人", ""], ["赵六", "zhao liu", "103001", "经办人", ""]]
    before = Organisation.objects.count(), User.objects.count()
    answer = as_system.post("/people/lists/", {"file": workbook(units, people)})
    page = as_system.get(answer.headers["Location"]).content.decode()
    assert (Organisation.objects.count(), User.objects.count()) == before
    assert all(words in page for words in ("单位!B4", "人员!B3", "zhao liu", "水文站", "导入 3 行"))
    as_system.post(f"{answer.headers['Location']}apply/", {"acts": "3"})
    station = Organisation.objects.get(code="103001")
    assert station.path.startswith(Organisation.objects.get(code="103").path)
    wang = User.objects.get(username="wangwu")
    assert (wang.organisation, Role.objects.filter(user=wang).count()) == (station, 0)
    proposal = Proposal.objects.get(user=wang)
    as_security.post("/roles/decide/", {"proposal": [str(proposal.pk)], "decision": "accept"})
    assert Role.objects.get(user=wang).kind == "clerk"
    assert Event.objects.filter(act="list.applied").count() == 1
    assert as_system.post("/people/lists/", {"file": workbook(units[:2], people[:1])}).status_code == 302
    kept = PeopleList.objects.order_by("-pk")[0]
    assert "0" in as_system.get(f"/people/lists/{kept.pk}/?show=new").content.decode()


def test_a_list_is_not_applied_unseen(as_system: Client, office: Office) -> None:
    """Where the office changed after the dry run, nothing is put in; the new verdicts are shown."""
    answer = as_system.post("/people/lists/", {"file": workbook([["103", "市水务局", "主管部门", "001"]], [])})
    Organisation.objects.filter(code="001").update(closed=True)
    as_system.post(f"{answer.headers['Location']}apply/", {"acts": "1"})
    assert not Organisation.objects.filter(code="103").exists()
    assert not Event.objects.filter(act="list.applied").exists()


def test_what_is_no_workbook_is_told(as_system: Client) -> None:
    """The page says so, and keeps nothing."""
    broken = io.BytesIO(b"PK\x03\x04 nothing more")
    broken.name = "名单.xlsx"
    answer = as_system.post("/people/lists/", {"file": broken})
    assert "名单.xlsx" in answer.content.decode()
    assert not PeopleList.objects.exists()


def test_switching_off_signs_out(as_system: Client, signed_in: Enter, office: Office) -> None:
    """The person's browser is out at once, and they cannot come in; switched on, they can."""
    clerk = office.people["clerk"]
    browser = Client()
    browser.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})
    assert browser.get("/account/").status_code == 200
    as_system.post(f"/people/{clerk.pk}/switch/")
    assert browser.get("/account/").status_code == 302
    as_system.post(f"/people/{clerk.pk}/switch/")
    browser.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})
    assert browser.get("/account/").status_code == 200


@pytest.mark.parametrize("path", ["/people/", "/organisations/", "/roles/", "/journal/"])
def test_queries_do_not_grow(signed_in: Enter, office: Office, path: str, django_assert_max_num_queries: Any) -> None:
    """Each list asks the same number of times for thirty more people, units and events."""
    from jixiao.office.people.accounts import add_account
    from jixiao.office.people.roles import grant
    from jixiao.office.people.tree import add_organisation

    for number in range(30):
        unit = add_organisation(office.organisations["science"], "unit", f"站{number}", by=None)
        grant(add_account(f"u{number}", "某", unit, by=None), unit, "clerk", by=None)
    owner = {"/people/": "system_admin", "/organisations/": "system_admin", "/roles/": "security_admin"}
    client = signed_in(owner.get(path, "audit_admin"))
    with django_assert_max_num_queries(9):
        assert client.get(path).status_code == 200


def test_the_journal_is_filtered_and_exported(signed_in: Enter, office: Office) -> None:
    """By person and kind of act; the export begins no cell with a formula, and is itself an event."""
    from jixiao.office.people.accounts import add_account, change_account

    person = add_account("wang", "王", office.organisations["centre"], by=office.people["system_admin"])
    change_account(person, by=office.people["system_admin"], name="=HYPERLINK(1)")
    change_account(person, by=person, phone="123")
    client = signed_in("audit_admin")
    page = client.get("/journal/?who=HYPERLINK&room=user").content.decode()
    assert page.count("<tr>") == 2
    assert "修改账号" in page
    answer = client.get("/journal/export.csv?room=user")
    text = b"".join(answer).decode()
    assert ",'=HYPERLINK(1)," in text
    assert last()[0] == "journal.exported"


def test_a_lost_second_factor_is_removed(as_security: Client, office: Office) -> None:
    """By who grants roles; it is an event."""
    from allauth.mfa.models import Authenticator

    clerk = office.people["clerk"]
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={"secret": "x"})
    as_security.post(f"/roles/of/{clerk.pk}/remove-factor/")
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert last()[0] == "user.second_factor_reset"
