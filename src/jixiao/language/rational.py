"""Exact rational numbers over integer nodes: value = num / (den * 10**scale), den proved positive."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from jixiao.language.ir import POSITIVE, Node, Pool


class DivisorError(Exception):
    """A divisor that is not proved positive."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the rule language; null where `num` or `den` is."""

    num: Node
    den: Node
    scale: int

    @property
    def rounded(self) -> bool:
        """Whether the value is a decimal number with `scale` places: nothing was divided since the last rounding."""
        return self.den.kind == "const" and self.den.payload == 1


class Exact:
    """Exact arithmetic on numbers; every method makes nodes of its pool."""

    def __init__(self, pool: Pool) -> None:
        """Work in a pool."""
        self.pool = pool
        self.one = pool.number(1)

    def literal(self, value: Decimal) -> Number:
        """A decimal constant, digit for digit."""
        exponent = value.as_tuple().exponent
        scale = max(0, -exponent) if isinstance(exponent, int) else 0
        return Number(self.pool.number(int(value.scaleb(scale))), self.one, scale)

    def column(self, node: Node, scale: int) -> Number:
        """A column's scaled integer."""
        return Number(node, self.one, scale)

    def null(self) -> Number:
        """The null number."""
        return Number(self.pool.null("number"), self.one, 0)

    def rescaled(self, number: Number, scale: int) -> Node:
        """The numerator at a scale not smaller than the number's own."""
        return self.pool.multiply(self.pool.number(10 ** (scale - number.scale)), number.num)

    def _aligned(self, left: Number, right: Number) -> tuple[Node, Node, int]:
        scale = max(left.scale, right.scale)
        return self.rescaled(left, scale), self.rescaled(right, scale), scale

    def add(self, left: Number, right: Number) -> Number:
        """Sum left + right."""
        return self._sum(left, right, self.pool.add)

    def subtract(self, left: Number, right: Number) -> Number:
        """Difference left - right."""
        return self._sum(left, right, self.pool.subtract)

    def _sum(self, left: Number, right: Number, combine: Callable[[Node, Node], Node]) -> Number:
        one, other, scale = self._aligned(left, right)
        if left.den is right.den:
            return Number(combine(one, other), left.den, scale)
        multiply = self.pool.multiply
        num = combine(multiply(one, right.den), multiply(other, left.den))
        return Number(num, multiply(left.den, right.den), scale)

    def multiply(self, left: Number, right: Number) -> Number:
        """Product left * right."""
        multiply = self.pool.multiply
        return Number(multiply(left.num, right.num), multiply(left.den, right.den), left.scale + right.scale)

    def divide(self, left: Number, right: Number) -> Number:
        """Quotient left / right, unrounded.

        Raises:
            DivisorError: `right` is not proved positive.
        """
        if right.num.sign != POSITIVE:
            raise DivisorError
        multiply = self.pool.multiply
        num, den = multiply(left.num, right.den), multiply(left.den, right.num)
        scale = left.scale - right.scale
        if scale < 0:
            num, scale = multiply(self.pool.number(10**-scale), num), 0
        return Number(num, den, scale)

    def compare(self, operator: str, left: Number, right: Number) -> Node:
        """The truth of left operator right, by cross-multiplication: never divided."""
        one, other, _ = self._aligned(left, right)
        if left.den is not right.den:
            one, other = self.pool.multiply(one, right.den), self.pool.multiply(other, left.den)
        return self.pool.compare(operator, one, other)

    def choose(self, test: Node, then: Number, orelse: Number) -> Number:
        """`then if test else orelse`; an alternative that is always null takes the shape of the other."""
        if then.num.kind == "null":
            return Number(self.pool.choose(test, then.num, orelse.num), orelse.den, orelse.scale)
        if orelse.num.kind == "null":
            return Number(self.pool.choose(test, then.num, orelse.num), then.den, then.scale)
        one, other, scale = self._aligned(then, orelse)
        return Number(self.pool.choose(test, one, other), self.pool.choose(test, then.den, orelse.den), scale)

    def extreme(self, left: Number, right: Number, side: Literal["min", "max"]) -> Number:
        """The smaller or greater of two; null if either is."""
        test = self.compare("<=" if side == "min" else ">=", left, right)
        chosen = self.choose(test, left, right)
        if not (left.rounded and right.rounded):
            return self._nulled(test, chosen)
        one, other, scale = self._aligned(left, right)
        pick = min if side == "min" else max
        sign = pick(one.sign, other.sign)
        narrowed = self.pool.narrowed(chosen.num, pick(one.low, other.low), pick(one.high, other.high), sign)
        return self._nulled(test, Number(narrowed, chosen.den, scale))

    def _nulled(self, test: Node, chosen: Number) -> Number:
        if not test.nullable:
            return chosen
        known = self.pool.negate(self.pool.missing(test))
        return Number(self.pool.choose(known, chosen.num, self.pool.null("number")), chosen.den, chosen.scale)

    def absolute(self, number: Number) -> Number:
        """The number without its sign."""
        test = self.pool.compare("<", number.num, self.pool.number(0))
        chosen = self.pool.choose(test, self.pool.subtract(self.pool.number(0), number.num), number.num)
        most = max(abs(number.num.low), abs(number.num.high))
        return Number(self.pool.narrowed(chosen, 0, most, 0), number.den, number.scale)

    def round(self, number: Number, places: int, mode: Literal["round", "floor"]) -> Number:
        """The number at `places` decimals: to the nearest, a half away from zero; or the greatest not above it."""
        if number.rounded and number.scale <= places:
            return Number(self.rescaled(number, places), self.one, places)
        num, den = number.num, number.den
        if number.scale > places:
            den = self.pool.multiply(self.pool.number(10 ** (number.scale - places)), den)
        else:
            num = self.rescaled(number, places)
        return Number(self.pool.divide(num, den, mode), self.one, places)

    def missing(self, number: Number) -> Node:
        """Whether the number is null."""
        return self.pool.either(self.pool.missing(number.num), self.pool.missing(number.den))
