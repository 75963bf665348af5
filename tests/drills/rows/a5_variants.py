"""A5: what no office program writes is refused, whatever container and part it stands in, and the reason is named.

Macros, embedded objects and links to the outside are no reason to refuse: honest forms have them. They are not opened,
and said; `tests/hostile/hostile_docx.py` and `hostile_xlsx.py` have those.
"""

from itertools import islice

from drills.row import Drill, Outcome, Row
from hostile.variants import Variant, variants
from jixiao.reading import Unreadable
from jixiao.reading.parse import parse_bytes

CODES = frozenset({"unsafe_content", "encrypted"})


def run(drill: Drill) -> Outcome:
    """Every variant, or as many as are asked for."""
    made = list(variants() if drill.full else islice(variants(), max(drill.count, 1)))
    faults = [fault for variant in made if (fault := fault_of(variant))]
    return Outcome(len(made), tuple(faults), (f"{len({variant.reason for variant in made})} reasons",))


def fault_of(variant: Variant) -> str:
    """What is wrong with a verdict; empty if it is a refusal that names the reason."""
    try:
        parse_bytes(variant.data, "f", None)
    except Unreadable as refusal:
        right = refusal.code in CODES and variant.reason in refusal.en
        return "" if right else f"{variant.name}: {refusal.code}: {refusal.en}"
    return f"{variant.name}: was read"


ROW = Row(
    id="A5", zh="容器里不该有的东西一律拒绝并说明理由", en="what no office program writes is refused, with the reason",
    ci=40, full=80, unit="variants", run=run,
)  # fmt: skip
