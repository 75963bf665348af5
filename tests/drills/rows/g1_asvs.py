"""G1: each item of OWASP ASVS 5.0, level 1, leads to a test, a page or a setting that is there."""

from collections import Counter

from compliance.evidence import ASVS, Item, faults_of, is_shown, items
from drills.row import Drill, Outcome, Row

_LEVEL_1 = 70


def run(drill: Drill) -> Outcome:
    """Read the table; count the items that hold, or are out of scope for a reason."""
    found = list(items(ASVS))
    chosen = [item for item in found if item.level == 1] if drill.count <= _LEVEL_1 else found
    held = [item for item in chosen if is_shown(item) and not list(faults_of(item))]
    faults = [fault for item in found for fault in faults_of(item)]
    faults += [f"{item.id}: level 1, {item.verdict}" for item in found if item.level == 1 and not is_shown(item)]
    return Outcome(len(held), tuple(faults), tuple(_told(found)))


def _told(found: list[Item]) -> list[str]:
    """How many of each level are met, by setting, not met, out."""
    told = []
    for level in (1, 2):
        counts = Counter(item.verdict for item in found if item.level == level)
        told.append(f"level {level}: " + ", ".join(f"{number} {name}" for name, number in sorted(counts.items())))
    return [*told, "not met: " + " ".join(item.id for item in found if item.verdict == "not met")]


ROW = Row(
    id="G1", zh="ASVS 5.0 一级各条有证据", en="ASVS 5.0, every item of level 1 has evidence", ci=70, full=217,
    unit="items", run=run,
)  # fmt: skip
