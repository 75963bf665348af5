"""What can be put into the queue: functions registered by a name, in the shape of Django's coming `django.tasks`."""

import inspect
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from jixiao.office.jobs.models import Job
    from jixiao.office.jobs.run import Run

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, at or after a time of the day where the office is."""

    at: time


@dataclass(frozen=True, slots=True)
class Task(Generic[P]):
    """A function that can be put into the queue.

    Attributes:
        kind: the name it is stored under; it outlives the function's own.
        call: the function; its first argument is the `Run`.
        priority: higher ones are taken first.
        attempts: how often it is tried.
        every: how often it is put there by itself; such a task takes no argument.
        run_after: from when on it may run.
        unique: no two jobs of the same key wait or run.
    """

    kind: str
    call: "Callable[Concatenate[Run, P], None]"
    priority: int = 0
    attempts: int = 3
    every: timedelta | Daily | None = None
    run_after: datetime | None = None
    unique: str | None = None

    def using(
        self, *, priority: int | None = None, run_after: datetime | None = None, unique: str | None = None
    ) -> "Task[P]":
        """The same task, put into the queue in another way; what is `None` stays."""
        return replace(
            self,
            priority=self.priority if priority is None else priority,
            run_after=run_after or self.run_after,
            unique=unique or self.unique,
        )

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> "Job":
        """Put it into the queue, in the transaction of the caller: it runs only if that is committed.

        Args:
            args: of the function, after its `Run`; what JSON can hold.
            kwargs: likewise.

        Returns:
            The job; with `unique`, the one that already waits or runs.
        """
        from jixiao.office.jobs.queue import put

        bound = inspect.signature(self.call).bind(None, *args, **kwargs)
        names = list(bound.arguments)[1:]
        payload = msgspec.json.encode({name: bound.arguments[name] for name in names}).decode()
        return put(self, payload)


TASKS: dict[str, Task[...]] = {}
"""Every task by its kind."""


BESIDE: "dict[str, Callable[[Event], None]]" = {}
"""What goes on beside the jobs for as long as the worker's process lives, by name."""


def beside(name: str) -> "Callable[[Callable[[Event], None]], Callable[[Event], None]]":
    """Register the function below to run in a thread of each worker's process, until its event is set.

    For what has to look after something every few seconds: a job for each look would be a row for each.
    """

    def register(call: "Callable[[Event], None]") -> "Callable[[Event], None]":
        BESIDE[name] = call
        return call

    return register


def task(
    kind: str, *, priority: int = 0, attempts: int = 3, every: timedelta | Daily | None = None
) -> "Callable[[Callable[Concatenate[Run, P], None]], Task[P]]":
    """Register the function below as a task.

    Args:
        kind: the name it is stored under.
        priority: higher ones are taken first.
        attempts: how often it is tried.
        every: how often it is put into the queue by itself.
    """

    def register(call: "Callable[Concatenate[Run, P], None]") -> Task[P]:
        made = Task(kind, call, priority, attempts, every)
        if kind in TASKS and TASKS[kind].call is not call:
            raise ValueError(f"two tasks are called {kind}")
        TASKS[kind] = made
        return made

    return register
