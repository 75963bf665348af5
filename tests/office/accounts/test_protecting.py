"""What keeps accounts from being taken: guessing from everywhere, others' links, sessions, guessable passwords."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from jixiao.office.journal.models import Event
from jixiao.office.people.accounts import change_account
from jixiao.office.people.models import User
from office.making import Office

PASSWORD = "pass-Word-2024"  # noqa: S105  # of the people made for tests
RIGHT = {"login": "clerk", "password": PASSWORD}
WRONG = {"login": "clerk", "password": "not-it"}


def at(address: str) -> Client:
    """A browser at an address."""
    return Client(REMOTE_ADDR=address)


def guess(times: int, net: str = "10.9") -> None:
    """So many wrong passwords, each from another address."""
    for number in range(times):
        at(f"{net}.{number // 250}.{number % 250}").post("/accounts/login/", WRONG)


def test_strangers_cannot_lock_a_person_out(office: Office) -> None:
    """However many wrong passwords come from elsewhere, the person gets in at the usual place."""
    assert at("10.1.1.1").post("/accounts/login/", RIGHT).status_code == 302
    guess(60)
    assert at("10.1.1.1").post("/accounts/login/", RIGHT).status_code == 302


def test_many_addresses_do_not_guess_on(office: Office) -> None:
    """After fifty wrong ones within an hour even the right password is refused at an unknown address; told once."""
    guess(55)
    answer = at("10.2.2.2").post("/accounts/login/", RIGHT)
    assert answer.status_code == 200
    assert "尝试次数过多" in answer.content.decode()
    assert Event.objects.filter(act="user.guessed_at").count() == 1
    assert at("10.2.2.2").post("/accounts/login/", RIGHT | {"login": "head"}).status_code == 302


def test_who_makes_accounts_does_not_act_as_others(signed_in: Callable[[str], Client], office: Office) -> None:
    """A link for somebody who works here comes from the security administrator alone; a newcomer's from either."""
    system, security = signed_in("system_admin"), signed_in("security_admin")
    for client in (system, security):
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for username in ("finance", "clerk", "publisher", "audit_admin"):
        who = office.people[username]
        User.objects.filter(pk=who.pk).update(password_set=timezone.now())
        assert "/accounts/invitation/" not in system.post(f"/people/{who.pk}/invite/", follow=True).content.decode()
        assert User.objects.get(pk=who.pk).invitation == ""
        assert "/accounts/invitation/" in security.post(f"/roles/of/{who.pk}/link/").content.decode()


def test_confirming_gives_the_session_a_new_key(office: Office) -> None:
    """Whoever had copied the session before cannot do the acts of weight that a confirmation allows."""
    client = Client()
    client.post("/accounts/login/", RIGHT)
    old = client.session.session_key
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.session.session_key != old
    thief = Client()
    thief.cookies["sessionid"] = str(old)
    assert thief.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_session_ends_after_its_hours(office: Office, settings: Any) -> None:
    """However busy: after twelve hours one signs in anew, and the page says why."""
    client = Client()
    client.post("/accounts/login/", RIGHT)
    client.get("/account/")
    session = client.session
    session["began"] -= 12 * 3600
    session.save()
    assert client.get("/account/").status_code == 302
    assert "12 小时" in client.get("/accounts/login/").content.decode()


def test_signing_out_forgets_at_both_ends(office: Office) -> None:
    """The session is gone from the database, and the browser is told to clear what it kept."""
    client = Client()
    client.post("/accounts/login/", RIGHT)
    key = client.session.session_key
    answer = client.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()


def test_a_session_is_not_taken_over_from_before(office: Office) -> None:
    """Signing in gives a new key, of 32 letters by chance."""
    client = Client()
    client.get("/accounts/login/")
    client.session.save()
    before = client.session.session_key
    client.post("/accounts/login/", RIGHT)
    after = str(client.session.session_key)
    assert (before != after, len(after)) == (True, 32)


def test_another_password_ends_the_other_sessions(office: Office) -> None:
    """Who changes the password is out everywhere else."""
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/accounts/login/", RIGHT)
    new = "Quite-another-7"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_a_password_is_changed_by_who_knows_it(office: Office) -> None:
    """Without the present one it stays; fields are masked and may be filled by a password manager."""
    client = Client()
    client.post("/accounts/login/", RIGHT)
    new = "Quite-another-7"
    client.post("/accounts/password/change/", {"oldpassword": "x", "password1": new, "password2": new})
    assert User.objects.get(username="clerk").check_password(PASSWORD)
    page = client.get("/accounts/password/change/").content.decode()
    assert page.count('type="password"') == 3
    assert "onpaste" not in page
    assert 'autocomplete="off"' not in page


@pytest.mark.parametrize(
    "password", ["Passw0rd!2024", "12-Iloveyou-12", "绩效自评-2024", "Jixiao@20241126", "Qwertyuiop_1", "P@ssword#9999"]
)
def test_dressed_up_passwords_are_refused(db: None, password: str) -> None:
    """A common password, or a word of the office, with digits, signs and letters written as digits."""
    with pytest.raises(ValidationError, match=r"常见密码|Not a common"):
        validate_password(password)


def test_thousands_of_common_passwords_of_our_length_are_refused(db: None) -> None:
    """Of the 20,000 most common, dressed to fit the rules of length and kinds, not one is taken."""
    common = [each for each in sorted(CommonPasswordValidator().passwords) if len(each) >= 6 and each.isalpha()]
    assert len(common) > 3_000
    assert [each for each in common[:3_000] if _is_taken(f"{each.capitalize()}!2024")] == []


def _is_taken(password: str) -> bool:
    from jixiao.office.accounts.passwords import NotGuessable

    try:
        NotGuessable().validate(password)
    except ValidationError:
        return False
    return True


def test_long_passwords_are_taken_letter_by_letter(office: Office) -> None:
    """A hundred letters, blanks at both ends and Chinese: nothing is cut, trimmed or folded."""
    password = f" 山高月小 Aa{'x' * 90} "
    validate_password(password)
    User.objects.filter(username="clerk").update(password=make_password(password))
    assert Client().post("/accounts/login/", RIGHT | {"password": password}).status_code == 302
    for other in (password.strip(), password.lower(), password[:72]):
        assert Client().post("/accounts/login/", RIGHT | {"password": other}).status_code != 302


def test_the_journal_keeps_no_address_or_number(office: Office) -> None:
    """That a telephone number changed is told, not which one."""
    change_account(office.people["clerk"], by=office.people["system_admin"], phone="13800138000", email="a@b.example")
    told = Event.objects.filter(act="user.changed").latest("pk").details
    assert "13800138000" not in told
    assert "a@b.example" not in told
    assert "phone" in told


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    """Nothing is left of what was guessed at."""
    from jixiao.office.shield.limits import counters

    counters().clear()
    yield
    counters().clear()
