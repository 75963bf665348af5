"""Jobs on Ray: a few at a time, results in order; a job that killed its worker is halved until the one is found."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from jixiao.corpus.engines.named import Engine, Job, Rescue, Result, missing
from jixiao.corpus.faults import CorpusFault

_AT_WORK: Final = 2
"""Jobs in flight for each processor: enough that none waits, few enough that little is held in memory."""
_ENOUGH: Final = 300
"""Letters of Ray's own message that are told."""
_STARTS: Final = 3
"""How often a cluster of this machine is begun: a busy machine does not start one within Ray's half minute."""


@contextmanager
def cluster_of(engine: Engine, **settings: Any) -> Iterator[None]:
    """A connection to a cluster, or to one that is started on this machine; ended afterwards.

    Args:
        engine: the cluster; without an address, this machine.
        settings: further words for `ray.init`.

    Raises:
        CorpusFault: the library is missing, or the cluster does not answer.
    """
    try:
        import ray
    except ModuleNotFoundError as error:
        raise missing("ray") from error
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    words: dict[str, Any] = {"logging_level": "ERROR", "log_to_driver": False}
    words |= {"address": engine.address} if engine.address else {"include_dashboard": False}
    for left in reversed(range(1 if engine.address else _STARTS)):
        try:
            ray.init(**(words | settings))
            break
        except Exception as error:  # Ray raises Exception itself where a node does not start in time
            ray.shutdown()
            if not left:
                raise _no_answer(engine, error) from error
    try:
        yield
    finally:
        ray.shutdown()


def _no_answer(engine: Engine, error: Exception) -> CorpusFault:
    told, name = " ".join(str(error).split())[:_ENOUGH], engine.address or "ray"
    zh = f"Ray（{name}）连不上：{told}。可用 jixiao doctor --engine {name} 检查。"
    return CorpusFault(zh, f"Ray ({name}) does not answer: {told}. To look into it: jixiao doctor --engine {name}.")


def on_ray(work: Callable[[Job], Result], jobs: Iterable[Job], rescue: Rescue[Job] | None = None) -> Iterator[Result]:
    """What `work` gives for each job, in order; see `Turn`."""
    import ray

    given = _Given(ray, work, rescue)
    most = _AT_WORK * max(1, int(ray.cluster_resources().get("CPU", 1)))
    flying: deque[tuple[Job, Any]] = deque()
    for job in jobs:
        flying.append((job, given.out(job)))
        if len(flying) >= most:
            yield given.back(*flying.popleft())
    while flying:
        yield given.back(*flying.popleft())


class _Given:
    """Jobs that were given out."""

    def __init__(self, ray: Any, work: Callable[[Any], Any], rescue: Rescue[Any] | None) -> None:
        self._ray, self._rescue = ray, rescue
        self._done = ray.remote(max_retries=0)(_done)
        self._work = ray.put(work)

    def out(self, job: Any) -> Any:
        return self._done.remote(self._work, job)

    def back(self, job: Any, reference: Any) -> Any:
        """The result of a job; where its worker died, of the job without what kills it.

        Raises:
            CorpusFault: the job said so, or its worker died and there is nothing to leave out.
        """
        found = self._found(reference)
        if found is not None:
            return _told(found)
        if self._rescue is None:
            raise _dead()
        rest = self._rescue.without(job, frozenset(self._killers(job)))
        found = self._found(self.out(rest))
        if found is None:
            raise _dead()
        return _told(found)

    def _found(self, reference: Any) -> tuple[Any, CorpusFault | None] | None:
        errors = self._ray.exceptions
        try:
            found: tuple[Any, CorpusFault | None] = self._ray.get(reference)
        except (errors.WorkerCrashedError, errors.OutOfMemoryError, errors.NodeDiedError):
            return None
        except errors.RayError as error:
            raise _fault(error) from error
        return found

    def _killers(self, job: Any) -> Iterator[str]:
        """The names of those in a job that each kill a worker when they are alone."""
        assert self._rescue is not None  # noqa: S101 -- looked at by who calls
        halves = self._rescue.halves(job)
        if halves is None:
            yield self._rescue.named(job)
            return
        for half, reference in [(half, self.out(half)) for half in halves]:
            if self._found(reference) is None:
                yield from self._killers(half)


def _done(work: Callable[[Any], Any], job: Any) -> tuple[Any, CorpusFault | None]:
    """On a worker: a fault is a result, too, so that it comes back in its own words."""
    try:
        return work(job), None
    except CorpusFault as fault:
        return None, fault


def _told(found: tuple[Any, CorpusFault | None]) -> Any:
    result, fault = found
    if fault is not None:
        raise fault
    return result


def _fault(error: Exception) -> CorpusFault:
    told = " ".join(str(error).split())[-_ENOUGH:]
    zh = f"Ray 上的任务没有做成：{told}。可用 jixiao doctor --engine 检查。"
    return CorpusFault(zh, f"A task on Ray could not be done: {told}. To look into it: jixiao doctor --engine.")


def _dead() -> CorpusFault:
    zh = "一个工作进程被终止（常因内存不足），重做也一样。请给每个任务更多内存。"
    return CorpusFault(
        zh, "A worker was killed (often for want of memory), and again when it was repeated. Give tasks more memory."
    )
