"""Back end for a page: one self-contained JavaScript source made from the nodes, with the same digits as the closure.

The source holds two functions made from the same nodes. The fast one computes with plain numbers where that is proved
exact, on rows inside the declared domains; the exact one computes any row at all. The runtime chooses by looking at
every cell, so that nothing is ever wrapped or rounded in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from jixiao.language.closure import BLANK, SPACES
from jixiao.language.ir import Node, reachable
from jixiao.language.javascript.lines import Lines, Writer, quoted
from jixiao.language.javascript.numbers import Exact, Plain, is_safe
from jixiao.language.rational import Number
from jixiao.language.values import Truth, Value, nodes_of

Shape = Literal["module", "script"]
"""How a page loads the source: `import` of a module, or a plain script that sets one global name."""

GLOBAL: Final = "jixiaoRules"
"""The global name that a plain script sets."""

_EXPORTED: Final = ("run", "runExact", "LETS", "CONDITIONS", "FORM", "INDICATOR")


def generate(lets: Mapping[str, Value], conditions: Mapping[str, Truth], runtime: str, shape: Shape) -> str:
    """The source that computes these named values and conditions.

    Args:
        lets: name → value.
        conditions: code → truth.
        runtime: the text of `runtime.js`, which stands in the source.
        shape: a module with exports, or a plain script.
    """
    wanted = _exports([*lets.values(), *conditions.values()])
    nodes = reachable(wanted)
    columns = sorted((node for node in nodes if node.kind == "column"), key=lambda node: str(node.payload))
    at = {str(node.payload): _position(node, columns) for node in columns}
    members: dict[tuple[str, ...], str] = {}
    fast = Writer(wanted, Plain(nodes), at, members).write()
    exact = Writer(wanted, Exact(), at, members).write()
    parts = [
        f"const FORM = {_columns(columns, 'f')};",
        f"const INDICATOR = {_columns(columns, 'i')};",
        f"const LETS = {quoted({name: _slot(value, fast) for name, value in lets.items()})};",
        f"const CONDITIONS = {quoted({code: _place(truth.node, fast) for code, truth in conditions.items()})};",
        f"const SPACES = new Set({quoted(list(SPACES))});",
        f"const NOTHING = new Set({quoted(sorted(BLANK))});",
        *(f"const {name} = new Set({quoted(list(values))});" for values, name in members.items()),
        runtime.strip(),
        f"function fast(f, rows) {{\n{fast.source}\n}}",
        f"function exact(f, rows) {{\n{exact.source}\n}}",
    ]
    return _shaped("\n".join(parts), shape)


def _exports(values: Iterable[Value]) -> list[Node]:
    """The nodes of all values, each once; a divisor that is 1 is understood."""
    found = (node for value in values for node in _told(value))
    return list({node.index: node for node in found}.values())


def _told(value: Value) -> Sequence[Node]:
    return (value.num,) if isinstance(value, Number) and value.rounded else nodes_of(value)


def _position(column: Node, columns: Sequence[Node]) -> int:
    """Where a column stands among those of its own row."""
    return [other for other in columns if other.per_row == column.per_row].index(column)


def _columns(columns: Sequence[Node], namespace: str) -> str:
    own = [node for node in columns if str(node.payload).startswith(namespace)]
    return "[\n" + "".join(f"{_column(node)},\n" for node in own) + "]"


def _column(node: Node) -> str:
    name, nullable = quoted(str(node.payload)[2:]), "true" if node.nullable else "false"
    head = f'{{ name: {name}, kind: "{node.type}", nullable: {nullable}'
    if node.type != "number":
        return f"{head} }}"
    plain, end = ("true", "") if is_safe(node) else ("false", "n")
    return f"{head}, plain: {plain}, low: {node.low}{end}, high: {node.high}{end} }}"


def _slot(value: Value, lines: Lines) -> dict[str, object]:
    """What the runtime must know to read a named value."""
    nodes = _told(value)
    level = "indicator" if any(node.per_row for node in nodes) else "form"
    num = _place(nodes[0], lines)
    if not isinstance(value, Number):
        return {"level": level, "kind": nodes[0].type, "num": num}
    den = _place(nodes[1], lines) if len(nodes) > 1 else None
    return {"level": level, "kind": "number", "num": num, "den": den, "scale": value.scale}


def _place(node: Node, lines: Lines) -> tuple[int, int]:
    """Where an export stands: 1 in a row's or 0 in the form's, and its position there."""
    return (1, lines.rows[node.index]) if node.per_row else (0, lines.form[node.index])


def _shaped(body: str, shape: Shape) -> str:
    names = ", ".join(_EXPORTED)
    if shape == "module":
        return f"{body}\nexport {{ {names} }};\n"
    return f'var {GLOBAL} = (function () {{\n"use strict";\n{body}\nreturn {{ {names} }};\n}})();\n'
