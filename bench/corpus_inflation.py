"""The inflation meter and similar projects of a million forms: processor time and clock, and the way form by form.

`./dev bench corpus_inflation`. A corpus of 1,000 different right forms is repeated to the count, its units differing
from one repetition to the next. The peer is our own way form by form, on the 1,000: statistics of similar projects by
`peers_from`; scores, claims and exact hits over forms as objects. Goal: a million forms in seconds.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
from msgspec.structs import replace

from corpus.made import kept
from jixiao.corpus.inflation.meter import measure_inflation
from jixiao.corpus.manifest import Corpus, Manifest, Part, file_of
from jixiao.corpus.parts import tables_of
from jixiao.corpus.peers import peers_of, table_of
from jixiao.corpus.peers.lines import Lines
from jixiao.corpus.scanning import scan_of
from jixiao.corpus.storage import FolderStorage
from jixiao.desk.library import reviewer_on
from jixiao.form import Form
from jixiao.review.statistics import peers_from
from oracle.right_forms import right_form

DIFFERENT: Final = 1_000
WHOLE: Final = 1_000_000
PART: Final = 100_000
READ: Final = ("forms", "indicators", "features_of_forms", "features_of_indicators", "as_read")


def corpus_of(forms: Sequence[Form], count: int, folder: Path) -> Corpus:
    """The forms over and over, in parts."""
    once = {name: frame for name, frame in tables_of(kept(forms), 0).items() if name in READ}
    parts = []
    for number, first in enumerate(range(0, count, PART)):
        size = min(PART, count - first)
        for name, frame in once.items():
            repeated = [
                shifted(frame, first + len(forms) * at, number * 100 + at) for at in range(-(-size // len(forms)))
            ]
            place = folder / file_of(name, number)
            place.parent.mkdir(exist_ok=True)
            pl.concat(repeated).filter(pl.col("form") < first + size).write_parquet(place)
        parts.append(Part(number, first, size, {}))
    return Corpus(FolderStorage(folder), Manifest("bench", "bench", parts=tuple(parts), next_form=count))


def shifted(frame: pl.DataFrame, by: int, unit: int) -> pl.DataFrame:
    """The same rows under other numbers, of other units."""
    moved = frame.with_columns(pl.col("form") + by)
    return moved.with_columns(pl.col("unit") + f"第{unit % 250}所") if "unit" in frame.columns else moved


def timed(work: Callable[[], Any]) -> tuple[int, int]:
    """Processor time and time on the clock, in nanoseconds."""
    processor, clock = time.process_time_ns(), time.perf_counter_ns()
    work()
    return time.process_time_ns() - processor, time.perf_counter_ns() - clock


def counted(forms: Sequence[Form]) -> int:
    """The least of the meter, form by form: claims of 100, and lines whose actual is the bound."""
    full = sum(form.total.score == 100 for form in forms)
    return full + sum(line.actual.value == line.target.number for form in forms for line in form.indicators)


def told(name: str, ours: tuple[int, int], count: int, theirs: int, few: int) -> None:
    """One line, the ratio first."""
    ratio = theirs * count * 10 // (few * max(ours[0], 1))
    print(
        f"{ratio // 10:>5}.{ratio % 10} × {name}: {count:,} forms in {ours[0] // 10**7 / 100} s of processor time,"
        f" {ours[1] // 10**7 / 100} s on the clock; form by form {theirs // few // 1000} µs a form"
    )


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    forms = [replace(right_form(at), unit=f"第{at % 40}中心", fiscal_year=2020 + at % 4) for at in range(DIFFERENT)]
    with tempfile.TemporaryDirectory() as folder:
        corpus = corpus_of(forms, count, Path(folder))
        by_form = timed(lambda: peers_from(forms, source="", on="2025-01-01", least=5))[0]
        ours = timed(lambda: peers_of(Lines(scan_of(corpus)), source="", on="2025-01-01", least=5))
        told("peers_from, the file of similar projects", ours, count, by_form, len(forms))
        table = timed(lambda: table_of(Lines(scan_of(corpus)), 5))
        print(f"        the table of all indicators: {table[0] // 10**7 / 100} s of processor time")
        one = timed(lambda: [reviewer_on("cn", "2024-12-31").review(form)[0].score for form in forms[:100]])[0] * 10
        least = timed(lambda: counted(forms))[0] + one
        ours = timed(lambda: measure_inflation(corpus, reviewer_on))
        told("scores and counts, the inflation meter", ours, count, least, len(forms))
    print(f"        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
