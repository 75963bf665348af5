"""The child process: confines itself, then answers one file after another until its input ends.

It is started by `worker` as `python -I -S`, with a nearly empty environment, in a folder that is gone. Its answers are
not trusted. An error in our own code ends it, with a last frame that says where: the parent starts another.
"""

import codecs
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import msgspec

from jixiao.layout.crafts import Craft, Refused
from jixiao.reading import confine, errors, frames
from jixiao.reading.archive import members
from jixiao.reading.errors import Unreadable
from jixiao.reading.eyes import Eyes
from jixiao.reading.frames import read_frame, write_frame
from jixiao.reading.handover import EyesNeeded, IsArchive, OfficeNeeded
from jixiao.reading.limits import Limits

if TYPE_CHECKING:
    from jixiao.reading.page import PageBlocks
    from jixiao.reading.scan.picture import Picture

_ROOMS = ("jixiao.form", "jixiao.reading.parse", "jixiao.reading.shown")
_RARELY = 100_000
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "cp437", "ascii", "latin-1")


def main(limits: Limits, opener: str = "", craft: str = "", *, bare: bool = False) -> None:
    """Run the child.

    Args:
        limits: what a file may cost.
        opener: "module:function" that opens the eyes, of a child that has them.
        craft: "module:function" that changes an original, of a child that has one.
        bare: whether to work where the system limits nothing, too.
    """
    kept = confine.part()
    alone = bool(kept)
    answers = _own_output()
    _report_errors_to(answers)
    from jixiao.layout.lexicon import load_lexicon

    for module in _ROOMS:
        import_module(module)
    load_lexicon()  # until here files can be opened, and Python may keep its compiled modules for the next start
    load_lexicon(cells=False)
    for name in _CODECS:
        codecs.lookup(name)  # a codec is a module, loaded at first use, and then no file can be opened any more
    tools = _Tools(_open_eyes(opener, answers, limits), cast("Craft", _named(craft)) if craft else None)
    calm_collector()
    kept += confine.limit(limits.memory_megabytes)
    kept += confine.lock(alone=alone, making_code=bool(tools.eyes))
    if confine.limit_processor(limits.cpu_seconds):
        kept.append("processor time")
    write_frame(answers, frames.READY, json.dumps(kept + ["eyes"] * bool(tools.eyes)).encode())
    held = bare or not confine.LEAST.isdisjoint(kept)
    while (job := _job(limits.file_bytes)) is not None:
        confine.limit_processor(limits.cpu_seconds)
        for frame in _answers(job, tools, limits) if held else (_error(errors.no_cell(job.label)),):
            write_frame(answers, *frame)


@dataclass(frozen=True, slots=True)
class _Tools:
    """What this child has beyond reading."""

    eyes: Eyes | None
    craft: Craft | None


def _answers(job: "_Job", tools: _Tools, limits: Limits) -> Iterator[frames.Frame]:
    try:
        yield from _WORK[job.kind](job, tools, limits)
    except Unreadable as refusal:
        yield _error(refusal)
    except Refused as refusal:
        yield _error(errors.refused(job.label, refusal))
    except IsArchive:
        yield frames.ARCHIVE, b""
    except OfficeNeeded as needed:
        yield frames.NEEDS_OFFICE, needed.kind.encode()
    except EyesNeeded:
        yield frames.NEEDS_EYES, b""
    except MemoryError:
        yield frames.OUT_OF_MEMORY, b""


def _read(job: "_Job", tools: _Tools, limits: Limits) -> Iterator[frames.Frame]:
    from jixiao.form import encode, to_wire
    from jixiao.reading.parse import parse_bytes

    asking = job.kind == frames.DATA and tools.eyes is None
    forms = parse_bytes(job.data, job.label, tools.eyes, limits, asking=asking)
    yield frames.FORMS, encode([to_wire(form) for form in forms])


def _shown(job: "_Job", tools: _Tools, limits: Limits) -> Iterator[frames.Frame]:
    from jixiao.reading.shown import show_bytes

    sheets = show_bytes(job.data, job.label, limits, seeing=tools.eyes is not None)
    yield frames.SHEETS, msgspec.json.encode(sheets)


def _unpacked(job: "_Job", _: _Tools, limits: Limits) -> Iterator[frames.Frame]:
    for member in members(job.data, job.label, limits):
        yield frames.MEMBER, member.name.encode()
        content = member.content
        yield (frames.CONTENT, content) if isinstance(content, bytes) else _error(content)
    yield frames.END, b""


def _reworked(job: "_Job", tools: _Tools, _: Limits) -> Iterator[frames.Frame]:
    if tools.craft is None:
        raise LookupError("a child without a craft")
    yield frames.REWORKED, memoryview(tools.craft(job.data, job.order)).tobytes()  # of nothing but bytes


def _error(refusal: Unreadable) -> frames.Frame:
    return frames.ERROR, json.dumps(refusal.wire()).encode()


_WORK: Final = {
    frames.DATA: _read, frames.BLIND: _read, frames.SHOW: _shown, frames.UNPACK: _unpacked, frames.REWORK: _reworked,
}  # fmt: skip
"""What is done with a job of each kind."""


def calm_collector() -> None:
    """Let the cycle collector look seldom: a file makes many small objects, no cycles, and the child lives shortly."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_RARELY)


class _PacedEyes:
    """Eyes that get their processor time anew for each page, and tell the parent so."""

    def __init__(self, eyes: Eyes, answers: BinaryIO, seconds: int) -> None:
        self.eyes, self.answers, self.seconds = eyes, answers, seconds

    def read(self, picture: "Picture", file: str) -> "PageBlocks":
        """As the eyes do."""
        confine.limit_processor(self.seconds)
        write_frame(self.answers, frames.PAGE, b"")
        return self.eyes.read(picture, file)


def _open_eyes(opener: str, answers: BinaryIO, limits: Limits) -> Eyes | None:
    if not opener:
        return None
    import_module("jixiao.reading.scan.look")
    import_module("jixiao.reading.scan.show")
    eyes = cast("Eyes | None", _named(opener)())
    return _PacedEyes(eyes, answers, limits.cpu_seconds) if eyes else None


def _named(name: str) -> Callable[..., object]:
    """The function that "module:function" names."""
    module, _, function = name.partition(":")
    return cast("Callable[..., object]", getattr(import_module(module), function))


@dataclass(frozen=True, slots=True)
class _Job:
    """What to do (a kind of frame), the file's label, its bytes, and the order of one that is to be changed."""

    kind: bytes
    label: str
    data: bytes
    order: bytes


def _job(most_bytes: int) -> _Job | None:
    """The next job; none when the parent has ended."""
    label = read_frame(sys.stdin.buffer, most_bytes)
    data = read_frame(sys.stdin.buffer, most_bytes) if label and label[0] == frames.LABEL else None
    order = b""
    if data is not None and data[0] == frames.ORDER:
        order, data = data[1], read_frame(sys.stdin.buffer, most_bytes)
    if label is None or data is None or data[0] not in _WORK:
        return None
    return _Job(data[0], label[1].decode("utf-8"), data[1], order)


def _own_output() -> BinaryIO:
    """The pipe to the parent under another number: what a library prints to stdout must not look like an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _report_errors_to(answers: BinaryIO) -> None:
    def last_words(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
        write_frame(answers, frames.BROKEN, f"{kind.__name__} @ {where}".encode())

    sys.excepthook = last_words
