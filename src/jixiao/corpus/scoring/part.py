"""One part of a corpus scored and questioned by column, each form under the rulebook in force for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.parts import Read, frames_of
from jixiao.corpus.schema import AS_READ, FEATURES_OF_FORMS, FEATURES_OF_INDICATORS, FORMS, INDICATORS
from jixiao.corpus.scoring.checks import Asked, codes_of
from jixiao.corpus.scoring.tables import VALUES
from jixiao.corpus.trying.bands import READS, bands
from jixiao.form import Form
from jixiao.language import Cell
from jixiao.language.columns import Results
from jixiao.language.columns.frames import FORM, ROW, Rows
from jixiao.language.columns.results import OUTSIDE
from jixiao.review import ColumnReviewer, Reviewer
from jixiao.review.by_column import Engine
from jixiao.review.features import demanded
from jixiao.review.page import Checks
from jixiao.scoring import LabelReader

CHUNKS: Final[dict[Engine, int]] = {"polars": 50_000, "kernel": 100_000}
"""Forms computed at once: what operations by column lay out anew stays small; the kernel reads where columns lie."""
FEW: Final = 1_000
"""Forms under one book in a part up to which operations by column are used, though the kernel was asked for."""
Pair = tuple[pl.DataFrame, pl.DataFrame]
"""Rows of forms, and of their indicators."""
_ROW_A_LINE: Final = frozenset({INDICATORS.name, FEATURES_OF_INDICATORS.name})
_ROW_A_FORM: Final = frozenset({FORMS.name, FEATURES_OF_FORMS.name, AS_READ.name})
ReviewerOf = Callable[[str, str], Reviewer]
"""The reviewer of a book for a day, ISO."""


class Way(Struct, frozen=True):
    """How a corpus is scored; it can be sent to another process.

    Attributes:
        reviewer_of: the reviewer of a book for a day.
        checks: all checks.
        engine: what computes.
        asked: which checks are answered.
        rulebook: the book of all forms; null where each has its own.
        kernels: the folder in which compiled kernels are kept; null keeps none.
        law: digest of all that the answers depend on beside the corpus.
    """

    reviewer_of: ReviewerOf
    checks: Checks
    engine: Engine = "polars"
    asked: Asked = "all"
    rulebook: str | None = None
    kernels: str | None = None
    law: str = ""


class Scored(Struct, frozen=True):
    """The answers of one part.

    Attributes:
        forms, indicators: the rows of the two tables, in the part's order.
        alone: how many forms were computed by themselves.
    """

    forms: pl.DataFrame
    indicators: pl.DataFrame
    alone: int


class PartScorer:
    """Scores part after part; what was compiled for a book serves all of them."""

    def __init__(self, way: Way) -> None:
        """Take the way."""
        self._way = way
        self._made: dict[tuple[str, str, Engine], ColumnReviewer] = {}
        self._reviewers: dict[tuple[str, str], Reviewer] = {}

    def score(self, read: Read) -> Scored:
        """The answers of all forms of a part.

        Args:
            read: gives columns of the part's tables.
        """
        forms = read(FORMS.name, ["form", "rulebook", "in_force"])
        groups = self._groups(forms)
        part = Part(read, forms["form"])
        found = [
            scored
            for reviewer, numbers in groups
            for scored in self._group(part, reviewer, None if len(groups) == 1 else numbers)
        ]
        of_forms = pl.concat([one for one, _ in found], how="diagonal")
        of_rows = pl.concat([one for _, one in found], how="diagonal")
        if len(groups) > 1:
            of_forms, of_rows = of_forms.sort("form"), of_rows.sort("form", "at")
        return Scored(of_forms, of_rows, int(of_forms["alone"].sum()))

    def _groups(self, forms: pl.DataFrame) -> list[tuple[Reviewer, pl.Series]]:
        """The reviewers of a part, each with the numbers of its forms; books that say the same are one."""
        if self._way.rulebook is not None:
            forms = forms.with_columns(pl.lit(self._way.rulebook).alias("rulebook"))
        found: dict[str, tuple[Reviewer, list[pl.Series]]] = {}
        for (rulebook, day), rows in _by_book(forms):
            reviewer = self._reviewer(str(rulebook), str(day))
            key = f"{reviewer.scorer.book.id} {reviewer.scorer.book.fingerprint}"
            found.setdefault(key, (reviewer, []))[1].append(rows["form"])
        return [(reviewer, pl.concat(numbers).sort()) for reviewer, numbers in found.values()]

    def _reviewer(self, rulebook: str, day: str) -> Reviewer:
        if (rulebook, day) not in self._reviewers:
            self._reviewers[rulebook, day] = self._way.reviewer_of(rulebook, day)
        return self._reviewers[rulebook, day]

    def _group(self, part: "Part", reviewer: Reviewer, numbers: pl.Series | None) -> Iterator[Pair]:
        """The answers of the forms of one book, so many at once."""
        all_ = part.numbers if numbers is None else numbers
        by_column = self._by_column(reviewer, len(all_))
        changed = _of_book(reviewer) if self._way.rulebook is not None else None
        whole = Part(part.of(numbers, changed), all_)
        chunk = CHUNKS[by_column.engine]
        for at in range(0, len(all_), chunk):
            some = all_.slice(at, chunk)
            frames = frames_of(by_column.columns, whole.between(at, some), partial(_cells, reviewer))
            yield _told(by_column.run(frames), reviewer)

    def _by_column(self, reviewer: Reviewer, count: int) -> ColumnReviewer:
        engine = self._way.engine if count > FEW else "polars"
        key = (reviewer.scorer.book.id, reviewer.scorer.book.fingerprint, engine)
        if key not in self._made:
            home = None
            if engine == "kernel" and self._way.kernels is not None:
                from jixiao.corpus.scoring.home import home_in

                home = home_in(self._way.kernels)
            codes = codes_of(reviewer, self._way.asked)
            self._made[key] = ColumnReviewer(reviewer, VALUES, codes, engine, home)
        return self._made[key]


def _by_book(forms: pl.DataFrame) -> Iterable[tuple[tuple[object, ...], pl.DataFrame]]:
    """The forms of each book and day; most often there is one, and nothing to be sorted out."""
    names = ["rulebook", "in_force"]
    if len(forms) and forms.select((pl.col(names) == pl.col(names).first()).all()).row(0) == (True, True):
        return [(forms.select(names).row(0), forms)]
    return forms.group_by(names, maintain_order=True)


class Part:
    """The columns of a part, each fetched once."""

    def __init__(self, read: Read, numbers: pl.Series) -> None:
        """Take what reads, and the numbers of the forms in order."""
        self._read = read
        self._columns: dict[str, pl.DataFrame] = {}
        self.numbers = numbers

    def read(self, table: str, names: Sequence[str]) -> pl.DataFrame:
        """Columns of a table, those fetched before from memory."""
        have = self._columns.get(table)
        missing = [name for name in names if have is None or name not in have.columns]
        if missing:
            more = self._read(table, missing)
            have = more if have is None else have.hstack(more)
            self._columns[table] = have
        return pl.DataFrame() if have is None else have.select(names)

    def of(self, numbers: pl.Series | None, changed: "Changed | None") -> Read:
        """What reads the rows of some forms, or of all, with what another book reads otherwise."""
        if numbers is None and changed is None:
            return self.read
        kept = None if numbers is None else numbers.implode()

        def read(table: str, names: Sequence[str]) -> pl.DataFrame:
            frame = self._changed(table, names, changed)
            if kept is None:
                return frame
            return frame.filter(self.read(table, ["form"])["form"].is_in(kept))

        return read

    def _changed(self, table: str, names: Sequence[str], changed: "Changed | None") -> pl.DataFrame:
        frame = self.read(table, names)
        if changed is None:
            return frame
        if table == INDICATORS.name and "band" in names:
            frame = frame.with_columns(bands(self.read(table, READS), changed.labels).alias("band"))
        own = {name: value for name, value in changed.demanded.items() if name in names}
        return frame.with_columns(pl.lit(value).alias(name) for name, value in own.items())

    def between(self, at: int, numbers: pl.Series) -> Read:
        """What reads the rows of some forms that follow one another, the first of them at a place."""
        first, last = numbers[0], numbers[-1]

        def read(table: str, names: Sequence[str]) -> pl.DataFrame:
            if table in _ROW_A_FORM:
                return self.read(table, names).slice(at, len(numbers))
            frame = self.read(table, names)
            lines = self.read(INDICATORS.name, ["form"])["form"] if table in _ROW_A_LINE else frame["form"]
            begin, end = lines.search_sorted(first, side="left"), lines.search_sorted(last, side="right")
            return frame.slice(int(begin), int(end) - int(begin))

        return read


class Changed(Struct, frozen=True):
    """What stands in a corpus as the book in force read it, and another book reads otherwise.

    Attributes:
        labels: the words for bands.
        demanded: features that follow from the book alone.
    """

    labels: LabelReader
    demanded: Mapping[str, Cell]


def _of_book(reviewer: Reviewer) -> Changed:
    return Changed(reviewer.scorer.labels, demanded(reviewer.scorer.book))


def _cells(reviewer: Reviewer, form: Form) -> Rows:
    """The rows of a form as the reviewer's program reads them."""
    return reviewer.scorer.cells(form, reviewer.features(form))


def _told(results: Results, reviewer: Reviewer) -> Pair:
    """Results as rows of the two tables: texts as texts, numbers of forms by their own name."""
    book = reviewer.scorer.book
    of_book = {"rulebook": book.id, "fingerprint": book.fingerprint}
    forms = results.forms.rename({FORM: "form", OUTSIDE: "alone"}).with_columns(
        *(pl.lit(value).alias(name) for name, value in of_book.items()),
        results.texts("grade_computed").alias("grade_computed"),
    )
    rows = results.indicators.rename({FORM: "form", ROW: "at"})
    return forms, rows if not results.forms[OUTSIDE].any() and rows["form"].is_sorted() else rows.sort("form", "at")
