"""Periodic tasks: each slot of time is put into the queue once, whichever of the workers sees it first."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jixiao.office.jobs.models import Schedule
from jixiao.office.jobs.registry import TASKS, Daily, Task

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def slot_of(every: timedelta | Daily, now: datetime) -> int:
    """The number of the latest slot that has begun: of the day whose time has come, or of the stretch of time."""
    if isinstance(every, timedelta):
        return (now - _BEGIN) // every
    local = timezone.localtime(now)
    return local.toordinal() - (local.time() < every.at)


def enqueue_periodic(now: datetime) -> int:
    """Put into the queue what has come due.

    Args:
        now: the moment.

    Returns:
        How many jobs were put there.
    """
    known = dict(Schedule.objects.values_list("kind", "slot"))
    due = [(each, slot_of(each.every, now)) for each in TASKS.values() if each.every is not None]
    return sum(_once(each, slot) for each, slot in due if known.get(each.kind, slot - 1) < slot)


def _once(periodic: Task[...], slot: int) -> bool:
    """Put a slot's job into the queue, if nobody has."""
    with transaction.atomic():
        first = Schedule.objects.filter(kind=periodic.kind, slot__lt=slot).update(slot=slot)
        if not first:
            _, first = Schedule.objects.get_or_create(kind=periodic.kind, defaults={"slot": slot})
        if first:
            periodic.enqueue()
    return bool(first)
