"""How a named value came about, told from its syntax tree and its trace: names, numbers, value; the branch taken."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.language.closure import Raw
from jixiao.language.ir import Node
from jixiao.language.result import Slot, slot_of
from jixiao.language.scope import Compiled, Scope, segment
from jixiao.language.values import Nothing, Truth, Value, nodes_of

_SIGNS: Final[dict[type[ast.AST], tuple[str, int]]] = {
    ast.Add: ("+", 5), ast.Sub: ("−", 5), ast.Mult: ("×", 6), ast.Div: ("÷", 6),
    ast.Lt: ("<", 4), ast.LtE: ("≤", 4), ast.Gt: (">", 4), ast.GtE: ("≥", 4), ast.Eq: ("=", 4), ast.NotEq: ("≠", 4),
    ast.In: ("∈", 4), ast.NotIn: ("∉", 4), ast.Is: ("=", 4), ast.IsNot: ("≠", 4),
    ast.And: ("且", 2), ast.Or: ("或", 1),
}  # fmt: skip
_ENGLISH: Final = {"且": "and", "或": "or", "空": "empty", "非": "not "}
_ATOM: Final = 8
_FUNCTIONS: Final = {
    "round": "四舍五入", "floor": "舍去尾数", "sum": "合计", "count": "计数", "any": "任一", "all": "全部",
    "abs": "绝对值", "blank": "未填写", "min": "min", "max": "max",
}  # fmt: skip
_AGGREGATES: Final = frozenset({"sum", "count", "any", "all"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a formula: its words in both languages, and a fixed text or a value for the line of numbers."""

    zh: str
    en: str
    number: "str | Value"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Fork:
    """A condition: what is told where it holds, what where not, the condition as a reason, its name if it has one."""

    test: Truth
    then: "_Parts"
    orelse: "_Parts"
    reason: "_Parts"
    named: tuple[str, str] | None = None


_Parts = tuple["_Piece | _Fork", ...]
_Build = Callable[[ast.expr, Compiled], "_Parts"]
Told = tuple[str, str, str]
"""中文 formula, English formula, the line of numbers."""


