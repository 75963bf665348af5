"""One row in a process of its own: its outcome is printed as the last line, as JSON."""

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from drills import shelf
from drills.row import Drill, Outcome

_MOST_FAULTS = 50


def main(identifier: str, count: str, seed: str, full: str) -> None:
    """Run it. What it prints by itself goes before."""
    row = shelf.row(identifier)
    with tempfile.TemporaryDirectory(prefix=f"jixiao-drill-{identifier}-", ignore_cleanup_errors=True) as folder:
        start = time.monotonic_ns()
        outcome = judged(row.run(Drill(int(count), int(seed), Path(folder), full == "full")), int(count))
        spent = {"milliseconds": (time.monotonic_ns() - start) // 10**6, "processor_ms": _processor()}
    print("\n" + json.dumps(asdict(outcome) | spent, ensure_ascii=False), flush=True)


def judged(outcome: Outcome, asked: int) -> Outcome:
    """The outcome, with a fault more where less was tried than was asked for."""
    short = (f"{outcome.count} 次，要求 {asked} 次 tried {outcome.count} times, asked for {asked}",)
    faults = (*outcome.faults, *(short if outcome.count < asked else ()))
    return Outcome(outcome.count, faults[:_MOST_FAULTS], outcome.told)


def _processor() -> int:
    """Processor time of the process and of the children that have ended, in milliseconds."""
    spent = os.times()
    return round(1000 * (spent.user + spent.system + spent.children_user + spent.children_system))


if __name__ == "__main__":
    main(*sys.argv[1:])
