"""Which lines of our readers a set of files reaches. Each file is read in a process of its own, forked and limited.

Counted are the lines of functions; what runs when a module is imported counts for nothing. Not counted are the parent's
side (`cell`, `worker` …), the confinement, what is shown rather than read, and the eyes (`scan`), which need models.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import jixiao.reading

ROOM: Final = Path(jixiao.reading.__file__).parent
_NOT_READERS: Final = frozenset({
    "cell", "worker", "crew", "child", "confine", "calls", "convert", "rework", "eyes", "frames", "handover", "limits",
    "errors", "shown", "png", "__init__",
})  # fmt: skip
_SECONDS, _MEGABYTES = 10, 2_000
"""Of the processor, not of the clock, so that a busy machine reaches as much as a quiet one."""
Lines = dict[str, set[int]]


def readers() -> list[Path]:
    """The modules of our readers."""
    return [
        path for path in sorted(ROOM.rglob("*.py"))
        if path.stem not in _NOT_READERS and "scan" not in path.relative_to(ROOM).parts
        and path.stem != "pdf_picture"
    ]  # fmt: skip


def lines_of(path: Path) -> set[int]:
    """The lines of all functions in a module."""
    found: set[int] = set()
    waiting: list[tuple[CodeType, bool]] = [(compile(path.read_text(encoding="utf-8"), str(path), "exec"), False)]
    while waiting:
        code, inside = waiting.pop()
        inside = inside or bool(code.co_flags & 0x2 and "<module>" not in code.co_name)
        if inside:
            found |= {line for _, _, line in code.co_lines() if line and line != code.co_firstlineno}
        waiting += [(each, inside) for each in code.co_consts if isinstance(each, CodeType)]
    return found


def reached(files: Iterable[bytes], read: Callable[[bytes], object], enough: int = 100) -> Lines:
    """The lines that reading files reaches, of those of our readers.

    Args:
        files: the files, read in order.
        read: reads one.
        enough: per cent of the lines; once they are reached, no other file is read.
    """
    wanted = {str(path): lines_of(path) for path in readers()}
    for path in readers():
        import_module(".".join(("jixiao.reading", *path.relative_to(ROOM).with_suffix("").parts)))
    found: Lines = {name: set() for name in wanted}
    every = sum(map(len, wanted.values()))
    for data in files:
        for name, lines in _forked(data, read, found):
            found[name] |= lines & wanted[name]
        if 100 * sum(map(len, found.values())) >= enough * every:
            break
    return found


def _forked(data: bytes, read: Callable[[bytes], object], known: Lines) -> Iterator[tuple[str, set[int]]]:
    """The lines that one file reaches and none before it did."""
    ours, theirs = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(ours)
        _traced(data, read, known, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        answer = told.read()
    os.waitpid(pid, 0)
    with suppress(ValueError):
        yield from ((name, set(lines)) for name, lines in json.loads(answer).items())


def _traced(data: bytes, read: Callable[[bytes], object], known: Lines, out: int) -> None:
    """Read one file, note the lines, tell them, and end."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEGABYTES << 20, _MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * _SECONDS, 2 * _SECONDS))  # where C code lets no handler run
    found: Lines = {}

    def end(*_: object) -> None:
        sys.settrace(None)
        _told(out, found)
        os._exit(0)

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    sys.settrace(_tracer(known, found))
    with suppress(Exception):
        read(data)
    end()


def _told(out: int, found: Lines) -> None:
    with os.fdopen(out, "wb", closefd=False) as stream:
        stream.write(json.dumps({name: sorted(lines) for name, lines in found.items()}).encode())


def _tracer(known: Lines, found: Lines) -> Callable[..., Any]:
    """Notes each line once; a function all of whose lines are known is not followed."""
    whole: dict[int, tuple[bool, CodeType]] = {}  # by its address: a code object's own hash looks at all of it

    def line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            found.setdefault(frame.f_code.co_filename, set()).add(frame.f_lineno)
        return line

    def call(frame: FrameType, _: str, __: object) -> Any:
        code = frame.f_code
        if id(code) not in whole:
            whole[id(code)] = _is_known(code, known), code
        return None if whole[id(code)][0] else line

    return call


def _is_known(code: CodeType, known: Lines) -> bool:
    """Whether a function is none of a reader's, or all of its lines are known."""
    lines = known.get(code.co_filename)
    return lines is None or all(
        number in lines for _, _, number in code.co_lines() if number and number != code.co_firstlineno
    )
