"""What the store of files needs by itself: to be swept once a day."""

from datetime import time

from jixiao.office.filing.sweeping import sweep
from jixiao.office.jobs import Daily, task
from jixiao.office.jobs.run import Run


@task("filing.sweep", priority=-10, every=Daily(time(4, 40)))
def sweep_store(run: Run) -> None:
    """Take away files that no row names; what was found stands in the job."""
    found = sweep()
    with run.last_step({"orphans": found.orphans, "unfinished": found.unfinished, "removed": found.removed}):
        pass
