"""The worker: takes one job after another. A thread of the server on SQLite, processes of their own on PostgreSQL."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from threading import Event, Thread
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from jixiao.office.jobs import queue
from jixiao.office.jobs.queue import Claim, Lost
from jixiao.office.jobs.registry import TASKS
from jixiao.office.jobs.run import Cancelled, JobFailed, Run, Stopping
from jixiao.office.jobs.schedule import enqueue_periodic
from jixiao.office.jobs.wake import WAKE
from jixiao.office.trouble import trouble_of
from jixiao.scoring.sheet import Text

_LOG: Final = logging.getLogger(__name__)
_NUMBERS: Final = count(1)
_PERIODIC: Final = timedelta(seconds=20)

_UNKNOWN: Final = Text(
    "本版程序不认识这种任务，请更新后重试。", "This version does not know this kind of work; update and try again."
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a worker keeps time.

    Attributes:
        lease: for how long it may be silent.
        beat: seconds between its signs of life; 0 for none.
        look: seconds between its looks into the queue while there is nothing to do.
    """

    lease: timedelta = queue.LEASE
    beat: int = 1
    look: int = 1


def run_worker(stop: Event, pace: Pace = Pace()) -> None:
    """Take jobs until told to stop; a database that is away for a while is waited for.

    Args:
        stop: set from another thread when it is to end; the job in hand goes back into the queue at its next step.
        pace: how it keeps time.
    """
    worker = f"{socket.gethostname()[:60]}-{os.getpid()}-{next(_NUMBERS)}"
    looked = timezone.now() - _PERIODIC
    try:
        while not stop.is_set():
            WAKE.clear()
            try:
                close_old_connections()
                looked = _periodic(looked)
                busy = work_one(worker, stop, pace)
            except (DatabaseError, InterfaceError):
                _LOG.exception("the queue cannot be reached")
                busy = False
            if not busy:
                WAKE.wait(pace.look)
    finally:
        connection.close()


def _periodic(looked: datetime) -> datetime:
    """Put periodic tasks into the queue, now and then; when that was."""
    now = timezone.now()
    if now - looked < _PERIODIC:
        return looked
    enqueue_periodic(now)
    return now


def work_off(pace: Pace = Pace(beat=0)) -> int:
    """Do everything that is due, here and now, and come back.

    Returns:
        How many attempts that took.
    """
    worker, attempts = f"here-{os.getpid()}-{next(_NUMBERS)}", 0
    while work_one(worker, Event(), pace):
        attempts += 1
    return attempts


def work_one(worker: str, stop: Event, pace: Pace) -> bool:
    """Take one job and do it.

    Returns:
        Whether there was one.
    """
    held = queue.claim(worker, timezone.now(), pace.lease)
    if held is None:
        return False
    with _signs_of_life(held, pace):
        _perform(Run(held, stop, pace.lease))
    return True


def _perform(run: Run) -> None:
    """Call the function of a job, and see to what comes of it."""
    held = run.claim
    try:
        _call(run)
    except Lost:
        _LOG.warning("job %s went to another worker", held.job)
    except Cancelled:
        queue.stopped(held, timezone.now())
    except Stopping:
        queue.put_back(held, timezone.now())
    except JobFailed as failure:
        queue.fail(held, timezone.now(), failure.why, again=False)
    except Exception as error:  # noqa: BLE001 -- one job at fault must not end the worker
        _LOG.warning("job %s (%s) failed", held.job, held.kind, exc_info=True)
        queue.fail(held, timezone.now(), _inner(error), again=True)


def _call(run: Run) -> None:
    known = TASKS.get(run.claim.kind)
    if known is None:
        raise JobFailed(_UNKNOWN.zh, _UNKNOWN.en)
    known.call(run, **run.claim.arguments)
    if not run.over:
        with run.last_step():
            pass


def _inner(error: Exception) -> Text:
    if trouble := trouble_of(error):
        return trouble.words
    kind = type(error).__name__
    return Text(f"程序内部错误（{kind}），详情见服务日志。", f"An error inside the program ({kind}); the log has more.")


@contextmanager
def _signs_of_life(held: Claim, pace: Pace) -> Iterator[None]:
    """Renew the lease from a thread beside the work, for as long as the block lasts."""
    if not pace.beat:
        yield
        return
    ended = Event()
    thread = Thread(target=_beat, args=(held, pace, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(held: Claim, pace: Pace, ended: Event) -> None:
    try:
        while not ended.wait(pace.beat):
            try:
                queue.renew(held, timezone.now(), pace.lease)
            except Lost:
                return
            except (DatabaseError, InterfaceError):
                _LOG.warning("no sign of life for job %s could be written", held.job)
    finally:
        connection.close()
