"""Every back end gives, cell by cell, what the closure gives; and the comparison can fail."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from equality.block import Block, Blocks
from equality.cases import Cases, inside
from equality.legs import LEGS, Leg, table_of
from equality.shares import books
from equality.table import differences
from jixiao.language import Program
from jixiao.language.columns import steps
from jixiao.language.columns.lowering import MAKERS, Lowering, Value, width
from jixiao.language.columns.ops import FULL, HALF, Op
from jixiao.language.columns.shape import Chunk
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


def _as_other(what: str, other: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(steps.COMPUTE, what, steps.COMPUTE[other])


def _maker(kind: str, maker: Callable[[Lowering, Node], Value]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(MAKERS, kind, maker)


def _after(kind: str, change: Callable[[Lowering, Value], Value]) -> Callable[[pytest.MonkeyPatch], None]:
    """What a node becomes, changed."""
    right = MAKERS[kind]
    return _maker(kind, lambda lowering, node: change(lowering, right(lowering, node)))


def _never(lowering: Lowering, _truth: Value) -> Value:
    return Value(lowering.ops.false, lowering.ops.true)


def _negated(lowering: Lowering, truth: Value) -> Value:
    return Value(lowering.ops.negated(truth.cells), truth.known)


def _two_valued(lowering: Lowering, truth: Value) -> Value:
    return Value(lowering.ops.both(truth.cells, truth.known), lowering.ops.true)


def _one_off(lowering: Lowering, number: Value) -> Value:
    return Value(lowering.ops.made("+", number.cells, lowering.ops.const(1, number.cells.dtype)), number.known)


def _first_of_null(lowering: Lowering, node: Node) -> Value:
    """A choice whose test is taken to be true where it is null."""
    if node.type != "number":
        return RIGHT["choose"](lowering, node)
    failed, (one, other) = lowering.false(node.args[0]), map(lowering.value, node.args[1:])
    cells = [lowering.ops.cast(number.cells, FULL) for number in (other, one)]
    known = lowering.ops.picked(failed, other.known, one.known)
    return Value(lowering.ops.cast(lowering.ops.chosen(failed, *cells), width(node)), known)


def _quotient(*, half: bool) -> Callable[[Lowering, Node], Value]:
    """Division without a sign put back, with or without a half added."""

    def divide(lowering: Lowering, node: Node) -> Value:
        made, (num, den) = lowering.ops.made, map(lowering.value, node.args)
        two, top, below = (lowering.ops.cast(one, FULL) for one in (lowering.ops.const(2, FULL), num.cells, den.cells))
        if half:
            top, below = made("+", made("*", two, top), below), made("*", two, below)
        known = lowering.ops.both(num.known, den.known)
        return Value(lowering.ops.cast(made("//", top, below), width(node)), known)

    return divide


RIGHT = dict(MAKERS)
_SUMMED = Chunk.summed


def _summed_without_the_last(chunk: Chunk, columns: pl.DataFrame) -> pl.DataFrame:
    return _SUMMED(replace(chunk, counts=chunk.counts - (chunk.counts > 0).cast(pl.Int64)), columns)


def _one_more(op: Op) -> pl.Series:
    right = steps.constant(op)
    return right + 1 if op.dtype in (HALF, FULL) else right


MUTATIONS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    **{
        f"{sign} as {other}": _as_other(sign, other)
        for sign, other in (
            ("+", "-"), ("-", "+"), ("*", "+"), ("<", "<="), ("<=", "<"), (">", ">="), (">=", ">"), ("==", "!="),
            ("!=", "=="), ("and", "or"), ("or", "and"),
        )
    },
    "not as it is": lambda patch: patch.setitem(steps.COMPUTE, "not", lambda bits: bits),
    "two-valued logic": _after("logic", _two_valued),
    "null chooses the first branch": _maker("choose", _first_of_null),
    "nothing is missing": _after("missing", _never),
    "blank texts are not": _after("blank", _never),
    "not a member": _after("member", _negated),
    "a bound a unit off": _after("bound", _one_off),
    "divided down": _maker("divide", _quotient(half=False)),
    "a half goes up, not away": _maker("divide", _quotient(half=True)),
    "a total without its last row": lambda patch: patch.setattr(Chunk, "summed", _summed_without_the_last),
    "a constant a unit off": lambda patch: patch.setattr("jixiao.language.columns.plan.constant", _one_more),
}  # fmt: skip


@pytest.fixture(scope="module")
def compared(program: Program, some: Block) -> Callable[[], list[object]]:
    """Compares a plan made anew, as the steps stand then, with the closure."""
    columns = program.by_column()
    frames = some.frames(columns)

    def differing() -> list[object]:
        columns.plan = columns.planned()
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
    assert kinds == set(MAKERS)


def test_a_plan_has_at_most_two_steps_a_node(program: Program) -> None:
    """Nothing is written out twice: a node is its cells, and where they are known."""
    columns = program.by_column()
    nodes = reachable(columns.outputs.values())
    computed = [node for node in nodes if node.kind not in ("const", "null", "column")]
    assert len(columns.plan.steps) < len(computed) * 2


def test_books_other_than_the_ministrys_are_equal_too() -> None:
    """A few cases of every book on the shelf; `./dev equal` has many, and the back ends that plan for seconds."""
    for book in books():
        made = Reviewer(book, load_checks({}), lexicons())
        program = made.scorer.program
        block = Blocks(program).block(Cases(made).cases(range(30)))
        for leg in (leg for leg in LEGS if leg.quick):
            assert differences(block.expected, leg.compile(program, None)(block))[1] == []
