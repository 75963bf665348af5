"""Programs in a database (DuckDB in a wheel): cases as the published tables, the generated statements run on them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import polars as pl

from equality.cases import Case
from jixiao.language import Program
from jixiao.language import closure as python
from jixiao.language.closure import BLANK, FormRow, Raw
from jixiao.language.ir import INT64, Node
from jixiao.language.sql import DUCKDB, FORM, OUTSIDE, ROW, Level

DTYPES: Final[Mapping[str, pl.DataType]] = {"number": pl.Int64(), "truth": pl.Boolean(), "text": pl.String()}
Cells = Mapping[str, list[Raw]]
LEVELS: Final[tuple[Level, ...]] = ("form", "indicator")


def statements_of(program: Program) -> dict[Level, str]:
    """The two statements of a whole program."""
    return {level: program.sql(DUCKDB, level=level) for level in LEVELS}


def by_database(program: Program) -> Callable[[Sequence[Case]], Mapping[str, Sequence[Raw]]]:
    """What DuckDB gives, in the form that back ends are compared in; forms told to be outside by the closure."""
    statements = statements_of(program)
    return lambda cases: table_of(program, statements, cases)


def table_of(program: Program, statements: Mapping[Level, str], cases: Sequence[Case]) -> Mapping[str, Sequence[Raw]]:
    """The outputs of cases by two statements."""
    with database(program, cases) as connection:
        found = {level: answered(connection, statement) for level, statement in statements.items()}
    return joined(program, found, cases)


def joined(program: Program, found: Mapping[Level, pl.DataFrame], cases: Sequence[Case]) -> dict[str, list[Raw]]:
    """Rows of the two levels, and those of the forms that were told to be outside, in the order of the cases."""
    outputs = program.outputs()
    closure = python.generate(outputs.values())
    forms = {row[FORM]: row for row in found["form"].iter_rows(named=True)}
    rows = {(row[FORM], row[ROW]): row for row in found["indicator"].iter_rows(named=True)}
    assert len(forms) == len(found["form"]) == len(cases)
    assert (
        len(rows)
        == len(found["indicator"])
        == sum(len(below) for at, (_, below) in enumerate(cases) if not forms[at][OUTSIDE])
    )
    table: dict[str, list[Raw]] = {name: [] for name in outputs}
    for at, case in enumerate(cases):
        form, below = closure.run(*case) if forms[at][OUTSIDE] else ((), ())
        for name, node in outputs.items():
            if forms[at][OUTSIDE]:
                place = (closure.rows if node.per_row else closure.form)[node.index]
                table[name] += [row[place] for row in below] if node.per_row else [form[place]]
            elif node.per_row:
                table[name] += [rows[at, row][name] for row in range(len(case[1]))]
            else:
                table[name].append(forms[at][name])
    return table


class database:  # noqa: N801 -- used like a function
    """A connection with the cases as tables, in files of a folder of its own."""

    def __init__(self, program: Program, cases: Sequence[Case]) -> None:
        """Take what is to be written."""
        self._program, self._cases = program, cases

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        """Write the files, open them."""
        self._folder = TemporaryDirectory()
        self._connection = duckdb.connect()
        for setting, value in DUCKDB.settings.items():
            self._connection.execute(f"SET {setting} = '{value}'")
        for name, frame in tables_of(self._program, self._cases).items():
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


def tables_of(program: Program, cases: Sequence[Case]) -> dict[str, pl.DataFrame]:
    """Cases as the tables of forms and of indicators; a form with a number that no cell holds says so in `beyond`."""
    nodes = {str(node.payload): node for node in columns_of(program)}
    unfit = [at for at, (form, rows) in enumerate(cases) if any(_unfit(row, nodes) for row in (form, *rows))]
    numbered = [(at, row, below) for at, (_, rows) in enumerate(cases) for row, below in enumerate(rows)]
    forms = {FORM: pl.Series(range(len(cases)), dtype=pl.Int64)}
    forms |= _series(nodes, "f", [form for form, _ in cases])
    forms["beyond"] = pl.Series([at in unfit for at in range(len(cases))], dtype=pl.Boolean)
    rows = {
        FORM: pl.Series([at for at, _, _ in numbered], dtype=pl.Int64),
        ROW: pl.Series([row for _, row, _ in numbered], dtype=pl.Int64),
    }
    rows |= _series(nodes, "i", [below for _, _, below in numbered])
    return {"forms": pl.DataFrame(forms), "indicators": pl.DataFrame(rows)}


def columns_of(program: Program) -> Iterable[Node]:
    """The columns that a program reads."""
    return program.by_column().inputs.nodes.values()


def _series(nodes: Mapping[str, Node], namespace: str, rows: Sequence[FormRow]) -> dict[str, pl.Series]:
    """The columns of a table, and beside each text whether it says anything."""
    series: dict[str, pl.Series] = {}
    for name, node in nodes.items():
        if name.startswith(namespace):
            cells = [_held(row[name[2:]]) for row in rows]
            series[name[2:]] = pl.Series(cells, dtype=DTYPES[node.type], strict=True)
            if node.type == "text":
                said = [None if cell is None else str(cell).strip() not in BLANK for cell in cells]
                series[f"{name[2:]}_said"] = pl.Series(said, dtype=pl.Boolean)
    return series


def _held(cell: Raw) -> Raw:
    return None if _no_cell_holds(cell) else cell


def _unfit(row: FormRow, nodes: Mapping[str, Node]) -> bool:
    return any(_no_cell_holds(cell) for name, cell in row.items() if f"f.{name}" in nodes or f"i.{name}" in nodes)


def _no_cell_holds(cell: Raw) -> bool:
    return isinstance(cell, Fraction) or (isinstance(cell, int) and abs(cell) > INT64)
