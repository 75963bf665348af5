"""B2: forms scored by column get, to the last digit, what one after another gets: every line, total, grade, cap."""

import multiprocessing
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from drills.row import Drill, Outcome, Row
from equality.__main__ import SHARE, books
from equality.cases import Cases
from equality.legs import Leg, by_closure, by_column, by_kernel, differences
from jixiao.review import Checks, Reviewer
from jixiao.rulebook import Book
from review.bench_of_books import lexicons

COLUMNS = Leg("by column", by_column)
KERNEL = Leg("kernel", by_kernel)


def run(drill: Drill) -> Outcome:
    """Share the forms among all books on the shelf, the ministry's taking what is left over."""
    ids = [str(book.id) for book in books()]
    each, rest = divmod(drill.count, len(ids))
    asked = [(name, each + (rest if number == 0 else 0), drill.seed) for number, name in enumerate(ids)]
    clean = multiprocessing.get_context("spawn")  # a fork after the columns' threads have begun may hang
    with ProcessPoolExecutor(os.cpu_count() or 1, clean) as pool:
        found = list(pool.map(_compared, asked))
    faults = [fault for _, _, wrong in found for fault in wrong]
    cells = sum(compared for _, compared, _ in found)
    told = f"{len(ids)} books, {cells:,} cells, no tolerance"
    return Outcome(sum(count for count, _, _ in found), tuple(faults), (told,))


def _compared(asked: tuple[str, int, int]) -> tuple[int, int, list[str]]:
    name, count, seed = asked
    book = next(one for one in books() if one.id == name)
    cells, wrong = compare(book, count, seed, COLUMNS, KERNEL)
    return count, cells, [f"{name}: {one}" for one in wrong]


def compare(book: Book, count: int, seed: int, *legs: Leg) -> tuple[int, list[str]]:
    """How many cells were compared, and a sentence for each that differs."""
    made = Reviewer(book, Checks({}), lexicons())
    program = made.scorer.program
    one_by_one, many, cases = by_closure(program), [leg.compile(program) for leg in legs], Cases(made, seed)
    cells: int = 0
    faults: list[str] = []
    for start in range(0, count, SHARE):
        some = cases.cases(range(start, min(count, start + SHARE)))
        expected = one_by_one(some)
        for leg, run_all in zip(legs, many, strict=True):
            compared, wrong = differences(expected, run_all(some))
            cells += compared
            faults += _sentences(leg, start, wrong)
    return cells, faults


def _sentences(leg: Leg, start: int, wrong: Iterable[tuple[str, int, object, object]]) -> Iterable[str]:
    where = f"{leg.name}, forms from {start}"
    return (f"{where}: {name}[{at}] is {other!r}, expected {one!r}" for name, at, one, other in wrong)


ROW = Row(
    id="B2", zh="成批计分与逐份计分，一分不差", en="scores in a batch are the scores of one form, to the last digit",
    ci=100_000, full=10_000_000, unit="forms", run=run, cores=2,
)  # fmt: skip