class Explainer:
    """Makes explanations of named values."""

    def __init__(self, scope: Scope, names: Iterable[str]) -> None:
        """Read the syntax trees of the named values to explain."""
        self._scope = scope
        self._lets = {name: scope.lets[name] for name in names}
        self._parts = {name: self._told(let.tree, let) for name, let in self._lets.items()}

    def nodes(self) -> list[Node]:
        """The nodes whose values the explanations print or branch on."""
        return [node for parts in self._parts.values() for value in _values(parts) for node in nodes_of(value)]

    def bound(self, form: Mapping[int, int], rows: Mapping[int, int]) -> dict[str, "Explained"]:
        """The explanations, reading from a run's exports."""
        return {
            name: Explained(let, slot_of(let.value, form, rows), _bind(self._parts[name], form, rows))
            for name, let in self._lets.items()
        }

    def _told(self, node: ast.expr, let: Compiled) -> _Parts:
        """A whole value: forks first, another named value told as if written here."""
        if isinstance(node, ast.IfExp):
            return self._conditional(node, let, self._told)
        if isinstance(node, ast.Call) and id(node) in let.cases:
            return self._case(node, let, self._told)
        if isinstance(node, ast.Name):
            named = self._scope.lets[node.id]
            return self._told(named.tree, named)
        return self._parts_of(node, let)

    def _conditional(self, node: ast.IfExp, let: Compiled, build: _Build) -> _Parts:
        test = let.parts[id(node.test)]
        if not isinstance(test, Truth) or test.node.kind == "const":
            return build(node.body if id(node.body) in let.parts else node.orelse, let)
        named = self._scope.lets[node.test.id] if isinstance(node.test, ast.Name) else None
        name = (named.zh, named.en) if named and named.zh else None
        reason = self._parts_of(node.test, let) if name else self._told(node.test, let)
        return (_Fork(test, build(node.body, let), build(node.orelse, let), reason, name),)

    def _case(self, node: ast.Call, let: Compiled, build: _Build) -> _Parts:
        subject = self._parts_of(node.args[0], let)
        parts = build(node.args[2], let) if len(node.args) > 2 else (_fixed("空"),)
        keys = node.args[1].keys if isinstance(node.args[1], ast.Dict) else []
        for key, (test, body) in reversed(list(zip(keys, let.cases[id(node)], strict=True))):
            if isinstance(test, Truth) and key is not None:
                reason = (*subject, _fixed(" = "), *self._parts_of(key, let))
                parts = (_Fork(test, build(body, let), parts, reason),)
        return parts

    def _parts_of(self, node: ast.expr, let: Compiled) -> _Parts:
        """A sub-expression, by its kind of syntax; what has no kind here is a literal."""
        if isinstance(node, ast.IfExp):
            return self._conditional(node, let, self._parts_of)
        told = self._KINDS.get(type(node))
        return told(self, node, let) if told else (_fixed(_literal(node, let)),)

    def _name(self, node: ast.Name, let: Compiled) -> _Parts:
        named = self._scope.lets[node.id]
        if not named.zh:  # a step of the arithmetic without a name for people: told as written
            return self._parts_of(named.tree, named)
        return (_Piece(named.zh, named.en, let.parts[id(node)]),)

    def _binary(self, node: ast.BinOp, let: Compiled) -> _Parts:
        sign, level = _SIGNS[type(node.op)]
        left = self._wrapped(node.left, let, level)
        return (*left, _fixed(f" {sign} "), *self._wrapped(node.right, let, level + 1))

    def _unary(self, node: ast.UnaryOp, let: Compiled) -> _Parts:
        sign = "非" if isinstance(node.op, ast.Not) else "−"
        return (_fixed(sign), *self._wrapped(node.operand, let, 7))

    def _attribute(self, node: ast.Attribute, let: Compiled) -> _Parts:
        namespace = node.value.id if isinstance(node.value, ast.Name) else ""
        if namespace == "p":
            shown = str(self._scope.parameters[node.attr])
            zh, en = self._scope.parameter_names.get(node.attr, (shown, shown))
            return (_Piece(zh, en, shown),)
        column = self._scope.schema.column(namespace, node.attr)
        value = let.parts[id(node)]
        if column is None:
            return (_Piece(node.attr, node.attr, value),)
        return (_Piece(column.zh or node.attr, column.en or node.attr, value, column.unit),)

    def _wrapped(self, node: ast.expr, let: Compiled, level: int) -> _Parts:
        """A sub-expression in brackets where its place needs them."""
        if isinstance(node, ast.IfExp):
            return self._conditional(node, let, lambda below, text: self._wrapped(below, text, level))
        inner, text = node, let
        while isinstance(inner, ast.Name) and not self._scope.lets[inner.id].zh:
            text = self._scope.lets[inner.id]
            inner = text.tree
        parts = self._parts_of(inner, text)
        return (_fixed("("), *parts, _fixed(")")) if _precedence(inner) < level else parts

    def _joined(self, node: ast.BoolOp, let: Compiled) -> _Parts:
        sign, level = _SIGNS[type(node.op)]
        parts = [self._wrapped(value, let, level) for value in node.values if id(value) in let.parts]
        return tuple(piece for at, part in enumerate(parts) for piece in ((_fixed(f" {sign} "), *part) if at else part))

    def _comparison(self, node: ast.Compare, let: Compiled) -> _Parts:
        parts = list(self._wrapped(node.left, let, 5))
        for op, right in zip(node.ops, node.comparators, strict=True):
            parts.append(_fixed(f" {_SIGNS[type(op)][0]} "))
            parts += self._wrapped(right, let, 5)
        return tuple(parts)

    def _members(self, node: ast.expr, let: Compiled) -> _Parts:
        return (_fixed(segment(let.text, node)),)

    def _call(self, node: ast.Call, let: Compiled) -> _Parts:
        if id(node) in let.cases:
            return self._case(node, let, self._parts_of)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        arguments = [self._parts_of(arg, let) for arg in node.args]
        if name in ("round", "floor") and len(arguments) > 1:
            arguments[1] = tuple(_fixed(str(part.number)) for part in arguments[1] if isinstance(part, _Piece))
        inner = [piece for at, parts in enumerate(arguments) for piece in ((_fixed(", "), *parts) if at else parts)]
        if name in _AGGREGATES:
            zh, en = _in_words(inner)
            return (_Piece(f"{_FUNCTIONS[name]}({zh})", f"{name}({en})", let.parts[id(node)]),)
        return (_Piece(f"{_FUNCTIONS[name]}(", f"{name}(", f"{name}("), *inner, _fixed(")"))

    _KINDS: Final[Mapping[type[ast.expr], Callable[..., _Parts]]] = {
        ast.Name: _name,
        ast.Attribute: _attribute,
        ast.BinOp: _binary,
        ast.BoolOp: _joined,
        ast.Compare: _comparison,
        ast.UnaryOp: _unary,
        ast.Call: _call,
        ast.Tuple: _members,
        ast.List: _members,
    }


