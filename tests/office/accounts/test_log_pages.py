"""The log as the audit administrator sees it: its state, proofs, the export, and letters when something is wrong."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from jixiao.journal import proof as proofs
from jixiao.journal.line import Entry
from jixiao.journal.opening import open_log
from jixiao.journal.verifying import verify_log
from jixiao.office.accounts.alarms import send_alarms
from jixiao.office.journal.checking import verify
from jixiao.office.journal.checkpoints import up_to_date
from jixiao.office.journal.models import Checkpoint, Event, SecondPlace
from jixiao.office.journal.record import record
from jixiao.office.journal.second_place import send
from jixiao.office.journal.signing import public_keys
from jixiao.office.people.models import Role, User
from office.doors.things import stranger
from office.making import Office, make_filing

SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.JOURNAL_KEY = tmp_path, tmp_path / "journal-key"


def test_the_state_tells_what_was_signed_and_what_the_second_place_has(office: Office, signed_in: SignedIn) -> None:
    """Size, roots, place and key; that the place is on the same disk; nothing red while nothing is wrong."""
    make_filing(office)
    made = up_to_date()
    send()
    verify()
    text = signed_in("audit_admin").get("/journal/log/").content.decode()
    assert made.sm3 in text
    assert escape(public_keys()[0].text) in text
    assert "同一块磁盘" in text
    assert "note-error" not in text


def test_a_second_place_that_is_away_is_told_on_the_page(
    office: Office, signed_in: SignedIn, settings: Any, tmp_path: Path
) -> None:
    """Red, with the place and since when; and the acts go on."""
    settings.JOURNAL_ANCHOR = str(tmp_path / "not-mounted")
    make_filing(office)
    up_to_date()
    assert send() == 0
    text = signed_in("audit_admin").get("/journal/log/").content.decode()
    assert "note-error" in text
    assert "not-mounted 写不进去" in text


def test_each_event_has_its_proof_to_take_away(office: Office, signed_in: SignedIn) -> None:
    """The file verifies with the public key alone and tells that event."""
    make_filing(office)
    event = Event.objects.get(act="filing.started")
    client = signed_in("audit_admin")
    assert f"/journal/{event.pk}/proof.json" in client.get("/journal/").content.decode()
    answer = client.get(f"/journal/{event.pk}/proof.json")
    shown = proofs.verify(proofs.read(answer.content.decode()), public_keys())
    assert isinstance(shown.event, Entry)
    assert (shown.event.number, shown.event.act) == (event.pk, "filing.started")


def test_the_whole_log_is_taken_as_a_zip(office: Office, signed_in: SignedIn, tmp_path: Path) -> None:
    """It verifies, and that it was taken stands in it."""
    make_filing(office)
    answer: Any = signed_in("audit_admin").post("/journal/log/export/")
    (tmp_path / "log.zip").write_bytes(io.BytesIO(b"".join(answer.streaming_content)).getvalue())
    verdict = verify_log(open_log(tmp_path / "log.zip"), public_keys())
    assert (verdict.faults, verdict.lines) == ([], Event.objects.count())
    assert Event.objects.get(act="journal.log_exported").actor_name == "audit_admin"


def test_the_whole_log_is_not_for_who_watches_over_a_part(office: Office, signed_in: SignedIn) -> None:
    """With another bureau in the office, or from a department, neither the button is there nor the file."""
    stranger()
    client = signed_in("audit_admin")
    assert client.post("/journal/log/export/").status_code == 404
    assert "<button" not in client.get("/journal/log/").content.decode().partition("<h1>")[2].partition("<h2>")[0]


def test_events_of_the_whole_office_are_for_who_watches_over_a_bureau(office: Office, signed_in: SignedIn) -> None:
    """An audit administrator of a department reads its own events, and neither page, export nor proof of the others."""
    make_filing(office)
    with transaction.atomic():
        whole = record("backup.made", "backup/today", actor=None)
        record("filing.saved", "filing/7", actor=None, organisation=office.organisations["school"].path)
    watcher = User.objects.create_user("watcher", "pass-Word-2024")
    Role.objects.create(user=watcher, organisation=office.organisations["science"], kind="audit_admin")
    office.people["watcher"] = watcher
    part, all_ = signed_in("watcher"), signed_in("audit_admin")
    shown = part.get("/journal/").content.decode()
    assert "filing/" in shown
    assert "backup/today" not in shown
    assert "filing/7" not in shown
    assert "backup/today" not in b"".join(part.get("/journal/export.csv")).decode()
    assert part.get(f"/journal/{whole.pk}/proof.json").status_code == 404
    assert "backup/today" in all_.get("/journal/").content.decode()
    assert all_.get(f"/journal/{whole.pk}/proof.json").status_code == 200


@pytest.fixture
def _addressed(office: Office) -> None:
    """The audit administrator can be written to."""
    User.objects.filter(username="audit_admin").update(email="audit@example.invalid", language="en")
    make_filing(office)
    up_to_date()


@pytest.mark.usefixtures("_addressed")
def test_a_place_that_stays_away_is_written_about_once_a_day(settings: Any, tmp_path: Path) -> None:
    """Not at once, not twice; again the day after; never once it is back."""
    settings.JOURNAL_ANCHOR = str(tmp_path / "not-mounted")
    send()
    assert send_alarms() == 0
    SecondPlace.objects.update(failing=timezone.now() - timedelta(minutes=6))
    assert send_alarms() == 1
    assert send_alarms() == 0
    assert "not-mounted" in mail.outbox[0].body
    assert mail.outbox[0].subject == "The journal needs you"
    Event.objects.filter(act="journal.alarm_sent").update(at=timezone.now() - timedelta(days=1, minutes=1))
    assert send_alarms() == 1
    (tmp_path / "not-mounted").mkdir()
    send()
    Event.objects.filter(act="journal.alarm_sent").delete()
    assert send_alarms() == 0


@pytest.mark.usefixtures("_addressed")
def test_a_journal_that_was_changed_is_written_about() -> None:
    """The letter has the first fault."""
    send()
    Event.objects.filter(act="filing.started").update(subject="filing/1000000")
    verify()
    assert send_alarms() == 1
    assert "was changed" in mail.outbox[0].body


@pytest.mark.django_db
def test_the_public_sees_daily_checkpoints_and_the_key() -> None:
    """Both languages, the texts as an anchor for the verifier, the key; nothing of a minute's checkpoint."""
    client = Client()
    assert "还没有检查点" in client.get("/open/journal/").content.decode()
    with transaction.atomic():
        record("journal.exported", "journal", actor=None)
    minute = up_to_date()
    Checkpoint.objects.filter(pk=minute.pk).update(daily=True)
    with transaction.atomic():
        record("journal.exported", "journal", actor=None)
    up_to_date()
    assert client.get("/open/journal/checkpoints.txt").content.decode() == minute.note
    assert client.get("/open/journal/key.pub").content.decode() == public_keys()[0].text + "\n"
    for address in ("/open/journal/", "/open/en/journal/"):
        assert minute.sm3[:16] in client.get(address).content.decode()
