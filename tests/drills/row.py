"""What a row of the reliability table is: a claim, how often it is tried, and the run that tries it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Drill:
    """What a run is given.

    Attributes:
        count: how many trials are asked for.
        seed: of all chance in it.
        folder: an empty folder of its own.
        full: whether it is the long form, in which limits of time are judged.
    """

    count: int
    seed: int
    folder: Path
    full: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        count: how many trials there really were.
        faults: what was found wrong, a sentence each; empty if the claim holds.
        told: figures in words, "parent grew by 9 MB".
    """

    count: int
    faults: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes:
        id: "C1".
        zh, en: the claim.
        ci: how many trials a CI run makes.
        full: how many the long form makes.
        unit: what is counted, "kills".
        run: tries the claim.
        cores: 2 if it keeps both busy by itself; else rows run side by side.
        postgresql: whether it is tried a second time on PostgreSQL.
        shared: whether CI's measure is shared between the two databases; else each makes all of it.
    """

    id: str
    zh: str
    en: str
    ci: int
    full: int
    unit: str
    run: Callable[[Drill], Outcome]
    cores: int = 1
    postgresql: bool = False
    shared: bool = False
