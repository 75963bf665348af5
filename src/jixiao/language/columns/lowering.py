"""Nodes as columns without nulls: their cells, and where they are known.

Numbers that are proved to fit 32 bits are held in them; what computes takes the wider of what it reads and what it
gives. A text is the code of a `Vocabulary`.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import polars as pl

from jixiao.language.columns.answers import NO, NOT_APPLICABLE, UNKNOWN, YES
from jixiao.language.columns.ops import BITS, BYTE, FULL, HALF, Op, Ops
from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import Node, reachable

NARROW: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Value:
    """A number, the code of a text, or a truth.

    Attributes:
        cells: its column; of a truth, bits.
        known: where it is not null.
        true, false: where a truth holds and fails, if that follows from more than the two.
    """

    cells: Op
    known: Op
    true: Op | None = None
    false: Op | None = None


def width(node: Node) -> pl.DataType:
    """The type of a number's cells."""
    return HALF if node.type == "text" or max(abs(node.low), abs(node.high)) <= NARROW else FULL


class Lowering:
    """The columns of some nodes.

    Attributes:
        ops: all of them.
    """

    def __init__(self, outputs: Iterable[Node], said: Container[str], vocabulary: Vocabulary) -> None:
        """Lower all nodes that outputs rest on.

        Args:
            outputs: the nodes that are given.
            said: columns of texts of which only is asked whether they say anything.
            vocabulary: gives the texts that the nodes name their codes.
        """
        self.ops = Ops()
        self._said = said
        self._vocabulary = vocabulary
        self._values: dict[int, Value] = {}
        for node in reachable(outputs):
            self._values[node.index] = MAKERS[node.kind](self, node)

    def value(self, node: Node) -> Value:
        """What a node became."""
        return self._values[node.index]

    def true(self, node: Node) -> Op:
        """Where a truth holds."""
        truth = self.value(node)
        return truth.true or self.ops.both(truth.cells, truth.known)

    def false(self, node: Node) -> Op:
        """Where a truth fails."""
        truth = self.value(node)
        return truth.false or self.ops.both(self.ops.negated(truth.cells), truth.known)

    def answer(self, fires: Node, applies: Node | None) -> Op:
        """The numbers of a condition's answers: where it does not apply, it is not asked; where it fails, it is no."""
        no, yes, elsewhere, unknown = (self.ops.const(number, BYTE) for number in (NO, YES, NOT_APPLICABLE, UNKNOWN))
        true, outside, known = self.true(fires), self.ops.false, self.value(fires).known
        if applies is not None:
            true, outside = self.ops.both(true, self.true(applies)), self.false(applies)
            known = self.ops.both(known, self.value(applies).known)
        found = yes if known is self.ops.true else self.ops.chosen(true, yes, unknown)
        return self.ops.chosen(outside, elsewhere, self.ops.chosen(self.false(fires), no, found))

    def output(self, node: Node) -> Op:
        """A node's column with nulls, as results have it."""
        value = self.value(node)
        cells = self.ops.cast(value.cells, FULL) if node.type == "number" else value.cells
        return self.ops.chosen(value.known, cells, self.ops.const(None, cells.dtype))

    def constant(self, node: Node) -> Value:
        """A constant."""
        if isinstance(node.payload, bool):
            return self._certain(self.ops.const(node.payload, BITS))
        code = self._vocabulary.code(node.payload) if isinstance(node.payload, str) else int(str(node.payload))
        return self._certain(self.ops.const(code, width(node)))

    def _certain(self, cells: Op) -> Value:
        return Value(cells, self.ops.true)

    def null(self, node: Node) -> Value:
        """The null of a type."""
        return Value(self.ops.false if node.type == "truth" else self.ops.const(0, HALF), self.ops.false)

    def column(self, node: Node) -> Value:
        """An input; of a text of which only that is asked, whether it says anything."""
        name = str(node.payload)
        known = self.ops.given("known", name, BITS) if node.nullable else self.ops.true
        bits = node.type == "truth" or name in self._said
        return Value(self.ops.given("cells", name, BITS if bits else width(node)), known)

    def total(self, node: Node) -> Value:
        """Counts are sums of bytes; nulls are left out."""
        arg, dtype = node.args[0], width(node)
        if arg.kind == "choose" and [one.payload for one in arg.args[1:]] == [1, 0]:
            values = self.ops.chosen(self.true(arg.args[0]), self.ops.const(1, BYTE), self.ops.const(0, BYTE))
        else:
            value = self.value(arg)
            values = self.ops.chosen(value.known, self.ops.cast(value.cells, dtype), self.ops.const(0, dtype))
        return self._certain(self.ops.cast(self.ops.total(values), dtype))

    def arithmetic(self, node: Node) -> Value:
        """A sum, difference or product."""
        cells, known = self._read(node.args, width(node))
        return Value(self.ops.cast(self.ops.made(str(node.payload), *cells), width(node)), known)

    def compare(self, node: Node) -> Value:
        """A comparison of two of a type."""
        cells, known = self._read(node.args, HALF)
        return Value(self.ops.made(str(node.payload), *cells, dtype=BITS), known)

    def _read(self, nodes: Sequence[Node], dtype: pl.DataType) -> tuple[list[Op], Op]:
        """Cells of several in a type that holds all of them, and where all are known."""
        values = [self.value(node) for node in nodes]
        known = reduce(self.ops.both, (value.known for value in values))
        cells = [value.cells for value in values]
        if nodes[-1].type == "truth":
            return cells, known
        wide = FULL if FULL in (dtype, *(one.dtype for one in cells)) else dtype
        return [self.ops.cast(one, wide) for one in cells], known

    def logic(self, node: Node) -> Value:
        """Of two truths one may decide: a false one in `and`, a true one in `or`."""
        one, both, either = self.value(node.args[0]), self.ops.both, self.ops.either
        if node.payload == "not":
            return Value(self.ops.negated(one.cells), one.known, one.false, one.true)
        other = self.value(node.args[1])
        join, part = (both, either) if node.payload == "and" else (either, both)
        if one.known is other.known:
            return Value(join(one.cells, other.cells), one.known)
        true, false = join(*map(self.true, node.args)), part(*map(self.false, node.args))
        return Value(true, self._decided(node, true, false), true, false)

    def _decided(self, node: Node, true: Op, false: Op) -> Op:
        """Where two joined truths are known; if one of them always is, where it decides or the other is known."""
        decides = self.false if node.payload == "and" else self.true
        for one, other in (node.args, node.args[::-1]):
            if self.value(one).known is self.ops.true:
                return self.ops.either(decides(one), self.value(other).known)
        return self.ops.either(true, false)

    def choose(self, node: Node) -> Value:
        """Where only one of two is ever known, its cells are the choice's."""
        test = self.true(node.args[0])
        one, other = (self.value(arg) for arg in node.args[1:])
        known = self.ops.picked(test, one.known, other.known)
        (then, orelse), _ = self._read(node.args[1:], width(node))
        chosen = self.ops.picked if node.type == "truth" else self.ops.chosen
        cells = self._either_known(one, other) or chosen(test, then, orelse)
        return Value(cells if node.type == "truth" else self.ops.cast(cells, width(node)), known)

    def _either_known(self, one: Value, other: Value) -> Op | None:
        if other.known is self.ops.false:
            return one.cells
        return other.cells if one.known is self.ops.false else None

    def missing(self, node: Node) -> Value:
        """Whether a value is null."""
        return self._certain(self.ops.negated(self.value(node.args[0]).known))

    def member(self, node: Node) -> Value:
        """Whether a text is one of some words."""
        text = self.value(node.args[0])
        words = node.payload if isinstance(node.payload, tuple) else ()
        codes = (self.ops.const(self._vocabulary.code(str(word)), HALF) for word in words)
        same = (self.ops.made("==", text.cells, code, dtype=BITS) for code in codes)
        return Value(reduce(self.ops.either, same, self.ops.false), text.known)

    def blank(self, node: Node) -> Value:
        """Whether a text says nothing; a null text is blank."""
        text = self.value(node.args[0])
        says = text.cells
        if says.dtype != BITS:
            says = self.ops.made(">=", says, self.ops.const(0, HALF), dtype=BITS)
        return self._certain(self.ops.negated(self.ops.both(says, text.known)))

    def bound(self, node: Node) -> Value:
        """A number pressed between two ends."""
        value = self.value(node.args[0])
        low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
        cells = self._pressed(value.cells, ">", high) if isinstance(high, int) else value.cells
        cells = self._pressed(cells, "<", low) if isinstance(low, int) else cells
        return Value(self.ops.cast(cells, width(node)), value.known)

    def _pressed(self, cells: Op, sign: str, end: int) -> Op:
        wide = FULL if abs(end) > NARROW else cells.dtype
        cells, limit = self.ops.cast(cells, wide), self.ops.const(end, wide)
        return self.ops.chosen(self.ops.made(sign, cells, limit, dtype=BITS), limit, cells)

    def divide(self, node: Node) -> Value:
        """Sizes are divided and the sign put back; a half goes away from zero."""
        num, den = node.args
        small = 2 * max(-num.low, num.high, 0) + 2 * den.high <= NARROW
        (top, below), known = self._read(node.args, HALF if small else FULL)
        if small:
            top, below = (self.ops.cast(cells, HALF) for cells in (top, below))
        down, up = (self._rounded, self._rounded) if node.payload == "round" else (self._down, self._up)
        whole = down(top, below)
        if num.low < 0:
            zero, made = self.ops.const(0, top.dtype), self.ops.made
            turned = made("-", zero, up(made("-", zero, top), below))
            whole = self.ops.chosen(made("<", top, zero, dtype=BITS), turned, whole)
        return Value(self.ops.cast(whole, width(node)), known)

    def _down(self, num: Op, den: Op) -> Op:
        return self.ops.made("//", num, den)

    def _rounded(self, num: Op, den: Op) -> Op:
        two, made = self.ops.const(2, num.dtype), self.ops.made
        return made("//", made("+", made("*", two, num), den), made("*", two, den))

    def _up(self, num: Op, den: Op) -> Op:
        made = self.ops.made
        return made("//", made("-", made("+", num, den), self.ops.const(1, num.dtype)), den)


MAKERS: Final[Mapping[str, Callable[[Lowering, Node], Value]]] = {
    "const": Lowering.constant, "null": Lowering.null, "column": Lowering.column, "total": Lowering.total,
    "arithmetic": Lowering.arithmetic, "divide": Lowering.divide, "compare": Lowering.compare,
    "logic": Lowering.logic, "choose": Lowering.choose, "missing": Lowering.missing, "member": Lowering.member,
    "blank": Lowering.blank, "bound": Lowering.bound,
}  # fmt: skip
