"""The sequencer: gives each committed event its place in the log, one turn at a time.

Whoever acts writes an event and waits for nobody. Here a turn takes the events that are there and have no place, in
the order of their numbers, and appends them to the tree. A turn holds the one row of `Head`: on PostgreSQL its lock, on
SQLite the writer's; so there is one sequencer, whatever process it runs in.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jixiao.journal.hashing import Pair, leaf
from jixiao.journal.line import encode
from jixiao.journal.tree import Frontier
from jixiao.office.journal import gaps
from jixiao.office.journal.lines import COLUMNS, entry, hexed
from jixiao.office.journal.models import Event, Head, Leaf, Node
from jixiao.office.journal.subtrees import STEP, place

_BEGIN: Final = datetime(1970, 1, 1, tzinfo=UTC)
TURN: Final = 500
"""Events of a turn: on SQLite others who write wait for so long, some 30 ms."""


def sequence() -> int:
    """Give every event that is committed its place.

    Returns:
        How many got one now.
    """
    placed = 0
    while is_behind():
        now = _turn()
        placed += now
        if not now:
            break
    return placed


def sweep() -> int:
    """Look at all events for one that was passed over, however long ago, and give it its place.

    Returns:
        How many there were.
    """
    sequence()
    lost = Event.objects.filter(leaf=None).order_by("pk")
    numbers = list(lost.values_list("pk", flat=True)[:TURN])
    if not numbers:
        return 0
    with transaction.atomic():
        head = locked()
        rows = list(lost.filter(pk__in=numbers, pk__lte=head.last_event).values_list(*COLUMNS))
        _append(head, rows)
        head.save()
    return len(rows)


def is_behind() -> bool:
    """Whether there is an event without a place; asks without a lock."""
    return _waiting(Head.objects.filter(pk=Head.ONE).first() or Head()).exists()


def locked() -> Head:
    """The head of the log, held until the transaction ends."""
    head, _ = Head.objects.select_for_update().get_or_create(pk=Head.ONE)
    return head


def frontier_of(head: Head) -> Frontier:
    """The right edge of the tree."""
    edge = [Pair(*map(bytes.fromhex, each)) for each in msgspec.json.decode(head.frontier, type=list[tuple[str, str]])]
    return Frontier(head.size, edge)


def _turn() -> int:
    with transaction.atomic():
        head = locked()
        rows = list(_waiting(head).order_by("pk").values_list(*COLUMNS)[:TURN])
        if not rows:
            return 0
        seen, now = [row[0] for row in rows], (timezone.now() - _BEGIN) // timedelta(seconds=1)
        head.gaps = gaps.written(gaps.after(gaps.read(head.gaps), head.last_event, seen, now))
        head.last_event = max(head.last_event, seen[-1])
        _append(head, rows)
        head.save()
    return len(rows)


def _waiting(head: Head) -> QuerySet[Event]:
    """Committed events above the highest that has a place, and in gaps below it."""
    new = Q(pk__gt=head.last_event)
    for gap in gaps.read(head.gaps):
        new |= Q(pk__range=(gap.first, gap.last))
    return Event.objects.filter(new)


def _append(head: Head, rows: list[tuple[Any, ...]]) -> None:
    """Put events at the end of the tree."""
    frontier, leaves, nodes = frontier_of(head), [], []
    for row in rows:
        event = row[0]
        for level, number, pair in frontier.append(leaf(encode(entry(row, frontier.size)))):
            if not level:
                leaves.append(Leaf(number=number, event_id=event, **hexed(pair)))
            elif level % STEP == 0:
                nodes.append(Node(place=place(level, number), **hexed(pair)))
    Leaf.objects.bulk_create(leaves)
    Node.objects.bulk_create(nodes)
    head.size = frontier.size
    head.frontier = msgspec.json.encode([(each.sm3.hex(), each.sha256.hex()) for each in frontier.edge]).decode()
