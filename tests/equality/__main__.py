"""`./dev equal [COUNT [SEED]]`: every back end against the closure, on all books; stops with 1 if a cell differs.

COUNT forms (20,000) for the book of the ministry, a tenth of them for every other book on the shelf.
"""

import sys

from equality.cases import Cases, inside
from equality.legs import LEGS, by_closure, differences
from jixiao.review import Reviewer
from jixiao.rulebook import Book
from review.bench_of_books import checks, lexicons, shelf

SHARE = 500


def main(count: str = "20000", seed: str = "2026") -> None:
    """Compare all legs and print what was compared."""
    failed = [
        str(book.id)
        for book in books()
        if not compared(book, int(count) if book.id == "cn" else int(count) // 10, int(seed))
    ]
    if failed:
        sys.exit(f"not equal: {' '.join(failed)}")


def books() -> list[Book]:
    """Every book on the shelf as its newest version has it, the ministry's first."""
    ids = sorted(shelf().ids(), key=lambda one: (one != "cn", one))
    return [shelf().on(one, max(shelf().versions(one))) for one in ids]


def compared(book: Book, count: int, seed: int) -> bool:
    """Whether all legs equal the closure on so many forms of a book."""
    made = Reviewer(book, checks(), lexicons())
    program = made.scorer.program
    right, legs = by_closure(program), [(leg, leg.compile(program)) for leg in LEGS]
    cases, within = Cases(made, seed), 0
    found = {leg.name: [0, 0] for leg in LEGS}
    for start in range(0, count, SHARE):
        some = cases.cases(range(start, min(count, start + SHARE)))
        within += sum(inside(program, *case) for case in some)
        expected = right(some)
        for leg, run in legs:
            cells, wrong = differences(expected, run(some))
            found[leg.name][0] += cells
            found[leg.name][1] += len(wrong)
            for name, at, one, other in wrong[:3]:
                print(f"  {leg.name}, {book.id}, forms from {start}: {name}[{at}] is {other!r}, expected {one!r}")
    for name, (cells, wrong_cells) in found.items():
        print(f"{book.id}: {name}: {count} forms, {within} inside the domains, {cells} cells, {wrong_cells} differ")
    return not any(wrong_cells for _, wrong_cells in found.values())


if __name__ == "__main__":
    main(*sys.argv[1:])
