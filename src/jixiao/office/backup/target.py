"""The database an office is restored into: one module with a way per database.

SQLite: a new file, without a journal of its own until it is done, for it is thrown away where something fails.
PostgreSQL: one transaction from the first table to the last check.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from jixiao.desk.errors import WrongUse
from jixiao.office.backup import values
from jixiao.office.backup.contents import Table
from jixiao.office.backup.snapshot import OfPostgreSQL, OfSQLite, Snapshot, named

_AT_ONCE: Final = 1000


class Target:
    """The empty database of the settings."""

    def __init__(self) -> None:
        """Take it."""
        self._sqlite = connection.vendor == "sqlite"

    @contextmanager
    def open(self) -> Iterator[None]:
        """What is done in the block is there as a whole when it is left, or not at all."""
        if self._sqlite:
            with connection.cursor() as cursor:
                for setting in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF"):
                    cursor.execute(f"PRAGMA {setting}")
            yield
            connection.close()
            return
        with transaction.atomic():
            yield

    def refuse_full(self) -> None:
        """See that it has no tables.

        Raises:
            WrongUse: it has.
        """
        if found := connection.introspection.table_names():
            from jixiao.office.serve.ready import database_name

            where = database_name()
            raise WrongUse(
                f"数据库 {where} 不是空的（已有表 {found[0]} 等），恢复不会覆盖任何东西。"
                "请新建一个空库，写入 DATABASE_URL。",
                f"The database {where} is not empty (it has the table {found[0]}), and a restore overwrites nothing. "
                "Make a new, empty one and name it in DATABASE_URL.",
            )

    def make_tables(self, last: list[tuple[str, str]], tables: Iterable[Table]) -> None:
        """Make the tables as those migrations leave them, without a row."""
        if not self._sqlite:
            self._constraints("IMMEDIATE")
        MigrationExecutor(connection).migrate(last)
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT 1 FROM {named(table.name)} LIMIT 1")  # noqa: S608 -- our own names
                if cursor.fetchone():
                    cursor.execute(f"DELETE FROM {named(table.name)}")  # noqa: S608 -- our own names
        self._constraints("DEFERRED")

    def _constraints(self, mode: str) -> None:
        """Whether what points nowhere is an error at once; after migrations SQLite's are always on."""
        sqlite = f"PRAGMA foreign_keys = {'ON' if mode == 'IMMEDIATE' else 'OFF'}"
        with connection.cursor() as cursor:
            cursor.execute(sqlite if self._sqlite else f"SET CONSTRAINTS ALL {mode}")

    def load(self, table: Table, rows: Iterable[list[Any]]) -> None:
        """Put rows into a table."""
        columns = ", ".join(named(column.name) for column in table.columns)
        connection.ensure_connection()
        raw: Any = connection.connection
        if not self._sqlite:
            todo = values.ways(table.columns, values.to_postgresql)
            with raw.cursor() as cursor, cursor.copy(f"COPY {named(table.name)} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(values.changed(row, todo))
            return
        todo = values.ways(table.columns, values.to_sqlite)
        marks = ", ".join("?" * len(table.columns))
        question = f"INSERT INTO {named(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608 -- our own names
        waiting = (values.changed(row, todo) for row in rows)
        while some := list(islice(waiting, _AT_ONCE)):
            raw.execute("BEGIN")
            raw.executemany(question, some)
            raw.execute("COMMIT")

    def go_on_after(self, table: Table, highest: int) -> None:
        """New keys of the table begin after the highest that was ever given: none is used twice."""
        with connection.cursor() as cursor:
            if self._sqlite:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, highest])
            elif highest:
                place = f"pg_get_serial_sequence('{named(table.name)}', '{table.key}')"
                cursor.execute(f"SELECT setval({place}, %s)", [highest])

    def seen(self) -> Snapshot:
        """What the database holds now, read as a backup reads it."""
        if self._sqlite:
            return OfSQLite(str(connection.settings_dict["NAME"]))
        return OfPostgreSQL(connection.connection)

    def bring_up_to_date(self) -> int:
        """Do what the migrations of this version have to do after those of the backup; how many there were."""
        connection.check_constraints()
        if not self._sqlite:
            self._constraints("IMMEDIATE")
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", verbosity=0, interactive=False)
        return len(plan)

    def sync(self) -> None:
        """See that a database file has reached the disk."""
        if self._sqlite:
            with Path(str(connection.settings_dict["NAME"])).open("rb+") as file:
                os.fsync(file.fileno())
