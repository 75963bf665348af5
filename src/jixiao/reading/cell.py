"""The cell 隔间: files are parsed in confined child processes, so that no file can harm the program that asked.

The parent only reads the file's bytes, hands them over a pipe, holds the clock and checks the answer against the
model. A child that dies, by a signal, a limit or the clock, costs exactly its file and becomes a sentence. Pictures go
to a second kind of child, with eyes, where the extra for scans is installed.
"""

import os
import stat
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from jixiao.form import Form
from jixiao.layout.shown import Sheet
from jixiao.reading import convert, errors, eyes
from jixiao.reading.crew import Crew
from jixiao.reading.errors import Unreadable
from jixiao.reading.handover import EyesNeeded, IsArchive, Member, OfficeNeeded
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.worker import Protection, Worker

if TYPE_CHECKING:
    from concurrent.futures import Future

_AHEAD = 8
Outcome: TypeAlias = tuple[Form, ...] | Unreadable
"""The forms of a file, or why there are none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read: a file of its own, or a member of an archive.

    Attributes:
        path: as the caller named it; a member's is that of its archive, and its name in it.
        sha256: hex digest of its bytes; empty where they could not be had.
        outcome: its forms, or why there are none.
        is_archive: whether it is a zip of files that was left packed; its outcome is then no forms.
    """

    path: str | os.PathLike[str]
    sha256: str
    outcome: Outcome
    is_archive: bool = False


def read_file(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, file_label: str | None = None
) -> tuple[Form, ...]:
    """Read every form in a file, in fresh child processes; of an archive, every form of every member.

    Args:
        path: the file.
        limits: what it may cost.
        file_label: its name in places and sentences; the path as given if `None`.

    Raises:
        Unreadable: it, or a member of it, cannot be opened or read, or holds no form.
    """
    with closing(Cell(limits, 2)) as cell:
        forms: list[Form] = []
        for reading in cell.readings(path, file_label or label_of(path)):
            if isinstance(reading.outcome, Unreadable):
                raise reading.outcome
            forms.extend(reading.outcome)
        return tuple(forms)


def read_bytes(data: bytes, label: str, *, limits: Limits = DEFAULT_LIMITS) -> tuple[Form, ...]:
    """Read every form in a file that is in memory, in fresh child processes.

    Args:
        data: the whole file.
        label: its name in places and sentences.
        limits: what it may cost.

    Raises:
        Unreadable: it cannot be opened or read, holds no form, or is an archive.
    """
    with closing(Cell(limits, 1)) as cell:
        return cell.read(lambda: data, label)


def read_many(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS, workers: int | None = None
) -> Generator[tuple[str | os.PathLike[str], Outcome], None, None]:
    """As `read_all`, each path with its outcome."""
    with closing(read_all(paths, limits=limits, workers=workers)) as readings:
        for reading in readings:
            yield reading.path, reading.outcome


def read_all(
    paths: Iterable[str | os.PathLike[str]],
    *,
    limits: Limits = DEFAULT_LIMITS,
    workers: int | None = None,
    label: Callable[[str | os.PathLike[str]], str] | None = None,
    archives: bool = True,
) -> Generator[Reading, None, None]:
    """Read many files in warm child processes, some ahead of the one asked for; a long scan holds up no other file.

    Args:
        paths: the files.
        limits: what each may cost.
        workers: how many children at most; as many as processors if `None`.
        label: gives a file's name in places and sentences; the path as given if `None`.
        archives: whether the members of a zip are read; without, the zip itself is one reading (`unpack_file`).

    Returns:
        An iterator of what came of each, an archive's members in its place, in the order given; close it to end early.
    """
    from concurrent.futures import ThreadPoolExecutor

    count, named = workers or os.cpu_count() or 1, label or label_of
    cell = Cell(limits, count)

    def read(path: str | os.PathLike[str]) -> list[Reading]:
        return list(cell.readings(path, named(path), archives=archives))

    waiting: deque[Future[list[Reading]]] = deque()
    with ThreadPoolExecutor(_AHEAD * count) as threads:
        try:
            for path in paths:
                waiting.append(threads.submit(read, path))
                if len(waiting) > _AHEAD * count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            cell.close()


def unpack_file(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, file_label: str | None = None
) -> Generator[Member, None, None]:
    """The members of a zip of files, unpacked in a fresh child as they are asked for; close it to end early.

    Args:
        path: the archive.
        limits: what it may hold, and each member.
        file_label: its name in sentences; the path as given if `None`.

    Raises:
        Unreadable: it cannot be unpacked.
    """
    label = file_label or label_of(path)
    data = load(path, label, limits)
    with Worker(limits) as worker:
        yield from worker.unpack(data, label)


