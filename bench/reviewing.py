"""Speed of the review: one form scored and questioned with its derivation, beside the plain Decimal oracle.

The oracle computes scores only, without derivation, checks or places; it is the simplest program that gives the same
digits. Goal: a form of 12 indicators scored and checked with its derivation in less than 2 ms, warm.
"""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jixiao.desk.library import shelf
from jixiao.desk.reviewing import review_form
from jixiao.form import Form
from jixiao.reading.parse import parse_bytes
from jixiao.scoring import Scorer

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE / "tests"))

from oracle import scorer as oracle  # noqa: E402 -- the peer lives with the tests

ROUNDS = 200


def oracle_alone(form: Form) -> None:
    """Every score, the total, its low end and the grade, in Decimal."""
    oracle.standing(form)
    oracle.low(form)
    oracle.grade(oracle.total(form))


def scored_alone(form: Form) -> None:
    """Every score with its derivation, under the book in force."""
    scorer(*book_of(form)).score(form)


def scored_and_checked(form: Form) -> None:
    """Every score with its derivation, every check, the book chosen anew."""
    review_form(form)


@cache
def scorer(book_id: str, on: str) -> Scorer:
    """The compiled scorer of a book."""
    return Scorer(shelf().on(book_id, date.fromisoformat(on)))


def book_of(form: Form) -> tuple[str, str]:
    """Id and day of the book in force for a form."""
    place = {"title": form.title, "department": form.department, "unit": form.unit}
    book = shelf().choose(**place, fiscal_year=form.fiscal_year).book
    return book.id, book.on


def microseconds(work: Callable[[Form], None], forms: Sequence[Form]) -> int:
    """The best processor time for one form, in microseconds, over the rounds."""
    best = 0
    for _ in range(ROUNDS // len(forms) + 1):
        start = time.process_time_ns()
        for form in forms:
            work(form)
        took = (time.process_time_ns() - start) // len(forms)
        best = min(best or took, took)
    return best // 1000


def hundredths(value: int) -> str:
    """Hundredths as a number with two decimals."""
    return f"{value // 100}.{value % 100:02}"


def main() -> None:
    """Print the table of figures."""
    start = time.process_time_ns()
    forms = parse_bytes((HOUSE / "tests" / "data" / "forms7.xlsx").read_bytes(), "forms7.xlsx")
    read = (time.process_time_ns() - start) // 10**6
    start = time.process_time_ns()
    review_form(forms[0])
    first = (time.process_time_ns() - start) // 10**6
    twelve = [form for form in forms if len(form.indicators) == 12]
    print(f"forms read in {read} ms; books and checks compiled and the first form reviewed in {first} ms")
    for name, sample in (("7 forms of the seed", forms), ("the form of 12 indicators", twelve)):
        figures = {work: microseconds(work, sample) for work in (oracle_alone, scored_alone, scored_and_checked)}
        print(name)
        for work, took in figures.items():
            share = hundredths(took * 100 // figures[oracle_alone])
            print(f"  {work.__name__:20} {took:6} µs/form {10**6 // took:6} forms/s {share} × oracle")


if __name__ == "__main__":
    main()
