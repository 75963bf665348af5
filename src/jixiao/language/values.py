"""What an expression may be: a number, a truth, a text, or the bare `None` that takes the type of its surroundings."""

from dataclasses import dataclass

from jixiao.language.ir import Node
from jixiao.language.rational import Number


@dataclass(frozen=True, slots=True)
class Truth:
    """A three-valued truth."""

    node: Node


@dataclass(frozen=True, slots=True)
class Words:
    """A text; `values` are the only ones it may take, where that is known."""

    node: Node
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """The literal `None`."""


Value = Number | Truth | Words | Nothing


def nodes_of(value: Value) -> tuple[Node, ...]:
    """The nodes that hold a value."""
    if isinstance(value, Number):
        return value.num, value.den
    return () if isinstance(value, Nothing) else (value.node,)


def type_name(value: Value) -> str:
    """The type's name in messages."""
    names = {Number: "数 number", Truth: "真假 truth", Words: "文字 text", Nothing: "空 None"}
    return names[type(value)]
