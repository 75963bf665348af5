"""The first page: who may take an empty office, and how."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jixiao.office.journal.models import Event
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.setup import first

PASSWORDS = {kind: f"Great-Wall-{at}-2024" for at, kind in enumerate(("system_admin", "security_admin", "audit_admin"))}


@pytest.fixture(autouse=True)
def _empty_office(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A data folder of its own; the process has seen no user and no demo."""
    settings.DATA = tmp_path
    yield from _forgotten()


def _forgotten() -> Iterator[None]:
    first._KNOWN["somebody"] = False
    yield
    first._KNOWN["somebody"] = False


def filled(key: str) -> dict[str, str]:
    """A first page filled in rightly."""
    given = {"key": key, "office-bureau": "市财政局"}
    for kind, password in PASSWORDS.items():
        given |= {
            f"{kind}-username": kind,
            f"{kind}-name": kind,
            f"{kind}-password": password,
            f"{kind}-again": password,
        }
    return given


def key_of(link: str) -> str:
    """The key in the link that the server prints."""
    return link.partition("key=")[2]


@pytest.mark.django_db
def test_nobody_yet_leads_to_first_page(client: Client) -> None:
    """While nobody is there, the first address and the sign-in page lead to the first page."""
    assert client.get("/").headers["Location"] == "/setup/"
    assert client.get("/accounts/login/").headers["Location"] == "/setup/"


@pytest.mark.django_db
def test_without_the_key_there_is_no_form(client: Client) -> None:
    """A stranger who comes first finds no form, and cannot post one; a wrong key is told."""
    first.first_link()
    assert "<form method" not in client.get("/setup/").content.decode().replace("language", "")
    assert client.get("/setup/?key=guess").status_code == 403
    client.post("/setup/", filled("guess"))
    client.post("/setup/demo/", {"key": "guess"})
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_key_makes_three_administrators_once(client: Client) -> None:
    """With the key: a bureau and three administrators of one role each, journalled; then the key is worth nothing."""
    key = key_of(first.first_link())
    assert client.get(f"/setup/?key={key}").status_code == 200
    assert client.post("/setup/", filled(key)).headers["Location"] == "/accounts/login/"
    roles = set(Role.objects.values_list("user__username", "kind"))
    assert roles == {(kind, kind) for kind in PASSWORDS}
    assert Organisation.objects.get().name == "市财政局"
    assert Event.objects.filter(act="setup.administrator_made").count() == 3
    assert not first.opens(key)
    assert client.get(f"/setup/?key={key}").headers["Location"] == "/accounts/login/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("audit_admin-username", "SYSTEM_ADMIN", "不能相同"),
        ("system_admin-again", "another", "两次输入的密码不同"),
        ("office-bureau", "", "error"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, field: str, value: str, words: str) -> None:
    """One person twice, a password typed differently, a bureau without a name: told, and nobody is made."""
    key = key_of(first.first_link())
    answer = client.post("/setup/", filled(key) | {field: value})
    assert words in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_key_is_its_owners_alone(settings: Any) -> None:
    """The key lies in a file that only its owner may read, and each start makes a new one."""
    one, two = first.first_link(), first.first_link()
    assert one != two
    assert (settings.DATA / "first-key").stat().st_mode & 0o777 == 0o600
    assert not first.opens(key_of(one))
    assert first.opens(key_of(two))
