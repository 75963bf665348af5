"""C4: every migration of every room, forward and back, over filled tables; then old code at work on the new ones.

Tables are made as the first migrations of each room leave them, filled, and taken step by step to today and back. The
rows that were there are compared after each step, in the columns that were there. What cannot be tried (a rename that
old code would trip over, a default that only Python knows) is judged by looking: `drills.step_rules`.
"""

import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

from drills.row import Drill, Outcome, Row

BEFORE = "a933c1215175cb0b022d9e1590493ac3812d2ae0"
"""The commit whose code is the version before: its rooms have their first migrations only."""
HOUSE = Path(__file__).resolve().parents[3]
STATEMENT, LOCK = 5, 4
"""Seconds that a statement, and somebody who waits for a table, may take: judged in the long form."""
Name = tuple[str, str]
Digests = dict[str, tuple[int, str]]


@dataclass
class Times:
    """The longest statement, and the longest wait of somebody else, in milliseconds; and which it was."""

    statement: int = 0
    longest: str = ""
    wait: int = 0

    def note(self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        """A wrapper of Django's around each statement."""
        start = time.monotonic_ns()
        try:
            return execute(sql, params, many, context)
        finally:
            spent = (time.monotonic_ns() - start) // 10**6
            if spent > self.statement:
                self.statement, self.longest = spent, " ".join(sql.split())[:80]


@dataclass
class Steps:
    """The way from the first migrations to today.

    Attributes:
        forward: each migration after the first ones, in order.
        faults: what was found.
    """

    forward: list[Name] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def run(drill: Drill) -> Outcome:
    """Fill, go forward and back and forward again, then let old code work."""
    data = drill.folder / "office"
    data.mkdir()
    os.environ["JIXIAO_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.office.settings"
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from drills.step_rules import faults_of
    from jixiao.office.backup.tables import tables_after

    loader = MigrationLoader(None)
    first, ours = first_of(loader), rooms()
    steps = Steps(faults=faults_of(each for each in loader.disk_migrations.values() if each.app_label in ours))
    went_back = empty_and_again(first)
    tables = tuple(
        table for table in tables_after(loader, loader_upto(loader, first)) if table.model.split(".")[0] in ours
    )
    rows = fill(loader, first, drill.count)
    was = digests(tables)
    times = Times()
    with connection.execute_wrapper(times.note), somebody_waiting(times, [table.name for table in tables]):
        steps.forward = walk(steps, tables, was)
    if drill.full and (times.statement > 1000 * STATEMENT or times.wait > 1000 * LOCK):
        steps.faults.append(f"statement {times.statement} ms ({times.longest}), wait {times.wait} ms")
    connection.close()
    old, told = old_code(drill.folder)
    steps.faults += old
    told = (
        f"{len(loader.disk_migrations)} migrations, {len(steps.forward)} of them over {rows:,} rows",
        f"first migrations of {went_back} rooms back to nothing and forward again", *told,
        f"longest statement {times.statement} ms, longest wait of another {times.wait} ms",
    )  # fmt: skip
    return Outcome(drill.count if rows else 0, tuple(steps.faults), told)


def rooms() -> frozenset[str]:
    """Labels of our own rooms."""
    from django.apps import apps

    return frozenset(app.label for app in apps.get_app_configs() if app.name.startswith("jixiao."))


def first_of(loader: Any) -> list[Name]:
    """The last migrations of others' apps, and the first ones of ours."""
    ours = rooms()
    leaves = [name for name in loader.graph.leaf_nodes() if name[0] not in ours]
    return sorted(
        {*leaves, *(name for name, each in loader.disk_migrations.items() if each.initial and name[0] in ours)}
    )


def loader_upto(loader: Any, targets: list[Name]) -> list[Name]:
    """Those migrations and all that they stand on."""
    return sorted({name for target in targets for name in loader.graph.forwards_plan(target)})


def migrate(targets: list[Any]) -> None:
    """Take the database there."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    MigrationExecutor(connection).migrate(targets)


def empty_and_again(first: list[Name]) -> int:
    """First migrations forward, ours back to nothing, and forward again; how many of ours there are."""
    ours = rooms()
    mine = [name for name in first if name[0] in ours]
    migrate(first)
    migrate([(app, None) for app, _ in mine])
    migrate(first)
    return len(mine)


def fill(loader: Any, first: list[Name], count: int) -> int:
    """So many rows in each table of our rooms; how many in all of them."""
    from django.db import connection

    from drills.made_up_rows import made_up, tables_in_order
    from jixiao.office.backup.tables import table_of
    from jixiao.office.backup.target import Target

    ours = rooms()
    apps = loader.project_state(first).apps
    models = [each for each in apps.get_models(include_auto_created=True) if each._meta.app_label in ours]
    target = Target()
    with target.open():
        for model in tables_in_order(models):
            target.load(table_of(model), made_up(model, count))
            if model._meta.auto_field:
                target.go_on_after(table_of(model), count)
        connection.check_constraints()
    return count * len(models)


def digests(tables: Any) -> Digests:
    """What every table comes to, in the columns it had at the beginning."""
    from jixiao.office.backup.rows import Digest, lines
    from jixiao.office.backup.snapshot import open_snapshot

    told = {}
    with closing(open_snapshot()) as snapshot:
        for table in tables:
            seen, sealed = Digest(), sealed_columns(table)
            for line in lines(meant(row, sealed) for row in snapshot.rows(table)):
                seen.take(line)
            told[table.name] = (seen.rows, seen.hex())
    return told


def sealed_columns(table: Any) -> list[tuple[int, str]]:
    """Places of columns that are sealed today, and what their seal is about."""
    from django.apps import apps

    from jixiao.office.sealing.fields import SealedText

    fields = {each.column: each for each in apps.get_model(table.model)._meta.local_concrete_fields}
    held = ((place, fields.get(column.name)) for place, column in enumerate(table.columns))
    return [(place, each.about) for place, each in held if isinstance(each, SealedText)]


def meant(row: list[Any], sealed: list[tuple[int, str]]) -> list[Any]:
    """A row with its sealed values open: what it means does not change by being sealed."""
    from jixiao.office.sealing.port import opened

    for place, about in sealed:
        row[place] = opened(row[place], about) if row[place] else row[place]
    return row


def walk(steps: Steps, tables: Any, was: Digests) -> list[Name]:
    """Step by step to today, back, and to today at once; the migrations there were.

    After a step the tables of its room are compared; at both ends all of them.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    there = [(each.app_label, each.name) for each, _ in plan]
    back = [(name, before(executor.loader, name)) for name in reversed(there)]
    for words, ways in (("forward", [(name, name) for name in there]), ("back", back)):
        for name, aim in ways:
            if not _done(steps, name, aim):
                return there
            mine = [table for table in tables if table.model.startswith(f"{name[0]}.")]
            steps.faults += changes(was, digests(mine), f"{name[0]}.{name[1]} {words}")
        steps.faults += changes(was, digests(tables), f"all the way {words}")
    migrate(executor.loader.graph.leaf_nodes())
    steps.faults += changes(was, digests(tables), "forward again")
    return there


def _done(steps: Steps, name: Name, aim: Name) -> bool:
    try:
        migrate([aim])
    except Exception as error:  # noqa: BLE001 -- whatever a migration raises is a fault of it
        steps.faults.append(f"{name[0]}.{name[1]} to {aim[1]}: {type(error).__name__}: {error}")
        return False
    return True


def before(loader: Any, name: Name) -> Name:
    """The migration of the same room before it."""
    parents = [each.key for each in loader.graph.node_map[name].parents if each.key[0] == name[0]]
    found: Name = max(parents)
    return found


def changes(was: Digests, now: Digests, step: str) -> list[str]:
    """Tables whose rows are others than before, a sentence each."""
    return [
        f"{step}: {table} had {was[table][0]} rows, has {told[0]}, or values changed"
        for table, told in now.items()
        if told != was[table]
    ]


@contextmanager
def somebody_waiting(times: Times, tables: list[str]) -> Iterator[None]:
    """Somebody else who wants a row of every table, over and over; notes the longest that they waited."""
    stop = Event()
    thread = Thread(target=_wait, args=(times, tables, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _wait(times: Times, tables: list[str], stop: Event) -> None:
    address = os.environ.get("DATABASE_URL", "")
    while not stop.wait(0.02):
        with suppress(Exception), closing(_connected(address)) as held:
            for table in tables:
                start = time.monotonic_ns()
                held.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchall()  # noqa: S608 -- names of our own tables
                times.wait = max(times.wait, (time.monotonic_ns() - start) // 10**6)


def _connected(address: str) -> Any:
    import sqlite3

    import psycopg

    file = Path(os.environ["JIXIAO_DATA"]) / "office.sqlite3"
    return psycopg.connect(address, autocommit=True) if address else sqlite3.connect(file, timeout=60)


def old_code(folder: Path) -> tuple[list[str], tuple[str, ...]]:
    """Let the code of the version before work on the tables of today: faults, and what to tell."""
    source = folder / "before"
    packed = subprocess.run(
        ["git", "archive", BEFORE, "src", "tests", "examples"], cwd=HOUSE, capture_output=True, check=False
    )
    if packed.returncode:
        return [], (f"no history here with {BEFORE[:7]}: old code was judged by the rules alone",)
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as tar:
        tar.extractall(source, filter="data")
    environment = {**os.environ, "PYTHONPATH": f"{source / 'src'}:{source / 'tests'}"}
    line = [sys.executable, str(HOUSE / "tests" / "drills" / "old_code.py"), str(source)]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"old code: exit {done.returncode}: {done.stderr[-300:]}"], ()
    said = json.loads(done.stdout.splitlines()[-1])
    return [f"old code: {each}" for each in said["failed"]], (
        f"code of {BEFORE[:7]} read and wrote {said['models']} models",
    )


ROW = Row(
    id="C4", zh="迁移：每一步向前、向后，行的含义不变，旧程序能用新表",
    en="migrations forward and back over filled tables, no row changed in meaning, old code works on the new tables",
    ci=10_000, full=1_000_000, unit="rows a table", run=run, cores=1, postgresql=True,
)  # fmt: skip
