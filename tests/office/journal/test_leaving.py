"""What leaves the journal verifies by itself: proofs of events, the whole log, what is left after the retention."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from jixiao.journal import checkpoint as notes
from jixiao.journal import proof as proofs
from jixiao.journal.line import REMOVED, Removed
from jixiao.journal.opening import open_log
from jixiao.journal.statements import Anchor
from jixiao.journal.verifying import verify_log
from jixiao.office.journal.checking import last_verified, verify
from jixiao.office.journal.checkpoints import sign, up_to_date
from jixiao.office.journal.forgetting import Unsound, forget
from jixiao.office.journal.leaving import export
from jixiao.office.journal.models import Checkpoint, Event, Leaf
from jixiao.office.journal.proving import prove
from jixiao.office.journal.record import record
from jixiao.office.journal.sequencing import sequence
from jixiao.office.journal.signing import public_keys, signer
from office.journal.test_sequencing import told


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path, db: None) -> None:
    settings.DATA, settings.JOURNAL_KEY = tmp_path, tmp_path / "journal-key"


@pytest.mark.parametrize("count", [1, 2, 16, 37, 300])
def test_each_event_has_a_proof_that_stands_alone(count: int) -> None:
    """The proof is read back from its text and verifies with the public key alone; no longer once a letter changes."""
    events = told(count)
    for event in events[:: max(1, count // 7)]:
        proof = prove(event.pk)
        assert proof is not None
        text = proofs.write(proof)
        shown = proofs.verify(proofs.read(text), public_keys())
        assert not isinstance(shown.event, Removed)
        assert shown.event.number == event.pk
        with pytest.raises(proofs.Disproved):
            proofs.verify(proofs.read(text.replace("filing.saved", "filing.saves")), public_keys())


def test_an_event_that_came_after_the_last_checkpoint_gets_one() -> None:
    """A proof never waits for the next minute; of no event there is none."""
    told(3)
    up_to_date()
    (late,) = told(1)
    assert prove(late.pk) is not None
    assert Checkpoint.objects.count() == 2
    assert prove(10**9) is None


def test_a_proof_asks_few_questions(django_assert_max_num_queries: Any) -> None:
    """At five thousand events a proof takes no more than a dozen questions."""
    events = told(5_000)
    up_to_date()
    with django_assert_max_num_queries(14):
        assert prove(events[2_345].pk) is not None


@pytest.mark.parametrize("name", ["log", "log.zip"])
def test_the_exported_log_verifies(name: str, tmp_path: Path) -> None:
    """With the key and checkpoints of the second place it is sound; and not once somebody changed the database."""
    told(50)
    sequence()
    day = sign(daily=True)
    told(20)
    last = export(tmp_path / name)
    verdict = verify_log(open_log(tmp_path / name), public_keys(), [Anchor("elsewhere", day.note)])
    assert (verdict.faults, verdict.lines, verdict.checkpoints, verdict.anchors) == ([], 70, 2, 1)
    assert last.size == 70
    Event.objects.filter(leaf__number=20).update(subject="filing/1000")
    export(tmp_path / f"changed-{name}")
    verdict = verify_log(open_log(tmp_path / f"changed-{name}"), public_keys())
    assert verdict.faults


def test_who_is_renamed_breaks_no_leaf(tmp_path: Path, django_user_model: Any) -> None:
    """The line holds the user name of its moment, whatever the account is called afterwards."""
    user = django_user_model.objects.create_user("before")
    with transaction.atomic():
        record("user.changed", "user/1", actor=user)
    up_to_date()
    user.username = "after"
    user.save()
    assert verify() == []
    export(tmp_path / "log")
    assert verify_log(open_log(tmp_path / "log"), public_keys()).sound


def _text_changed() -> None:
    Event.objects.filter(leaf__number=7).update(details='{"a":1}')


def _removed() -> None:
    Event.objects.filter(leaf__number=7).delete()


def _leaf_and_text_changed() -> None:
    _text_changed()
    Leaf.objects.filter(number=7).update(sm3="1" * 64, sha256="1" * 64)


def _leaf_gone() -> None:
    Leaf.objects.filter(number=7).delete()


def _checkpoint_changed() -> None:
    Checkpoint.objects.update(sm3="1" * 64)


@pytest.mark.parametrize("change", [_text_changed, _removed, _leaf_and_text_changed, _leaf_gone, _checkpoint_changed])
def test_the_nightly_look_finds_what_was_changed(change: Any) -> None:
    """Whatever of an event, its leaf or a checkpoint is not what it was is told, and that it was is an event."""
    told(20)
    up_to_date()
    assert verify() == []
    change()
    found = verify()
    assert found
    event = last_verified()
    assert event is not None
    assert found[0].zh in event.details


def _removed_with_an_event() -> None:
    """Told by an event that whoever has the database put in; the sequencer then takes it for one of ours."""
    _removed()
    record(REMOVED, "journal", actor=None, until="1000000")


def _checkpoint_antedated() -> None:
    Checkpoint.objects.update(daily=True, at=timezone.now() - timedelta(days=500))
    _removed_with_an_event()


@pytest.mark.parametrize("change", [_removed_with_an_event, _checkpoint_antedated])
def test_the_nightly_look_believes_no_removal_before_its_time(change: Any) -> None:
    """An event that tells of a removal is not enough; what went must be under an old checkpoint, dated as signed."""
    told(20)
    up_to_date()
    change()
    assert verify()


def test_old_events_go_into_an_archive_and_their_hashes_stay(tmp_path: Path, settings: Any) -> None:
    """Only what is older than the retention is removed, the archive has it, and both logs verify."""
    told(30)
    sequence()
    old = sign(daily=True)
    told(10)
    assert forget(tmp_path / "nothing.zip") is None
    assert not (tmp_path / "nothing.zip").exists()
    past = timezone.now() - timedelta(days=settings.JOURNAL_DAYS + 1)
    _antedate(old, past)
    done = forget(tmp_path / "archive.zip")
    assert done is not None
    assert (done.until, done.events) == (30, 30)
    assert Event.objects.count() == 11
    archived = verify_log(open_log(tmp_path / "archive.zip"), public_keys())
    assert (archived.faults, archived.lines, archived.removed) == ([], 40, 0)
    export(tmp_path / "after.zip")
    after = verify_log(open_log(tmp_path / "after.zip"), public_keys(), [Anchor("elsewhere", old.note)])
    assert (after.faults, after.lines, after.removed) == ([], 41, 30)
    assert verify() == []
    assert forget(tmp_path / "again.zip") is None


def _antedate(made: Checkpoint, at: Any) -> None:
    """A checkpoint as it would have been signed then."""
    key = signer()
    said = notes.read(made.note, public_keys())
    made.at = at
    made.note = notes.write(notes.Checkpoint(said.origin, said.size, said.root, at, said.doors), key)
    made.save()


def test_what_does_not_verify_is_not_forgotten(tmp_path: Path, settings: Any) -> None:
    """An archive of a log that was tampered with is no reason to remove anything."""
    told(30)
    sequence()
    _antedate(sign(daily=True), timezone.now() - timedelta(days=settings.JOURNAL_DAYS + 1))
    _text_changed()
    with pytest.raises(Unsound):
        forget(tmp_path / "archive.zip")
    assert Event.objects.count() == 30
