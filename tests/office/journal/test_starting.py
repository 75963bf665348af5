"""The office does not start without its journal, nor with one that is not what was signed."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from jixiao.journal import hashing
from jixiao.journal.checkpoint import read
from jixiao.office.journal import guards
from jixiao.office.journal.checkpoints import up_to_date
from jixiao.office.journal.models import Checkpoint, Event, Head, Leaf, Node, SecondPlace
from jixiao.office.journal.record import record
from jixiao.office.journal.restoring import accept, rewound
from jixiao.office.journal.second_place import send
from jixiao.office.journal.signing import public_keys, renewed
from jixiao.office.journal.starting import Refused, check
from office.journal.test_sequencing import told


@pytest.fixture(autouse=True)
def _log(settings: Any, tmp_path: Path, db: None) -> Any:
    """A log of forty events with a checkpoint that is at the second place, too; triggers as they should be."""
    settings.DATA, settings.JOURNAL_KEY = tmp_path, tmp_path / "journal-key"
    told(40)
    up_to_date()
    assert send() == 1
    yield
    with connection.cursor() as cursor:
        guards.remove(cursor, connection.vendor)


def test_a_sound_log_starts_and_triggers_are_made_where_they_were_missing() -> None:
    """Nothing is said of a sound log; that triggers had to be made is an event."""
    check()
    assert not guards.missing()
    assert "journal_event" in Event.objects.get(act="journal.guards_restored").details
    check()
    assert Event.objects.filter(act="journal.guards_restored").count() == 1


def test_without_sm3_it_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform whose SM3 does not give the standard's own examples is refused."""
    monkeypatch.setattr(hashing, "VECTORS", ((b"abc", "00"),))
    with pytest.raises(Refused, match="No working SM3") as refused:
        check()
    assert "SM3" in refused.value.zh


@pytest.mark.parametrize("text", [None, "no key\n"])
def test_without_its_key_it_does_not_start(text: str | None, settings: Any) -> None:
    """A key that is gone, or is no key, is never replaced by the way."""
    settings.JOURNAL_KEY.unlink()
    if text is not None:
        settings.JOURNAL_KEY.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="cannot be read") as refused:
        check()
    assert str(settings.JOURNAL_KEY) in refused.value.zh


@pytest.mark.parametrize("model", [Leaf, Checkpoint, SecondPlace])
def test_without_its_tables_it_does_not_start(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table that is missing is named."""
    have = connection.introspection.table_names()
    name = model._meta.db_table
    monkeypatch.setattr(connection.introspection, "table_names", lambda: [each for each in have if each != name])
    with pytest.raises(Refused, match=name):
        check()


def _last_leaf_gone() -> None:
    Leaf.objects.filter(number=39).delete()


def _a_leaf_gone() -> None:
    Leaf.objects.filter(number=36).delete()


def _a_leaf_changed() -> None:
    Leaf.objects.filter(number=37).update(sm3="0" * 64)


def _a_node_changed() -> None:
    Node.objects.filter(place=4 << 48).update(sha256="0" * 64)


def _head_changed() -> None:
    Head.objects.update(frontier=Head.objects.get().frontier.replace("1", "2"))


def _note_changed() -> None:
    made = Checkpoint.objects.get()
    Checkpoint.objects.update(note=made.note.replace("\n40\n", "\n39\n"))


def _roots_changed() -> None:
    Checkpoint.objects.update(size=39)


@pytest.mark.parametrize(
    "change",
    [_last_leaf_gone, _a_leaf_gone, _a_leaf_changed, _a_node_changed, _head_changed, _note_changed, _roots_changed],
)
def test_a_log_that_is_not_what_was_signed_does_not_start(change: Any) -> None:
    """Whatever of leaves, nodes, head or checkpoint is changed: refused, in both languages."""
    change()
    with pytest.raises(Refused) as refused:
        check()
    assert "日志" in refused.value.zh


def _back_to(size: int) -> None:
    """The database as it was after so many events."""
    guarded = Leaf.objects.filter(number__gte=size).values_list("event_id", flat=True)
    Event.objects.filter(pk__in=list(guarded)).delete()
    for model in (Leaf, Node, Checkpoint, Head, SecondPlace):
        model._default_manager.all().delete()
    up_to_date()


def test_an_old_database_is_refused_until_a_person_says_why(tmp_path: Path) -> None:
    """The sentence has both sizes and the way on; that way is an event, signed, and at the second place, too."""
    _back_to(30)
    with pytest.raises(Refused, match="accept-restore") as refused:
        check()
    assert "40" in refused.value.zh
    assert "30" in refused.value.zh
    made = accept("磁盘坏了，恢复昨天的备份")
    check()
    event = Event.objects.get(act="journal.restore_accepted")
    assert "磁盘坏了" in event.details
    assert '"known_size":"40"' in event.details
    assert Leaf.objects.get(event=event).number == 30
    assert read(made.note, public_keys()).size == 31
    assert any(made.note in file.read_text(encoding="utf-8") for file in (tmp_path / "checkpoints").iterdir())


def test_a_database_of_another_past_is_refused_even_where_it_is_longer() -> None:
    """As many events, but others: the root at that size is not the one that was signed."""
    _back_to(20)
    told(40)
    up_to_date()
    assert rewound() is not None
    with pytest.raises(Refused, match="old database"):
        check()


def test_nothing_to_accept_is_no_event() -> None:
    """Who says it without need changes nothing in the journal."""
    accept("没有必要")
    assert not Event.objects.filter(act="journal.restore_accepted").exists()


def test_a_checkpoint_that_broke_off_at_the_second_place_does_not_count(tmp_path: Path) -> None:
    """A disk that was full in the middle of a checkpoint stops no start, and the next one stands whole behind it."""
    file = next((tmp_path / "checkpoints").iterdir())
    with file.open("a", encoding="utf-8") as out:
        out.write("---\njixiao-off")
    check()
    with transaction.atomic():
        record("journal.exported", "journal", actor=None)
    made = up_to_date()
    assert send() == 1
    assert file.read_text(encoding="utf-8").endswith("jixiao-off\n---\n" + made.note)
    check()


def test_a_second_place_that_is_away_stops_nothing(settings: Any, tmp_path: Path) -> None:
    """A disk that is not mounted is told, kept, and made up for when it is back; the office starts all the same."""
    disk = tmp_path / "disk"
    settings.JOURNAL_ANCHOR = str(disk)
    assert send() == 0
    state = SecondPlace.objects.get(name=str(disk))
    assert state.failing is not None
    assert str(disk) in state.why_zh
    check()
    disk.mkdir()
    assert send() == 1
    assert SecondPlace.objects.filter(name=str(disk), failing=None, size=40).exists()


def test_a_new_key_is_an_old_log_all_the_same(tmp_path: Path) -> None:
    """After a change of the key old checkpoints are still read, and both keys are given out."""
    renewed()
    check()
    assert len(public_keys()) == 2
    assert {key.name for key in public_keys()} == {public_keys()[0].name}
