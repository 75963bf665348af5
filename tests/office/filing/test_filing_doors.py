"""Every address of a form asks at the door; whatever is sent, nothing breaks and nothing foreign is touched."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.office.filing.models import Filing, Save
from jixiao.office.filing.urls import urlpatterns
from office.filing.test_saving import post
from office.making import Office, make_filing

Enter = Callable[[str], Client]
READ = ("", "table", "state", "steps", "document.pdf", "cell", "suggest", "history")
WRITE = ("save", "evidence", "comments", "history/1/restore", "evidence/1/remove", "comments/1/resolve")


@pytest.mark.parametrize("part", READ)
def test_foreign_and_missing_forms_look_alike(office: Office, signed_in: Enter, part: str) -> None:
    """Who may read gets the page; a foreign clerk and an administrator get what a missing form gives."""
    filing = make_filing(office)
    reader = "clerk" if part == "suggest" else "auditor"  # suggestions are for who fills in
    assert signed_in(reader).get(f"/filings/{filing.pk}/{part}").status_code == 200
    for who in ("other_clerk", "system_admin", "publisher"):
        client = signed_in(who)
        foreign, missing = (client.get(f"/filings/{number}/{part}") for number in (filing.pk, 10**9))
        assert foreign.status_code == missing.status_code == 404
        told = [answer.content.split(b"<main")[-1] for answer in (foreign, missing)]
        assert told[0] == told[1]
    assert Client().get(f"/filings/{filing.pk}/{part}").status_code in (302, 401)


@pytest.mark.parametrize("part", WRITE)
def test_nobody_else_changes_a_form(office: Office, signed_in: Enter, part: str) -> None:
    """Foreign people find nothing, readers are refused, and what only takes a post gives nothing to a get."""
    filing = make_filing(office)
    address = f"/filings/{filing.pk}/{part}"
    assert signed_in("other_clerk").post(address).status_code == 404
    assert signed_in("auditor").post(address).status_code == 403
    assert signed_in("clerk").get(address).status_code == 405
    filing.refresh_from_db()
    assert filing.version == 1


def test_every_address_of_the_room_is_tried_here() -> None:
    """No address below a filing is without its test above."""
    known = {str(each.name) for each in urlpatterns}
    tried = {
        "filing-form", "filing-table", "filing-state", "filing-steps", "filing-document", "filing-cell",
        "filing-suggest", "filing-history", "filing-save", "filing-attach", "filing-comment", "filing-restore",
        "filing-file-remove", "filing-resolve",
    }  # fmt: skip
    elsewhere = {
        "filings",
        "filing-new",
        "filing-rules",
        "filing-book",
        "filing-words",
        "filing-file",
        "filing-version",
    }
    assert known <= tried | elsewhere


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"[]", 422), (b"{", 422), (b"\xff", 422), (b"[" * 100_000, 422), (b"x" * 1_100_000, 413),
        ({"base": "1"}, 422), ({"base": 99}, 422), ({"base": -1}, 422), ({"base": 1, "more": 1}, 422),
        ({"base": 1, "changes": [{"cell": "nonsense", "was": "", "now": "x"}]}, 422),
        ({"base": 1, "changes": [{"cell": "k99/name", "was": "", "now": "x"}]}, 422),
        ({"base": 1, "changes": [{"cell": "{key}/name", "was": "", "now": "x"}]}, 422),
        ({"base": 1, "changes": [{"cell": "fiscal_year", "was": "", "now": "2020"}]}, 422),
        ({"base": 1, "changes": [{"cell": "k1/name", "was": "", "now": "x" * 20_001}]}, 422),
        ({"base": 1, "changes": [{"cell": "k1/name", "was": "", "now": 1}]}, 422),
        ({"base": 1, "rows": ["k1", "../x"]}, 422),
        ({"base": 1, "rows": [f"n{number}" for number in range(1, 400)]}, 422),
    ],
)  # fmt: skip
def test_hostile_saves_are_told_what_is_wrong(office: Office, signed_in: Enter, sent: Any, status: int) -> None:
    """What is no save is answered with a sentence, and the form stays as it is."""
    filing = make_filing(office)
    body = sent if isinstance(sent, bytes) else json.dumps(sent)
    answer = signed_in("clerk").post(f"/filings/{filing.pk}/save", body, content_type="application/json")
    assert answer.status_code == status
    assert answer.json()["words"]
    filing.refresh_from_db()
    assert filing.version == 1


def test_letters_that_no_database_takes_are_left_out(office: Office, signed_in: Enter) -> None:
    """Control letters go, the rest stays; a number of a million digits is kept as typed and is none."""
    filing = make_filing(office)
    cells = {"goal/actual": ("", "甲\x00\x1b乙"), "funds/total/initial": ("", "9" * 19_000)}
    told = post(signed_in("clerk"), filing, 1, cells).json()
    assert told["cells"]["goal/actual"] == "甲乙"
    assert list(told["faults"]) == ["funds/total/initial"]


@pytest.mark.parametrize(("state", "status"), [("with_head", 410), ("approved", 410), ("published", 410)])
def test_a_form_that_was_handed_in_is_closed(office: Office, signed_in: Enter, state: str, status: int) -> None:
    """A clerk's save after handing in is told that it is too late; a reader's that it is not for them."""
    filing = make_filing(office, state=state)
    assert post(signed_in("clerk"), filing, 1, {"k1/score": ("", "1")}).status_code == status
    assert post(signed_in("finance"), filing, 1, {"k1/score": ("", "1")}).status_code == 403


def test_a_closed_round_takes_nothing(office: Office, signed_in: Enter) -> None:
    """Once the round is closed, or before it opens, a save is refused and the page shows why."""
    filing = make_filing(office)
    office.round.closed = True
    office.round.save()
    client = signed_in("clerk")
    assert post(client, filing, 1, {"k1/score": ("", "1")}).status_code == 410
    assert "已关闭" in client.get(f"/filings/{filing.pk}/").content.decode()
    assert post(Client(), filing, 1, {}).status_code == 401


def test_a_save_takes_few_queries(office: Office, signed_in: Enter) -> None:
    """Ten statements at most, whatever the form holds; more of history makes none more."""
    filing = make_filing(office)
    client = signed_in("clerk")
    for version in range(1, 4):
        with CaptureQueriesContext(connection) as seen:
            assert post(client, filing, version, {"k1/score": ("", str(version))}).status_code == 200
        asked = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(asked) <= 10


def test_a_save_sent_twice_is_done_once(office: Office, signed_in: Enter) -> None:
    """The answer was lost and the page sends the same save again: one version, one new row."""
    filing = make_filing(office)
    client = signed_in("clerk")
    rows = [*(f"k{number}" for number in range(1, 11)), "n1"]
    once = {"rows": rows, "token": "t1"}
    first, again = (post(client, filing, 1, {"n1/name": ("", "甲")}, **once) for _ in range(2))
    assert first.json()["keys"] == {"n1": "k11"}
    assert (again.status_code, again.json()["rows"]) == (200, first.json()["rows"])
    assert Save.objects.filter(filing=filing).count() == 1
    assert Filing.objects.get(pk=filing.pk).last_key == 11
