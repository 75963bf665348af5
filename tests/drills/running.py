"""Running rows: each in a process of its own, one-core rows two at a time, a second time on PostgreSQL where wanted."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from drills import ledger
from drills.row import Row

PATIENCE = 900
"""Seconds that a row may take in CI's measure; one takes minutes at most."""
Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """A row and how it is to be run."""

    row: Row
    count: int
    seed: int
    full: bool


@dataclass(frozen=True, slots=True)
class _Job:
    asked: Asked
    database: str


def run_all(asked: Sequence[Asked]) -> list[str]:
    """Run rows and note them in the ledger.

    Returns:
        The names of those that failed.
    """
    jobs = [_Job(one, database) for one in asked for database in _databases(one.row)]
    wide, narrow = ([job for job in jobs if (job.asked.row.cores > 1) == two] for two in (True, False))
    with ThreadPoolExecutor(2) as pool:
        lines = [*pool.map(_run, narrow), *map(_run, wide)]
    return [f"{line['row']} ({line['database']})" for line in lines if line["faults"]]


def _databases(row: Row) -> tuple[str, ...]:
    return ("SQLite", "PostgreSQL") if row.postgresql else ("",)


def count_of(asked: Asked) -> int:
    """The trials of one run: half of CI's measure where two databases share it."""
    return -(-asked.count // 2) if asked.row.shared and not asked.full else asked.count


def _run(job: _Job) -> Line:
    asked = job.asked
    before = (sys.executable, "tools/postgresql.py") if job.database == "PostgreSQL" else ()
    words = (asked.row.id, str(count_of(asked)), str(asked.seed), "full" if asked.full else "ci")
    done = _done([*before, sys.executable, "-m", "drills.one", *words], job)
    line: Line = {
        "row": asked.row.id, "en": asked.row.en, "unit": asked.row.unit, "database": job.database, "seed": asked.seed,
        "full": asked.full, **_outcome(done),
    }  # fmt: skip
    ledger.note(line)
    _tell(line, asked)
    return line


def _done(command: list[str], job: _Job) -> "subprocess.CompletedProcess[str]":
    """Run the row to its end; one that hangs in CI is ended, with all it has started."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ledger.HOUSE, env=_environment(job),
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            out, err = process.communicate(timeout=None if job.asked.full else PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            err += f"\nended after {PATIENCE} s"
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _environment(job: _Job) -> dict[str, str]:
    """Ours, without an office of the caller's: a row on SQLite must never reach a database that is in use."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JIXIAO_DATA")}
    return kept | {"PYTHONPATH": str(ledger.HOUSE / "tests"), "PYTHONWARNINGS": "ignore"}


def _outcome(done: "subprocess.CompletedProcess[str]") -> Line:
    """The last line that the row printed; a row that died has failed."""
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if done.returncode == 0 and last.startswith("{"):
        return dict(json.loads(last))
    tail = "\n".join([*done.stdout.splitlines()[-5:], *done.stderr.splitlines()[-25:]])
    return {
        "count": 0,
        "faults": [f"the row ended with {done.returncode}:\n{tail}"],
        "told": [],
        "milliseconds": 0,
        "processor_ms": 0,
    }


def _tell(line: Line, asked: Asked) -> None:
    faults = line["faults"]
    assert isinstance(faults, list)
    verdict = "FAILED" if faults else "passed"
    seconds = int(str(line["milliseconds"])) // 1000
    where = f" {line['database']}" if line["database"] else ""
    told = "; ".join(map(str, line["told"] if isinstance(line["told"], list) else ()))
    print(
        f"{asked.row.id:3}{where} {verdict}: {line['count']} {asked.row.unit}, seed {asked.seed}, {seconds} s: "
        f"{asked.row.zh} {asked.row.en}" + (f" ({told})" if told else ""),
        *(f"    {fault}" for fault in faults), sep="\n", flush=True,
    )  # fmt: skip
