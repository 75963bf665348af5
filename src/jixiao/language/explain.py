"""How a named value came about, told from its syntax tree and its trace: names, numbers, value; the branch taken."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.language.closure import Raw
from jixiao.language.ir import Node
from jixiao.language.result import Slot, picker, slot_of
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
    "sum": "合计", "count": "计数", "any": "任一", "all": "全部", "abs": "绝对值", "blank": "未填写",
}  # fmt: skip
_EXTREMES: Final = {"min": ("取小值", "smaller", "smallest"), "max": ("取大值", "larger", "largest")}
_CUTS: Final = {"round": ("四舍五入", "rounded"), "floor": ("舍去尾数", "cut")}
_AGGREGATES: Final = frozenset({"sum", "count", "any", "all"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a formula: its words in both languages, and a value for the line of numbers, or `None`: the words."""

    zh: str
    en: str
    number: "str | Value | None"
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
_BuildAt = Callable[[ast.expr, Compiled, int], "_Parts"]
Told = tuple[str, str, str, str]
"""中文 formula, English formula, the line of numbers in 中文 and in English."""


class Explainer:
    """Makes explanations of named values."""

    def __init__(self, scope: Scope, names: Iterable[str]) -> None:
        """Read the syntax trees of the named values to explain."""
        self._scope = scope
        self._lets = {name: scope.lets[name] for name in names}
        self._known: dict[tuple[int, int, int], _Parts] = {}
        self._parts = {name: self._told(let.tree, let) for name, let in self._lets.items()}

    def nodes(self) -> list[Node]:
        """The nodes whose values the explanations print or branch on."""
        seen: set[int] = set()
        return [node for parts in self._parts.values() for value in _values(parts, seen) for node in nodes_of(value)]

    def bound(self, form: Mapping[int, int], rows: Mapping[int, int]) -> dict[str, "Explained"]:
        """The explanations, reading from a run's exports."""
        binder = _Binder(form, rows)
        return {
            name: Explained(let, binder.slot(let.value), binder.bind(self._parts[name]))
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
        return self._once(node, 0, self._made, let)

    def _once(self, node: ast.expr, level: int, build: _BuildAt, let: Compiled) -> _Parts:
        """Parts of a sub-expression, made once: a value without a name is told wherever it is used."""
        key = id(node), id(let), level
        if key not in self._known:
            self._known[key] = build(node, let, level)
        return self._known[key]

    def _made(self, node: ast.expr, let: Compiled, _level: int) -> _Parts:
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
        return self._once(node, level, self._in_brackets, let)

    def _in_brackets(self, node: ast.expr, let: Compiled, level: int) -> _Parts:
        inner, text = self._written(node, let)
        if isinstance(inner, ast.IfExp):
            return self._conditional(inner, text, lambda below, within: self._wrapped(below, within, level))
        parts = self._parts_of(inner, text)
        if _is_worded(inner):
            return _bracketed(parts, inner)
        return (_fixed("("), *parts, _fixed(")")) if _precedence(inner) < level else parts

    def _written(self, node: ast.expr, let: Compiled) -> tuple[ast.expr, Compiled]:
        """A sub-expression, or what a named value without a name for people is written as, with its text."""
        while isinstance(node, ast.Name) and not self._scope.lets[node.id].zh:
            let = self._scope.lets[node.id]
            node = let.tree
        return node, let

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
        name = _function(node)
        if name in _CUTS:
            return self._cut(name, node.args, let)
        arguments = [self._parts_of(arg, let) for arg in node.args]
        if name in _EXTREMES:
            nested = [_function(self._written(arg, let)[0]) in _EXTREMES for arg in node.args]
            return _extreme(name, [_bracketed(*one) for one in zip(arguments, nested, strict=True)])
        inner = [piece for at, parts in enumerate(arguments) for piece in ((_fixed(", "), *parts) if at else parts)]
        if name in _AGGREGATES:
            zh, en = _in_words(inner)
            return (_Piece(f"{_FUNCTIONS[name]}({zh})", f"{name}({en})", let.parts[id(node)]),)
        return (_words(f"{_FUNCTIONS[name]}(", f"{name}("), *inner, _fixed(")"))

    def _cut(self, name: str, args: Sequence[ast.expr], let: Compiled) -> _Parts:
        """A number rounded or cut: 四舍五入(甲 ÷ 3，2 位), (first ÷ 3) rounded to 2 places."""
        digits = [part for arg in args[1:] for part in self._parts_of(arg, let) if isinstance(part, _Piece)]
        places = "".join(str(part.number or part.zh) for part in digits) or "0"
        zh, en = _CUTS[name]
        to = ("取整", "a whole number") if places == "0" else (f"{places} 位", f"{places} place{'s' * (places != '1')}")
        inner = self._written(args[0], let)[0]
        number = _bracketed(self._parts_of(args[0], let), _precedence(inner) < _ATOM or _is_worded(inner))
        return (_words(f"{zh}(", ""), *number, _words(f"，{to[0]})", f" {en} to {to[1]}"))

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
    return _words(text, text.replace(stripped, _ENGLISH[stripped]) if stripped in _ENGLISH else text)


def _words(zh: str, en: str) -> _Piece:
    """Words that stand in the line of numbers as well."""
    return _Piece(zh, en, None)


def _function(node: ast.expr) -> str:
    """The name of the function called; "" where none is."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _is_worded(node: ast.expr) -> bool:
    """Whether English tells it by words without brackets of their own."""
    return _function(node) in (*_EXTREMES, *_CUTS)


def _bracketed(parts: _Parts, needed: object) -> _Parts:
    """Parts in brackets in English, where its words need them."""
    return (_words("", "("), *parts, _words("", ")")) if needed else parts


def _extreme(name: str, arguments: Sequence[_Parts]) -> _Parts:
    """The least or greatest of numbers: 取小值(甲，乙), the smaller of first and second."""
    zh, of_two, of_more = _EXTREMES[name]
    last = len(arguments) - 1
    parts: list[_Piece | _Fork] = [_words(f"{zh}(", f"the {of_two if last == 1 else of_more} of ")]
    for at, argument in enumerate(arguments):
        parts += [_words("，", " and " if at == last else ", ")] if at else []
        parts += argument
    return (*parts, _words(")", ""))


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


def _values(parts: _Parts, seen: set[int]) -> Iterator[Value]:
    if id(parts) in seen:
        return
    seen.add(id(parts))
    for part in parts:
        if isinstance(part, _Fork):
            yield part.test
            for below in (part.then, part.orelse, part.reason):
                yield from _values(below, seen)
        elif part.number is not None and not isinstance(part.number, str | Nothing):
            yield part.number


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A formula without forks, bound to a run's exports."""

    zh: str
    en: str
    numbers: tuple[tuple[str, str] | Slot, ...]
    constant: bool

    def told(self, form: Sequence[Raw], row: Sequence[Raw]) -> Told:
        zh, en = "", ""
        for part in self.numbers:
            if isinstance(part, Slot):
                shown = part.shown(form, row)
                zh, en = zh + shown, en + shown
            else:
                zh, en = zh + part[0], en + part[1]
        return self.zh, self.en, zh, en


@dataclass(frozen=True, slots=True)
class _BoundFork:
    """A fork bound to a run's exports."""

    test: Slot
    then: "_Bound"
    orelse: "_Bound"
    reason: "_Bound"


_Bound = tuple["_Leaf | _BoundFork", ...]


class _Binder:
    """Binds parts to a run's exports; parts that stand in many formulas are bound once."""

    def __init__(self, form: Mapping[int, int], rows: Mapping[int, int]) -> None:
        self._form, self._rows = form, rows
        self._slots: dict[int, Slot] = {}
        self._bound: dict[int, _Bound] = {}

    def slot(self, value: Value) -> Slot:
        """Where a value stands."""
        if id(value) not in self._slots:
            self._slots[id(value)] = slot_of(value, self._form, self._rows)
        return self._slots[id(value)]

    def bind(self, parts: _Parts) -> _Bound:
        """Parts with the places of their values; the parts must live as long as this."""
        if id(parts) not in self._bound:
            self._bound[id(parts)] = tuple(self._made(parts))
        return self._bound[id(parts)]

    def _made(self, parts: _Parts) -> Iterator["_Leaf | _BoundFork"]:
        run: list[_Piece] = []
        for part in parts:
            if isinstance(part, _Piece):
                run.append(part)
                continue
            if run:
                yield self._leaf(run)
                run = []
            yield _BoundFork(self.slot(part.test), *map(self.bind, (part.then, part.orelse, part.reason)))
        if run:
            yield self._leaf(run)

    def _leaf(self, pieces: Sequence[_Piece]) -> _Leaf:
        numbers: list[tuple[str, str] | Slot] = []
        for piece in pieces:
            for part in self._numbers(piece):
                last = numbers[-1] if numbers else None
                if isinstance(part, tuple) and isinstance(last, tuple):
                    numbers[-1] = (last[0] + part[0], last[1] + part[1])
                else:
                    numbers.append(part)
        constant = not any(isinstance(part, Slot) for part in numbers)
        return _Leaf(
            "".join([piece.zh for piece in pieces]), "".join([piece.en for piece in pieces]), tuple(numbers), constant
        )  # fmt: skip

    def _numbers(self, piece: _Piece) -> tuple[tuple[str, str] | Slot, ...]:
        """What stands for a piece in the line of numbers: its words, or its value and unit."""
        value, unit = piece.number, ((piece.unit, piece.unit),) if piece.unit else ()
        if value is None:
            return ((piece.zh, piece.en),)
        if isinstance(value, str):
            return ((value, value), *unit)
        return (("空", "empty") if isinstance(value, Nothing) else self.slot(value), *unit)


_KEPT: Final = 4096
"""Stories that a named value keeps: lines of the same numbers, on one form or on many, are told but once."""


class Explained:
    """The explanation of one named value, ready to be told of any run."""

    __slots__ = ("_let", "_of_form", "_of_row", "_parts", "_slot", "_stories")

    def __init__(self, let: Compiled, slot: Slot, parts: _Bound) -> None:
        """Take the named value, where it stands, and its formula; find all that its story can depend on."""
        self._let, self._slot, self._parts = let, slot, parts
        places = sorted(
            {place for one in (slot, *_slots(parts, set())) for place in (one.num, one.den) if place is not None}
        )
        self._of_form = picker([at for in_row, at in places if not in_row])
        self._of_row = picker([at for in_row, at in places if in_row])
        self._stories: dict[tuple[tuple[Raw, ...], ...], tuple[str, str] | None] = {}

    def render(self, form: Sequence[Raw], row: Sequence[Raw]) -> tuple[str, str] | None:
        """The value's story in 中文 and English; `None` if it is null."""
        numbers = self._of_form(form), self._of_row(row)
        try:
            return self._stories[numbers]
        except KeyError:
            if len(self._stories) >= _KEPT:
                self._stories.clear()
        story = None if self._slot.raw(form, row) is None else self._told(form, row)
        self._stories[numbers] = story
        return story

    def _told(self, form: Sequence[Raw], row: Sequence[Raw]) -> tuple[str, str]:
        parts, fork, holds = self._parts, None, False
        while len(parts) == 1 and isinstance(parts[0], _BoundFork):
            fork = parts[0]
            holds = fork.test.raw(form, row) is True
            parts = fork.then if holds else fork.orelse
        zh, en, numbers, english = _joined(parts, form, row)
        value = self._slot.shown(form, row)
        because = _because(fork, form, row, holds=holds) if fork and _is_constant(parts) else ("", "")
        return (
            _sentence(self._let.zh, zh, numbers, value) + because[0],
            _sentence(self._let.en, en, english, value) + because[1],
        )


def _slots(parts: _Bound, seen: set[int]) -> Iterator[Slot]:
    """Every value that a formula shows or branches on."""
    if id(parts) in seen:
        return
    seen.add(id(parts))
    for part in parts:
        if isinstance(part, _BoundFork):
            yield part.test
            for side in (part.then, part.orelse, part.reason):
                yield from _slots(side, seen)
        else:
            yield from (number for number in part.numbers if isinstance(number, Slot))


def _because(fork: _BoundFork, form: Sequence[Raw], row: Sequence[Raw], *, holds: bool) -> tuple[str, str]:
    """The condition that chose a bare outcome, with its numbers where it has any."""
    zh, en, numbers, english = _joined(fork.reason, form, row)
    shown = numbers not in ("✓", "✗", "—")
    return (
        f"，因为 {zh}{'' if holds else ' 不成立'}{f'（{numbers}）' if shown else ''}",
        f", because {'' if holds else 'not '}{en}{f' ({english})' if shown else ''}",
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
    zh, en, numbers, english = "", "", "", ""
    for part in parts:
        if isinstance(part, _Leaf):
            told = part.told(form, row)
        else:
            told = _joined(part.then if part.test.raw(form, row) is True else part.orelse, form, row)
        zh, en, numbers, english = zh + told[0], en + told[1], numbers + told[2], english + told[3]
    return zh, en, numbers, english
