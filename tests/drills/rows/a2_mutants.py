"""A2: files changed inside what holds them together are read or refused; none ends a child by an error of ours.

Counted are only files that got past the container: a zip whose directory our own judge finds harmless, a PDF that was
not refused as cut off or broken. The others are made up for.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from drills.row import Drill, Outcome, Row
from hostile.drill import verdicts
from hostile.mutations import held_mutants
from jixiao.reading import Unreadable
from jixiao.reading.container import open_container

_FAULTS: Final = 5
"""So many files that did harm are kept, to be looked at."""
KEPT: Final = Path(__file__).parents[3] / "out" / "mutants"


def run(drill: Drill) -> Outcome:
    """Read changed files until so many were past their container."""
    found, faults = Counter[tuple[str, str]](), list[str]()
    with contextlib.closing(verdicts(held_mutants(drill.seed))) as judged:
        while found.total() < drill.count:
            name, data, code = next(judged)
            if fault := fault_of(code):
                faults.append(f"{name}, seed {drill.seed}: {fault}{_kept(data, len(faults))}")
            if past_container(name, data, code):
                found[name, code.partition(":")[0]] += 1
    return Outcome(found.total(), tuple(faults), tuple(told(found)))


def past_container(name: str, data: bytes, code: str) -> bool:
    """Whether a reader saw the change."""
    if "PDF" in name:
        return code != "truncated_or_damaged"
    try:
        return bool(open_container(data, "f", name))
    except Unreadable:
        return False


def fault_of(code: str) -> str:
    """What is wrong with a verdict; empty if nothing is. A death by a signal is a verdict, an error of ours is none."""
    return code if "inner error" in code or code == "nothing" or "not of the contract" in code else ""


def _kept(data: bytes, number: int) -> str:
    if number >= _FAULTS:
        return ""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{number}"
    path.write_bytes(data)
    return f" ({path})"


def told(found: Counter[tuple[str, str]]) -> Iterator[str]:
    """The counts, by kind and verdict."""
    for name in dict.fromkeys(name for name, _ in found):
        mine = {code: number for (of, code), number in sorted(found.items()) if of == name}
        yield f"{name} {sum(mine.values())}: " + ", ".join(f"{code} {number}" for code, number in mine.items())


ROW = Row(
    id="A2", zh="改动过的文件各有结论，读取程序无内部错误", en="every changed file gets a verdict, no reader fails",
    ci=10_000, full=1_000_000, unit="mutated files past the container", run=run, cores=2,
)  # fmt: skip
