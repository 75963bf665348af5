"""A change of rules on a whole corpus: part after part, as many at once as there are processors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl
from msgspec import Struct

from jixiao.corpus.parts import Read
from jixiao.corpus.trying.run import Trial
from jixiao.corpus.trying.shift import Folded, fold, part_of, rows_of, whole_shift
from jixiao.corpus.trying.sides import VALUES, BooksOf
from jixiao.review.whatif import Move, Shift

Made = TypeVar("Made")


class Tried(Struct, frozen=True):
    """What a change of rules does to a corpus.

    Attributes:
        shift: what moves.
        met: ids of the books that forms fell under, before and after.
        outside: how many forms have numbers that only the exact way may compute.
    """

    shift: Shift
    met: tuple[str, ...]
    outside: int


def try_corpus(
    parts: Iterable[Read],
    books_of: BooksOf,
    most: int,
    values: Iterable[str] = VALUES,
    asked: Mapping[str, tuple[int, int]] | None = None,
) -> Tried:
    """Totals and grades of every form under both sets of rules, put together.

    Args:
        parts: give columns of the tables of each part.
        books_of: what decides the books of a form.
        most: how many of the forms that move are named.
        values: which values of a form are computed; "score" and "grade" are needed, "low" may be left out.
        asked: check code → questions before and after, where they were counted.

    Raises:
        UncodedError: the rules compare texts of a form with one another.
    """
    trial = Trial(books_of, values)

    def one(read: Read) -> tuple[Folded, set[str], int]:
        result = trial.part(read)
        met = {book for side in ("before", "after") for book in result.forms[f"{side}_rulebook"].unique()}
        return fold(result, part_of(read), most), met, int(result.forms["outside"].sum())

    folded: list[Folded] = []
    met: dict[str, None] = {}
    outside = 0
    for part, books, beyond in side_by_side(one, parts):
        folded.append(part)
        met |= dict.fromkeys(sorted(books))
        outside += beyond
    return Tried(whole_shift(folded, most, asked), tuple(met), outside)


def every_form(parts: Iterable[Read], books_of: BooksOf) -> Iterator[Move]:
    """Every form in the order of the corpus, one part in memory at a time."""
    trial = Trial(books_of)
    for read in parts:
        yield from rows_of(trial.part(read), read)


def side_by_side(work: Callable[[Read], Made], parts: Iterable[Read]) -> Iterator[Made]:
    """What a function makes of each part, in order; Polars lets go of Python's lock while it computes."""
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        yield from pool.map(work, parts)
