"""A worker is killed with its job in hand, another one sleeps over its own: real processes, on the database at hand."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic_ns
from typing import IO
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

DRILL = Path(__file__).with_name("worker_drill.py")
NANO = 10**9


@dataclass
class Course:
    """What came of it: nanoseconds from the death to the last end, who did each job, what the sleeper heard."""

    nanoseconds: int
    rows: list[str]
    sleeper: list[str]
    second: int


def address(folder: Path) -> str:
    """The database of the drill: a file of its own, or the tests' own one where that can be reached from outside."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'drill.sqlite3'}"
    user, password, host, port, name = (
        quote(str(connection.settings_dict[part]), safe="") for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    )
    more = {key: value for key, value in connection.settings_dict["OPTIONS"].items() if isinstance(value, str)}
    return f"postgresql://{user}:{password}@{host}:{port}/{name}?{urlencode(more)}"


def started(url: str, role: str, stack: ExitStack) -> subprocess.Popen[str]:
    """A worker, ended for certain when the test is over or takes a minute."""
    command = [sys.executable, str(DRILL), url, role]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own
    timer = Timer(60, process.kill)
    timer.start()
    stack.callback(process.communicate)
    stack.callback(process.kill)
    stack.callback(timer.cancel)
    return process


def heard(process: subprocess.Popen[str], *wanted: str) -> list[str]:
    """The next line of a worker that begins as is wanted."""
    lines: IO[str] | None = process.stdout
    assert lines is not None
    for line in lines:
        if (words := line.split())[: len(wanted)] == list(wanted):
            return words
    raise AssertionError(f"the worker ended without saying {wanted}")


@pytest.fixture
def course(tmp_path: Path, transactional_db: None) -> Iterator[Course]:
    """Two workers with a job each; one is killed, one is stopped in its tracks; a third finds both jobs."""
    with ExitStack() as stack:
        url = address(tmp_path)
        first = started(url, "first", stack)
        heard(first, "began")
        asleep = started(url, "asleep", stack)
        heard(asleep, "began", "asleep")
        second = started(url, "second", stack)
        heard(second, "ready")
        first.kill()
        asleep.send_signal(signal.SIGSTOP)
        died = monotonic_ns()
        ends = {words[1]: words for words in (heard(second, "ended"), heard(second, "ended"))}
        asleep.send_signal(signal.SIGCONT)
        assert asleep.stdin is not None
        asleep.stdin.write("\n")
        asleep.stdin.flush()
        told = heard(asleep, "lost")
        latest = max(ends.values(), key=len)
        yield Course(int(latest[2]) - died, sorted(latest[3:]), told, second.pid)


def test_jobs_of_a_killed_and_of_a_sleeping_worker_are_done_once_and_soon(course: Course) -> None:
    """Both jobs are done within seconds by the one that lives; the sleeper, woken, ends and writes nothing."""
    assert course.nanoseconds < 30 * NANO  # two are usual; the machine may be busy
    assert course.rows == [f"asleep-{course.second}", f"first-{course.second}"]
    assert course.sleeper == ["lost", "asleep"]
