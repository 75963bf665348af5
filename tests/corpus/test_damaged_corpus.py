"""A corpus that lost a file, or has a spoiled one: told by name with what to do, and made whole by building again."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.made import some_forms
from jixiao.corpus.building.run import Asked
from jixiao.corpus.manifest import Corpus, open_corpus
from jixiao.corpus.scanning import scan_of
from jixiao.corpus.verifying import verify
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.desk.corpus.inflation import measure
from jixiao.desk.corpus.opening import corpus_at
from jixiao.desk.corpus.peers import corpus_peers, corpus_peers_table
from jixiao.desk.corpus.scoring import score
from jixiao.desk.corpus.similar import find_similar
from jixiao.desk.corpus.trying import corpus_table
from jixiao.desk.errors import WrongUse
from jixiao.desk.whatif import scenario_of
from jixiao.form import encode, to_wire

ONE = "part-000000.parquet"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of forms, and their corpus of two parts."""
    place = tmp_path_factory.mktemp("damaged")
    (place / "in").mkdir()
    forms = list(some_forms(12))
    for name, some in (("a.jsonl", forms[:6]), ("b.jsonl", forms[6:])):
        (place / "in" / name).write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in some))
    build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(6, 1))
    return place


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A copy that may be spoiled."""
    return Path(shutil.copytree(built, tmp_path / "copy"))


def using(where: str) -> Sequence[object]:
    """Every use of a corpus that reads it lazily, as something to be called."""
    return (
        lambda: find_similar(where),
        lambda: corpus_peers(where, "", 3),
        lambda: corpus_peers_table(where, 3),
        lambda: measure(where),
    )


@pytest.mark.parametrize("spoiled", [None, b"PAR1 and no more"])
@pytest.mark.parametrize("table", ["forms", "indicators"])
def test_a_file_at_fault_is_told_by_its_name(place: Path, table: str, spoiled: bytes | None) -> None:
    """Missing or damaged, in 中文 and English, with what to do: no failure of the library behind."""
    file = place / "out" / table / ONE
    file.unlink()
    if spoiled is not None:
        file.write_bytes(spoiled)
    for use in using(str(place / "out")):
        assert callable(use)
        with pytest.raises(WrongUse) as told:
            use()
        assert f"{table}/{ONE}" in told.value.zh
        assert f"{table}/{ONE}" in told.value.en
        assert "jixiao corpus build" in told.value.en


def test_building_again_makes_what_is_missing_anew(place: Path) -> None:
    """A file that is gone is no state of things in which nothing has changed."""
    shutil.rmtree(place / "out" / "indicators")
    made = build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(6, 1))
    assert made.changed
    assert made.corpus.manifest.forms == 12
    assert list(verify(open_corpus(str(place / "out")))) == []
    assert not build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(6, 1)).changed


def read_while_built(place: Path, read: Callable[[Corpus], object]) -> None:
    """Read a corpus after it was opened and then built of other files."""
    with corpus_at(str(place / "out")) as corpus:
        (place / "in" / "a.jsonl").rename(place / "in" / "c.jsonl")
        (place / "in" / "b.jsonl").unlink()
        build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(6, 1))
        read(corpus)


@pytest.mark.parametrize(
    "read", [lambda corpus: corpus.frame(corpus.parts[0], "forms"), lambda corpus: scan_of(corpus)("forms").collect()]
)
def test_a_corpus_built_anew_while_it_is_read_is_no_damaged_one(place: Path, read: Callable[[Corpus], object]) -> None:
    """The files that were being read are gone because the build has ended: one runs the command again."""
    with pytest.raises(WrongUse, match="built anew while it was read"):
        read_while_built(place, read)


def test_a_spoiled_table_of_copied_texts_counts_as_not_measured(place: Path) -> None:
    """The meter says that copied texts were not measured, instead of failing."""
    where = str(place / "out")
    find_similar(where)
    (place / "out" / "similar_texts" / "all.parquet").write_bytes(b"PAR1 and no more")
    assert "copied" not in measure(where).overall


def test_a_part_without_forms_is_scored_as_nothing(place: Path) -> None:
    """New files of which none holds a form make a part of lines about files alone."""
    (place / "in" / "bad.json").write_bytes(b"[{")
    made = build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(6, 1))
    assert [part.forms for part in made.corpus.parts] == [6, 6, 0]
    assert score(str(place / "out"), asked="numeric", processes=1).forms == 12


def test_a_corpus_without_forms_is_refused_by_all_that_reckon(tmp_path: Path) -> None:
    """One sentence says so; no report on nothing, and no traceback."""
    (tmp_path / "in").mkdir()
    build_corpus(files_of(tmp_path / "in"), str(tmp_path / "out"), way_of(), Asked(6, 1))
    where = str(tmp_path / "out")
    table = corpus_table(where, scenario_of(None, "initial", (), None))
    for use in (*using(where), lambda: score(where, processes=1), lambda: next(table)):
        assert callable(use)
        with pytest.raises(WrongUse, match="holds no form"):
            use()
