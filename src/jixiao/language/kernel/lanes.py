"""Values of many rows at once in LLVM's vectors, and what each kind of node does with them: whole numbers throughout.

A number is a vector of lanes and, where it may be null, one bit a lane that says where it is known. A truth is two
words of bits: the lanes in which it is true, and those in which it is false; where it is neither, it is null. So all of
three-valued logic is done on words, one operation for all lanes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from llvmlite import ir

from jixiao.language.ir import Node

LANES: Final = 32
"""Rows computed at once. The words of truths have as many bits."""
NARROW: Final = 2**31 - 1
WORD: Final = ir.IntType(LANES)
BYTE: Final = ir.IntType(8)
HALF: Final = ir.IntType(32)
FULL: Final = ir.IntType(64)
Builder = Any
"""`llvmlite.ir.IRBuilder`, which has no types."""
Bits = Any
"""An LLVM value: one word of bits, a bit a lane."""


@dataclass(frozen=True, slots=True)
class Number:
    """Whole numbers, or codes of texts, in lanes; `known` is none where no lane is null."""

    lanes: Any
    known: Bits | None


@dataclass(frozen=True, slots=True)
class Truth:
    """Truths in lanes: where true, where false."""

    true: Bits
    false: Bits


Held = Number | Truth
Askers = Callable[[Node], Sequence[tuple[Node, bool]] | None]
"""The tests of the choices that alone read a node, each with whether the node is taken where it holds; none if others
read it, too."""


def vector(of: ir.IntType) -> ir.VectorType:
    """The type of so many lanes of a type."""
    return ir.VectorType(of, LANES)


def splat(value: int, of: ir.IntType) -> ir.Constant:
    """One number in all lanes."""
    return ir.Constant(vector(of), [value] * LANES)


def word(value: int) -> ir.Constant:
    """A word of bits, as 0 for none and -1 for all lanes."""
    return ir.Constant(WORD, value)


def width(node: Node) -> ir.IntType:
    """Half words for texts and for numbers proved to fit them, full words for others."""
    return HALF if node.type == "text" or max(abs(node.low), abs(node.high)) <= NARROW else FULL


class Operations:
    """Writes operations at the end of a block."""

    def __init__(
        self, builder: Builder, codes: Mapping[str, int], held: Callable[[Node], Held], askers: Askers
    ) -> None:
        """Take where to write, the codes of texts, where the values of arguments are found, and who asks for them."""
        self.builder = builder
        self._codes = codes
        self._held = held
        self._askers = askers
        self._false = word(0)
        self._true = word(-1)
        self._made: dict[str, Callable[[Node], Held]] = {
            "const": self._constant, "null": self._null, "arithmetic": self._arithmetic, "divide": self._divide,
            "compare": self._compare, "logic": self._logic, "choose": self._choose, "missing": self._missing,
            "member": self._member, "blank": self._blank, "bound": self._bound,
        }  # fmt: skip

    def value(self, node: Node) -> Held:
        """The value of a node that is neither a column nor a total."""
        return self._made[node.kind](node)

    def number(self, node: Node) -> Number:
        """The number or text of a node."""
        held = self._held(node)
        if not isinstance(held, Number):
            raise TypeError(f"a number is expected of {node.kind}")
        return held

    def truth(self, node: Node) -> Truth:
        """The truth of a node."""
        held = self._held(node)
        if not isinstance(held, Truth):
            raise TypeError(f"a truth is expected of {node.kind}")
        return held

    def as_wide(self, lanes: Any, of: ir.IntType) -> Any:
        """Lanes in another width; what does not fit is cut off."""
        have = lanes.type.element.width
        if have == of.width:
            return lanes
        return (self.builder.sext if have < of.width else self.builder.trunc)(lanes, vector(of))

    def bits(self, compared: Any) -> Bits:
        """A comparison's lanes as a word."""
        return self.builder.bitcast(compared, WORD)

    def spread(self, bits: Bits) -> Any:
        """A word as lanes of one bit."""
        return self.builder.bitcast(bits, vector(ir.IntType(1)))

    def outside(self, lanes: Any, low: int, high: int) -> Bits:
        """Where numbers lie below or above two bounds."""
        of = lanes.type.element
        below = self.builder.icmp_signed("<", lanes, splat(low, of))
        above = self.builder.icmp_signed(">", lanes, splat(high, of))
        return self.builder.or_(self.bits(below), self.bits(above))

    def known(self, number: Number) -> Bits:
        """Where a number is known, as a word."""
        return self._true if number.known is None else number.known

    def _constant(self, node: Node) -> Held:
        if isinstance(node.payload, bool):
            return Truth(self._true, self._false) if node.payload else Truth(self._false, self._true)
        value = self._codes[node.payload] if isinstance(node.payload, str) else int(str(node.payload))
        return Number(splat(value, width(node)), None)

    def _null(self, node: Node) -> Held:
        if node.type == "truth":
            return Truth(self._false, self._false)
        return Number(splat(0, HALF), self._false)

    def _all_known(self, numbers: Sequence[Number]) -> Bits | None:
        known = [number.known for number in numbers if number.known is not None]
        if not known:
            return None
        found = known[0]
        for other in known[1:]:
            found = self.builder.and_(found, other)
        return found

    def _arithmetic(self, node: Node) -> Number:
        left, right = (self.number(arg) for arg in node.args)
        operation = {"+": self.builder.add, "-": self.builder.sub, "*": self.builder.mul}[str(node.payload)]
        one, other = (self.as_wide(number.lanes, width(node)) for number in (left, right))
        return Number(operation(one, other), self._all_known([left, right]))

    def _compare(self, node: Node) -> Truth:
        if node.args[0].type == "truth":
            return self._compared_truths(node)
        left, right = (self.number(arg) for arg in node.args)
        wide = max(left.lanes.type.element, right.lanes.type.element, key=lambda of: int(of.width))
        one, other = (self.as_wide(number.lanes, wide) for number in (left, right))
        holds = self.bits(self.builder.icmp_signed(str(node.payload), one, other))
        return self.told(holds, self._all_known([left, right]))

    def _compared_truths(self, node: Node) -> Truth:
        """Whether two truths are the same, or are not."""
        left, right = (self.truth(arg) for arg in node.args)
        both, and_, or_ = node.payload == "==", self.builder.and_, self.builder.or_
        same = or_(and_(left.true, right.true), and_(left.false, right.false))
        other = or_(and_(left.true, right.false), and_(left.false, right.true))
        return Truth(same, other) if both else Truth(other, same)

    def told(self, holds: Bits, known: Bits | None) -> Truth:
        """A truth that is null where its arguments are."""
        fails = self.builder.not_(holds)
        if known is None:
            return Truth(holds, fails)
        return Truth(self.builder.and_(holds, known), self.builder.and_(fails, known))

    def _logic(self, node: Node) -> Truth:
        truths = [self.truth(arg) for arg in node.args]
        if node.payload == "not":
            return Truth(truths[0].false, truths[0].true)
        left, right = truths
        true, false = (
            (self.builder.and_, self.builder.or_) if node.payload == "and" else (self.builder.or_, self.builder.and_)
        )
        return Truth(true(left.true, right.true), false(left.false, right.false))

    def _choose(self, node: Node) -> Held:
        test = self.truth(node.args[0]).true
        if node.type == "truth":
            then, orelse = (self.truth(arg) for arg in node.args[1:])
            return Truth(self._picked(test, then.true, orelse.true), self._picked(test, then.false, orelse.false))
        one, other = (self.number(arg) for arg in node.args[1:])
        lanes = self.builder.select(
            self.spread(test), self.as_wide(one.lanes, width(node)), self.as_wide(other.lanes, width(node))
        )
        if one.known is None and other.known is None:
            return Number(lanes, None)
        return Number(lanes, self._picked(test, self.known(one), self.known(other)))

    def _picked(self, test: Bits, then: Bits, orelse: Bits) -> Bits:
        """The bits of one word where the test's are set, else those of another."""
        return self.builder.or_(
            self.builder.and_(test, then), self.builder.and_(self.builder.not_(test), orelse)
        )  # fmt: skip

    def _missing(self, node: Node) -> Truth:
        held = self._held(node.args[0])
        known = self.builder.or_(held.true, held.false) if isinstance(held, Truth) else self.known(held)
        return Truth(self.builder.not_(known), known)

    def _member(self, node: Node) -> Truth:
        text = self.number(node.args[0])
        found = self._false
        for value in node.payload if isinstance(node.payload, tuple) else ():
            same = self.builder.icmp_signed("==", text.lanes, splat(self._codes[str(value)], HALF))
            found = self.builder.or_(found, self.bits(same))
        return self.told(found, text.known)

    def _blank(self, node: Node) -> Truth:
        text = self.number(node.args[0])
        blank = self.bits(self.builder.icmp_signed("<", text.lanes, splat(0, HALF)))
        if text.known is not None:
            blank = self.builder.or_(blank, self.builder.not_(text.known))
        return Truth(blank, self.builder.not_(blank))

    def _bound(self, node: Node) -> Number:
        number = self.number(node.args[0])
        low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
        ends = [end for end in (low, high) if isinstance(end, int)]
        wide = FULL if any(abs(end) > NARROW for end in ends) else number.lanes.type.element
        lanes = self.as_wide(number.lanes, wide)
        if isinstance(high, int):
            lanes = self._pressed(lanes, ">", high, wide)
        if isinstance(low, int):
            lanes = self._pressed(lanes, "<", low, wide)
        return Number(self.as_wide(lanes, width(node)), number.known)

    def _pressed(self, lanes: Any, sign: str, end: int, wide: ir.IntType) -> Any:
        limit = splat(end, wide)
        return self.builder.select(self.builder.icmp_signed(sign, lanes, limit), limit, lanes)

    def _divide(self, node: Node) -> Number:
        """The size first, then the sign: divisors are positive, and a half goes away from zero."""
        num, den = (self.number(arg) for arg in node.args)
        known = self._all_known([num, den])
        most = 2 * max(abs(node.args[0].low), abs(node.args[0].high)) + node.args[1].high
        small = most <= NARROW and node.args[1].kind == "const"
        wide = HALF if small else FULL
        top, below = self.as_wide(num.lanes, wide), self.as_wide(den.lanes, wide)
        negative = None if node.args[0].sign >= 0 else self.builder.icmp_signed("<", top, splat(0, wide))
        size = top if negative is None else self._turned(top, negative)
        up, by = self._raised(node, size, below, negative)
        whole = self.builder.udiv(up, by) if small else self._divided(node, up, by, known)
        lanes = whole if negative is None else self._turned(whole, negative)
        return Number(self.as_wide(lanes, width(node)), known)

    def _turned(self, lanes: Any, negative: Any) -> Any:
        """Numbers with their sign changed where they are negative, or are to be."""
        return self.builder.select(negative, self.builder.sub(splat(0, lanes.type.element), lanes), lanes)

    def _raised(self, node: Node, size: Any, den: Any, negative: Any) -> tuple[Any, Any]:
        """What is divided by what without a remainder, so that it is rounded as the node says."""
        build, one = self.builder, splat(1, den.type.element)
        if node.payload == "round":
            return build.add(build.shl(size, one), den), build.shl(den, one)
        if negative is None:
            return size, den
        return build.select(negative, build.add(size, build.sub(den, one)), size), den

    def _divided(self, node: Node, num: Any, den: Any, known: Bits | None) -> Any:
        """Lane by lane, and only those whose quotient is asked for: no processor divides vectors of whole numbers."""
        build = self.builder
        with build.goto_entry_block():
            spaces = [build.alloca(vector(FULL)) for _ in range(3)]
        for space, lanes in zip(spaces, (num, den, splat(0, FULL)), strict=True):
            build.store(lanes, space)
        with self._each(self._needed(node, known)) as lane:
            above, below, quotient = (build.gep(build.bitcast(space, FULL.as_pointer()), [lane]) for space in spaces)
            divisor = build.load(below)
            # a number outside its domain may have overflowed to nought; nobody reads its quotient
            nought = build.icmp_unsigned("==", divisor, FULL(0))
            build.store(build.udiv(build.load(above), build.select(nought, FULL(1), divisor)), quotient)
        return build.load(spaces[2])

    @contextmanager
    def _each(self, bits: Bits) -> Iterator[Any]:
        """Write what is done with the number of each set bit."""
        build = self.builder
        whole, before = build.zext(bits, FULL), build.block
        head, body, done = (build.append_basic_block(name) for name in ("lanes", "lane", "lanes.done"))
        build.branch(head)
        build.position_at_end(head)
        left = build.phi(FULL)
        left.add_incoming(whole, before)
        build.cbranch(build.icmp_unsigned("!=", left, FULL(0)), body, done)
        build.position_at_end(body)
        yield build.cttz(left, ir.IntType(1)(1))
        left.add_incoming(build.and_(left, build.sub(left, FULL(1))), build.block)
        build.branch(head)
        build.position_at_end(done)

    def _needed(self, node: Node, known: Bits | None) -> Bits:
        """The lanes in which somebody reads a quotient: it is known, and one of the choices it stands in takes it."""
        needed = self._true if known is None else known
        asked = self._askers(node)
        if asked is None:
            return needed
        found = self._false
        for test, taken in asked:
            true = self.truth(test).true
            found = self.builder.or_(found, true if taken else self.builder.not_(true))
        return self.builder.and_(needed, found)
