"""A worker: one child process, the frames that go to it and come back, and what its death means."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from typing import BinaryIO, TypeVar

import msgspec

from jixiao.form import Form, decode_forms
from jixiao.layout.shown import Sheet
from jixiao.reading import confine, errors, frames
from jixiao.reading.converted import ENDINGS
from jixiao.reading.errors import Unreadable
from jixiao.reading.frames import Frame
from jixiao.reading.handover import EyesNeeded, IsArchive, Member, OfficeNeeded
from jixiao.reading.limits import MEGABYTE, Limits

_START_SECONDS = 60
_NANO = 10**9
_MOST_LEFT = 8
"""A child that keeps more than this part of a file's memory after reading it is replaced."""
WITHOUT_CELL = "JIXIAO_READ_WITHOUT_CELL"
"""In the environment, "yes" has files read even where the system has no limits of resources at all (Windows)."""
Answer = TypeVar("Answer")


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


class Worker:
    """One child process. A context manager: leaving it ends the child, whatever happened."""

    def __init__(self, limits: Limits, opener: str = "", craft: str = "") -> None:
        """Start the child; it gets ready while the caller does other things.

        Args:
            limits: what each file may cost.
            opener: "module:function" that opens its eyes; empty for a child without.
            craft: "module:function" with which it changes originals; empty for a child that only reads.
        """
        self.limits = limits
        self.files = 0
        self._opener = opener
        self._doing = errors.REWORKING if craft else errors.READING
        self._ready: frozenset[str] | None = None
        self._size = 0
        with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter on our own code, nothing of the caller
                _command(limits, opener, craft),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_environment(), cwd=folder, close_fds=True, start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> "Worker":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the child."""
        self.close()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the child runs and may take another file, with as much memory for it as for the first."""
        if self._process.poll() is not None or self.files >= self.limits.files_per_child:
            return False
        return self._address_space() - self._size <= self.limits.memory_megabytes * MEGABYTE // _MOST_LEFT

    @property
    def protection(self) -> Protection:
        """What confines the child.

        Raises:
            Unreadable: it did not start.
        """
        kept = self._kept()
        return Protection(
            tuple(word for word in confine.PROMISES if word in kept),
            tuple(word for word in confine.PROMISES if word not in kept),
        )

    @property
    def sees(self) -> bool:
        """Whether the child has eyes; without, too, where they were asked for and could not be opened."""
        if not self._opener:
            return False
        try:
            return "eyes" in self._kept()
        except Unreadable:
            return False

    def read(self, data: bytes, label: str, *, asking: bool = False) -> tuple[Form, ...]:
        """Have one file read.

        Args:
            data: the whole file.
            label: its name in places and sentences.
            asking: whether another could read it with eyes.

        Raises:
            Unreadable: it cannot be read, or the child died of it.
            IsArchive: it is a zip of files.
            OfficeNeeded: it has to be converted first.
            EyesNeeded: `asking`, and some of it can be read by eyes only.
        """
        payload = self._asked(frames.DATA if asking else frames.BLIND, frames.FORMS, data, label)
        return self._checked(lambda: _forms_of(payload, label), label)

    def show(self, data: bytes, label: str) -> tuple[Sheet, ...]:
        """What there is to show of a file: its pages, or its tables and lines.

        Raises:
            Unreadable: it cannot be opened, or the child died of it.
            EyesNeeded: a child with eyes can show it.
            OfficeNeeded: it has to be converted first.
        """
        payload = self._asked(frames.SHOW, frames.SHEETS, data, label)
        return self._checked(lambda: msgspec.json.decode(payload, type=tuple[Sheet, ...]), label)

    def rework(self, data: bytes, job: bytes, label: str) -> bytes:
        """Have an original changed by the child's craft.

        Args:
            data: the original.
            job: what the craft is to do.
            label: the original's name in sentences.

        Raises:
            Unreadable: the craft refuses it, or the child died of it.
        """
        return self._asked(frames.REWORK, frames.REWORKED, data, label, (frames.ORDER, job))

    def _asked(self, kind: bytes, wanted: bytes, data: bytes, label: str, *between: Frame) -> bytes:
        """The payload of the wanted answer to a job."""
        self._kept()
        self.files += 1
        name, content = _job(kind, data, label)
        late, frame = self._exchange(self.limits.seconds, name, *between, content)
        if frame is not None and frame[0] == wanted:
            return frame[1]
        if frame is not None and frame[0] == frames.ERROR:
            raise self._refusal(frame[1], label)
        if frame is not None and frame[0] == frames.ARCHIVE:
            raise IsArchive
        if frame is not None and frame[0] == frames.NEEDS_OFFICE and frame[1].decode("ascii", "replace") in ENDINGS:
            raise OfficeNeeded(frame[1].decode())
        if frame is not None and frame[0] == frames.NEEDS_EYES and kind != frames.BLIND:
            raise EyesNeeded
        raise self._death(label, late=late, frame=frame)

    def unpack(self, data: bytes, label: str) -> Iterator[Member]:
        """Have an archive unpacked; its members as they come, so that few are held at once.

        Raises:
            Unreadable: it cannot be unpacked, or the child died of it.
        """
        self._kept()
        self.files += 1
        ended = False
        try:
            yield from self._unpacked(data, label)
            ended = True
        finally:
            if not ended:  # what it has still to say must not be taken for its next answer
                self.close()

    def _unpacked(self, data: bytes, label: str) -> Iterator[Member]:
        late, frame = self._exchange(self.limits.seconds, *_job(frames.UNPACK, data, label))
        for _ in range(self.limits.parts):
            if frame is None or frame[0] != frames.MEMBER:
                break
            name = frame[1].decode("utf-8", "replace")
            late, frame = self._exchange(self.limits.seconds)
            if frame is None or frame[0] not in (frames.CONTENT, frames.ERROR):
                raise self._death(label, late=late, frame=frame)
            yield Member(name, frame[1] if frame[0] == frames.CONTENT else self._refusal(frame[1], f"{label}/{name}"))
            late, frame = self._exchange(self.limits.seconds)
        if frame is not None and frame[0] == frames.ERROR:
            raise self._refusal(frame[1], label)
        if frame is None or frame[0] != frames.END:
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

    def _kept(self) -> frozenset[str]:
        """The words of the child's first frame.

        Raises:
            Unreadable: it did not start.
        """
        if self._ready is None:
            late, frame = self._exchange(_START_SECONDS)
            if frame is None or frame[0] != frames.READY:
                raise self._death("jixiao", late=late, frame=frame)
            self._ready = frozenset(json.loads(frame[1], parse_float=str))
            self._size = self._address_space()
        return self._ready

    def _address_space(self) -> int:
        """The bytes of address space the child has; 0 where the system does not tell."""
        try:
            counts = Path(f"/proc/{self._process.pid}/statm").read_bytes()
            return int(counts.split()[0]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            return 0

    def _exchange(self, seconds: int, *job: Frame) -> tuple[int, Frame | None]:
        """Hand over a job (its frames, or nothing).

        The clock covers the handing over, too: a child that does not take its input would block us for ever. It starts
        anew with each page that eyes turn to, as long as the file has time left.

        Returns:
            The seconds after which the clock ran out, or 0; and the answer if there is one.
        """
        clock = _Clock(self.kill)
        clock.start(seconds)
        last = time.monotonic_ns() + self.limits.scan_seconds * _NANO
        try:
            for kind, payload in job:
                with suppress(OSError):  # a child that is gone is seen when its answer is missing
                    frames.write_frame(self._stdin, kind, payload)
            while (frame := self._next()) is not None and frame[0] == frames.PAGE and self._opener:
                left = (last - time.monotonic_ns()) // _NANO
                clock.start(min(self.limits.seconds, max(left, 0)))
        finally:
            clock.stop()
        return (0 if frame else clock.rang), frame

    def _next(self) -> Frame | None:
        try:
            return frames.read_frame(self._stdout, self.limits.answer_bytes)
        except ValueError:
            return None

    def _checked(self, decode: Callable[[], Answer], label: str) -> Answer:
        """An answer, checked against the model as anything from outside is."""
        try:
            return decode()
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            self.close()
            raise errors.crashed(label, "回答不合约定", "its answer is not of the contract", self._doing) from error

    def _refusal(self, answer: bytes, label: str) -> Unreadable:
        """The error that an answer tells, checked likewise."""
        return self._checked(
            lambda: Unreadable.from_wire(label, msgspec.json.decode(answer, type=dict[str, object])), label
        )

    def _death(self, label: str, *, late: int, frame: Frame | None) -> Unreadable:
        self.close()
        if late:
            return errors.time_out(label, late, self._doing)
        if frame is not None and frame[0] == frames.OUT_OF_MEMORY:
            return errors.memory(
                label, self.limits.eyes_memory_megabytes if self._opener else self.limits.memory_megabytes
            )
        if frame is not None:
            inner = frame[1][:200].decode("utf-8", "replace")
            if "@ jixiao.layout." in inner and (fault := _fault_of_layouts()):
                return errors.layouts_at_fault(label, fault)
            return errors.crashed(label, f"内部错误 {inner}", f"inner error {inner}", self._doing)
        return _sentence(self._process.returncode, label, self.limits.cpu_seconds, self._doing)


class _Clock:
    """Ends a child when its time is up. `rang` is then the seconds it had, else 0."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end
        self._timer: Timer | None = None
        self.rang = 0

    def start(self, seconds: int) -> None:
        """Start, or start anew."""
        self.stop()
        self._timer = Timer(seconds, self._ring, (max(seconds, 1),))
        self._timer.start()

    def stop(self) -> None:
        """Stop; a clock that has rung has rung."""
        if self._timer is not None:
            self._timer.cancel()

    def _ring(self, seconds: int) -> None:
        self.rang = seconds
        self._end()


def _job(kind: bytes, data: bytes, label: str) -> tuple[Frame, Frame]:
    return (frames.LABEL, label.encode("utf-8", "replace")), (kind, data)


def _forms_of(payload: bytes, label: str) -> tuple[Form, ...]:
    """The forms of an answer: one at least, and read nowhere but in this file.

    Raises:
        MsgspecError: the answer is not of the contract.
        ValueError: it has no form, or a place in another file.
    """
    forms = decode_forms(payload)
    named = label.encode("utf-8", "replace").decode()
    if not forms or any(place.file != named for form in forms for places in form.places.values() for place in places):
        raise ValueError("no form of this file")
    return forms


def _sentence(status: int, label: str, cpu_seconds: int, doing: errors.Doing) -> Unreadable:
    """What the exit status of a dead child means."""
    import signal

    if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
        return errors.time_out(label, cpu_seconds, doing)
    if status < 0:
        name = signal.Signals(-status).name
        return errors.crashed(
            label,
            f"信号 {name}，多为内存超限或文件造坏",
            f"signal {name}, mostly memory run out or a file made to harm",
            doing,
        )
    return errors.crashed(label, f"退出码 {status}", f"exit status {status}", doing)


def _command(limits: Limits, opener: str, craft: str) -> list[str]:
    package = str(Path(__file__).resolve().parents[2])
    path = [package, *(entry for entry in sys.path if Path(entry).is_absolute() and entry != package)]
    code = (
        f"import sys; sys.path[:] = {path!r}; from jixiao.reading.child import main; "
        f"from jixiao.reading.limits import Limits; main(Limits(**{asdict(limits)!r}), {opener!r}, {craft!r}, "
        f"bare={os.environ.get(WITHOUT_CELL) == 'yes'!r})"
    )
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", code]


_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _environment() -> dict[str, str]:
    """Empty, but for one thread each in number libraries, and what Windows needs to start any process."""
    system = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return system | dict.fromkeys(_ONE_THREAD, "1")


def _fault_of_layouts() -> str:
    """What is wrong with the layouts of the package, which a child could not load; empty where nothing is."""
    from jixiao.layout.lexicon import load_lexicon

    try:
        load_lexicon()
    except ValueError as error:
        return str(error)
    return ""
