"""A worker as a process: until it is told to end (SIGTERM, SIGINT), or the process that started it is gone."""

import os
import signal
from collections.abc import Callable
from threading import Event, Thread

import django

from jixiao.office.jobs.wake import WAKE


def main() -> None:
    """Set Django up and work until the end; the settings are the office's unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
    django.setup()
    from jixiao.office.jobs.worker import run_worker

    stop = stop_event()
    start_beside(stop)
    run_worker(stop)


def start_beside(stop: Event) -> None:
    """Start what goes on beside the jobs, each in a thread that ends with the process."""
    from jixiao.office.jobs.registry import BESIDE

    for name, call in BESIDE.items():
        Thread(target=call, args=(stop,), name=name, daemon=True).start()


def stop_event() -> Event:
    """An event that is set when the process should end."""
    stop = Event()

    def end(*_: object) -> None:
        stop.set()
        WAKE.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    Thread(target=_watch, args=(os.getppid(), stop, end), daemon=True).start()
    return stop


def _watch(parent: int, stop: Event, end: Callable[[], None]) -> None:
    """Ring when the process that started this one is gone."""
    while not stop.wait(1):
        if os.getppid() != parent:
            end()
