"""Events get their places in the log, whatever the order in which they are committed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from jixiao.journal import checkpoint as notes
from jixiao.journal import tree
from jixiao.journal.hashing import leaf
from jixiao.journal.line import encode
from jixiao.office.doors.digest import digest
from jixiao.office.journal import sequencing
from jixiao.office.journal.checkpoints import sign, up_to_date
from jixiao.office.journal.lines import COLUMNS, entry, paired
from jixiao.office.journal.models import Event, Head, Leaf
from jixiao.office.journal.record import record
from jixiao.office.journal.signing import public_keys
from jixiao.office.journal.subtrees import Subtrees, Torn


def told(count: int) -> list[Event]:
    """So many events, written with one statement."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    made = [Event(at=at, act="filing.saved", subject=f"filing/{number}") for number in range(count)]
    Event.objects.bulk_create(made)
    return made


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Any) -> None:
    settings.JOURNAL_KEY = tmp_path / "journal-key"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 15, 16, 17, 700])
def test_the_tree_is_that_over_all_lines(count: int) -> None:
    """Places are 0, 1, 2 … in the order of events; the root is the pure room's over their lines; nodes agree."""
    told(count)
    assert sequencing.sequence() == count
    rows = Event.objects.order_by("pk").values_list(*COLUMNS)
    leaves = [leaf(encode(entry(row, place))) for place, row in enumerate(rows)]
    assert [paired(row) for row in Leaf.objects.order_by("number")] == leaves
    frontier = sequencing.frontier_of(Head.objects.get())
    assert frontier.root() == tree.root(leaves)
    assert list(frontier.edge) == tree.edge(count, Subtrees())


@pytest.mark.django_db
def test_turns_go_on_where_the_last_ended() -> None:
    """Events of later turns come behind; a turn without news changes nothing."""
    told(3)
    assert sequencing.sequence() == 3
    assert sequencing.sequence() == 0
    told(40)
    assert sequencing.sequence() == 40
    assert list(Leaf.objects.order_by("number").values_list("number", flat=True)) == list(range(43))


@pytest.mark.django_db
def test_an_event_committed_late_with_a_lower_number_gets_its_place() -> None:
    """A gap below the highest number is looked for at each turn; what comes to light there is put at the end."""
    first, late, last = (event.pk for event in told(3))
    kept = Event.objects.get(pk=late)
    Event.objects.filter(pk=late).delete()
    assert sequencing.sequence() == 2
    assert not sequencing.is_behind()
    kept.save(force_insert=True)
    assert sequencing.is_behind()
    assert sequencing.sequence() == 1
    assert list(Leaf.objects.order_by("number").values_list("event_id", flat=True)) == [first, last, late]


@pytest.mark.django_db
def test_an_event_later_than_any_patience_is_found_by_the_sweep() -> None:
    """A number that is no longer looked for at each turn is found by the daily look at all events, once."""
    late = told(3)[1]
    Event.objects.filter(pk=late.pk).delete()
    sequencing.sequence()
    Head.objects.update(gaps="[]")
    late.save(force_insert=True)
    assert sequencing.sequence() == 0
    assert sequencing.sweep() == 1
    assert sequencing.sweep() == 0
    assert Leaf.objects.get(event_id=late.pk).number == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes at a time: numbers follow the commits")
def test_two_connections_commit_in_the_other_order() -> None:
    """The real thing: one connection writes first and commits last; no event is lost, none is placed twice."""
    second = connection.copy()
    try:
        second.set_autocommit(False)
        with second.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_event (at, act, subject, organisation, details, address)"
                " VALUES (now(), 'filing.saved', 'filing/1', '', '{}', '') RETURNING id"
            )
            early = cursor.fetchone()[0]
        with transaction.atomic():
            later = record("filing.saved", "filing/2", actor=None).pk
        assert early < later
        assert sequencing.sequence() == 1
        second.commit()
        assert sequencing.sequence() == 1
    finally:
        second.close()
    assert list(Leaf.objects.order_by("number").values_list("event_id", flat=True)) == [later, early]


@pytest.mark.django_db
def test_a_checkpoint_says_what_the_log_is_and_is_signed() -> None:
    """Size, both roots and the digest of the table of doors stand in it; nothing new makes no new one."""
    told(20)
    made = up_to_date()
    said = notes.read(made.note, public_keys())
    assert (said.size, said.root, said.doors) == (20, paired(made), digest())
    assert said.root == tree.root(paired(row) for row in Leaf.objects.order_by("number"))
    assert sign().pk == made.pk
    daily = sign(daily=True)
    assert daily.pk != made.pk
    assert paired(daily) == paired(made)


@pytest.mark.django_db
def test_a_missing_leaf_is_told() -> None:
    """A proof is never worked out around a hole in the tables."""
    told(40)
    sequencing.sequence()
    Leaf.objects.filter(number=35).delete()
    with pytest.raises(Torn) as torn:
        Subtrees()(3, 4)
    assert torn.value.first == 32
