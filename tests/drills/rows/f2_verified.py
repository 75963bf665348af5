"""F2: a whole log is verified anew, and the proof for one event is short."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from drills.row import Drill, Outcome, Row
from jixiao.journal import tree
from jixiao.journal.checkpoint import Checkpoint, write
from jixiao.journal.exporting import write_log
from jixiao.journal.hashing import Pair, leaf
from jixiao.journal.line import Entry, encode
from jixiao.journal.opening import open_log
from jixiao.journal.verifying import verify_log
from journal.logs import BEGIN, KEY

SECONDS: Final = ((100_000, 2), (1_000_000, 15))
"""So many events may take so many seconds of processor time."""
_A_DAY: Final = 2_500
"""Events between two checkpoints."""
_LONGEST: Final = 20
"""Hashes in a proof at a million events."""


def run(drill: Drill) -> Outcome:
    """Verify a log of as many events as asked for; judge the time in the long form only."""
    faults: list[str] = []
    told: list[str] = []
    sizes = [size for size, _ in SECONDS if size < drill.count] if drill.full else []
    for size in [*sizes, drill.count]:
        lines, seconds, wrong = _verified(drill.folder / f"log-{size}", size)
        told.append(f"{lines:,} events in {seconds / 1000:.2f} s")
        faults += wrong
        most = max((limit for upto, limit in SECONDS if size >= upto), default=SECONDS[0][1])
        if drill.full and seconds > 1000 * most and size <= SECONDS[-1][0]:
            faults.append(f"{size:,} events took {seconds} ms of processor time, at most {most} s are promised")
    longest = max(len(path) for path in _proofs(max(drill.count, SECONDS[-1][0])))
    told.append(f"longest inclusion proof at {max(drill.count, SECONDS[-1][0]):,}: {longest} hashes")
    if longest > _LONGEST and drill.count <= SECONDS[-1][0]:
        faults.append(f"an inclusion proof has {longest} hashes, at most {_LONGEST} are promised")
    return Outcome(lines, tuple(faults), tuple(told))


def _verified(target: Path, size: int) -> tuple[int, int, list[str]]:
    """Lines verified, processor milliseconds, and what was wrong."""
    notes: list[str] = []
    write_log(_entries(size, notes), notes, [KEY.public], target)
    begun = time.process_time_ns()
    verdict = verify_log(open_log(target), [KEY.public])
    spent = (time.process_time_ns() - begun) // 10**6
    return verdict.lines, spent, [fault.text("en") for fault in verdict.faults]


def _entries(size: int, notes: list[str]) -> Iterator[Entry]:
    """A stream of events; a checkpoint is added to the list after each day's worth, and at the end."""
    frontier = tree.Frontier()
    for place in range(size):
        entry = Entry(
            place, place + 1, BEGIN + timedelta(seconds=place), place % 97, "张三", "filing.saved",
            f"filing/{place % 1000}", "/1/12/", f'{{"version":"{place}","cells":"indicators.3.actual"}}', "10.1.2.3",
        )  # fmt: skip
        frontier.extend([leaf(encode(entry))])
        yield entry
        if frontier.size % _A_DAY == 0 or frontier.size == size:
            at = entry.at + timedelta(seconds=1)
            notes.append(write(Checkpoint("jixiao.example/journal", frontier.size, frontier.root(), at), KEY))


def _proofs(size: int) -> Iterator[list[Pair]]:
    """Proofs for places on both sides of every border."""
    nothing = Pair(bytes(32), bytes(32))
    places = {(1 << bit) + more for bit in range(size.bit_length()) for more in (-1, 0, 1)} | {size - 1}
    for place in places:
        if 0 <= place < size:
            yield tree.inclusion(place, size, lambda *_: nothing)


ROW = Row(
    id="F2", zh="整份日志重新核验：十万条两秒内，一百万条十五秒内，一百万条中的证明不超过二十个杂凑值",
    en="whole log verified anew: 100,000 events in 2 s, 1,000,000 in 15 s; inclusion proof at most 20 hashes",
    ci=100_000, full=1_000_000, unit="events", run=run,
)  # fmt: skip
