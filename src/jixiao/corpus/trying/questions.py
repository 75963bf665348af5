"""How many questions a corpus is asked under two sets of rules.

What is asked under the rules in force stands in the corpus. By column it is found which forms are answered otherwise
under the changed rules; those alone are asked again one by one, so that every count is that of the way of one form.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import polars as pl

from jixiao.corpus.parts import Read, frames_of
from jixiao.corpus.schema import AS_READ, FINDINGS, FORMS, INDICATORS
from jixiao.corpus.trying.bands import READS, bands
from jixiao.corpus.trying.run import GROUP
from jixiao.corpus.trying.sides import BAND, Books, BooksOf, Group
from jixiao.form import decode_form
from jixiao.language.columns import Frames
from jixiao.language.columns.frames import FORM, ROW
from jixiao.language.columns.results import OUTSIDE
from jixiao.review import ColumnReviewer, Reviewer
from jixiao.review.features import demanded
from jixiao.rulebook import Book
from jixiao.scoring import LabelReader

ReviewerOf = Callable[[Book], Reviewer]
_SCORES: Final = ("execution_score", "total", "total_low", "score", "low", "high", "agrees")
"""Numbers of a score sheet that the place of a question may depend on."""


def questions(parts: Iterable[Read], books_of: BooksOf, reviewer_of: ReviewerOf) -> dict[str, tuple[int, int]]:
    """Check code → questions before and after, of the checks where the two differ.

    Args:
        parts: give columns of the tables of each part.
        books_of: what decides the books of a form.
        reviewer_of: the compiled review of a book.
    """
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for read in parts:
        for books, numbers in _by_books(read, books_of):
            old, new = _counts(read, books, numbers, reviewer_of)
            before += old
            after += new
    return {code: (before[code], after[code]) for code in sorted(before | after) if before[code] != after[code]}


def _by_books(read: Read, books_of: BooksOf) -> Iterator[tuple[Books, pl.Series]]:
    """The forms of a part by the books they fall under."""
    numbers: dict[tuple[str, ...], tuple[Books, list[pl.Series]]] = {}
    for cells, forms in read(FORMS.name, ["form", *GROUP]).group_by(GROUP, maintain_order=True):
        books = books_of(Group(*cells))
        numbers.setdefault(books.key, (books, []))[1].append(forms["form"])
    for books, some in numbers.values():
        yield books, pl.concat(some).sort()


def _counts(read: Read, books: Books, numbers: pl.Series, reviewer_of: ReviewerOf) -> tuple[Counter[str], Counter[str]]:
    """The questions of some forms before and after."""
    stored = books.before.fingerprint == books.stored.fingerprint and books.before.id == books.stored.id
    mine = pl.col("form").is_in(numbers.implode())
    reviewers = [reviewer_of(book) for book in (books.before, books.after)]
    again = _changed(read, books, numbers, reviewers) if stored else numbers
    before: Counter[str] = Counter()
    if stored:
        asked = read(FINDINGS.name, ["form", "code"]).filter(mine).group_by("code").len()
        before = Counter(dict(asked.iter_rows()))
    after = Counter(before)
    texts = read(AS_READ.name, ["form", "json"]).filter(pl.col("form").is_in(again.implode()))["json"]
    for form in (decode_form(text.encode()) for text in texts):
        old, new = (Counter(one.code for one in made.review(form)[1].findings) for made in reviewers)
        if not stored:
            before.update(old)
            after.update(old)
        after.update(new)
        after.subtract(old)
    return before, +after


def _changed(read: Read, books: Books, numbers: pl.Series, reviewers: Sequence[Reviewer]) -> pl.Series:
    """The forms that are answered or scored otherwise under the changed rules."""
    tables = [
        _answers(read, made, numbers, book if book is not books.before else None)
        for made, book in zip(reviewers, (books.before, books.after), strict=True)
    ]
    found = [_different(*pair) for pair in zip(*tables, strict=True)]
    return pl.concat(found).unique().sort()


def _answers(read: Read, made: Reviewer, numbers: pl.Series, other: Book | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Answers and scores of some forms and of their indicators; `other`: the book, where it is not the stored one."""
    by_column = ColumnReviewer(made, _SCORES, [check.code for check in made.asked])
    whole = frames_of(by_column.columns, read, lambda form: made.scorer.cells(form, made.features(form)))
    frames = whole if other is None else _under(other, whole, read)
    mine = pl.col(FORM).is_in(numbers.implode())
    exact = {number: rows for number, rows in frames.exact.items() if number in set(numbers)}
    some = Frames(frames.forms.filter(mine), frames.indicators.filter(mine), frames.vocabulary, exact)
    results = by_column.run(some)
    return results.forms.drop(OUTSIDE), results.ordered()


def _under(book: Book, frames: Frames, read: Read) -> Frames:
    """Frames with the columns that depend on the book as this book has them."""
    demands = {f"f.{name}": cell for name, cell in demanded(book).items() if f"f.{name}" in frames.forms.columns}
    forms = frames.forms.with_columns(
        [pl.lit(cell).cast(frames.forms.schema[name]).alias(name) for name, cell in demands.items()]
    )
    rows = frames.indicators
    if BAND in rows.columns:
        words = bands(read(INDICATORS.name, READS), LabelReader(book))
        rows = rows.with_columns(frames.vocabulary.coded(words).alias(BAND))
    return Frames(forms, rows, frames.vocabulary, frames.exact)


def _different(one: pl.DataFrame, other: pl.DataFrame) -> pl.Series:
    """The forms of which some cell differs; the two have the same rows and columns."""
    names = [name for name in one.columns if name not in (FORM, ROW)]
    differs = [one[name].ne_missing(other[name]) for name in names]
    return one.filter(pl.any_horizontal(differs))[FORM] if differs else one[FORM].clear()
