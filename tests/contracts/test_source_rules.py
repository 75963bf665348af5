"""The rules that the sources are read by: each sees what it should, and nothing else."""

import ast

import pytest

from contracts.source_rules import Kind, attribute_kinds, breaches, results, undocumented


def found(source: str, attributes: dict[str, Kind] | None = None) -> list[str]:
    """The rules that a source breaks."""
    return [breach.rule for breach in breaches(ast.parse(source), attributes)]


@pytest.mark.parametrize(
    "source",
    [
        "x = 1.5",
        "x = 1e3",
        "x = 2j",
        "x = float('1')",
        "def f(x: float) -> None: ...",
        "def f(x: 'float') -> None: ...",
        "def f() -> list[float]: ...",
        "x: complex",
        "kinds = (int, float)",
        "x = getattr(builtins, 'float')",
        "x = builtins.float(1)",
        "from builtins import float as f",
        "x = isinstance(y, float)",
        "x = a / b",
        "x = 1 / 2",
        "x = len(a) / 2",
        "x /= 2",
        "def f(a: int, b: int) -> None: a / b",
        "def f(a: Decimal) -> None: b / c",
        "a = Decimal(1)\na = 2\nb = a / 3",
        "x = 2 ** -1",
        "import time\nx = time.time()",
        "import time\nx = time.perf_counter()",
        "import time\nx = time.monotonic()",
        "import time as t",
        "from time import monotonic",
        "from time import *",
        "x = span.total_seconds()",
        "x = day.timestamp()",
        "from operator import truediv",
        "import operator\nf = operator.truediv",
        "import math\nx = math.sqrt(2)",
        "from math import pi",
        "import random",
        "from random import Random",
        "import numpy.linalg",
        "import secrets",
        "import statistics",
        "import json\nx = json.loads(text)",
        "import tomllib\nx = tomllib.loads(text)",
        "import msgspec\nx = msgspec.json.decode(data)",
        "def f(path: Path) -> None: len(path.parts) / 2",
        "class A:\n    def f(self) -> None: return self.width / 2",
    ],
)
def test_a_source_that_lets_fractions_or_chance_in_is_flagged(source: str) -> None:
    """Each way in which a binary fraction, a clock of fractions or chance could enter is seen."""
    assert found(source)


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "x = 7 // 2",
        "x = Decimal('1.5') / 3",
        "x = 3 / Fraction(1, 2)",
        "def f(a: Decimal, b: int) -> None: a * 100 / b",
        "def f(a: Decimal | None, b: int) -> None: a / b",
        "def f(a: 'Fraction') -> None: a / 2",
        "a = Fraction(1)\nb = a / 3\nc = b / 2",
        "x = -Decimal(1) / 2",
        "x = min(a, Decimal(100)) / 10",
        "x: Decimal = given\ny = x / 2",
        "x = Path('a') / 'b'",
        "def f(folder: Path, name: str) -> None: folder / name",
        "x = files('jixiao') / name / 'x.toml'",
        "x = HERE / 'a'",
        "x = HERE / f'{name}.toml'",
        "x = given.parent / name",
        "x = Path(__file__).parents[2] / name",
        "x = Path(a) if a else Path(b)\ny = x / name",
        "x = 10 ** scale",
        "import time\nx = time.monotonic_ns()",
        "from time import perf_counter_ns",
        "from math import gcd, isqrt",
        "import math\nx = math.lcm(2, 3)",
        "import json\nx = json.loads(text, parse_float=Decimal)",
        "import tomllib\nx = tomllib.loads(text, parse_float=Decimal)",
        "import msgspec\nx = msgspec.json.decode(data, type=Form)",
        "text = 'no 1.5 and no float here'",
    ],
)
def test_exact_numbers_and_paths_are_let_through(source: str) -> None:
    """Exact division, whole clocks and joined paths are no breach."""
    assert found(source) == []


def test_an_attribute_is_exact_where_all_classes_say_so() -> None:
    """An attribute that every class annotates as Decimal divides exactly; one that classes differ about does not."""
    alike = ast.parse("class A:\n    weight: Decimal | None = None\n    size: Decimal\nclass B:\n    weight: Decimal")
    other = ast.parse("class C:\n    size: int")
    kinds = attribute_kinds([alike, other])
    assert kinds == {"weight": "exact"}
    assert found("x = form.weight / 2", kinds) == []
    assert found("x = form.size / 2", kinds) == ["true division"]


def test_a_result_is_exact_where_its_function_says_so() -> None:
    """What a function returns, alone or in a tuple, divides exactly if its annotation says so."""
    scale = "def scale(unit: str) -> tuple[int, Fraction]: ...\ndef cost() -> Decimal: ...\ndef size() -> int: ...\n"
    known = results([ast.parse(scale)])

    def rules(source: str) -> list[str]:
        return [breach.rule for breach in breaches(ast.parse(source), {}, known)]

    assert rules("x = cost() / 2") == []
    assert rules("base, factor = scale(unit)\nx = factor / 2") == []
    assert rules("(a, b), (c, d) = scale(one), scale(two)\nx = b / d") == []
    assert rules("(a, b), (c, d) = scale(one), scale(two)\nx = a / c") == ["true division"]
    assert rules("x = size() / 2") == ["true division"]


def test_a_breach_names_its_line_and_function() -> None:
    """A breach says where it is."""
    breach = breaches(ast.parse("class A:\n    def f(self):\n        return 1 / 2"))[0]
    assert (breach.line, breach.function) == (3, "A.f")


def test_a_test_without_a_sentence_is_undocumented() -> None:
    """A test function needs a docstring that is a sentence."""
    source = 'def test_a() -> None: ...\ndef test_b() -> None:\n    """b"""\ndef test_c() -> None:\n    """A fact."""\n'
    assert list(undocumented(ast.parse(source))) == ["test_a", "test_b"]
