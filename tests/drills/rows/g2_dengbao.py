"""G2: each clause of 等保 level 3 (application side), 密评 and the law leads to a test or a step of deployment."""

from collections import Counter

from compliance.evidence import DENGBAO, faults_of, items
from drills.row import Drill, Outcome, Row

_SEEN = ("recalled", "text-seen")


def run(drill: Drill) -> Outcome:
    """Read the map."""
    found = list(items(DENGBAO))
    faults = [fault for item in found for fault in faults_of(item)]
    faults += [f"{item.id}: nobody says whether the text was seen" for item in found if item.seen not in _SEEN]
    counts = Counter(item.verdict for item in found)
    told = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
    not_met = " ".join(item.id for item in found if item.verdict == "not met")
    return Outcome(len(found), tuple(faults), (told, f"not met: {not_met}"))


ROW = Row(
    id="G2", zh="等保三级、密评逐条有测试或部署步骤", en="GB/T 22239 level 3: each clause has a test or a step",
    ci=40, full=40, unit="clauses", run=run,
)  # fmt: skip
