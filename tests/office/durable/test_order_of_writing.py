"""What is told to be kept outlives a power cut: content synced, then named, then the name synced, then acknowledged."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drills.faulty_io import KILL, Call, Channel, Ended, watched
from jixiao.desk.files import replace_file
from jixiao.office.database import sqlite
from jixiao.office.filing.files import path_of, put
from jixiao.office.secret import keep_secret, secret_key
from jixiao.office.setup.first import opens

NAMING = {"rename", "renameat", "renameat2", "link", "linkat"}


def calls_of(work: Callable[[], object], inside: Path) -> list[Call]:
    """The watched calls of some work."""

    def told(channel: Channel) -> None:
        channel.begin()
        work()
        channel.end()

    ended = watched(told, lambda _: None, inside)
    assert ended.code == 0
    return ended.calls


def killed(work: Callable[[], object], inside: Path, number: int) -> Ended:
    """Some work, killed before its call of that number."""

    def told(channel: Channel) -> None:
        channel.begin()
        work()

    return watched(told, lambda call: KILL if call.number == number else None, inside)


def in_order(calls: list[Call], folder: Path) -> bool:
    """Whether a file was synced before it got its name, and its folder after."""
    named = next(call for call in calls if call.name in NAMING)
    before = [call.path for call in calls if call.name in ("fsync", "fdatasync") and call.number < named.number]
    after = [call.path for call in calls if call.name in ("fsync", "fdatasync") and call.number > named.number]
    written = [call.number for call in calls if call.name == "write" and call.path == named.path]
    return named.path in before and str(folder) in after and bool(written) and max(written) < named.number


def test_an_output_of_the_desk(tmp_path: Path) -> None:
    """Reports, copies and documents: `--out` of every command goes this way."""
    assert in_order(calls_of(lambda: replace_file(tmp_path / "out.xlsx", b"bytes"), tmp_path), tmp_path)


def test_a_file_in_the_store(tmp_path: Path, settings: Any) -> None:
    """Evidence and uploads: the new folders above it are synced, too, each in the folder that names it."""
    settings.DATA = tmp_path
    calls = calls_of(lambda: put([b"by", b"tes"]), tmp_path)
    target = path_of(put([b"bytes"]).sha256)
    assert in_order(calls, target.parent)
    synced = {call.path for call in calls if call.name == "fsync"}
    assert {str(tmp_path), str(tmp_path / "files")} <= synced


@pytest.mark.parametrize("name", ["secret-key", "first-key"])
def test_a_key(tmp_path: Path, name: str) -> None:
    """The office's key, without which secrets of second factors are lost, and the first key."""
    assert in_order(calls_of(lambda: keep_secret(tmp_path / name, "key"), tmp_path), tmp_path)


def test_a_start_that_was_killed_leaves_no_empty_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at any call, the next start finds no key or a whole one."""
    monkeypatch.delenv("JIXIAO_SECRET_KEY", raising=False)
    steps = len(calls_of(lambda: secret_key(tmp_path / "measured"), tmp_path))
    for number in range(1, steps + 1):
        data = tmp_path / f"killed-{number}"
        assert killed(lambda: secret_key(data), tmp_path, number).code == -9  # noqa: B023 -- called at once
        kept = data / "secret-key"
        assert not kept.exists() or len(kept.read_text()) == 64
        assert len(secret_key(data)) == 64


def test_an_empty_key_opens_nothing(tmp_path: Path, settings: Any, db: None) -> None:
    """A first key that lost its content is none: an empty office is not open to who sends no key."""
    settings.DATA = tmp_path
    (tmp_path / "first-key").touch()
    assert not opens("")
    (tmp_path / "secret-key").touch()
    assert len(secret_key(tmp_path)) == 64


def test_the_owner_alone_reads_a_key(tmp_path: Path) -> None:
    """Its mode is 600, and a key that is there stays."""
    assert keep_secret(tmp_path / "key", "one") == "one"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert keep_secret(tmp_path / "key", "two") == "one"
    assert os.listdir(tmp_path) == ["key"]  # noqa: PTH208 -- names are what is meant


def test_a_commit_is_synced_before_it_is_acknowledged(tmp_path: Path) -> None:
    """On SQLite as the office opens it, the log is synced after its last write, before the commit comes back."""
    asked = sqlite(tmp_path / "office.sqlite3")["OPTIONS"]["init_command"]
    with sqlite3.connect(tmp_path / "office.sqlite3") as made:
        made.executescript(f"{asked} CREATE TABLE t (x)")
    made.close()
    held = sqlite3.connect(tmp_path / "office.sqlite3")
    held.executescript(asked)
    held.execute("INSERT INTO t VALUES (1)")
    calls = calls_of(held.commit, tmp_path)
    held.close()
    assert [call.name for call in calls][-1] == "fdatasync"
