"""The proof that one event is in the log, as a file for who has only that: the event, its path, a signed checkpoint.

    {"contract": "jixiao/journal-proof/1", "line": "…", "sm3": ["…"], "sha256": ["…"], "checkpoint": "…", "keys": ["…"]}

`line` is the event as an exported log has it; the two lists are its path, nearest the leaf first, in hexadecimal
digits; the checkpoint says size and roots; the keys are those that signed it, to be held against ones had elsewhere.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from jixiao.journal import checkpoint as signed
from jixiao.journal.checkpoint import Checkpoint
from jixiao.journal.hashing import Pair, leaf
from jixiao.journal.keys import Public, public
from jixiao.journal.line import Entry, Removed, decode
from jixiao.journal.tree import verify_inclusion
from jixiao.journal.words import Unreadable

CONTRACT: Final = "jixiao/journal-proof/1"
_HASH: Final = re.compile("[0-9a-f]{64}")
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can spell and no text holds."""
_PARTS: Final = {"line": str, "sm3": list, "sha256": list, "checkpoint": str, "keys": list}


class Disproved(Unreadable):
    """The event is not in the log that was signed."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof for one event.

    Attributes:
        line: the line of the event, without its newline.
        path: hashes up to the root, nearest the leaf first.
        checkpoint: the signed text.
        keys: that signed it.
    """

    line: bytes
    path: tuple[Pair, ...]
    checkpoint: str
    keys: tuple[Public, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof shows.

    Attributes:
        event: the event, or what is left of one.
        checkpoint: the signed state of the log that holds it.
    """

    event: Entry | Removed
    checkpoint: Checkpoint


def write(proof: Proof) -> str:
    """The proof as text."""
    shown = {
        "contract": CONTRACT, "line": proof.line.decode(), "sm3": [each.sm3.hex() for each in proof.path],
        "sha256": [each.sha256.hex() for each in proof.path], "checkpoint": proof.checkpoint,
        "keys": [key.text for key in proof.keys],
    }  # fmt: skip
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Proof:
    """The proof of a text.

    Raises:
        Unreadable: it is none.
    """
    try:
        found = json.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        raise _unlike() from None
    if not isinstance(found, dict) or found.get("contract") != CONTRACT:
        raise _unlike()
    if any(not isinstance(found.get(name), kind) for name, kind in _PARTS.items()):
        raise _unlike()
    if any(
        isinstance(each, str) and _HALF.search(each) for each in (found["line"], found["checkpoint"], *found["keys"])
    ):
        raise _unlike()
    return Proof(found["line"].encode(), _path(found), found["checkpoint"], tuple(map(_key, found["keys"])))


def verify(proof: Proof, keys: Sequence[Public] = ()) -> Proved:
    """Hold the event against the checkpoint.

    Args:
        proof: as it was read.
        keys: the keys that are trusted; none to use those that it brings along.

    Raises:
        Disproved: the event is not the one that was signed.
        Unreadable: line or checkpoint are not written as they must be, or nobody known signed.
    """
    event, checkpoint = decode(proof.line), signed.read(proof.checkpoint, keys or proof.keys)
    if not verify_inclusion(leaf(proof.line), event.place, checkpoint.size, proof.path, checkpoint.root):
        raise Disproved(
            f"第 {event.place + 1} 条不在签名的日志（{checkpoint.size} 条）中：内容、位置或证明被改过",
            f"line {event.place + 1} is not in the log that was signed ({checkpoint.size} lines): line, place or proof "
            "were changed",
        )
    return Proved(event, checkpoint)


def _path(found: dict[str, Any]) -> tuple[Pair, ...]:
    sm3, sha256 = found["sm3"], found["sha256"]
    hashes = [*sm3, *sha256]
    if len(sm3) != len(sha256) or not all(isinstance(each, str) and _HASH.fullmatch(each) for each in hashes):
        raise _unlike()
    return tuple(Pair(bytes.fromhex(one), bytes.fromhex(other)) for one, other in zip(sm3, sha256, strict=True))


def _key(text: object) -> Public:
    if not isinstance(text, str):
        raise _unlike()
    return public(text)


def _unlike() -> Unreadable:
    return Unreadable(
        f"不是事件的证明：应为 {CONTRACT} 的 JSON 文件，由日志页下载",
        f"no proof of an event: expected a JSON file of {CONTRACT}, as the page of the journal gives it",
    )
