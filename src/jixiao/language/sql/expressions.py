"""One node → one SQL expression over those of its arguments, null exactly where the closure gives `None`.

A template holds `{0}`, `{1}`… for the arguments, as often as the expression mentions them: a node that is mentioned
twice is given a column of its own by whoever writes the statement.
"""

from collections.abc import Callable, Mapping
from typing import Final

from jixiao.language.closure import BLANK, SPACES
from jixiao.language.ir import Node
from jixiao.language.sql.dialects import Dialect

_SIGNS: Final = {"==": "=", "!=": "<>"}
Template = Callable[[Node, Dialect], str]


def template(node: Node, dialect: Dialect) -> str:
    """The template of a node that is no column and no total."""
    return TEMPLATES[node.kind](node, dialect)


def _scalar(node: Node, dialect: Dialect) -> str:
    payload = node.payload
    if isinstance(payload, bool):
        return "TRUE" if payload else "FALSE"
    if isinstance(payload, int):
        return dialect.whole(payload)
    return _braced(dialect.text(payload)) if isinstance(payload, str) else dialect.null(node.type)


def _infix(node: Node, _dialect: Dialect) -> str:
    sign = str(node.payload)
    return f"({{0}} {_SIGNS.get(sign, sign)} {{1}})"


def _logic(node: Node, _dialect: Dialect) -> str:
    return "(NOT {0})" if node.payload == "not" else f"({{0}} {str(node.payload).upper()} {{1}})"


def _choose(_node: Node, _dialect: Dialect) -> str:
    return "CASE WHEN {0} THEN {1} ELSE {2} END"


def _missing(_node: Node, _dialect: Dialect) -> str:
    return "({0} IS NULL)"


def _member(node: Node, dialect: Dialect) -> str:
    values = node.payload if isinstance(node.payload, tuple) else ()
    if not values:
        return "({0} <> {0})"  # in none, and null of null
    return f"({{0}} IN ({_braced(dialect.texts(str(value) for value in values))}))"


def _blank(_node: Node, dialect: Dialect) -> str:
    trimmed = dialect.trimmed.format("{0}", _braced(dialect.text(SPACES)))
    return f"coalesce({trimmed} IN ({_braced(dialect.texts(sorted(BLANK)))}), TRUE)"


def _bound(node: Node, dialect: Dialect) -> str:
    low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
    clamped = [
        f"WHEN {{0}} {sign} {dialect.whole(end)} THEN {dialect.whole(end)}"
        for sign, end in (("<", low), (">", high))
        if isinstance(end, int)
    ]
    return f"CASE {' '.join(clamped)} ELSE {{0}} END"


def _divide(node: Node, dialect: Dialect) -> str:
    """The quotient of what is not negative; where a sign may stand, the size first and then the sign."""
    one, two = dialect.whole(1), dialect.whole(2)
    rounds = node.payload == "round"
    above = dialect.quotient.format(f"({two} * {{0}} + {{1}})", f"({two} * {{1}})") if rounds else (
        dialect.quotient.format("{0}", "{1}")
    )  # fmt: skip
    if node.args[0].sign >= 0:
        return above
    below = dialect.quotient.format(*(
        (f"({{1}} - {two} * {{0}})", f"({two} * {{1}})") if rounds else (f"({{1}} - {one} - {{0}})", "{1}")
    ))  # fmt: skip
    return f"CASE WHEN {{0}} >= {dialect.whole(0)} THEN {above} ELSE -{below} END"


def _braced(text: str) -> str:
    """A text that is not part of the template, inside one."""
    return text.replace("{", "{{").replace("}", "}}")


TEMPLATES: Final[Mapping[str, Template]] = {
    "const": _scalar,
    "null": _scalar,
    "arithmetic": _infix,
    "compare": _infix,
    "logic": _logic,
    "choose": _choose,
    "missing": _missing,
    "member": _member,
    "blank": _blank,
    "bound": _bound,
    "divide": _divide,
}
