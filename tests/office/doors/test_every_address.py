"""Every address of the office has a door: for nobody, for people of another tree, for who may come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from jixiao.office.people.models import User
from office.doors.addresses import ANYBODY, API, FREE, PUBLIC, ROLE, SIGNED_IN, THING, routes
from office.doors.things import HUGE, MISSING, Things, address, browser, elsewhere, make_things, stranger
from office.making import Office

METHODS = ("get", "post")
SENT = {"cell": "k1/name"}
"""What goes with a POST, where an address asks which cell is meant."""
LISTED = ANYBODY | SIGNED_IN | set(ROLE) | set(THING)


@pytest.fixture
def things(office: Office, settings: Any, tmp_path: Any) -> Things:
    """One of everything."""
    settings.DATA, settings.CORPORA = tmp_path, ""
    return make_things(office)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read_out(answer: Any) -> None:
    """Read a file that is sent to its end, by which the test client closes it; other answers are closed already."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def status(client: Client, method: str, where: str) -> int:
    """The status of an answer; nothing that it did stays."""
    with taken_back():
        answer = getattr(client, method)(where, SENT if method == "post" else {})
        read_out(answer)
    return int(answer.status_code)


def test_every_address_is_listed() -> None:
    """No address is there that nobody has thought about, and none is listed that is gone."""
    there = {one for one in routes() if not one.startswith((PUBLIC, API))}
    assert there - LISTED == set(), "say in tests/office/doors/addresses.py who may come there"
    assert LISTED - there == set()


def test_nobody_gets_nowhere(things: Things) -> None:
    """Without signing in every address but the listed ones leads to the sign-in page, or says so to a script."""
    client, wrong = Client(raise_request_exception=False), []
    for route in sorted(LISTED - ANYBODY):
        parts = things.parts(route) if route in THING else _law(route)
        for method in METHODS:
            with taken_back():
                answer = getattr(client, method)(address(route, parts))
            leads = answer.headers.get("Location", "").startswith("/accounts/login/")
            if answer.status_code not in (401, 405) and not leads:
                wrong.append((method, route, answer.status_code))
    assert not wrong, wrong


def _law(route: str) -> dict[str, object]:
    return {"code": "JX204", "identifier": "cn", "day": "2024-01-01", "fingerprint": "x"} if "<" in route else {}


def test_to_people_of_another_tree_every_thing_looks_missing(things: Things) -> None:
    """Whatever their roles there: what is ours answers as what does not exist, by GET and by POST."""
    client, wrong = browser(stranger()), []
    for route in sorted(THING):
        parts = things.parts(route)
        for method in METHODS:
            ours = status(client, method, address(route, parts))
            none = status(client, method, elsewhere(route, parts, MISSING))
            if ours not in (404, 405) or ours != none:
                wrong.append((method, route, ours, none))
    assert not wrong, wrong


def test_who_may_comes_in(things: Things) -> None:
    """For one who may, none of these addresses looks missing: the tests above knock at real doors."""
    wrong = []
    browsers = {who: browser(user) for who, user in things.office.people.items()}
    for route, who in sorted((THING | ROLE).items()):
        where = address(route, things.parts(route) if route in THING else {})
        seen = [status(browsers[who], method, where) for method in METHODS]
        if all(one in (404, 405) for one in seen) or any(one >= 500 for one in seen):
            wrong.append((who, route, seen))
    assert not wrong, wrong


def test_numbers_that_no_column_holds_are_missing(things: Things) -> None:
    """An absurd number in an address is a thing that is not there, not an error of the server."""
    wrong = []
    browsers = {who: browser(user) for who, user in things.office.people.items()}
    for route, who in sorted(THING.items()):
        for method in METHODS:
            found = status(browsers[who], method, elsewhere(route, things.parts(route), HUGE))
            if found not in (404, 405):
                wrong.append((who, method, route, found))
    assert not wrong, wrong


