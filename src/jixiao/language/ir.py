"""The integer form of rules: thirteen kinds of hash-consed nodes, each with its type, interval, level and stage.

Nothing here knows a back end. A number of the rule language is `num / (den * 10**scale)` of two integer nodes (see
`rational`). Intervals follow from the declared domains of columns; a node that could leave 64 bits is refused. Proofs
that a divisor is positive never rest on declared domains, so that a form outside its domain cannot divide by zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from jixiao.language.errors import OverflowRefusedError

Kind = Literal[
    "const", "null", "column", "total", "arithmetic", "divide", "compare", "logic", "choose", "missing", "member",
    "blank", "bound",
]  # fmt: skip
Type = Literal["number", "truth", "text"]
Payload = int | bool | str | None | tuple[str, ...] | tuple[int | None, int | None]

INT64: Final = 2**63 - 1
MAX_ROWS: Final = 256
"""Indicators a form may have in the interval of an aggregate; a Python closure takes any number."""

POSITIVE: Final = 1
NOT_NEGATIVE: Final = 0
ANY_SIGN: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation on integers, truths or texts.

    Attributes:
        index: position in its pool; arguments always have smaller ones, so order by index is an order of evaluation.
        kind: what it does.
        args: the nodes it reads.
        payload: constant, column name ("i.target"), operator, members, or the bounds of a `bound`.
        type: number (a scaled integer), truth or text.
        low: least value under the declared domains (numbers).
        high: greatest value under the declared domains (numbers).
        sign: POSITIVE or NOT_NEGATIVE where that is proved whatever the row holds.
        nullable: whether it may be null.
        per_row: whether it has a value for each indicator rather than one for the form.
        stage: how many rounds of aggregates must be finished before it can be computed.
    """

    index: int
    kind: Kind
    args: tuple["Node", ...]
    payload: Payload
    type: Type
    low: int
    high: int
    sign: int
    nullable: bool
    per_row: bool
    stage: int


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a new node's maker knows of it beyond its arguments."""

    low: int = 0
    high: int = 0
    sign: int = ANY_SIGN


