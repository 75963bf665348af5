"""A child whose system calls are watched: the n-th write to a folder fails as a full or broken disk does, or kills it.

The kernel hands the chosen calls of the child to this process (seccomp user notification, Linux 5.5 or later on x86_64
and aarch64; no compiler, no root): each goes on, or comes back with an error that no layer above can tell from a real
one, so SQLite, Python and libraries in C all meet it where they would. What the child does to its other files, pipes
and memory is left alone. `refused()` says in a sentence why a machine cannot do this.
"""

import ctypes
import errno
import json
import os
import platform
import select
import signal
import socket
import struct
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from fcntl import ioctl
from functools import cache
from pathlib import Path
from typing import Any, Final

from drills.syscalls import ARCHITECTURES, Architecture

KILL: Final = -1
"""The answer that kills the child instead, before the call is made."""
BREAK: Final = -2
"""The answer that breaks the connection a message goes over, and then lets the call go on: it meets a dead socket."""
_PATIENCE: Final = 60.0
_GET_FILE: Final = 438
"""pidfd_getfd(2), the same number everywhere."""
_SET_FILTER, _NEW_LISTENER, _CONTINUE, _NO_NEW_PRIVILEGES = 1, 8, 1, 38
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_NOTICE, _REPLY = struct.Struct("=QIIiIQ6Q"), struct.Struct("=QqiI")
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Call:
    """A watched call that the child is about to make.

    Attributes:
        number: from 1, counted from where the child said `begin`.
        name: "pwrite64", "fsync", "renameat", …; "sendto" for a message to a server.
        path: the file, or "socket:[…]" for a message.
        other: the second path of a rename or link; the bytes of a message as Latin-1.
    """

    number: int
    name: str
    path: str
    other: str = ""


Judge = Callable[[Call], int | None]
"""Gives the error a call comes back with, `KILL`, `BREAK`, or `None` where it goes on."""


@dataclass(slots=True)
class Ended:
    """What became of a child.

    Attributes:
        told: what it told, in order, up to its death.
        code: how it ended: 0, an exit code, or minus the number of the signal.
        calls: the watched calls from the last `begin` on, in order.
    """

    told: list[Any] = field(default_factory=list)
    code: int = 0
    calls: list[Call] = field(default_factory=list)


class Channel:
    """How the child speaks: what was told has arrived, even if it is killed at its next step."""

    def __init__(self, end: socket.socket) -> None:
        """Take its end."""
        self._end = end

    def tell(self, what: Any) -> None:
        """Tell something that JSON can hold."""
        self._end.send(b"T" + json.dumps(what).encode())

    def begin(self) -> None:
        """From here on calls are counted and judged."""
        self._ask(b"B")

    def end(self) -> None:
        """From here on calls go on, unseen."""
        self._ask(b"E")

    def ask(self, what: str) -> bool:
        """Wait until the parent has done something beside; its answer."""
        return self._ask(b"A" + what.encode())

    def _ask(self, letter: bytes) -> bool:
        self._end.send(letter)
        return self._end.recv(1) == b"g"


Work = Callable[[Channel], None]


Beside = Callable[[str], bool | None]
"""Does what the child asks for while it waits; the answer, or `None` where it is killed instead of answered."""


@dataclass(frozen=True, slots=True)
class More:
    """What a watch may do besides.

    Attributes:
        messages: whether messages to servers (`sendto`, `recvfrom`) are counted, too.
        kill_after: seconds from `begin` after which the child is killed wherever it is.
        beside: does what the child asks for.
    """

    messages: bool = False
    kill_after: float | None = None
    beside: Beside = bool


def watched(work: Work, judge: Judge, inside: Path, more: More = More()) -> Ended:
    """Run `work` in a forked child whose calls on files below a folder are judged one by one.

    Args:
        work: what the child does; an exception ends it with code 70 and its traceback on stderr.
        judge: the answers.
        inside: the folder; calls on files elsewhere are not counted.
        more: what is done besides.
    """
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads: the child starts none of them
        child = os.fork()
    if child == 0:
        ours.close()
        _be_watched(work, its, messages=more.messages)
    its.close()
    try:
        return _Watch(child, ours, judge, os.path.realpath(inside), more).watch()
    finally:
        ours.close()


