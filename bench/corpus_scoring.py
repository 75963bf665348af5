"""A million forms scored and questioned, Parquet to Parquet, beside the scan of the same columns and beside peers.

`./dev bench corpus_scoring [FOLDER] [--forms N]`. The corpus (bench/corpus_making.py), a million forms unless fewer are
asked for, lies in a folder that is kept between runs. All times are processor time of one core; Polars is held to one
thread. Goals, without writing the answers: at most 10 × the scan by column, 4.2 × by the kernel; less than 1 GB at ten
million forms; growth within a tenth of linear. Each engine runs in a process of its own, so that its memory is its own.
"""

import os
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl

from bench.corpus_making import PART, PARTS, corpus_in, forms
from bench.rules_columns import hundredths, nanoseconds
from bench.some_forms import most_memory
from jixiao.corpus.manifest import Corpus, Part, open_corpus
from jixiao.corpus.parts import frames_of
from jixiao.corpus.scoring.checks import Asked, codes_of
from jixiao.corpus.scoring.part import PartScorer, Way
from jixiao.corpus.scoring.run import _file
from jixiao.corpus.scoring.tables import OF_FORMS, OF_INDICATORS, VALUES, metadata, table_of, typed
from jixiao.desk.corpus.memory import keep_freed_memory
from jixiao.desk.library import checks, reviewer_on
from jixiao.language import Program
from jixiao.language.columns.batch import Batch
from jixiao.review import ColumnReviewer
from jixiao.review.by_column import Engine
from jixiao.rulebook import SCHEMA
from oracle import scorer as oracle

if TYPE_CHECKING:
    from jixiao.language.columns import Results

ENGINES: Final[tuple[Engine, ...]] = ("kernel", "polars")
LETS: Final = {
    "execution": "round(f.execution_weight * min(1, f.executed / f.adjusted), 2) if f.adjusted > 0 else None",
    "reached": 'i.actual >= i.target if i.operator == "≥" else i.actual <= i.target',
    "part": "max(0, min(i.weight, round(i.weight * i.actual / i.target, 2))) if i.target > 0 else 0",
    "line": 'i.weight if reached else part if i.operator == "≥" else 0',
    "total": "sum(line)",
}
CONDITIONS: Final = {
    "weights": "sum(i.weight) != 90",
    "claims": "sum(i.score) + f.execution_score != f.total_score",
    "execution_wrong": "f.execution_score != execution",
    "line_wrong": "abs(i.score - line) > 0.01",
}
"""A subset that fits into SQL written by hand: execution, pro-rata points, total, four checks."""
SQL: Final = """
WITH lines AS (
  SELECT form, weight, score, (CASE
    WHEN CASE operator WHEN '≥' THEN actual >= target ELSE actual <= target END THEN weight
    WHEN operator = '≥' AND target > 0 THEN
      CASE WHEN actual < 0 THEN 0 ELSE least(weight, (2 * weight * actual + target) // (2 * target)) END
    ELSE 0 END)::BIGINT AS line
  FROM read_parquet($indicators)
), totals AS (
  SELECT form, coalesce(sum(line), 0)::BIGINT AS total, coalesce(sum(weight), 0)::BIGINT AS weights,
    coalesce(sum(score), 0)::BIGINT AS claims, count(*) FILTER (abs(score - line) > 1) AS lines_wrong
  FROM lines GROUP BY form
), executed AS (
  SELECT form, execution_score, total_score, CASE WHEN adjusted > 0 THEN CASE WHEN executed >= adjusted
    THEN execution_weight ELSE (2 * execution_weight * executed + adjusted) // (2 * adjusted) END END AS execution
  FROM read_parquet($forms)
)
SELECT form, execution::BIGINT AS execution, total, weights != 9000 AS weights,
  claims + execution_score != total_score AS claims, execution_score != execution AS execution_wrong, lines_wrong
FROM executed JOIN totals USING (form) ORDER BY form
"""


