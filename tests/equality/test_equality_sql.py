"""What a database computes is what the closure computes; its plans stay small; and the comparison can fail."""

import re
import time
from fractions import Fraction

import pytest

from equality.block import Block, Blocks
from equality.cases import Cases, inside
from equality.database import LEVELS, database, statements_of, table_of
from equality.shares import books
from equality.table import differences
from jixiao.language import Program
from jixiao.language.ir import MAX_ROWS, reachable
from jixiao.language.sql import DIALECTS, DUCKDB, Dialect
from jixiao.review import Reviewer
from review.bench_of_books import checks, lexicons, reviewer

COUNT = 60
STATEMENT = 80_000
"""Characters of a statement of a whole book; it has some 58,000 for 1,700 values."""
PLAN = 160
"""Operators of a plan; there are about a hundred."""
PLANNING = 12 * 10**9
"""Processor time of planning, in nanoseconds: about one second; it was 54 with expressions written out many times."""


@pytest.fixture(scope="module")
def program() -> Program:
    """The ministry's book with all checks, and a number with halves below 0 to round, whatever the books round."""
    made = Reviewer(reviewer().scorer.book, checks(), lexicons()).scorer.program
    made.let("half_below", "round((i.score - i.weight) / 2, 2)")
    made.let("floor_below", "floor((i.score - i.weight) / 3, 2)")
    return made


@pytest.fixture(scope="module")
def some(program: Program) -> Block:
    """A slice of the cases of `./dev equal`."""
    return Blocks(program).block(Cases(reviewer()).cases(range(COUNT)))


def test_a_book_with_aggregates_of_aggregates_is_equal_too() -> None:
    """A book whose lines are added up twice, the second time over what the first gave."""
    (book,) = (book for book in books() if book.id == "cn-hubei")
    made = Reviewer(book, checks(), lexicons())
    program, block = made.scorer.program, Blocks(made.scorer.program).block(Cases(made).cases(range(COUNT)))
    assert max(node.stage for node in reachable(program.outputs().values())) > 1
    assert differences(block.expected, table_of(statements_of(program), block))[1] == []


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=lambda dialect: dialect.name)
def test_a_statement_of_a_whole_book_is_short(dialect: Dialect, program: Program) -> None:
    """Nothing is written out twice: a statement grows with the values of its program."""
    for level in LEVELS:
        assert len(program.sql(dialect, level=level)) < STATEMENT


def test_a_plan_of_a_whole_book_is_small(program: Program, some: Block) -> None:
    """The optimiser does not write staged expressions out again: a plan has few operators and is made at once."""
    with database(some) as connection:
        for statement in statements_of(program).values():
            start = time.process_time_ns()
            plan = "".join(text for _, text in connection.execute(f"EXPLAIN (FORMAT json) {statement}").fetchall())
            took = time.process_time_ns() - start
            assert 20 < plan.count('"children"') < PLAN
            assert took < PLANNING


def test_the_setting_that_keeps_plans_small_is_one_duckdb_knows(program: Program) -> None:
    """A name that a newer DuckDB no longer knows would be refused when it is set."""
    with database(Blocks(program).block([])) as connection:
        assert connection.execute("SELECT current_setting('disabled_optimizers')").fetchone() == (
            DUCKDB.settings["disabled_optimizers"],
        )


MUTATIONS = [
    ("a sum subtracts", r"(\w) \+ (\w+)\)", r"\1 - \2)"),
    ("below is at most", r"i_score < ", "i_score <= "),
    ("equal is unequal", r"i_score = ", "i_score <> "),
    ("and is or", r"(?<=\)) AND ", " OR "),
    ("null takes the first branch", r"CASE WHEN (\(i_target > 0::BIGINT\)) THEN", r"CASE WHEN coalesce(\1, TRUE) THEN"),
    ("a blank text is not", r"coalesce\(NOT (i_\w+)", r"coalesce(\1"),
    ("a half goes up, not away", r"ELSE -\(\(([\w:]+) - 2::BIGINT", r"ELSE -((\1 - 1 - 2::BIGINT"),
    ("a divisor is one more", r"// \((2::BIGINT \* [\w:]+)\)", r"// (1 + \1)"),
    ("a quotient below 0 is cut", r"- 1::BIGINT - ", "- "),
    ("a missing sum is null", r"coalesce\(s\.(t\d+), 0::BIGINT\)", r"s.\1"),
    ("forms outside are computed", r"WHERE NOT is_outside", "WHERE NOT is_outside OR form_id = 0"),
]  # fmt: skip
TEXTS = {
    "half_below": "round((i.score - i.weight) / 2, 2)",
    "floor_below": "floor((i.score - i.weight) / 3, 2)",
    "grown": "f.adjusted + f.executed",
    "less": "i.score < i.weight",
    "same": "i.score == i.weight and f.total_score == 100",
    "chosen": "1 if i.target > 0 else 0",
    "empty": "blank(i.deviation)",
    "told": "blank(i.band)",
    "points": "sum(i.weight)",
}


@pytest.fixture(scope="module")
def small() -> tuple[Program, Block]:
    """A few values that have every operation between them; one form has no line, one a number that no cell holds."""
    made = Program(reviewer().scorer.program.scope.schema, {})
    for name, text in TEXTS.items():
        made.let(name, text)
    cases = Cases(reviewer()).cases(range(COUNT))
    whole = next(case for case in cases if inside(made, *case))
    cases[:2] = [(whole[0] | {"adjusted": Fraction(1, 2)}, []), (whole[0], [])]
    return made, Blocks(made).block(cases)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation[0])
def test_a_wrong_operation_in_the_statement_is_caught(
    mutation: tuple[str, str, str], small: tuple[Program, Block]
) -> None:
    """A statement with one kind of operation changed differs from the closure somewhere, or does not run."""
    _, pattern, other = mutation
    program, block = small
    changed = {level: re.subn(pattern, other, statement) for level, statement in statements_of(program).items()}
    assert sum(places for _, places in changed.values())
    try:
        found = table_of({level: statement for level, (statement, _) in changed.items()}, block)
    except Exception:  # noqa: BLE001 -- a statement that cannot run is caught, too
        return
    assert differences(block.expected, found)[1] != []


def test_the_unchanged_statement_is_not_caught(small: tuple[Program, Block]) -> None:
    """What the mutations are caught by is silent where nothing was changed."""
    program, block = small
    assert differences(block.expected, table_of(statements_of(program), block))[1] == []


def test_forms_outside_are_told(program: Program, some: Block) -> None:
    """Every form with a cell beyond its domain, or too many lines, is told; its cells are left to the closure."""
    read = some.of.inputs.nodes
    with database(some) as connection:
        told = connection.execute(f"SELECT form, outside FROM ({statements_of(program)['form']})").fetchall()  # noqa: S608
    for number, outside in told:
        form, rows = some.cases[number]
        cells = [(read.get(f"{space}.{name}"), cell) for space, one in
                 (("f", form), *(("i", row) for row in rows)) for name, cell in one.items()]  # fmt: skip
        beyond = [
            node for node, cell in cells
            if node and ((cell is None and not node.nullable) or (node.type == "number" and cell is not None
                         and not (isinstance(cell, int) and node.low <= cell <= node.high)))
        ]  # fmt: skip
        assert outside is (bool(beyond) or len(rows) > MAX_ROWS)
    assert 0 < sum(outside for _, outside in told) < len(some.cases) // 2
