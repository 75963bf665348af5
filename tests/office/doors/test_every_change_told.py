"""Whatever a request changes is told in the journal, in the same transaction (GB/T 22239, 8.1.4.3)."""

from typing import Any, Final

import pytest

from office.doors.addresses import ROLE, SIGNED_IN, THING
from office.doors.test_every_address import read_out, taken_back
from office.doors.things import Things, address, browser, make_things
from office.journal.watching import EVENT, watched
from office.making import Office

LAW: Final[dict[str, object]] = {"code": "JX204", "identifier": "cn", "day": "2024-01-01", "fingerprint": "x"}
ACTS: Final = {
    "account/sessions/<int:number>/end/", "intake/<int:number>/again/", "intake/<int:number>/take/",
    "intake/form/<int:number>/confirm/", "intake/form/<int:number>/leave/", "intake/form/<int:number>/project/",
    "journal/export.csv", "journal/log/export/", "organisations/<str:uid>/close/",
    "overview/<int:round_id>/<int:node_id>/review/", "people/<int:number>/invite/", "people/<int:number>/sign-out/",
    "people/<int:number>/switch/", "people/<int:number>/unlock/", "roles/<int:number>/take-back/",
    "roles/of/<int:number>/link/", "roles/of/<int:number>/remove-factor/",
}  # fmt: skip
"""Addresses at which a bare POST is an act; what others need is sent by the tests of their rooms and by drill E1."""


@pytest.fixture
def things(office: Office, settings: Any, tmp_path: Any) -> Things:
    """One of everything."""
    settings.DATA, settings.JOURNAL_KEY = tmp_path, tmp_path / "journal-key"
    return make_things(office)


def test_no_request_changes_anything_in_silence(things: Things) -> None:
    """By GET and by POST, at every address, by one who may: no table is written without an event beside it."""
    silent, told = [], set()
    for route in sorted({*THING, *ROLE, *SIGNED_IN}):
        client = browser(things.office.people[(THING | ROLE).get(route, "clerk")])
        where = address(route, things.parts(route) if route in THING else LAW)
        for method in ("get", "post"):
            with taken_back(), watched() as watch:
                read_out(getattr(client, method)(where, {"cell": "k1/name"}))
            silent += [(method, route, table) for table in watch.silent()]
            if method == "post" and any(EVENT in tables for tables in watch.told):
                told.add(route)
    assert not silent, "tell it in the act's transaction, or say in tests/office/journal/watching.py why it is none"
    assert ACTS - told == set()
