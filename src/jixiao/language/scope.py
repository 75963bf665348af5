"""What a rule text can name: columns, parameters and the values named before it."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.language.ir import Pool
from jixiao.language.rational import Exact
from jixiao.language.schema import Schema
from jixiao.language.values import Value

Parameter = Decimal | int | bool | str


def segment(text: str, node: ast.expr) -> str:
    """The part of a one-line text that a sub-tree was read from."""
    return text.encode()[node.col_offset : node.end_col_offset].decode()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule text, its syntax tree, its value, and the value of every sub-expression (by the identity of its tree).

    Attributes:
        where: name of the let or code of the condition.
        text: the rule text on one line.
        tree: its syntax tree.
        value: what it compiled to.
        parts: id of a sub-tree → its value.
        cases: id of a `case` call → its alternatives as (test, tree of the alternative).
        zh: name for people, 中文 (named values).
        en: name for people, English.
    """

    where: str
    text: str
    tree: ast.expr
    value: Value
    parts: Mapping[int, Value]
    cases: Mapping[int, tuple[tuple[Value, ast.expr], ...]]
    zh: str = ""
    en: str = ""


@dataclass(slots=True)
class Scope:
    """The names in reach of a rule text; grows by one with every let."""

    schema: Schema
    parameters: Mapping[str, Parameter]
    exact: Exact
    lets: dict[str, Compiled] = field(default_factory=dict)
    parameter_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def pool(self) -> Pool:
        """The pool all nodes are made in."""
        return self.exact.pool
