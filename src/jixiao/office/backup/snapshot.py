"""The rows of the office as they were at one moment, while others go on writing: one module with a way per database.

SQLite: a read transaction of a connection of its own; in WAL mode it holds nobody up. PostgreSQL: one transaction,
REPEATABLE READ, READ ONLY, with a cursor on the server's side, so that nothing is held in memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final, Protocol
from urllib.parse import quote

from jixiao.office.backup import values
from jixiao.office.backup.contents import Column, Table

_AT_ONCE: Final = 2000


class Snapshot(Protocol):
    """The office at one moment."""

    vendor: str

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer of a small question in SQL that both databases understand."""

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """The rows of a table, as a backup has them."""

    def answers(self, question: str) -> Iterator[tuple[Any, ...]]:
        """An answer that may be long."""

    def highest(self, table: Table) -> int:
        """The highest key that was ever given in a table whose keys are counted."""

    def close(self) -> None:
        """End it."""


def named(name: str) -> str:
    """A name of the database in a question."""
    return '"' + name.replace('"', '""') + '"'


def _selected(table: Table, shown: Iterable[str]) -> str:
    order = f" ORDER BY {named(table.key)}" if table.counted else ""
    return f"SELECT {', '.join(shown)} FROM {named(table.name)}{order}"  # noqa: S608 -- our own names, quoted


class OfSQLite:
    """A snapshot of SQLite."""

    vendor = "sqlite"

    def __init__(self, file: str) -> None:
        """Open it; the snapshot is taken with the first question, which is asked here."""
        self._held = sqlite3.connect(f"file:{quote(file)}?mode=ro", uri=True, isolation_level=None, timeout=20)
        self._held.execute("BEGIN")
        self.ask("SELECT count(*) FROM sqlite_master")

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer of a small question."""
        return self._held.execute(question).fetchall()

    def answers(self, question: str) -> Iterator[tuple[Any, ...]]:
        """An answer, row by row."""
        yield from self._held.execute(question)

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """The rows of a table."""
        todo = values.ways(table.columns, values.from_sqlite)
        shown = (named(column.name) for column in table.columns)
        return (values.changed(row, todo) for row in self._held.execute(_selected(table, shown)))

    def highest(self, table: Table) -> int:
        """The highest key ever given: what AUTOINCREMENT remembers."""
        found = self._held.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
        return int(found[0]) if found else 0

    def close(self) -> None:
        """End it."""
        self._held.close()


class OfPostgreSQL:
    """A snapshot of PostgreSQL, or what one's own transaction sees."""

    vendor = "postgresql"

    def __init__(self, held: Any) -> None:
        """Take a connection of psycopg that is in a transaction."""
        self._held = held

    @classmethod
    def taken(cls, address: dict[str, Any]) -> "OfPostgreSQL":
        """A snapshot by a connection of its own."""
        import psycopg

        held = psycopg.connect(**address, autocommit=True)
        held.execute("SET TIME ZONE 'UTC'")
        held.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        held.execute("SELECT 1")
        return cls(held)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer of a small question."""
        with self._held.cursor() as cursor:
            return list(cursor.execute(question).fetchall())

    def answers(self, question: str) -> Iterator[tuple[Any, ...]]:
        """An answer, from a cursor on the server's side."""
        return self._streamed(question)

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """The rows of a table."""
        todo = values.ways(table.columns, values.from_postgresql)
        return (values.changed(row, todo) for row in self._streamed(_selected(table, map(_shown, table.columns))))

    def _streamed(self, question: str) -> Iterator[tuple[Any, ...]]:
        with self._held.cursor(name="jixiao_backup") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(question)
            yield from cursor

    def highest(self, table: Table) -> int:
        """The highest key ever given: what the sequence of the column remembers."""
        with self._held.cursor() as cursor:
            found = cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", (named(table.name), table.key)).fetchone()
            if not found or not found[0]:
                return 0
            last, begun = cursor.execute(f"SELECT last_value, is_called FROM {found[0]}").fetchone()  # noqa: S608
            return int(last) if begun else 0

    def close(self) -> None:
        """End it."""
        self._held.close()


def _shown(column: Column) -> str:
    """A column as psycopg reads it plainly: addresses without their mask, JSON as text."""
    form = {"address": "host({})", "json": "{}::text"}.get(column.kind, "{}")
    return form.format(named(column.name))


def open_snapshot() -> Snapshot:
    """A snapshot of the office whose settings are loaded."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return OfSQLite(str(connection.settings_dict["NAME"]))
    address = connection.get_connection_params()
    return OfPostgreSQL.taken({name: value for name, value in address.items() if name not in _OF_DJANGO})


_OF_DJANGO: Final = frozenset({"cursor_factory", "context", "prepare_threshold"})
