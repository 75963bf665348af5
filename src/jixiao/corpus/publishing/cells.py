"""Columns as others read them: scaled whole numbers as decimal text, texts that no spreadsheet runs."""

from typing import Final

import polars as pl

from jixiao.corpus.schema import Field, Table
from jixiao.writing.csv_cells import RUNS

DIGITS: Final = 38


def decimal_text(name: str, scale: int) -> pl.Expr:
    """A scaled whole number as the decimal it stands for, with all its decimals: 950 at scale 2 is 9.50."""
    cell = pl.col(name)
    if not scale:
        return cell.cast(pl.String).alias(name)
    digits = cell.abs().cast(pl.String).str.zfill(scale + 1)
    sign = pl.when(cell < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return (sign + digits.str.head(-scale) + pl.lit(".") + digits.str.tail(scale)).alias(name)


def guarded(name: str) -> pl.Expr:
    """A text with an apostrophe before what a spreadsheet would run, as `jixiao.writing.csv_cells` says."""
    cell = pl.col(name)
    runs = pl.any_horizontal([cell.str.starts_with(mark) for mark in RUNS])
    return pl.when(runs).then(pl.lit("'") + cell).otherwise(cell).alias(name)


def for_csv(table: Table) -> list[pl.Expr]:
    """The columns of a table as its CSV has them."""
    return [_csv(field) for field in table.fields]


def _csv(field: Field) -> pl.Expr:
    if field.kind == "number":
        return decimal_text(field.name, field.scale)
    return guarded(field.name) if field.kind == "text" else pl.col(field.name)


def for_parquet(table: Table) -> list[pl.Expr]:
    """The columns of a table as its Parquet has them: exact decimals, whole numbers, texts, truths."""
    return [_parquet(field) for field in table.fields]


def _parquet(field: Field) -> pl.Expr:
    if field.kind != "number" or not field.scale:
        return pl.col(field.name)
    return decimal_text(field.name, field.scale).str.to_decimal(scale=field.scale).cast(pl.Decimal(DIGITS, field.scale))