def _in_words(parts: Iterable[_Piece | _Fork]) -> tuple[str, str]:
    """A formula with its forks spelled out, in both languages."""
    zh, en = "", ""
    for part in parts:
        if isinstance(part, _Piece):
            told = (part.zh, part.en)
        else:
            test = part.named or _in_words(part.reason)
            then, orelse = _in_words(part.then), _in_words(part.orelse)
            told = (f"若 {test[0]} 则 {then[0]}，否则 {orelse[0]}", f"{then[1]} if {test[1]} else {orelse[1]}")
        zh, en = zh + told[0], en + told[1]
    return zh, en


def _fixed(text: str) -> _Piece:
    stripped = text.strip()
    english = text.replace(stripped, _ENGLISH[stripped]) if stripped in _ENGLISH else text
    return _Piece(text, english, text)


def _english(numbers: str) -> str:
    """A line of numbers with the words between them in English."""
    for word, english in _ENGLISH.items():
        numbers = numbers.replace(word, english)
    return numbers


def _literal(node: ast.expr, let: Compiled) -> str:
    if isinstance(node, ast.Constant):
        if node.value is None:
            return "空"
        if isinstance(node.value, str):
            return f"“{node.value}”"
    return segment(let.text, node)


def _precedence(node: ast.expr) -> int:
    if isinstance(node, ast.BinOp | ast.BoolOp):
        return _SIGNS[type(node.op)][1]
    if isinstance(node, ast.Compare):
        return 4
    return 0 if isinstance(node, ast.IfExp) else 7 if isinstance(node, ast.UnaryOp) else _ATOM


def _values(parts: _Parts) -> Iterator[Value]:
    for part in parts:
        if isinstance(part, _Fork):
            yield part.test
            for below in (part.then, part.orelse, part.reason):
                yield from _values(below)
        elif not isinstance(part.number, str | Nothing):
            yield part.number


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A formula without forks, bound to a run's exports."""

    zh: str
    en: str
    numbers: tuple[str | Slot, ...]
    constant: bool

    def told(self, form: Sequence[Raw], row: Sequence[Raw]) -> Told:
        line = "".join([part if isinstance(part, str) else part.shown(form, row) for part in self.numbers])
        return self.zh, self.en, line


@dataclass(frozen=True, slots=True)
class _BoundFork:
    """A fork bound to a run's exports."""

    test: Slot
    then: "_Bound"
    orelse: "_Bound"
    reason: "_Bound"


_Bound = tuple["_Leaf | _BoundFork", ...]


