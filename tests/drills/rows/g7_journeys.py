"""G7: journeys in a browser, and the pages on their way judged for accessibility: nothing serious."""

from drills.journeys import report, walked
from drills.ledger import HOUSE
from drills.row import Drill, Outcome, Row


def run(drill: Drill) -> Outcome:
    """Read, or make, the run of this tree; a page with anything serious fails its test there."""
    file, where = report(HOUSE, drill.folder)
    found = walked(file)
    return Outcome(found.journeys, found.faults, (f"{found.judged} walks of pages judged by axe-core", where))


ROW = Row(
    id="G7", zh="浏览器走查，无障碍无严重问题", en="journeys in a browser, nothing serious for accessibility", ci=12,
    full=12, unit="journeys", run=run, cores=2,
)  # fmt: skip
