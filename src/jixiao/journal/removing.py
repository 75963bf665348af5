"""Events removed after the retention time: told by an event, and none of them too young."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from jixiao.journal.exporting import EVENTS
from jixiao.journal.line import REMOVED, Entry
from jixiao.journal.statements import Statement
from jixiao.journal.verdict import Fault
from jixiao.journal.words import Words

RETENTION: Final = timedelta(days=184)
"""Six months at their longest (Cybersecurity Law): nothing may be removed earlier."""
_ACT: Final = Words(
    "要求运行方出示删除之前的导出；没有记录在案的删除，按日志被改处理。",
    "Ask whoever runs it for an export from before; a removal that was not recorded is tampering.",
)


def until(removal: Entry) -> int:
    """Before which place events were removed, as an event of a removal tells it; 0 if it does not tell."""
    try:
        told = json.loads(removal.details, parse_float=str)
        return int(told["until"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return 0


def judge(
    removed: Sequence[int], removals: Sequence[Entry], statements: Sequence[Statement], now: datetime
) -> Iterator[Fault]:
    """What is wrong with the lines of which only the hashes are there.

    Args:
        removed: their places.
        removals: the events that tell of removals.
        statements: what was signed, shortest log first: the time by which a line was there.
        now: the moment of verifying; whatever a removal tells, it was not later.
    """
    if not removed:
        return
    covered = max(map(until, removals), default=0)
    if removed[-1] >= covered:
        place = next(each for each in removed if each >= covered)
        expected = Words(
            f"事件全文：没有“{REMOVED}”事件说明这一行被删除",
            f'the event itself: no event "{REMOVED}" tells that this one was removed',
        )
        yield Fault("removed_unrecorded", EVENTS, place + 1, _HASHES, expected, _ACT)
    for removal in removals:
        if not until(removal):
            continue
        there, gone = _there_by(until(removal), statements), _gone_by(removal, statements, now)
        if there is None or gone - there < RETENTION:
            yield _too_young(removal, 0 if there is None else max(0, (gone - there).days))


def _there_by(size: int, statements: Sequence[Statement]) -> datetime | None:
    """By when the lines before a place were there: the earliest checkpoint that holds them; `None` if none does.

    Whoever has the key can date a checkpoint back, but not before one of a shorter log that was kept elsewhere.
    """
    found: list[datetime] = []
    kept: datetime | None = None
    for each in statements:
        at = each.checkpoint.at
        if each.anchor:
            kept = max(at, kept or at)
        if each.checkpoint.size >= size:
            found.append(max(at, kept or at))
    return min(found, default=None)


def _gone_by(removal: Entry, statements: Sequence[Statement], now: datetime) -> datetime:
    """When a removal was at the latest: as it tells, but neither after a checkpoint that holds it nor after now."""
    holding = (each.checkpoint.at for each in statements if each.checkpoint.size > removal.place)
    return min(removal.at, now, *holding)


def _too_young(removal: Entry, days: int) -> Fault:
    place = until(removal)
    read = Words(
        f"位置 {place} 以前的事件被删除时，最新的只能证明已有 {days} 天",
        f"the newest of the events before place {place} can be shown to have been {days} days old when removed",
    )
    expected = Words(f"至少 {RETENTION.days} 天", f"{RETENTION.days} days at least")
    return Fault("removed_early", EVENTS, removal.place + 1, read, expected, _ACT)


_HASHES: Final = Words("只有杂凑值", "hashes only")
