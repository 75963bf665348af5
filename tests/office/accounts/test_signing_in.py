"""Signing in: password, second factor end to end, lock-out, idle time-out, rules for passwords."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from jixiao.office.accounts.middleware import SEEN
from jixiao.office.api.models import Token
from jixiao.office.journal.models import Event
from jixiao.office.people.accounts import remember_password
from office.making import Office

PASSWORD = "pass-Word-2024"  # noqa: S105  # of the people made for tests


def enter(username: str, password: str = PASSWORD, client: Client | None = None) -> tuple[Client, Any]:
    """A browser that has sent the sign-in page, and the answer."""
    client = client or Client()
    return client, client.post("/accounts/login/", {"login": username, "password": password})


def acts() -> list[str]:
    """The acts in the journal, in their order."""
    return list(Event.objects.values_list("act", flat=True))


def code_of(secret: str, step: int = 0) -> str:
    """The code an app on a phone shows now, or some steps later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def enrolled(username: str) -> tuple[Client, str]:
    """Somebody who has signed in and set up a second factor; and its secret."""
    client, _ = enter(username)
    client.get("/accounts/2fa/totp/activate/")
    secret: str = client.session["mfa.totp.secret"]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return client, secret


def test_the_right_password_signs_in(office: Office) -> None:
    """Signing in and out are events; a page behind the door is shown in between."""
    client, answer = enter("clerk")
    assert answer.headers["Location"] == "/"
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account/").headers["Location"] == "/accounts/login/?next=/account/"
    assert acts()[-2:] == ["user.signed_in", "user.signed_out"]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "用户名或密码不对"), ("en", "is wrong")])
def test_a_wrong_password_says_so(office: Office, language: str, words: str) -> None:
    """The page says what is wrong, in its language, and not which of the two."""
    client = Client(headers={"Accept-Language": language})
    for username in ("clerk", "nobody"):
        _, answer = enter(username, "not-the-One-1", client)
        assert words in answer.content.decode()
    assert acts()[-2:] == ["user.sign_in_failed"] * 2
    assert not Event.objects.filter(details__contains="not-the-One-1").exists()


def test_too_many_wrong_passwords_lock_out(office: Office) -> None:
    """After five, even the right one is refused with a plain page; another person still gets in from there."""
    for _ in range(5):
        _, answer = enter("clerk", "wrong")
    assert answer.status_code == 429
    _, answer = enter("clerk")
    assert answer.status_code == 429
    assert "暂时锁定" in answer.content.decode()
    assert "user.locked_out" in acts()
    assert enter("head")[1].headers["Location"] == "/"


def test_an_account_switched_off_stays_out(office: Office) -> None:
    """It looks like a wrong password."""
    office.people["clerk"].is_active = False
    office.people["clerk"].save()
    _, answer = enter("clerk")
    assert answer.status_code in (200, 302)
    assert not answer.wsgi_request.user.is_authenticated


def test_an_administrator_must_set_up_a_second_factor(office: Office) -> None:
    """Every page leads there first; a clerk is not asked."""
    client, _ = enter("system_admin")
    assert client.get("/people/").headers["Location"] == "/accounts/2fa/totp/activate/"
    clerk, _ = enter("clerk")
    assert clerk.get("/account/").status_code == 200


def test_by_setting_everybody_must(office: Office, settings: Any) -> None:
    """With `all`, a clerk is led there too; with `none`, nobody."""
    settings.SECOND_FACTOR = "all"
    assert enter("clerk")[0].get("/account/").status_code == 302
    settings.SECOND_FACTOR = "none"
    assert enter("system_admin")[0].get("/people/").status_code == 200


def test_no_token_is_made_before_the_second_factor(office: Office) -> None:
    """Who must set up a second factor is led there from the page of API tokens, too."""
    client, _ = enter("system_admin")
    made = client.post("/api/tokens/make/", {"name": "x", "scopes": "forms:read", "days": "30"})
    assert made.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert not Token.objects.exists()


def test_a_second_factor_end_to_end(office: Office) -> None:
    """Set up, signed out, then password and code are both asked for; the page shows a picture made here."""
    client, secret = enrolled("system_admin")
    assert client.get("/people/").status_code == 200
    client.post("/accounts/logout/")
    _, answer = enter("system_admin", client=client)
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/people/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "验证码不对" in wrong.content.decode()
    right = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, 1)})
    assert right.headers["Location"] == "/"
    assert client.get("/people/").status_code == 200


def test_a_code_is_taken_once(office: Office) -> None:
    """Whoever looked over a shoulder cannot use the same code, even in another process of the office."""
    from django.core.cache import cache

    client, secret = enrolled("system_admin")
    for taken in (True, False):
        client.post("/accounts/logout/")
        cache.clear()
        enter("system_admin", client=client)
        answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, 1)})
        assert (answer.status_code == 302) == taken


def test_wrong_codes_lock_out_like_wrong_passwords(office: Office) -> None:
    """Five wrong codes, and the right password does not help either."""
    client, _ = enrolled("system_admin")
    client.post("/accounts/logout/")
    enter("system_admin", client=client)
    for _ in range(5):
        answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 429
    assert enter("system_admin")[1].status_code == 429


def test_a_recovery_code_works_once(office: Office) -> None:
    """Ten are shown; one of them signs in without the phone, and not again."""
    client, _ = enrolled("system_admin")
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(code in page for code in codes)
    for works in (True, False):
        client.post("/accounts/logout/")
        enter("system_admin", client=client)
        answer = client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert (answer.status_code == 302) == works


