"""The name of an engine, as the command line takes it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, Protocol, TypeVar

from msgspec import Struct

from jixiao.corpus.faults import CorpusFault

Kind = Literal["spark", "ray"]
Job = TypeVar("Job")
Result = TypeVar("Result")


class Rescue(Protocol[Job]):
    """What is done with a job that killed its worker."""

    def halves(self, job: Job, /) -> tuple[Job, Job] | None:
        """Two jobs that do it between them; none where it is one thing alone."""

    def named(self, job: Job, /) -> str:
        """The name of the one thing a job is about."""

    def without(self, job: Job, killers: frozenset[str], /) -> Job:
        """The job with things set aside that kill their worker."""


class Turn(Protocol):
    """Gives jobs out, and their results back in order."""

    def __call__(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], rescue: Rescue[Job] | None = None, /
    ) -> Iterator[Result]:
        """Do the jobs.

        Args:
            work: a function at the top of a module, or a partial of one.
            jobs: what it is called with.
            rescue: what is done with a job that killed its worker; without one that is the end.

        Raises:
            CorpusFault: a job cannot be done.
        """


class Engine(Struct, frozen=True):
    """An engine that was asked for: its kind, and the address its library takes."""

    kind: Kind
    address: str


_SPARK: Final = ("spark://", "k8s://", "sc://", "local-cluster[", "local[")
USAGE: Final = "spark://HOST:PORT | yarn | k8s://… | sc://HOST:PORT | local-cluster[2,1,1024] | ray | ray://HOST:PORT"


def engine_named(text: str) -> Engine:
    """The engine of a name.

    Raises:
        CorpusFault: there is no such engine.
    """
    if text == "yarn" or text.startswith(_SPARK):
        return Engine("spark", text)
    if text == "ray" or text.startswith("ray://"):
        return Engine("ray", "" if text == "ray" else text)
    raise CorpusFault(f"没有“{text}”这种引擎；可用：{USAGE}。", f"There is no engine {text!r}; there are: {USAGE}.")


def missing(library: str) -> CorpusFault:
    """What is said where the library of an engine is not installed."""
    zh = f'未安装 {library}。请运行 pip install "jixiao[cluster]"（集群上的 Python 也要有）。'
    return CorpusFault(
        zh, f'{library} is not installed. Run pip install "jixiao[cluster]" (the cluster\'s Python needs it, too).'
    )
