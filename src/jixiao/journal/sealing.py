"""One signed file: a JSON document, the hash of each of its lines, and a signature over the tree of them.

    {
      …                      the document, indented by two spaces
      "seal": {
        "leaves": [          SHA-256 of each line above, as RFC 6962 hashes a leaf, base64
          …
        ],
        "note": "…",         a signed checkpoint over those lines: how many, both roots, when
        "key": "…"           the public key
      }
    }

The signature is over the roots, so the list of leaves is as good as signed; and a line that was changed is known by its
leaf. Where one byte of it is another, that byte is found by trying.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from itertools import islice, takewhile, zip_longest
from typing import Final

from jixiao.journal import checkpoint as signed
from jixiao.journal.checkpoint import Checkpoint
from jixiao.journal.hashing import Pair, leaf, sm3
from jixiao.journal.keys import KeyInFile, Public, from_base64, public
from jixiao.journal.mending import mended
from jixiao.journal.note import Forged, Unsigned
from jixiao.journal.pointers import pointer_at
from jixiao.journal.tree import root
from jixiao.journal.verdict import Fault
from jixiao.journal.words import Unreadable, Words

ORIGIN: Final = "jixiao/seal/1"
"""What stands in a seal's checkpoint where a log has its name, so that neither passes for the other."""
_MARK: Final = b'  "seal": {'
_LEAVES: Final = b'    "leaves": ['
_TAIL: Final = re.compile(
    rb'  "seal": \{|    "leaves": \[|      "[A-Za-z0-9+/]{43}=",?|    \],|    "(?:note|key)": "[^"]*",?|  \}|\}|'
)
"""What a line of the seal may be."""
_LEAF: Final = 46
_END: Final = b"\n}"
_MOST: Final = 20
_SHOWN: Final = 100
_TRIED: Final = 3
_COMPARED: Final = 250_000
"""Pairs of lines among which added and missing ones are looked for; that costs the square of it, or worse."""
_ACT: Final = Words(
    "不要采信这份文件；向出具方要原来的一份。", "Do not rely on this file; ask whoever gave it for the original."
)
_NO_LINE: Final = Words("没有这一行", "no such line")
_SIGNED: Final = Words("由所给密钥签名的内容", "what one of the keys signed")


@dataclass(slots=True)
class Opened:
    """A sealed file, opened.

    Attributes:
        body: the document without its seal, as JSON.
        lines: how many lines it has.
        faults: what is wrong, in the order of the lines.
        at: when it was sealed; `None` if nobody known signed.
        key: the public key that it brings along.
    """

    body: bytes
    lines: int
    faults: list[Fault] = field(default_factory=list)
    at: datetime | None = None
    key: str = ""


def seal(body: bytes, at: datetime, signer: KeyInFile) -> bytes:
    """The document with its seal.

    Args:
        body: a JSON object, indented by two spaces, without a part "seal".
        at: when.
        signer: the key.

    Raises:
        ValueError: the body is none such.
    """
    if not body.endswith(_END) or _MARK in body.split(b"\n"):
        raise ValueError("an indented JSON object without a part named seal is expected")
    lines = (body.removesuffix(_END) + b",").split(b"\n")
    leaves = [leaf(line) for line in lines]
    note = signed.write(Checkpoint(ORIGIN, len(lines), root(leaves), at), signer)
    return b"\n".join([*lines, _tail([each.sha256 for each in leaves], note, signer.public.text)])


def _tail(leaves: Sequence[bytes], note: str, key: str) -> bytes:
    """The part after the document, written in the one way."""
    seal = {"leaves": [base64.b64encode(each).decode() for each in leaves], "note": note, "key": key}
    text = json.dumps({"seal": seal}, ensure_ascii=False, indent=2)
    return text.removeprefix("{\n").encode() + b"\n"


def open_sealed(data: bytes, name: str, keys: Sequence[Public]) -> Opened:
    """Verify a sealed file, and name the lines that are not what was signed.

    Args:
        data: the file.
        name: its name, for the faults.
        keys: the keys that are trusted; none to take the one that it brings along.

    Raises:
        Unreadable: it is no sealed file.
    """
    lines = data.split(b"\n")
    start = _start(lines, name)
    body, tail = lines[:start], b"\n".join(lines[start:])
    opened = Opened(b"\n".join(body).removesuffix(b",") + _END, start)
    try:
        leaves, note, opened.key = _parts(tail)
    except Unreadable as error:
        opened.faults.append(Fault("seal_unreadable", name, start + 1 + _odd_line(tail), error.words, _FORM, _ACT))
        return opened
    opened.faults += _odd(tail, _tail(leaves, note, opened.key), start, name)
    state = _state(opened, note, keys, name, start + len(leaves) + 4)
    if state is not None:
        opened.at = state.at
        opened.faults += _judged(body, leaves, state, name)
    return opened