def scored(corpus: Corpus, parts: Sequence[Part], engine: Engine, asked: Asked, out: Path) -> dict[str, int]:
    """Processor time by step of scoring parts, in ns: all of it, and what writing takes."""
    scorer = PartScorer(Way(reviewer_on, checks(), engine, asked))
    scorer.score(corpus.read(parts[0]))  # compiled, and the disk's cache warm
    codes = codes_of(reviewer_on("cn", "2024-12-31"), asked)
    level = reviewer_on("cn", "2024-12-31").scorer.closure.level
    took = {"all": 0, "writing": 0}
    for part in parts:
        start = time.process_time_ns()
        done = scorer.score(corpus.read(part))
        computed = time.process_time_ns()
        for name, frame, where in ((OF_FORMS, done.forms, "form"), (OF_INDICATORS, done.indicators, "indicator")):
            mine = [code for code in codes if level(code) == where]
            told = metadata(table_of(name, checks(), mine))
            (out / f"{name}.parquet").write_bytes(_file(typed(name, frame, mine), told))
        took["all"] += time.process_time_ns() - start
        took["writing"] += time.process_time_ns() - computed
    return took


def scan(corpus: Corpus, parts: Sequence[Part], asked: Asked) -> int:
    """Processor time of reading the same columns and doing nothing with them."""
    reviewer = reviewer_on("cn", "2024-12-31")
    columns = ColumnReviewer(reviewer, VALUES, codes_of(reviewer, asked)).columns
    wanted: dict[str, list[str]] = {}

    def noted(table: str, names: Sequence[str]) -> pl.DataFrame:
        wanted[table] = list(names)
        return corpus.frame(parts[0], table, names)

    frames_of(columns, noted, lambda _form: ({}, []))
    wanted["forms"] = list(dict.fromkeys([*wanted["forms"], "form", "rulebook", "in_force", "beyond"]))
    print(f"     columns read: {sum(map(len, wanted.values()))}")
    return least(lambda: [corpus.frame(part, table, names) for part in parts for table, names in wanted.items()])


def least(work: Callable[[], object], rounds: int = 2) -> int:
    """The least processor time of one call."""
    return nanoseconds(work, rounds)


def seconds(took: int) -> str:
    """Nanoseconds as seconds."""
    return f"{hundredths(took // 10**7)} s"


def ratio(one: int, other: int) -> str:
    """How many times one is the other."""
    return f"{hundredths(one * 100 // other):>6} ×"


def engines(corpus: Corpus, out: Path) -> None:
    """Both engines and both sets of checks, beside the scan."""
    for asked in ("numeric", "all"):
        base = alone(partial(scanned, corpus.storage.label, asked)).took["all"]
        reviewer = reviewer_on("cn", "2024-12-31")
        print(f"{asked}: {len(codes_of(reviewer, asked))} of {len(reviewer.checks)} checks; the scan {seconds(base)}")
        for engine in ENGINES:
            runs = [alone(partial(measured, corpus.storage.label, 1, engine, asked, out)).took for _ in range(2)]
            took = min(runs, key=itemgetter("all"))
            plain = took["all"] - took["writing"]
            print(
                f"{ratio(plain, base)} the scan: {engine} without writing the answers, {seconds(plain)}; "
                f"{ratio(took['all'], base)} from Parquet to Parquet, {seconds(took['all'])}"
            )


class Measured(NamedTuple):
    """Processor time by step in ns, and the most memory of the process in MB."""

    took: dict[str, int]
    memory: int


def measured(where: str, times: int, engine: Engine, asked: Asked, out: Path) -> Measured:
    """All parts of a corpus scored so many times."""
    corpus = open_corpus(where)
    return Measured(scored(corpus, list(corpus.parts) * times, engine, asked, out), most_memory())


def scanned(where: str, asked: Asked) -> Measured:
    """The scan of all parts of a corpus."""
    corpus = open_corpus(where)
    return Measured({"all": scan(corpus, corpus.parts, asked)}, most_memory())


