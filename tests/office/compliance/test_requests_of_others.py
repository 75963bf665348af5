"""What another site can make a browser send: nothing that changes anything; and what stands in addresses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from office.doors.addresses import ROLE, SIGNED_IN, THING, routes
from office.doors.things import Things, address, browser, make_things
from office.making import Office

_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
_OF_SIGNING_IN = {"django_session", "usersessions_usersession"}
_TOLD = {"/journal/export.csv": {"journal_event"}}
"""Taking the journal away is itself an event."""
_READ = {"filing_mention"}
"""That a person has seen where they were named: about the reader alone."""
_OF_THE_LOG = {"journal_checkpoint", "journal_head", "journal_leaf", "journal_node"}
"""A proof is asked for: events that wait get their places first, as they would within seconds; none is added."""


@pytest.fixture
def things(office: Office) -> Things:
    """One of everything."""
    return make_things(office)


def _law(route: str) -> dict[str, object]:
    return {"code": "JX204", "identifier": "cn", "day": "2024-01-01", "fingerprint": "x"} if "<" in route else {}


def test_no_change_without_the_token(things: Things) -> None:
    """A POST that carries the session but not the token of our own page is refused, at every address."""
    wrong = []
    for route, who in sorted((THING | ROLE).items()):
        client = browser(things.office.people[who])
        client.handler.enforce_csrf_checks = True
        where = address(route, things.parts(route) if route in THING else {})
        status = client.post(where, {"x": "1"}).status_code
        if status not in (403, 405):
            wrong.append((where, status))
    assert not wrong, wrong


def test_the_api_knows_no_cookie(signed_in: Callable[[str], Client]) -> None:
    """Whoever has signed in is nobody to the API: only a token that no other site can make a browser send counts."""
    client = signed_in("clerk")
    for route in routes():
        if route.startswith("api/v1/") and "openapi" not in route and "publications" not in route:
            where = "/" + re.sub(r"<[^>]+>", "1", route)
            statuses = {client.get(where).status_code, client.post(where, "{}", "application/json").status_code}
            assert statuses <= {401, 404, 405}, (where, statuses)


def test_a_get_changes_nothing(things: Things) -> None:
    """No address writes anything when it is only looked at, but for the session; the export of the journal is told."""
    wrong: list[tuple[str, set[str]]] = []
    for route in sorted({*SIGNED_IN, *ROLE, *THING}):
        who = (THING | ROLE).get(route, "clerk")
        where = address(route, things.parts(route) if route in THING else _law(route))
        wrote = (
            _written(browser(things.office.people[who]), where)
            - _OF_SIGNING_IN
            - _READ
            - _OF_THE_LOG
            - _TOLD.get(where, set())
        )
        if wrote:
            wrong.append((where, wrote))
    assert not wrong, wrong


def _written(client: Client, where: str) -> set[str]:
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        answer: Any = client.get(where)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return {hit[1] for each in asked.captured_queries if (hit := _WRITES.match(each["sql"]))}


def test_no_address_carries_a_secret() -> None:
    """No part of any address is a password, a key or a token, but the link of an invitation, which is good once."""
    secret = re.compile(r"<(?:\w+:)?(\w*(?:token|secret|password|key|code)\w*)>")
    told = {route for route in routes() if (hit := secret.search(route)) and hit[1] != "code"}
    assert told == {"accounts/invitation/<str:token>/"}
