"""A4: just within a limit a file passes, just beyond it is refused, and the sentence names the number."""

from drills.row import Drill, Outcome, Row
from hostile import limit_cases


def run(drill: Drill) -> Outcome:
    """Both sides of every case."""
    made = list(limit_cases.cases(drill.folder, full=drill.full))
    faults = [fault for case in made for fault in limit_cases.faults_of(case)]
    told = () if drill.full else ("processor time and clock with limits of 2 s",)
    return Outcome(2 * len(made), tuple(faults), (f"{len({case.limit for case in made})} limits", *told))


ROW = Row(
    id="A4", zh="恰在上限之内读取，超出即拒绝并说明数目", en="limits hold, and the refusal names the number",
    ci=40, full=40, unit="files at a limit", run=run,
)  # fmt: skip
