"""What was signed about a log: its own checkpoints and those kept elsewhere, each believed only if a key signed it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from jixiao.journal import checkpoint as signed
from jixiao.journal.checkpoint import Checkpoint
from jixiao.journal.exporting import CHECKPOINTS, KEYS
from jixiao.journal.hashing import Pair
from jixiao.journal.keys import Public, public
from jixiao.journal.note import Forged, Unsigned
from jixiao.journal.opening import Log, split
from jixiao.journal.verdict import Fault
from jixiao.journal.words import Unreadable, Words

_MOST: Final = 20
"""Bad checkpoints that are told of a file; then the rest of it is not looked at."""
_ASK: Final = Words(
    "不要采信这份日志；向运行方要求说明，并与另处保存的检查点比较。",
    "Do not rely on this log; ask whoever runs it, and compare with a checkpoint kept elsewhere.",
)
_ANCHOR: Final = Words(
    "核对另处保存的检查点是不是这份日志的、是否完好，密钥是否给对。",
    "Check that the checkpoint kept elsewhere is of this log and whole, and that the key is the right one.",
)
_KEY: Final = Words("一行一个公钥：名称+8 位编号+base64", "public keys, one a line: name+8 digits+base64")
_EMPTY: Final = Words("没有密钥", "no key")
_NONE: Final = Words("没有一个有效的检查点", "not one good checkpoint")
_SIGNED: Final = Words("由所给密钥签名的检查点", "a checkpoint signed by one of the keys")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Checkpoints kept elsewhere.

    Attributes:
        name: where they are from, such as the file's name.
        text: signed texts, parted as in a log.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A checkpoint that one of the keys signed.

    Attributes:
        file: where it stands.
        line: on which line it begins.
        checkpoint: what it says.
        anchor: whether it was kept elsewhere.
    """

    file: str
    line: int
    checkpoint: Checkpoint
    anchor: bool

    def told(self) -> Words:
        """What it says of the root, and where it stands."""
        at, root = self.checkpoint.at.isoformat(timespec="seconds"), short(self.checkpoint.root)
        return Words(
            f"{root}（{self.file} 第 {self.line} 行，{self.checkpoint.size} 行时的检查点，{at}）",
            f"{root} ({self.file} line {self.line}, the checkpoint at {self.checkpoint.size} lines, {at})",
        )


@dataclass(slots=True)
class Statements:
    """What was signed about a log.

    Attributes:
        keys: the keys that were used.
        good: the checkpoints that one of them signed, shortest log first.
        faults: what is wrong with the others.
    """

    keys: Sequence[Public]
    good: list[Statement] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def short(root: Pair) -> str:
    """The beginnings of both roots."""
    return f"SM3 {root.sm3.hex()[:12]}… SHA-256 {root.sha256.hex()[:12]}…"


def gather(log: Log, keys: Sequence[Public], anchors: Iterable[Anchor]) -> Statements:
    """All checkpoints of a log and of the anchors, verified.

    Args:
        log: the log.
        keys: the keys that are trusted; none to use those that the log brings along.
        anchors: checkpoints kept elsewhere.
    """
    own, faults = _own_keys(log)
    found = Statements(keys or own, faults=faults)
    if keys and any(key not in keys for key in own):
        found.faults.append(_swapped(own, keys))
    _read_all(found, CHECKPOINTS, log.checkpoints, anchor=False)
    for each in anchors:
        _read_all(found, each.name, each.text, anchor=True)
    found.faults += _contradictions(found.good)
    found.good.sort(key=lambda each: each.checkpoint.size)
    return found


def _own_keys(log: Log) -> tuple[list[Public], list[Fault]]:
    keys, faults = [], []
    for number, text in enumerate(log.keys.splitlines(), 1):
        try:
            keys.append(public(text))
        except Unreadable as error:
            faults.append(Fault("key_unreadable", KEYS, number, error.words, _KEY, _ASK))
    return keys, faults or ([] if keys else [Fault("key_unreadable", KEYS, 0, _EMPTY, _KEY, _ASK)])


def _swapped(own: Sequence[Public], keys: Sequence[Public]) -> Fault:
    texts = [", ".join(each.text for each in some) for some in (own, keys)]
    act = Words(
        "密钥被换过，或者给错了密钥：向运行方核对密钥，是否更换、何时更换；旧密钥也用 --key 给出。",
        "The key was swapped, or the wrong one was given: ask whoever runs it whether and when it was renewed; give "
        "the older key with --key, too.",
    )
    return Fault("key_swapped", KEYS, 0, Words(texts[0], texts[0]), Words(texts[1], texts[1]), act)


def _read_all(found: Statements, file: str, text: str, *, anchor: bool) -> None:
    """Add each checkpoint that is one and signed; say what is wrong with the others, the first twenty of a file."""
    before = len(found.faults)
    for line, note in split(text):
        if len(found.faults) - before == _MOST:
            return
        try:
            found.good.append(Statement(file, line, signed.read(note, found.keys), anchor))
        except Unreadable as error:
            found.faults.append(Fault(_code(error), file, line, error.words, _SIGNED, _ANCHOR if anchor else _ASK))


def _code(error: Unreadable) -> str:
    if isinstance(error, Forged):
        return "checkpoint_forged"
    return "key_unknown" if isinstance(error, Unsigned) else "checkpoint_unreadable"


def _contradictions(good: Sequence[Statement]) -> Iterator[Fault]:
    """Checkpoints that cannot all be of one log that only grows."""
    own = [each for each in good if not each.anchor]
    if not own:
        yield Fault("no_checkpoint", CHECKPOINTS, 0, _NONE, _SIGNED, _ASK)
    for before, after in pairwise(own):
        if after.checkpoint.size < before.checkpoint.size:
            yield _shrunk(before, after)
    yield from _other_logs(good)
    yield from _split_views(good)


def _shrunk(before: Statement, after: Statement) -> Fault:
    sizes = before.checkpoint.size, after.checkpoint.size
    read = Words(f"日志从 {sizes[0]} 行变成 {sizes[1]} 行", f"the log went from {sizes[0]} lines to {sizes[1]}")
    expected = Words("只增不减的行数", "a number of lines that only grows")
    act = Words(
        "像是数据库退回到了旧的备份：向运行方要求说明。",
        "An old backup seems to have been put back: ask whoever runs it.",
    )
    return Fault("shrunk", after.file, after.line, read, expected, act)


def _other_logs(good: Sequence[Statement]) -> Iterator[Fault]:
    origin = good[0].checkpoint.origin if good else ""
    for each in good:
        if each.checkpoint.origin != origin:
            read, expected = (Words(name, name) for name in (each.checkpoint.origin, origin))
            yield Fault("other_log", each.file, each.line, read, expected, _ANCHOR if each.anchor else _ASK)


def _split_views(good: Sequence[Statement]) -> Iterator[Fault]:
    first: dict[int, Statement] = {}
    for each in good:
        known = first.setdefault(each.checkpoint.size, each)
        if known.checkpoint.root != each.checkpoint.root:
            act = Words(
                "同一行数有两个都签了名的根：对不同的人出示过不同的日志。保存这两份检查点，它们就是证据。",
                "Two roots are signed for one length: different logs were shown to different people. Keep both "
                "checkpoints; they are the proof.",
            )
            yield Fault("split_view", each.file, each.line, each.told(), known.told(), act)
