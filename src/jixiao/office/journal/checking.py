"""The journal looks at itself, every night: each event against its leaf, the tree against what was signed."""

from collections.abc import Iterator
from typing import Final

import msgspec
from django.db import transaction
from django.utils import timezone

from jixiao.journal import checkpoint as notes
from jixiao.journal.hashing import leaf
from jixiao.journal.line import REMOVED, encode
from jixiao.journal.removing import RETENTION
from jixiao.journal.tree import Frontier
from jixiao.journal.words import Unreadable, Words
from jixiao.office.journal.lines import paired
from jixiao.office.journal.models import Checkpoint, Event, Head
from jixiao.office.journal.record import record
from jixiao.office.journal.sequencing import sweep
from jixiao.office.journal.signing import public_keys
from jixiao.office.journal.stored import Stored, stored

ACT: Final = "journal.verified"
"""The act that tells what was found."""
MOST: Final = 20
"""Faults that are told one by one."""


def verify() -> list[Words]:
    """Go through the whole log and tell what was found, as an event, too.

    Returns:
        The faults, at most `MOST`; empty for a sound log.
    """
    sweep()
    head = Head.objects.filter(pk=Head.ONE).first() or Head()
    found = [fault for fault, _ in zip(_faults(head.size), range(MOST), strict=False)]
    with transaction.atomic():
        record(
            ACT, "journal", actor=None, size=str(head.size), faults=str(len(found)),
            first=f"{found[0].zh} {found[0].en}" if found else "",
        )  # fmt: skip
    return found


def last_verified() -> Event | None:
    """The event of the last time."""
    return Event.objects.filter(act=ACT).order_by("-pk").first()


def _faults(size: int) -> Iterator[Words]:
    tree, removed, signed = Frontier(), min(removed_until(), _old_enough()), _signed(size)
    yield from _unsigned()
    for each in stored(size):
        if each.place != tree.size:
            yield Words(f"缺第 {tree.size + 1} 条。", f"Line {tree.size + 1} is missing.")
            return
        yield from _of_event(each, removed)
        tree.append(each.leaf)
        for made in signed.get(tree.size, ()):
            if paired(made) != tree.root():
                yield Words(
                    f"前 {made.size} 条与 {made.at:%Y-%m-%d %H:%M} 的检查点不符。",
                    f"The first {made.size} lines are not those of the checkpoint of {made.at:%Y-%m-%d %H:%M}.",
                )


def _of_event(each: Stored, removed: int) -> Iterator[Words]:
    """What is wrong with an event."""
    if each.entry is None:
        if each.place >= removed:
            yield Words(
                f"第 {each.place + 1} 条（事件 {each.event}）被删除。",
                f"Line {each.place + 1} (event {each.event}) was removed.",
            )
    elif leaf(encode(each.entry)) != each.leaf:
        yield Words(
            f"第 {each.place + 1} 条（事件 {each.event}）被改动。",
            f"Line {each.place + 1} (event {each.event}) was changed.",
        )


def _signed(size: int) -> dict[int, list[Checkpoint]]:
    """Checkpoints by their size: those of days, and the last."""
    found: dict[int, list[Checkpoint]] = {}
    last = Checkpoint.objects.filter(size__lte=size).order_by("-pk")[:1]
    for made in [*Checkpoint.objects.filter(daily=True, size__lte=size), *last]:
        found.setdefault(made.size, []).append(made)
    return found


def _unsigned() -> Iterator[Words]:
    """Checkpoints whose columns are not what was signed."""
    keys = public_keys()
    for made in Checkpoint.objects.order_by("pk").iterator():
        try:
            said = notes.read(made.note, keys)
        except Unreadable as error:
            yield Words(f"检查点 {made.pk}：{error.words.zh}", f"Checkpoint {made.pk}: {error.words.en}")
            continue
        if (said.size, said.root, said.at) != (made.size, paired(made), made.at):
            yield Words(f"检查点 {made.pk} 被改动。", f"Checkpoint {made.pk} was changed.")


def _old_enough() -> int:
    """Before which place events may be gone: an event that tells of a removal can be put in by who has the database."""
    old = Checkpoint.objects.filter(daily=True, at__lte=timezone.now() - RETENTION).order_by("-size")
    return old.values_list("size", flat=True).first() or 0


def removed_until() -> int:
    """Before which place events were removed after the time of retention; 0 for none."""
    last = Event.objects.filter(act=REMOVED).order_by("-pk").first()
    details = msgspec.json.decode(last.details, type=dict[str, str]) if last else {}
    return int(details.get("until", 0))