def show_file(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, file_label: str | None = None
) -> tuple[Sheet, ...]:
    """The pages of a file as pictures, or its tables and lines, to show where each field was read.

    Args:
        path: the file.
        limits: what it may cost.
        file_label: its name in sentences; the path as given if `None`.

    Raises:
        Unreadable: it cannot be opened.
    """
    label = file_label or label_of(path)
    data = load(path, label, limits)
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
        self._unpackers = Crew(limits, workers)
        self._eyes = Crew(limits.of_eyes, limits.eyes, eyes.OPENER) if eyes.eyes_are_installed() else None

    def readings(self, path: str | os.PathLike[str], label: str, *, archives: bool = True) -> Iterator[Reading]:
        """What came of a file: one reading, or one for each member of an archive unless it is to be left packed."""
        source = _Source(lambda: load(path, label, self._limits))
        try:
            yield self._reading(source, path, label)
        except IsArchive:
            if archives:
                yield from self._members(source, path, label)
            else:
                yield Reading(path, source.sha256, (), is_archive=True)

    def _reading(self, source: "_Source", path: str | os.PathLike[str], label: str) -> Reading:
        """What came of a file.

        Raises:
            IsArchive: it is a zip of files.
        """
        try:
            outcome: Outcome = self._read(source, label)
        except Unreadable as refusal:
            outcome = refusal
        return Reading(path, source.sha256, outcome)

    def read(self, load: Callable[[], bytes], label: str) -> tuple[Form, ...]:
        """The forms of a file that is no archive.

        Raises:
            Unreadable: it cannot be read, holds no form, or is an archive.
        """
        try:
            return self._read(_Source(load), label)
        except IsArchive as error:
            raise errors.archive(label, "压缩包", "an archive") from error

    def _members(self, source: "_Source", path: str | os.PathLike[str], label: str) -> Iterator[Reading]:
        """What came of each member; one child unpacks them while others read them."""
        try:
            with self._unpackers.lend() as worker:
                for member in worker.unpack(source(), label):
                    yield self._member(member, Path(f"{os.fsdecode(path)}/{member.name}"), f"{label}/{member.name}")
        except Unreadable as refusal:
            yield Reading(path, source.sha256, refusal)

    def _member(self, member: Member, path: Path, label: str) -> Reading:
        content = member.content
        if isinstance(content, Unreadable):
            return Reading(path, "", content)
        source = _Source(lambda: content)
        try:
            return self._reading(source, path, label)
        except IsArchive:
            inner = errors.archive(label, "压缩包中的压缩包", "an archive inside an archive")
            return Reading(path, source.sha256, inner)

    def _read(self, source: "_Source", label: str) -> tuple[Form, ...]:
        """The forms of a file, by a plain child if it can, else by one with eyes.

        Args:
            source: gives the file's bytes.
            label: its name in places and sentences.

        Raises:
            Unreadable: it cannot be read, or holds no form.
            IsArchive: it is a zip of files.
        """
        try:
            with self._plain.lend() as worker:
                return worker.read(source(), label, asking=self._eyes is not None)
        except OfficeNeeded as needed:
            return self._converted(convert.to_docx(source(), needed.kind, label, self._limits), label)
        except EyesNeeded:
            return self._seen(source, label)

    def _converted(self, data: bytes, label: str) -> tuple[Form, ...]:
        """The forms of a document that LibreOffice has made."""
        with self._plain.lend() as worker:
            return worker.read(data, label)

    def show(self, source: Callable[[], bytes], label: str) -> tuple[Sheet, ...]:
        """What there is to show of a file: its pages, or its tables and lines.

        Raises:
            Unreadable: it cannot be opened.
        """
        try:
            with self._plain.lend() as worker:
                return worker.show(source(), label)
        except OfficeNeeded as needed:
            data = convert.to_docx(source(), needed.kind, label, self._limits)
            with self._plain.lend() as worker:
                return worker.show(data, label)
        except EyesNeeded:
            if self._eyes is None:
                return ()
        with self._eyes.lend() as worker:
            return worker.show(source(), label) if worker.sees else ()

    def close(self) -> None:
        """End all children."""
        with ExitStack() as ends:
            for crew in (self._plain, self._unpackers, *filter(None, [self._eyes])):
                ends.callback(crew.close)

    def _seen(self, source: "_Source", label: str) -> tuple[Form, ...]:
        """The forms of a file that needs eyes; without, what there is, where the eyes cannot be opened after all."""
        assert self._eyes is not None  # noqa: S101  # a child is only asked to say so when there are eyes
        with self._eyes.lend() as worker:
            if worker.sees:
                return worker.read(source(), label)
        with self._plain.lend() as worker:
            return worker.read(source(), label)


class _Source:
    """A file's bytes, asked for only when a child is free, so that few are held at once; and their digest."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load
        self.sha256 = ""

    def __call__(self) -> bytes:
        """The bytes, loaded anew.

        Raises:
            Unreadable: they cannot be had.
        """
        data = self._load()
        self.sha256 = sha256(data).hexdigest()
        return data


def load(path: str | os.PathLike[str], label: str, limits: Limits) -> bytes:
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
