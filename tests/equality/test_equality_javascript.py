"""What a page computes is what the closure computes, down to the digits shown; and the comparison can fail."""

import json
import re
from fractions import Fraction

import pytest
from py_mini_racer import JSEvalException

from equality.block import Block, Blocks
from equality.cases import Case, Cases, inside
from equality.engine import as_json, body_of, called, loaded, source_of, table_of
from equality.table import differences
from jixiao.language import Named, Program
from jixiao.language import closure as python
from jixiao.language.ir import reachable
from jixiao.review import Reviewer
from review.bench_of_books import checks, lexicons, reviewer

SHARE = 50
COUNT = 400
FAST, EXACT, RUNTIME = "fast", "exact", "runtime"


@pytest.fixture(scope="module")
def program() -> Program:
    """The ministry's book with all checks, and numbers with halves to round, below 0 too, whatever the books round."""
    made = Reviewer(reviewer().scorer.book, checks(), lexicons()).scorer.program
    made.let("half", "round(i.weight / 20, 0)")
    made.let("half_below", "round((i.score - i.weight) / 2, 2)")
    return made


@pytest.fixture(scope="module")
def shares(program: Program) -> list[Block]:
    """The cases of `./dev equal` in shares."""
    cases, blocks = Cases(reviewer()), Blocks(program)
    return [blocks.block(cases.cases(range(start, start + SHARE))) for start in range(0, COUNT, SHARE)]


def caught(source: str, run: str, shares: list[Block]) -> bool:
    """Whether a source differs from the closure on some case, or cannot compute one."""
    try:
        number = loaded(source)
        return any(differences(block.expected, table_of(number, run, block))[1] for block in shares)
    except JSEvalException:
        return True


MUTATIONS: list[tuple[str, str, str, str]] = [
    ("a sum subtracts", FAST, r" \+ ", " - "),
    ("a difference adds", FAST, r"(?<=[\w\])]) - ", " + "),
    ("a product adds", FAST, r" \* ", " + "),
    ("at most is below", FAST, r" <= ", " < "),
    ("below is at most", FAST, r" < (?!rows)", " <= "),
    ("at least is above", FAST, r" >= ", " > "),
    ("above is at least", FAST, r" > ", " >= "),
    ("equal is unequal", FAST, r" === (?!null)", " !== "),
    ("unequal is equal", FAST, r" !== (?!null)", " === "),
    ("and is or", FAST, r"\bboth\(", "either("),
    ("or is and", FAST, r"\beither\(", "both("),
    ("plain and is or", FAST, r" && ", " || "),
    ("plain or is and", FAST, r" \|\| (?!\w+ === null|o\[\d+\] === null)", " && "),
    ("not is dropped", FAST, r"!(?=[vot(M])", ""),
    ("null takes the first branch", FAST, r" = (\w+) \? ", r" = \1 !== false ? "),
    ("a null beside a value is no null", FAST, r" = v\d+ === null \|\| (v\d+ === null \? null)", r" = \1"),
    ("missing is there", FAST, r" === null;", " !== null;"),
    ("a member is none", FAST, r"(M\d+\.has)", r"!\1"),
    ("a blank text is not", FAST, r"\b(blank\()", r"!\1"),
    ("a bound a unit off", FAST, r" <= 0 \? 1 :", " <= 0 ? 2 :"),
    ("a total begins with 1", FAST, r"let (t\d+) = 0(n?);", r"let \1 = 1\2;"),
    ("a total skips nothing", FAST, r"(t\d+) \+= ", r"\1 = "),
    ("plain rounding cuts", FAST, r"\broundPlain\(", "floorPlain("),
    ("rounding of BigInt cuts", FAST, r"\broundBig\(", "floorBig("),
    ("a constant a unit off", FAST, r"\b100(n?) \*", r"101\1 *"),
    ("an unknown is 0", FAST, r" : null;", " : 0;"),
    ("a column is the next one", FAST, r" = i\[(\d)\];", r" = i[1\1];"),
    ("exact: a sum subtracts", EXACT, r"\bplus\(v", "minus(v"),
    ("exact: a difference adds", EXACT, r"\bminus\(", "plus("),
    ("exact: a product adds", EXACT, r"\btimes\(", "plus("),
    ("exact: below is at most", EXACT, r" < 0\b", " <= 0"),
    ("exact: rounding cuts", EXACT, r"\bround\(", "floor("),
    ("exact: a bound a unit off", EXACT, r"(clamp\([^,]+), 1n", r"\1, 2n"),
    ("exact: a total forgets", EXACT, r"(t\d+) = plus\(t\d+, (.*)\);", r"\1 = \2;"),
    ("a half stays", RUNTIME, r"rest >= den - rest", "rest > den - rest"),
    ("a negative is rounded to its opposite", RUNTIME, r"num < 0 \? -near : near", "near"),
    ("BigInt: a half stays", RUNTIME, r"2n \* size \+ den\)", "2n * size + den - 1n)"),
    ("null and false is null", RUNTIME, r"if \(one === false \|\| other === false\) return false;", ""),
    ("null or true is null", RUNTIME, r"if \(one === true \|\| other === true\) return true;", ""),
    ("white space is JavaScript's", RUNTIME, r"stripped\(text\)\);", "text.trim());"),
    ("big numbers are cut", RUNTIME, r"if \(!isWhole\(number\) .*\) return undefined;", ""),
    ("fractions are cut", RUNTIME, r": ratio\(BigInt\(found\[1\]\), BigInt\(found\[2\]\)\)",
     ": BigInt(found[1]) / BigInt(found[2])"),
]  # fmt: skip