@pytest.mark.usefixtures("office")
def test_public_addresses_of_nothing_are_missing() -> None:
    """No address of the public site fails at things that are not there, however large their numbers."""
    client, wrong = Client(raise_request_exception=False), []
    for route in {one for one in routes() if one.startswith(PUBLIC)}:
        for number in (0, MISSING, HUGE):
            parts: dict[str, object] = dict.fromkeys(("year", "page"), number)
            parts |= {"uid": "x", "kind": "pdf", "scope": str(number), "name": "forms.csv"}
            answer = client.get(address(route, parts))
            read_out(answer)
            if answer.status_code >= 500:
                wrong.append((route, number, answer.status_code))
    assert not wrong, wrong


def test_without_the_role_the_place_is_closed(things: Things) -> None:
    """An address for a role is closed to everybody who has none, however long they have signed in."""
    client, wrong = browser(User.objects.create_user("no-role")), []
    for route in sorted(ROLE):
        for method in METHODS:
            found = status(client, method, address(route, {}))
            if found not in (403, 404, 405):
                wrong.append((method, route, found))
    assert not wrong, wrong


@pytest.mark.usefixtures("office")
def test_the_api_asks_for_a_token() -> None:
    """Every address of the API answers 401 without one, but the description and what is published."""
    client, wrong = Client(raise_request_exception=False), []
    parts: dict[str, object] = {"number": 1, "uid": "x", "year": 2024}
    for rest in {one.removeprefix(API) for one in routes() if one.startswith(API)} - FREE:
        for method in ("get", "post", "put", "patch"):
            found = getattr(client, method)(address(f"{API}{rest}", parts), content_type="application/json")
            if found.status_code not in (401, 405):
                wrong.append((method, rest, found.status_code))
    assert not wrong, wrong


def test_a_letter_that_no_database_keeps_is_refused(office: Office) -> None:
    """NUL in a path, a search or a form answers 400, on every database alike."""
    client = browser(office.people["clerk"])
    assert client.get("/filings/", {"q": "自\x00评"}).status_code == 400
    assert client.get("/projects/%00/").status_code == 404
    assert client.get("/accounts/invitation/%00/").status_code == 400
    assert client.post("/filings/1/comments", {"words": "a\x00b"}).status_code == 400
    assert client.get("/filings/", {"q": "自评"}).status_code == 200


ABSURD = {
    "page": "9" * 30, "round": "9" * 30, "unit": "9" * 30, "project": "9" * 30, "year": "9" * 30, "q": "%'\\" * 99,
    "sort": "-x", "state": "x", "finding": "x", "family": "x", "check": "x", "cell": "k999999999/x", "line": "k9",
    "since": "9999-99-99", "until": "0000", "show": "x", "light": "x", "going": "x", "order": "x", "kind": "x",
    "verdict": "x", "stage": "x", "gap": "x", "grade": "x", "next": "//elsewhere.example/", "below": "x", "text": "😀",
    "filing": "1" * 17 + ":1", "proposal": "9" * 30, "version": "9" * 30, "score": "NaN", "budget": "1e999",
    "forecast": "Infinity", "due": "99999-01-01", "acts": "9" * 30, "thread": "9" * 30, "pointer": "/x/9",
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_absurd_questions_have_an_answer(things: Things, method: str) -> None:
    """Whatever is asked for at any address: no error of the server, and nobody is led to another host."""
    wrong = []
    browsers = {who: browser(user) for who, user in things.office.people.items()}
    for route in sorted(LISTED - ANYBODY):
        parts = things.parts(route) if route in THING else _law(route)
        with taken_back():
            client = browsers[(THING | ROLE).get(route, "department")]
            answer = getattr(client, method)(address(route, parts), ABSURD)
            read_out(answer)
        if answer.status_code >= 500 or "elsewhere" in answer.headers.get("Location", "").partition("?")[0]:
            wrong.append((route, answer.status_code))
    assert not wrong, wrong
