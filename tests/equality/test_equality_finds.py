"""`./dev equal` finds what it is there to find: one wrong cell of any kind, in the answer of any back end."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import polars as pl
import pytest

from equality import __main__ as command
from equality import database, engine, shares
from equality.block import Block, Blocks
from equality.cases import OF_A_FORM, Cases
from equality.legs import LEGS, Run
from equality.shares import Asked, Found, Share
from equality.table import Column, column, differences
from jixiao.language import Program
from jixiao.language.closure import Raw
from jixiao.language.columns import Results
from jixiao.language.columns.batch import Batch
from jixiao.language.sql import FORM, ROW
from review.bench_of_books import reviewer

TEXTS: Final = {
    "points": "sum(i.weight)",
    "less": "f.executed < f.adjusted",
    "word": '"有" if f.executed > 0 else "无"',
    "gap": "i.target - i.weight",
    "met": "i.actual >= i.target",
    "note": '"空" if blank(i.deviation) else "言"',
}
COUNT: Final = 40


@dataclass(frozen=True)
class Plant:
    """One cell to be changed in what a back end answers."""

    output: str
    form: int
    row: int | None
    cell: Raw


@pytest.fixture(scope="module")
def program() -> Program:
    """A few values of every kind, of forms and of indicators, each unknown for some."""
    made = Program(reviewer().scorer.program.scope.schema, {})
    for name, text in TEXTS.items():
        made.let(name, text)
    return made


@pytest.fixture(scope="module")
def block(program: Program) -> Block:
    """A few cases."""
    return Blocks(program).block(Cases(reviewer()).cases(range(COUNT)))


@pytest.fixture(scope="module")
def runs(program: Program) -> Mapping[str, Run]:
    """The back ends, compiled once."""
    return {leg.name: leg.compile(program, None) for leg in LEGS}


def plants(block: Block) -> list[Plant]:
    """A wrong cell in every output, and a null for a value, and a value for a null where there is one."""
    made: list[Plant] = []
    for name, right in block.expected.items():
        within = [at for at in range(len(right.cells)) if block.place(name, at)[0] not in block.outside]
        known = next(at for at in within if right.cell(at) is not None)
        cells = [(known, _other(right.cell(known))), (known, None)]
        cells += [(at, right.cell(known)) for at in within if right.cell(at) is None][:1]
        made += [Plant(name, *block.place(name, at), cell) for at, cell in cells]
    return made


def _other(cell: Raw) -> Raw:
    return not cell if isinstance(cell, bool) else f"{cell}。" if isinstance(cell, str) else (cell or 0) + 1


def _in_frame(frame: pl.DataFrame, plant: Plant, here: pl.Expr, cell: object) -> pl.DataFrame:
    lit = pl.lit(cell, dtype=frame[plant.output].dtype)
    changed = frame.with_columns(pl.when(here).then(lit).otherwise(pl.col(plant.output)).alias(plant.output))
    assert not changed.equals(frame)
    return changed


def _newest() -> int:
    """The program loaded last."""
    return int(str(engine.engine().eval("programs.length - 1")))


def in_columns(patch: pytest.MonkeyPatch, plant: Plant) -> None:
    """The cell in the results of a back end by column."""
    right = Batch.run

    def wrong(batch: Batch, frames: Any) -> Results:
        results = right(batch, frames)
        cell = results.vocabulary.code(plant.cell) if isinstance(plant.cell, str) else plant.cell
        here = pl.col("form.id") == plant.form
        if plant.row is None:
            forms = _in_frame(results.forms, plant, here, cell)
            return Results(forms, results.indicators, results.vocabulary, results.unheld)
        rows = _in_frame(results.indicators, plant, here & (pl.col("row.at") == plant.row), cell)
        return Results(results.forms, rows, results.vocabulary, results.unheld)

    patch.setattr(Batch, "run", wrong)


def in_page(patch: pytest.MonkeyPatch, plant: Plant) -> None:
    """The cell in what comes back from the page's engine, which tells the place of each output."""
    right, places = engine.decoded, json.loads(engine.called("places", _newest()))

    def wrong(text: str) -> Any:
        ran = right(text)
        form, rows = ran[plant.form]
        (form if plant.row is None else rows[plant.row])[places[plant.output][1]] = plant.cell
        return ran

    patch.setattr(engine, "decoded", wrong)


def in_database(patch: pytest.MonkeyPatch, plant: Plant) -> None:
    """The cell in what comes back from the database."""
    right = database.answered

    def wrong(connection: Any, statement: str) -> pl.DataFrame:
        frame, here = right(connection, statement), pl.col(FORM) == plant.form
        if plant.output not in frame.columns:
            return frame
        return _in_frame(frame, plant, here if plant.row is None else here & (pl.col(ROW) == plant.row), plant.cell)

    patch.setattr(database, "answered", wrong)


WAYS: Final[Mapping[str, Callable[[pytest.MonkeyPatch, Plant], None]]] = {
    "Polars": in_columns, "kernel": in_columns, "JavaScript": in_page, "JavaScript, exact numbers": in_page,
    "SQL, DuckDB": in_database,
}  # fmt: skip


