"""B4: each book has at least twenty golden cases scored without tolerance; each value its clause."""

from collections.abc import Iterator

from drills.row import Drill, Outcome, Row
from jixiao.rulebook import Book, Golden, Shelf
from jixiao.rulebook.entries import Provenance
from jixiao.scoring import Scorer
from rulebook.golden_forms import digits, form_of, shelf

LEAST = 20
MARKS = ("text-seen", "practice", "recalled")
TABLES = ("profiles", "bands", "labels", "grades", "caps", "execution_steps")


def run(drill: Drill) -> Outcome:
    """Score every golden case of every version of every book; look at each dated value."""
    books = every_book(shelf())
    cases = [(book, case) for book in books for case in book.golden]
    faults = [fault for book in books for fault in (*unlike(book), *bare(book))]
    values = sum(len(list(dated(book))) for book in books)
    told = f"{len(books)} books of {len({book.id for book in books})} places, {values} dated values with their clause"
    return Outcome(
        len(cases), tuple(faults), (told, "tolerance 0", "worked by us from the clauses, none signed by an office")
    )


def every_book(shelf: Shelf) -> list[Book]:
    """Every version of every book."""
    return [shelf.on(name, day) for name in sorted(shelf.ids()) for day in shelf.versions(name)]


def unlike(book: Book) -> Iterator[str]:
    """What is wrong with a book's golden cases."""
    if len(book.golden) < LEAST:
        yield f"{book.id} {book.since}: {len(book.golden)} golden cases, at least {LEAST} expected"
    scorer = Scorer(book)
    for case in book.golden:
        yield from _scored(book, scorer, case)


def _scored(book: Book, scorer: Scorer, case: Golden) -> Iterator[str]:
    sheet = scorer.score(form_of(case))
    lines = tuple("" if line.computed is None else format(line.computed, "f") for line in sheet.lines)
    found = (lines, sheet.score, sheet.low, sheet.grade or "")
    expected = (case.lines, digits(case.total), digits(case.low), case.grade)
    if found != expected:
        yield f"{book.id} {book.since} {case.title}: {found}, expected {expected}"


def dated(book: Book) -> Iterator[tuple[str, Provenance]]:
    """Everything in a book that a rule sets, with what it cites."""
    yield from ((value.name, value.clause) for value in book.values.values())
    yield from ((let.name, let.clause) for let in book.lets)
    yield from ((reading.code, reading.clause) for reading in book.readings.values())
    for table in TABLES:
        yield from ((f"{table}[{at}]", entry.clause) for at, entry in enumerate(getattr(book, table)))


def bare(book: Book) -> Iterator[str]:
    """What cites no clause, or cites one without its document, article, source or evidence mark."""
    for name, clause in dated(book):
        told = clause.document and clause.article and clause.source and clause.evidence in MARKS
        if not told:
            yield f"{book.id} {book.since}: {name} cites no clause"


ROW = Row(
    id="B4", zh="每本规则集至少 20 个标准算例，零误差；每个数值有条款",
    en="each book has 20 golden cases, exact; each value its clause",
    ci=360, full=360, unit="golden cases", run=run,
)  # fmt: skip
