"""Where a Python source can be changed by one operator or constant, and what it then reads."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Final

from mutation.site import Site

_COMPARE: Final[dict[type[ast.cmpop], tuple[str, str]]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"), ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"), ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}  # fmt: skip
_ARITHMETIC: Final[dict[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "+"), ast.FloorDiv: ("//", "*"), ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"), ast.Div: ("/", "*"),
}  # fmt: skip
_CALLS: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_WORD: Final = re.compile(r"[A-Za-z_<>=≥≤+*-]{1,16}")
_SKIPPED: Final = (ast.Raise, ast.Assert, ast.JoinedStr)


def sites(file: str, source: str) -> Iterator[Site]:
    """Every change of one operator or constant that can matter when the program runs.

    Left out: annotations, decorators, docstrings, `__all__`, the words of errors, and texts for people.
    """
    for node in _running(ast.parse(source)):
        yield from _of(file, source, node)


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those of annotations, decorators, docstrings, errors and texts put together for people."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "keywords"} and not isinstance(node, ast.Call):
                continue
            children = [
                child for child in (value if isinstance(value, list) else [value]) if isinstance(child, ast.AST)
            ]
            waiting += [child for child in children if not _is_left_out(child)]


def _is_left_out(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, _SKIPPED)


def _of(file: str, source: str, node: ast.AST) -> Iterator[Site]:
    if isinstance(node, ast.Compare):
        ends = [node.left, *node.comparators]
        for left, operator, right in zip(ends, node.ops, node.comparators, strict=False):
            yield from _between(file, source, (left, right), _COMPARE[type(operator)])
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield from _between(file, source, (node.left, node.right), _ARITHMETIC[type(node.op)])
    elif isinstance(node, ast.BoolOp):
        pair = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        yield from _between(file, source, (node.values[0], node.values[1]), pair)
    elif isinstance(node, ast.Constant):
        yield from _constant(file, source, node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        begin, end = _span(source, node.func)
        yield Site(file, begin, end, _CALLS[node.func.id])


def _between(file: str, source: str, ends: tuple[ast.expr, ast.expr], pair: tuple[str, str]) -> Iterator[Site]:
    """The operator between two operands, found in the text between them."""
    begin, end = _span(source, ends[0])[1], _span(source, ends[1])[0]
    at = source.find(pair[0], begin, end)
    if at >= 0:
        yield Site(file, at, at + len(pair[0]), pair[1])


def _constant(file: str, source: str, node: ast.Constant) -> Iterator[Site]:
    begin, end = _span(source, node)
    match node.value:
        case bool():
            yield Site(file, begin, end, str(not node.value))
        case int():
            yield Site(file, begin, end, f"({node.value + 1})")
        case str() if _WORD.fullmatch(node.value) and source[begin] in "\"'":
            yield Site(file, begin, end, f'"{node.value}x"')


def _span(source: str, node: ast.expr) -> tuple[int, int]:
    """Where a node begins and ends, counted in characters."""
    return _offset(source, node.lineno, node.col_offset), _offset(
        source, node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    )


def _offset(source: str, line: int, column: int) -> int:
    begin, text = _lines(source)[line - 1]
    return begin + len(text.encode()[:column].decode())


@lru_cache(maxsize=8)
def _lines(source: str) -> list[tuple[int, str]]:
    """Every line with the number of characters before it."""
    lines = source.splitlines(keepends=True)
    return list(zip(accumulate(map(len, lines), initial=0), lines, strict=False))
