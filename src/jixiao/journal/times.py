"""Moments as the journal writes them: UTC, to the microsecond, "2026-11-26T08:05:03.000120Z"; they sort as texts."""

import re
from datetime import UTC, datetime
from typing import Final

from jixiao.journal.words import Unreadable

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def written(moment: datetime) -> str:
    """A moment as text.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {moment}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """The moment of a text, in UTC.

    Raises:
        Unreadable: it is written in another way, or there is no such day or hour.
    """
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise Unreadable(
        f"时间读到“{text}”，应为 2026-11-26T08:05:03.000120Z 这样的世界时",
        f'the time reads "{text}"; expected UTC like 2026-11-26T08:05:03.000120Z',
    )
