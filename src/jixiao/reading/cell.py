"""The cell 隔间: files are parsed in confined child processes, so that no file can harm the program that asked.

The parent only reads the file's bytes, hands them over a pipe, holds the clock and checks the answer against the
model. A child that dies, by a signal, a limit or the clock, costs exactly its file and becomes a sentence. Pictures go
to a second kind of child, with eyes, where the extra for scans is installed.
"""

import os
import stat
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.form import Form
from jixiao.layout.shown import Sheet
from jixiao.reading import errors, eyes
from jixiao.reading.crew import Crew
from jixiao.reading.errors import Unreadable
from jixiao.reading.eyes import EyesNeeded
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.worker import Protection, Worker

if TYPE_CHECKING:
    from concurrent.futures import Future

_AHEAD = 8


def read_file(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, file_label: str | None = None
) -> tuple[Form, ...]:
    """Read every form in a file, in fresh child processes.

    Args:
        path: the file.
        limits: what it may cost.
        file_label: its name in places and sentences; the path as given if `None`.

    Raises:
        Unreadable: it cannot be opened or read, or holds no form.
    """
    label = file_label or label_of(path)
    data = _load(path, label, limits)
    with closing(Cell(limits, 1)) as cell:
        return cell.read(lambda: data, label)


def read_many(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS, workers: int | None = None
) -> Generator[tuple[str | os.PathLike[str], tuple[Form, ...] | Unreadable], None, None]:
    """Read many files in warm child processes, some ahead of the one asked for; a long scan holds up no other file.

    Args:
        paths: the files.
        limits: what each may cost.
        workers: how many children at most; as many as processors if `None`.

    Returns:
        An iterator of each path with its forms, or why it could not be read, in the order given; close it to end
        early.
    """
    from concurrent.futures import ThreadPoolExecutor

    count = workers or os.cpu_count() or 1
    cell = Cell(limits, count)
    waiting: deque[tuple[str | os.PathLike[str], Future[tuple[Form, ...] | Unreadable]]] = deque()
    with ThreadPoolExecutor(_AHEAD * count) as threads:
        try:
            for path in paths:
                waiting.append((path, threads.submit(cell.outcome, path)))
                if len(waiting) > _AHEAD * count:
                    yield waiting[0][0], waiting.popleft()[1].result()
            while waiting:
                yield waiting[0][0], waiting.popleft()[1].result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            cell.close()


def show_file(path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS) -> tuple[Sheet, ...]:
    """The pages of a file as pictures, or its tables and lines, to show where each field was read.

    Args:
        path: the file.
        limits: what it may cost.

    Raises:
        Unreadable: it cannot be opened.
    """
    label = label_of(path)
    data = _load(path, label, limits)
    with closing(Cell(limits, 1)) as cell:
        return cell.show(lambda: data, label)


def protection(limits: Limits = DEFAULT_LIMITS) -> Protection:
    """What confines a child on this machine; starts one to see."""
    with Worker(limits) as worker:
        return worker.protection


def label_of(path: str | os.PathLike[str]) -> str:
    """A path as text for people and JSON: bytes that are no UTF-8 become replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


class Cell:
    """The children of a run: plain ones, and some with eyes where the extra for scans is installed."""

    def __init__(self, limits: Limits, workers: int) -> None:
        """Start no child yet.

        Args:
            limits: what each file may cost.
            workers: how many plain children at most.
        """
        self._limits = limits
        self._plain = Crew(limits, workers)
        self._eyes = Crew(limits.of_eyes, limits.eyes, eyes.OPENER) if eyes.eyes_are_installed() else None

    def outcome(self, path: str | os.PathLike[str]) -> tuple[Form, ...] | Unreadable:
        """The forms of a file, or why there are none."""
        label = label_of(path)
        try:
            return self.read(lambda: _load(path, label, self._limits), label)
        except Unreadable as refusal:
            return refusal

    def read(self, source: Callable[[], bytes], label: str) -> tuple[Form, ...]:
        """The forms of a file, by a plain child if it can, else by one with eyes.

        Args:
            source: gives the file's bytes; asked only when a child is free, so that few files are held at once.
            label: its name in places and sentences.

        Raises:
            Unreadable: it cannot be read, or holds no form.
        """
        try:
            with self._plain.lend() as worker:
                return worker.read(source(), label, asking=self._eyes is not None)
        except EyesNeeded:
            return self._seen(source, label)

    def show(self, source: Callable[[], bytes], label: str) -> tuple[Sheet, ...]:
        """What there is to show of a file: its pages, or its tables and lines.

        Raises:
            Unreadable: it cannot be opened.
        """
        try:
            with self._plain.lend() as worker:
                return worker.show(source(), label)
        except EyesNeeded:
            if self._eyes is None:
                return ()
        with self._eyes.lend() as worker:
            return worker.show(source(), label) if worker.sees else ()

    def close(self) -> None:
        """End all children."""
        with ExitStack() as ends:
            ends.callback(self._plain.close)
            if self._eyes:
                ends.callback(self._eyes.close)

    def _seen(self, source: Callable[[], bytes], label: str) -> tuple[Form, ...]:
        """The forms of a file that needs eyes; without, what there is, where the eyes cannot be opened after all."""
        assert self._eyes is not None  # noqa: S101  # a child is only asked to say so when there are eyes
        with self._eyes.lend() as worker:
            if worker.sees:
                return worker.read(source(), label)
        with self._plain.lend() as worker:
            return worker.read(source(), label)


def _load(path: str | os.PathLike[str], label: str, limits: Limits) -> bytes:
    """The bytes of an ordinary file, of at most the allowed size.

    Raises:
        Unreadable: there is none, it may not be opened, or it is too large.
    """
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise errors.is_a_directory(label)
        if not stat.S_ISREG(mode):
            raise errors.not_a_file(label)
        with Path(path).open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise errors.not_found(label) from error
    except PermissionError as error:
        raise errors.no_permission(label) from error
    except OSError as error:
        raise errors.cannot_be_opened(label, error.strerror or type(error).__name__) from error
    if len(data) > limits.file_bytes:
        size = f"{limits.file_megabytes} MB"
        raise errors.too_large(label, "文件过大", "the file is too large", size, size)
    return data
