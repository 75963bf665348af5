"""Backups of the tests' office: its database as a file that a snapshot can be taken of, its store below a folder."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from jixiao.office.backup.making import Asked, Made, make_backup
from jixiao.office.backup.snapshot import OfPostgreSQL, OfSQLite, Snapshot
from jixiao.office.filing import files
from jixiao.office.filing.models import Evidence, Filing

EVIDENCE = "签到表，共 32 人".encode()


@dataclass
class Backup:
    """A backup in a file, and what it was made of."""

    file: Path
    data: Path
    made: Made
    filing: Filing


@contextmanager
def snapshot_of_tests(folder: Path) -> Iterator[Snapshot]:
    """What the test's own transaction sees: a copy of the database in memory, or the transaction itself."""
    if connection.vendor == "postgresql":
        MigrationRecorder(connection).ensure_schema()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations")
            cursor.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", _done())
        yield OfPostgreSQL(connection.connection)
        return
    file = folder / "office.sqlite3"
    file.unlink(missing_ok=True)
    raw: Any = connection.connection
    with closing(sqlite3.connect(file)) as copy:
        copy.executescript("\n".join(raw.iterdump()))
        copy.execute("CREATE TABLE IF NOT EXISTS django_migrations (app text, name text)")
        copy.executemany("INSERT INTO django_migrations (app, name) VALUES (?, ?)", _done())
        copy.commit()
    with closing(OfSQLite(str(file))) as snapshot:
        yield snapshot


def _done() -> list[tuple[str, str]]:
    return sorted(MigrationLoader(None).disk_migrations)


def with_evidence(filing: Filing) -> Filing:
    """The filing with a file of evidence in the store."""
    held = files.put([EVIDENCE])
    now = timezone.now()
    Evidence.objects.create(
        filing=filing, cell="k1/actual", name="签到表.pdf", sha256=held.sha256, size=held.size, at=now
    )
    return filing


def prepared(filing: Filing, settings: Any, folder: Path) -> Path:
    """A data folder with keys and a file of evidence; the filing's row names that one."""
    settings.MIGRATION_MODULES = {}
    data = folder / "data"
    data.mkdir(exist_ok=True)
    settings.DATA = data
    (data / "secret-key").write_text("a secret of this office", encoding="ascii")
    (data / "first-key").write_text("opens an empty office", encoding="ascii")
    with_evidence(filing)
    return data


def back_up(filing: Filing, settings: Any, folder: Path, **asked: Any) -> Backup:
    """A backup of the office in which the filing is."""
    data = prepared(filing, settings, folder)
    return again(filing, data, folder, **asked)


def again(filing: Filing, data: Path, folder: Path, **asked: Any) -> Backup:
    """A backup of the office as it is now."""
    out = folder / "backup.tar"
    with snapshot_of_tests(data) as snapshot:
        made = make_backup(Asked(data, **asked), snapshot, out)
    return Backup(out, data, made, filing)


def members_of(file: Path) -> dict[str, bytes]:
    """What any program for tar finds in it."""
    import tarfile

    with tarfile.open(fileobj=io.BytesIO(file.read_bytes())) as tar:
        return {each.name: read.read() for each in tar if (read := tar.extractfile(each)) is not None}