def _start(lines: Sequence[bytes], name: str) -> int:
    """Where the seal begins: at its mark, or before its leaves, if one of the two was changed."""
    if _MARK in lines:
        return lines.index(_MARK)
    if _LEAVES in lines:
        return lines.index(_LEAVES) - 1
    raise Unreadable(
        f"{name} 不是封存，不是事件的证明，也不是导出的日志：应为 jixiao seal、日志页或 jixiao journal export 所写",
        f"{name} is no seal, no proof of an event and no exported log: expected is what jixiao seal, the page of the "
        "journal or jixiao journal export writes",
    )


def _parts(tail: bytes) -> tuple[list[bytes], str, str]:
    try:
        found = json.loads(b"{" + tail, parse_float=str)["seal"]
        leaves, note, key = [from_base64(each) for each in found["leaves"]], found["note"], found["key"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Unreadable("签封残缺", "the seal is damaged") from None
    if not isinstance(note, str) or not isinstance(key, str) or any(len(each) != 32 for each in leaves):
        raise Unreadable("签封残缺", "the seal is damaged")
    try:
        (note + key).encode()
    except UnicodeEncodeError:  # half a character, which JSON can spell
        raise Unreadable("签封残缺", "the seal is damaged") from None
    return leaves, note, key


def _odd_line(tail: bytes) -> int:
    """The first line of a damaged seal that no seal has; 0 if each for itself could stand there."""
    return next((number for number, line in enumerate(tail.split(b"\n")) if _is_odd(line)), 0)


def _is_odd(line: bytes) -> bool:
    if not _TAIL.fullmatch(line):
        return True
    text = line.strip().removesuffix(b",")
    try:
        if text.startswith((b'"note"', b'"key"')):
            json.loads(b"{" + text + b"}", parse_float=str)
        elif len(text) == _LEAF:
            from_base64(text.decode().strip('"'))
    except ValueError:
        return True
    return False


_FORM: Final = Words("签封：各行的杂凑值、签名、公钥", "the seal: hashes of the lines, signature, public key")


def _odd(tail: bytes, expected: bytes, start: int, name: str) -> Iterator[Fault]:
    """The first line of the seal that is written in another way than the one."""
    pairs = zip_longest(tail.split(b"\n"), expected.split(b"\n"))
    for number, (one, other) in enumerate(pairs, start + 1):
        if one != other:
            yield Fault("seal_changed", name, number, _shown(one or b""), _shown(other or b""), _ACT)
            return


def _state(opened: Opened, note: str, keys: Sequence[Public], name: str, line: int) -> Checkpoint | None:
    """What was signed; `None`, and a fault, if nobody known signed it. The note is on `line`, the key on the next."""
    try:
        own = public(opened.key)
    except Unreadable as error:
        opened.faults.append(Fault("key_unreadable", name, line + 1, error.words, _SIGNED, _ACT))
        return None
    if keys and own not in keys:
        texts = ", ".join(key.text for key in keys)
        swapped = Fault("key_swapped", name, line + 1, Words(own.text, own.text), Words(texts, texts), _ACT)
        opened.faults.append(swapped)
    try:
        state = signed.read(note, keys or (own,))
    except Unreadable as error:
        opened.faults.append(Fault(_code(error), name, line, error.words, _SIGNED, _ACT))
        return None
    if state.origin != ORIGIN:
        opened.faults.append(Fault("other_note", name, line, Words(*[state.origin] * 2), Words(*[ORIGIN] * 2), _ACT))
        return None
    return state


def _code(error: Unreadable) -> str:
    if isinstance(error, Forged):
        return "signature_false"
    return "key_unknown" if isinstance(error, Unsigned) else "seal_unreadable"


def _judged(body: Sequence[bytes], leaves: Sequence[bytes], state: Checkpoint, name: str) -> Iterator[Fault]:
    """Hold the lines against what was signed; if they differ, name them by their leaves."""
    pairs = [leaf(line) for line in body]
    own = [each.sha256 for each in pairs]
    if len(body) == state.size and root(pairs) == state.root:
        if leaves != own:
            yield _leaves_changed(own, leaves, name)
        return
    if root(Pair(each, each) for each in leaves).sha256 != state.root.sha256:
        size = Words(f"{len(body)} 行", f"{len(body)} lines")
        yield Fault("lines_changed", name, 0, size, Words(f"签名的 {state.size} 行", f"the {state.size} signed"), _ACT)
        return
    yield from _named(body, _unlike(leaves, own), leaves, name)


def _leaves_changed(own: Sequence[bytes], leaves: Sequence[bytes], name: str) -> Fault:
    """The document is what was signed, the list of its hashes is not."""
    number = next(at for at, pair in enumerate(zip_longest(own, leaves)) if pair[0] != pair[1])
    read = Words(f"第 {number + 1} 个杂凑值", f"hash number {number + 1}")
    expected = Words(f"第 {number + 1} 行的杂凑值", f"the hash of line {number + 1}")
    return Fault("leaf_changed", name, len(own) + 3 + number, read, expected, _ACT)


def _unlike(leaves: Sequence[bytes], own: Sequence[bytes]) -> Iterator[tuple[int | None, int | None]]:
    """Places of the lines that differ, as signed and as read; none on one side where a line was added or is gone."""
    if len(leaves) == len(own):
        yield from ((at, at) for at, pair in enumerate(zip(leaves, own, strict=True)) if pair[0] != pair[1])
        return
    before = _alike(zip(leaves, own, strict=False))
    least = min(len(leaves), len(own)) - before
    after = _alike(islice(zip(reversed(leaves), reversed(own), strict=False), least))
    old, new = range(before, len(leaves) - after), range(before, len(own) - after)
    if len(old) * len(new) > _COMPARED:
        both = zip_longest(old, new)
        yield from ((one, other) for one, other in both if None in (one, other) or leaves[one] != own[other])
        return
    matcher = SequenceMatcher(None, leaves[old.start : old.stop], own[new.start : new.stop], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[i1:i2], new[j1:j2])


def _alike(pairs: Iterable[tuple[bytes, bytes]]) -> int:
    """How many pairs are alike before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _named(
    body: Sequence[bytes], unlike: Iterable[tuple[int | None, int | None]], leaves: Sequence[bytes], name: str
) -> Iterator[Fault]:
    """The lines that are not those that were signed, the first twenty; bytes are tried for the first three."""
    for count, (old, new) in enumerate(islice(unlike, _MOST)):
        if new is None:
            yield _missing(old or 0, name)
        elif old is None:
            yield Fault("line_added", name, new + 1, _at(body, new, body[new]), _NO_LINE, _ACT)
        else:
            before = mended(body[new], leaves[old]) if count < _TRIED else None
            yield _changed(body, new, before, name)


def _missing(old: int, name: str) -> Fault:
    read = Words(f"缺签名时的第 {old + 1} 行", f"line {old + 1} of what was signed is missing")
    return Fault("line_missing", name, old + 1, read, Words("该行", "that line"), _ACT)


def _changed(body: Sequence[bytes], number: int, before: bytes | None, name: str) -> Fault:
    """A line that is another; what it was, if that was found."""
    line = body[number]
    if before is None:
        expected = Words("签名时的这一行（另一内容）", "that line as it was signed (another text)")
        return Fault("line_changed", name, number + 1, _at(body, number, line), expected, _ACT)
    byte = next(at for at, pair in enumerate(zip_longest(line, before)) if pair[0] != pair[1])
    start = max(0, byte - _SHOWN)
    was, now = before[start:], line[start:]
    zh, en = _shown(was)
    expected = Words(f"{zh}（该行第 {byte + 1} 字节）", f"{en} (byte {byte + 1} of the line)")
    return Fault("line_changed", name, number + 1, _at(body, number, now), expected, _ACT)


def _at(body: Sequence[bytes], number: int, line: bytes) -> Words:
    """A line after the pointer of its value."""
    pointer, text = pointer_at(body, number), _shown(line).en
    return Words(f"{pointer}：{text}", f"{pointer}: {text}")


def _shown(line: bytes) -> Words:
    text = line.decode(errors="replace").strip()
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return Words(text, text)


def sm3_of(data: bytes) -> str:
    """SM3 of bytes, in hexadecimal digits."""
    return sm3(data).hex()
