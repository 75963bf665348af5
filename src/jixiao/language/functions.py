"""The frozen functions of the rule language: min max abs round floor sum count any all blank case."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal, NoReturn, Protocol, TypeVar

from jixiao.language.facts import Bounds
from jixiao.language.ir import Node
from jixiao.language.rational import Number
from jixiao.language.scope import Scope
from jixiao.language.values import Nothing, Truth, Value, Words

MAX_PLACES: Final = 6
_T = TypeVar("_T")


class Compiling(Protocol):
    """What a function needs of the compiler: its scope, its state, and how to compile arguments of a type."""

    scope: Scope
    cases: dict[int, tuple[tuple[Value, ast.expr], ...]]
    in_aggregate: bool
    guards: list[Bounds]

    def value(self, node: ast.expr) -> Value:
        """Compile an argument of any type."""

    def number(self, node: ast.expr) -> Number:
        """Compile an argument that must be a number."""

    def truth(self, node: ast.expr) -> Truth:
        """Compile an argument that must be a condition."""

    def words(self, node: ast.expr) -> Words:
        """Compile an argument that must be a text."""

    def equal(self, left: Value, right: Value, node: ast.expr, operator: str = "==") -> Truth:
        """Compare two values of one type."""

    def choose(self, test: Truth, then: Value, orelse: Value, node: ast.expr) -> Value:
        """One of two values of one type."""

    def refuse(self, node: ast.expr | None, zh: str, en: str) -> NoReturn:
        """Refuse the text."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: how it is compiled, how many arguments it takes, how it is written."""

    compile: Callable[[Compiling, ast.Call], Value]
    least: int
    most: int
    usage: str


def _min(compiler: Compiling, call: ast.Call) -> Value:
    return _extreme(compiler, call, "min")


def _max(compiler: Compiling, call: ast.Call) -> Value:
    return _extreme(compiler, call, "max")


def _extreme(compiler: Compiling, call: ast.Call, side: Literal["min", "max"]) -> Value:
    exact = compiler.scope.exact
    return reduce(lambda one, other: exact.extreme(one, other, side), [compiler.number(arg) for arg in call.args])


def _abs(compiler: Compiling, call: ast.Call) -> Value:
    return compiler.scope.exact.absolute(compiler.number(call.args[0]))


def _round(compiler: Compiling, call: ast.Call) -> Value:
    return compiler.scope.exact.round(compiler.number(call.args[0]), _places(compiler, call), "round")


def _floor(compiler: Compiling, call: ast.Call) -> Value:
    return compiler.scope.exact.round(compiler.number(call.args[0]), _places(compiler, call), "floor")


def _places(compiler: Compiling, call: ast.Call) -> int:
    if len(call.args) == 1:
        return 0
    places = compiler.number(call.args[1])
    if places.num.kind != "const" or places.scale or not 0 <= places.num.low <= MAX_PLACES:
        compiler.refuse(
            call.args[1],
            f"小数位数应为 0 到 {MAX_PLACES} 的整数或参数",
            f"places must be a whole number or parameter from 0 to {MAX_PLACES}",
        )
    return places.num.low


def _sum(compiler: Compiling, call: ast.Call) -> Value:
    number = _inside(compiler, call, compiler.number)
    if not number.rounded:
        compiler.refuse(call.args[0], "求和前须先取整：sum(round(…, 2))", "round before summing: sum(round(…, 2))")
    return Number(compiler.scope.pool.total(number.num), compiler.scope.exact.one, number.scale)


def _count(compiler: Compiling, call: ast.Call) -> Value:
    return _counted(compiler, _inside(compiler, call, compiler.truth).node)


def _any(compiler: Compiling, call: ast.Call) -> Value:
    return Truth(_any_of(compiler, _inside(compiler, call, compiler.truth).node))


def _all(compiler: Compiling, call: ast.Call) -> Value:
    pool = compiler.scope.pool
    return Truth(pool.negate(_any_of(compiler, pool.negate(_inside(compiler, call, compiler.truth).node))))


def _any_of(compiler: Compiling, truth: Node) -> Node:
    pool = compiler.scope.pool
    zero = pool.number(0)
    found = pool.compare(">", _counted(compiler, truth).num, zero)
    if not truth.nullable:
        return found
    unknown = pool.compare(">", _counted(compiler, pool.missing(truth)).num, zero)
    return pool.either(found, pool.choose(unknown, pool.null("truth"), pool.false))


def _counted(compiler: Compiling, truth: Node) -> Number:
    pool = compiler.scope.pool
    return Number(pool.total(pool.choose(truth, pool.number(1), pool.number(0))), compiler.scope.exact.one, 0)


def _inside(compiler: Compiling, call: ast.Call, compile_argument: Callable[[ast.expr], _T]) -> _T:
    if compiler.in_aggregate:
        compiler.refuse(call, "汇总函数不能嵌套", "an aggregate cannot stand inside another")
    compiler.in_aggregate = True
    guards, compiler.guards = compiler.guards, []  # a guard outside speaks of this row, the aggregate of every row
    try:
        return compile_argument(call.args[0])
    finally:
        compiler.in_aggregate = False
        compiler.guards = guards


def _blank(compiler: Compiling, call: ast.Call) -> Value:
    return Truth(compiler.scope.pool.blank(compiler.words(call.args[0]).node))


def _case(compiler: Compiling, call: ast.Call) -> Value:
    """case(x, {key: value, …}, default): the value beside the key that equals x; without default, None."""
    table = call.args[1]
    if not isinstance(table, ast.Dict) or not table.keys or any(key is None for key in table.keys):
        compiler.refuse(call, f"用法：{_CASE_USAGE}", f"usage: {_CASE_USAGE}")
    subject = compiler.value(call.args[0])
    result: Value = compiler.value(call.args[2]) if len(call.args) > 2 else Nothing()
    branches: list[tuple[Value, ast.expr]] = []
    for key, body in reversed(list(zip(table.keys, table.values, strict=True))):
        if key is not None:
            test = compiler.equal(subject, compiler.value(key), key)
            result = compiler.choose(test, compiler.value(body), result, body)
            branches.append((test, body))
    compiler.cases[id(call)] = tuple(reversed(branches))
    return result


_CASE_USAGE: Final = 'case(x, {"≥": a, "≤": b}, default)'
FUNCTIONS: Final[dict[str, Function]] = {
    "min": Function(_min, 2, 9, "min(a, b, …)"),
    "max": Function(_max, 2, 9, "max(a, b, …)"),
    "abs": Function(_abs, 1, 1, "abs(x)"),
    "round": Function(_round, 1, 2, "round(x, places)"),
    "floor": Function(_floor, 1, 2, "floor(x, places)"),
    "sum": Function(_sum, 1, 1, "sum(x)"),
    "count": Function(_count, 1, 1, "count(condition)"),
    "any": Function(_any, 1, 1, "any(condition)"),
    "all": Function(_all, 1, 1, "all(condition)"),
    "blank": Function(_blank, 1, 1, "blank(text)"),
    "case": Function(_case, 2, 3, _CASE_USAGE),
}
