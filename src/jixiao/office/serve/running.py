"""The server: granian over WSGI, and beside it the worker of background jobs; both stop together, cleanly.

WSGI because ASGI was measured at two to four times the cost of a request; backlog and backpressure because granian's
own (1,024) let about a thousand kept-alive connections in and no more (docs/why/office.md).
"""

import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

from jixiao.office.environment import whole
from jixiao.office.serve.listening import Listening, answers
from jixiao.office.serve.worker import load

APPLICATION: Final = "jixiao.office.wsgi:application"
WORKERS: Final = 2
THREADS: Final = 4
"""Threads of a worker that answer requests: one may wait for the database while another reads."""

BACKLOG: Final = 8192
BACKPRESSURE: Final = 4096
LOOK: Final = 50
"""Milliseconds between two looks whether the first connection is taken."""

LOOKS: Final = 1_200
"""After so many looks something is wrong."""

STOPPING: Final = 10
"""Seconds that requests and jobs have to come to their end when the server stops."""

RESTART: Final = 1
"""Seconds before a worker of jobs that died is started again."""


def run_server(where: Listening, tell: Callable[[], None], jobs: list[str] | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        where: where to listen.
        tell: called once, when the first connection is taken.
        jobs: the command of the worker of background jobs; `None` for none.

    Raises:
        BadSetting: `JIXIAO_WORKERS` or `JIXIAO_THREADS` is no number that can be.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    workers, threads = whole("JIXIAO_WORKERS", WORKERS, 1, 64), whole("JIXIAO_THREADS", THREADS, 1, 64)
    server = Server(
        APPLICATION,
        address=where.address,
        port=where.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING,
        log_level=LogLevels.warning,
    )
    companion = Companion(where, tell, jobs)
    server.on_startup(companion.start)
    if hasattr(signal, "SIGHUP"):  # a closed terminal ends the server; granian would start its workers anew
        server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.on_shutdown(companion.stop)
    server.serve(target_loader=load, wrap_loader=False)


class Companion:
    """Beside the server: says when it is there, then keeps the worker of jobs alive, and ends it with the server."""

    def __init__(self, where: Listening, tell: Callable[[], None], jobs: list[str] | None) -> None:
        """Take where the server listens, what to say, and the worker's command."""
        self._where, self._tell, self._jobs = where, tell, jobs
        self._end = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._accompany, name="companion", daemon=True)

    def start(self) -> None:
        """Begin; the server is starting."""
        self._thread.start()

    def stop(self) -> None:
        """End; the server has stopped."""
        self._end.set()
        self._thread.join(STOPPING)
        if self._worker is not None and self._worker.poll() is None:
            _finish(self._worker)

    def _accompany(self) -> None:
        for _ in range(LOOKS):
            if answers(self._where):
                break
            if self._end.is_set():
                return
            _doze()
        self._tell()
        while self._jobs and not self._end.is_set():
            if self._worker is None or self._worker.poll() is not None:
                self._worker = subprocess.Popen(self._jobs)  # noqa: S603 -- our own command
            self._end.wait(RESTART)


def _doze() -> None:
    """Wait for `LOOK`, where the system can wait in milliseconds; otherwise for a second."""
    if hasattr(select, "poll"):
        select.poll().poll(LOOK)
    else:
        time.sleep(1)


def _finish(worker: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end; where it does not in time, end it."""
    worker.send_signal(signal.SIGTERM)
    try:
        worker.wait(STOPPING)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def jobs_command() -> list[str]:
    """The command of the worker of background jobs."""
    return [sys.executable, "-m", "jixiao.office.jobs"]
