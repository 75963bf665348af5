"""Entrants run, each in a process of its own whose processor time is measured, and judged by the judge anyone has."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmark.judge import judge

_HOUSE: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Entrant:
    """A program that does a task.

    Attributes:
        task: which.
        name: as the board names it.
        work: module of `benchmark.entrants` and function in it.
        needs: the package that must be installed; empty for none.
        most: forms (or texts) beyond which it is left out, being too slow for the figure to be waited for.
    """

    task: str
    name: str
    work: str
    needs: str = ""
    most: int = 10**9


ENTRANTS: Final = (
    Entrant("reading", "Jixiao", "ours:reading"),
    Entrant("reading", "pdfplumber and rules by hand (PDF only)", "tables:by_pdfplumber", "pdfplumber"),
    Entrant("reading", "camelot and rules by hand (PDF only)", "tables:by_camelot", "camelot"),
    Entrant("scores", "Jixiao, form by form", "ours:scores", most=20_000),
    Entrant("scores", "plain Decimal", "plain:scores"),
    Entrant("scores", "DuckDB SQL by hand", "sql:by_hand", "duckdb"),
    Entrant("scores", "pandas, float64", "floats:by_pandas", "pandas"),
    Entrant("scores", "OpenFisca, float32", "floats:by_openfisca", "openfisca_core"),
    Entrant("questions", "Jixiao, form by form", "ours:questions", most=20_000),
    Entrant("questions", "DuckDB SQL by hand (three checks)", "sql:by_hand", "duckdb"),
    Entrant("pairs", "datasketch", "similar:by_datasketch", "datasketch"),
    Entrant("pairs", "rensa", "similar:by_rensa", "rensa"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an entrant: the judge's words, seconds of processor time in hundredths, or why it did not run."""

    entrant: Entrant
    found: dict[str, Any]
    hundredths: int = 0
    missing: str = ""


def run_all(benchmark: Path, submissions: Path, only: str = "") -> Iterator[Judged]:
    """Run and judge every entrant, or those of one task.

    Args:
        benchmark: the folder of the benchmark.
        submissions: where their answers go, a folder each.
        only: a task; empty for all.
    """
    forms = json.loads((benchmark / "benchmark.json").read_text("utf-8"))["forms"]
    for number, entrant in enumerate(ENTRANTS):
        if only in ("", entrant.task):
            yield _run(benchmark, submissions / f"{number:02}-{entrant.task}", entrant, forms)


def _run(benchmark: Path, out: Path, entrant: Entrant, forms: int) -> Judged:
    if entrant.needs and importlib.util.find_spec(entrant.needs) is None:
        return Judged(entrant, {}, missing="not installed here: --peers")
    if forms > entrant.most:
        return Judged(entrant, {}, missing=f"run up to {entrant.most} forms")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    module, _, function = entrant.work.partition(":")
    code = "import sys; from pathlib import Path; from benchmark.entrants import " + module
    code += f"; {module}.{function}(*map(Path, sys.argv[1:]))"
    hundredths = _timed([sys.executable, "-c", code, str(benchmark), str(out)])
    run = {"name": entrant.name, "cpu_seconds": {entrant.task: f"{hundredths // 100}.{hundredths % 100:02}"}}
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return Judged(entrant, judge(benchmark, out), hundredths)


def _timed(command: list[str]) -> int:
    """Hundredths of a second of processor time that a command and its children took."""
    path = os.pathsep.join((str(_HOUSE / "tests"), str(_HOUSE / "src")))
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, cwd=_HOUSE)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return round((used.ru_utime + used.ru_stime) * 100)
