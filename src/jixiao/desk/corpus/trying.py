"""The rule lab 规则试算 on a corpus, at the desk: books handed in, the report put together."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import islice
from threading import Lock
from typing import Final

from msgspec import Struct

from jixiao.corpus.manifest import Corpus
from jixiao.corpus.parts import Read
from jixiao.corpus.trying.questions import questions
from jixiao.corpus.trying.sides import VALUES, Books, BooksOf, Group
from jixiao.corpus.trying.standing import Kernels, Standing
from jixiao.corpus.trying.whole import every_form, try_corpus
from jixiao.desk.corpus.opening import corpus_at
from jixiao.desk.library import reviewer, shelf
from jixiao.desk.whatif import Scenario, changed, told_report
from jixiao.rulebook import Book
from jixiao.writing.whatif.report import WhatIfReport
from jixiao.writing.whatif.table import csv_heads, csv_rows


def books_under(scenario: Scenario) -> BooksOf:
    """What decides the books of a form in a corpus: those `try_form` chooses.

    The function raises `WrongUse` where a parameter of the scenario is none of the book that a form falls under.
    """

    @cache
    def books_of(group: Group) -> Books:
        stored = shelf().on(group.rulebook, date.fromisoformat(group.in_force))
        before = stored if scenario.baseline is None else _chosen(scenario.baseline, group.fiscal_year)
        after = before if scenario.rulebook is None else _chosen(scenario.rulebook, group.fiscal_year)
        return Books(stored, before, changed(after, scenario.values))

    return books_of


def _chosen(identifier: str, fiscal_year: int | None) -> Book:
    return shelf().choose(title="", department="", unit="", fiscal_year=fiscal_year, override=identifier).book


def reads_of(corpus: Corpus) -> Iterator[Read]:
    """Its parts that hold forms, as what gives their columns."""
    return (corpus.read(part) for part in corpus.parts if part.forms)


class Wanted(Struct, frozen=True):
    """What a report on a corpus tells beyond totals and grades.

    Attributes:
        most: how many of the forms that move are named.
        lows: whether the low ends of their totals are told.
        asking: whether questions are counted, which takes far longer.
    """

    most: int
    lows: bool = True
    asking: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The values of a form that are computed."""
        return tuple(VALUES) if self.lows else ("score", "grade")


def corpus_report(where: str, scenario: Scenario, program: str, wanted: Wanted) -> WhatIfReport:
    """What a scenario does to a corpus.

    Args:
        where: the corpus: a folder, or "s3://bucket/prefix".
        scenario: the change.
        program: the program's version.
        wanted: what is told.

    Raises:
        WrongUse: a parameter is none of a form's book, or there is no corpus, or it is damaged.
    """
    books_of = books_under(scenario)
    with corpus_at(where) as corpus:
        asked = questions(reads_of(corpus), books_of, reviewer) if wanted.asking else None
        kernels = kernels_for(corpus)
        if kernels is None:
            tried = try_corpus(reads_of(corpus), books_of, wanted.most, wanted.values, asked)
        else:
            standing = Standing(reads_of(corpus), kernels, keep=False)
            tried = standing.ask(books_of, wanted.most, wanted.values, asked)
    return told_report(tried.shift, tried.met, scenario, program)


MANY: Final = 300_000
"""Forms from which on it is worth the seconds to compile the fused kernel and to load it."""


def kernels_for(corpus: Corpus) -> Kernels | None:
    """The fused kernel where it is installed and the corpus is large; it is compiled once for all on this machine."""
    if corpus.manifest.forms < MANY or find_spec("numba") is None or find_spec("numpy") is None:
        return None
    from jixiao.corpus.scoring.home import folder_of_kernels, home_in

    return Kernels(home_in(str(folder_of_kernels())))


class CorpusTrial:
    """A corpus opened once and asked many times: a page keeps it while somebody moves a slider.

        trial = CorpusTrial("corpus")
        report = trial.report(scenario, program, Wanted(most=100))

    The first question reads the corpus; columns that were read stay in memory, about 300 MB for a million forms, until
    the trial goes. A corpus that was built anew since the last question is read anew. Several threads may ask; one is
    answered after the other.
    """

    def __init__(self, where: str) -> None:
        """Name the corpus; nothing is read yet.

        Args:
            where: a folder, or "s3://bucket/prefix".
        """
        self._where = where
        self._lock = Lock()
        self._digest = ""
        self._standing = Standing(())

    def report(self, scenario: Scenario, program: str, wanted: Wanted) -> WhatIfReport:
        """What a scenario does to the corpus; see `corpus_report`.

        Raises:
            WrongUse: as for `corpus_report`.
        """
        books_of = books_under(scenario)
        with corpus_at(self._where) as corpus:
            asked = questions(reads_of(corpus), books_of, reviewer) if wanted.asking else None
            tried = self._standing_on(corpus).ask(books_of, wanted.most, wanted.values, asked)
        return told_report(tried.shift, tried.met, scenario, program)

    def _standing_on(self, corpus: Corpus) -> Standing:
        with self._lock:
            if self._digest != corpus.manifest.digest:
                self._standing = Standing(reads_of(corpus), kernels_for(corpus))
                self._digest = corpus.manifest.digest
            return self._standing


_ROWS: Final = 2000


def corpus_table(where: str, scenario: Scenario) -> Iterator[bytes]:
    """Every form as a row of CSV, piece by piece.

    Raises:
        WrongUse: as for `corpus_report`.
    """
    with corpus_at(where) as corpus:
        moves = every_form(reads_of(corpus), books_under(scenario))
        heads = csv_heads()
        while batch := list(islice(moves, _ROWS)):
            yield heads + csv_rows(batch)
            heads = b""
