"""All books and checks as distinct programs, and a number of forms shared out among them, block by block."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from equality.block import Block, Blocks
from equality.cases import Cases
from equality.legs import LEGS, Leg, Run
from equality.table import Wrong, differences
from jixiao.corpus.scoring.home import home_in
from jixiao.language.kernel.source import key_of
from jixiao.review import Reviewer
from jixiao.rulebook import Book
from review.bench_of_books import checks, lexicons, shelf

BLOCK: Final = 4096
"""Forms compared at once: columns are long enough to cost little each, and the rows take some 200 MB."""
TOLD: Final = 3
"""Cells of one back end and block that are told in full."""


def books() -> list[Book]:
    """Every book on the shelf as its newest version has it, the ministry's first."""
    ids = sorted(shelf().ids(), key=lambda one: (one != "cn", one))
    return [shelf().on(one, max(shelf().versions(one))) for one in ids]


def distinct() -> list[tuple[Book, tuple[str, ...]]]:
    """The books whose compiled nodes differ, each with the ids of the books that have the very same nodes."""
    found: dict[str, tuple[Book, tuple[str, ...]]] = {}
    for book in books():
        outputs = Reviewer(book, checks(), lexicons()).scorer.program.outputs()
        key = key_of(outputs, frozenset(), "")
        first, same = found.get(key, (book, ()))
        found[key] = first, (*same, str(book.id))
    return [(book, same[1:]) for book, same in found.values()]


@dataclass(frozen=True, slots=True)
class Share:
    """Cases of one book, at most a block, by their numbers."""

    book: str
    start: int
    end: int


def shares(ids: Sequence[str], count: int, block: int = BLOCK) -> Iterator[Share]:
    """So many cases, spread evenly over books: no two books get a case of the same number."""
    for at, book in enumerate(ids):
        start, end = count * at // len(ids), count * (at + 1) // len(ids)
        yield from (Share(book, one, min(one + block, end)) for one in range(start, end, block))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared with the closure.

    Attributes:
        legs: names of back ends.
        seed: the seed of all cases.
        home: a folder for what takes seconds to compile.
    """

    legs: tuple[str, ...]
    seed: int
    home: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the comparison of one share gave.

    Attributes:
        share: the share.
        within: forms that lie inside the declared domains.
        cells: cells of one back end.
        wrong: back end → cells that differ.
        told: sentences about the first of them.
        processor_ns: processor time, in nanoseconds.
    """

    share: Share
    within: int
    cells: int
    wrong: dict[str, int]
    told: tuple[str, ...]
    processor_ns: int


@lru_cache(1)
def _ready(book: str, asked: Asked) -> tuple[Cases, Blocks, list[tuple[Leg, Run]]]:
    """A book's cases, and its back ends ready to run."""
    (found,) = (one for one in books() if one.id == book)
    made = Reviewer(found, checks(), lexicons())
    program, home = made.scorer.program, home_in(asked.home)
    legs = [(leg, leg.compile(program, home)) for leg in LEGS if leg.name in asked.legs]
    return Cases(made, asked.seed), Blocks(program), legs


def prepared(book: str, asked: Asked) -> int:
    """Compile a book's back ends, so that they lie at home; processor time in nanoseconds."""
    began = time.process_time_ns()
    cases, blocks, legs = _ready(book, asked)
    block = blocks.block(cases.cases(range(8)))
    for _, run in legs:
        run(block)
    return time.process_time_ns() - began


def compared(share: Share, asked: Asked) -> Found:
    """All back ends held against the closure on one share."""
    began = time.process_time_ns()
    cases, blocks, legs = _ready(share.book, asked)
    block = blocks.block(cases.cases(range(share.start, share.end)))
    wrong: dict[str, int] = {}
    told: list[str] = []
    cells = 0
    for leg, run in legs:
        cells, differing = differences(block.expected, run(block))
        wrong[leg.name] = len(differing)
        told += [f"{leg.name}, {share.book}, {sentence(block, share.start, one)}" for one in differing[:TOLD]]
    within = len(block.cases) - len(block.outside)
    return Found(share, within, cells, wrong, tuple(told), time.process_time_ns() - began)


def sentence(block: Block, first: int, wrong: Wrong) -> str:
    """Where a cell differs, what it is and what it should be; cases are numbered from `first`."""
    name, at, one, other = wrong
    form, row = block.place(name, at)
    where = f"case {first + form}" + ("" if row is None else f", indicator {row}")
    return f"{where}: {name} is {other!r}, expected {one!r}"
