"""The tool of the drills: a call fails where it was told to, in Python and in SQLite, and nowhere else."""

import errno
import os
import socket
import sqlite3
from pathlib import Path

import pytest

from drills.faulty_io import BREAK, KILL, Call, Channel, Ended, Judge, More, refused, watched

PIECES = (b"one", b"two", b"three")


def writes(folder: Path, elsewhere: Path) -> object:
    """A program that writes, syncs and renames, tells what it has done, and the first error it meets."""

    def work(channel: Channel) -> None:
        elsewhere.write_bytes(b"before")
        channel.begin()
        try:
            with (folder / "aside").open("wb", buffering=0) as file:
                for piece in PIECES:
                    file.write(piece)
                    elsewhere.write_bytes(piece)
                    channel.tell(piece.decode())
                os.fsync(file.fileno())
            (folder / "aside").rename(folder / "whole")
            channel.tell("whole")
        except OSError as error:
            channel.tell(error.errno)
        channel.end()
        (folder / "after").write_bytes(b"")

    return work


def ran(tmp_path: Path, judge: Judge) -> Ended:
    """The program, with these answers."""
    folder = tmp_path / "watched"
    folder.mkdir(exist_ok=True)
    return watched(writes(folder, tmp_path / "elsewhere"), judge, folder)  # type: ignore[arg-type]


def test_this_machine_lets_calls_be_watched() -> None:
    """The kernel that the tests run on takes the filter; where it did not, the drills would say so and fail."""
    assert refused() == ""


def test_calls_are_seen_in_their_order(tmp_path: Path) -> None:
    """Opening, each write, the sync and the rename with both its names; what is written elsewhere is not counted."""
    ended = ran(tmp_path, lambda _: None)
    assert (ended.code, ended.told) == (0, ["one", "two", "three", "whole"])
    assert [call.name for call in ended.calls] == ["openat", "write", "write", "write", "fsync", "rename"]
    assert [Path(ended.calls[-1].path).name, Path(ended.calls[-1].other).name] == ["aside", "whole"]
    assert (tmp_path / "watched" / "after").exists()


@pytest.mark.parametrize(
    ("number", "fault", "told"),
    [
        (1, errno.EROFS, []), (3, errno.ENOSPC, ["one"]), (5, errno.EIO, ["one", "two", "three"]),
        (6, errno.EIO, ["one", "two", "three"]),
    ],
)  # fmt: skip
def test_the_nth_call_fails(tmp_path: Path, number: int, fault: int, told: list[str]) -> None:
    """The program meets the error at that call, whichever it is, and none before or after."""
    ended = ran(tmp_path, lambda call: fault if call.number == number else None)
    assert ended.told == [*told, fault]
    assert not (tmp_path / "watched" / "whole").exists()


def test_a_killed_child_has_not_made_the_call(tmp_path: Path) -> None:
    """Killed before its rename it has told all that came before, and the file has not its name."""
    ended = ran(tmp_path, lambda call: KILL if call.name == "rename" else None)
    assert (ended.code, ended.told) == (-9, ["one", "two", "three"])
    assert (tmp_path / "watched" / "aside").read_bytes() == b"onetwothree"


def test_a_child_is_killed_when_its_time_is_over(tmp_path: Path) -> None:
    """One that waits is killed after the seconds it was given."""

    def work(channel: Channel) -> None:
        channel.begin()
        os.read(os.pipe()[0], 1)

    assert watched(work, lambda _: None, tmp_path, More(kill_after=0.05)).code == -9


def test_sqlite_meets_the_error_and_stays_whole(tmp_path: Path) -> None:
    """The sync of its log fails inside SQLite: the commit is refused, and the row is not there."""
    with sqlite3.connect(tmp_path / "x.sqlite3") as held:
        held.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    held.close()

    def work(channel: Channel) -> None:
        held = sqlite3.connect(tmp_path / "x.sqlite3")
        held.execute("PRAGMA synchronous=FULL")
        channel.begin()
        try:
            held.execute("INSERT INTO t VALUES (2)")
            held.commit()
        except sqlite3.OperationalError as error:
            held.rollback()
            channel.tell([str(error), held.execute("SELECT count(*) FROM t").fetchone()[0]])
        channel.end()

    ended = watched(work, lambda call: errno.EIO if call.name == "fdatasync" else None, tmp_path)
    assert ended.told == [["disk I/O error", 1]]


def test_messages_to_a_server_are_calls_too(tmp_path: Path) -> None:
    """A message is seen with its words and can be the last thing the child would have done."""
    ours, its = socket.socketpair()
    seen: list[Call] = []

    def judge(call: Call) -> int | None:
        seen.append(call)
        return KILL if call.other == "COMMIT" else None

    def work(channel: Channel) -> None:
        channel.begin()
        channel.tell("not counted")
        its.send(b"BEGIN")
        its.send(b"COMMIT")

    ended = watched(work, judge, tmp_path, More(messages=True))
    assert [call.other for call in seen] == ["BEGIN", "COMMIT"]
    assert (ours.recv(100), ended.code) == (b"BEGIN", -9)
    ours.close()
    its.close()


def test_a_program_that_fails_by_itself_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An exception ends the child with code 70, and its words are on stderr."""

    def work(_: Channel) -> None:
        raise LookupError("of its own")

    assert watched(work, lambda _: None, tmp_path).code == 70
    assert "of its own" in capfd.readouterr().err


def test_a_child_asks_and_is_answered(tmp_path: Path) -> None:
    """While it waits the parent does what it asked for; each `begin` counts from one again."""
    asked: list[str] = []

    def beside(what: str) -> bool:
        asked.append(what)
        return len(asked) < 3

    def work(channel: Channel) -> None:
        while channel.ask("more"):
            channel.begin()
            (tmp_path / "file").write_bytes(b"x")
            channel.end()

    ended = watched(work, lambda _: None, tmp_path, More(beside=beside))
    assert (ended.code, len(asked), len(ended.calls)) == (0, 3, 2)


def test_a_connection_breaks_at_a_message(tmp_path: Path) -> None:
    """From that message on the child's socket is dead, as if the server had gone."""
    ours, its = socket.socketpair()

    def work(channel: Channel) -> None:
        channel.begin()
        its.send(b"one")
        try:
            its.send(b"two")
        except OSError as error:
            channel.tell([error.errno, its.recv(10).decode()])

    ended = watched(work, lambda call: BREAK if call.number == 2 else None, tmp_path, More(messages=True))
    assert (ended.told, ours.recv(10)) == ([[errno.EPIPE, ""]], b"one")
    ours.close()
    its.close()
