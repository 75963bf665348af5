"""What is done outside requests: reading a batch, making the pictures of a file, filing what is good."""

import time
from typing import Final

from django.utils import timezone

from jixiao.office.intake.door import visible_lines
from jixiao.office.intake.entering import enter
from jixiao.office.intake.models import Batch, Entry
from jixiao.office.intake.reading import read_some
from jixiao.office.intake.received import NotTaken
from jixiao.office.intake.showing import make_shown
from jixiao.office.intake.sorting import projects_of, sort
from jixiao.office.jobs import task
from jixiao.office.jobs.run import Run
from jixiao.office.people.models import User
from jixiao.scoring.sheet import Text

_TURN: Final = 10 * 10**9
"""Nanoseconds after which a batch lets other jobs go before it goes on."""


@task("intake.read")
def read_batch(run: Run, batch: int) -> None:
    """Read the files of a batch; a long one gives way now and then, so that a page that is looked at need not wait."""
    found = Batch.objects.select_related("round", "organisation", "by").get(pk=batch)
    began = time.monotonic_ns()

    def tell(message: Text) -> None:
        states = found.sources.exclude(state="unpacked")
        total, waiting = states.count(), states.filter(state="waiting").count()
        run.progress(total - waiting, total, message)

    def go_on(name: str) -> bool:
        tell(Text(f"读完 {name}", f"read {name}"))
        return time.monotonic_ns() - began < _TURN

    tell(Text("准备读取", "getting ready"))
    read_some(found, projects_of(found, found.by), go_on)
    if found.sources.filter(state="waiting").exists():
        with run.last_step():
            found.job = read_batch.using(unique=f"intake.read {batch} {run.claim.job}").enqueue(batch).pk
            found.save(update_fields=["job"])
        return
    sort(found)
    with run.last_step():
        found.read = timezone.now()
        found.save(update_fields=["read"])


@task("intake.show", priority=10)
def show(run: Run, sha256: str, name: str) -> None:
    """Make what is shown of a file beside what was read."""
    with run.last_step():
        make_shown(sha256, name)


@task("intake.take")
def take_good(run: Run, batch: int, person: int) -> None:
    """File every good line that the person may see, each in a transaction of its own; a refused one says why."""
    found = Batch.objects.select_related("round", "organisation").get(pk=batch)
    by = User.objects.get(pk=person)
    sort(found)
    waiting = list(visible_lines(by).filter(batch=found, verdict="good").values_list("pk", flat=True))
    for done, number in enumerate(waiting, 1):
        _take_one(number, by)
        run.progress(done, len(waiting), Text(f"已导入 {done} 张", f"{done} forms imported"))


def _take_one(number: int, by: User) -> None:
    related = ("batch__round__bureau", "batch__organisation", "source", "project__unit")
    entry = Entry.objects.select_related(*related).get(pk=number)
    try:
        enter(entry, by=by)
    except NotTaken as refusal:
        Entry.objects.filter(pk=number).exclude(verdict="filed").update(
            why_zh=refusal.why.zh, why_en=refusal.why.en, verdict="doubtful"
        )
