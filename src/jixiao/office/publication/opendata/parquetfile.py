"""Rows as Parquet: exact decimals; written row group by row group, the same bytes for the same rows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jixiao.office.publication.opendata.rows import DECIMALS, DIGITS, Row
from jixiao.office.publication.opendata.tables import Table

if TYPE_CHECKING:
    import polars as pl

BATCH: Final = 20_000
"""Rows of a part, and of a row group."""


def write_parquet(table: Table, rows: Iterable[Row], path: Path) -> None:
    """Write the table.

    Args:
        table: the table.
        rows: its rows, taken a batch at a time.
        path: the file; its folder holds the parts meanwhile.
    """
    import polars as pl

    parts = list(_parts(table, rows, path))
    lazy = pl.scan_parquet(parts, glob=False)
    lazy.sink_parquet(
        path, compression="zstd", compression_level=3, row_group_size=BATCH, maintain_order=True, statistics=True
    )
    for part in parts:
        part.unlink()


def _parts(table: Table, rows: Iterable[Row], path: Path) -> Iterator[Path]:
    import polars as pl

    schema, coming, number = _schema(table), iter(rows), 0
    while (batch := list(islice(coming, BATCH))) or not number:
        part = path.with_name(f"{path.name}.part{number}")
        columns = {name: [row[name] for row in batch] for name in schema}
        pl.DataFrame(columns, schema=schema).write_parquet(part, compression="uncompressed")
        yield part
        number += 1


def _schema(table: Table) -> "dict[str, pl.DataType]":
    import polars as pl

    kinds: dict[str, pl.DataType] = {
        "text": pl.String(),
        "whole": pl.Int64(),
        "number": pl.Decimal(DIGITS, DECIMALS),
        "truth": pl.Boolean(),
        "day": pl.String(),
    }
    return {column.name: kinds[column.kind] for column in table.columns}
