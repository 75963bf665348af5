"""A backup becomes the same office again, in either kind of database; a wrong one leaves nothing behind."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db.migrations.loader import MigrationLoader

from jixiao.cli import jixiao
from jixiao.desk.errors import WrongUse
from jixiao.office.backup import place, versions
from jixiao.office.backup.damage import Damaged
from jixiao.office.backup.restoring import Wanted, restore
from jixiao.office.backup.rows import Digest, lines
from jixiao.office.backup.snapshot import OfSQLite
from jixiao.office.filing.models import Evidence
from office.backup.backups_of import EVIDENCE, Backup, again, back_up, prepared
from office.making import Office, make_filing, make_project

PHRASE = "a long passphrase"


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    """The command, in a process of its own and on SQLite."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "jixiao", *map(str, words)]
    return subprocess.run(command, env=kept, capture_output=True, text=True, check=False)  # noqa: S603 -- ours


def test_the_office_comes_back_row_by_row(office: Office, settings: Any, tmp_path: Path) -> None:
    """Every row, the file, the keys; no key of a row that was removed is given again; and the restore is an event."""
    filing = make_filing(office)
    data = prepared(filing, settings, tmp_path)
    gone = make_project(office.organisations["centre"], "已删除的项目")
    last = gone.pk
    gone.delete()
    backup = again(filing, data, tmp_path, passphrase=PHRASE)
    (tmp_path / "phrase").write_text(PHRASE, encoding="utf-8")
    new = tmp_path / "new"
    done = run("restore", backup.file, "--data", new, "--passphrase-file", tmp_path / "phrase", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "every row, every file and the journal's root equal the backup" in done.stdout
    with closing(OfSQLite(str(new / "office.sqlite3"))) as now:
        told = backup.made.totals.tables
        different = [table.name for table in backup.made.about.tables if digest(now, table) != told[table.name].digest]
        assert "journal_event" in different
        assert all(name.startswith("journal_") for name in different)
        assert now.ask("SELECT act FROM journal_event ORDER BY id DESC LIMIT 1") == [("backup.restored",)]
        assert now.ask("SELECT seq FROM sqlite_sequence WHERE name = 'rounds_project'") == [(last,)]
    sha256 = Evidence.objects.get().sha256
    assert (new / "files" / sha256[:2] / sha256[2:]).read_bytes() == EVIDENCE
    assert (new / "secret-key").read_text(encoding="ascii") == "a secret of this office"


def digest(now: OfSQLite, table: Any) -> str:
    """What a table comes to."""
    seen = Digest()
    for line in lines(now.rows(table)):
        seen.take(line)
    return seen.hex()


@pytest.fixture
def backup(office: Office, settings: Any, tmp_path: Path) -> Backup:
    """A backup."""
    return back_up(make_filing(office), settings, tmp_path, passphrase=PHRASE)


def test_nothing_is_overwritten(backup: Backup) -> None:
    """A folder in which something lies is refused with exit code 3, whatever it is, and stays as it is."""
    before = sorted(path.name for path in backup.data.iterdir())
    done = CliRunner().invoke(jixiao, ["restore", str(backup.file), "--data", str(backup.data)])
    assert isinstance(done.exception, WrongUse)
    assert "overwrites nothing" in str(done.exception)
    assert sorted(path.name for path in backup.data.iterdir()) == before


def test_what_a_restore_left_that_was_killed_is_named(tmp_path: Path) -> None:
    """The folder that it was putting together may go."""
    (tmp_path / ".restoring-abc").mkdir()
    with pytest.raises(WrongUse, match="cut off"):
        place.refuse_full(tmp_path)


@pytest.mark.parametrize("there", [True, False])
def test_a_damaged_backup_leaves_nothing_behind(backup: Backup, tmp_path: Path, *, there: bool) -> None:
    """Exit code 2, and the place is as it was."""
    backup.file.write_bytes(backup.file.read_bytes()[:1000])
    new = tmp_path / "new" / "office"
    if there:
        new.mkdir(parents=True)
    done = CliRunner().invoke(
        jixiao, ["restore", str(backup.file), "--data", str(new), "--without-keys"], standalone_mode=False
    )
    assert done.return_value == 2
    assert "cut short" in done.output
    assert not new.exists() or not any(new.iterdir())
    assert not any(path.name.startswith(".restoring") for path in tmp_path.rglob("*"))


def test_a_wrong_passphrase_is_told(backup: Backup, tmp_path: Path) -> None:
    """And none where there should be one; nothing is left."""
    for passphrase, said in (("", "are sealed"), ("quite another phrase", "does not open")):
        with pytest.raises(WrongUse, match=said):
            restore(Wanted(backup.file, tmp_path / "new", passphrase))
    assert not (tmp_path / "new").exists()


def test_a_passphrase_file_has_to_hold_one(tmp_path: Path) -> None:
    """A short one is refused, and so is a file that is not there."""
    (tmp_path / "short").write_text("short\n", encoding="utf-8")
    for name, said in (("short", "at least 12"), ("nowhere", "cannot be read")):
        words = ["backup", "--data", str(tmp_path), "--out", "x.tar", "--passphrase-file", str(tmp_path / name)]
        done = CliRunner().invoke(jixiao, words)
        assert isinstance(done.exception, WrongUse)
        assert said in str(done.exception)


def test_a_newer_backup_is_refused(settings: Any) -> None:
    """What this version does not know is named, with the version that did it."""
    settings.MIGRATION_MODULES = {}
    loader = MigrationLoader(None)
    known = versions.done_of(f"{app}.{name}" for app, name in loader.disk_migrations)
    versions.refuse_newer(loader, known)
    with pytest.raises(WrongUse, match=r"newer version 9\.9 \(filing\.9999_later\)"):
        versions.refuse_newer(loader, known | {("filing", "9999_later")}, "9.9")
    with pytest.raises(WrongUse, match="cellar"):
        versions.refuse_newer(loader, known | {("cellar", "0001_initial")})


def test_a_place_that_somebody_fills_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """What was restored is taken away again; what came is kept."""
    data = tmp_path / "office"
    data.mkdir()

    def restored() -> None:
        with place.aside(data) as work:
            (work / "office.sqlite3").write_bytes(b"restored")
            (data / "office.sqlite3").write_bytes(b"of a server that was started meanwhile")

    with pytest.raises(WrongUse, match="not empty"):
        restored()
    assert [path.name for path in data.iterdir()] == ["office.sqlite3"]


def test_an_office_is_looked_for_where_there_is_none(tmp_path: Path) -> None:
    """A backup of nothing is a sentence, and the folder stays empty."""
    done = run("backup", "--data", tmp_path, "--out", tmp_path.parent / "none.tar")
    assert done.returncode == 3
    assert "no office" in done.stderr
    assert not any(tmp_path.iterdir())


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    """The command ends with a sentence, and writes no backup."""
    with closing(sqlite3.connect(tmp_path / "office.sqlite3")) as made:
        made.execute("CREATE TABLE django_migrations (app text, name text)")
        made.commit()
    whole = (tmp_path / "office.sqlite3").read_bytes()
    (tmp_path / "office.sqlite3").write_bytes(whole[:100] + b"\xff" * 4000)
    done = run("backup", "--data", tmp_path, "--out", tmp_path.parent / "none.tar")
    assert done.returncode in (2, 3), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path.parent / "none.tar").exists()


def test_errors_of_a_database_are_sentences() -> None:
    """A full disk asks for room, anything else says what the database said."""
    from jixiao.office.backup.trouble import in_words

    assert isinstance(in_words(sqlite3.OperationalError("database or disk is full"), Path("x")), WrongUse)
    assert isinstance(in_words(sqlite3.DatabaseError("database disk image is malformed"), Path("x")), Damaged)
