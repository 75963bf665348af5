"""Rule text → whitelisted syntax tree → typed, exact values in the integer form."""

import ast
import difflib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache, reduce
from itertools import pairwise
from typing import Final, NoReturn

from jixiao.language import functions
from jixiao.language.errors import OverflowRefusedError, RuleError
from jixiao.language.facts import Bounds, Facts
from jixiao.language.ir import Node, Type
from jixiao.language.rational import DivisorError, Number
from jixiao.language.schema import ColumnKind
from jixiao.language.scope import Compiled, Parameter, Scope, segment
from jixiao.language.values import Nothing, Truth, Value, Words, type_name

MAX_TEXT: Final = 6000
MAX_DEPTH: Final = 100
_COMPARISONS: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_TYPES: Final[dict[ColumnKind, Type]] = {"number": "number", "boolean": "truth", "enum": "text", "text": "text"}


class Compiler:
    """Compiles one rule text in a scope."""

    def __init__(self, scope: Scope, where: str, text: str) -> None:
        """Take the scope, the name of the let or condition, and its text."""
        self.scope = scope
        self.where = where
        self.text = " ".join(text.split())
        self.parts: dict[int, Value] = {}
        self.cases: dict[int, tuple[tuple[Value, ast.expr], ...]] = {}
        self.in_aggregate = False
        self.guards: list[Bounds] = []
        self._facts = Facts(self.parts, scope.lets)

    def compile(self, zh: str = "", en: str = "") -> Compiled:
        """The compiled text.

        Raises:
            RuleError: the text is not of the language; the error names the text, the column and what was expected.
        """
        tree = self._parse()
        if len(self.text) >= MAX_DEPTH - 1 and _deeper_than(tree, MAX_DEPTH):
            self.refuse(tree, f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep")
        value = self.value(tree)
        return Compiled(self.where, self.text, tree, value, self.parts, self.cases, zh, en)

    def _parse(self) -> ast.expr:
        if len(self.text) > MAX_TEXT:
            self.refuse(None, f"规则文本超过 {MAX_TEXT} 字", f"the text is longer than {MAX_TEXT} characters")
        try:
            return _tree(self.text)
        except SyntaxError as error:
            column = (error.offset or 1) - 1
            place = (column + 1, self.text[column : column + 12] or self.text[:12])
            raise RuleError(
                self.where, self.text, place, zh="不是合法的表达式", en=f"not an expression: {error.msg}"
            ) from error
        except (ValueError, RecursionError, MemoryError) as error:
            place = (1, self.text[:12])
            raise RuleError(self.where, self.text, place, zh="无法解析", en=f"cannot be parsed: {error}") from error

    def value(self, node: ast.expr) -> Value:
        """Compile one sub-expression under the facts that hold where it stands."""
        compile_node = self._DISPATCH.get(type(node))
        if compile_node is None:
            self.refuse(node, "规则语言没有这种写法", f"{type(node).__name__} is not part of the rule language")
        try:
            value = self._narrowed(compile_node(self, node))
        except OverflowRefusedError as error:
            self.refuse(
                node,
                f"数值可能达到 {error.low} … {error.high}，超出 64 位；请收窄列的取值范围或加条件",
                f"the value may reach {error.low} … {error.high}, beyond 64 bits; narrow a column or add a guard",
            )
        self.parts[id(node)] = value
        return value

    def _narrowed(self, value: Value) -> Value:
        if isinstance(value, Number) and value.rounded:
            for bounds in self.guards:
                limit = bounds.get(value.num.index)
                if limit:
                    value = Number(self.scope.pool.bound(value.num, *limit), value.den, value.scale)
        return value

    def under(self, test: ast.expr, node: ast.expr, *, holds: bool) -> Value:
        """Compile a sub-expression in the branch where a test holds, or does not."""
        self.guards.append(self._facts.of(test, holds=holds))
        try:
            return self.value(node)
        finally:
            self.guards.pop()

    def number(self, node: ast.expr) -> Number:
        """Compile a sub-expression that must be a number."""
        value = self.value(node)
        if not isinstance(value, Number):
            self.refuse(
                node, f"此处应为数，实为{type_name(value)}", f"a number is expected here, not {type_name(value)}"
            )
        return value

    def truth(self, node: ast.expr) -> Truth:
        """Compile a sub-expression that must be a truth."""
        value = self.value(node)
        if not isinstance(value, Truth):
            self.refuse(
                node, f"此处应为条件，实为{type_name(value)}", f"a condition is expected here, not {type_name(value)}"
            )
        return value

    def words(self, node: ast.expr) -> Words:
        """Compile a sub-expression that must be a text."""
        value = self.value(node)
        if not isinstance(value, Words):
            self.refuse(
                node, f"此处应为文字，实为{type_name(value)}", f"a text is expected here, not {type_name(value)}"
            )
        return value

    def choose(self, test: Truth, then: Value, orelse: Value, node: ast.expr) -> Value:
        """`then if test else orelse` for values of one type."""
        if test.node.kind == "const":
            return then if test.node.payload else orelse
        if isinstance(then, Nothing) and isinstance(orelse, Nothing):
            return then
        then, orelse = self._typed(then, orelse), self._typed(orelse, then)
        if isinstance(then, Number) and isinstance(orelse, Number):
            return self.scope.exact.choose(test.node, then, orelse)
        if isinstance(then, Truth) and isinstance(orelse, Truth):
            return Truth(self.scope.pool.choose(test.node, then.node, orelse.node))
        if not (isinstance(then, Words) and isinstance(orelse, Words)):
            both = f"{type_name(then)} / {type_name(orelse)}"
            self.refuse(node, f"两个分支类型不同：{both}", f"the branches differ in type: {both}")
        values = tuple(dict.fromkeys(then.values + orelse.values)) if then.values and orelse.values else ()
        return Words(self.scope.pool.choose(test.node, then.node, orelse.node), values)

    def _typed(self, value: Value, like: Value) -> Value:
        if not isinstance(value, Nothing):
            return value
        if isinstance(like, Number):
            return self.scope.exact.null()
        if isinstance(like, Truth):
            return Truth(self.scope.pool.null("truth"))
        return Words(self.scope.pool.null("text"), like.values if isinstance(like, Words) else ())

    def equal(self, left: Value, right: Value, node: ast.expr, operator: str = "==") -> Truth:
        """Left == right, or another comparison, for values of one type; an unknown text of an enum is refused."""
        if isinstance(left, Number) and isinstance(right, Number):
            return Truth(self.scope.exact.compare(operator, left, right))
        same = (isinstance(left, Words) and isinstance(right, Words)) or (
            isinstance(left, Truth) and isinstance(right, Truth)
        )
        if not same or operator not in ("==", "!="):
            both = f"{type_name(left)} {operator} {type_name(right)}"
            self.refuse(node, f"不能这样比较：{both}", f"cannot be compared so: {both}")
        if isinstance(left, Words) and isinstance(right, Words):
            self._check_values(left, right, node)
            self._check_values(right, left, node)
        return Truth(self.scope.pool.compare(operator, *_ordered(_node(left), _node(right))))

    def _check_values(self, words: Words, other: Words, node: ast.expr) -> None:
        closed = bool(words.values) and words.node.kind != "const"
        if closed and other.node.kind == "const" and other.node.payload not in words.values:
            allowed = " ".join(words.values)
            self.refuse(
                node, f"“{other.node.payload}” 不在取值之列：{allowed}", f"{other.node.payload!r} is none of: {allowed}"
            )

    def refuse(self, node: ast.expr | None, zh: str, en: str) -> NoReturn:
        """Raise the `RuleError` of a sub-expression (the whole text if None) with its sentence in both languages."""
        place = (1, self.text[:40])
        if node:
            place = (1 + len(self.text.encode()[: node.col_offset].decode()), segment(self.text, node))
        raise RuleError(self.where, self.text, place, zh=zh, en=en)

    # --- one method a kind of syntax -------------------------------------------------------------------------------

    def _constant(self, node: ast.Constant) -> Value:
        if node.value is None:
            return Nothing()
        if isinstance(node.value, bool):
            return self._truth_constant(holds=node.value)
        if isinstance(node.value, str):
            return Words(self.scope.pool.text(node.value), (node.value,))
        try:
            return self.scope.exact.literal(Decimal(segment(self.text, node)))
        except InvalidOperation:
            self.refuse(node, "不是十进制数", "not a decimal number")

    def _attribute(self, node: ast.Attribute) -> Value:
        namespace = node.value.id if isinstance(node.value, ast.Name) else ""
        if namespace == "p":
            return self._parameter(node)
        if namespace not in ("f", "i"):
            self.refuse(node, "只有 f. i. p. 后可跟名称", "only f., i. and p. have names below them")
        column = self.scope.schema.column(namespace, node.attr)
        if column is None:
            self._unknown(node, node.attr, self.scope.schema.columns[namespace], "列", "column")
        domain = (int(column.low.scaleb(column.scale)), int(column.high.scaleb(column.scale)))
        name = f"{namespace}.{node.attr}"
        made = self.scope.pool.column(name, _TYPES[column.kind], domain, nullable=column.nullable)
        if column.kind == "number":
            return self.scope.exact.column(made, column.scale)
        return Truth(made) if column.kind == "boolean" else Words(made, column.values)

    def _parameter(self, node: ast.Attribute) -> Value:
        if node.attr not in self.scope.parameters:
            self._unknown(node, node.attr, self.scope.parameters, "参数", "parameter")
        return self.constant(self.scope.parameters[node.attr])

    def constant(self, value: Parameter) -> Value:
        """A book's parameter as a constant."""
        if isinstance(value, bool):
            return self._truth_constant(holds=value)
        if isinstance(value, str):
            return Words(self.scope.pool.text(value))
        return self.scope.exact.literal(Decimal(value))

    def _truth_constant(self, *, holds: bool) -> Truth:
        return Truth(self.scope.pool.true if holds else self.scope.pool.false)

    def _name(self, node: ast.Name) -> Value:
        let = self.scope.lets.get(node.id)
        if let is None:
            self._unknown(node, node.id, self.scope.lets, "命名值", "named value")
        return let.value

    def _unknown(self, node: ast.expr, name: str, known: Iterable[str], zh: str, en: str) -> NoReturn:
        near = difflib.get_close_matches(name, list(known), n=3)
        self.refuse(
            node,
            f"没有这个{zh}{'；是否为 ' + ' '.join(near) if near else ''}",
            f"no such {en}{'; did you mean ' + ', '.join(near) if near else ''}",
        )

    def _binary(self, node: ast.BinOp) -> Value:
        left, right = self.number(node.left), self.number(node.right)
        operate = {
            ast.Add: self.scope.exact.add,
            ast.Sub: self.scope.exact.subtract,
            ast.Mult: self.scope.exact.multiply,
            ast.Div: self.scope.exact.divide,
        }.get(type(node.op))
        if operate is None:
            self.refuse(node, "只有 + - * / 四种运算", "only + - * / are operators")
        try:
            return operate(left, right)
        except DivisorError:
            self.refuse(
                node.right,
                "除数可能为零或为负；请先写条件，如 `a / b if b > 0 else None`",
                "the divisor may be zero or negative; guard it, as in `a / b if b > 0 else None`",
            )

    def _unary(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.Not):
            return Truth(self.scope.pool.negate(self.truth(node.operand).node))
        if not isinstance(node.op, ast.USub):
            self.refuse(node, "没有这种一元运算", "no such operator on one value")
        return self.scope.exact.subtract(self.scope.exact.literal(Decimal(0)), self.number(node.operand))

    def _boolean(self, node: ast.BoolOp) -> Value:
        is_and = isinstance(node.op, ast.And)
        combine = self.scope.pool.both if is_and else self.scope.pool.either
        depth = len(self.guards)
        try:
            result = self.truth(node.values[0]).node
            for before, part in pairwise(node.values):
                self.guards.append(self._facts.of(before, holds=is_and))
                result = combine(result, self.truth(part).node)
        finally:
            del self.guards[depth:]
        return Truth(result)

    def _conditional(self, node: ast.IfExp) -> Value:
        test = self.truth(node.test)
        if test.node.kind == "const":  # only the branch a parameter chose needs to make sense
            value = self.value(node.body if test.node.payload else node.orelse)
            return Words(value.node) if isinstance(value, Words) else value  # another book may choose other words
        then = self.under(node.test, node.body, holds=True)
        return self.choose(test, then, self.under(node.test, node.orelse, holds=False), node)

    def _comparison(self, node: ast.Compare) -> Value:
        operands = pairwise([node.left, *node.comparators])
        truths = [self._one(op, left, right, node) for op, (left, right) in zip(node.ops, operands, strict=True)]
        return Truth(reduce(self.scope.pool.both, truths))

    def _one(self, op: ast.cmpop, left: ast.expr, right: ast.expr, node: ast.expr) -> Node:
        if isinstance(op, ast.Is | ast.IsNot):
            if not (isinstance(right, ast.Constant) and right.value is None):
                self.refuse(node, "is 之后只能是 None", "only None may stand after `is`")
            missing = self.missing(left)
            return missing if isinstance(op, ast.Is) else self.scope.pool.negate(missing)
        if isinstance(op, ast.In | ast.NotIn):
            found = self._membership(left, right)
            return found if isinstance(op, ast.In) else self.scope.pool.negate(found)
        return self.equal(self.value(left), self.value(right), node, _COMPARISONS[type(op)]).node

    def missing(self, node: ast.expr) -> Node:
        """Whether a sub-expression is null."""
        value = self.value(node)
        if isinstance(value, Number):
            return self.scope.exact.missing(value)
        if isinstance(value, Nothing):
            return self.scope.pool.true
        return self.scope.pool.missing(value.node)

    def _membership(self, left: ast.expr, right: ast.expr) -> Node:
        if not isinstance(right, ast.Tuple | ast.List):
            self.refuse(right, 'in 之后应为列表，如 ("≥", ">")', 'a list is expected after `in`, as ("≥", ">")')
        value = self.value(left)
        members = [self.value(element) for element in right.elts]
        if isinstance(value, Words) and all(_is_text_constant(member) for member in members):
            for member, element in zip(members, right.elts, strict=True):
                self.equal(value, member, element)
            return self.scope.pool.member(value.node, [str(_node(member).payload) for member in members])
        truths = [self.equal(value, member, el).node for member, el in zip(members, right.elts, strict=True)]
        return reduce(self.scope.pool.either, truths, self.scope.pool.false)

    def _call(self, node: ast.Call) -> Value:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        function = functions.FUNCTIONS.get(name)
        if function is None or node.keywords:
            known = " ".join(functions.FUNCTIONS)
            self.refuse(node, f"只有这些函数：{known}", f"only these functions exist: {known}")
        if not function.least <= len(node.args) <= function.most:
            self.refuse(node, f"用法：{function.usage}", f"usage: {function.usage}")
        return function.compile(self, node)

    _DISPATCH: Final[Mapping[type[ast.expr], Callable[..., Value]]] = {
        ast.Constant: _constant,
        ast.Attribute: _attribute,
        ast.Name: _name,
        ast.BinOp: _binary,
        ast.UnaryOp: _unary,
        ast.BoolOp: _boolean,
        ast.IfExp: _conditional,
        ast.Compare: _comparison,
        ast.Call: _call,
    }


def _node(value: Value) -> Node:
    if isinstance(value, Truth | Words):
        return value.node
    raise TypeError(f"{type_name(value)} has no single node")


def _is_text_constant(value: Value) -> bool:
    return isinstance(value, Words) and value.node.kind == "const"


def _ordered(left: Node, right: Node) -> tuple[Node, Node]:
    return (right, left) if left.kind == "const" else (left, right)


@lru_cache(maxsize=2048)
def _tree(text: str) -> ast.expr:
    """The syntax tree of a text; books say much in the same words, and trees are only read."""
    return ast.parse(text, mode="eval").body


@lru_cache(maxsize=2048)
def _deeper_than(tree: ast.AST, most: int) -> bool:
    """Whether a tree has more levels than `most`, found without recursion."""
    level = [tree]
    for _ in range(most):
        level = [child for node in level for part in vars(node).values() for child in _trees(part)]
        if not level:
            return False
    return True


def _trees(part: object) -> Iterable[ast.AST]:
    """The trees in one field of a tree."""
    if isinstance(part, ast.AST):
        return (part,)
    return [child for child in part if isinstance(child, ast.AST)] if isinstance(part, list) else ()
