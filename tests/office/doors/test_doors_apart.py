"""Two bureaus in one office: what one of them does is told to nobody of the other."""

import pytest
from django.test import Client

from jixiao.office.api.tokens import make_token, revoke
from jixiao.office.journal.models import Event
from jixiao.office.people.models import User
from office.doors.things import browser, stranger
from office.making import Office


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
