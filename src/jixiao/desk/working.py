"""Work shared among processes: batches in, results out in the same order, no more in hand than the hands need."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, Final, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")

_ALONE: Final = 6
"""As many batches are done here before another process would have begun to work."""
_IN_HAND: Final = 3


def in_order(
    work: Callable[[Batch], Result], batches: Iterable[Batch], *, processes: int | None = None
) -> Iterator[Result]:
    """What `work` gives for each batch, in order; little work is done in this process, much in several.

    Args:
        work: a function at the top of a module, or a partial of one, for it travels to the processes.
        batches: taken as they are needed.
        processes: how many at most; as many as processors if `None`.
    """
    count = processes or os.cpu_count() or 1
    waiting = iter(batches)
    few = list(islice(waiting, _ALONE))
    if count == 1 or len(few) < _ALONE:
        yield from map(work, chain(few, waiting))
    else:
        yield from _shared(work, chain(few, waiting), count)


def _shared(work: Callable[[Batch], Result], batches: Iterator[Batch], count: int) -> Iterator[Result]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    hands: deque[Future[Result]] = deque()
    pool = ProcessPoolExecutor(count, get_context("spawn"), _take_up, (work,))
    try:
        for batch in batches:
            hands.append(pool.submit(_do, batch))
            if len(hands) > _IN_HAND * count:
                yield hands.popleft().result()
        while hands:
            yield hands.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_TAKEN_UP: list[Callable[[Any], Any]] = []
"""In a process that works: the work it was begun for, which may carry much and is handed over but once."""


def _take_up(work: Callable[[Any], Any]) -> None:
    _TAKEN_UP.append(work)


def _do(batch: Any) -> Any:
    return _TAKEN_UP[-1](batch)
