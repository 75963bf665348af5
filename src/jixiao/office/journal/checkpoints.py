"""Signed checkpoints: what the log was, a minute ago at most while something is new, and once a day in any case."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from jixiao.journal import checkpoint as notes
from jixiao.journal.keys import KeyInFile
from jixiao.office.journal.lines import hexed
from jixiao.office.journal.models import Checkpoint, Head
from jixiao.office.journal.sequencing import frontier_of, locked, sequence
from jixiao.office.journal.signing import key_or_new, signer

EVERY: Final = timedelta(minutes=1)
"""While there is something new."""


def sign(*, daily: bool = False) -> Checkpoint:
    """The checkpoint of the log as it is: the last one, if nothing is new; else one made now.

    Args:
        daily: make the day's one, whether anything is new or not.

    Raises:
        signing.NoKey: the key cannot be read.
    """
    key = the_signer()
    with transaction.atomic():
        head = locked()
        last = newest()
        if last is not None and last.size == head.size and not daily:
            return last
        root, now = frontier_of(head).root(), timezone.now()
        said = notes.Checkpoint(key.name, head.size, root, now, doors_digest())
        return Checkpoint.objects.create(
            size=head.size, at=now, daily=daily, note=notes.write(said, key), **hexed(root)
        )


def the_signer() -> KeyInFile:
    """The key of this log: made for the first checkpoint, and only then.

    Raises:
        signing.NoKey: it cannot be read or made.
    """
    return signer() if Checkpoint.objects.exists() else key_or_new()


def up_to_date() -> Checkpoint:
    """Every committed event given its place, and the checkpoint over them all."""
    sequence()
    return sign()


def newest() -> Checkpoint | None:
    """The last one made."""
    return Checkpoint.objects.order_by("-pk").first()


def is_due() -> bool:
    """Whether something is new, and the last checkpoint old enough."""
    head, last = Head.objects.filter(pk=Head.ONE).first(), newest()
    if head is None or head.size == (last.size if last else 0):
        return False
    return last is None or timezone.now() - last.at >= EVERY


def day_is_open() -> bool:
    """Whether today, as the office counts its days, has no checkpoint of its own yet; never before the first event."""
    last = Checkpoint.objects.filter(daily=True).order_by("-pk").first()
    newer = last is None or timezone.localdate(last.at) < timezone.localdate()
    return newer and Head.objects.filter(size__gt=0).exists()


def doors_digest() -> str:
    """The digest of the table of who may do what, from the room above that `JOURNAL_DOORS` names; empty for none."""
    named = settings.JOURNAL_DOORS
    return str(import_string(named)()) if named else ""
