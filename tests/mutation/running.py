"""Running tests against a changed copy of the house: each stage of each change in a process of its own."""

import compileall
import os
import resource
import shutil
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, Literal, NamedTuple

from mutation.plan import Stage
from mutation.site import Site

HOUSE = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "examples", "docs", "pyproject.toml")
SHARED = ("pytest", "_pytest.assertion.rewrite", "hypothesis", "msgspec", "polars", "py_mini_racer")
"""Loaded once, before processes part; never anything of the house, which is what changes."""
Verdict = Literal["killed", "timeout", "survived", "unclear"]
_PASSED, _FAILED, _BROKEN, _CRASHED, _NONE_FOUND = 0, 1, 2, 3, 5
_OPTIONS = ("-x", "-q", "--tb=no", "--no-header", "-p", "no:xdist", "-p", "no:randomly")
_SHARED_EARLY = ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")


class Ran(NamedTuple):
    """How one stage ended.

    Attributes:
        verdict: killed (a test failed, or the house did not load), timeout (far more processor time than the unchanged
            house takes), survived, or unclear (pytest itself failed, or the wall clock ran out), which notices nothing.
        by: the first test that failed.
        seconds: processor time.
    """

    verdict: Verdict
    by: str
    seconds: float


class Bench:
    """A copy of the house in which one file at a time is changed."""

    def __init__(self, place: Path) -> None:
        """Copy what tests need; sources are compiled once, known by their content and never by their date."""
        self.place = place
        for name in COPIED:
            if (HOUSE / name).is_dir():
                shutil.copytree(HOUSE / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(HOUSE / name, place / name)
        compileall.compile_dir(place / "src", quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)

    def take_compiled(self, other: "Bench") -> None:
        """Take over compiled tests, which never change."""
        for made in (other.place / "tests").rglob("__pycache__"):
            shutil.copytree(made, self.place / made.relative_to(other.place), dirs_exist_ok=True)

    def judge(self, site: Site, stage: Stage, limit: int, allowed: int) -> Ran:
        """Change the file, run a stage until a test fails, put the file back.

        Args:
            site: the change.
            stage: what pytest is given.
            limit: seconds on the clock; beyond, nothing is told.
            allowed: seconds of processor time; beyond, the change never ends.
        """
        path = self.place / site.file
        text = path.read_text(encoding="utf-8")
        path.write_text(site.changed(text), encoding="utf-8")
        try:
            return run_stage(self.place, stage, limit, allowed)
        finally:
            path.write_text(text, encoding="utf-8")


def load_shared() -> None:
    """Import what every process needs, once."""
    for name in SHARED:
        import_module(name)


def run_stage(place: Path, stage: Stage, limit: int, allowed: int, *, keep: bool = False) -> Ran:
    """Run one stage in a process of its own; `keep` lets it keep compiled tests, which never change."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 5))
        sys.dont_write_bytecode = not keep
        _child(place, stage, writing)
    os.close(writing)
    try:
        return _waited(child, limit, reading)
    finally:
        os.close(reading)


def _child(place: Path, stage: Stage, writing: int) -> None:
    """Run the tests in this process and leave with pytest's verdict; nothing of the changed code outlives it."""
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    os.chdir(place)
    sys.path[:0] = [str(place / "src"), str(place / "tests")]
    import pytest

    code = _CRASHED
    try:
        code = int(pytest.main([*_OPTIONS, *_SHARED_EARLY, *stage], plugins=[_Witness(writing)]))
    finally:  # whatever happens, the copy of the caller that this process is goes no further
        os._exit(code)


class _Witness:
    """Tells which test failed first."""

    def __init__(self, writing: int) -> None:
        self._writing = writing

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._tell(report)

    def pytest_collectreport(self, report: Any) -> None:
        self._tell(report)

    def _tell(self, report: Any) -> None:
        if report.failed:
            os.write(self._writing, f"{report.nodeid}\n".encode()[:4000])


def _waited(child: int, limit: int, reading: int) -> Ran:
    for _ in range(limit * 50):
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            by = os.read(reading, 4000).decode(errors="replace").partition("\n")[0] if status else ""
            return Ran(verdict_on(status), by, usage.ru_utime + usage.ru_stime)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    usage = os.wait4(child, 0)[2]
    return Ran("unclear", "", usage.ru_utime + usage.ru_stime)


def verdict_on(status: int) -> Verdict:
    """What a process that ended says: a test failed, the house did not load, it ran for ever, or it broke otherwise."""
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) == signal.SIGXCPU else "unclear"
    code = os.WEXITSTATUS(status)
    if code in (_FAILED, _BROKEN):
        return "killed"
    return "survived" if code in (_PASSED, _NONE_FOUND) else "unclear"
