"""The queue as two tables: the jobs, and when each periodic one was last put there."""

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """One piece of work.

    Attributes:
        kind: the name that its task is registered under.
        payload: the arguments, a JSON object.
        due_at: from when on a worker may take it: the moment asked for, while it runs the end of its worker's lease
            (who took it may be dead), `None` once it is over.
        attempts: how often a worker took it; with `worker` it tells one holder from every other.
        most_attempts: after so many it has failed.
        stop_asked: whether somebody cancelled it while it ran.
        done, total, message_zh, message_en: how far it is.
        unique_key: no two jobs that wait or run have the same one.
        result: what it left, a JSON object; empty for nothing.
        error_zh, error_en: why it failed, or why it is tried again.
    """

    class State(models.TextChoices):
        """Waiting and running jobs have a `due_at`; the others are over."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=60)
    payload = models.TextField(default="{}")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    priority = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    most_attempts = models.PositiveIntegerField(default=3)
    worker = models.CharField(max_length=100, default="", blank=True)
    stop_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message_zh = models.CharField(max_length=200, default="", blank=True)
    message_en = models.CharField(max_length=200, default="", blank=True)
    unique_key = models.CharField(max_length=120, null=True, unique=True)
    result = models.TextField(default="", blank=True)
    error_zh = models.TextField(default="", blank=True)
    error_en = models.TextField(default="", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        """Names in the database."""

        db_table = "jobs_job"
        indexes: ClassVar = [models.Index(fields=["due_at"], name="jobs_job_due")]

    def __str__(self) -> str:
        """Its kind, number and state."""
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in (self.State.WAITING, self.State.RUNNING)

    @property
    def per_cent(self) -> int:
        """How far it is, from 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class Schedule(models.Model):
    """The latest slot of time for which a periodic task was put into the queue."""

    kind = models.CharField(max_length=60, primary_key=True)
    slot = models.BigIntegerField()

    class Meta:
        """Names in the database."""

        db_table = "jobs_schedule"

    def __str__(self) -> str:
        """Its kind and slot."""
        return f"{self.kind} {self.slot}"
