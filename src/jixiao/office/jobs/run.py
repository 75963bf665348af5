"""What a task is given of its own job: to tell how far it is, to hear that it should stop, to end with what it did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import msgspec
from django.utils import timezone

from jixiao.office.jobs import queue
from jixiao.office.jobs.queue import Claim
from jixiao.scoring.sheet import Text

_BETWEEN: Final = timedelta(milliseconds=300)
"""Progress is written no oftener, but for its last step."""


class Cancelled(Exception):
    """Somebody cancelled the job."""


class Stopping(Exception):
    """The worker is asked to stop; the job goes back into the queue."""


class JobFailed(Exception):
    """The job cannot be done, and trying again would not help.

    Attributes:
        why: the sentence that people see.
    """

    def __init__(self, zh: str, en: str) -> None:
        """Take the sentence."""
        super().__init__(en)
        self.why = Text(zh, en)


@dataclass(slots=True)
class Run:
    """One attempt at a job.

    Attributes:
        claim: the hold on the job.
        stop: set when the worker is to stop.
        lease: for how long each sign of life counts.
        clock: tells the moment.
        over: whether the job is already ended.
    """

    claim: Claim
    stop: Event = field(default_factory=Event)
    lease: timedelta = queue.LEASE
    clock: Callable[[], datetime] = timezone.now
    over: bool = False
    _told: datetime | None = None

    def progress(self, done: int, total: int, message: Text = Text("", "")) -> None:  # noqa: B008 -- frozen
        """Tell how far it is; also a sign of life, and the place where a job hears that it should stop.

        Raises:
            Cancelled: somebody cancelled the job.
            Stopping: the worker is asked to stop.
            Lost: another worker has it now.
        """
        if self.stop.is_set():
            raise Stopping
        now = self.clock()
        if self._told is not None and now - self._told < _BETWEEN and done < total:
            return
        self._told = now
        queue.renew(
            self.claim, now, self.lease, done=done, total=total, message_zh=message.zh[:200],
            message_en=message.en[:200],
        )  # fmt: skip
        if self.claim.rows.filter(stop_asked=True).exists():
            raise Cancelled

    @contextmanager
    def last_step(self, result: dict[str, object] | None = None) -> Iterator[None]:
        """End the job together with what is written in the block: both happen, once, or neither.

        Args:
            result: what the job leaves for who asked for it.

        Raises:
            Lost: another worker has it now; nothing is written.
        """
        left = msgspec.json.encode(result).decode() if result is not None else ""
        with queue.finishing(self.claim, self.clock(), left):
            yield
        self.over = True
