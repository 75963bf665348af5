"""The rule lab on a corpus of a million forms: a parameter is changed, totals and grades move.

`./dev bench corpus_whatif [--forms N]`. Forms have 12 indicators; 2,048 different ones are repeated. Ratio first: the
processor time of the whole trial (columns read, both sides computed, forms grouped) over that of reading the same
columns of the same Parquet files. The peer is the way of one form at a time (the closure of both books on rows made
before) on a sample, scaled; reading the forms is not counted for it. Goal: less than 2 s of wall time on two cores.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE / "tests"))

from msgspec.structs import replace  # noqa: E402

from bench.some_forms import most_memory  # noqa: E402 -- the house must be on the path
from corpus.made import kept  # noqa: E402 -- forms live with the tests
from corpus.test_corpus_trying import books_under  # noqa: E402
from jixiao.corpus.parts import Read, tables_of  # noqa: E402
from jixiao.corpus.trying.sides import Group, Sides  # noqa: E402
from jixiao.corpus.trying.whole import try_corpus  # noqa: E402
from jixiao.desk.whatif import Scenario, scenario_of  # noqa: E402
from jixiao.form import Form  # noqa: E402
from oracle.right_forms import right_form  # noqa: E402

DIFFERENT: Final = 2_048
LINES: Final = 12
PART: Final = 100_000
SCENARIOS: Final = (["pass_mark=60"], ["places=0"], ["execution_base=initial"], ["over_completion_deduction=2"])


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


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--forms", type=int, default=1_000_000)
    count: int = asked.parse_args().forms
    made = forms()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, count, made)
        for settings in SCENARIOS:
            scenario = scenario_of(None, None, settings)
            seen: set[tuple[str, str]] = set()
            books = books_under(scenario)
            trial = partial(try_corpus, books_of=books, most=100, values=("score", "grade"))
            own, wall = measured(lambda: trial(reads(folder, seen)))  # noqa: B023 -- called at once
            read, _ = measured(lambda: scanned(folder, seen))  # noqa: B023
            peer = form_by_form(made, scenario) * count // 10**6
            ratio, faster = f"{own * 10 // max(1, read) / 10:5}", f"{peer // max(1, own):4}"
            print(
                f"{ratio} × reading the same columns; {faster} × as fast as form by form; {count:,} forms, "
                f"{settings[0]}: {own:,} ms of processor, {wall:,} ms in all; reading {read:,} ms; "
                f"form by form {peer:,} ms (256, scaled)"
            )
    print(f"      {most_memory():,} MB at most")


if __name__ == "__main__":
    main()
