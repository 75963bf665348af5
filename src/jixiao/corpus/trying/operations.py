"""One node → one operation on columns with nulls; constants are columns of one cell, which Polars stretches.

Numbers are Int64, truths Boolean, texts small codes. Every operation gives null where the closure gives `None`; `&`,
`|` and `~` of Polars are three-valued, and a choice on null takes its second branch, as there.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from jixiao.language.columns.steps import FALSE, TRUE
from jixiao.language.ir import Node

ZERO: Final = pl.Series([0], dtype=pl.Int64)
ONE: Final = pl.Series([1], dtype=pl.Int64)
TWO: Final = pl.Series([2], dtype=pl.Int64)

Operation = Callable[..., pl.Series]
"""Takes the columns of the node's arguments, in order."""
Maker = Callable[[Node], Operation]


def missing(values: pl.Series) -> pl.Series:
    """Where a column is null; a detour by the comparison with itself costs a tenth of Polars' own way."""
    known = values | ~values if values.dtype == pl.Boolean else values == values  # noqa: PLR0124 -- null where null
    return FALSE.zip_with(known, TRUE)


def _infix(node: Node) -> Operation:
    return INFIX[str(node.payload)]


def _logic(node: Node) -> Operation:
    return LOGIC[str(node.payload)]


def _choose(_node: Node) -> Operation:
    return lambda test, then, orelse: then.zip_with(test, orelse)


def _missing(_node: Node) -> Operation:
    return missing


def _bound(node: Node) -> Operation:
    low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
    least, most = (pl.Series([end], dtype=pl.Int64) for end in (low, high))

    def clamped(values: pl.Series) -> pl.Series:
        if high is not None:
            values = most.zip_with(values > most, values)
        return values if low is None else least.zip_with(values < least, values)

    return clamped


def _divide(node: Node) -> Operation:
    """Polars divides numbers that are not negative only: the size first, then the sign."""
    rounds = node.payload == "round"
    above = _half_up if rounds else operator.floordiv
    if node.args[0].sign >= 0:
        return above

    def signed(num: pl.Series, den: pl.Series) -> pl.Series:
        negative = num < ZERO
        if not negative.any():
            return above(num, den)
        size = (ZERO - num).zip_with(negative, num)
        whole = above(size, den) if rounds else _upwards(size, den).zip_with(negative, above(size, den))
        return (ZERO - whole).zip_with(negative, whole)

    return signed


def _half_up(num: pl.Series, den: pl.Series) -> pl.Series:
    return (TWO * num + den) // (TWO * den)


def _upwards(num: pl.Series, den: pl.Series) -> pl.Series:
    return (num + den - ONE) // den


INFIX: Final[Mapping[str, Operation]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
LOGIC: Final[Mapping[str, Operation]] = {"and": operator.and_, "or": operator.or_, "not": operator.inv}
MAKERS: Final[Mapping[str, Maker]] = {
    "arithmetic": _infix,
    "compare": _infix,
    "logic": _logic,
    "choose": _choose,
    "missing": _missing,
    "bound": _bound,
    "divide": _divide,
}


def operation(node: Node) -> Operation:
    """The operation of a node that is neither a constant, a column, a total, a `member` nor a `blank`."""
    return MAKERS[node.kind](node)
