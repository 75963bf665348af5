"""The straight-line body of a loop, written as LLVM: what one stage computes for some rows side by side."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llvmlite import ir

from jixiao.language.ir import Node
from jixiao.language.kernel.lanes import (
    BYTE,
    FULL,
    HALF,
    WORD,
    Bits,
    Builder,
    Held,
    Number,
    Operations,
    Truth,
    splat,
    vector,
    width,
    word,
)
from jixiao.language.kernel.layout import SIZES, Answered, Kept, Layout, Place, Stage, roots

TYPES = {"full": FULL, "half": HALF, "byte": BYTE}
PASS, FINDING, NOT_APPLICABLE, CANNOT_DECIDE = range(4)
"""The numbers of answers."""
FALSE, TRUE, NULL = range(3)
"""The numbers of truths."""


class Body:
    """Writes one body.

    Attributes:
        operations: what writes single operations.
    """

    def __init__(self, builder: Builder, layout: Layout, codes: Mapping[str, int], where: Sequence[Any]) -> None:
        """Take where to write, and what it is about.

        Args:
            builder: writes at the end of a block.
            layout: the places.
            codes: text → its code.
            where: LLVM values: the address of the table, the number of the first row, and its number in the tile.
        """
        self._builder = builder
        self._layout = layout
        self._table, self._row, self._local = where
        self._held: dict[int, Held] = {}
        self._readers: Mapping[int, list[Node | None]] = {}
        self._here: set[int] = set()
        self._per_row = False
        self.operations = Operations(builder, codes, self.held, self.askers)

    def write(self, stage: Stage, *, per_row: bool) -> None:
        """Write what a stage computes of its forms, or of its indicators."""
        self._per_row = per_row
        nodes = stage.rows if per_row else stage.form
        outputs = stage.row_outputs if per_row else stage.form_outputs
        self._here = {node.index for node in nodes}
        kept = [node for node in stage.kept if node.per_row is per_row]
        summed = stage.totals if per_row else ()
        told = [*kept, *(node.args[0] for node, _, _ in summed)]
        told += [root for name in outputs for root in roots(self._layout.outputs[name])]
        self._readers = _readers(nodes, told)
        if stage is self._layout.stages[0]:
            self._mark(self._layout.beyond[per_row], self._beyond())
        for node in nodes:
            self.held(node)
        for node in kept:
            self._keep(self._layout.kept[node.index], self.held(node))
        for name in outputs:
            self._give(self._layout.given[name], self._layout.outputs[name])
        for total, place, _ in summed:
            self._sum(total.args[0], place)

    def _beyond(self) -> Bits:
        """Where a column of these rows has a number outside its domain."""
        found = word(0)
        for node in self._layout.domains:
            if node.per_row is self._per_row:
                first, second = self._layout.inputs[str(node.payload)]
                out = self.operations.outside(self._cells(first), node.low, node.high)
                known = out if second is None else self._builder.and_(out, self._flags(second))
                found = self._builder.or_(found, known)
        return found

    def held(self, node: Node) -> Held:
        """The value of a node: computed here, read from a column, or from where an earlier loop left it."""
        found = self._held.get(node.index)
        if found is None:
            found = self._held[node.index] = self._found(node)
        return found

    def _found(self, node: Node) -> Held:
        if node.kind in ("const", "null"):
            return self.operations.value(node)
        if self._per_row and not node.per_row:
            return self._loaded(node, self._layout.lowered[node.index])
        if node.kind == "column":
            return self._loaded(node, self._layout.inputs[str(node.payload)])
        if node.index in self._layout.sums:
            return Number(self._cells(self._layout.sums[node.index]), None)
        if node.index not in self._here:
            return self._loaded(node, self._layout.kept[node.index])
        return self._counted(node) if node.kind == "total" else self.operations.value(node)

    def askers(self, node: Node) -> Sequence[tuple[Node, bool]] | None:
        """The tests of the choices that alone read a node, where they are known before it is computed."""
        readers = self._readers[node.index]
        asked = [reader for reader in readers if reader is not None and reader.kind == "choose"]
        tests = [(reader.args[0], reader.args[1] is node) for reader in asked]
        usable = all(test.index < node.index for test, _ in tests)
        return tests if len(asked) == len(readers) and usable else None

    def _counted(self, total: Node) -> Number:
        """A value of the form summed as often as the form has indicators."""
        number = self.operations.number(total.args[0])
        counts = self._cells(self._layout.counts)
        product = self._builder.mul(self.operations.as_wide(number.lanes, FULL), counts)
        return Number(self._zeroed(Number(product, number.known)), None)

    def _zeroed(self, number: Number) -> Any:
        if number.known is None:
            return number.lanes
        known = self.operations.spread(number.known)
        return self._builder.select(known, number.lanes, splat(0, number.lanes.type.element))

    def _loaded(self, node: Node, kept: Kept) -> Held:
        first, second = kept
        if node.type != "truth":
            lanes = (
                self._said(first) if first.of == "bits" else self.operations.as_wide(self._cells(first), width(node))
            )
            return Number(lanes, None if second is None else self._flags(second))
        set_ = self._flags(first)
        if first.source != "input":
            return Truth(set_, self._builder.not_(set_) if second is None else self._flags(second))
        return self.operations.told(set_, None if second is None else self._flags(second))

    def _said(self, place: Place) -> Any:
        """Truths whether texts say anything, as the two codes of such texts: -1 where they say nothing, else 0."""
        silent = self._builder.not_(self._flags(place))
        return self._builder.sext(self.operations.spread(silent), vector(HALF))

    def _keep(self, kept: Kept, held: Held) -> None:
        first, second = kept
        if isinstance(held, Truth):
            self._mark(first, held.true)
            if second is not None:
                self._mark(second, held.false)
            return
        self._put(first, held.lanes)
        if second is not None:
            self._mark(second, self.operations.known(held))

    def _give(self, given: Kept, output: Node | Answered) -> None:
        if not isinstance(output, Node):
            self._put(given.first, self._answer(output))
            return
        held = self.held(output)
        if isinstance(held, Truth):
            self._put(given.first, self._numbered([(held.true, TRUE), (held.false, FALSE)], NULL))
        else:
            self._keep(given, held)

    def _answer(self, answered: Answered) -> Any:
        """The number of the answer of a check, decided in the order in which a reviewer decides."""
        fires = self.operations.truth(answered[0])
        if answered[1] is None:
            return self._numbered([(fires.false, PASS), (fires.true, FINDING)], CANNOT_DECIDE)
        applies = self.operations.truth(answered[1])
        found = self._builder.and_(fires.true, applies.true)
        steps = [(applies.false, NOT_APPLICABLE), (fires.false, PASS), (found, FINDING)]
        return self._numbered(steps, CANNOT_DECIDE)

    def _numbered(self, steps: Sequence[tuple[Bits, int]], orelse: int) -> Any:
        """Bytes: the number of the first step whose bit is set."""
        lanes = splat(orelse, BYTE)
        for bits, number in reversed(steps):
            lanes = self._builder.select(self.operations.spread(bits), splat(number, BYTE), lanes)
        return lanes

    def _sum(self, node: Node, place: Place) -> None:
        number = self.operations.number(node)
        if place.of == "bits":
            one = self._builder.icmp_signed("!=", number.lanes, splat(0, number.lanes.type.element))
            self._mark(place, self._builder.and_(self.operations.bits(one), self.operations.known(number)))
        else:
            self._put(place, self._zeroed(number))

    def _address(self, place: Place) -> Any:
        entry = self._builder.add(self._table, FULL(place.at * 8))
        return self._builder.load(self._builder.inttoptr(entry, FULL.as_pointer()))

    def _pointer(self, place: Place, of: ir.IntType, size: int) -> Any:
        at = self._local if place.passing else self._row
        address = self._builder.add(self._address(place), self._builder.mul(at, FULL(size)))
        return self._builder.inttoptr(address, vector(of).as_pointer())

    def _cells(self, place: Place) -> Any:
        """The cells of a column of numbers, texts or bytes."""
        return self._builder.load(self._pointer(place, TYPES[place.of], SIZES[place.of]), align=1)

    def _put(self, place: Place, lanes: Any) -> None:
        of = TYPES[place.of]
        self._builder.store(
            self.operations.as_wide(lanes, of), self._pointer(place, of, SIZES[place.of]), align=1
        )  # fmt: skip

    def _flags(self, place: Place) -> Bits:
        """The bits of a column of truths."""
        if place.of == "byte":
            return self.operations.bits(self._builder.icmp_signed("!=", self._cells(place), splat(0, BYTE)))
        return self._builder.load(self._word(place), align=1) if place.passing else self._foreign(place)

    def _mark(self, place: Place, bits: Bits) -> None:
        """Write the bits of truths."""
        if place.of == "byte":
            self._put(place, self._builder.zext(self.operations.spread(bits), vector(BYTE)))
        else:
            self._builder.store(bits, self._word(place), align=1)

    def _word(self, place: Place) -> Any:
        """Where the word of these rows stands among the kernel's own bits."""
        address = self._builder.add(self._address(place), self._builder.lshr(self._local, FULL(3)))
        return self._builder.inttoptr(address, WORD.as_pointer())

    def _foreign(self, place: Place) -> Bits:
        """Bits of a column that begin anywhere: the table has the number of its first bit in all of memory."""
        bit = self._builder.add(self._address(place), self._row)
        pointer = self._builder.inttoptr(self._builder.lshr(bit, FULL(3)), FULL.as_pointer())
        whole = self._builder.load(pointer, align=1)
        return self._builder.trunc(self._builder.lshr(whole, self._builder.and_(bit, FULL(7))), WORD)


def _readers(nodes: Iterable[Node], told: Iterable[Node]) -> Mapping[int, list[Node | None]]:
    """Who reads each node in a body: other nodes, and none for each place it is written to."""
    found: dict[int, list[Node | None]] = {}
    for node in nodes:
        for arg in node.args:
            found.setdefault(arg.index, []).append(node)
    for node in told:
        found.setdefault(node.index, []).append(None)
    return found
