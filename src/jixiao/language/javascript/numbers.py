"""How numbers are written in JavaScript: plain where intervals prove them exact, and exact whatever a row holds.

A plain JavaScript number holds whole numbers up to 2**53 exactly. `Plain` writes an operation on plain numbers only
where its operands and its value stay within that for every row inside the declared domains, and on BigInt elsewhere.
`Exact` calls the runtime, whose numbers are BigInt and ratios of two: for rows outside the domains, and for numbers
with more decimals than their scale.
"""

from collections.abc import Iterable
from typing import Final, Protocol

from jixiao.language.ir import Node

SAFE: Final = 2**53 - 1
"""The greatest whole number up to which JavaScript's plain numbers are exact (Number.MAX_SAFE_INTEGER)."""

_SAME: Final = {"==": "===", "!=": "!=="}
_CALLS: Final = {"+": "plus", "-": "minus", "*": "times"}


class Numbers(Protocol):
    """One way to write numbers. References are JavaScript expressions for the values of a node's arguments."""

    def constant(self, value: int, /) -> str:
        """A whole number where its node stands alone, as in an export."""

    def value(self, node: Node, refs: list[str], /) -> str:
        """The value of a node whose arguments are known not to be null; texts and truths are no concern of it."""

    def choice(self, node: Node, refs: list[str], /) -> str:
        """One of two numbers, which may be null."""

    def zero(self, total: Node, /) -> str:
        """Where the sum of a total begins."""

    def added(self, total: Node, sum_: str, ref: str, /) -> str:
        """The statement that adds a number that is not null to a sum."""


class Plain:
    """Plain numbers where intervals allow, BigInt elsewhere; right for rows inside the declared domains."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Decide for every node; arguments come before the nodes that read them."""
        self._plain: set[int] = set()
        for node in nodes:
            if node.type == "number" and self._may_be_plain(node):
                self._plain.add(node.index)

    def _may_be_plain(self, node: Node) -> bool:
        args = all(arg.index in self._plain for arg in node.args if arg.type == "number" and arg.kind != "null")
        if node.kind == "divide":
            return is_safe(node)
        if node.kind == "bound":
            return is_safe(node) and all(abs(bound) < SAFE for bound in _bounds(node) if bound is not None)
        return args and (is_safe(node) or node.kind == "choose")

    def plain(self, node: Node) -> bool:
        """Whether a node's value is a plain number; else it is a BigInt."""
        return node.index in self._plain

    def constant(self, value: int) -> str:
        """A whole number standing alone."""
        return _literal(value, plain=abs(value) <= SAFE)

    def value(self, node: Node, refs: list[str]) -> str:
        """The operation of a node."""
        if node.kind == "compare":
            return self._compared(node, refs)
        plain = self.plain(node) and all(self.plain(arg) for arg in node.args)
        operands = self._all(node.args, refs, plain=plain)
        if node.kind == "arithmetic":
            return f"{operands[0]} {node.payload} {operands[1]}"
        if node.kind == "bound":
            code = _clamped(operands[0], node, plain=plain)
        else:
            code = f"{node.payload}{'Plain' if plain else 'Big'}({operands[0]}, {operands[1]})"
        return f"Number({code})" if self.plain(node) and not plain else code

    def _compared(self, node: Node, refs: list[str]) -> str:
        operator = _SAME.get(str(node.payload), str(node.payload))
        if node.args[0].type == "number":
            refs = self._all(node.args, refs, plain=all(self.plain(arg) for arg in node.args))
        return f"{refs[0]} {operator} {refs[1]}"

    def choice(self, node: Node, refs: list[str]) -> str:
        """One of two numbers."""
        one, other = self._all(node.args[1:], refs[1:], plain=self.plain(node))
        return f"{refs[0]} ? {one} : {other}"

    def zero(self, total: Node) -> str:
        """Where a sum begins."""
        return "0" if self.plain(total) else "0n"

    def added(self, total: Node, sum_: str, ref: str) -> str:
        """The statement that adds to a sum."""
        return f"{sum_} += {self._as(total.args[0], ref, plain=self.plain(total), known=True)};"

    def _all(self, nodes: Iterable[Node], refs: list[str], *, plain: bool) -> list[str]:
        nodes = tuple(nodes)
        return [self._as(node, ref, plain=plain, known=False) for node, ref in zip(nodes, refs, strict=True)]

    def _as(self, node: Node, ref: str, *, plain: bool, known: bool) -> str:
        """A reference as a plain number or a BigInt; only the first is ever turned into the second here."""
        if node.kind == "null":
            return ref
        if node.kind == "const":
            return _literal(int(str(node.payload)), plain=plain)
        if plain or not self.plain(node):
            return ref
        return f"big({ref})" if node.nullable and not known else f"BigInt({ref})"


class Exact:
    """BigInt and ratios throughout, computed by calls of the runtime."""

    def constant(self, value: int) -> str:
        """A whole number standing alone."""
        return _literal(value, plain=False)

    def value(self, node: Node, refs: list[str]) -> str:
        """The operation of a node."""
        if node.kind == "arithmetic":
            return f"{_CALLS[str(node.payload)]}({refs[0]}, {refs[1]})"
        if node.kind == "divide":
            return f"{node.payload}({refs[0]}, {refs[1]})"
        if node.kind == "bound":
            low, high = ("null" if bound is None else _literal(bound, plain=False) for bound in _bounds(node))
            return f"clamp({refs[0]}, {low}, {high})"
        operator = _SAME.get(str(node.payload), str(node.payload))
        if node.args[0].type == "number":
            return f"order({refs[0]}, {refs[1]}) {operator} 0"
        return f"{refs[0]} {operator} {refs[1]}"

    def choice(self, _node: Node, refs: list[str]) -> str:
        """One of two numbers."""
        return f"{refs[0]} ? {refs[1]} : {refs[2]}"

    def zero(self, _total: Node) -> str:
        """Where a sum begins."""
        return "0n"

    def added(self, _total: Node, sum_: str, ref: str) -> str:
        """The statement that adds to a sum."""
        return f"{sum_} = plus({sum_}, {ref});"


def is_safe(node: Node) -> bool:
    """Whether all values of a node fit a plain JavaScript number, for rows inside the declared domains."""
    return node.low >= -SAFE and node.high <= SAFE


def _bounds(node: Node) -> tuple[int | None, int | None]:
    low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
    return (low if isinstance(low, int) else None), (high if isinstance(high, int) else None)


def _literal(value: int, *, plain: bool) -> str:
    digits = f"{value}" if plain else f"{value}n"
    return f"({digits})" if value < 0 else digits


def _clamped(ref: str, node: Node, *, plain: bool) -> str:
    """Strict comparisons one below and above, as in the closure."""
    low, high = _bounds(node)
    code = ref
    if high is not None:
        code = f"{ref} < {_literal(high + 1, plain=plain)} ? {ref} : {_literal(high, plain=plain)}"
    if low is not None:
        code = f"{ref} <= {_literal(low - 1, plain=plain)} ? {_literal(low, plain=plain)} : {code}"
    return code
