"""The back ends that must give what the closure gives, cell by cell. A new one is one more entry of `LEGS`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from equality.block import Block
from equality.database import by_database
from equality.engine import by_page
from equality.table import Column, Table
from jixiao.language import Program
from jixiao.language.columns import Results
from jixiao.language.columns.batch import Batch
from jixiao.language.ir import Node
from jixiao.language.kernel import Home

if TYPE_CHECKING:
    from jixiao.language.closure import Raw

Run = Callable[[Block], Table]


@dataclass(frozen=True, slots=True)
class Leg:
    """A back end under test.

    Attributes:
        name: what it is called.
        compile: makes a program ready for it, and keeps what takes seconds at a home, if one is given.
        quick: whether compiling or planning takes no second.
        by_column: whether it is a back end by column.
    """

    name: str
    compile: Callable[[Program, Home | None], Run]
    quick: bool = True
    by_column: bool = False


def by_column(program: Program, _home: Home | None = None) -> Run:
    """Polars."""
    columns = program.by_column()
    return lambda block: table_of(columns, columns.run(block.frames(columns)), block)


def by_kernel(program: Program, home: Home | None = None) -> Run:
    """One fused loop."""
    kernel = program.kernel(home=home)
    return lambda block: table_of(kernel, kernel.run(block.frames(kernel)), block)


def table_of(columns: Batch, results: Results, block: Block) -> Table:
    """The results of a run by column as they are compared."""
    below = results.ordered()
    beside: dict[str, dict[int, Raw]] = {}
    for (form, row, name), value in results.unheld.items():
        beside.setdefault(name, {})[form if row is None else block.starts[form] + row] = value
    return {
        name: Column(
            _cells(results, (below if name in columns.per_row else results.forms)[name], node), beside.get(name, {})
        )
        for name, node in columns.outputs.items()
    }


def _cells(results: Results, cells: pl.Series, node: Node) -> pl.Series:
    return results.vocabulary.texts(cells) if node.type == "text" else cells


LEGS: Final = [
    Leg("Polars", by_column, by_column=True),
    Leg("kernel", by_kernel, quick=False, by_column=True),
    Leg("JavaScript", lambda program, _home: by_page(program)),
    Leg("JavaScript, exact numbers", lambda program, _home: by_page(program, run="runExact")),
    Leg("SQL, DuckDB", lambda program, _home: by_database(program), quick=False),
]
