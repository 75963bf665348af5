"""What a back end gives for a block of forms, as columns, and what differs between two: no tolerance, no cell left out.

A cell that its column cannot hold (a fraction, a number beyond 64 bits, a truth among numbers) stands beside it and is
compared singly, as Python compares and with its kind. Columns of two kinds are compared cell by cell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from jixiao.language.closure import Raw
from jixiao.language.ir import INT64

DTYPES: Final[Mapping[str, pl.DataType]] = {"number": pl.Int64(), "truth": pl.Boolean(), "text": pl.String()}
_KINDS: Final[Mapping[str, frozenset[type]]] = {
    "number": frozenset({int, type(None)}),
    "truth": frozenset({bool, type(None)}),
    "text": frozenset({str, type(None)}),
}
Wrong = tuple[str, int, Raw, Raw]
"""A cell that differs: output, position, what was expected, what was found."""


@dataclass(frozen=True, slots=True)
class Column:
    """One output: one cell a form, or, for an output of the indicators, one an indicator, form by form.

    Attributes:
        cells: those that the column can hold; the others are null.
        beside: position → the cell that it cannot hold.
    """

    cells: pl.Series
    beside: Mapping[int, Raw] = field(default_factory=dict)

    def cell(self, at: int) -> Raw:
        """The cell at a position, as the closure gives it."""
        if at in self.beside:
            return self.beside[at]
        found: Raw = self.cells[at]
        return found

    def wrong(self, other: "Column") -> list[int]:
        """The positions at which another column differs.

        Raises:
            ValueError: it has another length.
        """
        if len(self.cells) != len(other.cells):
            raise ValueError(f"{len(other.cells)} cells where {len(self.cells)} were expected")
        singly = set(self.beside) | set(other.beside)
        if self.cells.dtype != other.cells.dtype:
            singly = set(range(len(self.cells)))
        elif not self.cells.equals(other.cells, null_equal=True):
            singly |= set(self.cells.ne_missing(other.cells).arg_true())
        return [at for at in sorted(singly) if _unlike(self.cell(at), other.cell(at))]


Table = Mapping[str, Column]
"""Output → its column."""


def _unlike(one: Raw, other: Raw) -> bool:
    return one != other or isinstance(one, bool) is not isinstance(other, bool)


def column(cells: Sequence[Raw], kind: str) -> Column:
    """Cells as the column of a number, a truth or a text."""
    dtype, kinds = DTYPES[kind], _KINDS[kind]
    if kinds.issuperset(map(type, cells)) and not (kind == "number" and _beyond(cells)):
        return Column(pl.Series(cells, dtype=dtype, strict=True))
    beside = {at: cell for at, cell in enumerate(cells) if type(cell) not in kinds or no_cell_holds(cell)}
    held = [None if at in beside else cell for at, cell in enumerate(cells)]
    return Column(pl.Series(held, dtype=dtype, strict=True), beside)


def transposed(rows: Sequence[Sequence[Raw]]) -> list[tuple[Raw, ...]]:
    """Rows of equal length as columns."""
    return list(zip(*rows, strict=True))


def _beyond(cells: Iterable[Raw]) -> bool:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return bool(numbers) and (max(numbers) > INT64 or min(numbers) < -INT64)


def no_cell_holds(cell: Raw) -> bool:
    """Whether a number is none of 64 bits."""
    return not isinstance(cell, str | bool | None) and not (isinstance(cell, int) and abs(cell) <= INT64)


def differences(expected: Table, found: Table) -> tuple[int, list[Wrong]]:
    """How many cells were compared, and those that differ.

    Raises:
        KeyError: an output was not found.
        ValueError: an output has another number of cells.
    """
    cells = sum(len(one.cells) for one in expected.values())
    wrong = [
        (name, at, one.cell(at), found[name].cell(at))
        for name, one in expected.items()
        for at in one.wrong(found[name])
    ]
    return cells, wrong
