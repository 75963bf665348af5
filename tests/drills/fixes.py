"""Fixes and their tests: a commit with a trailer `Fault:` names tests that fail on its parent and pass on itself."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NODE: Final = re.compile(r"tests/[\w/]+\.py::\w+")
_PATIENCE: Final = 600


@dataclass(frozen=True, slots=True)
class Fix:
    """A commit that mends a fault.

    Attributes:
        commit: its hash.
        tests: the tests that it names, "tests/a/test_b.py::test_c".
    """

    commit: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fix: its faults in sentences, and how many of its tests the parent could not even import."""

    faults: tuple[str, ...]
    not_imported: int = 0


class Shallow(RuntimeError):
    """The clone lacks the history that fixes are judged by."""


def fixes(house: Path) -> list[Fix]:
    """The fixes of the history, the newest first.

    Raises:
        Shallow: the history is not all here, or there is none.
    """
    if _git(house, "rev-parse", "--is-shallow-repository").strip() != "false":
        raise Shallow
    told = _git(house, "log", "--grep=^Fault:", "--format=%H%x00%(trailers:key=Fault,valueonly,separator=%x20)%x01")
    found = (line.strip().partition("\0") for line in told.split("\x01") if line.strip())
    return [Fix(commit, tuple(dict.fromkeys(_NODE.findall(tests)))) for commit, _, tests in found]


def judged(house: Path, fix: Fix, folder: Path) -> Verdict:
    """Run the tests of a fix on its parent, with the tests of the fix laid over, and on itself."""
    name = fix.commit[:9]
    if not fix.tests:
        return Verdict((f"{name}: its trailer names no test",))
    before, after = folder / f"{name}-before", folder / f"{name}-after"
    _laid_out(house, f"{fix.commit}^", before)
    _laid_out(house, fix.commit, before, "tests")
    _laid_out(house, fix.commit, after)
    on_parent, on_fix = _ran(before, fix.tests), _ran(after, fix.tests)
    faults = [f"{name}: {test} does not fail on the parent" for test in fix.tests if on_parent.get(test) == "passed"]
    faults += [f"{name}: {test} does not pass ({on_fix.get(test, 'not found')})" for test in fix.tests
               if on_fix.get(test) != "passed"]  # fmt: skip
    return Verdict(tuple(faults), sum(test not in on_parent for test in fix.tests))


def _laid_out(house: Path, commit: str, folder: Path, *paths: str) -> None:
    """Put the files of a commit into a folder."""
    folder.mkdir(exist_ok=True)
    packed = subprocess.run(["git", "archive", commit, *paths], cwd=house, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)


def _ran(folder: Path, tests: tuple[str, ...]) -> dict[str, str]:
    """What became of tests in a folder: "passed" or "failed"; one that was not reached is missing."""
    report = folder / "report.xml"
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JIXIAO_DATA")}
    environment = kept | {"PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder / 'tests'}", "PYTHONWARNINGS": ""}
    command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *tests]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=_PATIENCE)
    return _read(report) if report.is_file() else {}


def _read(report: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 -- pytest's own report
        test = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '').partition('[')[0]}"
        bad = any(case.find(each) is not None for each in ("failure", "error", "skipped"))
        if bad or found.get(test) != "failed":
            found[test] = "failed" if bad else "passed"
    return found


def _git(house: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=house, capture_output=True, text=True, check=False)
    return done.stdout


def chosen(house: Path, count: int) -> Iterator[Fix]:
    """The newest fixes, so many."""
    yield from fixes(house)[:count]
