"""Retention: events that are old enough can be removed by hand, once they stand in an archive; their hashes stay.

Nothing is removed by itself. How old is enough is `JIXIAO_JOURNAL_DAYS`; and an event is as old as the first daily
checkpoint that covers it, so that anyone who verifies the log can see that nothing was removed too early.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jixiao.journal.line import REMOVED
from jixiao.journal.opening import open_log
from jixiao.journal.verdict import Fault
from jixiao.journal.verifying import verify_log
from jixiao.office.journal import guards
from jixiao.office.journal.checking import removed_until
from jixiao.office.journal.checkpoints import up_to_date
from jixiao.office.journal.leaving import export
from jixiao.office.journal.models import Checkpoint, Event
from jixiao.office.journal.record import record
from jixiao.office.journal.signing import public_keys

_STEP: Final = 1_000
"""Events that go in one transaction: nobody can write meanwhile."""


class Unsound(RuntimeError):
    """The archive does not verify: nothing is removed."""

    def __init__(self, fault: Fault) -> None:
        """Take the first fault."""
        super().__init__(fault.text("en"))
        self.zh, self.en = fault.text("zh"), fault.text("en")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed.

    Attributes:
        until: before which place, counted from 0.
        events: how many.
        older_than: how old they are at least, in days.
    """

    until: int
    events: int
    older_than: int


def old_enough() -> int:
    """Before which place events are old enough."""
    latest = timezone.now() - timedelta(days=settings.JOURNAL_DAYS)
    sizes = Checkpoint.objects.filter(daily=True, at__lte=latest).order_by("-size")
    return sizes.values_list("size", flat=True).first() or 0


def forget(archive: Path, *, by: Any = None) -> Forgotten | None:
    """Write the whole log into an archive, verify it, and remove what is old enough.

    Args:
        archive: a folder that is not there yet, or a file named .zip.
        by: who; none for who works at the server's command line.

    Returns:
        What was removed; none, and no archive, where nothing is old enough.

    Raises:
        Unsound: the archive does not verify; nothing was removed.
        OSError: it cannot be written; nothing was removed.
    """
    until = old_enough()
    if until <= removed_until() and not _left(until):
        return None
    export(archive)
    verdict = verify_log(open_log(archive), public_keys())
    if verdict.faults:
        raise Unsound(verdict.faults[0])
    with transaction.atomic():
        record(REMOVED, "journal", actor=by, until=str(until), days=str(settings.JOURNAL_DAYS), archive=archive.name)
    up_to_date()
    removed = 0
    while gone := _some(until):
        removed += gone
    return Forgotten(until, removed, settings.JOURNAL_DAYS)


def _left(until: int) -> bool:
    return Event.objects.filter(leaf__number__lt=until).exists()


def _some(until: int) -> int:
    numbers = list(
        Event.objects.filter(leaf__number__lt=until).order_by("leaf__number").values_list("pk", flat=True)[:_STEP]
    )
    with guards.lifted():
        Event.objects.filter(pk__in=numbers).delete()
    return len(numbers)
