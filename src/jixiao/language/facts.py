"""Flow typing: what a test says of numbers in the branch it guards."""

import ast
from collections.abc import Iterator, Mapping
from itertools import pairwise

from jixiao.language.ir import Node
from jixiao.language.rational import Number
from jixiao.language.scope import Compiled
from jixiao.language.values import Value

Bounds = dict[int, tuple[int | None, int | None]]
"""Index of a node → the least and greatest value a guard leaves it."""

_OPERATORS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


class Facts:
    """Reads bounds off a test's syntax tree.

    A null number makes its comparison null, and whatever is computed from it null too, so bounds taken from a test that
    was not true are safe: they hold of every number that is not null.
    """

    def __init__(self, parts: Mapping[int, Value], lets: Mapping[str, Compiled]) -> None:
        """Take the values of the text's own sub-expressions so far, and the named values before it."""
        self._parts = parts
        self._lets = lets

    def of(self, test: ast.expr, *, holds: bool) -> Bounds:
        """The bounds that hold where the test is true (`holds`), or where it is false or null."""
        bounds: Bounds = {}
        for index, low, high in self.read(test, holds=holds):
            old_low, old_high = bounds.get(index, (None, None))
            lows = [bound for bound in (low, old_low) if bound is not None]
            highs = [bound for bound in (high, old_high) if bound is not None]
            bounds[index] = (max(lows, default=None), min(highs, default=None))
        return bounds

    def read(self, test: ast.expr, *, holds: bool) -> Iterator[tuple[int, int | None, int | None]]:
        """The bounds of single comparisons in a test: node index, least, greatest."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield from self.read(test.operand, holds=not holds)
        elif isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) is holds:
                for part in test.values:
                    yield from self.read(part, holds=holds)
        elif isinstance(test, ast.Name):
            let = self._lets.get(test.id)
            if let is not None:
                yield from Facts(let.parts, self._lets).read(let.tree, holds=holds)
        elif isinstance(test, ast.Compare):
            yield from self._comparisons(test, holds=holds)

    def _comparisons(self, test: ast.Compare, *, holds: bool) -> Iterator[tuple[int, int | None, int | None]]:
        if len(test.ops) > 1 and not holds:
            return
        for (left, right), sign in zip(pairwise([test.left, *test.comparators]), test.ops, strict=True):
            operator = _OPERATORS.get(type(sign))
            if operator is None or (not holds and operator not in _OPPOSITE):
                continue
            operator = operator if holds else _OPPOSITE[operator]
            yield from self._bound(operator, left, right)
            yield from self._bound(_MIRRORED[operator], right, left)

    def _bound(self, operator: str, left: ast.expr, right: ast.expr) -> Iterator[tuple[int, int | None, int | None]]:
        number, limit = self._parts.get(id(left)), self._parts.get(id(right))
        if not (isinstance(number, Number) and isinstance(limit, Number)):
            return
        if not (number.rounded and limit.rounded and limit.num.kind == "const" and number.num.kind != "const"):
            return
        low, high = _limits(operator, limit.num, number.scale - limit.scale)
        yield number.num.index, low, high


def _limits(operator: str, limit: Node, shift: int) -> tuple[int | None, int | None]:
    """Least and greatest integer x with x operator limit * 10**shift."""
    value = limit.low
    scaled = value * 10**shift if shift >= 0 else value // 10**-shift
    exact = shift >= 0 or value % 10**-shift == 0
    if operator == "==":
        return scaled, scaled if exact else scaled + 1
    if operator in (">", ">="):
        return (scaled if operator == ">=" and exact else scaled + 1), None
    return None, (scaled - 1 if operator == "<" and exact else scaled)
