"""A part of a corpus: what goes in comes out again, and rules say of it what they say of each form."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from corpus.made import corpus_of, kept, some_forms
from jixiao.corpus.parts import frames_of, tables_of
from jixiao.corpus.schema import SAID, TABLES, described
from jixiao.desk.library import reviewer, shelf
from jixiao.form import Form, decode_form
from jixiao.language.columns.frames import Rows
from jixiao.review import ColumnReviewer, Reviewer
from jixiao.rulebook import SCHEMA

COUNT = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of three parts."""
    place = tmp_path_factory.mktemp("corpus")
    corpus_of(COUNT, place, part=20)
    return place


def test_every_table_has_the_columns_of_the_contract(folder: Path) -> None:
    """Files hold the published columns, of the published types."""
    for name, table in TABLES.items():
        for file in (folder / name).glob("*.parquet"):
            assert pl.read_parquet_schema(file) == table.dtypes
            assert pl.read_parquet_metadata(file)["schema"] == "jixiao/corpus/1"


def test_the_form_comes_back_whole(folder: Path) -> None:
    """`as_read` holds each form to the letter."""
    stored = pl.read_parquet(folder / "as_read" / "*.parquet").sort("form")
    assert [decode_form(text.encode()) for text in stored["json"]] == list(some_forms(COUNT))


def test_rules_read_columns_as_they_read_rows(folder: Path) -> None:
    """Scores and answers from the files are those from the forms, cell by cell, for each book in force."""

    def read(table: str, names: Sequence[str]) -> pl.DataFrame:
        return pl.read_parquet(folder / table / "part-000000.parquet", columns=list(names))

    forms = list(some_forms(20))
    books = read("forms", ["rulebook", "in_force"])
    for book, day in books.unique(maintain_order=True).iter_rows():
        made = reviewer(shelf().on(book, date.fromisoformat(day)))
        by_column = ColumnReviewer(made)
        straight = by_column.run(by_column.frames(forms))
        stored = by_column.run(frames_of(by_column.columns, read, partial(_cells, made)))
        mine = [at for at, row in enumerate(books.iter_rows()) if row == (book, day)]
        assert stored.forms[mine].equals(straight.forms[mine])
        among = pl.col("form.id").is_in(mine)
        assert stored.ordered().filter(among).equals(straight.ordered().filter(among))


def _cells(made: Reviewer, form: Form) -> Rows:
    return made.scorer.cells(form, made.features(form))


def test_a_number_no_cell_holds_is_told_and_kept() -> None:
    """A form with seven decimals is marked, its cells are null, and the closure computes it."""
    every = list(kept(some_forms(90)))
    frame = tables_of(every, 0)["forms"]
    assert frame["beyond"].any()


def test_the_contract_describes_every_column_in_both_languages() -> None:
    """A column without a name for people cannot be published."""
    for table in described()["tables"].values():
        assert all(column["zh"] and column["en"] for column in table["columns"])
    assert f"deviation{SAID}" in TABLES["indicators"].dtypes
    assert set(SCHEMA.columns["f"]) <= set(TABLES["forms"].dtypes)
