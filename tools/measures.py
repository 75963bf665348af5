"""The measures of the house: lengths of functions and modules, parameters, typed and documented shares.

Figures and gates come from the houses with the best taste that were measured for docs/why/house.md. Lists of
exceptions may only shrink; there is none.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
SOURCES = HOUSE / "src" / "jixiao"
Function = ast.FunctionDef | ast.AsyncFunctionDef

GATES = {
    "function length, median": 9,
    "function length, 90th percentile": 30,
    "function length, longest": 60,
    "module length, median": 130,
    "module length, 90th percentile": 350,
    "module length, longest": 500,
    "parameters of a function, 90th percentile": 3,
    "undocumented public names, per 100": 0,
    "functions not wholly typed, per 100": 0,
    "modules named for a drawer": 0,
}
"""Measure to the highest value allowed."""

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}


def functions(tree: ast.AST) -> Iterator[Function]:
    """All functions and methods of a module."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(node: Function) -> int:
    """Lines from the first to the last, docstring included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: Function) -> list[ast.arg]:
    """The parameters of a function without self and cls."""
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    every += [star for star in (node.args.vararg, node.args.kwarg) if star]
    return [argument for argument in every if argument.arg not in ("self", "cls")]


def is_typed(node: Function) -> bool:
    """Whether every parameter and the answer carry a type."""
    return node.returns is not None and all(argument.annotation for argument in parameters(node))


def undocumented(path: Path, tree: ast.Module) -> Iterator[str]:
    """Public modules, classes and functions without a docstring."""
    if not ast.get_docstring(tree):
        yield f"{path}: module"
    for node in public(tree):
        if not ast.get_docstring(node):
            yield f"{path}:{node.lineno} {node.name}"


def public(scope: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """What can be named from outside: definitions without an underscore, in a module or in a public class."""
    for node in scope.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def rank(values: list[int], percent: int) -> int:
    """The value below which `percent` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0


def measure() -> tuple[dict[str, int], list[str]]:
    """All figures, and the sentences that name the offenders."""
    lengths, sizes, counts, bare, untyped, drawers, publics = [], [], [], [], [], [], 0
    written = (path for path in SOURCES.rglob("*.py") if path.parent.name != "migrations")  # those are Django's own
    for path in sorted(written):
        source = path.read_text(encoding="utf-8")
        tree, name = ast.parse(source), path.relative_to(HOUSE)
        sizes.append((sum(1 for line in source.splitlines() if line.strip()), str(name)))
        here = list(functions(tree))
        lengths += [(length(node), f"{name}:{node.lineno} {node.name}") for node in here]
        counts += [len(parameters(node)) for node in here]
        untyped += [f"{name}:{node.lineno} {node.name} is not wholly typed" for node in here if not is_typed(node)]
        bare += [f"{missing} has no docstring" for missing in undocumented(name, tree)]
        drawers += [f"{name} is named for a drawer" for _ in [0] if path.stem in DRAWERS]
        publics += 1 + sum(1 for _ in public(tree))
    long = [f"{where} is {lines} lines long" for lines, where in lengths if lines > GATES["function length, longest"]]
    long += [f"{where} is {lines} lines long" for lines, where in sizes if lines > GATES["module length, longest"]]
    figures = {
        "function length, median": rank([lines for lines, _ in lengths], 50),
        "function length, 90th percentile": rank([lines for lines, _ in lengths], 90),
        "function length, longest": max(lines for lines, _ in lengths),
        "module length, median": rank([lines for lines, _ in sizes], 50),
        "module length, 90th percentile": rank([lines for lines, _ in sizes], 90),
        "module length, longest": max(lines for lines, _ in sizes),
        "parameters of a function, 90th percentile": rank(counts, 90),
        "undocumented public names, per 100": -(-100 * len(bare) // publics),
        "functions not wholly typed, per 100": -(-100 * len(untyped) // len(lengths)),
        "modules named for a drawer": len(drawers),
    }
    return figures, [*long, *bare, *untyped, *drawers]


def main() -> None:
    """Print every figure beside its gate; exit 1 when one is over."""
    figures, offenders = measure()
    over = [name for name, most in GATES.items() if figures[name] > most]
    for name, most in GATES.items():
        sys.stdout.write(f"{'OVER' if name in over else 'ok':5}{name}: {figures[name]} (at most {most})\n")
    if over:
        sys.exit("\n".join(offenders))


if __name__ == "__main__":
    main()
