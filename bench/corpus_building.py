"""Building a corpus: forms a second from JSON and from documents, what each stage costs, bytes an indicator.

`./dev bench corpus_building`, or `python -m bench.corpus_building 2000`. Processor time of one core. The forms have 6
indicators on average: right ones, adversarial ones, ones with planted faults. The peer is DuckDB, which reads the same
file of JSON and writes Parquet: no contract is held, no feature, no score, no finding made; beside it stand those of
our stages that do as much, and all of them.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

os.environ["POLARS_MAX_THREADS"] = "1"


from corpus.made import some_forms
from jixiao.corpus.building.batches import Texts, batches
from jixiao.corpus.building.chunk import Slice, packed
from jixiao.corpus.building.parts import write_part
from jixiao.corpus.building.plan import Plan
from jixiao.corpus.building.reading import close_cells, digest_and_size, read_batch
from jixiao.corpus.building.way import Named, Reviewed, Way
from jixiao.corpus.formsfile import form_of
from jixiao.corpus.parts import Kept, tables_of
from jixiao.corpus.schema import SOURCES
from jixiao.corpus.storage import FolderStorage
from jixiao.desk.corpus.building import way_of
from jixiao.desk.library import reviewer, shelf
from jixiao.form import Form, encode, to_wire

HOUSE = Path(__file__).resolve().parents[1]

COUNT: Final = 2_000
DOCUMENTS: Final = 40
Made = TypeVar("Made")


class Clock:
    """Processor nanoseconds by stage."""

    def __init__(self) -> None:
        """Begin with none."""
        self.spent: Counter[str] = Counter()

    def time(self, stage: str, work: Callable[[], Made]) -> Made:
        """Do some work of a stage."""
        start = time.process_time_ns()
        made = work()
        self.spent[stage] += time.process_time_ns() - start
        return made


def reviewed(form: Form, clock: Clock) -> Reviewed:
    """A form under its book, stage by stage."""
    book = shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year
    ).book  # fmt: skip
    made = reviewer(book)
    features = clock.time("features of wording", lambda: made.features(form))
    rows = clock.time("rows that rules read", lambda: made.scorer.cells(form, features))
    result = clock.time("scores and checks (closure)", lambda: made.scorer.closure(*rows))
    sheet = lambda: made.scorer.sheet(form, result, derived=False)  # noqa: E731 -- made if a finding asks for it
    asked = clock.time("findings in words", lambda: made.questions(form, features, result, sheet))
    return Reviewed(book.id, book.on, rows, asked)


def pieces(path: Path) -> Iterator[Texts]:
    """The batches of a file of forms."""
    plan = Plan("", "", None, COUNT, files=(Named(path.name, *digest_and_size(path)),))
    return (batch for batch in batches(plan, {path.name: path}) if isinstance(batch, Texts))


def from_json(path: Path, out: Path, clock: Clock) -> tuple[int, int]:
    """Build by stages; forms, and bytes of the two tables that scoring reads."""
    import polars as pl

    nothing = pl.DataFrame(schema=SOURCES.dtypes)
    slices: list[Slice] = []
    for piece in clock.time("cut out of the file", lambda: list(pieces(path))):
        forms = clock.time("held to the contract", lambda: [form_of(text, 0, "") for text in piece.texts])  # noqa: B023
        kept = [Kept(form, path.name, "", at, *reviewed(form, clock)) for at, form in enumerate(forms, 1)]
        tables = clock.time("laid out as columns", lambda: tables_of(kept, 0))  # noqa: B023
        chunk = clock.time("chunks", lambda: packed(tables | {"sources": nothing}))  # noqa: B023
        slices.append(Slice(chunk, 0, chunk.forms))
    part = clock.time("Parquet", lambda: write_part(FolderStorage(out), 0, 0, slices))
    read = ("indicators", "features_of_indicators")
    return part.files["indicators"].rows, sum(part.files[name].bytes for name in read)


def from_documents(folder: Path, way: Way) -> tuple[int, int]:
    """Workbooks of seven forms read in the limited child; forms, and processor nanoseconds with the child's."""
    data = (HOUSE / "tests" / "data" / "forms7.xlsx").read_bytes()
    paths = {f"{at}.xlsx": folder / f"{at}.xlsx" for at in range(DOCUMENTS)}
    for path in paths.values():
        path.write_bytes(data)
    files = [Named(name, *digest_and_size(path)) for name, path in paths.items()]
    before = os.times()
    forms = sum(len(taken.forms) for taken in read_batch(files, paths, way))
    close_cells()
    after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    return forms, int(spent * 10**9)


def peer(path: Path, out: Path) -> int | None:
    """Processor nanoseconds of DuckDB for JSON to Parquet; `None` where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    joined = duckdb.connect(config={"threads": 1})
    start = time.process_time_ns()
    joined.execute(f"COPY (SELECT * FROM read_json('{path}')) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")  # noqa: S608
    return time.process_time_ns() - start


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "forms.jsonl"
        path.write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in some_forms(count)))
        for form in some_forms(60):
            reviewed(form, Clock())
        clock = Clock()
        lines, size = from_json(path, folder / "out", clock)
        whole = sum(clock.spent.values())
        told(count, clock, peer(path, folder / "peer.parquet"))
        print(f"     {count * 10**9 // whole:,} forms/s a core from JSON; {lines // count} indicators a form")
        print(f"     {size * 100 // lines // 100} bytes an indicator in Parquet (indicators and their features)")
        forms, spent = from_documents(folder, way_of())
        print(f"     {forms * 10**9 // spent:,} forms/s a core read from XLSX in the limited child, before all that")


def told(count: int, clock: Clock, other: int | None) -> None:
    """The ratio to the peer first, then the stages."""
    plain = sum(clock.spent[stage] for stage in ("cut out of the file", "held to the contract", "laid out as columns"))
    plain += clock.spent["chunks"] + clock.spent["Parquet"]
    whole = sum(clock.spent.values())
    if other is None:
        print("     DuckDB is not installed: no peer")
    else:
        for what, spent in (("reading, laying out, writing", plain), ("all stages", whole)):
            tenths = 10 * spent // other
            rate = f"{count * 10**9 // other:,} forms/s"
            print(f"{tenths // 10:3}.{tenths % 10} × DuckDB read_json → Parquet ({rate}): {what}")
    for stage, spent in clock.spent.most_common():
        print(f"     {spent // count // 1000:>6,} µs a form, {100 * spent // whole:>2} %: {stage}")


if __name__ == "__main__":
    main()
