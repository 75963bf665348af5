"""The ledger: a line for every run of a row, and the table in docs/figures.md that is made from it."""

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]
HERE = HOUSE / "out" / "drills.jsonl"
"""What ran in this clone."""
KEPT = HOUSE / "docs" / "drills.jsonl"
"""What is kept in the repository: runs by hand, summed over the versions."""
BEGIN, END = "<!-- drills: begin -->", "<!-- drills: end -->"
_LONGEST = 400
"""Letters of what is told in the page; the ledger has all."""
Line = dict[str, Any]


@cache
def commit() -> str:
    """The commit, with a + where files differ from it; "unknown" outside of a clone."""
    found = _git("rev-parse", "--short", "HEAD")
    return f"{found}{'+' if _git('status', '--porcelain', '--untracked-files=no') else ''}" if found else "unknown"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False, cwd=HOUSE)
    return done.stdout.strip() if not done.returncode else ""


@cache
def machine() -> str:
    """The machine in words: cores, processor, system, Python."""
    return f"{os.cpu_count()} cores, {_processor()}, Linux {platform.release()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def note(line: Line) -> None:
    """Add a run."""
    HERE.parent.mkdir(exist_ok=True)
    about = {"day": datetime.now(UTC).date().isoformat(), "commit": commit(), "machine": machine()}
    with HERE.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | about, ensure_ascii=False) + "\n")


def lines(*files: Path) -> list[Line]:
    """The runs noted in some files, in order, each once."""
    there = [text for file in files if file.is_file() for text in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(text) for text in dict.fromkeys(there)]


def processor_seconds() -> dict[tuple[str, str], int]:
    """What the last kept run of each row in CI's measure took, by row and database."""
    return {(line["row"], line["database"]): line["processor_ms"] // 1000 for line in lines(KEPT) if not line["full"]}


def keep() -> int:
    """Take the runs of this clone, of whole commits only, into the ledger that is kept.

    Returns:
        How many runs it holds.
    """
    held = [line for line in lines(KEPT, HERE) if not line["commit"].endswith("+")]
    KEPT.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in held), encoding="utf-8")
    return len(held)


def write_figures(figures: Path) -> None:
    """Put the table into the page of figures, between its two marks.

    Raises:
        ValueError: the page has no such marks.
    """
    text = figures.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{figures}: {BEGIN} … {END} is missing")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    figures.write_text(f"{before}{BEGIN}\n" + "\n".join(table(lines(KEPT))) + f"\n{END}{after}", encoding="utf-8")


def table(runs: list[Line]) -> Iterator[str]:
    """The rows of the page: for each row and database the last run in CI's measure and the longest, and the sum."""
    yield "| row | claim | database | run | trials | faults | s | seed | commit | day | told | trials in all |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for key in sorted({(run["row"], run["database"]) for run in runs}):
        mine = [run for run in runs if (run["row"], run["database"]) == key]
        every = sum(run["count"] for run in mine)
        ordinary = [run for run in mine if not run["full"]][-1:]
        for run in (*ordinary, *_longest([run for run in mine if run["full"]])):
            yield _row(run, every)


def _longest(runs: list[Line]) -> list[Line]:
    return sorted(runs, key=lambda run: int(run["count"]))[-1:]


def _row(run: Line, every: int) -> str:
    told = _short("; ".join(run["told"]))
    cells = (
        run["row"], run["en"], run["database"], "full" if run["full"] else "CI", f"{run['count']:,} {run['unit']}",
        len(run["faults"]), f"{run['milliseconds'] / 1000:.1f}", run["seed"], run["commit"], run["day"], told,
        f"{every:,}",
    )  # fmt: skip
    return "| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
