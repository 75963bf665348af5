"""The database itself refuses to change what the journal holds."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jixiao.office.journal import guards
from jixiao.office.journal.models import Checkpoint, Event, Leaf, Node
from jixiao.office.journal.record import record


@pytest.fixture
def _guarded(db: None) -> Iterator[None]:
    """The triggers of the migration: tests run without migrations."""
    with connection.cursor() as cursor:
        guards.install(cursor, connection.vendor)
    yield
    with connection.cursor() as cursor:
        guards.remove(cursor, connection.vendor)


@pytest.mark.usefixtures("_guarded")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET {} = {}", "DELETE FROM {}", "DELETE FROM {} WHERE {} = {}", "TRUNCATE {} CASCADE"],
)
@pytest.mark.parametrize("table", guards.TABLES)
def test_rows_are_neither_changed_nor_removed(table: str, statement: str) -> None:
    """UPDATE, DELETE and TRUNCATE fail on every table of the journal, and the row that was there is there."""
    if "TRUNCATE" in statement and connection.vendor == "sqlite":
        statement = "DELETE FROM {}"  # SQLite has no other word for it
    _one_row_each()
    connection.check_constraints()  # PostgreSQL empties no table whose keys it has yet to look at
    column = {"journal_leaf": "number", "journal_node": "place"}.get(table, "id")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM {}".format(table))  # noqa: S608, UP032 -- a name of our own
        assert cursor.fetchone()[0] == 1


def _one_row_each() -> None:
    event = record("journal.exported", "journal", actor=None)
    Leaf.objects.create(number=0, event=event, sm3="0" * 64, sha256="0" * 64)
    Node.objects.create(place=1, sm3="0" * 64, sha256="0" * 64)
    Checkpoint.objects.create(size=1, sm3="0" * 64, sha256="0" * 64, at=timezone.now(), note="")


@pytest.mark.usefixtures("_guarded")
def test_a_trigger_that_was_dropped_is_seen_and_made_again() -> None:
    """What is missing is named, and there afterwards; with nothing missing nothing is done."""
    assert guards.restore() == frozenset()
    with connection.cursor() as cursor:
        guards.remove(cursor, connection.vendor)
    gone = guards.missing()
    assert gone
    assert guards.restore() == gone
    assert not guards.missing()


@pytest.mark.usefixtures("_guarded")
def test_lifted_for_one_transaction_they_are_there_again_after_it() -> None:
    """Inside, an event can be removed; afterwards none can."""
    record("journal.exported", "journal", actor=None)
    with guards.lifted():
        Event.objects.all().delete()
    assert not Event.objects.exists()
    assert not guards.missing()


@pytest.mark.django_db
def test_where_there_were_none_lifting_makes_none() -> None:
    """An office whose owner has dropped them is not given them by the way."""
    before = guards.missing()
    with guards.lifted():
        pass
    assert guards.missing() == before != frozenset()
