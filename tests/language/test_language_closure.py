"""The generated Python agrees with the plain interpreter, node by node."""

from fractions import Fraction
from itertools import product

import pytest

from jixiao.language import Cell, Verdict
from jixiao.language.evaluate import Evaluator
from jixiao.language.ir import Node, reachable
from jixiao.language.rational import Number
from jixiao.language.values import Value, nodes_of
from language.rule_bench import FORM, indicator, program

TEXTS = {
    "quotient": "i.x / f.b if f.b > 0 else None",
    "score": "min(i.weight, max(0, round(i.weight * quotient, 2)))",
    "down": "floor(i.x * 0.125 - 1, 1)",
    "near": "round(i.x * 0.125, 2) == round(-i.x * 0.125, 2)",
    "some": "any(i.flag) or f.yes",
    "every": "all(i.flag or i.x > 0) and not f.yes",
    "low": "min(f.a, f.b) if f.a is not None else abs(f.b)",
    "silent": "count(blank(i.note)) > 0 and i.x != 1",
    "sign": 'case(f.sign, {"≥": f.a, "≤": f.b}) if f.sign in ("≥", "≤") else 0',
    "share": "i.weight * 100 > sum(i.weight) * 30",
    "shares": "count(share) + sum(score)",
    "clipped": "1 / f.a if 0 < f.a < 5 else 0",
}
AMOUNTS: tuple[Cell, ...] = (None, -700, -1, 0, 1, 50, 10**20)


def exported() -> list[Node]:
    """Every node of the texts above."""
    made = program(**TEXTS)
    return reachable(node for let in made.scope.lets.values() for node in nodes_of(let.value))


def expected(value: Value, raw: list[Cell]) -> Cell:
    """The value that raw integers stand for."""
    if None in raw or not isinstance(value, Number):
        return None if None in raw else raw[0]
    num, den = (Fraction(cell) for cell in raw if cell is not None)
    return num / (den * int(10**value.scale))


@pytest.mark.parametrize("sign", ["≥", "≤", ""])
@pytest.mark.parametrize("yes", [True, False, None])
def test_the_closure_agrees_with_the_interpreter(sign: str, yes: Verdict) -> None:
    """Named values over empty, negative, zero, small and huge cells are the interpreter's, for form and rows."""
    made = program(**TEXTS)
    closure = made.closure()
    for a, b in product(AMOUNTS, AMOUNTS):
        form = FORM | {"a": a, "b": b, "sign": sign, "yes": yes}
        rows = [
            indicator(x=a, weight=1000, flag=yes, note=None),
            indicator(x=b, weight=3000, flag=True, note="说明"),
            indicator(x=33, weight=0, flag=None),
        ]
        result, plain = closure(form, rows), Evaluator(form, rows)
        for name, let in made.scope.lets.items():
            for at in range(len(rows)):
                raw = [plain.value(node, at) for node in nodes_of(let.value)]
                found = result.rows[at][name]
                assert found == expected(let.value, raw), (name, a, b)


def test_every_kind_of_node_is_among_the_texts() -> None:
    """The comparison covers all thirteen kinds."""
    kinds = {node.kind for node in exported()}
    assert kinds == {
        "const", "null", "column", "total", "arithmetic", "divide", "compare", "logic", "choose", "missing", "member",
        "blank", "bound",
    }  # fmt: skip


def test_the_source_defines_one_function() -> None:
    """The generated source is one function of a form and its rows."""
    assert program(**TEXTS).closure().source.startswith("def run(f, rows):")
