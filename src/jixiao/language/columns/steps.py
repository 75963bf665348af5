"""One node → one operation on whole columns; constants are columns of one cell, which Polars stretches.

Numbers are Int64, truths Boolean, texts the Int32 codes of a `Vocabulary`. Every operation gives null where the closure
gives `None`; `&`, `|` and `~` of Polars are three-valued, and a choice on null takes its second branch, as there.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import polars as pl

from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import Node

TRUE: Final = pl.Series([True])
FALSE: Final = pl.Series([False])
ZERO: Final = pl.Series([0], dtype=pl.Int64)
ONE: Final = pl.Series([1], dtype=pl.Int64)
TWO: Final = pl.Series([2], dtype=pl.Int64)
DTYPES: Final[Mapping[str, pl.DataType]] = {"number": pl.Int64(), "truth": pl.Boolean(), "text": pl.Int32()}


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a chunk lie: first the first indicators of all forms, then the second ones, and so on.

    Forms stand in descending order of their number of indicators, so the forms that have a k-th indicator are the
    first `ranks[k]`; a form's value is stretched over its indicators, and theirs are summed, by whole slices.
    """

    forms: int
    ranks: tuple[int, ...]

    def stretched(self, values: pl.Series) -> pl.Series:
        """A column of the forms as a column of their indicators."""
        return pl.concat([values.head(count) for count in self.ranks], rechunk=True) if self.ranks else values.clear()

    def summed(self, values: pl.Series) -> pl.Series:
        """A column of the indicators summed for each form; 0 of none."""
        total, end = values.clear(), len(values)
        for count in reversed(self.ranks):
            part, known = values.slice(end - count, count), len(total)
            total = (part.head(known) + total).extend(part.slice(known)) if known < count else part + total
            end -= count
        missing = self.forms - len(total)
        return total.extend(ZERO.new_from_index(0, missing)) if missing else total

    @property
    def counts(self) -> pl.Series:
        """How many indicators each form has."""
        return self.summed(ONE.new_from_index(0, sum(self.ranks)))


Operation = Callable[..., pl.Series]
"""Takes the columns of the node's arguments, in order."""
Maker = Callable[[Node, Vocabulary], Operation]


def missing(values: pl.Series) -> pl.Series:
    """Where a column is null; a detour by the comparison with itself costs a tenth of Polars' own way."""
    known = values | ~values if values.dtype == pl.Boolean else values == values  # noqa: PLR0124 -- null where null
    return FALSE.zip_with(known, TRUE)


def constant(node: Node, vocabulary: Vocabulary) -> pl.Series:
    """The column of one cell that a constant, or the null of a type, is."""
    value = vocabulary.code(node.payload) if isinstance(node.payload, str) else node.payload
    return pl.Series([value], dtype=DTYPES[node.type])


def _infix(node: Node, _vocabulary: Vocabulary) -> Operation:
    return INFIX[str(node.payload)]


def _logic(node: Node, _vocabulary: Vocabulary) -> Operation:
    return LOGIC[str(node.payload)]


def _choose(_node: Node, _vocabulary: Vocabulary) -> Operation:
    return lambda test, then, orelse: then.zip_with(test, orelse)


def _missing(_node: Node, _vocabulary: Vocabulary) -> Operation:
    return missing


def _blank(node: Node, _vocabulary: Vocabulary) -> Operation:
    """A text of which only that is asked may be a truth, whether it says anything."""

    def says_nothing(text: pl.Series) -> pl.Series:
        return ~text if text.dtype == pl.Boolean else text < 0

    if not node.args[0].nullable:
        return says_nothing
    return lambda text: TRUE.zip_with(missing(text), says_nothing(text))


def _member(node: Node, vocabulary: Vocabulary) -> Operation:
    values = node.payload if isinstance(node.payload, tuple) else ()
    codes = [pl.Series([vocabulary.code(str(value))], dtype=pl.Int32) for value in values]
    if not codes:
        return lambda text: text != text  # noqa: PLR0124 -- in none, and null of null
    return lambda text: reduce(operator.or_, (text == code for code in codes))


def _bound(node: Node, _vocabulary: Vocabulary) -> Operation:
    low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
    least, most = (pl.Series([end], dtype=pl.Int64) for end in (low, high))

    def clamped(values: pl.Series) -> pl.Series:
        if high is not None:
            values = most.zip_with(values > most, values)
        return values if low is None else least.zip_with(values < least, values)

    return clamped


def _divide(node: Node, _vocabulary: Vocabulary) -> Operation:
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
    "blank": _blank,
    "member": _member,
    "bound": _bound,
    "divide": _divide,
}


def operation(node: Node, vocabulary: Vocabulary) -> Operation:
    """The operation of a node that is neither a constant, a column nor a total."""
    return MAKERS[node.kind](node, vocabulary)


def texts_of(nodes: Sequence[Node]) -> list[str]:
    """The texts that nodes name, in order: a vocabulary begins with them."""
    found: dict[str, None] = {}
    for node in nodes:
        if node.type == "text" and isinstance(node.payload, str) and node.kind == "const":
            found[node.payload] = None
        elif node.kind == "member" and isinstance(node.payload, tuple):
            found |= {str(value): None for value in node.payload}
    return list(found)
