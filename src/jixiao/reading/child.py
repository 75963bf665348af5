"""The child process: confines itself, then answers one file after another until its input ends.

It is started by `worker` as `python -I -S`, with a nearly empty environment, in a folder that is gone. Its answers are
not trusted. An error in our own code ends it, with a last frame that says where: the parent starts another.
"""

import codecs
import gc
import json
import os
import sys
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from jixiao.reading import confine, frames
from jixiao.reading.errors import Unreadable
from jixiao.reading.eyes import Eyes, EyesNeeded
from jixiao.reading.frames import read_frame, write_frame
from jixiao.reading.limits import Limits

if TYPE_CHECKING:
    from jixiao.reading.page import PageBlocks
    from jixiao.reading.scan.picture import Picture

_RARELY = 100_000
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "cp437", "ascii", "latin-1")


def main(limits: Limits, opener: str = "") -> None:
    """Run the child.

    Args:
        limits: what a file may cost.
        opener: "module:function" that opens the eyes, of a child that has them.
    """
    kept = confine.part()
    answers = _own_output()
    _report_errors_to(answers)
    from jixiao.form import encode, to_wire
    from jixiao.layout.lexicon import load_lexicon
    from jixiao.reading.parse import parse_bytes
    from jixiao.reading.shown import show_bytes

    load_lexicon()  # until here files can be opened, and Python may keep its compiled modules for the next start
    for name in _CODECS:
        codecs.lookup(name)  # a codec is a module, loaded at first use, and then no file can be opened any more
    eyes = _open_eyes(opener, answers, limits)
    calm_collector()
    kept += confine.limit(limits.memory_megabytes)
    kept += confine.lock(alone=bool(kept))
    if confine.limit_processor(limits.cpu_seconds):
        kept.append("processor time")
    write_frame(answers, frames.READY, json.dumps(kept + ["eyes"] * bool(eyes)).encode())
    while (job := _job(limits.file_bytes)) is not None:
        confine.limit_processor(limits.cpu_seconds)
        label, kind, data = job
        try:
            if kind == frames.SHOW:
                answer = frames.SHEETS, msgspec.json.encode(show_bytes(data, label, limits, seeing=eyes is not None))
            else:
                forms = parse_bytes(data, label, eyes, limits, asking=kind == frames.DATA and eyes is None)
                answer = frames.FORMS, encode([to_wire(form) for form in forms])
        except Unreadable as refusal:
            answer = frames.ERROR, json.dumps(refusal.wire()).encode()
        except EyesNeeded:
            answer = frames.NEEDS_EYES, b""
        except MemoryError:
            answer = frames.OUT_OF_MEMORY, b""
        write_frame(answers, *answer)


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
    module, _, function = opener.partition(":")
    eyes = cast("Eyes | None", getattr(import_module(module), function)())
    return _PacedEyes(eyes, answers, limits.cpu_seconds) if eyes else None


def _job(most_bytes: int) -> tuple[str, bytes, bytes] | None:
    """The next file: its label, what is to be done with it (the kind of its frame), and its bytes."""
    label = read_frame(sys.stdin.buffer, most_bytes)
    data = read_frame(sys.stdin.buffer, most_bytes) if label and label[0] == frames.LABEL else None
    if label is None or data is None or data[0] not in (frames.DATA, frames.BLIND, frames.SHOW):
        return None
    return label[1].decode("utf-8"), *data


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
