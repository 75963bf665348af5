"""A corpus scored by Spark with generated SQL alone, for clusters on which no wheel may be installed.

The workers read the published tables and compute one statement; they need no Python at all. What lies outside the
domains of the columns is told by the statement and computed here, by the closure. The answers are the same, cell for
cell, as those of the embedded run.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.manifest import Corpus, Part, file_of
from jixiao.corpus.parts import Read
from jixiao.corpus.schema import FEATURES_OF_FORMS, FEATURES_OF_INDICATORS, FORMS, INDICATORS
from jixiao.corpus.scoring.checks import codes_of
from jixiao.corpus.scoring.part import PartScorer, Scored, Way
from jixiao.corpus.scoring.tables import NUMBER, VALUES
from jixiao.language.sql import FORM, OUTSIDE, ROW, SPARK, Dialect, Level, Tables
from jixiao.review import ANSWERS, Reviewer
from jixiao.review.compiled import APPLIES
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TABLES: Final = Tables(
    features=frozenset(
        [*(f"f.{column.name}" for column in FORM_FEATURES), *(f"i.{column.name}" for column in INDICATOR_FEATURES)]
    )
)
_LEVELS: Final[tuple[Level, ...]] = ("form", "indicator")
_STAGED: Final = (FORMS.name, INDICATORS.name, FEATURES_OF_FORMS.name, FEATURES_OF_INDICATORS.name)
_PASS, _FINDING, _NOT_APPLICABLE, _UNDECIDED = (
    ANSWERS.index(answer) for answer in ("pass", "finding", "not applicable", "cannot decide")
)


class Statements(Struct, frozen=True):
    """What a book asks of a database: for each level a statement whose rows are those of the tables of scores."""

    by_level: Mapping[Level, str]


def statements_of(reviewer: Reviewer, codes: Sequence[str], dialect: Dialect = SPARK) -> Statements:
    """The statements of a book.

    Args:
        reviewer: the book with its checks.
        codes: the checks that are asked.
        dialect: how the database writes.
    """
    program, level = reviewer.scorer.program, reviewer.scorer.closure.level
    applies = {code: code + APPLIES for code in codes if reviewer.checks[code].applies}
    stretched = [other for code, other in applies.items() if level(code) == "indicator"]
    names = [*VALUES, *codes, *applies.values()]
    found: dict[Level, str] = {}
    for one in _LEVELS:
        inner = program.sql(dialect, names, one, stretched, TABLES)
        cells = [name for name in VALUES if level(name) == one]
        told = [dialect.named(name) for name in cells]
        told += [_answer(code, applies.get(code), dialect) for code in codes if level(code) == one]
        keys = [FORM, ROW] if one == "indicator" else [FORM, OUTSIDE]
        found[one] = f"SELECT {', '.join([*map(dialect.named, keys), *told])} FROM (\n{inner})"  # noqa: S608 -- our own names
    return Statements(found)


def _answer(code: str, applies: str | None, dialect: Dialect) -> str:
    """The number of the answer of one check, decided in the order in which `Reviewer` decides."""
    fires = dialect.named(code)
    cases = [f"WHEN NOT {fires} THEN {_PASS}", f"WHEN {fires} THEN {_FINDING}"]
    if applies is not None:
        asked = dialect.named(applies)
        cases = [f"WHEN NOT {asked} THEN {_NOT_APPLICABLE}", cases[0], f"WHEN {fires} AND {asked} THEN {_FINDING}"]
    return f"CAST(CASE {' '.join(cases)} ELSE {_UNDECIDED} END AS TINYINT) AS {fires}"


class SqlScorer:
    """Scores a whole corpus on a cluster by statements."""

    def __init__(self, session: "SparkSession", corpus: Corpus, way: Way, dialect: Dialect = SPARK) -> None:
        """Take the session, the corpus, how it is scored (each form under its own book), and how the session writes."""
        self._dialect = dialect
        self._session, self._corpus, self._way = session, corpus, way
        self._here = PartScorer(way)

    def run(self, folder: Path) -> Iterator[tuple[Part, Scored]]:
        """The answers of all parts, in order.

        Args:
            folder: where workers put their rows; this machine sees the same folder.
        """
        groups = self._groups()
        for at, (reviewer, books) in enumerate(groups):
            self._compute(reviewer, books, folder / f"book-{at:04}")
        for part in self._corpus.parts:
            found = [self._rows(folder / f"book-{at:04}", part, reviewer) for at, (reviewer, _) in enumerate(groups)]
            yield part, self._whole(part, found)

    def _groups(self) -> list[tuple[Reviewer, list[tuple[str, str]]]]:
        """The reviewers of the corpus, each with the books and days of its forms."""
        names = ["rulebook", "in_force"]
        parts = (self._corpus.frame(part, FORMS.name, names).unique() for part in self._corpus.parts)
        found: dict[str, tuple[Reviewer, list[tuple[str, str]]]] = {}
        for rulebook, day in sorted({pair for part in parts for pair in part.iter_rows()}):
            reviewer = self._way.reviewer_of(rulebook, day)
            key = f"{reviewer.scorer.book.id} {reviewer.scorer.book.fingerprint}"
            found.setdefault(key, (reviewer, []))[1].append((rulebook, day))
        return list(found.values())

    def _compute(self, reviewer: Reviewer, books: Sequence[tuple[str, str]], folder: Path) -> None:
        """Have the cluster write the rows of one book."""
        text = self._dialect.text
        for table in _STAGED:
            paths = [address_of(self._corpus, file_of(table, part.number)) for part in self._corpus.parts]
            frame = self._session.read.parquet(*paths)
            if table == FORMS.name:
                wanted = (f"(rulebook = {text(one)} AND in_force = {text(day)})" for one, day in books)
                frame = frame.filter(" OR ".join(wanted))
            frame.createOrReplaceTempView(table)
        statements = statements_of(reviewer, codes_of(reviewer, self._way.asked), self._dialect)
        for level, statement in statements.by_level.items():
            self._session.sql(statement).write.mode("overwrite").parquet(f"file://{folder.resolve() / level}")

    def _rows(self, folder: Path, part: Part, reviewer: Reviewer) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows of one part that a book gave."""
        book = reviewer.scorer.book
        mine = pl.col(FORM).is_between(part.first, part.first + part.forms - 1)
        forms, rows = (pl.scan_parquet(folder / level / "*.parquet").filter(mine).collect() for level in _LEVELS)
        of_book = [pl.lit(book.id).alias("rulebook"), pl.lit(book.fingerprint).alias("fingerprint")]
        return _answered(forms.rename({OUTSIDE: "alone"})).with_columns(of_book), _answered(rows)

    def _whole(self, part: Part, found: Sequence[tuple[pl.DataFrame, pl.DataFrame]]) -> Scored:
        forms = pl.concat([one for one, _ in found], how="diagonal")
        rows = pl.concat([one for _, one in found], how="diagonal")
        outside = forms.filter("alone")["form"]
        if len(outside):
            alone = self._here.score(only(self._corpus.read(part), outside))
            forms = pl.concat([forms.filter(~pl.col("alone")), alone.forms], how="diagonal_relaxed")
            rows = pl.concat([rows, alone.indicators], how="diagonal_relaxed")
        return Scored(forms.sort("form"), rows.sort("form", "at"), len(outside))


def _answered(frame: pl.DataFrame) -> pl.DataFrame:
    """Answers by their numbers, as other engines give them."""
    return frame.with_columns(pl.col(pl.Int8()).cast(NUMBER))


def only(read: Read, numbers: pl.Series) -> Read:
    """What reads the rows of some forms of a part."""
    wanted = pl.col("form").is_in(numbers.implode())

    def some(table: str, names: Sequence[str]) -> pl.DataFrame:
        return read(table, list(dict.fromkeys(["form", *names]))).filter(wanted).select(names)

    return some


def address_of(corpus: Corpus, name: str) -> str:
    """What Spark opens a file of a corpus by."""
    address, _ = corpus.storage.for_polars(name)
    if address.startswith("s3://"):
        return f"s3a://{address.removeprefix('s3://')}"
    return f"file://{Path(address).resolve()}"


def explained(session: "SparkSession", statement: str) -> str:
    """Spark's plan of a statement, as text; how long it is says whether the optimiser wrote values out again."""
    frame: Any = session.sql(statement)
    return str(frame._jdf.queryExecution().optimizedPlan().toString())  # noqa: SLF001 -- Spark prints it, or tells nothing