@cache
def refused() -> str:
    """Why calls cannot be watched on this machine; empty where they can."""
    if _architecture() is None or sys.platform != "linux":
        return f"{sys.platform} on {platform.machine()} is neither Linux on x86_64 nor on aarch64"
    ended = watched(lambda channel: channel.tell("here"), lambda _: None, Path("/"))
    return "" if ended.told == ["here"] else "the kernel takes no seccomp filter with a listener (Linux 5.5 or later)"


def _architecture() -> Architecture | None:
    return ARCHITECTURES.get(platform.machine())


def _be_watched(work: Work, end: socket.socket, *, messages: bool) -> None:
    """The child: never comes back."""
    code = 70
    try:
        listener = _install(messages=messages)
        socket.send_fds(end, [b"L%d" % end.fileno()], [listener])
        os.close(listener)
        end.recv(1)
        work(Channel(end))
        code = 0
    except BaseException:  # noqa: BLE001 -- whatever it is, the parent's stack is not ours
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)


def _install(*, messages: bool) -> int:
    """Put the filter on this process; gives the listener."""
    about = _architecture()
    if about is None:
        raise OSError(errno.ENOSYS, "no such machine")
    libc = ctypes.CDLL(None, use_errno=True)
    program = about.program(_WRITES, messages=messages)
    held = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    listener = libc.syscall(about.seccomp, _SET_FILTER, _NEW_LISTENER, head)
    if listener < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(listener)


class _Watch:
    """The parent's side of one child."""

    def __init__(self, child: int, end: socket.socket, judge: Judge, inside: str, more: More) -> None:
        self._child, self._end, self._judge = child, end, judge
        self._inside, self._more = inside, more
        self._counts, self._listener, self._dead = False, -1, False
        self._names = {number: name for name, number in (_architecture() or ARCHITECTURES["x86_64"]).calls.items()}
        self._own = ""
        self._until = time.monotonic() + _PATIENCE
        self._ended = Ended()

    def watch(self) -> Ended:
        """Until it is gone."""
        poll = select.poll()
        poll.register(self._end, select.POLLIN)
        try:
            while not self._dead and self._step(poll):
                pass
            self._kill()
            self._ended.code = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
            self._drain()
        finally:
            if self._listener >= 0:
                os.close(self._listener)
        return self._ended

    def _step(self, poll: select.poll) -> bool:
        """Answer what is asked now; false once it is gone, or its time is over."""
        left = self._until - time.monotonic()
        ready = poll.poll(max(0, left) * 1000)
        if not ready:
            return False
        for number, what in ready:
            if number == self._listener:
                if what & select.POLLIN:
                    self._notice()
                else:
                    poll.unregister(number)
            elif not self._message(poll):
                return False
        return True

    def _message(self, poll: select.poll) -> bool:
        data, files, _, _ = socket.recv_fds(self._end, 2**20, 1)
        if files:
            self._listener = files[0]
            self._own = _link(self._child, int(data[1:]))
            poll.register(self._listener, select.POLLIN)
        if data[:1] == b"T":
            self._ended.told.append(json.loads(data[1:]))
            return True
        good: bool | None = True
        if data[:1] == b"B":
            self._counts, self._ended.calls = True, []
        elif data[:1] == b"E":
            self._counts = False
        elif data[:1] == b"A":
            good = self._more.beside(data[1:].decode())
        if good is None:
            self._kill()
            return False
        short = self._more.kill_after if data[:1] == b"B" else None
        self._until = time.monotonic() + (_PATIENCE if short is None else short)
        if data:
            self._end.send(b"g" if good else b"s")
        return bool(data)

    def _notice(self) -> None:
        held = bytearray(_NOTICE.size)
        try:
            ioctl(self._listener, _RECEIVE, held)
        except OSError as gone:
            if gone.errno in (errno.ENOENT, errno.EINTR):
                return
            raise
        ident, pid, _, number, _, _, *arguments = _NOTICE.unpack(held)
        answer = self._answer(pid, self._names.get(number, str(number)), arguments)
        if answer == KILL:
            self._kill()
            return
        if answer == BREAK:
            _break(self._child, ctypes.c_int(arguments[0]).value)
            answer = None
        reply = _REPLY.pack(ident, 0, -(answer or 0), 0 if answer else _CONTINUE)
        with suppress(OSError):  # it may have died meanwhile
            ioctl(self._listener, _SEND, bytearray(reply))

    def _answer(self, pid: int, name: str, arguments: list[int]) -> int | None:
        if not self._counts:
            return None
        path, other = _paths(pid, name, arguments)
        inside = path == self._inside or path.startswith(f"{self._inside}/")
        message = name in _MESSAGES and path.startswith("socket:") and path != self._own
        if not (inside or message):
            return None
        call = Call(len(self._ended.calls) + 1, name, path, other)
        self._ended.calls.append(call)
        return self._judge(call)

    def _kill(self) -> None:
        self._dead = True
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)

    def _drain(self) -> None:
        """What it told before it died."""
        self._end.settimeout(0)
        with suppress(BlockingIOError, ConnectionError):
            while data := self._end.recv(2**20):
                if data[:1] == b"T":
                    self._ended.told.append(json.loads(data[1:]))