class Pool:
    """All nodes of one program; equal nodes are one node."""

    def __init__(self) -> None:
        """An empty pool."""
        self._nodes: dict[tuple[object, ...], Node] = {}

    def _make(
        self,
        kind: Kind,
        args: tuple[Node, ...],
        payload: Payload,
        type_: Type,
        facts: _Facts,
        *,
        nullable: bool | None = None,
    ) -> Node:
        key = (kind, type_, type(payload), payload, *[arg.index for arg in args])
        node = self._nodes.get(key)
        if node is None:
            if type_ == "number" and (facts.high > INT64 or facts.low < -INT64):
                raise OverflowRefusedError(facts.low, facts.high)
            null = any(arg.nullable for arg in args) if nullable is None else nullable
            node = Node(
                len(self._nodes), kind, args, payload, type_, facts.low, facts.high, facts.sign, null,
                any(arg.per_row for arg in args), max((arg.stage for arg in args), default=0),
            )  # fmt: skip
            self._nodes[key] = node
        return node

    def number(self, value: int) -> Node:
        """A constant number."""
        sign = POSITIVE if value > 0 else NOT_NEGATIVE if value == 0 else ANY_SIGN
        return self._make("const", (), value, "number", _Facts(value, value, sign))

    @property
    def true(self) -> Node:
        """The constant truth."""
        return self._make("const", (), payload=True, type_="truth", facts=_Facts())

    @property
    def false(self) -> Node:
        """The constant falsehood."""
        return self._make("const", (), payload=False, type_="truth", facts=_Facts())

    def text(self, value: str) -> Node:
        """A constant text."""
        return self._make("const", (), value, "text", _Facts())

    def null(self, type_: Type) -> Node:
        """The null of a type."""
        return self._make("null", (), None, type_, _Facts(), nullable=True)

    def column(self, name: str, type_: Type, domain: tuple[int, int], *, nullable: bool) -> Node:
        """A column such as "i.target" with the domain of its scaled value."""
        key = ("column", name)
        node = self._nodes.get(key)
        if node is None:
            per_row = name.startswith("i.")
            node = Node(
                len(self._nodes), "column", (), name, type_, domain[0], domain[1], ANY_SIGN, nullable, per_row, 0
            )  # fmt: skip
            self._nodes[key] = node
        return node

    def add(self, left: Node, right: Node) -> Node:
        """Sum left + right."""
        if _is(left, 0):
            return right
        if _is(right, 0):
            return left
        if left.kind == right.kind == "const":
            return self.number(_int(left) + _int(right))
        sign = ANY_SIGN if min(left.sign, right.sign) < 0 else max(left.sign, right.sign)
        facts = _Facts(left.low + right.low, left.high + right.high, sign)
        return self._make("arithmetic", (left, right), "+", "number", facts)

    def subtract(self, left: Node, right: Node) -> Node:
        """Difference left - right."""
        if _is(right, 0):
            return left
        if left.kind == right.kind == "const":
            return self.number(_int(left) - _int(right))
        facts = _Facts(left.low - right.high, left.high - right.low)
        return self._make("arithmetic", (left, right), "-", "number", facts)

    def multiply(self, left: Node, right: Node) -> Node:
        """Product left * right."""
        if right.kind == "const":
            left, right = right, left
        if _is(left, 1):
            return right
        if left.kind == right.kind == "const":
            return self.number(_int(left) * _int(right))
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        sign = ANY_SIGN if min(left.sign, right.sign) < 0 else min(left.sign, right.sign)
        return self._make("arithmetic", (left, right), "*", "number", _Facts(min(corners), max(corners), sign))

    def divide(self, num: Node, den: Node, mode: Literal["round", "floor"]) -> Node:
        """The whole number nearest to num / den (a half goes away from zero), or the one below it; den is positive."""
        least, most = max(1, den.low), max(1, den.high)
        if 2 * max(abs(num.low), abs(num.high)) + most > INT64:
            raise OverflowRefusedError(2 * num.low - most, 2 * num.high + most)
        corners = [a // b for a in (num.low, num.high) for b in (least, most)]
        sign = NOT_NEGATIVE if num.sign >= 0 else ANY_SIGN
        facts = _Facts(min(corners), max(corners) + (mode == "round"), sign)
        return self._make("divide", (num, den), mode, "number", facts)

    def compare(self, operator: str, left: Node, right: Node) -> Node:
        """Left operator right, with < <= > >= for numbers, == != for all types; null if either is."""
        if left.kind == right.kind == "const":
            return self.true if _compare(operator, left.payload, right.payload) else self.false
        return self._make("compare", (left, right), operator, "truth", _Facts())

    def both(self, left: Node, right: Node) -> Node:
        """Three-valued and."""
        return self._logic("and", left, right, absorbing=False)

    def either(self, left: Node, right: Node) -> Node:
        """Three-valued or."""
        return self._logic("or", left, right, absorbing=True)

    def _logic(self, operator: str, left: Node, right: Node, *, absorbing: bool) -> Node:
        if left is right:
            return left
        for one, other in ((left, right), (right, left)):
            if one.kind == "const":
                return one if one.payload is absorbing else other
        return self._make("logic", (left, right), operator, "truth", _Facts())

    def negate(self, truth: Node) -> Node:
        """Three-valued not."""
        if truth.kind == "const":
            return self.false if truth.payload else self.true
        return self._make("logic", (truth,), "not", "truth", _Facts())

    def choose(self, test: Node, then: Node, orelse: Node) -> Node:
        """Then where the test is true; orelse where it is false or null."""
        if then is orelse:
            return then
        if test.kind == "const":
            return then if test.payload else orelse
        known = [node for node in (then, orelse) if node.kind != "null"] or [then]
        facts = _Facts(
            min(node.low for node in known), max(node.high for node in known), min(node.sign for node in known)
        )
        return self._make(
            "choose", (test, then, orelse), None, known[0].type, facts, nullable=then.nullable or orelse.nullable
        )

    def narrowed(self, chosen: Node, low: int, high: int, sign: int) -> Node:
        """The same choice with an interval its maker knows better (least, greatest, absolute)."""
        if chosen.kind != "choose" or (low <= chosen.low and high >= chosen.high and sign <= chosen.sign):
            return chosen
        facts = _Facts(max(low, chosen.low), min(high, chosen.high), max(sign, chosen.sign))
        return self._make("choose", chosen.args, (facts.low, facts.high), "number", facts, nullable=chosen.nullable)

    def missing(self, node: Node) -> Node:
        """Whether a value is null; never null itself."""
        if not node.nullable:
            return self.false
        return self._make("missing", (node,), None, "truth", _Facts(), nullable=False)

    def member(self, text: Node, values: Iterable[str]) -> Node:
        """Whether a text is one of some."""
        return self._make("member", (text,), tuple(dict.fromkeys(values)), "truth", _Facts())

    def blank(self, text: Node) -> Node:
        """Whether a text says nothing; a null text is blank."""
        return self._make("blank", (text,), None, "truth", _Facts(), nullable=False)

    def bound(self, node: Node, low: int | None, high: int | None) -> Node:
        """A number known to lie in low..high where its value is used; elsewhere any number of that interval."""
        if node.kind == "const" or (low is None and high is None):
            return node
        least = node.low if low is None else max(low, node.low)
        most = node.high if high is None else min(high, node.high)
        sign = node.sign if low is None else max(node.sign, POSITIVE if low > 0 else NOT_NEGATIVE if low == 0 else -1)
        return self._make("bound", (node,), (low, high), "number", _Facts(least, max(least, most), sign))

    def total(self, node: Node) -> Node:
        """Sum over the indicators of a form, nulls left out; 0 of none."""
        low, high = min(0, node.low) * MAX_ROWS, max(0, node.high) * MAX_ROWS
        if high > INT64 or low < -INT64:
            raise OverflowRefusedError(low, high)
        key = ("total", node.index)
        found = self._nodes.get(key)
        if found is None:
            sign = NOT_NEGATIVE if node.sign >= 0 else ANY_SIGN
            found = Node(
                len(self._nodes), "total", (node,), None, "number", low, high, sign,
                nullable=False, per_row=False, stage=node.stage + 1,
            )  # fmt: skip
            self._nodes[key] = found
        return found


def reachable(roots: Iterable[Node]) -> list[Node]:
    """All nodes the roots depend on, the roots included, in an order of evaluation."""
    seen: dict[int, Node] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node.index not in seen:
            seen[node.index] = node
            waiting.extend(node.args)
    return [seen[index] for index in sorted(seen)]


def _is(node: Node, value: int) -> bool:
    return node.kind == "const" and node.payload == value


def _int(node: Node) -> int:
    if not isinstance(node.payload, int):
        raise TypeError(f"a constant number has an int, not {node.payload!r}")
    return node.payload


def _compare(operator: str, left: Payload, right: Payload) -> bool:
    if isinstance(left, int) and isinstance(right, int):
        return {
            "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right,
            "==": left == right, "!=": left != right,
        }[operator]  # fmt: skip
    return (left == right) is (operator == "==")
