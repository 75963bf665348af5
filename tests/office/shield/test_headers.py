"""Headers of every answer: at every address, as anybody and somebody, of errors, static files, odd methods."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from office.doors.addresses import routes
from office.making import Office, make_filing

NEEDED = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "",
}
BESIDE = (
    "static/look/office.css",
    "static/look/mark.svg",
    "static/none.js",
    "none/",
    "api/v1/none",
    "open/none/",
    "%00",
)


def anywhere() -> Iterator[str]:
    """Every address, with something put into its parts, and some beside them."""
    for route in routes():
        yield "/" + re.sub(r"<(\w+:)?\w+>|\(\?P.*?\)|[\^$]", lambda one: "1" if "<" in one[0] else "", route)
    yield from (f"/{one}" for one in BESIDE)


def read_out(answer: Any) -> None:
    """Read a file that is sent to its end, by which it is closed."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def lacking(answer: Any) -> list[str]:
    """What an answer does not say."""
    wrong = [name for name, begin in NEEDED.items() if name not in answer.headers or begin not in answer.headers[name]]
    kind = answer.headers.get("Content-Type", "")
    body = answer.status_code not in (204, 301, 302, 304) and kind
    if body and (kind.startswith("text/") or "xml" in kind.split("openxml")[0]) and "charset" not in kind:
        wrong.append(f"charset of {kind}")
    if "unsafe" in answer.headers.get("Content-Security-Policy", ""):
        wrong.append("CSP without inline")
    return wrong


@pytest.mark.parametrize("who", ["", "finance"])
def test_every_answer_has_its_headers(office: Office, signed_in: Callable[[str], Client], who: str) -> None:
    """Whoever asks whatever address: CSP without inline script, nosniff, no frame, no referrer, a charset."""
    make_filing(office)
    client = signed_in(who) if who else Client()
    client.raise_request_exception = False
    wrong = []
    for where in anywhere():
        for method in ("get", "post"):
            answer = getattr(client, method)(where)
            wrong += [(method, where, answer.status_code, each) for each in lacking(answer)]
            read_out(answer)
    assert not wrong, wrong


def test_an_error_of_the_server_tells_nothing(office: Office, monkeypatch: Any) -> None:
    """A fault inside is a plain page with all headers: no trace, no setting, no query."""
    monkeypatch.setattr("jixiao.office.look.menu.menu", lambda *_: 1 / 0)
    monkeypatch.setattr("jixiao.office.look.context.menu", lambda *_: 1 / 0)
    answer = Client(raise_request_exception=False).get("/accounts/login/")
    assert answer.status_code == 500
    assert lacking(answer) == []
    text = answer.content.decode()
    assert not any(each in text for each in ("Traceback", "ZeroDivision", "SELECT", "SECRET", "jixiao/office"))


@pytest.mark.parametrize("where", ["/", "/accounts/login/", "/filings/", "/account/", "/journal/"])
def test_nothing_of_a_person_is_kept_by_the_browser(signed_in: Callable[[str], Client], where: str) -> None:
    """Pages of who has signed in are not stored anywhere."""
    assert "no-store" in signed_in("audit_admin").get(where).headers["Cache-Control"]


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG"])
def test_odd_methods_are_refused(db: None, method: str) -> None:
    """What would show a request's own headers, and methods nobody needs: 405, and nothing repeated."""
    answer = Client().generic(method, "/accounts/login/", headers={"X-Said": "my-secret"})
    assert answer.status_code == 405
    assert method not in answer.headers["Allow"]
    assert b"my-secret" not in answer.content


@override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
@pytest.mark.parametrize("where", ["/accounts/login/", "/static/look/office.css", "/open/", "/api/v1/none", "/none/"])
def test_tls_stays(office: Office, where: str) -> None:
    """Behind TLS every answer tells browsers to stay there for a year."""
    answer = Client().get(where, secure=True)
    read_out(answer)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_others_may_read_open_data_alone(office: Office) -> None:
    """No page allows another origin to read it; what is published for programs does."""
    for where in anywhere():
        answer = Client(raise_request_exception=False).get(where, headers={"Origin": "https://elsewhere.example"})
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        assert allowed is None or (allowed == "*" and where.startswith("/open/")), where
        read_out(answer)
