"""Several processes at work: batches out as hands are free, results back in order. They die with who began them.

A pool of the standard library waits for its processes when it is broken off, and outlives a parent that was killed;
these end at once in both cases, so that nobody writes for a build that is over.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, Final, TypeVar

from jixiao.corpus.faults import CorpusFault

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Work = Callable[[Any], Any]

_ALONE: Final = 4
"""So few batches are done here before another process would have begun to work."""
_AHEAD: Final = 1_000
"""Results kept back until an earlier, slower one is there."""


def in_turn(
    work: Callable[[Batch], Result], batches: Iterable[Batch], processes: int | None = None
) -> Iterator[Result]:
    """What `work` gives for each batch, in order.

    Args:
        work: a function at the top of a module, or a partial of one, for it travels to the processes.
        batches: taken as they are needed.
        processes: how many; as many as processors if `None`. One does all of it here.

    Raises:
        CorpusFault: a process was killed, or said so of its batch.
    """
    count = processes or os.cpu_count() or 1
    waiting = iter(batches)
    few = list(islice(waiting, _ALONE))
    if count == 1 or len(few) < _ALONE:
        yield from map(work, chain(few, waiting))
        return
    with ExitStack() as ends:
        yield from _shared([_Hand(work, ends) for _ in range(count)], chain(few, waiting))


class _Hand:
    """A process, and the pipe to it."""

    def __init__(self, work: Work, ends: ExitStack) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(work, other), daemon=True)
        self.process.start()
        other.close()
        ends.callback(self.process.kill)
        self.number = -1

    def give(self, number: int, batch: Any) -> None:
        self.number = number
        self.pipe.send(batch)

    def take(self) -> Any:
        """What came of the batch in hand.

        Raises:
            CorpusFault: the process died, or its batch could not be done.
        """
        try:
            fault, result = self.pipe.recv()
        except (EOFError, OSError) as error:
            zh = "一个工作进程被终止（常因内存不足）。再运行一次会接着做；也可用 --processes 1。"
            en = "A process at work was killed (often for want of memory). Run it again, it goes on; or --processes 1."
            raise CorpusFault(zh, en) from error
        self.number = -1
        if fault is not None:
            raise fault
        return result


def _shared(hands: list[_Hand], batches: Iterator[Any]) -> Iterator[Any]:
    numbered = enumerate(batches)
    ready: dict[int, Any] = {}
    turn = 0
    while True:
        for hand in hands:
            if hand.number < 0 and len(ready) < _AHEAD:
                following = next(numbered, None)
                if following is not None:
                    hand.give(*following)
        busy = {hand.pipe: hand for hand in hands if hand.number >= 0}
        if not busy and not ready:
            return
        for pipe in wait(list(busy)) if turn not in ready else ():
            assert isinstance(pipe, Connection)  # noqa: S101 -- what was waited for
            number = busy[pipe].number
            ready[number] = busy[pipe].take()
        while turn in ready:
            yield ready.pop(turn)
            turn += 1


def _serve(work: Work, pipe: Connection) -> None:
    """A process: does batches until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it is interrupted, too, and ends it
    Thread(target=_die_with_parent, daemon=True).start()
    while True:
        try:
            batch = pipe.recv()
        except EOFError:
            return
        try:
            answer: tuple[Exception | None, Any] = (None, work(batch))
        except CorpusFault as fault:
            answer = (fault, None)
        pipe.send(answer)


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
