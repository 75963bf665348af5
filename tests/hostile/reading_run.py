"""Reads a folder of hostile files as the program does, and prints what came of each and what it cost this process.

Run as `python -c "…; main()" FOLDER` by the test, so that no other test's memory is measured.
"""

import json
import sys
import time
from pathlib import Path

from jixiao.reading import Limits, Unreadable, eyes, read_all
from jixiao.reading.worker import Worker

DATA = Path(__file__).parents[1] / "data"
LIMITS = Limits(seconds=25, cpu_seconds=4)


def main() -> None:
    """Print one JSON object: verdicts by file name, the longest time of a file, and how far this process grew."""
    eyes.eyes_are_installed = lambda: False  # the verdict without the extra is the same on every machine
    slowest, read = [0], Worker._asked

    def timed(worker: Worker, kind: bytes, wanted: bytes, data: bytes, label: str) -> bytes:
        start = time.monotonic_ns()
        try:
            return read(worker, kind, wanted, data, label)
        finally:
            slowest[0] = max(slowest[0], time.monotonic_ns() - start)

    Worker._asked = timed  # type: ignore[assignment, method-assign]  # a stop-watch around it
    folder = Path(sys.argv[1])
    paths = sorted(folder.iterdir())
    for _ in read_all([DATA / "forms7.xlsx"] * 40, workers=2):
        """An honest run first: what it takes to hold forms is not the hostile files' doing."""
    before, grown = most_memory(), dict[str, int]()
    verdicts = {path.name: [""] for path in paths}
    for reading in read_all(paths, limits=LIMITS, workers=2):
        name = Path(reading.path).relative_to(folder).parts[0]
        verdicts[name].append(reading.outcome.code if isinstance(reading.outcome, Unreadable) else "read")
        grown[name] = max(grown.get(name, 0), most_memory() - before)
        before = most_memory()
    told = {"verdicts": verdicts, "slowest": slowest[0] // 10**9}
    json.dump(told | {"grown": max(grown.values()), "grown_by_all": sum(grown.values())}, sys.stdout)


def most_memory() -> int:
    """The most kilobytes that this process ever held (what `getrusage` tells includes the process that started it)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])
