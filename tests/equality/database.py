"""Programs in a database (DuckDB in a wheel): cases as the published tables, the generated statements run on them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import polars as pl

from equality.block import Block
from equality.table import Column, Table
from jixiao.language import Program
from jixiao.language.columns.frames import FORM as ID
from jixiao.language.sql import DUCKDB, FORM, OUTSIDE, ROW, Level

LEVELS: Final[tuple[Level, ...]] = ("form", "indicator")


def statements_of(program: Program) -> dict[Level, str]:
    """The two statements of a whole program."""
    return {level: program.sql(DUCKDB, level=level) for level in LEVELS}


def by_database(program: Program) -> Callable[[Block], Table]:
    """What DuckDB gives, in the form that back ends are compared in; forms told to be outside by the closure."""
    statements = statements_of(program)
    return lambda block: table_of(statements, block)


def table_of(statements: Mapping[Level, str], block: Block) -> Table:
    """The outputs of a block by two statements."""
    with database(block) as connection:
        forms, rows = (answered(connection, statements[level]) for level in LEVELS)
    return joined(forms.sort(FORM), rows.sort(FORM, ROW), block)


def joined(forms: pl.DataFrame, rows: pl.DataFrame, block: Block) -> Table:
    """Rows of the two levels, and in their places the closure's cells of the forms that were told to be outside."""
    assert forms[FORM].equals(block.forms[ID].alias(FORM))
    outside = forms.select(FORM, OUTSIDE)
    assert set(outside.filter(OUTSIDE)[FORM]) == block.outside
    below = block.indicators.select(pl.col(ID).alias(FORM)).with_columns(pl.int_range(pl.len()).over(FORM).alias(ROW))
    below = below.join(outside, on=FORM, maintain_order="left")
    within = below.filter(~pl.col(OUTSIDE))
    assert rows.select(FORM, ROW).equals(within.select(FORM, ROW))
    rows = below.join(rows, on=[FORM, ROW], how="left", maintain_order="left")
    return {
        name: _beside((rows if node.per_row else forms)[name], (below if node.per_row else outside)[OUTSIDE], right)
        for (name, node), right in zip(block.of.outputs.items(), block.expected.values(), strict=True)
    }


def _beside(found: pl.Series, outside: pl.Series, right: Column) -> Column:
    """What was found, but where a form is outside what is right."""
    whole = found.cast(pl.Int64) if found.dtype.is_integer() else found
    if whole.dtype != right.cells.dtype:  # no cell of another kind is right, and the closure's do not fit in
        return Column(whole)
    cells = right.cells.zip_with(outside, whole)
    return Column(cells, {at: cell for at, cell in right.beside.items() if outside[at]})


class database:  # noqa: N801 -- used like a function
    """A connection with the cases as tables, in files of a folder of its own."""

    def __init__(self, block: Block) -> None:
        """Take what is to be written."""
        self._block = block

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        """Write the files, open them."""
        self._folder = TemporaryDirectory()
        self._connection = duckdb.connect()
        for setting, value in DUCKDB.settings.items():
            self._connection.execute(f"SET {setting} = '{value}'")
        for name, frame in tables_of(self._block).items():
            file = Path(self._folder.name) / f"{name}.parquet"
            frame.write_parquet(file)
            self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}')")  # noqa: S608
        return self._connection

    def __exit__(self, *_: object) -> None:
        """Let all go."""
        self._connection.close()
        self._folder.cleanup()


def answered(connection: duckdb.DuckDBPyConnection, statement: str) -> pl.DataFrame:
    """The rows a statement gives."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "answer.parquet"
        connection.execute(f"COPY ({statement}) TO '{file}' (FORMAT parquet)")
        return pl.read_parquet(file)


def tables_of(block: Block) -> dict[str, pl.DataFrame]:
    """Cases as the tables of forms and of indicators; a form with a number that no cell holds says so in `beyond`."""
    beyond = pl.Series([at in block.beyond for at in range(len(block.cases))], dtype=pl.Boolean)
    rows = pl.int_range(pl.len()).over(ID).alias(ROW)
    return {
        "forms": _named(block.forms, "f.").with_columns(beyond.alias("beyond")),
        "indicators": _named(block.indicators.with_columns(rows), "i."),
    }


def _named(frame: pl.DataFrame, namespace: str) -> pl.DataFrame:
    """The columns as the statements call them."""
    return frame.rename({name: FORM if name == ID else name.removeprefix(namespace) for name in frame.columns})
