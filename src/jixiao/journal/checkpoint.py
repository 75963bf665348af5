"""Signed statements of how long the log is and what its root is: C2SP tlog-checkpoint.

    jixiao.example/journal           where the log is kept
    1024                             how many lines
    CsUYapGG…                        root, SHA-256, base64
    sm3 n+2fQ1…                      root, SM3, base64
    at 2026-11-26T08:05:03.000000Z   when
    doors 3f5a…                      digest of the table of who may do what

    — jixiao.example/journal Az3g…   signature

The last lines before the empty one are extension lines, which other tools of the form pass over.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jixiao.journal import note, times
from jixiao.journal.hashing import Pair
from jixiao.journal.keys import Public, Signer, from_base64
from jixiao.journal.words import Unreadable

_SIZE: Final = re.compile("0|[1-9][0-9]{0,18}")
_ORIGIN: Final = re.compile(r"[^\s+]{1,200}")
_DIGEST: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state of the log.

    Attributes:
        origin: the name of the log, as a host and path without spaces: "jixiao.example/journal".
        size: how many lines.
        root: the tree's root over them.
        at: when it was made.
        doors: digest of the table of who may do what, 64 hexadecimal digits; "" for none.
    """

    origin: str
    size: int
    root: Pair
    at: datetime
    doors: str = ""


def write(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed text.

    Raises:
        Unreadable: the origin has a space or a plus, or the digest is none.
    """
    lines = [checkpoint.origin, str(checkpoint.size), _base64(checkpoint.root.sha256)]
    lines += [f"sm3 {_base64(checkpoint.root.sm3)}", f"at {times.written(checkpoint.at)}"]
    if checkpoint.doors:
        lines.append(f"doors {checkpoint.doors}")
    text = "\n".join(lines) + "\n"
    _parse(text)
    return note.sign(text, signer)


def read(text: str, keys: Sequence[Public]) -> Checkpoint:
    """The checkpoint of a signed text.

    Raises:
        Unreadable: it is not written as a checkpoint of this journal.
        note.Unsigned: none of the keys signed it.
    """
    return _parse(note.read(text, keys))


def unverified(text: str) -> Checkpoint:
    """What a text says, whoever signed it: to tell which checkpoint is false, never to trust.

    Raises:
        Unreadable: it is not written as a checkpoint of this journal.
    """
    return _parse(note.parts(text)[0])


def _parse(text: str) -> Checkpoint:
    match text.removesuffix("\n").split("\n"):
        case [origin, size, root, sm3, at, *rest] if (
            _ORIGIN.fullmatch(origin) and _SIZE.fullmatch(size) and sm3.startswith("sm3 ") and at.startswith("at ")
        ):
            pair = Pair(_hash(sm3.removeprefix("sm3 ")), _hash(root))
            return Checkpoint(origin, int(size), pair, times.read(at.removeprefix("at ")), _doors(rest))
    raise _unlike()


def _doors(rest: list[str]) -> str:
    match rest:
        case []:
            return ""
        case [line] if line.startswith("doors ") and _DIGEST.fullmatch(line[6:]):
            return line[6:]
    raise _unlike()


def _hash(text: str) -> bytes:
    data = from_base64(text)
    if len(data) != 32:
        raise _unlike()
    return data


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unlike() -> Unreadable:
    return Unreadable(
        "检查点的写法不对：应依次为名称、行数、根（SHA-256）、“sm3 根”、“at 时间”、可有“doors 摘要”",
        'not written as a checkpoint: expected origin, size, root, "sm3 root", "at time", maybe "doors digest"',
    )
