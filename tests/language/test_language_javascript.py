"""JavaScript of small texts: the closure's values at every edge, exact outside the domains, strict with cells."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from py_mini_racer import JSEvalException

from equality.engine import called, engine, loaded, runtime, source_of
from jixiao.language import Cell, Program
from jixiao.language.closure import BLANK
from jixiao.language.javascript import SPACES, row_json
from language.rule_bench import FORM, indicator, program

FLOORS = [
    f"{function}({number}{places})"
    for function in ("round", "floor")
    for number, most in (
        ("f.a / 3", 2), ("f.a / 0.08", 2), ("f.a * f.b / 7", 2), ("f.huge / 7", 0), ("(f.huge - f.whole) / 8", 0),
        ("(f.a + 0.005) * f.b", 2), ("f.a * 0.5", 2), ("-f.a / 0.08", 2), ("f.a / 200", 2),
    )
    for places in ("", ", 2")
    if most or not places
]  # fmt: skip
TEXTS = [
    *FLOORS,
    "f.a + f.b", "f.a - f.b", "f.a * f.b", "-f.a", "f.a / f.b if f.b > 0 else None", "f.huge + 1",
    "f.huge - f.whole", "min(f.a, f.b)", "max(f.whole, f.huge, 3)", "abs(f.a)", "abs(f.whole - f.huge)",
    "f.a < f.b", "f.a <= f.b", "f.whole > f.huge", "f.a == f.b", "f.whole != f.huge",
    "f.huge >= 9007199254740993", "f.yes and f.a > 1", "f.yes or f.a > 1", "not f.yes", "f.a is None",
    "f.yes is None or f.yes", 'f.word == "词"', "f.word != f.sign", 'f.word in ("词", "", "无")',
    'f.word not in ("词",)', "blank(f.word)", 'case(f.sign, {"≥": f.whole, "≤": f.huge}, None)',
    "f.a if f.yes else f.b", "f.huge if f.yes else f.whole", "f.whole if f.yes else 10000000000000000",
    "None if f.yes else f.huge", "f.yes == True", "round(f.a / max(f.b, 1), 2)",
    "f.a / f.whole if f.whole > 2 else 1 / 3", "sum(i.x)", "sum(i.weight)", "sum(i.x * i.weight)",
    "sum(i.weight * f.huge / 10000 if False else i.weight)", "count(i.flag)", "any(i.flag)", "all(i.flag)",
    "any(i.x > f.a)", "all(blank(i.note))", "count(True)", "sum(round(i.x / 3, 2))", "p.line", "p.mode",
]  # fmt: skip
ROW_TEXTS = [
    "i.x * i.weight", "i.x - sum(i.x)", "i.weight / sum(i.weight) if sum(i.weight) > 0 else None", "i.note",
    "i.flag", "blank(i.note)", "i.note == f.word", "i.x == f.a", "i.x if i.flag else i.weight",
    "f.huge + count(i.flag)", "i.flag and f.yes", "round(i.x * 100 / max(sum(i.weight), 1), 1)",
    'i.note in ("无", "x")', "floor(i.x / 7)",
]  # fmt: skip
BLANKS = [*sorted(BLANK), *(f"{space}无{space}" for space in [*SPACES, "\u180e", "\u200b", "\ufeff", "\u2060", "\0"])]
NUMBERS: list[Cell] = [0, 1, -1, 7, -7, 50, -50, 12, -12, 350, -350, 99999999, -100000000, 100000000, None]
OUTSIDE: list[Cell] = [
    100000001, -(2**53) + 1, 2**53 - 1, 2**53 + 1, -(2**63), 10**40 + 1, Fraction(1, 2), Fraction(-7, 3),
    Fraction(10**20 + 1, 7),
]  # fmt: skip
HUGE = [0, 1, 2**53 - 1, 2**53, 2**53 + 1, 10**18 - 1, 10**18]
LINES = [
    [],
    [indicator(x=None, flag=None, note=None)],
    [indicator(x=-350, weight=333, flag=True), indicator(x=1, weight=0, note="\x85"), indicator(x=None, note="词")],
]


def all_texts() -> Program:
    """A program with all texts, each under a name."""
    lets = {f"t{number}": text for number, text in enumerate([*TEXTS, *ROW_TEXTS])}
    return program(**lets)


@pytest.fixture(scope="module")
def ours() -> tuple[Program, int]:
    """The program, and its number in the engine."""
    made = all_texts()
    return made, loaded(source_of(made))


def told(number: int, form: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]]) -> Any:
    """What the page gives for one form."""
    answer = called("told", number, json.dumps(row_json(form)), json.dumps([row_json(row) for row in rows]))
    return json.loads(answer)


def same(value: object, given: object) -> bool:
    """Whether a page's value is a named value: the same number, text or truth."""
    if value is None or isinstance(value, bool | str):
        return value is given or (value == given and isinstance(given, str))
    return isinstance(given, str) and Fraction(given) == value


