"""A corpus scored by column: each form as its own reviewer answers it, whichever engine computes and however cut."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import corpus_of, kept, some_forms, write_part
from jixiao.cli import jixiao
from jixiao.corpus.manifest import Corpus, Manifest, Part, encode_manifest, open_corpus
from jixiao.corpus.parts import tables_of
from jixiao.corpus.scoring import part as part_module
from jixiao.corpus.scoring.run import MADE
from jixiao.corpus.scoring.tables import OF_FORMS, OF_INDICATORS, SCORES_SCHEMA
from jixiao.corpus.storage import FolderStorage
from jixiao.desk.corpus.scoring import score
from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, reviewer, shelf
from jixiao.form import Form
from jixiao.review import ANSWERS

COUNT, PART = 90, 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sequence[Form]]:
    """A corpus of three parts, forms of several books mixed in each."""
    folder = tmp_path_factory.mktemp("corpus")
    forms = [
        replace(form, department=("", "上海市财政局", "北京市财政局")[at % 3])
        for at, form in enumerate(some_forms(COUNT))
    ]
    rows = kept(forms)
    for at, first in enumerate(range(0, COUNT, PART)):
        write_part(folder, at, tables_of(islice(rows, PART), first))
    parts = tuple(
        Part(at, first, min(PART, COUNT - first), {}) for at, first in enumerate(range(0, COUNT, PART))
    )  # fmt: skip
    FolderStorage(folder).put("corpus.json", encode_manifest(Manifest("0", "0", parts=parts)))
    score(str(folder), processes=1)
    return folder, forms


def table(folder: Path, name: str) -> pl.DataFrame:
    """All parts of a table."""
    return pl.concat([pl.read_parquet(path) for path in sorted((folder / name).glob("*.parquet"))])


def books(folder: Path) -> list[tuple[str, str]]:
    """The book and the day of each form."""
    frame = pl.concat([pl.read_parquet(path) for path in sorted((folder / "forms").glob("*.parquet"))])
    return frame.select("rulebook", "in_force").rows()


def test_every_form_has_the_answers_of_its_own_reviewer(made: tuple[Path, Sequence[Form]]) -> None:
    """All checks of all forms, under the book in force for each; scores to the last hundredth."""
    folder, forms = made
    of_forms = table(folder, OF_FORMS).rows(named=True)
    of_rows = table(folder, OF_INDICATORS).partition_by("form", as_dict=True)
    days = books(folder)
    assert len({book for book, _ in days}) > 1
    for at, (form, row, (book, day)) in enumerate(zip(forms, of_forms, days, strict=True)):
        own = reviewer(shelf().on(book, date.fromisoformat(day)))
        below = of_rows[at,].rows(named=True) if form.indicators else []
        assert _answers(row, below, own.scorer.closure.level) == own.answers(form)
        sheet = own.review(form)[0]
        assert row["rulebook"] == book
        assert row["total"] == (None if sheet.score is None else int(sheet.score * 100))
        assert row["grade_computed"] == sheet.grade
        assert [line["at"] for line in below] == list(range(len(form.indicators)))


def _answers(row: Mapping[str, str], below: Sequence[Mapping[str, str]], level: object) -> dict[str, tuple[str, ...]]:
    assert callable(level)
    return {
        code: (row[code],) if level(code) == "form" else tuple(line[code] for line in below) for code in checks()
    }  # fmt: skip


def test_the_kernel_gives_the_same_files(
    made: tuple[Path, Sequence[Form]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell for cell, with numeric checks, forms cut into other portions; the second time nothing is compiled."""
    folder, _ = made
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    score(str(folder), asked="numeric", rulebook="cn", processes=1)
    expected = {name: table(folder, name) for name in (OF_FORMS, OF_INDICATORS)}
    monkeypatch.setattr(part_module, "FEW", 0)
    monkeypatch.setattr(part_module, "CHUNKS", {"kernel": 17, "polars": 17})
    for processes in (1, 2):  # the second time in processes of their own, which load what the first one kept
        score(str(folder), engine="kernel", asked="numeric", rulebook="cn", processes=processes)
        assert all(table(folder, name).equals(frame) for name, frame in expected.items())
    assert len(list((tmp_path / "jixiao" / "kernels").glob("rules_*.py"))) == 2  # and how texts are coded
    assert list((tmp_path / "jixiao" / "kernels").rglob("*.nbc"))


def test_another_book_reads_bands_and_demands_its_own_way(made: tuple[Path, Sequence[Form]]) -> None:
    """With `rulebook` all forms are scored as that book's reviewer scores them."""
    folder, forms = made
    score(str(folder), rulebook="cn-shanghai", processes=1)
    rows = table(folder, OF_FORMS).rows(named=True)
    for form, row, (_, day) in zip(forms, rows, books(folder), strict=True):
        own = reviewer(shelf().on("cn-shanghai", date.fromisoformat(day)))
        answers = own.answers(form)
        told = {code: (row[code],) for code in checks() if own.scorer.closure.level(code) == "form"}
        assert told == {code: answers[code] for code in told}


def test_files_say_what_they_are(made: tuple[Path, Sequence[Form]]) -> None:
    """Contract, columns with their scales, and what was scored."""
    folder, _ = made
    told = pl.read_parquet_metadata(folder / OF_FORMS / "part-000000.parquet")
    assert told["schema"] == SCORES_SCHEMA
    assert '"name":"total"' in told["columns"]
    assert '"scale":2' in told["columns"]
    answers = table(folder, OF_INDICATORS).select(f"^{'|'.join(checks())}$").cast(pl.String)
    assert {word for answer in answers for word in answer} == set(ANSWERS)
    assert open_corpus(str(folder)).manifest.digest in (folder / MADE).read_text(encoding="utf-8")


def test_the_command_says_what_it_did(made: tuple[Path, Sequence[Form]]) -> None:
    """Forms, indicators and tables; exit code 0."""
    folder, _ = made
    done = CliRunner().invoke(jixiao, ["corpus", "score", str(folder), "--checks", "numeric", "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"{COUNT} forms and ")


@pytest.mark.parametrize(("where", "book"), [("nowhere", None), ("", "no-such-book")])
def test_what_does_not_exist_is_told(
    where: str, book: str | None, made: tuple[Path, Sequence[Form]], tmp_path: Path
) -> None:
    """No corpus in the folder, no such book."""
    with pytest.raises(WrongUse):
        score(str(tmp_path / where) if where else str(made[0]), rulebook=book)


def test_parts_that_are_no_more_leave_no_scores(tmp_path: Path) -> None:
    """Files made from parts that a newer corpus does not have are taken away."""
    corpus_of(10, tmp_path, part=10)
    storage = FolderStorage(tmp_path)
    storage.put(f"{OF_FORMS}/part-000007.parquet", b"")
    storage.put("corpus.json", encode_manifest(Manifest("0", "0", parts=(Part(0, 0, 10, {}),))))
    score(str(tmp_path), asked="numeric", processes=1)
    assert Corpus(storage, Manifest("0", "0")).storage.names(OF_FORMS) == [f"{OF_FORMS}/part-000000.parquet"]
