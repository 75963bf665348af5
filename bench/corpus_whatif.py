"""The rule lab on a corpus of a million forms: a parameter is changed, totals and grades move.

`./dev bench corpus_whatif [--forms N]`. Forms have 12 indicators; 2,048 different ones are repeated. Ratio first: the
processor time of a question over that of reading the same columns of the same Parquet files. A question is cold (the
corpus is read for it, what the kernel needs was compiled before) or warm (a value is moved on a corpus that stands
ready). Peers: one form at a time (the closure of both books on rows made before) on a sample, scaled, reading not
counted; and DuckDB with SQL by hand for a small part of the rules. Goal: less than 2 s on two idle cores, so 4 s of
processor time.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl
from msgspec.structs import replace

from bench.some_forms import most_memory
from corpus.made import kept
from corpus.test_corpus_trying import books_under
from jixiao.corpus.parts import Read, tables_of
from jixiao.corpus.scoring.home import folder_of_kernels, home_in
from jixiao.corpus.trying.sides import Group, Sides
from jixiao.corpus.trying.standing import Kernels, Standing
from jixiao.corpus.trying.whole import try_corpus
from jixiao.desk.whatif import Scenario, scenario_of
from jixiao.form import Form
from oracle.right_forms import right_form

DIFFERENT: Final = 2_048
LINES: Final = 12
PART: Final = 100_000
SCENARIOS: Final = (
    ("pass_mark=60", "pass_mark=65"),
    ("over_completion_deduction=2", "over_completion_deduction=3"),
    ("places=0", "places=1"),
    ("execution_base=initial", "execution_base=initial"),
)
"""A change, and the one that is asked next."""
BY_HAND: Final = """
WITH lines AS (
  SELECT form, weight, operator, CASE WHEN operator = '≥' THEN actual >= target ELSE actual <= target END AS reached,
    CASE WHEN operator = '≥' AND target > 0 AND actual > 0
      THEN least(weight, (2 * weight * actual + target) // (2 * target)) ELSE 0 END AS share,
    operator = '≥' AND target > 0 AND 100 * actual >= $mark * target AS passed
  FROM read_parquet($indicators)
), totals AS (
  SELECT form, sum(CASE WHEN reached THEN weight ELSE share END) AS before,
    sum(CASE WHEN reached THEN weight WHEN passed THEN share ELSE 0 END) AS after
  FROM lines GROUP BY form
)
SELECT unit, count(*), sum(before), sum(after), count(*) FILTER (after > before), count(*) FILTER (after < before)
FROM read_parquet($forms) JOIN totals USING (form) GROUP BY unit
"""
"""Points in proportion with and without a pass mark, their sums by unit: no execution, bands, ranges or grades."""


def forms() -> list[Form]:
    """Different forms of 12 indicators."""
    made = [right_form(number) for number in range(DIFFERENT)]
    return [
        replace(form, fiscal_year=2024, unit=f"第{number % 500}事务中心", department=f"第{number % 40}局",
                indicators=(form.indicators + other.indicators * 3)[:LINES])
        for number, (form, other) in enumerate(zip(made, reversed(made), strict=True))
    ]  # fmt: skip


def write(folder: Path, count: int, made: Sequence[Form]) -> None:
    """The two tables that a trial reads, in parts."""
    tables = tables_of(kept(made), 0)
    for at, first in enumerate(range(0, count, PART)):
        here = min(PART, count - first)
        for name in ("forms", "indicators"):
            times = -(-here // DIFFERENT)
            frame = pl.concat([tables[name].with_columns(pl.col("form") + DIFFERENT * time) for time in range(times)])
            frame = frame.filter(pl.col("form") < here).with_columns(pl.col("form") + first)
            (folder / name).mkdir(exist_ok=True)
            frame.write_parquet(folder / name / f"part-{at:06}.parquet")


def columns_of(folder: Path, name: str, seen: set[tuple[str, str]], table: str, columns: Sequence[str]) -> pl.DataFrame:
    """Columns of a part; which were read is noted."""
    seen |= {(table, column) for column in columns}
    return pl.read_parquet(folder / table / name, columns=list(columns))


def reads(folder: Path, seen: set[tuple[str, str]]) -> Iterator[Read]:
    """The parts."""
    return (partial(columns_of, folder, path.name, seen) for path in sorted((folder / "forms").glob("*.parquet")))


def scanned(folder: Path, seen: set[tuple[str, str]]) -> None:
    """The same columns, read and let go."""
    for table in ("forms", "indicators"):
        wanted = [column for name, column in sorted(seen) if name == table]
        for path in sorted((folder / table).glob("*.parquet")):
            pl.read_parquet(path, columns=wanted)


def measured(work: Callable[[], object], rounds: int = 3) -> tuple[int, int]:
    """The least processor and wall time of one call, in milliseconds."""
    times = []
    for _ in range(rounds):
        wall, own = time.perf_counter_ns(), time.process_time_ns()
        work()
        times.append((time.process_time_ns() - own, time.perf_counter_ns() - wall))
    return min(own for own, _ in times) // 10**6, min(wall for _, wall in times) // 10**6


def form_by_form(made: Sequence[Form], scenario: Scenario) -> int:
    """Nanoseconds a form of the two closures."""
    (one,) = list(kept(made[:1]))
    sides = Sides(books_under(scenario)(Group(one.rulebook, one.in_force, 2024)), ("score", "grade"))
    before, after = sides.scorers
    rows = [(before.cells(form), after.cells(form)) for form in made[:256]]
    start = time.process_time_ns()
    for old, new in rows:
        before.closure(*old)
        after.closure(*new)
    return (time.process_time_ns() - start) // len(rows)


def by_hand(folder: Path) -> tuple[int, int] | None:
    """Processor and wall time in ms of DuckDB's part of the rules; `None` where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    tables = {name: str(folder / name / "*.parquet") for name in ("forms", "indicators")}
    joined = duckdb.connect(config={"threads": pl.thread_pool_size()})
    return measured(lambda: joined.execute(BY_HAND, {**tables, "mark": 60}).fetchall(), 2)


def row(what: str, times: tuple[int, int], read: int, peer: int) -> None:
    """One line of the table."""
    own, wall = times
    ratio, faster = f"{own * 10 // max(1, read) / 10:5}", f"{peer // max(1, own):4}"
    print(
        f"{ratio} × reading the same columns; {faster} × as fast as form by form; {what}: {own:,} ms of processor, "
        f"{wall:,} ms in all"
    )


def told(folder: Path, settings: tuple[str, str], peer: int, rounds: int) -> None:
    """One change every way."""
    seen: set[tuple[str, str]] = set()
    first, second = (books_under(scenario_of(None, None, [text])) for text in settings)
    values, kernels = ("score", "grade"), Kernels(home_in(str(folder_of_kernels())))
    parts = list(reads(folder, seen))
    for books_of in (first, second):  # what is compiled once for all is compiled now
        Standing(parts[:1], kernels).ask(books_of, 100, values)
    cold = measured(lambda: Standing(parts, kernels, keep=False).ask(first, 100, values), rounds)
    read, _ = measured(lambda: scanned(folder, seen), rounds)
    print(f"{settings[0]}; reading {read:,} ms")
    row("kernel, cold", cold, read, peer)
    row("by column, cold", measured(lambda: try_corpus(parts, first, 100, values), 1), read, peer)
    for name, way in (("kernel", kernels), ("by column", None)):
        standing = Standing(parts, way)
        standing.ask(first, 100, values)
        row(f"{name}, warm", measured(lambda: standing.ask(second, 100, values), rounds), read, peer)  # noqa: B023
    print(f"      {most_memory():,} MB at most so far")


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--forms", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--changes", type=int, default=len(SCENARIOS))
    given = asked.parse_args()
    count: int = given.forms
    made = forms()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, count, made)
        print(f"{count:,} forms")
        for settings in SCENARIOS[: given.changes]:
            peer = form_by_form(made, scenario_of(None, None, [settings[0]])) * count // 10**6
            told(folder, settings, peer, given.rounds)
        hand = by_hand(folder)
        told_by_hand = "not installed" if hand is None else f"{hand[0]:,} ms of processor, {hand[1]:,} ms in all"
        print(f"      DuckDB, a small part of the rules by hand: {told_by_hand}")


if __name__ == "__main__":
    main()
