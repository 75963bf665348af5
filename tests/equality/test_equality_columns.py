"""Every back end gives, cell by cell, what the closure gives; and the comparison can fail."""

import operator
from collections.abc import Callable

import polars as pl
import pytest

from equality.block import Block, Blocks
from equality.cases import Cases, inside
from equality.legs import LEGS, Leg, table_of
from equality.shares import books
from equality.table import differences
from jixiao.language import Program
from jixiao.language.columns import steps
from jixiao.language.columns.plan import plan_of
from jixiao.language.columns.steps import Maker, Shape
from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import Node, reachable
from jixiao.review import Reviewer, load_checks
from review.bench_of_books import checks, lexicons, reviewer

COUNT = 300


@pytest.fixture(scope="module")
def program() -> Program:
    """The ministry's book with all checks, and a number with halves below 0 to round, whatever the books round."""
    made = Reviewer(reviewer().scorer.book, checks(), lexicons()).scorer.program
    made.let("half_below", "round((i.score - i.weight) / 2, 2)")
    return made


@pytest.fixture(scope="module")
def some(program: Program) -> Block:
    """A slice of the cases of `./dev equal`."""
    return Blocks(program).block(Cases(reviewer()).cases(range(COUNT)))


@pytest.mark.parametrize("leg", LEGS, ids=lambda leg: leg.name)
def test_a_back_end_equals_the_closure(leg: Leg, program: Program, some: Block) -> None:
    """All named values and conditions of all forms are the closure's."""
    cells, wrong = differences(some.expected, leg.compile(program, None)(some))
    assert wrong == []
    assert cells > COUNT * 500


def test_most_cases_are_computed_by_column(program: Program, some: Block) -> None:
    """The comparison is not of the closure with itself: two thirds lie inside the domains, and some do not."""
    within = sum(inside(program, *case) for case in some.cases)
    columns = program.by_column()
    results = columns.run(columns.frames(some.cases))
    outside = set(results.forms.filter(results.forms["form.outside"])["form.id"])
    assert COUNT * 2 // 3 < within < COUNT
    assert 0 < len(outside) <= COUNT - within
    assert outside == some.outside
    assert differences(some.expected, table_of(columns, results, some))[1] == []


def _infix(sign: str, other: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(steps.INFIX, sign, steps.INFIX[other])


def _maker(kind: str, maker: Maker) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(steps.MAKERS, kind, maker)


def _after(kind: str, change: Callable[[pl.Series], pl.Series]) -> Callable[[pytest.MonkeyPatch], None]:
    """What a node gives, changed."""
    right = steps.MAKERS[kind]
    return _maker(kind, lambda node, words: lambda *args: change(right(node, words)(*args)))


def _two_valued(one: pl.Series, other: pl.Series) -> pl.Series:
    return (one & other).fill_null(value=False)


_SUMMED = Shape.summed


def _summed_without_the_last(shape: Shape, values: pl.Series) -> pl.Series:
    return _SUMMED(Shape(shape.forms, shape.ranks[:-1]), values.head(sum(shape.ranks[:-1])))


def _one_more(node: Node, vocabulary: Vocabulary) -> pl.Series:
    right = steps.constant(node, vocabulary)
    return right + 1 if node.type == "number" else right


MUTATIONS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    **{
        f"{sign} as {other}": _infix(sign, other)
        for sign, other in (
            ("+", "-"), ("-", "+"), ("*", "+"), ("<", "<="), ("<=", "<"), (">", ">="), (">=", ">"), ("==", "!="),
            ("!=", "=="),
        )
    },
    "and as or": lambda patch: patch.setitem(steps.LOGIC, "and", operator.or_),
    "or as and": lambda patch: patch.setitem(steps.LOGIC, "or", operator.and_),
    "not as it is": lambda patch: patch.setitem(steps.LOGIC, "not", lambda truth: truth),
    "two-valued and": lambda patch: patch.setitem(steps.LOGIC, "and", _two_valued),
    "null chooses the first branch": _maker(
        "choose", lambda _node, _words: lambda test, then, orelse: then.zip_with(test.fill_null(value=True), orelse)
    ),
    "nothing is missing": _after("missing", lambda truth: truth & False),
    "blank texts are not": _after("blank", lambda truth: truth & False),
    "not a member": _after("member", lambda truth: ~truth),
    "a bound a unit off": _after("bound", lambda number: number + 1),
    "divided down": _maker("divide", lambda _node, _words: lambda num, den: num // den),
    "a half goes up, not away": _maker("divide", lambda _node, _words: lambda num, den: (2 * num + den) // (2 * den)),
    "a total without its last row": lambda patch: patch.setattr(Shape, "summed", _summed_without_the_last),
    "a constant a unit off": lambda patch: patch.setattr("jixiao.language.columns.plan.constant", _one_more),
}  # fmt: skip


@pytest.fixture(scope="module")
def compared(program: Program, some: Block) -> Callable[[], list[object]]:
    """Compares a plan made anew, as the steps stand then, with the closure."""
    columns = program.by_column()
    frames = some.frames(columns)

    def differing() -> list[object]:
        columns.plan = plan_of(columns.outputs, columns.per_row, columns.vocabulary())
        return list(differences(some.expected, table_of(columns, columns.run(frames), some))[1])

    return differing


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_wrong_operation_is_caught(
    mutation: str, compared: Callable[[], list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan with one kind of node computed wrongly differs from the closure somewhere."""
    MUTATIONS[mutation](monkeypatch)
    assert compared() != []


def test_the_plan_made_anew_is_right(compared: Callable[[], list[object]]) -> None:
    """What the mutations are caught by is silent where nothing was changed."""
    assert compared() == []


def test_every_kind_of_node_is_there_and_mutated(program: Program) -> None:
    """No kind of node is out of the comparison."""
    kinds = {node.kind for node in reachable(program.by_column().outputs.values())}
    assert kinds == {"const", "null", "column", "total", *steps.MAKERS}


def test_a_plan_has_one_step_a_node(program: Program) -> None:
    """Nothing is written out twice: a step a node, and one for a value of the form that lines read."""
    columns = program.by_column()
    nodes = reachable(columns.outputs.values())
    computed = [node for node in nodes if node.kind not in ("const", "null", "column")]
    assert len(columns.plan.steps) < len(computed) * 11 // 10


def test_books_other_than_the_ministrys_are_equal_too() -> None:
    """A few cases of every book on the shelf; `./dev equal` has many, and the back ends that plan for seconds."""
    for book in books():
        made = Reviewer(book, load_checks({}), lexicons())
        program = made.scorer.program
        block = Blocks(program).block(Cases(made).cases(range(30)))
        for leg in (leg for leg in LEGS if leg.quick):
            assert differences(block.expected, leg.compile(program, None)(block))[1] == []
