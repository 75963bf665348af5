"""B2: forms scored by column get, to the last digit, what one after another gets: every line, total, grade, cap."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from drills.row import Drill, Outcome, Row
from equality.block import Blocks
from equality.cases import Cases
from equality.legs import Leg, by_column, by_kernel
from equality.shares import BLOCK, books, sentence
from equality.table import differences
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
    many, cases, blocks = [leg.compile(program, None) for leg in legs], Cases(made, seed), Blocks(program)
    cells: int = 0
    faults: list[str] = []
    for start in range(0, count, BLOCK):
        block = blocks.block(cases.cases(range(start, min(count, start + BLOCK))))
        for leg, run_all in zip(legs, many, strict=True):
            compared, wrong = differences(block.expected, run_all(block))
            cells += compared
            faults += [f"{leg.name}, {sentence(block, start, one)}" for one in wrong]
    return cells, faults


ROW = Row(
    id="B2", zh="成批计分与逐份计分，一分不差", en="scores in a batch are the scores of one form, to the last digit",
    ci=100_000, full=10_000_000, unit="forms", run=run, cores=2,
)  # fmt: skip
