"""The cell 隔间: files are parsed in confined child processes, so that no file can harm the program that asked.

The parent only reads the file's bytes, hands them over a pipe, holds the clock and checks the answer against the
model. A child that dies, by a signal, a limit or the clock, costs exactly its file and becomes a sentence.
"""

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from jixiao.form import Form, decode_forms
from jixiao.reading import confine, errors, frames
from jixiao.reading.errors import Unreadable

if TYPE_CHECKING:
    from concurrent.futures import Future

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        file_megabytes: the largest file.
        answer_megabytes: the largest answer of the child; 200 forms need about a tenth.
        memory_megabytes: address space of a child.
        cpu_seconds: processor time of a child for a file.
        seconds: time on the clock for a file.
        files_per_child: after so many files a child is replaced.
    """

    file_megabytes: int = 64
    answer_megabytes: int = 64
    memory_megabytes: int = 1024
    cpu_seconds: int = 20
    seconds: int = 30
    files_per_child: int = 50


DEFAULT_LIMITS = Limits()
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Protection:
    """What confines a child on this machine, and what cannot be enforced here (promises of `confine`)."""

    enforced: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def note(self) -> tuple[str, str] | None:
        """A sentence in 中文 and English where something is missing; `None` where nothing is."""
        if not self.missing:
            return None
        listed = ", ".join(self.missing)
        return (
            f"本机无法对读取进程施加：{listed}。",
            f"On this machine the reading process cannot be held to: {listed}.",
        )


def read_file(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, file_label: str | None = None
) -> tuple[Form, ...]:
    """Read every form in a file, in a fresh child process.

    Args:
        path: the file.
        limits: what it may cost.
        file_label: its name in places and sentences; the path as given if `None`.

    Raises:
        Unreadable: it cannot be opened or read, or holds no form.
    """
    label = file_label or label_of(path)
    data = _load(path, label, limits)
    with Worker(limits) as worker:
        return worker.read(data, label)


def read_many(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS, workers: int | None = None
) -> Generator[tuple[str | os.PathLike[str], tuple[Form, ...] | Unreadable], None, None]:
    """Read many files in warm child processes, a few ahead of the one asked for.

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
    pool = _Pool(limits)
    waiting: deque[tuple[str | os.PathLike[str], Future[tuple[Form, ...] | Unreadable]]] = deque()
    with ThreadPoolExecutor(count) as threads:
        try:
            for path in paths:
                waiting.append((path, threads.submit(pool.outcome, path)))
                if len(waiting) > 2 * count:
                    yield waiting[0][0], waiting.popleft()[1].result()
            while waiting:
                yield waiting[0][0], waiting.popleft()[1].result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            pool.close()


def protection(limits: Limits = DEFAULT_LIMITS) -> Protection:
    """What confines a child on this machine; starts one to see."""
    with Worker(limits) as worker:
        return worker.protection


