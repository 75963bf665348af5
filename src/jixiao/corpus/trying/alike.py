"""Two sets of rules that differ in numbers alone as one program, which is given the numbers as inputs.

A program compiled for it serves every value of a changed parameter. The numbers that differ become columns of the
forms, the same in every cell; what is known of intervals is widened so that it holds for many values.
"""

from collections.abc import Callable, Mapping
from typing import Final

from jixiao.language.errors import OverflowRefusedError
from jixiao.language.ir import Node, Payload, Pool

_STEP: Final = 100
"""Intervals of numbers that change end at powers of this."""
SLOT: Final = "f.given."
"""What the names of columns begin with that hold a number which changes; no column of a form has such a name."""
Range = tuple[int | None, int | None]


class UnlikeError(Exception):
    """Two programs differ in more than numbers."""


class Alike:
    """What two programs have in common.

    Attributes:
        outputs: output → its node.
        given: column → its number in the one program, and in the other.
    """

    def __init__(self, one: Mapping[str, Node], other: Mapping[str, Node]) -> None:
        """Lay two programs upon one another.

        Args:
            one: output → its node.
            other: the same of the other program.

        Raises:
            UnlikeError: they differ in more than numbers, or a number may be so large that 64 bits do not hold it.
        """
        self.given: dict[str, tuple[int, int]] = {}
        self._pool = Pool()
        self._made: dict[tuple[int, int], Node] = {}
        if one.keys() != other.keys():
            raise UnlikeError
        try:
            self.outputs = {name: self._of(node, other[name]) for name, node in one.items()}
        except OverflowRefusedError as error:
            raise UnlikeError from error

    def _of(self, one: Node, other: Node) -> Node:
        key = (one.index, other.index)
        if key not in self._made:
            kinds = [(node.kind, node.type, node.per_row, len(node.args)) for node in (one, other)]
            if kinds[0] != kinds[1]:
                raise UnlikeError
            args = [self._of(*pair) for pair in zip(one.args, other.args, strict=True)]
            self._made[key] = _MAKERS[one.kind](self, one, other, args)
        return self._made[key]

    def constant(self, one: Node, other: Node, _args: list[Node]) -> Node:
        """A constant of both, or a column where they are two numbers."""
        if one.type == "number":
            numbers = (int(str(one.payload)), int(str(other.payload)))
            return self._pool.number(numbers[0]) if numbers[0] == numbers[1] else self._slot(numbers)
        payload = _same(one, other)
        if one.type == "text":
            return self._pool.text(str(payload))
        return self._pool.true if payload else self._pool.false

    def _slot(self, numbers: tuple[int, int]) -> Node:
        names = {pair: name for name, pair in self.given.items()}
        name = names.get(numbers, f"{SLOT}{len(self.given)}")
        self.given[name] = numbers
        domain = (_end(list(numbers), 0), _end(list(numbers), 1))
        return self._pool.column(name, "number", domain, nullable=False)

    def null(self, one: Node, _other: Node, _args: list[Node]) -> Node:
        """The null of a type."""
        return self._pool.null(one.type)

    def column(self, one: Node, other: Node, _args: list[Node]) -> Node:
        """The same column of both."""
        name = str(_same(one, other))
        return self._pool.column(name, one.type, (one.low, one.high), nullable=one.nullable)

    def total(self, _one: Node, _other: Node, args: list[Node]) -> Node:
        """A sum of indicators."""
        return self._pool.total(*args)

    def arithmetic(self, one: Node, other: Node, args: list[Node]) -> Node:
        """A sum, a difference or a product."""
        make = {"+": self._pool.add, "-": self._pool.subtract, "*": self._pool.multiply}
        return make[str(_same(one, other))](*args)

    def divide(self, one: Node, other: Node, args: list[Node]) -> Node:
        """A quotient; that divisors are positive was proved for both programs."""
        return self._pool.divide(args[0], args[1], "round" if _same(one, other) == "round" else "floor")

    def compare(self, one: Node, other: Node, args: list[Node]) -> Node:
        """A comparison."""
        return self._pool.compare(str(_same(one, other)), *args)

    def logic(self, one: Node, other: Node, args: list[Node]) -> Node:
        """And, or, not."""
        make: Mapping[str, Callable[..., Node]] = {
            "and": self._pool.both, "or": self._pool.either, "not": self._pool.negate,
        }  # fmt: skip
        return make[str(_same(one, other))](*args)

    def choose(self, one: Node, other: Node, args: list[Node]) -> Node:
        """A choice; an interval that its maker knew holds where it was known of both."""
        chosen = self._pool.choose(*args)
        low, high = _both(one.payload, other.payload) or (None, None)
        if low is None or high is None:
            return chosen
        return self._pool.narrowed(chosen, low, high, min(one.sign, other.sign))

    def missing(self, _one: Node, _other: Node, args: list[Node]) -> Node:
        """Whether something is null."""
        return self._pool.missing(*args)

    def member(self, one: Node, other: Node, args: list[Node]) -> Node:
        """Whether a text is one of some."""
        words = _same(one, other)
        return self._pool.member(args[0], map(str, words if isinstance(words, tuple) else ()))

    def blank(self, _one: Node, _other: Node, args: list[Node]) -> Node:
        """Whether a text says nothing."""
        return self._pool.blank(*args)

    def bound(self, one: Node, other: Node, args: list[Node]) -> Node:
        """A number known to lie between two where its value is used: between the widest, then."""
        ends = _both(one.payload, other.payload)
        if ends is None:
            raise UnlikeError
        return self._pool.bound(args[0], *ends)


_MAKERS: Final[Mapping[str, Callable[[Alike, Node, Node, list[Node]], Node]]] = {
    "const": Alike.constant, "null": Alike.null, "column": Alike.column, "total": Alike.total,
    "arithmetic": Alike.arithmetic, "divide": Alike.divide, "compare": Alike.compare, "logic": Alike.logic,
    "choose": Alike.choose, "missing": Alike.missing, "member": Alike.member, "blank": Alike.blank,
    "bound": Alike.bound,
}  # fmt: skip


def _same(one: Node, other: Node) -> Payload:
    if one.payload != other.payload:
        raise UnlikeError
    return one.payload


def _both(one: Payload, other: Payload) -> Range | None:
    """An interval that holds what either holds; none where an end of only one of them is known."""
    ends: list[int | None] = []
    for at in (0, 1):
        pair = [payload[at] for payload in (one, other) if isinstance(payload, tuple)]
        numbers = [end for end in pair if isinstance(end, int)]
        if len(pair) < 2 or len(numbers) == 1:
            return None
        ends.append(_end(numbers, at) if numbers else None)
    return ends[0], ends[1]


def _end(numbers: list[int], at: int) -> int:
    """The end of an interval around some numbers: where they differ, one that stays though they change a little.

    What is positive stays so, for something may be divided by it.
    """
    if len(set(numbers)) == 1:
        return numbers[0]
    low, high = min(numbers), max(numbers)
    if at == 0:
        return -_power(-low) if low < 0 else min(low, 1)
    return _power(high) if high > 0 else 0


def _power(number: int) -> int:
    """The least power of a hundred that is no less than a positive number."""
    power = _STEP
    while power < number:
        power *= _STEP
    return power
