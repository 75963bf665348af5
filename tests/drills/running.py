"""Running rows: each in a process of its own, one-core rows three at a time, a second time on PostgreSQL if wanted.

The rows that took longest when they were last kept begin first, so that both cores are busy to the end.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from drills import ledger
from drills.row import Row

_TOGETHER = 3
"""Rows at a time on two cores: those that kill, lock and restart wait half of their time."""
_UNKNOWN = 60
"""Processor seconds of a row of which no run was kept."""
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
    """Run rows and note them in the ledger; tell at the end what each took, and what failed.

    Returns:
        The names of those that failed.
    """
    took = ledger.processor_seconds()
    jobs = [_Job(one, database) for one in asked for database in _databases(one.row)]
    jobs.sort(key=lambda job: took.get((job.asked.row.id, job.database), _UNKNOWN), reverse=True)
    wide, narrow = ([job for job in jobs if (job.asked.row.cores > 1) == two] for two in (True, False))
    with ThreadPoolExecutor(_TOGETHER) as pool:
        lines = [*pool.map(_run, narrow), *map(_run, wide)]
    print("\n".join(summary(lines)), flush=True)
    return [_name(line) for line in lines if line["faults"]]


def summary(lines: Sequence[Line]) -> Iterator[str]:
    """What every row took, the longest first, and once more the faults of those that failed: a log may be cut."""
    yield "== seconds on the clock (of the processor)"
    for line in sorted(lines, key=lambda line: -_number(line, "milliseconds")):
        clock, processor = (_number(line, name) // 1000 for name in ("milliseconds", "processor_ms"))
        yield f"{_name(line):16} {clock:5} ({processor:4}) {'FAILED' if line['faults'] else ''}".rstrip()
    for line in lines:
        faults = line["faults"]
        assert isinstance(faults, list)
        yield from (f"FAILED {_name(line)}: {fault}" for fault in faults)


def _name(line: Line) -> str:
    return f"{line['row']} ({line['database']})" if line["database"] else str(line["row"])


def _number(line: Line, name: str) -> int:
    return int(str(line[name]))


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
    seconds = _number(line, "milliseconds") // 1000
    where = f" {line['database']}" if line["database"] else ""
    told = "; ".join(map(str, line["told"] if isinstance(line["told"], list) else ()))
    print(
        f"{asked.row.id:3}{where} {verdict}: {line['count']} {asked.row.unit}, seed {asked.seed}, {seconds} s: "
        f"{asked.row.zh} {asked.row.en}" + (f" ({told})" if told else ""),
        *(f"    {fault}" for fault in faults), sep="\n", flush=True,
    )  # fmt: skip
