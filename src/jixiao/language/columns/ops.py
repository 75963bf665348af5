"""Columns without nulls, each made once: what nodes become before Polars computes them.

A value that may be null is two columns, its cells and the bits that say where they are known. So nothing that is
computed holds a null, and three-valued logic is `and`, `or` and `not` of bits. Cells that are not known may hold
anything, for whoever reads them asks the bits as well.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl

BITS: Final = pl.Boolean()
BYTE: Final = pl.UInt8()
HALF: Final = pl.Int32()
FULL: Final = pl.Int64()
_DUAL: Final = {"and": "or", "or": "and"}
Payload = int | bool | str | None


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """One column.

    Attributes:
        at: its number in its pool; arguments have smaller ones.
        what: what computes it, see `steps`; or where it comes from: "const", the "cells" or the "known" bits of an
            input, "stretched" from the forms to their indicators, "total" over them.
        args: the columns it reads.
        payload: the constant's cell, or the input's name.
        dtype: of its cells.
        per_row: whether it has a cell an indicator.
        stage: how many rounds of totals must be finished before it can be computed.
        single: whether it is one cell that stands for all.
    """

    at: int
    what: str
    args: tuple["Op", ...]
    payload: Payload
    dtype: pl.DataType
    per_row: bool
    stage: int
    single: bool


class _Standing(NamedTuple):
    """Where a new column stands, as `Op` has it."""

    per_row: bool = False
    stage: int = 0
    single: bool = False


class Ops:
    """All columns of one plan; equal ones are one.

    Attributes:
        true, false: the constant bits.
    """

    def __init__(self) -> None:
        """No columns but the constant bits."""
        self._made: dict[tuple[object, ...], Op] = {}
        self._joined_of: dict[tuple[str, int], frozenset[int]] = {}
        self.true, self.false = (self.const(cell, BITS) for cell in (True, False))

    def _op(self, what: str, args: tuple[Op, ...], payload: Payload, dtype: pl.DataType, standing: _Standing) -> Op:
        key = (what, payload, type(payload), str(dtype), *(arg.at for arg in args))
        if key not in self._made:
            at = len(self._made)
            self._made[key] = Op(at, what, args, payload, dtype, *standing)
        return self._made[key]

    def const(self, cell: Payload, dtype: pl.DataType) -> Op:
        """A constant."""
        return self._op("const", (), cell, dtype, _Standing(single=True))

    def given(self, what: str, name: str, dtype: pl.DataType) -> Op:
        """The cells of an input, or the bits that say where they are known."""
        return self._op(what, (), name, dtype, _Standing(per_row=name.startswith("i.")))

    def total(self, values: Op) -> Op:
        """The sum over the indicators of each form."""
        return self._op("total", (self.of_rows(values),), None, values.dtype, _Standing(stage=values.stage + 1))

    def of_rows(self, op: Op) -> Op:
        """A column of the forms as one of their indicators; one cell stands for all as it is."""
        if op.per_row or op.single:
            return op
        return self._op("stretched", (op,), None, op.dtype, _Standing(per_row=True, stage=op.stage))

    def made(self, what: str, *args: Op, dtype: pl.DataType | None = None) -> Op:
        """What computes on columns; those of the forms are stretched where it reads others of the indicators."""
        per_row = any(arg.per_row for arg in args)
        args = tuple(map(self.of_rows, args)) if per_row else args
        stage, single = max(arg.stage for arg in args), all(arg.single for arg in args)
        return self._op(what, args, None, dtype or args[-1].dtype, _Standing(per_row, stage, single))

    def cast(self, op: Op, dtype: pl.DataType) -> Op:
        """The same cells in another width."""
        if op.dtype == dtype:
            return op
        return self.const(op.payload, dtype) if op.what == "const" else self.made("cast", op, dtype=dtype)

    def negated(self, bits: Op) -> Op:
        """Where bits are not set."""
        if bits.what == "const":
            return self.false if bits.payload else self.true
        return bits.args[0] if bits.what == "not" else self.made("not", bits)

    def both(self, one: Op, other: Op) -> Op:
        """Where two are set."""
        return self._joined("and", one, other, self.true, self.false)

    def either(self, one: Op, other: Op) -> Op:
        """Where one of two is set."""
        return self._joined("or", one, other, self.false, self.true)

    def _joined(self, what: str, one: Op, other: Op, neutral: Op, absorbing: Op) -> Op:
        """Two joined by `and` or `or`; what adds nothing to the other is left out."""
        if absorbing in (one, other) or one is self.negated(other):
            return absorbing
        for left, right in ((one, other), (other, one)):
            if right is neutral or self._parts(what, left) >= self._parts(what, right):
                return left
            if self._parts(what, left) & self._parts(_DUAL[what], right):
                return left
        return self.made(what, *sorted((one, other), key=lambda op: op.at))

    def _parts(self, what: str, bits: Op) -> frozenset[int]:
        """What bits are joined of by `and`, or by `or`; themselves if by neither."""
        key = (what, bits.at)
        if key not in self._joined_of:
            below = [self._parts(what, arg) for arg in bits.args] if bits.what == what else [frozenset((bits.at,))]
            self._joined_of[key] = frozenset().union(*below)
        return self._joined_of[key]

    def picked(self, test: Op, then: Op, orelse: Op) -> Op:
        """The bits of one column where those of a test are set, else those of another."""
        if then is orelse or test is self.true:
            return then
        if then is self.true or orelse is self.false:
            return self.either(test, orelse) if then is self.true else self.both(test, then)
        if then is self.false or orelse is self.true:
            failed = self.negated(test)
            return self.both(failed, orelse) if then is self.false else self.either(failed, then)
        return self.chosen(test, then, orelse)

    def chosen(self, test: Op, then: Op, orelse: Op) -> Op:
        """The cells of one column where bits are set, else those of another."""
        if then is orelse or test is self.true:
            return then
        return orelse if test is self.false else self.made("choose", test, then, orelse)
