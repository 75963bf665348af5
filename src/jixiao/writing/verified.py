"""What the verifier of a log says, as text and as data, contract `jixiao/verify/1`."""

from collections.abc import Iterator
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.journal.verdict import Fault, Verdict
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
    """What was seen of the log."""

    origin: str
    lines: int
    removed: int
    checkpoints: int
    anchors: int
    doors: int
    first: str
    last: str
    root: RootWire


class VerifyDocument(Struct, frozen=True):
    """What `jixiao verify LOG --format json` prints."""

    program: str
    sound: bool
    faults: tuple[FaultWire, ...]
    unshown: tuple[Text, ...]
    log: LogWire
    schema: Literal["jixiao/verify/1"] = VERIFY_SCHEMA


def verify_schema() -> dict[str, Any]:
    """JSON Schema of the contract, generated from its structures."""
    return msgspec.json.schema(VerifyDocument)


def verdict_json(verdict: Verdict, program: str) -> bytes:
    """The verdict as JSON, indented by two spaces."""
    root = RootWire(verdict.root.sm3.hex(), verdict.root.sha256.hex())
    log = LogWire(
        verdict.origin, verdict.lines, verdict.removed, verdict.checkpoints, verdict.anchors, verdict.doors,
        verdict.first, verdict.last, root,
    )  # fmt: skip
    unshown = tuple(Text(*each) for each in verdict.unshown)
    document = VerifyDocument(program, verdict.sound, tuple(map(_fault, verdict.faults)), unshown, log)
    wire = msgspec.to_builtins(document)
    first = {"schema": wire.pop("schema")}
    return msgspec.json.format(msgspec.json.encode(first | wire), indent=2) + b"\n"


def _fault(fault: Fault) -> FaultWire:
    words = (Text(*each) for each in (fault.read, fault.expected, fault.act))
    return FaultWire(fault.code, fault.file, fault.line, *words)


def verdict_text(verdict: Verdict, language: str) -> str:
    """The verdict in "zh" or "en": what was seen, the first fault and the others, what could not be shown."""
    return "\n".join([*_seen(verdict, language), *_judged(verdict, language)]) + "\n"


def _seen(verdict: Verdict, language: str) -> Iterator[str]:
    sm3, sha256 = verdict.root.sm3.hex(), verdict.root.sha256.hex()
    span = f"{verdict.first} – {verdict.last}" if verdict.first else "–"
    if language == "zh":
        yield f"日志 {verdict.origin or '（没有有效的检查点）'}：{verdict.lines} 行，{span}"
        yield f"检查点 {verdict.checkpoints} 个，另处保存的 {verdict.anchors} 个"
        yield f"根 SM3     {sm3}\n根 SHA-256 {sha256}"
    else:
        yield f"log {verdict.origin or '(no good checkpoint)'}: {verdict.lines} lines, {span}"
        yield f"checkpoints {verdict.checkpoints}, kept elsewhere {verdict.anchors}"
        yield f"root SM3     {sm3}\nroot SHA-256 {sha256}"


def _judged(verdict: Verdict, language: str) -> Iterator[str]:
    zh = language == "zh"
    if verdict.sound:
        yield "核验通过：与签名的一致。" if zh else "Sound: it is what was signed."
    else:
        count = len(verdict.faults)
        yield f"核验不通过，{count} 处。第一处：" if zh else f"NOT sound, {count} faults. The first:"
        yield from (f"- {fault.text(language)}" for fault in verdict.faults)
    if verdict.unshown:
        yield "这次核验不能证明的：" if zh else "What this could not show:"
        yield from (f"- {words.in_(language)}" for words in verdict.unshown)
