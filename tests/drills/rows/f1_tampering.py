"""F1: whoever tampers with a log is seen by the stand-alone verifier, and an honest log is believed."""

from collections import Counter
from collections.abc import Iterator

from drills.row import Drill, Outcome, Row
from jixiao.journal.verifying import verify_log
from jixiao.journal.words import Unreadable
from journal.logs import clean, dice_of
from journal.tampering import WAYS, whole


def run(drill: Drill) -> Outcome:
    """Tamper with as many logs as asked for, every way in turn, and verify as many honest ones."""
    ways = list(WAYS)
    seen: Counter[str] = Counter()
    faults = []
    for number in range(drill.count):
        name = ways[number % len(ways)]
        if fault := _tampered(name, f"{drill.seed} {number}"):
            faults.append(fault)
        else:
            seen[name] += 1
    alarms = list(_alarms(drill))
    told = (
        f"{len(ways)} ways of tampering, {sum(seen.values()):,} seen",
        f"{drill.count:,} clean, {len(alarms)} alarms",
    )
    return Outcome(drill.count, (*faults, *alarms), told)


def _tampered(name: str, seed: str) -> str:
    """What went wrong with one trial; "" for nothing."""
    dice = dice_of(f"{name} {seed}")
    tamper, codes = WAYS[name]
    made = whole(dice)
    tamper(made, dice)
    try:
        told = {fault.code for fault in verify_log(*made.given()).faults}
    except Unreadable:
        return ""
    if not told:
        return f"{name}, seed {seed}: not seen"
    return "" if told & codes else f"{name}, seed {seed}: told as {sorted(told)}, expected one of {sorted(codes)}"


def _alarms(drill: Drill) -> Iterator[str]:
    for number in range(drill.count):
        faults = verify_log(*clean(dice_of(f"clean {drill.seed} {number}")).given()).faults
        if faults:
            yield f"clean log, seed {drill.seed} {number}: false alarm {faults[0].text('en')}"


ROW = Row(
    id="F1", zh="对日志的每一种篡改都被独立的核验程序发现，完好的日志不误报",
    en="tampering is seen by the stand-alone verifier: edit, delete, insert, reorder, truncate, old database, forgery",
    ci=10_000, full=1_000_000, unit="trials", run=run,
)  # fmt: skip
