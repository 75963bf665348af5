"""Crews of warm workers: as many children of one kind as may run, each lent to one thread at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore

from jixiao.reading.limits import Limits
from jixiao.reading.worker import Worker


@dataclass(slots=True)
class Crew:
    """Warm children of one kind.

    Attributes:
        limits: what a file may cost.
        most: how many children at most.
        opener: what opens their eyes; empty for children without.
    """

    limits: Limits
    most: int
    opener: str = ""
    _places: BoundedSemaphore = field(init=False)
    _idle: SimpleQueue[Worker] = field(default_factory=SimpleQueue)
    _started: list[Worker] = field(default_factory=list)
    _closed: bool = False

    def __post_init__(self) -> None:
        """Make as many places as there may be children."""
        self._places = BoundedSemaphore(self.most)

    @contextmanager
    def lend(self) -> Iterator[Worker]:
        """A worker, for as long as the block lasts; waits for one where all are lent."""
        with self._places:
            worker = self._take()
            try:
                yield worker
            finally:
                self._take_back(worker)

    def close(self) -> None:
        """End all children: the idle ones here, a busy one by its thread, which finds it dead."""
        self._closed = True
        for worker in list(self._started):
            worker.kill()
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _take(self) -> Worker:
        with suppress(Empty):
            return self._idle.get_nowait()
        worker = Worker(self.limits, self.opener)
        self._started.append(worker)
        if self._closed:
            worker.kill()
        return worker

    def _take_back(self, worker: Worker) -> None:
        if worker.alive and not self._closed:
            self._idle.put(worker)
        else:
            worker.close()
            self._started.remove(worker)
