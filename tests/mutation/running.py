"""Running tests against a changed copy of the house: each change in a process of its own."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from mutation.site import Site

HOUSE = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "examples", "pyproject.toml")
Verdict = Literal["killed", "timeout", "survived"]


class Judged(NamedTuple):
    """A change with its verdict, and how long that took in whole seconds."""

    site: Site
    verdict: Verdict
    seconds: int


class Bench:
    """A copy of the house in which one file at a time is changed."""

    def __init__(self, place: Path) -> None:
        """Copy what tests need."""
        self.place = place
        for name in COPIED:
            if (HOUSE / name).is_dir():
                shutil.copytree(HOUSE / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(HOUSE / name, place / name)

    def judge(self, site: Site, tests: Sequence[str], limit: int) -> Judged:
        """Change the file, run the tests until one fails, put the file back."""
        path = self.place / site.file
        text = path.read_text(encoding="utf-8")
        path.write_text(site.changed(text), encoding="utf-8")
        started = time.monotonic_ns()
        try:
            verdict = _run(self.place, tests, limit)
        finally:
            path.write_text(text, encoding="utf-8")
        return Judged(site, verdict, (time.monotonic_ns() - started) // 10**9)

    def clean(self, tests: Sequence[str], limit: int) -> bool:
        """Whether the tests pass on the unchanged copy."""
        return _run(self.place, tests, limit) == "survived"


def _run(place: Path, tests: Sequence[str], limit: int) -> Verdict:
    child = os.fork()
    if child == 0:
        os.setsid()
        _child(place, tests)
    return _waited(child, limit)


def _child(place: Path, tests: Sequence[str]) -> None:
    """Run the tests in this process and leave with pytest's verdict; nothing of the changed code outlives it."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    os.chdir(place)
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(place / "src"), str(place / "tests")]
    import pytest

    code = pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:randomly", "--no-header", *tests])
    os._exit(int(code))


def _waited(child: int, limit: int) -> Verdict:
    for _ in range(limit * 20):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "killed"
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"
