"""G5: no fix without a test that failed before it."""

from drills.fixes import Shallow, chosen, judged
from drills.ledger import HOUSE
from drills.row import Drill, Outcome, Row

_WHOLE = "浅克隆没有改正的历史，请先运行 A shallow clone lacks the fixes, run first: git fetch --unshallow"


def run(drill: Drill) -> Outcome:
    """Judge the newest commits with a trailer `Fault:`; the long form judges all of them."""
    try:
        found = list(chosen(HOUSE, 10_000 if drill.full else drill.count))
    except Shallow:
        return Outcome(0, (_WHOLE,))
    verdicts = [judged(HOUSE, fix, drill.folder) for fix in found]
    faults = tuple(fault for verdict in verdicts for fault in verdict.faults)
    tests = sum(len(fix.tests) for fix in found)
    not_imported = sum(verdict.not_imported for verdict in verdicts)
    told = f"{tests} tests named; {not_imported} of them could not even be imported on the parent"
    return Outcome(len(found), faults, (told,))


ROW = Row(
    id="G5", zh="改正之前必有失败的测试", en="no fix without a test that failed before it", ci=5, full=12, unit="fixes",
    run=run,
)  # fmt: skip