def _bind(parts: _Parts, form: Mapping[int, int], rows: Mapping[int, int]) -> _Bound:
    bound: list[_Leaf | _BoundFork] = []
    run: list[_Piece] = []
    for part in parts:
        if isinstance(part, _Piece):
            run.append(part)
            continue
        if run:
            bound.append(_leaf(run, form, rows))
            run = []
        below = [_bind(side, form, rows) for side in (part.then, part.orelse, part.reason)]
        bound.append(_BoundFork(slot_of(part.test, form, rows), *below))
    if run:
        bound.append(_leaf(run, form, rows))
    return tuple(bound)


def _leaf(pieces: Sequence[_Piece], form: Mapping[int, int], rows: Mapping[int, int]) -> _Leaf:
    numbers: list[str | Slot] = []
    for piece in pieces:
        texts = [piece.unit] if piece.unit else []
        value = piece.number
        first = value if isinstance(value, str) else "空" if isinstance(value, Nothing) else slot_of(value, form, rows)
        for part in (first, *texts):
            if isinstance(part, str) and numbers and isinstance(numbers[-1], str):
                numbers[-1] += part
            else:
                numbers.append(part)
    constant = not any(isinstance(part, Slot) for part in numbers)
    return _Leaf(
        "".join(piece.zh for piece in pieces), "".join(piece.en for piece in pieces), tuple(numbers), constant
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation of one named value, ready to be told of any run."""

    let: Compiled
    slot: Slot
    parts: _Bound

    def render(self, form: Sequence[Raw], row: Sequence[Raw]) -> tuple[str, str] | None:
        """The value's story in 中文 and English; `None` if it is null."""
        if self.slot.raw(form, row) is None:
            return None
        parts, fork, holds = self.parts, None, False
        while len(parts) == 1 and isinstance(parts[0], _BoundFork):
            fork = parts[0]
            holds = fork.test.raw(form, row) is True
            parts = fork.then if holds else fork.orelse
        zh, en, numbers = _joined(parts, form, row)
        value = self.slot.shown(form, row)
        because = _because(fork, form, row, holds=holds) if fork and _is_constant(parts) else ("", "")
        return (
            _sentence(self.let.zh, zh, numbers, value) + because[0],
            _sentence(self.let.en, en, _english(numbers), value) + because[1],
        )


def _because(fork: _BoundFork, form: Sequence[Raw], row: Sequence[Raw], *, holds: bool) -> tuple[str, str]:
    """The condition that chose a bare outcome, with its numbers where it has any."""
    zh, en, numbers = _joined(fork.reason, form, row)
    shown = numbers not in ("✓", "✗", "—")
    return (
        f"，因为 {zh}{'' if holds else ' 不成立'}{f'（{numbers}）' if shown else ''}",
        f", because {'' if holds else 'not '}{en}{f' ({_english(numbers)})' if shown else ''}",
    )


def _is_constant(parts: _Bound) -> bool:
    return all(isinstance(part, _Leaf) and part.constant for part in parts)


def _sentence(name: str, formula: str, numbers: str, value: str) -> str:
    """Name, formula, numbers and value joined by "=", each but once; a text as outcome stands without its quotes."""
    if formula == numbers:
        formula = formula.strip("“”")
        return f"{name} = {formula}" if formula == value else f"{name} = {formula} = {value}"
    return f"{name} = {formula} = {numbers}" if numbers == value else f"{name} = {formula} = {numbers} = {value}"


def _joined(parts: _Bound, form: Sequence[Raw], row: Sequence[Raw]) -> Told:
    zh, en, numbers = "", "", ""
    for part in parts:
        if isinstance(part, _Leaf):
            told = part.told(form, row)
        else:
            told = _joined(part.then if part.test.raw(form, row) is True else part.orelse, form, row)
        zh, en, numbers = zh + told[0], en + told[1], numbers + told[2]
    return zh, en, numbers