def alone(work: Callable[[], Measured]) -> Measured:
    """What is measured in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work).result()


def growth(corpus: Corpus, engine: Engine, out: Path) -> None:
    """Once, four and ten times the forms, the parts read again; a million is one, four and ten million."""
    first = 0
    for times in (1, 4, 10):
        took, memory = alone(partial(measured, corpus.storage.label, times, engine, "numeric", out))
        first = first or took["all"]
        share = hundredths(took["all"] * 100 // (first * times))
        forms = sum(part.forms for part in corpus.parts) * times
        print(f"{share:>6} of linear: {engine}, {forms:,} forms {seconds(took['all'])}, {memory} MB at most")


def subset() -> Program:
    """The small subset as a rule program."""
    program = Program(SCHEMA, {})
    for name, text in LETS.items():
        program.let(name, text)
    for code, text in CONDITIONS.items():
        program.condition(code, text)
    return program


def by_hand(corpus: Corpus) -> None:
    """The same small subset by DuckDB and by us, on one part, Parquet included; the cells are compared."""
    import duckdb

    program, part = subset(), corpus.parts[0]
    tables = ("forms", "indicators")
    paths = {name: corpus.storage.for_polars(f"{name}/part-{part.number:06}.parquet")[0] for name in tables}
    base = duckdb.connect()
    base.execute("SET threads TO 1")
    names = [one[0] for one in base.execute(SQL, paths).description or ()]
    found = pl.DataFrame(base.fetchall(), schema=names, orient="row", infer_schema_length=None)
    theirs = least(lambda: base.execute(SQL, paths).fetchnumpy())
    made: list[tuple[str, Batch]] = [("kernel", program.kernel()), ("polars", program.by_column())]
    for engine, columns in made:

        def ours(columns: Batch = columns) -> "Results":
            return columns.run(frames_of(columns, corpus.read(part), lambda _form: ({}, [])))

        results = ours().forms
        told = ["execution", "total", "weights", "claims", "execution_wrong"]
        differing = sum(int(results[name].ne_missing(found[name]).sum()) for name in told)
        took = least(ours)
        print(
            f"{ratio(theirs, took)} DuckDB by hand, the same small subset of {part.forms:,} forms: "
            f"{engine} {seconds(took)}, DuckDB {seconds(theirs)}; "
            f"{differing} of {len(told) * len(found):,} cells differ"
        )


def by_fractions(corpus: Corpus) -> None:
    """Pro-rata points in binary fractions of 32 bits, as OpenFisca has them, and of 64, as pandas: the wrong ones."""
    import numpy as np

    rows = corpus.frame(corpus.parts[0], "indicators", ["operator", "actual", "target", "weight"])
    below = (pl.col("actual") >= 0) & (pl.col("actual") < pl.col("target"))
    kept = rows.filter((pl.col("operator") == "≥") & below)
    whole = (2 * pl.col("weight") * pl.col("actual") + pl.col("target")) // (2 * pl.col("target"))
    exact = kept.select(whole).to_series().to_numpy()
    kinds: tuple[tuple[Any, str], ...] = ((np.float32, "OpenFisca"), (np.float64, "pandas"))
    for kind, who in kinds:
        scales = {"weight": 100, "actual": 10_000, "target": 10_000}
        cells: dict[str, Any] = {name: kept[name].to_numpy().astype(kind) / kind(at) for name, at in scales.items()}
        points = np.round(cells["weight"] * (cells["actual"] / cells["target"]), 2)
        wrong = int((np.round(points * 100).astype(np.int64) != exact).sum())
        print(f"     {wrong:,} of {len(kept):,} pro-rata scores wrong in {kind.__name__}, as {who} computes")


def plain_decimal(corpus: Corpus) -> None:
    """The oracle of the tests on 64 forms, scores without checks, beside scores alone by column."""
    sample = forms()[:64]
    one = nanoseconds(lambda: [(oracle.standing(form), oracle.grade(oracle.total(form))) for form in sample], 3) // 64
    reviewer = reviewer_on("cn", "2024-12-31")
    columns = ColumnReviewer(reviewer, VALUES, ()).columns
    part = corpus.parts[0]
    took = least(lambda: columns.run(frames_of(columns, corpus.read(part), lambda _form: ({}, []))))
    print(
        f"{ratio(one * part.forms, took)} plain Decimal, scores without checks: polars {seconds(took)} for "
        f"{part.forms:,} forms, Decimal {seconds(one * part.forms)}, scaled up from 64"
    )


def main() -> None:
    """Print the table."""
    asked = ArgumentParser()
    asked.add_argument("folder", nargs="?", type=Path, default=Path(tempfile.gettempdir()) / "jixiao-bench-corpus")
    asked.add_argument("--forms", type=int, default=PART * PARTS)
    given = asked.parse_args()
    keep_freed_memory()  # in the processes that are measured, as the command does
    corpus = corpus_in(given.folder, given.forms // PART)
    with tempfile.TemporaryDirectory() as out:
        engines(corpus, Path(out))
        for engine in ENGINES:
            growth(corpus, engine, Path(out))
    by_hand(corpus)
    by_fractions(corpus)
    plain_decimal(corpus)


if __name__ == "__main__":
    import_module("bench.corpus_scoring").main()  # processes of their own find functions by the name of their module
