"""三员分立: no way leads to one person holding two of the three administrators, or one of them and work."""

from itertools import permutations

import pytest

from jixiao.office.people.accounts import add_account
from jixiao.office.people.lists.acts import keep
from jixiao.office.people.lists.sheet import Lists
from jixiao.office.people.models import Proposal, Role, User
from jixiao.office.people.refusal import Refusal
from jixiao.office.people.roles import grant, propose
from office.doors.things import browser
from office.making import Office
from office.people.test_lists_judged import PEOPLE, lines

PAIRS = [*permutations(("system_admin", "security_admin", "audit_admin"), 2), ("clerk", "audit_admin")]
WORDS = {"system_admin": "系统管理员", "security_admin": "安全管理员", "audit_admin": "审计管理员"}


def person_with(office: Office, kind: str) -> User:
    """Somebody of the bureau who holds a role already."""
    bureau = office.organisations["bureau"]
    made = add_account("both", "两任", bureau, by=None)
    Role.objects.create(user=made, organisation=bureau, kind=kind)
    return made


def held(user: User) -> list[str]:
    """The roles a person holds."""
    return list(Role.objects.filter(user=user).values_list("kind", flat=True))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_no_grant_gives_a_second_one(office: Office, first: str, second: str) -> None:
    """Neither the act itself, nor the page of roles, nor a proposal of the administrator of accounts."""
    person, bureau = person_with(office, first), office.organisations["bureau"]
    with pytest.raises(Refusal, match="Separation of duties"):
        grant(person, bureau, second, by=office.people["security_admin"])
    client = browser(office.people["security_admin"])
    answer = client.post(f"/roles/of/{person.pk}/", {"organisation": bureau.code, "kind": second})
    assert "三员分立" in answer.content.decode()
    with pytest.raises(Refusal, match="Separation of duties"):
        propose(person, bureau, second, by=office.people["system_admin"])
    assert held(person) == [first]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_no_proposal_is_accepted_into_a_second_one(office: Office, first: str, second: str) -> None:
    """A proposal made before the other role was granted is refused when it is accepted."""
    person, bureau = person_with(office, first), office.organisations["bureau"]
    asked = Proposal.objects.create(user=person, organisation=bureau, kind=second, by=office.people["system_admin"])
    client = browser(office.people["security_admin"])
    page = client.post("/roles/decide/", {"proposal": [str(asked.pk)], "decision": "accept"}, follow=True)
    assert "三员分立" in page.content.decode()
    assert held(person) == [first]


@pytest.mark.parametrize(("first", "second"), PAIRS[:6])
def test_no_list_asks_for_a_second_one(office: Office, first: str, second: str) -> None:
    """An uploaded list that names two of them, or one beside what the person holds, has a row at fault."""
    person, admin = person_with(office, first), office.people["system_admin"]
    rows = [f"两任|both|001|{WORDS[second]}|", f"新人|newcomer|001|{WORDS[first]}、{WORDS[second]}|"]
    kept, client = keep(Lists(tuple(lines("people", PEOPLE, rows)), (), ()), b"", "名单.xlsx", by=admin), browser(admin)
    page = client.get(f"/people/lists/{kept.pk}/").content.decode()
    assert page.count("三员分立") >= 2
    client.post(f"/people/lists/{kept.pk}/apply/", {"acts": "0"})
    assert held(person) == [first]
    assert not Proposal.objects.filter(user__username__in=("both", "newcomer")).exists()
