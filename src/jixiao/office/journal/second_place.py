"""Checkpoints go to a second place too, so that who rewrites the database cannot rewrite what it was.

A place that cannot be reached stops nothing: what it misses is written there later, and meanwhile the page of the
journal, and a mail where mail is set up, tell the audit administrators.
"""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from jixiao.office.journal.checkpoints import newest
from jixiao.office.journal.models import Checkpoint, SecondPlace
from jixiao.office.journal.places import Folder, Place, place_of

_AT_ONCE: Final = 200
LATE: Final = timedelta(minutes=5)
"""After so long a checkpoint that has not reached the place is told, whatever the reason."""


def place() -> Place:
    """The second place.

    Raises:
        environment.BadSetting: the setting names none.
    """
    return place_of(settings.JOURNAL_ANCHOR, Path(settings.DATA))


def send() -> int:
    """Write to the second place what is not there yet.

    Returns:
        How many checkpoints were written; 0 also where it cannot be reached, which is kept.
    """
    there = place()
    state, made = SecondPlace.objects.get_or_create(name=there.name)
    waiting = list(Checkpoint.objects.filter(pk__gt=state.checkpoint).order_by("pk")[:_AT_ONCE])
    if made and waiting:
        waiting = list(Checkpoint.objects.order_by("-pk")[:1])
    if not waiting:
        return 0
    try:
        there.put([each.note for each in waiting])
    except OSError as error:
        _failed(state, error)
        return 0
    state.checkpoint, state.size, state.reached = waiting[-1].pk, waiting[-1].size, timezone.now()
    state.failing, state.told, state.why_zh, state.why_en = None, None, "", ""
    state.save()
    return len(waiting)


def _failed(state: SecondPlace, error: OSError) -> None:
    why = error.strerror or str(error) or type(error).__name__
    if state.failing is None:
        state.failing = timezone.now()
    state.why_zh = f"{state.name} 写不进去：{why}"[:400]
    state.why_en = f"{state.name} cannot be written: {why}"[:400]
    state.save()


def state() -> SecondPlace:
    """How far it is; a place that has been silent for long is failing, too, even if it never said why."""
    found = SecondPlace.objects.filter(name=place().name).first() or SecondPlace(name=place().name)
    first = Checkpoint.objects.filter(pk__gt=found.checkpoint).order_by("pk").first()
    if found.failing is None and first is not None and timezone.now() - first.at > LATE:
        found.failing = first.at
        found.why_zh, found.why_en = f"{found.name} 没有回应", f"{found.name} does not answer"
    return found


def is_elsewhere() -> bool:
    """Whether the place is on another disk or machine than the data, as far as can be told."""
    there = place()
    return not (isinstance(there, Folder) and there.shares_disk_with(Path(settings.DATA)))


def behind() -> int:
    """How many events of the last checkpoint are not covered by one at the second place."""
    last = newest()
    return max(0, last.size - state().size) if last else 0
