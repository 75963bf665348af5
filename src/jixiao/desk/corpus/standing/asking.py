"""Asking the standing process; it is started where none is there."""

import os
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock

import msgspec
from msgspec import Struct

from jixiao.desk.corpus.standing.wire import ANSWERED, ASKED, MOST_ANSWERED, SOCKET, Answer, Question
from jixiao.reading.frames import read_frame, write_frame

_SPARE = 10
"""Seconds beyond those that a question waits, after which the process is thought dead."""
_TRIES = 4
_PAUSE = 1
"""Seconds until a process that was ending when it was asked, and may be another's, is gone."""
_PASSED_ON = ("PYTHON", "PATH", "LANG", "LC_", "TMPDIR", "TZ", "LD_", "VIRTUAL_ENV", "HOME", "XDG_", "POLARS_")
"""Beginnings of the names in the environment that the process gets; passwords are none of its business."""


class Place(Struct, frozen=True):
    """Where the process stands and what it may take.

    Attributes:
        data: the folder it is spoken to in.
        corpora: the folder of corpora.
        megabytes: memory beyond that of a process that has just started.
        seconds: for one trial.
    """

    data: Path
    corpora: Path
    megabytes: int
    seconds: int


def ask(place: Place, question: Question) -> Answer:
    """The answer of the process in a place; started there, where none is.

    Never raises: a process that cannot be started, dies or is silent is an answer, "refused".
    """
    for _ in range(_TRIES):
        try:
            with _connected(place) as connection:
                connection.settimeout(question.seconds + _SPARE)
                heard, answer = _exchanged(connection, question)
        except (OSError, ValueError, msgspec.MsgspecError):
            return _died(place)
        if answer is not None:
            return answer
        with _STARTING:
            end_trials()  # one of ours that ends must not be asked again
        if heard:
            return _died(place)
        Event().wait(_PAUSE)
    return _died(place)


def _exchanged(connection: socket.socket, question: Question) -> tuple[bool, Answer | None]:
    """Whether the question was heard, and the answer; a process may be ending while it is asked."""
    with connection.makefile("rwb") as stream:
        try:
            write_frame(stream, ASKED, msgspec.msgpack.encode(question))  # type: ignore[arg-type]  # a BinaryIO but in name
            heard = read_frame(stream, MOST_ANSWERED) is not None  # type: ignore[arg-type]
        except ConnectionError:
            return False, None
        frame = read_frame(stream, MOST_ANSWERED) if heard else None  # type: ignore[arg-type]
    if frame is None or frame[0] != ANSWERED:
        return heard, None
    return heard, msgspec.msgpack.decode(frame[1], type=Answer)


def _died(place: Place) -> Answer:
    limits = f"{place.megabytes} MB", f"{place.seconds} s"
    zh = f"试算的进程中断了：多半是超过了内存（{limits[0]}）或时间（{limits[1]}）的上限。"
    en = (
        f"The process that tries rules broke off, most likely at its limit of memory ({limits[0]}) or of time "
        f"({limits[1]}). Ask again; if it happens again, have the limits raised."
    )
    return Answer("refused", zh=f"{zh}请再试一次；仍不行，请管理员调高上限。", en=en)


def _connected(place: Place) -> socket.socket:
    """A connection to the process.

    Raises:
        OSError: there is none, and none could be started.
    """
    with suppress(OSError):
        return _connection(place.data)
    with _STARTING:
        with suppress(OSError):
            return _connection(place.data)  # another thread was quicker
        _start(place)
        return _connection(place.data)


def _connection(data: Path) -> socket.socket:
    """A connection by a short way: a socket's path may have a hundred letters only."""
    made = socket.socket(socket.AF_UNIX)
    try:
        with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
            way = Path(folder) / "d"
            way.symlink_to(data.absolute(), target_is_directory=True)
            made.connect(str(way / SOCKET))
    except OSError:
        made.close()
        raise
    return made


_STARTING = Lock()
_started: list["subprocess.Popen[bytes]"] = []
"""Processes of ours; the pipe to its input keeps one alive, and closes when we end."""


def _start(place: Place) -> None:
    """Start a process and wait until it listens, or ends because another does."""
    end_trials()
    given = [str(place.data.absolute()), str(place.corpora.absolute()), str(place.megabytes), str(place.seconds)]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter on our own code
        [sys.executable, "-m", "jixiao.desk.corpus.standing.process", *given],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env={name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)},
    )  # fmt: skip
    _started.append(process)
    assert process.stdout is not None  # noqa: S101  # a pipe was asked for
    with process.stdout as ready:
        ready.read(1)


def end_trials() -> None:
    """End the processes that this one has started."""
    while _started:
        process = _started.pop()
        process.kill()
        assert process.stdin is not None  # noqa: S101  # a pipe was asked for
        with suppress(OSError):
            process.stdin.close()
        process.wait()
