"""Totals recomputed under the book in force, by column, part by part."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import polars as pl

from jixiao.corpus.manifest import Corpus, Part
from jixiao.corpus.parts import frames_of
from jixiao.form import Form
from jixiao.language.columns.frames import FORM, Rows
from jixiao.review import ColumnReviewer, Reviewer

ReviewerOf = Callable[[str, str], Reviewer]
"""The reviewer of a book, by its id, for a day, ISO."""
_VALUES: Final = ("total", "total_low")
TOTALS: Final = {"form": pl.Int64(), "total": pl.Int64(), "total_low": pl.Int64()}


def recomputed(corpus: Corpus, reviewer_of: ReviewerOf) -> pl.DataFrame:
    """Columns form, total and total_low, points times 100; null where a total cannot be computed."""
    parts = [frame for part in corpus.parts for frame in _of_part(corpus, part, reviewer_of)]
    return pl.concat([pl.DataFrame(schema=TOTALS), *parts])


def _of_part(corpus: Corpus, part: Part, reviewer_of: ReviewerOf) -> Iterator[pl.DataFrame]:
    books = corpus.frame(part, "forms", ["form", "rulebook", "in_force"])
    for (book, day), mine in books.group_by("rulebook", "in_force", maintain_order=True):
        reviewer = reviewer_of(str(book), str(day))
        columns = ColumnReviewer(reviewer, _VALUES, checks=()).columns
        numbers = mine["form"].implode()

        def read(table: str, names: Sequence[str], numbers: pl.Series = numbers) -> pl.DataFrame:
            wanted = list(dict.fromkeys(["form", *names]))
            return corpus.frame(part, table, wanted).filter(pl.col("form").is_in(numbers)).select(names or wanted)

        def cells(form: Form, reviewer: Reviewer = reviewer) -> Rows:
            return reviewer.scorer.cells(form, reviewer.features(form))

        forms = columns.run(frames_of(columns, read, cells)).forms
        yield forms.select(pl.col(FORM).alias("form"), *(pl.col(name).cast(pl.Int64) for name in _VALUES))
