"""The back ends that must give what the closure gives, cell by cell. A new one is one more entry of `LEGS`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from equality.cases import Case
from equality.database import by_database
from equality.engine import by_page
from jixiao.language import Cell, Program
from jixiao.language import closure as python
from jixiao.language.closure import Raw
from jixiao.language.columns import Results
from jixiao.language.columns.batch import Batch
from jixiao.language.ir import Node

Table = Mapping[str, Sequence[Raw]]
"""Output → its raw values: one a form, or, for an output of the indicators, one an indicator, form by form."""
Run = Callable[[Sequence[Case]], Table]


@dataclass(frozen=True, slots=True)
class Leg:
    """A back end under test: its name, what compiles a program for it, and whether planning takes no second of it."""

    name: str
    compile: Callable[[Program], Run]
    quick: bool = True


def outputs_of(program: Program) -> Mapping[str, Node]:
    """Every named value and condition of a program: name → node; denominators as "name/den"."""
    return program.by_column().outputs


def by_closure(program: Program) -> Run:
    """The closure, one form after another: what all others are held against."""
    outputs = outputs_of(program)
    closure = python.generate(outputs.values())

    def run(cases: Sequence[Case]) -> Table:
        table: dict[str, list[Raw]] = {name: [] for name in outputs}
        for case in cases:
            form, rows = closure.run(*case)
            for name, node in outputs.items():
                if node.per_row:
                    at = closure.rows[node.index]
                    table[name].extend(row[at] for row in rows)
                else:
                    table[name].append(form[closure.form[node.index]])
        return table

    return run


def by_column(program: Program) -> Run:
    """Polars."""
    columns = program.by_column()
    return lambda cases: table_of(columns, columns.run(columns.frames(cases)), cases)


def by_kernel(program: Program) -> Run:
    """One fused loop."""
    kernel = program.kernel()
    return lambda cases: table_of(kernel, kernel.run(kernel.frames(cases)), cases)


def table_of(columns: Batch, results: Results, cases: Sequence[Case]) -> Table:
    """The results of a run by column as they are compared."""
    below = results.ordered()
    starts = list(accumulate((len(rows) for _, rows in cases), initial=0))
    table = {
        name: _cells(results, (below if name in columns.per_row else results.forms)[name].to_list(), node)
        for name, node in columns.outputs.items()
    }
    for (form, row, name), value in results.unheld.items():
        table[name][form if row is None else starts[form] + row] = value
    return table


def _cells(results: Results, cells: list[Raw], node: Node) -> list[Raw]:
    if node.type != "text":
        return cells
    return [results.vocabulary.word(cell) if isinstance(cell, int) else None for cell in cells]


def differences(expected: Table, found: Table) -> tuple[int, list[tuple[str, int, Cell, Cell]]]:
    """How many cells were compared, and those that differ: output, position, expected, found."""
    wrong: list[tuple[str, int, Cell, Cell]] = []
    cells = 0
    for name, column in expected.items():
        cells += len(column)
        pairs = zip(column, found[name], strict=True)
        wrong += [
            (name, at, one, other)
            for at, (one, other) in enumerate(pairs)
            if one != other or isinstance(one, bool) is not isinstance(other, bool)
        ]
    return cells, wrong


LEGS: Final = [
    Leg("Polars", by_column),
    Leg("kernel", by_kernel, quick=False),
    Leg("JavaScript", by_page),
    Leg("JavaScript, exact numbers", lambda program: by_page(program, run="runExact")),
    Leg("SQL, DuckDB", by_database, quick=False),
]
