"""The public tables of a part, kept until all parts are there, and joined then: CSV, Parquet, JSON lines."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from jixiao.corpus.publishing.cells import for_csv, for_parquet
from jixiao.corpus.publishing.columns import NAMES, tables
from jixiao.corpus.publishing.source import Source
from jixiao.form.wire import encode

_ROWS: Final = 20_000
"""Of a row group."""
RECORDS: Final = "records.jsonl"


def write_piece(folder: Path, source: Source, part: str, opened: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """The public tables of a part as scaled Parquet files.

    Args:
        folder: of the pieces.
        source: the corpus.
        part: name of the part.
        opened: rows of the tables that opening made: results, lines, findings.
    """
    for name in NAMES:
        table = tables()[name]
        columns = [field.name for field in table.fields]
        if name in opened:
            rows = [{column: row[column] for column in columns} for row in opened[name]]
            frame = pl.DataFrame(rows, schema=table.dtypes)
        else:
            frame = source.read(name, part, columns).select(columns)
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(place / f"{part}.parquet", compression="zstd")


def write_records(folder: Path, part: str, records: Iterable[dict[str, Any]]) -> None:
    """The records of a part as lines of JSON."""
    with (folder / f"{part}.jsonl").open("wb") as file:
        file.writelines(encode(one) + b"\n" for one in records)


def joined(folder: Path, parts: Sequence[str], out: Path) -> dict[str, int]:
    """Join the pieces into the files of the package; the number of rows of each table."""
    out.mkdir(parents=True, exist_ok=True)
    counts = {name: _table(folder, name, parts, out) for name in NAMES}
    with (out / RECORDS).open("wb") as target:
        for part in parts:
            with (folder / f"{part}.jsonl").open("rb") as piece:
                shutil.copyfileobj(piece, target)
    return counts


def _table(folder: Path, name: str, parts: Sequence[str], out: Path) -> int:
    table = tables()[name]
    paths = [folder / name / f"{part}.parquet" for part in parts]
    count = 0
    with (out / f"{name}.csv").open("wb") as file:
        for path in paths:
            frame = pl.read_parquet(path)
            first = count == 0 and path == paths[0]
            frame.select(for_csv(table)).write_csv(
                file, include_bom=first, include_header=first, line_terminator="\r\n"
            )
            count += len(frame)
    lazy = pl.scan_parquet(paths, glob=False).select(for_parquet(table))
    lazy.sink_parquet(out / f"{name}.parquet", compression="zstd", row_group_size=_ROWS, maintain_order=True)
    return count
