"""The engine a command was asked for: its name and settings, checked, and ready to take jobs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jixiao.corpus.engines.named import Engine, Turn, engine_named
from jixiao.corpus.engines.turns import turn_of
from jixiao.corpus.faults import CorpusFault
from jixiao.desk.errors import WrongUse


def known_engine(name: str) -> Engine:
    """The engine of a name.

    Raises:
        WrongUse: there is none of that name.
    """
    try:
        return engine_named(name)
    except CorpusFault as fault:
        raise WrongUse(fault.zh, fault.en) from fault


def settings_of(pairs: Iterable[str]) -> dict[str, str]:
    """Settings of Spark, each as NAME=VALUE.

    Raises:
        WrongUse: one is not.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise WrongUse(f"--conf {pair}：应写作 名称=值。", f"--conf {pair}: write NAME=VALUE.")
        found[name] = value
    return found


@contextmanager
def engine_at_work(name: str | None, conf: Iterable[str] = ()) -> Iterator[Turn | None]:
    """What gives jobs out to the engine of a name; none where this machine does the work.

    Raises:
        WrongUse: there is no such engine, its library is missing, or the cluster does not answer.
    """
    if name is None:
        yield None
        return
    engine, settings = known_engine(name), settings_of(conf)
    try:
        with turn_of(engine, settings) as turn:
            yield turn
    except CorpusFault as fault:
        raise WrongUse(fault.zh, fault.en) from fault


def reachable_from_workers(where: str) -> str:
    """A folder as workers know it, by its whole path; an address as it is."""
    return where if "://" in where else str(Path(where).resolve())
