"""What a cluster is made of: versions on the driver and on workers, and a trial whose digest is held to ours."""

import os
import platform
import socket
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import msgspec
from msgspec import Struct

from jixiao.corpus.engines.named import Turn
from jixiao.corpus.manifest import MANIFEST
from jixiao.corpus.storage import open_storage

LIBRARIES: Final = ("jixiao", "polars", "msgspec", "pyspark", "ray", "numba")
"""What must be of one version everywhere, where it is installed at all."""


class Machine(Struct, frozen=True):
    """What was found where one job ran.

    Attributes:
        where: host and process.
        python: its version.
        libraries: name → version, for those that are there.
        reaches: whether the corpus that was named can be read there; `None` if none was named.
        digest: of the trial part, computed there.
    """

    where: str
    python: str
    libraries: dict[str, str]
    reaches: bool | None
    digest: str


class Trial(Struct, frozen=True):
    """A job of the trial: its number, and the corpus whose reach is asked."""

    number: int
    corpus: str | None = None


def machine(trial: Trial) -> Machine:
    """What is found where this runs."""
    return Machine(
        f"{socket.gethostname()}:{os.getpid()}", platform.python_version(), dict(_versions(LIBRARIES)),
        None if trial.corpus is None else _reaches(trial.corpus), trial_digest(),
    )  # fmt: skip


def _versions(names: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for name in names:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return found


def _reaches(where: str) -> bool:
    from jixiao.corpus.faults import CorpusFault

    try:
        return bool(open_storage(where).get(MANIFEST))
    except CorpusFault:
        return False


def trial_digest() -> str:
    """The digest of a small program's answers by column: the same wherever the same wheel computes it."""
    from decimal import Decimal

    from jixiao.language import Column, Program, Schema

    schema = Schema(
        [Column("adjusted", scale=2, high=Decimal(10) ** 6)], [Column("weight", scale=2, high=Decimal(100))]
    )  # fmt: skip
    program = Program(schema, {})
    program.let("share", "round(i.weight * f.adjusted / 7, 2)")
    program.let("total", "sum(share)")
    program.condition("odd", "total > 100")
    columns = program.by_column()
    rows = [({"adjusted": at * 37}, [{"weight": at * line} for line in range(1, 9)]) for at in range(1, 400)]
    results = columns.run(columns.frames(rows))
    told = [results.forms.rows(), results.ordered().rows()]
    return sha256(msgspec.json.encode(told)).hexdigest()


def probed(turn: Turn, jobs: int, corpus: str | None) -> Sequence[Machine]:
    """What is found on the workers, looked at by so many jobs.

    Raises:
        CorpusFault: the workers cannot even import the wheel, or do not answer.
    """
    found = turn(machine, [Trial(number, corpus) for number in range(jobs)])
    return list({one.where: one for one in found}.values())
