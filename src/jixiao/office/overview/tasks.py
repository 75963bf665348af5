"""What is done outside requests: long inquiries are answered, old ones are forgotten."""

from datetime import time, timedelta
from typing import Final

from django.utils import timezone

from jixiao.office.jobs import Daily, task
from jixiao.office.jobs.run import JobFailed, Run
from jixiao.office.overview.answers import answer
from jixiao.office.overview.models import Inquiry
from jixiao.scoring.sheet import Text

_KEPT: Final = timedelta(days=90)


@task("overview.answer")
def answer_inquiry(run: Run, inquiry: int) -> None:
    """Answer an inquiry."""
    found = Inquiry.objects.select_related("round", "node", "by").filter(pk=inquiry).first()
    if found is None:
        raise JobFailed("这次试算已不在。", "This inquiry is gone.")

    def watch(done: int, total: int) -> None:
        run.progress(done, total, Text(f"已看 {done} 张表", f"{done} forms done"))

    answer(found, watch)
    with run.last_step():
        found.save()


@task("overview.forget", every=Daily(time(3, 40)))
def forget(run: Run) -> None:
    """Delete inquiries of more than 90 days ago; they can be asked again."""
    with run.last_step():
        Inquiry.objects.filter(made__lt=timezone.now() - _KEPT).delete()
