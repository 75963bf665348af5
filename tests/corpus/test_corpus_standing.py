"""A corpus kept ready for questions answers each as a corpus that is read for it alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus.made import corpus_of
from corpus.test_corpus_trying import COUNT, SCENARIOS, books_under, column_of, reads
from jixiao.corpus.parts import Read
from jixiao.corpus.trying.alike import SLOT, Alike, UnlikeError
from jixiao.corpus.trying.standing import Kernels, Standing
from jixiao.corpus.trying.whole import try_corpus
from jixiao.desk.whatif import scenario_of
from jixiao.language import Column, Program, Schema
from jixiao.language.ir import Node, reachable
from jixiao.language.kernel.compiled import at_home

BOOK = "cn-platform"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus in three parts, its forms under books in turns."""
    folder = tmp_path_factory.mktemp("standing")
    corpus_of(COUNT, folder, seed=5, part=60)
    return folder


@pytest.fixture(scope="module")
def standing(folder: Path) -> Standing:
    """The corpus kept ready, asked by all tests."""
    return Standing(reads(folder))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_question_has_the_answer_of_a_corpus_read_for_it(folder: Path, standing: Standing, name: str) -> None:
    """Totals, grades, groups and every form that moves are the same, also of forms that only the exact way computes."""
    books_of = books_under(SCENARIOS[name]())
    expected = try_corpus(reads(folder), books_of, COUNT)
    assert standing.ask(books_of, COUNT) == expected
    assert expected.outside
    assert expected.shift.moves


def test_what_was_read_is_not_read_again(folder: Path) -> None:
    """A second question with another value reads no column at all."""
    read: list[str] = []

    def noted(inner: Read) -> Read:
        def columns(table: str, names: Sequence[str]) -> pl.DataFrame:
            read.extend(names)
            return inner(table, names)

        return columns

    kept = Standing(map(noted, reads(folder)))
    kept.ask(books_under(SCENARIOS["pass mark"]()), 9)
    assert "actual" in read
    read.clear()
    kept.ask(books_under(scenario_of(None, None, ["pass_mark=65"])), 9)
    assert read == []


def test_a_corpus_that_is_not_kept_answers_alike(folder: Path) -> None:
    """Nothing stays in memory, and the answer is the same."""
    books_of = books_under(SCENARIOS["whole points"]())
    passing = Standing(reads(folder), keep=False)
    assert passing.ask(books_of, 7) == passing.ask(books_of, 7) == try_corpus(reads(folder), books_of, 7)


def test_a_part_without_its_indicators_is_refused(folder: Path) -> None:
    """A part whose two tables do not belong together gives no numbers."""

    def short(table: str, names: Sequence[str]) -> pl.DataFrame:
        frame = column_of(folder, "part-000000.parquet", table, names)
        return frame.head(len(frame) - 1) if table == "indicators" else frame

    with pytest.raises(ValueError, match="table of indicators"):
        Standing([short]).ask(books_under(SCENARIOS["pass mark"]()), 5)


def test_no_parts_move_nothing() -> None:
    """An empty corpus has an answer, too."""
    assert Standing(()).ask(books_under(SCENARIOS["pass mark"]()), 5).shift.forms == 0


@dataclass
class Counted:
    """A home that knows what was compiled."""

    keys: list[str] = field(default_factory=list)

    def __call__(self, key: str, source: str, names: Mapping[str, Any]) -> Callable[..., int]:
        """Compile for this process."""
        self.keys.append(key)
        return at_home(key, source, names)


def test_the_kernel_answers_alike_and_is_compiled_once_for_all_values(folder: Path) -> None:
    """Two kernels, one of each side, serve every value of a changed number, cell for cell the operations by column."""
    home = Counted()
    kept = Standing(reads(folder), Kernels(home, few=0))
    for deduction in ("2", "3", "5"):
        books_of = books_under(scenario_of(BOOK, None, [f"over_completion_deduction={deduction}"], BOOK))
        expected = try_corpus(reads(folder), books_of, COUNT, ("score", "grade"))
        assert kept.ask(books_of, COUNT, ("score", "grade")) == expected
    assert len(home.keys) == 2


def outputs(text: str, **parameters: int) -> dict[str, Node]:
    """A program of one named value."""
    program = Program(Schema([Column("a"), Column("kind", "text")], [Column("b")]), parameters)
    program.let("value", text)
    return program.outputs(["value"])


def test_numbers_that_differ_become_columns_and_no_others() -> None:
    """A number is a column with both its values; the same program is made of other values."""
    text = 'round(sum(i.b) * p.share / 7, 2) if f.a > 3 and f.kind == "x" else 5'
    alike = Alike(outputs(text, share=20), outputs(text, share=30))
    assert list(alike.given.values()) == [(20, 30)]
    other = Alike(outputs(text, share=40), outputs(text, share=41))
    assert told(alike.outputs) == told(other.outputs)
    (column,) = [node for node in reachable(alike.outputs.values()) if str(node.payload).startswith(SLOT)]
    assert (column.low, column.high) == (1, 100)


def told(outputs_: Mapping[str, Node]) -> Iterator[tuple[object, ...]] | list[tuple[object, ...]]:
    """All that a kernel is made from."""
    nodes = reachable(outputs_.values())
    return [(one.kind, one.payload, one.low, one.high, [arg.index for arg in one.args]) for one in nodes]


@pytest.mark.parametrize(
    "texts",
    [("f.a + p.x", "f.a - p.x"), ("f.a", "f.a + p.x"), ('1 if f.kind == "x" else 2', '1 if f.kind == "y" else 2')],
)
def test_programs_that_differ_in_more_than_numbers_are_not_alike(texts: tuple[str, str]) -> None:
    """Another operation, another form of the rule or another word is another program."""
    with pytest.raises(UnlikeError):
        Alike(outputs(texts[0], x=3), outputs(texts[1], x=3))
