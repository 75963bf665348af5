"""The commands that look after the journal; and the office that refuses to start with an old database."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from jixiao.cli import jixiao
from jixiao.desk.errors import WrongUse
from jixiao.office.journal.models import Event
from jixiao.office.serve import opening
from office.journal.test_sequencing import told

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, db: None) -> Run:
    """`jixiao journal …` on the tests' own office, with three events in it."""
    settings.DATA, settings.JOURNAL_KEY = tmp_path, tmp_path / "journal-key"
    monkeypatch.setattr(opening, "open_office", lambda _data: None)
    told(3)
    return lambda *words: CliRunner().invoke(jixiao, ["journal", *words], standalone_mode=False)


def test_a_checkpoint_is_printed_and_lies_at_the_second_place(run: Run, tmp_path: Path) -> None:
    """What is printed is the signed text, and the same stands in the file of the day."""
    done = run("checkpoint")
    assert done.return_value == 0
    assert "\nsm3 " in done.stdout
    assert [file.read_text(encoding="utf-8") for file in (tmp_path / "checkpoints").iterdir()] == [done.stdout]


def test_a_second_place_that_is_away_is_told(run: Run, settings: Any, tmp_path: Path) -> None:
    """The checkpoint is made all the same; the exit code and a sentence tell."""
    settings.JOURNAL_ANCHOR = str(tmp_path / "not-mounted")
    done = run("checkpoint")
    assert done.return_value == 1
    assert "not-mounted 写不进去" in done.stderr


def test_the_whole_log_is_exported_once(run: Run, tmp_path: Path) -> None:
    """That it left is an event in it; a file that is there is not written over."""
    done = run("export", "--out", str(tmp_path / "log.zip"), "--lang", "en")
    assert done.stdout.startswith("4 lines exported")
    assert Event.objects.filter(act="journal.log_exported").count() == 1
    again = run("export", "--out", str(tmp_path / "log.zip"))
    assert isinstance(again.exception, WrongUse)
    assert Event.objects.filter(act="journal.log_exported").count() == 1


def test_a_key_is_changed_with_a_reason_only(run: Run, tmp_path: Path) -> None:
    """The old public key is given out, too; the secret one is readable by its owner alone."""
    assert run("key").stdout.count("jixiao-office-") == 1
    assert isinstance(run("key", "--new").exception, WrongUse)
    assert run("key", "--new", "--reason", "到期更换").stdout.count("jixiao-office-") == 2
    assert "到期更换" in Event.objects.get(act="journal.key_changed").details
    assert (tmp_path / "journal-key").stat().st_mode & 0o777 == 0o600


def test_nothing_to_forget_and_nothing_to_accept(run: Run, tmp_path: Path) -> None:
    """Both say so; without a reason nothing is accepted."""
    assert run("forget", "--out", str(tmp_path / "old.zip"), "--lang", "en").stdout == (
        "No event is older than the retention.\n"
    )
    assert isinstance(run("accept-restore").exception, WrongUse)
    assert "没有要说明的" in run("accept-restore", "--reason", "试").stdout


def test_without_an_office_there_is_a_sentence(tmp_path: Path) -> None:
    """A folder in which nothing is stays as it is."""
    with pytest.raises(WrongUse, match="There is no office"):
        opening.open_office(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def served(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command on an office on SQLite, whatever the tests' database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JIXIAO_JOURNAL_KEY")}
    command = [sys.executable, "-m", "jixiao", *words, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept, timeout=120)  # noqa: S603


def test_an_old_database_put_back_is_not_served(tmp_path: Path) -> None:
    """Exit code 3 and two sentences that name the way on."""
    file = tmp_path / "office.sqlite3"
    file.touch()
    assert served(tmp_path, "journal", "export", "--out", str(tmp_path / "log")).returncode == 0
    with sqlite3.connect(file) as held:
        for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            held.execute(f"DROP TRIGGER {name}")
        for table in ("event", "leaf", "node", "checkpoint", "head"):
            held.execute(f"DELETE FROM journal_{table}")  # noqa: S608 -- our own tables
    held.close()
    refused = served(tmp_path, "serve", "--port", "0")
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 2
    assert refused.stderr.count("accept-restore") == 2
