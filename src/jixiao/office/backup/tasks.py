"""What the room leaves to the queue: the backup of the day."""

from datetime import time
from typing import Final

from jixiao.desk.errors import WrongUse
from jixiao.office.backup import daily
from jixiao.office.backup.damage import Damaged
from jixiao.office.jobs import Daily, task
from jixiao.office.jobs.run import JobFailed, Run
from jixiao.scoring.sheet import Text

KIND: Final = "backup.daily"


@task(KIND, priority=-10, attempts=2, every=Daily(time(2, 30)))
def back_up(run: Run) -> None:
    """Make the backup of the day, where a folder for it is named; why it failed stands on the page of backups."""
    place = daily.folder()
    if place is None:
        return
    try:
        made = daily.make(place, lambda what: run.progress(0, 1, Text(what, what)))
    except (WrongUse, Damaged) as error:
        raise JobFailed(error.zh, error.en) from error
    with run.last_step({"size": str(made.size), "sha256": made.sha256}):
        pass
