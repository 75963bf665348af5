"""What the office's tests share: a quick password hasher, a small office, people who have signed in."""

from collections.abc import Callable
from time import time_ns
from typing import Any

import pytest
from django.test import Client

from jixiao.office.journal.models import Event
from office.making import Office, make_office


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    """Passwords are hashed quickly: what is tested is not the hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def office(db: None) -> Office:
    """A bureau with two departments and three units, a round, and a person for every role."""
    made = make_office()
    Event.objects.all().delete()  # tests look at the events of what they do
    return made


@pytest.fixture
def signed_in(office: Office) -> Callable[[str], Client]:
    """A browser in which that person has signed in, with a second factor: `signed_in("clerk")`."""

    def enter(username: str) -> Client:
        client = Client()
        client.force_login(office.people[username], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session.update({"second_factor": True, "seen": time_ns() // 10**9})
        session.save()
        return client

    return enter