def compared(made: Program, number: int, form: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]]) -> Any:
    """The page's answer, after every value of it was held against the closure."""
    result, given = made.closure(())(form, rows), told(number, form, rows)
    texts = {name: compiled.text for name, compiled in made.scope.lets.items()}
    wrong = [
        (texts[name], str(value), given["form"][name], form)
        for name, value in result.form.items()
        if not same(value, given["form"][name])
    ]
    for line, values in zip(given["rows"], result.rows, strict=True):
        wrong += [
            (texts[name], str(values[name]), line[name], form) for name in line if not same(values[name], line[name])
        ]
    assert wrong == []
    return given


@pytest.mark.parametrize("a", NUMBERS)
def test_every_text_inside_the_domains(ours: tuple[Program, int], a: Cell) -> None:
    """Ties, zeros, negatives, bounds, nulls and numbers beyond 2**53 give the closure's values, fast."""
    for at, b in enumerate(NUMBERS):
        cells: dict[str, Cell] = {
            "a": a, "b": b, "huge": HUGE[at % len(HUGE)], "yes": [True, False, None][at % 3], "whole": at,
            "word": BLANKS[at % len(BLANKS)], "sign": ["≥", "≤", ""][at % 3],
        }  # fmt: skip
        assert compared(*ours, FORM | cells, LINES[at % 3])["exact"] is False


@pytest.mark.parametrize("a", OUTSIDE, ids=str)
def test_every_text_outside_the_domains(ours: tuple[Program, int], a: Cell) -> None:
    """Numbers beyond their domain, or with more decimals than their scale, are computed exactly, and it is told."""
    for at, b in enumerate([*NUMBERS, *OUTSIDE]):
        lines = [*LINES[at % 3], indicator(x=b)]
        assert compared(*ours, FORM | {"a": a, "b": b, "yes": at % 2 == 0}, lines)["exact"] is True


def test_more_lines_than_totals_are_proved_for(ours: tuple[Program, int]) -> None:
    """256 indicators are computed with plain numbers, 257 exactly; both are right."""
    for length, exact in ((256, False), (257, True)):
        rows = [indicator(x=99999999, weight=9999)] * length
        assert compared(*ours, FORM, rows)["exact"] is exact


def test_blank_texts_are_those_of_python(ours: tuple[Program, int]) -> None:
    """What is blank does not depend on who asks: white space of every kind, and what only looks like it."""
    for word in [*BLANKS, "无无", "词", " ", "\u3000", " \t- \x1f", "𠀀", "\x85𠀀\x85"]:
        compared(*ours, FORM | {"word": word}, [indicator(note=word)])


def test_white_space_is_that_of_strip() -> None:
    """The set is Python's own, character for character; all of it is one unit of JavaScript's texts."""
    assert {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()} == set(SPACES)
    assert all(ord(space) < 2**16 for space in SPACES)


FORM_JSON = row_json(FORM)
WRONG: list[tuple[dict[str, object], str]] = [
    ({"a": 1.5}, "f.a: 1.5"), ({"a": "1.5"}, 'f.a: "1.5"'), ({"a": ""}, 'f.a: ""'), ({"a": "1/0"}, 'f.a: "1/0"'),
    ({"a": True}, "f.a: true"), ({"a": 2**53}, "f.a: 9007199254740992"), ({"a": "1e3"}, 'f.a: "1e3"'),
    ({"a": [1]}, "f.a: 1"), ({"whole": None}, "f.whole: null"), ({"yes": 1}, "f.yes: 1"), ({"yes": "x"}, 'f.yes: "x"'),
    ({"word": None}, "f.word: null"), ({"word": 3}, "f.word: 3"), ({"sign": False}, "f.sign: false"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "message"), WRONG, ids=lambda part: part if isinstance(part, str) else "")
