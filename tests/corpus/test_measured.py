"""What measures left beside a corpus: told whether it still holds, and taken away by a build that changes things."""

import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import some_forms
from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building.run import Asked
from jixiao.corpus.manifest import MANIFEST, Corpus, encode_manifest, open_corpus
from jixiao.corpus.measured import measures
from jixiao.corpus.scoring import tables
from jixiao.corpus.scoring.run import MADE
from jixiao.desk.corpus import similar
from jixiao.desk.corpus.building import build_corpus, files_of, mark, way_of
from jixiao.desk.corpus.indicators import indicator_library
from jixiao.desk.corpus.scoring import score
from jixiao.form import Form, encode, to_wire

FORMS = list(some_forms(18))


def lay(path: Path, forms: list[Form]) -> None:
    """A file of forms."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in forms))


def build(place: Path) -> Corpus:
    """Build in parts of five."""
    return build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(5, 1)).corpus


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of forms, and their corpus with every measure taken."""
    place = tmp_path_factory.mktemp("measured")
    lay(place / "in" / "a.jsonl", FORMS[:6])
    lay(place / "in" / "b.jsonl", FORMS[6:12])
    build(place)
    where = str(place / "out")
    score(where, asked="numeric", processes=1)
    similar.find_similar(where)
    indicator_library(where, 3, "")
    return place


@pytest.fixture
def place(measured: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(measured, tmp_path / "copy"))


def states(corpus: Corpus, law: str | None = None) -> dict[str, str]:
    """Each measure with its state."""
    return {one.name.en: state for one, state in measures(corpus.storage, corpus.manifest, law or mark())}


def shown(place: Path) -> str:
    """What `corpus show` says."""
    ran = CliRunner().invoke(jixiao, ["corpus", "show", str(place / "out"), "--lang", "en"], standalone_mode=False)
    assert ran.return_value == ExitCode.NOTHING
    return ran.output


def test_a_build_that_changes_nothing_leaves_them(place: Path) -> None:
    """They are of the corpus as it is."""
    corpus = build(place)
    assert set(states(corpus).values()) == {"now"}
    assert len(states(corpus)) == 3
    assert "scores: of the corpus as it is" in shown(place)


def test_a_build_that_changes_the_corpus_takes_them_away(place: Path) -> None:
    """Whoever reads the folder of a table meets no form that has left."""
    (place / "in" / "a.jsonl").unlink()
    lay(place / "in" / "c.jsonl", FORMS[12:])
    corpus = build(place)
    left = {path.parent.name for path in (place / "out").glob("*/*.parquet")}
    assert not left & {tables.OF_FORMS, tables.OF_INDICATORS, similar.MEMBERS, similar.GROUPS, "indicator_library"}
    assert not (place / "out" / MADE).exists()
    assert states(corpus) == {}


def test_scores_under_way_are_not_disturbed(place: Path) -> None:
    """Tables without their record stay while their parts do, and are told as not finished."""
    (place / "out" / MADE).unlink()
    stray = place / "out" / tables.OF_FORMS / "part-000099.parquet"
    stray.write_bytes(b"")
    corpus = build(place)
    assert states(corpus)["scores"] == "unfinished"
    assert not stray.exists()
    assert (place / "out" / tables.OF_FORMS / "part-000000.parquet").exists()


def test_scores_by_other_rules_are_told(place: Path) -> None:
    """The record names the law; after an upgrade the scores are of then."""
    assert states(open_corpus(str(place / "out")), "another")["scores"] == "other law"
    made = msgspec.json.decode((place / "out" / MADE).read_bytes())
    assert made["law"] == mark()
    (place / "out" / MADE).write_bytes(msgspec.json.encode(made | {"law": "0"}))
    assert "scores: by another program or other rules; run jixiao corpus score again" in shown(place)


def test_a_record_that_cannot_be_read_is_of_no_corpus(place: Path) -> None:
    """Spoiled records are told as of a corpus before, and go with the next build."""
    (place / "out" / MADE).write_bytes(b"{")
    (place / "out" / similar.MEMBERS / "all.parquet").write_bytes(b"PAR1")
    found = states(open_corpus(str(place / "out")))
    assert (found["scores"], found["copied texts"]) == ("before", "before")
    assert set(states(build(place))) == {"indicator library"}


@pytest.mark.parametrize("command", [["corpus", "inflation"], ["corpus", "show"], ["corpus", "indicators"]])
def test_a_corpus_of_other_rules_is_told(command: list[str], place: Path) -> None:
    """Its findings and features are of then; building again is what helps."""
    corpus = open_corpus(str(place / "out"))
    old = replace(corpus.manifest, way="another", program="0.0.9")
    (place / "out" / MANIFEST).write_bytes(encode_manifest(old))
    ran = CliRunner().invoke(jixiao, [*command, str(place / "out"), "--lang", "en"], standalone_mode=False)
    assert ran.return_value == ExitCode.NOTHING
    assert "by another program or under other rules (program 0.0.9)" in ran.output
