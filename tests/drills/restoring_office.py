"""An office for the restore drill: filled with forms, written to by somebody who goes on, read with plain SQL."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_STEP = 1000
_STARTED = 20


@dataclass
class Writer:
    """Somebody who goes on saving: a save, a file and an event in one transaction each.

    Attributes:
        filing: whose saves they are.
        acknowledged: numbers of the saves that were committed, in order.
    """

    filing: int
    acknowledged: list[int] = field(default_factory=list)
    _stop: Event = field(default_factory=Event)

    def __enter__(self) -> "Writer":
        """Begin; there are some saves when this comes back."""
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()
        while len(self.acknowledged) < _STARTED:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        from django.db import connection

        number = 0
        while not self._stop.is_set():
            number += 1
            write_one(self.filing, number)
            self.acknowledged.append(number)
            time.sleep(0.002)
        connection.close()


def write_one(filing: int, number: int) -> None:
    """One save with its file and its event."""
    from django.db import transaction
    from django.utils import timezone

    from jixiao.office.filing import files
    from jixiao.office.filing.models import Evidence, Save
    from jixiao.office.journal.record import record

    held = files.put([f"佐证 {number}".encode()])
    now = timezone.now()
    with transaction.atomic():
        Save.objects.create(filing_id=filing, number=number, base=number, at=now, changes="[]", token=f"w{number}")
        Evidence.objects.create(
            filing_id=filing, cell="k1/actual", name=f"{number}", size=held.size, at=now, sha256=held.sha256
        )
        record("filing.saved", f"filing/{filing}", actor=None, number=str(number))


def fill(count: int) -> int:
    """Make an office with so many filings, each with a version, a save and an event; every tenth with a file.

    Returns:
        A filing that the writer may write to.
    """
    from office.making import make_filing, make_office

    first = make_filing(make_office())
    for start in range(0, count - 1, _STEP):
        _some(first, range(start, min(start + _STEP, count - 1)))
    return int(first.pk)


def _some(first: Any, numbers: range) -> None:
    from django.db import transaction
    from django.utils import timezone

    from jixiao.office.filing.models import Filing, Save, Version
    from jixiao.office.journal.record import record
    from jixiao.office.rounds.models import Project

    now = timezone.now()
    with transaction.atomic():
        projects = Project.objects.bulk_create(
            [Project(unit=first.unit, uid=f"u{number:015}", name=f"项目 {number}") for number in numbers]
        )
        made = Filing.objects.bulk_create([
            Filing(round=first.round, project=project, unit=first.unit, path=first.path, form=first.form,
                   keys=first.keys, version=2, claimed=Decimal(number % 1000) / 10, executed=Decimal(number) / 100,
                   saved=now)
            for number, project in zip(numbers, projects, strict=True)
        ])  # fmt: skip
        Version.objects.bulk_create([
            Version(filing=each, number=1, act="submit", form=each.form, keys=each.keys, review="{}", at=now,
                    sha256=sha256(each.form.encode()).hexdigest())
            for each in made
        ])  # fmt: skip
        Save.objects.bulk_create(
            [Save(filing=each, number=2, base=1, at=now, changes='[{"cell": "k1/actual"}]') for each in made]
        )
        for each in made:
            record("filing.saved", f"filing/{each.pk}", actor=None, version="2")
        for each in made[::10]:
            _attach(each, now)


def _attach(filing: Any, now: Any) -> None:
    from jixiao.office.filing import files
    from jixiao.office.filing.models import Evidence

    held = files.put([f"佐证 {filing.pk}".encode() * 100])
    Evidence.objects.create(
        filing=filing, cell="k1/actual", name="佐证.pdf", sha256=held.sha256, size=held.size, at=now
    )


def command(*words: object, database: str = "") -> str:
    """Run jixiao; what it said.

    Raises:
        RuntimeError: it failed.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JIXIAO_DATA")}
    environment = kept | ({"DATABASE_URL": database} if database else {})
    line = [sys.executable, "-m", "jixiao", *map(str, words), "--lang", "en"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"jixiao {words[0]}: exit {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


def new_database(address: str, name: str) -> str:
    """Make an empty database beside another one; its address."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as held:
        held.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


class Plain:
    """A database read with plain SQL."""

    def __init__(self, data: Path, address: str) -> None:
        """Open it."""
        import sqlite3

        import psycopg

        self._held: Any = psycopg.connect(address) if address else sqlite3.connect(data / "office.sqlite3")
        self._tables = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'" if address
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )  # fmt: skip

    def tables(self) -> set[str]:
        """Names of all tables."""
        return {name for (name,) in self.ask(self._tables)}

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """An answer."""
        return list(self._held.execute(question).fetchall())

    def rows(self, table: str) -> set[bytes]:
        """A hash of every row."""
        found = self._held.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
        return {sha256(repr(row).encode()).digest() for row in found}

    def close(self) -> None:
        """End it."""
        self._held.close()
