"""Triggers by which the database itself refuses to change or remove what the journal holds, where the vendor has them.

They are an extra: who owns the database can drop them. What shows that somebody did, and what they then changed, is
the tree with its checkpoints. This is the one module of the office that is written for each vendor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

TABLES: Final = ("journal_event", "journal_leaf", "journal_node", "journal_checkpoint")
"""Their rows are added, and neither changed nor removed."""
_MESSAGE: Final = "the journal only grows: its rows are neither changed nor removed"
_FUNCTION: Final = "journal_only_grows"


def install(cursor: Any, vendor: str) -> None:
    """Make the triggers that are not there.

    Args:
        cursor: of the database.
        vendor: as Django names it; nothing is done for others than sqlite and postgresql.
    """
    have = there(cursor, vendor)
    if vendor == "postgresql":
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{_MESSAGE} (%)', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"
        )
    for name, statement in _triggers(vendor):
        if name not in have:
            cursor.execute(statement)


def remove(cursor: Any, vendor: str) -> None:
    """Drop the triggers: for a migration back, and for the moment of `lifted`."""
    for name, statement in _triggers(vendor):
        on = f" ON {statement.partition(' ON ')[2].split()[0]}" if vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    if vendor == "postgresql":
        cursor.execute(f"DROP FUNCTION IF EXISTS {_FUNCTION}()")


def there(cursor: Any, vendor: str) -> frozenset[str]:
    """Names of the journal's triggers that the database has and that are switched on."""
    if vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    elif vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    else:
        return frozenset()
    known = {name for name, _ in _triggers(vendor)}
    return frozenset(row[0] for row in cursor.fetchall()) & known


def missing() -> frozenset[str]:
    """Names of triggers that should be there and are not."""
    with connection.cursor() as cursor:
        return frozenset(name for name, _ in _triggers(connection.vendor)) - there(cursor, connection.vendor)


def restore() -> frozenset[str]:
    """Make what is missing, and tell what that was."""
    gone = missing()
    if gone:
        with transaction.atomic(), connection.cursor() as cursor:
            install(cursor, connection.vendor)
    return gone


@contextmanager
def lifted() -> Iterator[None]:
    """A transaction in which rows may be removed; nobody else can use it: dropping a trigger locks its table.

    Where the triggers were not there, none is made.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        had = there(cursor, connection.vendor)
        if had:
            remove(cursor, connection.vendor)
        yield
        if had:
            install(cursor, connection.vendor)


def _triggers(vendor: str) -> Iterator[tuple[str, str]]:
    """Name and statement of each trigger."""
    for table in TABLES:
        if vendor == "sqlite":
            for act in ("update", "delete"):
                name = f"{table}_no_{act}"
                yield (
                    name,
                    (
                        f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} BEGIN "
                        f"SELECT RAISE(ABORT, '{_MESSAGE} ({table})'); END"
                    ),
                )
        elif vendor == "postgresql":
            name = f"{table}_grows"
            yield (
                name,
                (
                    f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    f"FOR EACH STATEMENT EXECUTE PROCEDURE {_FUNCTION}()"
                ),
            )