def label_of(path: str | os.PathLike[str]) -> str:
    """A path as text for people and JSON: bytes that are no UTF-8 become replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


def _load(path: str | os.PathLike[str], label: str, limits: Limits) -> bytes:
    """The bytes of an ordinary file, of at most the allowed size.

    Raises:
        Unreadable: there is none, it may not be opened, or it is too large.
    """
    most = limits.file_megabytes * _MEGABYTE
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise errors.is_a_directory(label)
        if not stat.S_ISREG(mode):
            raise errors.not_a_file(label)
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise errors.not_found(label) from error
    except PermissionError as error:
        raise errors.no_permission(label) from error
    except OSError as error:
        raise errors.cannot_be_opened(label, error.strerror or type(error).__name__) from error
    if len(data) > most:
        size = f"{limits.file_megabytes} MB"
        raise errors.too_large(label, "文件过大", "the file is too large", size, size)
    return data


class Worker:
    """One child process. A context manager: leaving it ends the child, whatever happened."""

    def __init__(self, limits: Limits) -> None:
        """Start the child; it gets ready while the caller does other things."""
        self.limits = limits
        self.files = 0
        self._ready: Protection | None = None
        with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter on our own code, nothing of the caller
                _command(limits), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_environment(), cwd=folder, close_fds=True, start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> "Worker":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the child."""
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the child runs and may take another file."""
        return self._process.poll() is None and self.files < self.limits.files_per_child

    @property
    def protection(self) -> Protection:
        """What confines the child.

        Raises:
            Unreadable: it did not start.
        """
        if self._ready is None:
            late, frame = self._exchange(_START_SECONDS)
            if frame is None or frame[0] != frames.READY:
                raise self._death("jixiao", late=late, frame=frame)
            kept = set(json.loads(frame[1], parse_float=str))
            self._ready = Protection(
                tuple(word for word in confine.PROMISES if word in kept),
                tuple(word for word in confine.PROMISES if word not in kept),
            )
        return self._ready

    def read(self, data: bytes, label: str) -> tuple[Form, ...]:
        """Have one file read.

        Raises:
            Unreadable: it cannot be read, or the child died of it.
        """
        _ = self.protection
        self.files += 1
        late, frame = self._exchange(self.limits.seconds, label.encode("utf-8", "replace"), data)
        if frame is not None and frame[0] in (frames.FORMS, frames.ERROR):
            return self._checked(frame, label)
        raise self._death(label, late=late, frame=frame)

    def kill(self) -> None:
        """Send the end; safe from any thread."""
        self._process.kill()

    def close(self) -> None:
        """End the child and wait for its end."""
        self.kill()
        for stream in (self._stdin, self._stdout):
            with suppress(OSError):
                stream.close()
        self._process.wait()

    @property
    def _stdin(self) -> BinaryIO:
        assert self._process.stdin is not None  # noqa: S101  # a pipe was asked for
        return self._process.stdin  # type: ignore[return-value]  # IO[bytes] of a pipe is a BinaryIO

    @property
    def _stdout(self) -> BinaryIO:
        assert self._process.stdout is not None  # noqa: S101  # a pipe was asked for
        return self._process.stdout  # type: ignore[return-value]  # IO[bytes] of a pipe is a BinaryIO

    def _exchange(self, seconds: int, *job: bytes) -> tuple[bool, tuple[bytes, bytes] | None]:
        """Hand over a job (label and data, or nothing); whether the clock ran out, and the answer if there is one.

        The clock covers the handing over, too: a child that does not take its input would block us for ever.
        """
        rang = Event()
        clock = Timer(seconds, self._ring, (rang,))
        clock.start()
        try:
            for kind, payload in zip((frames.LABEL, frames.DATA), job, strict=False):
                with suppress(OSError):  # a child that is gone is seen when its answer is missing
                    frames.write_frame(self._stdin, kind, payload)
            frame = frames.read_frame(self._stdout, self.limits.answer_megabytes * _MEGABYTE)
        except ValueError:
            frame = None
        finally:
            clock.cancel()
        return rang.is_set() and frame is None, frame

    def _ring(self, rang: Event) -> None:
        rang.set()
        self.kill()

    def _checked(self, frame: tuple[bytes, bytes], label: str) -> tuple[Form, ...]:
        """The forms of an answer, checked against the model as anything from outside is."""
        try:
            if frame[0] == frames.FORMS:
                return decode_forms(frame[1])
            refusal = Unreadable.from_wire(label, msgspec.json.decode(frame[1], type=dict[str, Any]))
        except (msgspec.MsgspecError, ValueError) as error:
            self.close()
            raise errors.crashed(label, "回答不合约定", "its answer is not of the contract") from error
        raise refusal

    def _death(self, label: str, *, late: bool, frame: tuple[bytes, bytes] | None) -> Unreadable:
        self.close()
        if late:
            return errors.time_out(label, self.limits.seconds)
        if frame is not None and frame[0] == frames.OUT_OF_MEMORY:
            return errors.memory(label, self.limits.memory_megabytes)
        if frame is not None:
            inner = frame[1][:200].decode("utf-8", "replace")
            return errors.crashed(label, f"内部错误 {inner}", f"inner error {inner}")
        return _sentence(self._process.returncode, label, self.limits)


def _sentence(status: int, label: str, limits: Limits) -> Unreadable:
    """What the exit status of a dead child means."""
    import signal

    if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
        return errors.time_out(label, limits.cpu_seconds)
    if status < 0:
        name = signal.Signals(-status).name
        return errors.crashed(
            label,
            f"信号 {name}，多为内存超限或文件造坏",
            f"signal {name}, mostly memory run out or a file made to harm",
        )
    return errors.crashed(label, f"退出码 {status}", f"exit status {status}")


def _command(limits: Limits) -> list[str]:
    package = str(Path(__file__).resolve().parents[2])
    path = [package, *(entry for entry in sys.path if Path(entry).is_absolute() and entry != package)]
    numbers = limits.memory_megabytes, limits.cpu_seconds, limits.file_megabytes * _MEGABYTE
    code = f"import sys; sys.path[:] = {path!r}; from jixiao.reading.child import main; main{numbers!r}"
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", code]


def _environment() -> dict[str, str]:
    """Empty, but for what Windows needs to start any process."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


@dataclass(slots=True)
class _Pool:
    """Warm children, lent to one thread at a time."""

    limits: Limits
    idle: SimpleQueue[Worker] = field(default_factory=SimpleQueue)
    started: list[Worker] = field(default_factory=list)
    closed: bool = False

    def outcome(self, path: str | os.PathLike[str]) -> tuple[Form, ...] | Unreadable:
        """The forms of a file, or why there are none."""
        label = label_of(path)
        try:
            data = _load(path, label, self.limits)
            worker = self._lend()
            try:
                return worker.read(data, label)
            finally:
                self._take_back(worker)
        except Unreadable as refusal:
            return refusal

    def close(self) -> None:
        """End all children: the idle ones here, a busy one by its thread, which finds it dead."""
        self.closed = True
        for worker in self.started:
            worker.kill()
        with suppress(Empty):
            while True:
                self.idle.get_nowait().close()

    def _lend(self) -> Worker:
        with suppress(Empty):
            return self.idle.get_nowait()
        worker = Worker(self.limits)
        self.started.append(worker)
        return worker

    def _take_back(self, worker: Worker) -> None:
        if worker.alive and not self.closed:
            self.idle.put(worker)
        else:
            worker.close()
            self.started.remove(worker)
