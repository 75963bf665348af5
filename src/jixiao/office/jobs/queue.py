"""The acts on the table of jobs. Each is one guarded UPDATE: whoever comes second changes nothing and is told so.

A worker holds a job by a lease that it renews. A worker that was killed, or whose machine sleeps, loses it to the next
one; should it come back, its every write is refused, for the job no longer carries its name and number of attempt.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from jixiao.office.jobs.models import Job
from jixiao.office.jobs.wake import WAKE
from jixiao.scoring.sheet import Text

if TYPE_CHECKING:
    from jixiao.office.jobs.registry import Task

LEASE: Final = timedelta(seconds=5)
"""For so long a worker may be silent."""
_CANDIDATES: Final = 8
_LONGEST_PAUSE: Final = timedelta(minutes=10)

_GIVEN_UP: Final = Text(
    "处理它的进程多次中途停止，已放弃。请把文件或数据分小再试；仍不行请告诉管理员。",
    "The process that worked on it stopped again and again; it was given up. Try with smaller parts; tell the"
    " administrator if that does not help.",
)


class Lost(Exception):
    """The job is no longer this worker's: its lease ran out and another took it, or it is over."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's hold on a job, told from every other by worker and attempt."""

    job: int
    kind: str
    payload: str
    worker: str
    attempt: int
    most_attempts: int

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of the function."""
        return msgspec.json.decode(self.payload, type=dict[str, Any])

    @property
    def rows(self) -> QuerySet[Job]:
        """The job, if it is still held."""
        return Job.objects.filter(
            pk=self.job, worker=self.worker, attempts=self.attempt, state=Job.State.RUNNING
        )  # fmt: skip


def put(what: "Task[...]", payload: str) -> Job:
    """Put a job into the queue, in the transaction of the caller.

    Returns:
        The job; with a unique key, the one that already waits or runs.
    """
    fields: dict[str, Any] = {
        "kind": what.kind, "payload": payload, "priority": what.priority, "most_attempts": what.attempts,
        "due_at": what.run_after or timezone.now(),
    }  # fmt: skip
    if what.unique is None:
        job = Job.objects.create(**fields)
    else:
        job, _ = Job.objects.get_or_create(unique_key=what.unique, defaults=fields)
    transaction.on_commit(WAKE.set)
    return job


def claim(worker: str, now: datetime, lease: timedelta = LEASE) -> Claim | None:
    """Take the job that is due first: one that waits, or one whose worker has been silent for too long.

    Args:
        worker: the name of who takes it; no two that live at the same time have the same.
        now: the moment.
        lease: until when others leave it alone.
    """
    skips = connection.features.has_select_for_update_skip_locked
    due = Job.objects.filter(due_at__lte=now).order_by("-priority", "due_at", "pk")
    block: AbstractContextManager[object] = transaction.atomic() if skips else nullcontext()
    with block:
        rows = due.select_for_update(skip_locked=True)[:1] if skips else due[:_CANDIDATES]
        for job in rows:
            if job.attempts >= job.most_attempts or job.stop_asked:
                _give_up(job, now)
            elif _as_seen(job).update(
                state=Job.State.RUNNING, worker=worker, attempts=job.attempts + 1, due_at=now + lease
            ):
                return Claim(job.pk, job.kind, job.payload, worker, job.attempts + 1, job.most_attempts)
    return None


def _as_seen(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts, worker=job.worker, due_at=job.due_at)


def _give_up(job: Job, now: datetime) -> None:
    """End a job that nobody holds any more: it was cancelled, or has cost too many workers."""
    if job.stop_asked:
        _as_seen(job).update(**_over(Job.State.CANCELLED, now))
    else:
        _as_seen(job).update(**_over(Job.State.FAILED, now), error_zh=_GIVEN_UP.zh, error_en=_GIVEN_UP.en)


def _over(state: str, now: datetime) -> dict[str, Any]:
    return {"state": state, "due_at": None, "unique_key": None, "over_at": now}


def renew(held: Claim, now: datetime, lease: timedelta = LEASE, **progress: Any) -> None:
    """Tell that the worker lives, and how far it is.

    Raises:
        Lost: the job is no longer held.
    """
    if not held.rows.update(due_at=now + lease, **progress):
        raise Lost


@contextmanager
def finishing(held: Claim, now: datetime, result: str = "") -> Iterator[None]:
    """End a job together with what is written in the block: both are committed, or neither.

    The job is marked first, so that from then on nobody can take it until all is committed.

    Raises:
        Lost: the job is no longer held; nothing is written.
    """
    with transaction.atomic():
        if not held.rows.update(**_over(Job.State.DONE, now), result=result, error_zh="", error_en=""):
            raise Lost
        yield


def fail(held: Claim, now: datetime, why: Text, *, again: bool) -> None:
    """End a job that failed, or let it wait for its next attempt, each time for longer; without effect if it is lost.

    Args:
        held: the job.
        now: the moment.
        why: the sentence that people see.
        again: whether another attempt may help.
    """
    said = {"error_zh": why.zh, "error_en": why.en}
    if again and held.attempt < held.most_attempts:
        pause = min(timedelta(seconds=2**held.attempt), _LONGEST_PAUSE)
        held.rows.update(state=Job.State.WAITING, worker="", due_at=now + pause, **said)
    else:
        held.rows.update(**_over(Job.State.FAILED, now), **said)


def put_back(held: Claim, now: datetime) -> None:
    """Give a job back that was not at fault: its worker is asked to stop. The attempt does not count."""
    held.rows.update(state=Job.State.WAITING, worker="", due_at=now, most_attempts=F("most_attempts") + 1)


def stopped(held: Claim, now: datetime) -> None:
    """End a job that was cancelled while it ran."""
    held.rows.update(**_over(Job.State.CANCELLED, now))


def cancel(job: int, now: datetime | None = None) -> bool:
    """Cancel a job: one that waits is over at once, one that runs at its worker's next step.

    Returns:
        Whether there was something left to cancel.
    """
    moment = now or timezone.now()
    waiting = Job.objects.filter(pk=job, state=Job.State.WAITING).update(**_over(Job.State.CANCELLED, moment))
    return bool(waiting or Job.objects.filter(pk=job, state=Job.State.RUNNING).update(stop_asked=True))
