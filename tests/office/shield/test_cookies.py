"""Cookies, as the settings make them for an office behind TLS."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from office.making import Office

_ASK = """
import json, os
import django
from django.conf import settings
django.setup()
names = [each for each in dir(settings) if "COOKIE" in each or "HSTS" in each]
print(json.dumps({each: getattr(settings, each) for each in names}, default=str))
"""


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings with JIXIAO_SECURE=1."""
    data = str(tmp_path_factory.mktemp("data"))
    environment = os.environ | {"JIXIAO_SECURE": "1", "JIXIAO_DATA": data}
    done = subprocess.run([sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("cookie", ["SESSION", "CSRF", "LANGUAGE"])
def test_cookies_behind_tls(behind_tls: dict[str, Any], cookie: str) -> None:
    """Sent over TLS alone, to this very host alone, at every path."""
    assert behind_tls[f"{cookie}_COOKIE_SECURE"] is True
    assert behind_tls[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
    assert behind_tls[f"{cookie}_COOKIE_DOMAIN"] is None
    assert behind_tls[f"{cookie}_COOKIE_PATH"] == "/"


def test_the_session_is_not_for_scripts(behind_tls: dict[str, Any]) -> None:
    """No script reads the session; other sites' forms do not send it."""
    assert behind_tls["SESSION_COOKIE_HTTPONLY"] is True
    assert behind_tls["SESSION_COOKIE_SAMESITE"] == behind_tls["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert behind_tls["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_every_cookie_that_is_set(office: Office) -> None:
    """Signing in sets no cookie beside those three, and each says SameSite."""
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "clerk", "password": "pass-Word-2024"})
    client.post("/language/", {"language": "en"})
    assert set(client.cookies) <= {"sessionid", "csrftoken", "django_language", "messages"}
    assert all(each["samesite"] == "Lax" for each in client.cookies.values())
    assert client.cookies["sessionid"]["httponly"]
