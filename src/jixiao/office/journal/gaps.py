"""Numbers of events that were passed over: the act may yet be committed, or was taken back.

On PostgreSQL an event gets its number when it is written and is seen when its transaction is committed, so a lower
number can come to light after a higher one. Every number that is missing below the highest one seen is looked for
again for a while; what comes later still is found by the sweep of all events once a day.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

PATIENCE: Final = 3600
"""Seconds for which a missing number is looked for at every turn; no request lasts as long."""
_MOST: Final = 500


class Gap(msgspec.Struct, frozen=True, array_like=True):
    """Numbers that nobody has seen.

    Attributes:
        first, last: the numbers, both included.
        since: when they were passed over, in seconds.
    """

    first: int
    last: int
    since: int


def read(text: str) -> list[Gap]:
    """The gaps as they are kept."""
    return msgspec.json.decode(text, type=list[Gap])


def written(gaps: Iterable[Gap]) -> str:
    """The gaps as they are kept; of very many the newest."""
    return msgspec.json.encode(sorted(gaps, key=lambda gap: gap.first)[-_MOST:]).decode()


def after(gaps: list[Gap], last: int, seen: list[int], now: int) -> list[Gap]:
    """The gaps that remain.

    Args:
        gaps: those there were.
        last: the highest number seen before.
        seen: numbers seen now, rising, also of old gaps.
        now: the moment, in seconds.
    """
    late = [number for number in seen if number <= last]
    new = [number for number in seen if number > last]
    old = [gap for gap in gaps if now - gap.since < PATIENCE]
    kept = [piece for gap in old for piece in _without(gap, late)]
    return kept + [Gap(first, end, now) for first, end in _between(last, new)]


def _without(gap: Gap, seen: list[int]) -> Iterator[Gap]:
    """What is left of a gap."""
    inside = [number for number in seen if gap.first <= number <= gap.last]
    for first, end in _between(gap.first - 1, [*inside, gap.last + 1]):
        yield Gap(first, end, gap.since)


def _between(last: int, numbers: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches that numbers leave out, from the one after `last` on."""
    for number in numbers:
        if number > last + 1:
            yield last + 1, number - 1
        last = number
