"""What a source text may not hold, read from its syntax tree: binary fractions, clocks that give them, chance."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["exact", "path", "text"]
"""What an expression provably is: an exact number (Decimal, Fraction), a path, or text; nothing if it is neither."""

FLOATS = frozenset({"float", "complex"})
CLOCKS = frozenset({"time", "perf_counter", "monotonic", "process_time", "thread_time", "clock_gettime"})
FLOAT_METHODS = frozenset({"total_seconds", "timestamp", "truediv", "fsum", "fmean"})
WHOLE_MATH = frozenset({"ceil", "comb", "factorial", "floor", "gcd", "isqrt", "lcm", "perm", "prod"})
CHANCE = frozenset({"random", "secrets", "statistics", "cmath", "numpy"})
READERS = {"loads": "parse_float", "load": "parse_float", "decode": "type"}
EXACT_NAMES = frozenset({"Decimal", "Fraction"})
PATH_NAMES = frozenset({"Path", "PurePath", "PurePosixPath", "Traversable"})
PATH_MAKERS = frozenset({"files", "joinpath", "resolve", "absolute", "with_suffix", "with_name", "cwd", "home"})
CHOOSERS = frozenset({"min", "max", "abs", "sum"})


@dataclass(frozen=True)
class Breach:
    """A place in a source that breaks a rule: its line, the function it stands in, and the rule."""

    line: int
    function: str
    rule: str


def kind_of_annotation(annotation: ast.expr | None) -> Kind | None:
    """What a value so annotated provably is; `X | None` is X, for dividing by `None` fails loudly."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        parts = [annotation.left, annotation.right]
        kinds = {kind_of_annotation(part) for part in parts if not (isinstance(part, ast.Constant) and not part.value)}
        return kinds.pop() if len(kinds) == 1 else None
    name = _last_name(annotation)
    if name in EXACT_NAMES:
        return "exact"
    return "path" if name in PATH_NAMES else "text" if name == "str" else None


def attribute_kinds(trees: list[ast.Module]) -> dict[str, Kind]:
    """What the attributes of all classes provably are: only names that every class annotates alike are known."""
    found: dict[str, set[Kind | None]] = {}
    for tree in trees:
        for node in (node for owner in ast.walk(tree) if isinstance(owner, ast.ClassDef) for node in owner.body):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, set()).add(kind_of_annotation(node.annotation))
    return {name: kind for name, kinds in found.items() if len(kinds) == 1 and (kind := next(iter(kinds)))}


def results(trees: list[ast.Module]) -> dict[str, ast.expr]:
    """What the functions of all modules return, as annotated: only names that every function annotates alike."""
    found: dict[str, dict[str, ast.expr]] = {}
    for node in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        annotation = node.returns or ast.Constant(None)
        found.setdefault(node.name, {})[ast.dump(annotation)] = annotation
    return {name: next(iter(kinds.values())) for name, kinds in found.items() if len(kinds) == 1}


def breaches(
    tree: ast.Module, attributes: Mapping[str, Kind] | None = None, functions: Mapping[str, ast.expr] | None = None
) -> list[Breach]:
    """All breaches in one source, in the order of its lines."""
    reader = _Reader(attributes or {}, functions or {})
    reader.visit(tree)
    return sorted(reader.found, key=lambda breach: breach.line)