def test_a_cell_of_the_wrong_kind_is_refused(ours: tuple[Program, int], cells: dict[str, object], message: str) -> None:
    """Nothing is computed from a cell that is not what its column holds; the error names it."""
    with pytest.raises(JSEvalException, match=re.escape(f"TypeError: {message} is no ")):
        called("told", ours[1], json.dumps(FORM_JSON | cells), "[]")


def test_a_column_that_is_not_there_is_refused(ours: tuple[Program, int]) -> None:
    """A row must hold all columns that are read."""
    short = {name: cell for name, cell in FORM_JSON.items() if name != "b"}
    with pytest.raises(JSEvalException, match=re.escape("f.b: undefined")):
        called("told", ours[1], json.dumps(short), "[]")
    with pytest.raises(JSEvalException, match=re.escape("i.flag: undefined")):
        called("told", ours[1], json.dumps(FORM_JSON), '[{"x": 1, "weight": 1, "note": ""}]')


def test_rows_as_json() -> None:
    """Numbers keep every digit: plain below 2**53, digits in a text beyond, a ratio where the scale is not enough."""
    cells: dict[str, Cell] = {
        "small": 995, "last": 2**53 - 1, "first": -(2**53), "huge": 10**30, "half": Fraction(-7, 2), "yes": True,
        "text": "1", "none": None,
    }  # fmt: skip
    assert row_json(cells) == {
        "small": 995, "last": 9007199254740991, "first": "-9007199254740992", "huge": "1" + "0" * 30, "half": "-7/2",
        "yes": True, "text": "1", "none": None,
    }  # fmt: skip


def test_digits_of_a_ratio_and_of_decimals(ours: tuple[Program, int]) -> None:
    """A value that was not rounded is a ratio in lowest terms; a rounded one has its scale's decimals."""
    made = program(ratio="f.a / 3", whole="f.a / 7", round="round(f.a / 3, 2)", negative="round(-f.a / 800, 2)")
    given = told(loaded(source_of(made)), FORM | {"a": 700}, [])
    assert given["form"] == {"ratio": "7/3", "whole": "1", "round": "2.33", "negative": "-0.01"}
    assert given["shown"] == {"ratio": "2.3333…", "whole": "1", "round": "2.33", "negative": "-0.01"}


def test_a_module_and_a_script_have_one_body() -> None:
    """The module exports what the script puts under its one global name."""
    made = all_texts()
    module, script = made.javascript(runtime()), made.javascript(runtime(), shape="script")
    body = module[: module.index("\nexport {")]
    assert (
        script
        == f'var jixiaoRules = (function () {{\n"use strict";\n{body}\nreturn {{ {", ".join(NAMES)} }};\n}})();\n'
    )
    assert module == f"{body}\nexport {{ {', '.join(NAMES)} }};\n"


NAMES = ["run", "runExact", "LETS", "CONDITIONS", "FORM", "INDICATOR"]


def test_a_page_may_take_only_the_names_it_reads() -> None:
    """Columns, values and conditions that are not asked for are not in the source."""
    made = program(one="f.a + 1", two="round(f.b / 3)", three="one + two")
    made.condition("JX001", "one > 3")
    made.condition("JX002", 'f.word == "词"')
    number = loaded(made.javascript(runtime(), ["one", "JX001"], "script"))
    answer = json.loads(called("told", number, json.dumps({"a": 300}), "[]"))
    assert answer["form"] == {"one": "4.00"}
    assert answer["conditions"] == {"JX001": True}


def test_a_source_may_stand_in_any_page() -> None:
    """Nothing is evaluated from text, nothing is loaded, and no text of a rule can end the script it stands in."""
    made = program(tag='"</script><!--" if f.word == "词" else f.word')
    source = made.javascript(runtime())
    assert "</" not in source
    assert "<!--" not in source
    assert not re.search(r"\beval\b|\bFunction\b|\bimport\b|\bdocument\b|\bwindow\b|\bfetch\b", source)
    assert told(loaded(source_of(made)), FORM | {"word": "词"}, [])["form"] == {"tag": "</script><!--"}


def test_a_script_sets_one_name() -> None:
    """A plain script leaves nothing behind but its one global name."""
    before = set(json.loads(str(engine().eval("JSON.stringify(Object.getOwnPropertyNames(globalThis))"))))
    loaded(source_of(program(it="f.a + 1")))
    after = set(json.loads(str(engine().eval("JSON.stringify(Object.getOwnPropertyNames(globalThis))"))))
    assert after - before <= {"jixiaoRules"}