def mutated(source: str, where: str, pattern: str, other: str) -> str:
    """The source with every place of a pattern changed in one of its parts."""
    if where == RUNTIME:
        start, end = source.index("// What the generated functions call"), source.index("function fast(f, rows)")
    else:
        start, end = body_of(source, where).span(1)
    changed, places = re.subn(pattern, other, source[start:end])
    assert places, "there is nothing to change: the pattern no longer fits what is generated"
    return source[:start] + changed + source[end:]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation[0])
def test_a_wrong_operation_in_the_page_is_caught(
    mutation: tuple[str, str, str, str], program: Program, shares: list[Block]
) -> None:
    """A source with one kind of operation changed differs from the closure somewhere."""
    _, where, pattern, other = mutation
    run = "runExact" if where == EXACT else "run"
    assert caught(mutated(source_of(program), where, pattern, other), run, shares)


def test_the_unchanged_source_is_not_caught(program: Program, shares: list[Block]) -> None:
    """What the mutations are caught by is silent where nothing was changed, with either function."""
    for run in ("run", "runExact"):
        assert not caught(source_of(program), run, shares)


@pytest.fixture(scope="module")
def some() -> list[Case]:
    """A few cases whose cells lie inside the domains, and a few others."""
    return Cases(reviewer(), 7).cases(range(60))


def digits(value: Named) -> object:
    """A named value of the closure as a page gives it."""
    return (
        str(value) if isinstance(value, Fraction) else value if isinstance(value, str | bool | None) else f"{value:f}"
    )


def test_a_page_gives_values_and_verdicts_in_full_digits(program: Program, some: list[Case]) -> None:
    """Named values of the form and of each line, and verdicts, are the closure's: the digits, not only the numbers."""
    closure, number, columns = program.closure(), loaded(source_of(program)), program.columns()
    exact = 0
    for case in some:
        result, (form, rows) = closure(*case), as_json(case, columns)
        told = json.loads(called("told", number, json.dumps(form), json.dumps(rows)))
        exact += told["exact"]
        assert told["conditions"] == result.conditions
        if not told["exact"]:  # with more decimals than the scale, 1 and 1.00 are the same number
            assert told["form"] == {name: digits(value) for name, value in result.form.items()}
            for line, values in zip(told["rows"], result.rows, strict=True):
                assert line == {name: digits(values[name]) for name in line}
    assert 0 < exact < len(some) // 2


def test_a_page_shows_numbers_as_the_derivation_does(program: Program, some: list[Case]) -> None:
    """What a page shows of a named value is what the report's derivation prints."""
    closure, number, columns = program.closure(), loaded(source_of(program)), program.columns()
    for case in some:
        result, (form, rows) = closure(*case), as_json(case, columns)
        told = json.loads(called("told", number, json.dumps(form), json.dumps(rows)))
        slots = result._layout.rows
        for name, shown in told["shown"].items() if not told["exact"] else ():
            if isinstance(shown, str):
                assert shown == slots[name].shown(result.raw_form, ())
            else:
                assert shown == [slots[name].shown(result.raw_form, row) for row in result.raw_rows]


def test_the_exact_function_is_for_cells_outside(program: Program, some: list[Case]) -> None:
    """Rows inside the domains are computed by the fast function, all others by the exact one."""
    number, columns = loaded(source_of(program)), program.columns()
    for case in some:
        form, rows = as_json(case, columns)
        read = ({name: case[0][name] for name in form}, [{name: row[name] for name in rows[0]} for row in case[1]])
        told = json.loads(called("told", number, json.dumps(form), json.dumps(rows)))
        assert told["exact"] is not inside(program, *read)


def test_intervals_hold_inside_the_domains(program: Program, some: list[Case]) -> None:
    """Plain numbers rest on the intervals of nodes: no value of any node ever leaves its own."""
    nodes = [node for node in reachable(program._roots()) if node.type == "number" and node.kind != "null"]
    closure = python.generate(nodes)
    within = [case for case in some if inside(program, *case)]
    for case in within:
        form, rows = closure.run(*case)
        for node in nodes:
            at = (closure.rows if node.per_row else closure.form)[node.index]
            cells = [row[at] for row in rows] if node.per_row else [form[at]]
            assert all(cell is None or (isinstance(cell, int) and node.low <= cell <= node.high) for cell in cells)
    assert len(within) > len(some) // 2
