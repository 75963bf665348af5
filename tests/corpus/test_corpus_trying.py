"""The rule lab on a corpus says of every form, and of all together, what it says of one form at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path

import polars as pl
import pytest

from corpus.made import corpus_of
from jixiao.corpus.parts import Read
from jixiao.corpus.trying.coded import UncodedError
from jixiao.corpus.trying.lazily import Lazily
from jixiao.corpus.trying.run import Trial
from jixiao.corpus.trying.sides import Books, Group, Sides
from jixiao.corpus.trying.whole import every_form, try_corpus
from jixiao.desk.library import shelf
from jixiao.desk.whatif import Scenario, changed, scenario_of, try_form
from jixiao.form import Form
from jixiao.language import Cell, Column, Program, Schema
from jixiao.review.whatif import Move, Outcome, shift_of
from jixiao.rulebook import Book
from jixiao.scoring import Scorer

COUNT = 150
SCENARIOS: Mapping[str, Callable[[], Scenario]] = {
    "pass mark": lambda: scenario_of(None, None, ["pass_mark=60"]),
    "whole points": lambda: scenario_of(None, None, ["places=0"]),
    "another book and base": lambda: scenario_of("cn-hubei", "initial", []),
    "against one book": lambda: scenario_of("cn-platform", None, ["over_completion_deduction=2"], "cn-shanghai"),
    "other words for bands": lambda: scenario_of(None, None, ["percent_names_band=false", "scoring=graded"]),
    "satisfaction by interval": lambda: scenario_of(None, None, ["satisfaction_method=interval"]),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sequence[Form]]:
    """A corpus in three parts, and its forms."""
    folder = tmp_path_factory.mktemp("corpus")
    return folder, corpus_of(COUNT, folder, seed=3, part=60)


def reads(folder: Path) -> Iterator[Read]:
    """The parts of a corpus."""
    return (partial(column_of, folder, path.name) for path in sorted((folder / "forms").glob("*.parquet")))


def column_of(folder: Path, name: str, table: str, columns: Sequence[str]) -> pl.DataFrame:
    """Columns of a table of one part."""
    return pl.read_parquet(folder / table / name, columns=list(columns))


def books_under(scenario: Scenario) -> Callable[[Group], Books]:
    """What decides the books of a form."""

    def named(identifier: str, group: Group) -> Book:
        return shelf().choose(
            title="", department="", unit="", fiscal_year=group.fiscal_year, override=identifier
        ).book  # fmt: skip

    def books_of(group: Group) -> Books:
        stored = shelf().on(group.rulebook, date.fromisoformat(group.in_force))
        before = named(scenario.baseline, group) if scenario.baseline else stored
        after = named(scenario.rulebook, group) if scenario.rulebook else before
        return Books(stored, before, changed(after, scenario.values))

    return books_of


def one_by_one(forms: Sequence[Form], scenario: Scenario) -> list[Move]:
    """Every form scored by itself under the books that the command without a corpus takes."""

    def chosen(form: Form, identifier: str | None) -> Book:
        return shelf().choose(
            title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year,
            override=identifier,
        ).book  # fmt: skip

    moves = []
    for number, form in enumerate(forms, 1):
        before = chosen(form, scenario.baseline)
        after = changed(chosen(form, scenario.rulebook) if scenario.rulebook else before, scenario.values)
        sheets = [(book.id, scorer(book).score(form)) for book in (before, after)]
        sides = [Outcome(name, sheet.score, sheet.low, sheet.grade, {}) for name, sheet in sheets]
        unit, project, claimed = form.unit or form.department, form.project.name, form.total.score
        moves.append(Move("made.jsonl", number, unit, project, claimed, form.grade, *sides))
    return moves


_scorers: dict[str, Scorer] = {}


def scorer(book: Book) -> Scorer:
    """The book compiled, once for all days on which it computes the same."""
    key = f"{book.id} {book.fingerprint}"
    if key not in _scorers:
        _scorers[key] = Scorer(book)
    return _scorers[key]


def bare(move: Move) -> tuple[object, ...]:
    """What a corpus tells of a form: all but questions, which are counted apart."""
    sides = [(one.rulebook, one.score, one.low, one.grade) for one in (move.before, move.after)]
    return (move.number, move.unit, move.project, move.claimed_score, move.claimed_grade, *sides)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_form_of_a_corpus_moves_as_it_does_by_itself(made: tuple[Path, Sequence[Form]], name: str) -> None:
    """Book, total, low end, grade and names are the same, cell for cell, those of adversarial forms too."""
    folder, forms = made
    scenario = SCENARIOS[name]()
    told = [bare(move) for move in every_form(reads(folder), books_under(scenario))]
    assert told == [bare(move) for move in one_by_one(forms, scenario)]


def test_forms_of_a_corpus_move_as_the_command_moves_them(made: tuple[Path, Sequence[Form]]) -> None:
    """The way of one form, questions and all, agrees for some."""
    folder, forms = made
    scenario = SCENARIOS["pass mark"]()
    told = [bare(move)[1:] for move in islice(every_form(reads(folder), books_under(scenario)), 12)]
    assert told == [bare(try_form(form, scenario, "made.jsonl"))[1:] for form in forms[:12]]


@pytest.mark.parametrize("name", ["pass mark", "another book and base"])
def test_the_whole_change_of_a_corpus_is_that_of_its_forms(made: tuple[Path, Sequence[Form]], name: str) -> None:
    """Tallies, grades, bars, units and directions agree; the forms named are those that move, in the same order."""
    folder, forms = made
    scenario = SCENARIOS[name]()
    tried = try_corpus(reads(folder), books_under(scenario), COUNT)
    told, by_form = tried.shift, shift_of(one_by_one(forms, scenario))
    assert (told.before, told.after, told.directions) == (by_form.before, by_form.after, by_form.directions)
    assert (told.transitions, told.units) == (by_form.transitions, by_form.units)
    assert (told.forms, told.regraded) == (COUNT, by_form.regraded)
    moved = [move for move in by_form.moves if move.direction != "same" or move.regraded]
    assert [bare(move) for move in told.moves] == [bare(move) for move in moved]
    assert tried.outside
    assert sum(group.forms for group in told.departments) == sum(group.forms for group in told.places) == COUNT


def test_a_corpus_names_no_more_forms_than_asked_and_counts_all(made: tuple[Path, Sequence[Form]]) -> None:
    """The first of those that lose most are named, of whatever part."""
    folder, forms = made
    scenario = SCENARIOS["whole points"]()
    told = try_corpus(reads(folder), books_under(scenario), 5).shift
    everyone = try_corpus(reads(folder), books_under(scenario), COUNT).shift
    assert told.moves == everyone.moves[:5]
    assert (told.forms, told.named) == (len(forms), 5)


def test_an_empty_corpus_moves_nothing() -> None:
    """No parts, no forms, no means."""
    shift = try_corpus([], books_under(SCENARIOS["pass mark"]()), 5).shift
    assert (shift.forms, shift.before.mean, shift.units) == (0, None, ())


def test_a_table_that_lacks_indicators_is_refused(made: tuple[Path, Sequence[Form]]) -> None:
    """A part whose two tables do not belong together gives no numbers."""
    (read, *_), trial = list(reads(made[0])), Trial(books_under(SCENARIOS["pass mark"]()))

    def short(table: str, columns: Sequence[str]) -> pl.DataFrame:
        frame = read(table, columns)
        return frame.head(len(frame) - 1) if table == "indicators" else frame

    with pytest.raises(ValueError, match="table of indicators"):
        trial.part(short)


@pytest.mark.parametrize("form_length", [7, 40, 4000])
def test_branches_computed_apart_give_the_cells_of_branches_computed_at_once(form_length: int) -> None:
    """Choices within choices, by a test that may be null, over few and many rows, with sums of each form."""
    schema = Schema(
        [], [Column("a", low=Decimal(-99), high=Decimal(99), nullable=True), Column("kind", "enum", values=("x", "y"))]
    )
    program = Program(schema, {})
    heavy = " + ".join(f"floor(i.a * {at} / 7, 0)" for at in range(1, 14))
    program.let("sum_of_all", f'sum(({heavy}) if i.a > 90 else 1 if i.kind == "x" else i.a if i.a < 0 else 5)')
    program.let("row_of_form", "sum(sum_of_all - i.a)")
    names = ["sum_of_all", "row_of_form"]
    columns = program.by_column(names)
    numbers = [None if at % 11 == 0 else (at * 37) % 199 - 99 for at in range(3 * form_length)]
    rows: list[dict[str, Cell]] = [{"a": a, "kind": "xyy"[at % 3]} for at, a in enumerate(numbers)]
    forms: list[tuple[dict[str, Cell], list[dict[str, Cell]]]] = [
        ({}, rows[:form_length]),
        ({}, []),
        ({}, rows[form_length:]),
    ]
    expected = [columns.run(columns.frames([form])).forms.row(0)[2:] for form in forms]
    cells = {"i.a": pl.Series(numbers, dtype=pl.Int64), "i.kind": pl.Series([str(row["kind"]) for row in rows])}
    outputs = {name: columns.outputs[name] for name in names}
    told = Lazily(outputs).run(pl.Series([len(below) for _, below in forms], dtype=pl.Int64), cells.__getitem__)
    assert list(zip(*(told[name] for name in names), strict=True)) == expected


def test_texts_of_a_form_compared_with_one_another_are_refused() -> None:
    """A number for each of a nation's texts is not made; the one who calls is told."""
    program = Program(Schema([Column("a", "text"), Column("b", "text")], []), {})
    program.condition("same", "f.a == f.b")
    with pytest.raises(UncodedError):
        Lazily(program.by_column(["same"]).outputs)


def test_equal_nodes_of_two_books_are_one() -> None:
    """A changed pass mark leaves most of a book's program as it is."""
    book = shelf().on("cn", date(2024, 12, 31))
    same = Sides(Books(book, book, book), ("score",)).program
    other = Sides(Books(book, book, book.with_values({"pass_mark": 60})), ("score",)).program
    apart = Sides(Books(book, book, shelf().on("cn-hubei", date(2024, 12, 31))), ("score",)).program
    sizes = [program.size for program in (same, other, apart)]
    assert sizes[0] < sizes[1] < 2 * sizes[0]
    assert sizes == sorted(sizes)
