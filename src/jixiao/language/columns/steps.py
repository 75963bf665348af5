"""What computes each kind of column from others; constants are columns of one cell, which Polars stretches."""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import polars as pl

from jixiao.language.columns.ops import Op
from jixiao.language.ir import Node

TRUE: Final = pl.Series([True])
FALSE: Final = pl.Series([False])
DTYPES: Final[Mapping[str, pl.DataType]] = {"number": pl.Int64(), "truth": pl.Boolean(), "text": pl.Int32()}
"""Types of cells in frames."""

Compute = Callable[..., pl.Series]
"""Takes the columns it reads, in order."""


def _chosen(test: pl.Series, then: pl.Series, orelse: pl.Series) -> pl.Series:
    """A choice that all rows make alike copies nothing."""
    if not test.any():
        return orelse
    return then if test.all() else then.zip_with(test, orelse)


def _divided(num: pl.Series, den: pl.Series) -> pl.Series:
    """Rounded down. Only where the quotient is not known, a divisor may be 0."""
    quotient = num // den
    return quotient.fill_null(0) if quotient.null_count() else quotient


COMPUTE: Final[Mapping[str, Compute]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "//": _divided,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
    "and": operator.and_, "or": operator.or_, "not": operator.inv, "choose": _chosen,
}  # fmt: skip


def compute(op: Op) -> Compute:
    """What computes a column that reads others of its own level."""
    if op.what == "cast":
        return lambda cells: cells.cast(op.dtype, wrap_numerical=True)
    return COMPUTE[op.what]


def constant(op: Op) -> pl.Series:
    """The column of one cell that a constant is."""
    return pl.Series([op.payload], dtype=op.dtype)


def texts_of(nodes: Sequence[Node]) -> list[str]:
    """The texts that nodes name, in order: a vocabulary begins with them."""
    found: dict[str, None] = {}
    for node in nodes:
        if node.type == "text" and isinstance(node.payload, str) and node.kind == "const":
            found[node.payload] = None
        elif node.kind == "member" and isinstance(node.payload, tuple):
            found |= {str(value): None for value in node.payload}
    return list(found)