_BY_FILE: Final = frozenset(
    {"write", "pwrite64", "writev", "pwritev", "pwritev2", "fsync", "fdatasync", "ftruncate", "fchmod", "fallocate",
     "sendto", "recvfrom"}
)  # fmt: skip
"""Calls whose first argument is an open file."""
_MESSAGES: Final = frozenset({"sendto", "recvfrom"})
_BY_PATH: Final = {
    "open": (None, 0), "creat": (None, 0), "truncate": (None, 0), "mkdir": (None, 0), "rmdir": (None, 0),
    "unlink": (None, 0), "chmod": (None, 0), "openat": (0, 1), "mkdirat": (0, 1), "unlinkat": (0, 1),
    "fchmodat": (0, 1), "openat2": (0, 1),
}  # fmt: skip
"""Calls on a path: which argument is the folder it starts from, and which the path."""
_TWO_PATHS: Final = {
    "rename": (None, 0, None, 1), "link": (None, 0, None, 1), "symlink": (None, 1, None, 1),
    "renameat": (0, 1, 2, 3), "renameat2": (0, 1, 2, 3), "linkat": (0, 1, 2, 3), "symlinkat": (1, 2, 1, 2),
}  # fmt: skip


def _paths(pid: int, name: str, arguments: list[int]) -> tuple[str, str]:
    """The file a call is about, and the other one."""
    if name in _BY_FILE:
        other = _memory(pid, arguments[1], min(arguments[2], _LONGEST)) if name == "sendto" else b""
        return _link(pid, arguments[0]), other.decode("latin-1")
    if name in ("sendfile", "copy_file_range"):
        return _link(pid, arguments[0 if name == "sendfile" else 2]), ""
    if name in _BY_PATH:
        folder, path = _BY_PATH[name]
        return _named(pid, None if folder is None else arguments[folder], arguments[path]), ""
    if name in _TWO_PATHS:
        one, path, two, other_path = _TWO_PATHS[name]
        first = _named(pid, None if one is None else arguments[one], arguments[path])
        return first, _named(pid, None if two is None else arguments[two], arguments[other_path])
    return "", ""


def _named(pid: int, folder: int | None, where: int) -> str:
    """A path of the child's memory, from the folder it starts at."""
    text = os.fsdecode(_memory(pid, where, _LONGEST).partition(b"\0")[0])
    if text.startswith("/"):
        return os.path.normpath(text)
    at = folder is None or ctypes.c_int(folder).value == -100  # AT_FDCWD
    start = str(Path(f"/proc/{pid}/cwd").readlink()) if at else _link(pid, folder or 0)
    return os.path.normpath(f"{start}/{text}")


def _break(pid: int, number: int) -> None:
    """Shut down a socket of the child, as if its other end had gone."""
    process = os.pidfd_open(pid)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        held = libc.syscall(_GET_FILE, process, number, 0)
        if held < 0:
            raise OSError(ctypes.get_errno(), "the child's socket cannot be reached")
        libc.shutdown(held, socket.SHUT_RDWR)
        os.close(held)
    finally:
        os.close(process)


def _link(pid: int, number: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/fd/{ctypes.c_int(number).value}").readlink()).removesuffix(" (deleted)")
    except OSError:
        return ""


def _memory(pid: int, where: int, size: int) -> bytes:
    """Bytes of the child's memory, as far as its page goes on."""
    with suppress(OSError), Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for length in (size, 4096 - where % 4096):
            with suppress(OSError):
                return os.pread(memory.fileno(), length, where)
    return b""