def _last_name(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _is_negative(node: ast.expr) -> bool:
    if not isinstance(node, ast.UnaryOp) or not isinstance(node.op, ast.USub):
        return False
    return isinstance(node.operand, ast.Constant)


class _Reader(ast.NodeVisitor):
    def __init__(self, attributes: Mapping[str, Kind], functions: Mapping[str, ast.expr]) -> None:
        self.attributes = attributes
        self.results = functions
        self.found: list[Breach] = []
        self.functions: list[str] = []
        self.scopes: list[dict[str, Kind | None]] = [{}]

    def flag(self, node: ast.AST, rule: str) -> None:
        self.found.append(Breach(getattr(node, "lineno", 0), ".".join(self.functions), rule))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.enter(node, node.args)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.enter(node, node.args)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.enter(node, None)

    def enter(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, given: ast.arguments | None) -> None:
        arguments = (*given.posonlyargs, *given.args, *given.kwonlyargs) if given else ()
        self.functions.append(node.name)
        self.scopes.append({argument.arg: kind_of_annotation(argument.annotation) for argument in arguments})
        self.generic_visit(node)
        self.functions.pop()
        self.scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            self.bind_value(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        self.bind(node.target, kind_of_annotation(node.annotation))

    def bind_value(self, target: ast.expr, value: ast.expr) -> None:
        if not isinstance(target, ast.Tuple):
            self.bind(target, self.kind(value))
            return
        returned = self.results.get(_last_name(value.func) or "") if isinstance(value, ast.Call) else None
        parts = returned.slice if isinstance(returned, ast.Subscript) else value
        known = parts.elts if isinstance(parts, ast.Tuple) else []
        for index, item in enumerate(target.elts):
            if index >= len(known):
                self.bind(item, None)
            elif parts is value:
                self.bind_value(item, known[index])
            else:
                self.bind(item, kind_of_annotation(known[index]))

    def bind(self, target: ast.expr, kind: Kind | None) -> None:
        if isinstance(target, ast.Name):
            scope = self.scopes[-1]
            scope[target.id] = kind if scope.get(target.id, kind) == kind else None
        elif isinstance(target, ast.Tuple | ast.List):
            for item in target.elts:
                self.bind(item, None)

    def kind(self, node: ast.expr) -> Kind | None:
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            return "text"
        if isinstance(node, ast.Name):
            return next((scope[node.id] for scope in reversed(self.scopes) if node.id in scope), None)
        if isinstance(node, ast.Attribute):
            return "path" if node.attr == "parent" else self.attributes.get(node.attr)
        if isinstance(node, ast.UnaryOp):
            return self.kind(node.operand)
        if isinstance(node, ast.Subscript):
            return "path" if isinstance(node.value, ast.Attribute) and node.value.attr == "parents" else None
        return self.kind_of_result(node)

    def kind_of_result(self, node: ast.expr) -> Kind | None:
        if isinstance(node, ast.BinOp):
            kinds = {self.kind(node.left), self.kind(node.right)}
            return "path" if isinstance(node.op, ast.Div) and "path" in kinds else "exact" if "exact" in kinds else None
        if isinstance(node, ast.IfExp):
            kinds = {self.kind(node.body), self.kind(node.orelse)}
            return kinds.pop() if len(kinds) == 1 else None
        name = _last_name(node.func) if isinstance(node, ast.Call) else None
        if name in EXACT_NAMES:
            return "exact"
        if name in PATH_NAMES | PATH_MAKERS:
            return "path"
        if name and name in self.results:
            return kind_of_annotation(self.results[name])
        exact = isinstance(node, ast.Call) and any(self.kind(argument) == "exact" for argument in node.args)
        return "exact" if name in CHOOSERS and exact else None

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            self.check_division(node, node.left, node.right)
        elif isinstance(node.op, ast.Pow) and _is_negative(node.right):
            self.flag(node, "negative power")

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            self.check_division(node, node.target, node.value)

    def check_division(self, node: ast.AST, left: ast.expr, right: ast.expr) -> None:
        kinds = (self.kind(left), self.kind(right))
        if "exact" not in kinds and "path" not in kinds and kinds[1] != "text":
            self.flag(node, "true division")

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, float | complex):
            self.flag(node, "binary fraction")
        elif isinstance(node.value, str) and node.value in FLOATS:
            self.flag(node, "float by name")

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in FLOATS:
            self.flag(node, "float")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.generic_visit(node)
        if node.attr in FLOATS | FLOAT_METHODS:
            self.flag(node, "float")
        owner = _last_name(node.value)
        if owner == "time" and node.attr in CLOCKS:
            self.flag(node, "clock in fractions")
        if owner == "math" and node.attr not in WHOLE_MATH:
            self.flag(node, "float")

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.name.split(".")[0] in CHANCE:
                self.flag(node, f"import of {alias.name}")
            if alias.name in ("time", "math") and alias.asname:
                self.flag(node, "another name for a module")

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = (node.module or "").split(".")[0]
        if module in CHANCE:
            self.flag(node, f"import of {module}")
        for alias in node.names:
            if module == "time" and (alias.name in CLOCKS or alias.name == "*"):
                self.flag(node, "clock in fractions")
            if module == "math" and alias.name not in WHOLE_MATH:
                self.flag(node, "float")
            if alias.name in FLOATS | FLOAT_METHODS:
                self.flag(node, "float")

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and _last_name(node.func.value) in ("json", "tomllib"):
            needed = READERS.get(node.func.attr)
            if needed and needed not in {keyword.arg for keyword in node.keywords}:
                self.flag(node, f"{node.func.attr} without {needed}")


def undocumented(tree: ast.Module) -> Iterator[str]:
    """Names of the test functions without a docstring that is a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            first = (ast.get_docstring(node) or "").strip().split("\n\n")[0]
            if not first.endswith((".", "?", "!", "。")):
                yield node.name
