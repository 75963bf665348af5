"""The child process: confines itself, then answers one file after another until its input ends.

It is started by `cell` as `python -I -S`, with an empty environment, in a folder that is gone. Its answers are not
trusted. An error in our own code ends it, with a last frame that says where: the parent starts another.
"""

import codecs
import gc
import json
import os
import sys
from types import TracebackType
from typing import BinaryIO

from jixiao.reading import confine
from jixiao.reading.errors import Unreadable
from jixiao.reading.frames import (
    BROKEN,
    DATA,
    ERROR,
    FORMS,
    LABEL,
    OUT_OF_MEMORY,
    READY,
    read_frame,
    write_frame,
)

_RARELY = 100_000
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "cp437", "ascii", "latin-1")


def main(megabytes: int, cpu_seconds: int, most_bytes: int) -> None:
    """Run the child.

    Args:
        megabytes: memory it may have.
        cpu_seconds: processor time for each file.
        most_bytes: the largest file it takes.
    """
    kept = confine.limit(megabytes)
    answers = _own_output()
    _report_errors_to(answers)
    from jixiao.form import encode, to_wire
    from jixiao.layout.lexicon import load_lexicon
    from jixiao.reading.parse import parse_bytes

    load_lexicon()  # until here files can be opened, and Python may keep its compiled modules for the next start
    for name in _CODECS:
        codecs.lookup(name)  # a codec is a module, loaded at first use, and then no file can be opened any more
    calm_collector()
    kept += confine.lock()
    if confine.limit_processor(cpu_seconds):
        kept.append("processor time")
    write_frame(answers, READY, json.dumps(kept).encode())
    while (job := _job(most_bytes)) is not None:
        confine.limit_processor(cpu_seconds)
        try:
            forms = parse_bytes(job[1], job[0])
            answer = FORMS, encode([to_wire(form) for form in forms])
        except Unreadable as refusal:
            answer = ERROR, json.dumps(refusal.wire()).encode()
        except MemoryError:
            answer = OUT_OF_MEMORY, b""
        write_frame(answers, *answer)


def calm_collector() -> None:
    """Let the cycle collector look seldom: a file makes many small objects, no cycles, and the child lives shortly."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_RARELY)


def _job(most_bytes: int) -> tuple[str, bytes] | None:
    label = read_frame(sys.stdin.buffer, most_bytes)
    data = read_frame(sys.stdin.buffer, most_bytes) if label and label[0] == LABEL else None
    if label is None or data is None or data[0] != DATA:
        return None
    return label[1].decode("utf-8"), data[1]


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
        write_frame(answers, BROKEN, f"{kind.__name__} @ {where}".encode())

    sys.excepthook = last_words
