"""What the queue itself has to do: forget jobs that were over long ago."""

from datetime import time, timedelta
from typing import Final

from django.utils import timezone

from jixiao.office.jobs.models import Job
from jixiao.office.jobs.registry import Daily, task
from jixiao.office.jobs.run import Run

_KEPT: Final = timedelta(days=30)


@task("jobs.forget", every=Daily(time(3, 30)))
def forget(run: Run) -> None:
    """Delete jobs that ended more than 30 days ago; what they did is kept elsewhere."""
    with run.last_step():
        Job.objects.filter(over_at__lt=timezone.now() - _KEPT).delete()
