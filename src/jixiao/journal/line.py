"""One event as one line of text, contract `jixiao/journal/1`: always the same bytes for the same event.

The bytes of the line, without the newline after it, are the leaf of the tree. Once an event has been removed because
its retention ended, its line keeps nothing but its place and the two hashes of what stood there.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jixiao.journal import times
from jixiao.journal.hashing import Pair
from jixiao.journal.words import Unreadable

CONTRACT: Final = "jixiao/journal/1"
LONGEST: Final = 4 * 1024 * 1024
"""Bytes of the longest line that is read."""
REMOVED: Final = "journal.removed"
"""The act that tells a removal after the retention time; its details say {"until": "…"}: lines before that place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event at its place in the log.

    Attributes:
        place: which line of the log, counted from 0: the order in which committed transactions entered the tree.
        number: the event's number in the office, never given twice.
        at: when, with a time zone.
        actor: the account's number; `None` for the system itself.
        name: the account's name at that time; "" for the system itself.
        act: what, "filing.submitted".
        subject: what it was done to, "filing/12".
        organisation: path of the organisation it belongs to.
        details: what else matters, JSON as it was kept.
        address: the network address; "" for none.
    """

    place: int
    number: int
    at: datetime
    actor: int | None
    name: str
    act: str
    subject: str
    organisation: str
    details: str
    address: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The place of an event that was removed after the retention time.

    Attributes:
        place: which line of the log, counted from 0.
        leaf: the hashes of the line that stood there.
    """

    place: int
    leaf: Pair


def encode(entry: Entry | Removed) -> bytes:
    """The line, without a newline.

    Raises:
        ValueError: a text holds half a character, or the moment has no time zone.
    """
    shown: dict[str, object] = {"contract": CONTRACT, "place": entry.place}
    if isinstance(entry, Removed):
        shown["hashes"] = {"sm3": entry.leaf.sm3.hex(), "sha256": entry.leaf.sha256.hex()}
    else:
        shown |= {"number": entry.number, "at": times.written(entry.at), "actor": entry.actor}
        shown |= {name: getattr(entry, name) for name in _TEXTS}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()


def decode(line: bytes) -> Entry | Removed:
    """The event of a line; strict: what `encode` would not have written is refused.

    Raises:
        Unreadable: the line is not one of the contract.
    """
    if found := EVENT.fullmatch(line):
        return _entry(found)
    if found := HASHES.fullmatch(line):
        place, sm3, sha256 = found.groups()
        return Removed(int(place), Pair(bytes.fromhex(sm3.decode()), bytes.fromhex(sha256.decode())))
    raise _unlike(line)


def _entry(found: "re.Match[bytes]") -> Entry:
    place, number, at, actor, *texts = found.groups()
    try:
        read = json.loads(b"[" + b",".join(texts) + b"]", parse_float=str)
    except UnicodeDecodeError:
        raise _unlike(found.string) from None
    return Entry(
        int(place), int(number), times.read(at.decode()), None if actor == b"null" else int(actor), *read
    )  # fmt: skip


def _unlike(line: bytes) -> Unreadable:
    start = line[:60].decode(errors="replace")
    return Unreadable(
        f"读到“{start}…”，应为 {CONTRACT} 的一行（键的次序、写法固定）",
        f'read "{start}…"; expected a line of {CONTRACT} (keys in their order, written in the one way)',
    )


_TEXTS: Final = ("name", "act", "subject", "organisation", "details", "address")
_INTEGER: Final = rb"(0|[1-9][0-9]{0,18})"
_STRING: Final = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\bfnrt]|u00(?:0[0-7be-f]|1[0-9a-f]))[^"\\\x00-\x1f]*+)*+"'
_MOMENT: Final = rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
_HEAD: Final = rb'\{"contract":"%s","place":%s' % (CONTRACT.encode(), _INTEGER)
EVENT: Final = re.compile(
    _HEAD
    + rb',"number":%s,"at":"(%s)","actor":(null|0|[1-9][0-9]{0,18})' % (_INTEGER, _MOMENT)
    + b"".join(b',"%s":(%s)' % (name.encode(), _STRING) for name in _TEXTS)
    + rb"\}"
)
"""The line of an event: place, number, moment, actor and the texts; there is no other way to write one."""
HASHES: Final = re.compile(_HEAD + rb',"hashes":\{"sm3":"([0-9a-f]{64})","sha256":"([0-9a-f]{64})"\}\}')
"""The line of a removed event: place and hashes."""