@pytest.mark.parametrize("leg", [leg.name for leg in LEGS])
def test_one_wrong_cell_is_found(
    leg: str, runs: Mapping[str, Run], block: Block, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that is another number, truth or text, null or no longer null is named, and nothing else is."""
    assert differences(block.expected, runs[leg](block))[1] == []
    planted = plants(block)
    assert {(block.of.outputs[one.output].type, one.row is None) for one in planted} == {
        (kind, of_form) for kind in ("number", "truth", "text") for of_form in (True, False)
    }
    assert sum(one.cell is None for one in planted) == len(TEXTS)
    for plant in planted:
        with monkeypatch.context() as patch:
            WAYS[leg](patch, plant)
            ((name, at, right, found),) = differences(block.expected, runs[leg](block))[1]
        assert (name, *block.place(name, at), found) == (plant.output, plant.form, plant.row, plant.cell)
        assert right == block.expected[name].cell(at) != plant.cell


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("number", [1, 2, None], [1, 3, None]),
        ("number", [1, 2, None], [True, 2, None]),
        ("number", [1, 2, None], [1, 2, 0]),
        ("number", [Fraction(1, 3), 2], [Fraction(1, 4), 2]),
        ("number", [Fraction(1, 3), 2], [None, 2]),
        ("number", [10**30, 2], [10**30 + 1, 2]),
        ("number", [10**30, 2], [None, 2]),
        ("number", [None, 2], [10**30, 2]),
        ("truth", [True, False, None], [True, True, None]),
        ("truth", [True, False, None], [1, False, None]),
        ("truth", [True, False, None], [True, 0, None]),
        ("truth", [True, False, None], [True, False, False]),
        ("text", ["甲", "", None], ["乙", "", None]),
        ("text", ["甲", "", None], ["甲", None, None]),
        ("text", ["甲", "", None], ["甲", "", ""]),
    ],
)  # fmt: skip
def test_cells_that_are_not_the_same_differ(kind: str, right: list[Raw], wrong: list[Raw]) -> None:
    """No tolerance: a truth is no number, a null no value, and a number beyond 64 bits or a fraction is itself."""
    expected, places = {"it": column(right, kind)}, [at for at in range(len(right)) if wrong[at] is not right[at]]
    assert differences(expected, {"it": column(list(right), kind)}) == (len(right), [])
    assert differences(expected, {"it": column(wrong, kind)})[1] == [("it", at, right[at], wrong[at]) for at in places]


def test_a_column_of_another_kind_is_compared_cell_by_cell() -> None:
    """Truths that come as numbers are all wrong, unknown ones apart; too few cells or no column are no answer."""
    right = {"it": column([True, None, False], "truth")}
    told = {"it": Column(pl.Series([1, None, 0], dtype=pl.Int64))}
    assert differences(right, told)[1] == [("it", 0, True, 1), ("it", 2, False, 0)]
    assert differences({"it": column([1, 2], "number")}, {"it": Column(pl.Series([1, 2], dtype=pl.Int32))})[1] == []
    with pytest.raises(ValueError, match="2 cells"):
        differences(right, {"it": column([True, None], "truth")})
    with pytest.raises(KeyError):
        differences(right, {})


def test_forms_are_spread_evenly_and_named_by_number() -> None:
    """Every number is one case of one book, and no book has more than one form more than another."""
    made = list(shares.shares(["a", "b", "c"], 1000, block=150))
    assert [number for one in made for number in range(one.start, one.end)] == list(range(1000))
    counts = [sum(one.end - one.start for one in made if one.book == book) for book in ("a", "b", "c")]
    assert (sum(counts), max(counts) - min(counts)) == (1000, 1)
    assert max(one.end - one.start for one in made) == 150


def test_a_case_follows_from_seed_and_number_alone() -> None:
    """A case made alone is the one made among others; the first of a form is its own rows, the others differ."""
    some, alone = Cases(reviewer(), 5).cases(range(4, 12)), Cases(reviewer(), 5)
    assert [alone.case(number) for number in range(11, 3, -1)] == some[::-1]
    assert some != Cases(reviewer(), 6).cases(range(4, 12))
    assert len({repr(case) for case in some[:OF_A_FORM]}) == OF_A_FORM


def test_books_with_the_same_nodes_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that gives every number as another does is named with it."""
    some = [book for book in shares.books() if book.id in ("cn", "cn-anhui", "cn-shanghai")]
    monkeypatch.setattr(shares, "books", lambda: some)
    assert [(book.id, same) for book, same in shares.distinct()] == [("cn", ()), ("cn-anhui", ("cn-shanghai",))]


def test_a_share_tells_the_case_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of the case, the indicator, the value and both cells are told, and the cells that differ counted."""
    plant = Plant("total", 2, None, 12345)
    shares._ready.cache_clear()
    in_columns(monkeypatch, plant)
    found = shares.compared(Share("cn", 100, 108), Asked(("Polars",), 7, ""))
    shares._ready.cache_clear()
    assert found.wrong == {"Polars": 1}
    assert found.cells > 8 * 300
    (told,) = found.told
    assert told.startswith("Polars, cn, case 102: total is 12345, expected ")


def test_a_cell_that_differs_ends_the_command_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The book is named, and what differs counted; without a difference the command ends well."""
    book = next(book for book in shares.books() if book.id == "cn")
    monkeypatch.setattr(command, "distinct", lambda: [(book, ("cn-other",))])
    for wrong in (0, 2):
        found = Found(Share("cn", 0, 8), 7, 4000, {"Polars": 0, "kernel": wrong}, (), 0)
        monkeypatch.setattr(command, "_run", lambda *_, found=found: iter([found]))
        if wrong:
            with pytest.raises(SystemExit, match="not equal: cn"):
                command.main("8", "--legs", "columns")
        else:
            command.main("8", "--legs", "columns")
        told = capsys.readouterr().out
        assert "cn (the same program: cn-other): 8 forms, 7 inside the domains, 4,000 cells a back end" in told
        assert f"  kernel: {wrong} differ" in told