def test_a_secret_is_kept_encrypted(office: Office) -> None:
    """Neither the key of the app nor the seed of recovery codes stands in the database."""
    _, secret = enrolled("system_admin")
    kept = [str(each.data) for each in Authenticator.objects.all()]
    assert not any(secret in each for each in kept)
    assert all("sealed:1:sm4:" in each for each in kept)


def test_an_administrator_cannot_switch_it_off(office: Office) -> None:
    """The page says why, and the second factor stays."""
    client, _ = enrolled("system_admin")
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert "必须使用两步验证" in answer.content.decode()
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def idle_for(client: Client, seconds: int) -> None:
    """Make a session's last sign of life older."""
    session = client.session
    session[SEEN] = int(time.time()) - seconds
    session.save()


def test_who_does_nothing_is_signed_out(office: Office) -> None:
    """After 30 minutes the next page is the sign-in page, which says why; before, the time starts anew."""
    client, _ = enter("clerk")
    client.get("/account/")
    idle_for(client, 29 * 60)
    assert client.get("/account/").status_code == 200
    assert client.get("/account/alive/").json()["left"] > 29 * 60
    idle_for(client, 30 * 60)
    answer = client.get("/account/", follow=True)
    assert "30 分钟没有操作" in answer.content.decode()


def test_page_code_that_comes_too_late_gets_401(office: Office) -> None:
    """Neither htmx nor fetch is led to a page that it cannot show."""
    headers: tuple[dict[str, str], ...] = ({"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"})
    for header in headers:
        client, _ = enter("clerk")
        client.get("/account/")
        idle_for(client, 30 * 60)
        answer = client.post("/account/", headers=header)
        assert (answer.status_code, answer.json()) == (401, {"signed_out": True, "idle": True})


def test_looking_how_long_is_no_sign_of_life(office: Office) -> None:
    """A page that asks by itself does not keep a session alive; its person's click does."""
    client, _ = enter("clerk")
    client.get("/account/")
    idle_for(client, 29 * 60)
    assert client.get("/account/alive/").json()["left"] <= 60
    assert client.get("/account/alive/").json()["left"] <= 60
    assert client.post("/account/alive/").json()["left"] == 30 * 60
    assert client.get("/account/alive/").json()["left"] > 29 * 60
    assert Client().get("/account/alive/").json()["left"] == 0


def test_a_sign_of_life_is_written_once_a_minute(office: Office, django_assert_num_queries: Any) -> None:
    """Every further request only reads: session, person; a save in a form costs no write of the session."""
    client, _ = enter("clerk")
    client.get("/account/alive/")
    client.post("/account/alive/")
    with django_assert_num_queries(2):
        client.post("/account/alive/")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Ab1-xyz", "10"),
        ("abcdefghijkl", "至少有 2 种"),
        ("password123", "常见"),
        ("other_clerk1", "相似"),
        (PASSWORD, "最近 5 次"),
    ],
)
def test_a_password_that_will_not_do(office: Office, password: str, words: str) -> None:
    """Too short, of one kind, common, like the user name, used before: the page says which."""
    remember_password(office.people["other_clerk"])
    client, _ = enter("other_clerk")
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_new_password(office: Office) -> None:
    """It works, the old one does not, and it is an event."""
    client, _ = enter("clerk")
    new = "另一个-2025-Longer"
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.headers["Location"] == "/account/"
    assert "user.password_changed" in acts()
    assert enter("clerk")[1].status_code == 200
    assert enter("clerk", new)[1].headers["Location"] == "/"


def test_a_password_may_have_an_age(office: Office, settings: Any) -> None:
    """Where the setting sets one, an old password must be changed first."""
    from datetime import timedelta

    clerk = office.people["clerk"]
    clerk.password_set = clerk.joined - timedelta(days=91)
    clerk.save()
    client, _ = enter("clerk")
    assert client.get("/account/").status_code == 200
    settings.PASSWORD_DAYS = 90
    assert client.get("/account/").headers["Location"] == "/accounts/password/change/"


def test_sessions_are_listed_and_ended(office: Office) -> None:
    """One sees where one is signed in, and ends one elsewhere; nobody ends another's."""
    here, _ = enter("clerk")
    there, _ = enter("clerk")
    foreign, _ = enter("head")
    assert here.get("/account/").content.decode().count("在那里退出") == 1
    from allauth.usersessions.models import UserSession

    number = UserSession.objects.get(session_key=there.session.session_key).pk
    assert foreign.post(f"/account/sessions/{number}/end/").status_code == 404
    here.post(f"/account/sessions/{number}/end/")
    assert there.get("/account/").status_code == 302


def test_the_chosen_language_comes_with_the_person(office: Office) -> None:
    """Who has chosen English is shown English in a browser that asks for nothing."""
    client, _ = enter("clerk")
    client.post("/account/", {"email": "", "phone": "", "language": "en"})
    other, answer = enter("clerk")
    assert answer.cookies["django_language"].value == "en"
    assert "My account" in other.get("/account/").content.decode()


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "3rdparty/", "3rdparty/signup/"])
def test_what_the_library_offers_beside_is_not_there(path: str, db: None) -> None:
    """Nobody signs up or resets a password by mail."""
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_the_door_asks(signed_in: Callable[[str], Client]) -> None:
    """A clerk finds none of the pages for administrators, and an administrator only their own."""
    pages = {
        "/people/": "system_admin",
        "/organisations/": "system_admin",
        "/roles/": "security_admin",
        "/journal/": "audit_admin",
    }
    for who in ("clerk", "finance", "auditor", "system_admin", "security_admin", "audit_admin"):
        client = signed_in(who)
        for page, owner in pages.items():
            assert client.get(page).status_code == (200 if who == owner else 404), (who, page)
