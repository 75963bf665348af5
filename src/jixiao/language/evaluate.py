"""A plain interpreter of the nodes: slow, obvious; says why a value is null, and checks back ends in tests."""

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from jixiao.language.closure import BLANK, FormRow
from jixiao.language.ir import Node
from jixiao.language.schema import Cell


class Evaluator:
    """Evaluates nodes over one form."""

    def __init__(self, form: FormRow, rows: Sequence[FormRow]) -> None:
        """Take the form's row and its indicators' rows."""
        self._form = form
        self._rows = rows
        self._known: dict[tuple[int, int], Cell] = {}
        self._looked: set[tuple[int, int]] = set()

    def value(self, node: Node, row: int = 0) -> Cell:
        """The raw value of a node; `row` counts where the node is per indicator."""
        key = (node.index, row if node.per_row else -1)
        if key not in self._known:
            self._known[key] = self._compute(node, row)
        return self._known[key]

    def _compute(self, node: Node, row: int) -> Cell:
        special = self._KINDS.get(node.kind)
        if special:
            return special(self, node, row)
        args = [self.value(arg, row) for arg in node.args]
        return None if any(arg is None for arg in args) else _strict(node, args)

    def _scalar(self, node: Node, _row: int) -> Cell:
        return None if isinstance(node.payload, tuple) else node.payload

    def _column(self, node: Node, row: int) -> Cell:
        return (self._rows[row] if node.per_row else self._form)[str(node.payload)[2:]]

    def _total(self, node: Node, _row: int) -> Cell:
        values = [self.value(node.args[0], at) for at in range(len(self._rows))]
        return sum((_number(value) for value in values if value is not None), start=0)

    def _choose(self, node: Node, row: int) -> Cell:
        return self.value(node.args[1 if self.value(node.args[0], row) is True else 2], row)

    def _missing(self, node: Node, row: int) -> Cell:
        return self.value(node.args[0], row) is None

    def _blank(self, node: Node, row: int) -> Cell:
        text = self.value(node.args[0], row)
        return text is None or str(text).strip() in BLANK

    def _logic(self, node: Node, row: int) -> Cell:
        return _three_valued(str(node.payload), [self.value(arg, row) for arg in node.args])

    _KINDS: Final[Mapping[str, Callable[["Evaluator", Node, int], Cell]]] = {
        "const": _scalar,
        "null": _scalar,
        "column": _column,
        "total": _total,
        "choose": _choose,
        "missing": _missing,
        "blank": _blank,
        "logic": _logic,
    }

    def reasons(self, node: Node, row: int = 0) -> tuple[str, ...]:
        """The columns ("i.actual") whose being empty makes a node null; none if the node is not null."""
        found: dict[str, None] = {}
        self._looked.clear()
        self._trace(node, row, found)
        return tuple(found)

    def _trace(self, node: Node, row: int, found: dict[str, None]) -> None:
        if self.value(node, row) is not None:
            return
        if node.kind == "column":
            found[str(node.payload)] = None
        elif node.kind == "choose":
            taken = node.args[1 if self.value(node.args[0], row) is True else 2]
            self._trace(node.args[0], row, found)
            if taken.kind == "null":
                self._empty_columns(node.args[0], row, found)
            else:
                self._trace(taken, row, found)
        else:
            for arg in node.args:
                self._trace(arg, row, found)

    def _empty_columns(self, node: Node, row: int, found: dict[str, None]) -> None:
        """All empty columns a test looks at: the reason where a text says `None` itself."""
        key = (node.index, row if node.per_row else -1)
        if key in self._looked:
            return
        self._looked.add(key)
        if node.kind == "column" and self.value(node, row) in (None, ""):
            found[str(node.payload)] = None
        rows = range(len(self._rows)) if node.kind == "total" else (row,)
        for arg in node.args:
            for at in rows:
                self._empty_columns(arg, at, found)


def _number(value: Cell) -> int | Fraction:
    if isinstance(value, int | Fraction):
        return value
    raise TypeError(f"{value!r} is no number")


def _three_valued(name: str, args: Sequence[Cell]) -> bool | None:
    if name == "not":
        return None if args[0] is None else not args[0]
    decided = name == "or"
    if any(arg is decided for arg in args):
        return decided
    return None if any(arg is None for arg in args) else not decided


def _strict(node: Node, args: Sequence[Cell]) -> Cell:
    if node.kind == "member":
        return isinstance(node.payload, tuple) and args[0] in node.payload
    if node.kind == "compare" and node.payload in ("==", "!="):
        return (args[0] == args[1]) is (node.payload == "==")
    numbers = [arg for arg in args if not isinstance(arg, str | None)]
    if node.kind == "bound":
        low, high = node.payload if isinstance(node.payload, tuple) else (None, None)
        value = numbers[0]
        if isinstance(low, int) and value <= low - 1:
            return low
        return high if isinstance(high, int) and value >= high + 1 else value
    left, right = Fraction(numbers[0]), Fraction(numbers[1])
    if node.kind == "divide":
        size = (2 * abs(left) + right) // (2 * right)
        return left // right if node.payload == "floor" else size if left >= 0 else -size
    return _BINARY[str(node.payload)](left, right)


_BINARY: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction | bool]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
