"""What the verifier says of a log, of the proof of one event, or of a seal: as text and as `jixiao/verify/1`."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.journal.verdict import Fault, Verdict
from jixiao.journal.words import Words, plain
from jixiao.scoring.sheet import Text

VERIFY_SCHEMA: Final = "jixiao/verify/1"


class FaultWire(Struct, frozen=True):
    """What is wrong: a code that stays the same, file and line (0: the whole file), read, expected, what to do."""

    code: str
    file: str
    line: int
    read: Text
    expected: Text
    act: Text


class RootWire(Struct, frozen=True):
    """The root of the tree over all lines, in hexadecimal digits."""

    sm3: str
    sha256: str


class LogWire(Struct, frozen=True):
    """What was seen of a log."""

    origin: str
    lines: int
    removed: int
    checkpoints: int
    anchors: int
    doors: int
    first: str
    last: str
    root: RootWire


class SealWire(Struct, frozen=True):
    """What was seen of a seal: the key in it, when and by which program, lines signed, forms worked out anew."""

    key: str
    sealed: str
    program: str
    lines: int
    forms: int


class EventWire(Struct, frozen=True):
    """What was seen of a proof: the line of the event, its place from 0, and the log that holds it."""

    line: str
    place: int
    origin: str
    lines: int
    at: str


class VerifyDocument(Struct, frozen=True):
    """What `jixiao verify --format json` prints; one of `log`, `seal` and `event` is there, as what was verified."""

    program: str
    sound: bool
    faults: tuple[FaultWire, ...]
    unshown: tuple[Text, ...]
    log: LogWire | None = None
    seal: SealWire | None = None
    event: EventWire | None = None
    schema: Literal["jixiao/verify/1"] = VERIFY_SCHEMA


Seen = LogWire | SealWire | EventWire


def verify_schema() -> dict[str, Any]:
    """JSON Schema of the contract, generated from its structures."""
    return msgspec.json.schema(VerifyDocument)


def seen_of(verdict: Verdict) -> LogWire:
    """What was seen of a log."""
    root = RootWire(verdict.root.sm3.hex(), verdict.root.sha256.hex())
    return LogWire(
        verdict.origin, verdict.lines, verdict.removed, verdict.checkpoints, verdict.anchors, verdict.doors,
        verdict.first, verdict.last, root,
    )  # fmt: skip


def verified_json(seen: Seen, faults: Sequence[Fault], unshown: Sequence[Words], program: str) -> bytes:
    """The verdict as JSON, indented by two spaces."""
    document = VerifyDocument(
        program,
        not faults,
        tuple(map(_fault, faults)),
        tuple(Text(*each) for each in unshown),
        seen if isinstance(seen, LogWire) else None,
        seen if isinstance(seen, SealWire) else None,
        seen if isinstance(seen, EventWire) else None,
    )
    wire = msgspec.to_builtins(document)
    first = {"schema": wire.pop("schema")}
    return msgspec.json.format(msgspec.json.encode(first | wire), indent=2) + b"\n"


def _fault(fault: Fault) -> FaultWire:
    words = (Text(*each) for each in (fault.read, fault.expected, fault.act))
    return FaultWire(fault.code, fault.file, fault.line, *words)


def verified_text(seen: Seen, faults: Sequence[Fault], unshown: Sequence[Words], language: str) -> str:
    """The verdict in "zh" or "en": what was seen, the first fault and the others, what could not be shown."""
    zh = language == "zh"
    return "\n".join(map(plain, [*_about(seen, zh=zh), *_judged(faults, unshown, zh=zh)])) + "\n"


def _about(seen: Seen, *, zh: bool) -> Iterator[str]:
    if isinstance(seen, LogWire):
        return _log(seen, zh=zh)
    return _seal(seen, zh=zh) if isinstance(seen, SealWire) else _event(seen, zh=zh)


def _log(log: LogWire, *, zh: bool) -> Iterator[str]:
    span = f"{log.first} – {log.last}" if log.first else "–"
    if zh:
        yield f"日志 {log.origin or '（没有有效的检查点）'}：{log.lines} 行，{span}"
        yield f"检查点 {log.checkpoints} 个，另处保存的 {log.anchors} 个"
        yield f"根 SM3     {log.root.sm3}"
        yield f"根 SHA-256 {log.root.sha256}"
    else:
        yield f"log {log.origin or '(no good checkpoint)'}: {log.lines} lines, {span}"
        yield f"checkpoints {log.checkpoints}, kept elsewhere {log.anchors}"
        yield f"root SM3     {log.root.sm3}"
        yield f"root SHA-256 {log.root.sha256}"


def _seal(seal: SealWire, *, zh: bool) -> Iterator[str]:
    if zh:
        yield f"封存的复评结果：{seal.lines} 行，自评表 {seal.forms} 张已重算，{seal.sealed or '签名时间不明'}"
        yield f"程序 {seal.program or '不明'}，密钥 {seal.key}"
    else:
        yield f"sealed verdict: {seal.lines} lines, forms worked out anew {seal.forms}, {seal.sealed or 'time unknown'}"
        yield f"program {seal.program or 'unknown'}, key {seal.key}"


def _event(event: EventWire, *, zh: bool) -> Iterator[str]:
    if not event.lines:
        yield "事件的证明" if zh else "the proof of an event"
    elif zh:
        yield f"第 {event.place + 1} 条在 {event.origin} 于 {event.at} 签名的日志（{event.lines} 条）中"
    else:
        yield f"event {event.place + 1} of the log that {event.origin} signed at {event.at} ({event.lines} events)"
    yield event.line


def _judged(faults: Sequence[Fault], unshown: Sequence[Words], *, zh: bool) -> Iterator[str]:
    language = "zh" if zh else "en"
    if faults:
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        yield f"核验不通过，{len(faults)} 处：" if zh else f"NOT sound, {number}:"
        yield from (f"- {fault.text(language)}" for fault in faults)
    else:
        yield "核验通过：与签名的一致。" if zh else "Sound: it is what was signed."
    if unshown:
        yield "这次核验不能证明的：" if zh else "What this could not show:"
        yield from (f"- {words.in_(language)}" for words in unshown)
