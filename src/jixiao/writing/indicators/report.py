"""What the writers of the indicator library take."""

from decimal import Decimal
from typing import Final

from msgspec import Struct

from jixiao.scoring.sheet import Text

LIBRARY_SCHEMA: Final = "jixiao/indicators/1"
FACTS: Final = 7
"""Facts that the measurability of an indicator is counted of."""


class Source(Struct, frozen=True):
    """A line of a form that an entry rests on: where it stands, whose it is, what was promised and achieved."""

    file: str
    number: int
    line: int
    page: int | None
    cell: str | None
    unit: str
    project: str
    fiscal_year: int | None
    target: Decimal | None
    actual: Decimal | None


class Spread(Struct, frozen=True):
    """Numbers that stand on forms: how many, and their quartiles, each of them one of the numbers."""

    count: int
    least: Decimal | None = None
    q1: Decimal | None = None
    median: Decimal | None = None
    q3: Decimal | None = None
    most: Decimal | None = None


class Entry(Struct, frozen=True):
    """One indicator of the library.

    Attributes:
        name: the name that most forms print.
        level1, level2, unit: what its lines share.
        forms, units, years: how many it rests on.
        operators: how often each sign is used, as "≥ 12，= 3".
        target, actual: what was promised and achieved, in `unit`.
        measurability: how many of the seven facts hold.
        reasons: the facts, those that fail first.
        sources: the first lines it rests on.
    """

    name: str
    level1: str
    level2: str
    unit: str
    forms: int
    units: int
    years: int
    operators: str
    target: Spread
    actual: Spread
    measurability: int
    reasons: tuple[Text, ...]
    sources: tuple[Source, ...]


class Library(Struct, frozen=True):
    """The library of a corpus.

    Attributes:
        corpus: digest of the corpus it was mined from.
        forms: how many forms that has.
        entries: those of most forms first.
        schema: its contract.
    """

    corpus: str
    forms: int
    entries: tuple[Entry, ...]
    schema: str = LIBRARY_SCHEMA
