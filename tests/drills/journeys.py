"""The journeys in a browser: those that ran on this very tree are read; where none did, they are run."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WAYS: Final = ("browser.test_journey_", "browser.test_first_start")
"""Modules whose tests are journeys of people from page to page."""
JUDGED: Final = "browser.test_accessible"
"""The module whose tests have axe-core judge the pages, in two languages and at two sizes."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of a run: journeys that went through, tests that judged pages, and faults in sentences."""

    journeys: int
    judged: int
    faults: tuple[str, ...]


def tree(house: Path) -> str:
    """What the clone holds, as git names it; empty where something is not committed."""
    told = [
        subprocess.run(words, cwd=house, capture_output=True, text=True, check=False).stdout.strip()
        for words in (["git", "status", "--porcelain"], ["git", "rev-parse", "HEAD^{tree}"])
    ]
    return "" if told[0] else told[1]


def report(house: Path, folder: Path) -> tuple[Path, str]:
    """The report of a run on this tree, and where it is from."""
    kept = house / "out" / "journeys.xml"
    noted, now = kept.with_suffix(".tree"), tree(house)
    if now and kept.is_file() and noted.is_file() and noted.read_text(encoding="ascii") == now:
        return kept, "run by ./dev test --browser on this tree"
    made = folder / "journeys.xml"
    subprocess.run([sys.executable, "tools/browser.py"], cwd=house, check=True, capture_output=True)
    tests = sorted(str(path) for path in (house / "tests" / "browser").glob("test_*.py") if "grid" not in path.name)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "browser", f"--junit-xml={made}", *tests]
    subprocess.run(command, cwd=house, check=False, capture_output=True)
    return made, "run here"


def walked(file: Path) -> Walked:
    """Read a report of pytest."""
    if not file.is_file():
        return Walked(0, 0, ("the journeys did not run",))
    journeys, judged, faults = 0, 0, []
    for case in ET.parse(file).iter("testcase"):  # noqa: S314 -- pytest's own report
        place = case.get("classname", "")
        bad = next((each for each in ("failure", "error", "skipped") if case.find(each) is not None), "")
        if bad:
            faults.append(f"{place}::{case.get('name', '')}: {bad}")
        journeys += not bad and any(way in place for way in WAYS)
        judged += not bad and JUDGED in place
    if not judged:
        faults.append("no page was judged for accessibility")
    return Walked(journeys, judged, tuple(faults))
