"""Running tests against a changed copy of the house: each stage of each change in a process of its own."""

import compileall
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, Literal, NamedTuple

from mutation.plan import Stage
from mutation.site import Site

HOUSE = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "examples", "docs", "pyproject.toml")
SHARED = ("pytest", "_pytest.assertion.rewrite", "hypothesis", "msgspec", "polars", "py_mini_racer")
"""Loaded once, before processes part; never anything of the house, which is what changes."""
Verdict = Literal["killed", "timeout", "survived", "unclear", "no time"]
_PASSED, _FAILED, _BROKEN, _CRASHED, _NONE_FOUND = 0, 1, 2, 3, 5
_OPTIONS = (
    "-x", "-q", "--tb=no", "--no-header", "-p", "no:xdist", "-p", "no:randomly", "--noconftest", "-p", "fixed_profile",
)  # fmt: skip
"""The office is left out: no test of a rule needs it, and setting it up takes longer than most of them."""
_SLOT = 4000
"""Letters of a test's name that are told."""
_SHARED_EARLY = ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")


class Ran(NamedTuple):
    """How one stage ended.

    Attributes:
        verdict: killed (a test failed, or the house did not load), timeout (far more processor time than the unchanged
            house takes), survived, or what notices nothing: unclear (pytest itself failed, or the wall clock ran out),
            no time (it was not run).
        by: the first test that failed; of a timeout, the test that went on for ever.
        seconds: processor time.
    """

    verdict: Verdict
    by: str
    seconds: float


class Bench:
    """A copy of the house in which one file at a time is changed."""

    def __init__(self, place: Path, other: "Bench | None" = None) -> None:
        """Copy what tests need; sources are compiled once, known by their content and never by their date.

        Args:
            place: where.
            other: a copy from which to take compiled sources.
        """
        self.place = place
        for name in COPIED:
            if (HOUSE / name).is_dir():
                shutil.copytree(HOUSE / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(HOUSE / name, place / name)
        if other is None:
            compileall.compile_dir(place / "src", quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        else:
            self.take_compiled(other, "src")

    def take_compiled(self, other: "Bench", part: str = "tests") -> None:
        """Take over what is compiled: tests, which never change, or sources, which are known by their content."""
        for made in (other.place / part).rglob("__pycache__"):
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


def benches(folder: Path, count: int) -> list[Bench]:
    """So many copies of the house in a folder."""
    first = Bench(folder / "0")
    return [first, *(Bench(folder / str(number), first) for number in range(1, count))]


def load_shared() -> None:
    """Import what every process needs, once: and what pytest would look for in each."""
    for name in (
        *SHARED,
        *(each.module for each in entry_points(group="pytest11") if each.module != "xdist.looponfail"),
    ):
        import_module(name)


def run_stage(place: Path, stage: Stage, limit: int, allowed: int, *, keep: bool = False) -> Ran:
    """Run one stage in a process of its own; `keep` lets it keep compiled tests, which never change."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 5))
            sys.dont_write_bytecode = not keep
            _child(place, stage, told.fileno())
        return _waited(child, limit, told.fileno())


def _child(place: Path, stage: Stage, told: int) -> None:
    """Run the tests in this process and leave with pytest's verdict; nothing of the changed code outlives it."""
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    os.chdir(place)
    sys.path[:0] = [str(place / "src"), str(place / "tests")]
    import pytest

    code = _CRASHED
    try:
        code = int(pytest.main([*_OPTIONS, *_SHARED_EARLY, *stage], plugins=[_Witness(told)]))
    finally:  # whatever happens, the copy of the caller that this process is goes no further
        os._exit(code)


class _Witness:
    """Tells which test began last, and which failed first."""

    def __init__(self, told: int) -> None:
        self._told = told
        self._failed = False

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._write(nodeid, 0)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._tell(report)

    def pytest_collectreport(self, report: Any) -> None:
        self._tell(report)

    def _tell(self, report: Any) -> None:
        if report.failed and not self._failed:
            self._failed = True
            self._write(report.nodeid, _SLOT)

    def _write(self, name: str, at: int) -> None:
        os.pwrite(self._told, name.encode()[:_SLOT].ljust(_SLOT, b"\0"), at)


def _waited(child: int, limit: int, told: int) -> Ran:
    for _ in range(limit * 50):
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            verdict = verdict_on(status)
            return Ran(verdict, _by(verdict, told), usage.ru_utime + usage.ru_stime)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    usage = os.wait4(child, 0)[2]
    return Ran("unclear", "", usage.ru_utime + usage.ru_stime)


def _by(verdict: Verdict, told: int) -> str:
    """The test that decided: what began last where it never ended, else the first that failed."""
    if verdict not in ("killed", "timeout"):
        return ""
    at = _SLOT if verdict == "killed" else 0
    return os.pread(told, _SLOT, at).rstrip(b"\0").decode(errors="replace")


def verdict_on(status: int) -> Verdict:
    """What a process that ended says: a test failed, the house did not load, it ran for ever, or it broke otherwise."""
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) == signal.SIGXCPU else "unclear"
    code = os.WEXITSTATUS(status)
    if code in (_FAILED, _BROKEN):
        return "killed"
    return "survived" if code in (_PASSED, _NONE_FOUND) else "unclear"
