"""The log as it is stored: leaf after leaf with its event, in steps, so that no question is large."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from jixiao.journal.hashing import Pair
from jixiao.journal.line import Entry, Removed
from jixiao.office.journal.lines import COLUMNS, entry
from jixiao.office.journal.models import Event, Leaf

_STEP: Final = 2_000


class Stored(NamedTuple):
    """A place of the log.

    Attributes:
        place: which leaf.
        leaf: its hashes as they are kept.
        event: the number of its event.
        entry: the event; none where it was removed.
    """

    place: int
    leaf: Pair
    event: int
    entry: Entry | None

    @property
    def line(self) -> Entry | Removed:
        """What the exported log says there."""
        return Removed(self.place, self.leaf) if self.entry is None else self.entry


def stored(end: int, begin: int = 0) -> Iterator[Stored]:
    """The places from `begin` up to `end`, not included."""
    for first in range(begin, end, _STEP):
        rows = Leaf.objects.filter(number__gte=first, number__lt=min(end, first + _STEP)).order_by("number")
        leaves = list(rows.values_list("number", "sm3", "sha256", "event_id"))
        events: dict[int, tuple[Any, ...]] = {
            row[0]: row for row in Event.objects.filter(pk__in=[each[3] for each in leaves]).values_list(*COLUMNS)
        }
        for place, sm3, sha256, event in leaves:
            row = events.get(event)
            pair = Pair(bytes.fromhex(sm3), bytes.fromhex(sha256))
            yield Stored(place, pair, event, None if row is None else entry(row, place))
