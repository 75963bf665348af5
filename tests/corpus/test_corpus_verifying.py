"""Verifying: a corpus that was spoiled anywhere is told, by file and by form; one that was not is not."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import polars as pl
import pytest
from click.testing import CliRunner, Result

from corpus.made import some_forms
from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building.run import Asked
from jixiao.corpus.manifest import MANIFEST, Manifest, encode_manifest, open_corpus
from jixiao.corpus.schema import TABLES
from jixiao.corpus.verifying import verify
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.form import encode, to_wire

ONE = "part-000001.parquet"
LINE = {"sha256": "", "file": "x", "bytes": 0, "forms": 0, "verdict": "read", "zh": "", "en": ""}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of three parts."""
    place = tmp_path_factory.mktemp("verified")
    (place / "a.jsonl").write_bytes(b"\n".join(encode(to_wire(form)) for form in some_forms(25)))
    build_corpus(files_of(place / "a.jsonl"), str(place / "out"), way_of(), Asked(10, 1))
    return place / "out"


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    """A copy of it to be spoiled."""
    return Path(shutil.copytree(built, tmp_path / "out"))


def told(out: Path) -> str:
    """All that is wrong."""
    return "\n".join(problem.en for problem in verify(open_corpus(str(out))))


def rewritten(out: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """Change a table of a part, and have the manifest agree with it."""
    path = out / table / ONE
    frame = change(pl.read_parquet(path))
    frame.write_parquet(path, metadata=TABLES[table].metadata)
    data = path.read_bytes()
    held = msgspec.json.decode((out / MANIFEST).read_bytes(), type=Manifest)
    part = held.parts[1]
    file = msgspec.structs.replace(
        part.files[table], rows=frame.height, bytes=len(data), sha256=sha256(data).hexdigest()
    )
    part = msgspec.structs.replace(part, files={**part.files, table: file})
    spoiled = msgspec.structs.replace(held, parts=(held.parts[0], part, held.parts[2]))
    (out / MANIFEST).write_bytes(encode_manifest(spoiled))


def test_a_corpus_as_built_is_right(out: Path) -> None:
    """Nothing is told of it."""
    assert told(out) == ""


@pytest.mark.parametrize("table", ["forms", "places", "sources"])
def test_a_changed_byte_is_told(out: Path, table: str) -> None:
    """By the name of the file."""
    path = out / table / ONE
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert f"{table}/{ONE}: its bytes are not those" in told(out)


def test_a_missing_and_a_foreign_file_are_told(out: Path) -> None:
    """The one that is gone, and the one that nobody wrote."""
    (out / "funds" / ONE).rename(out / "funds" / "part-000009.parquet")
    assert f"funds/{ONE}: the file is missing" in told(out)
    assert "funds/part-000009.parquet: it is not of this corpus" in told(out)


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("indicators", lambda frame: frame.head(-1), "its tables do not agree"),
        ("as_read", lambda frame: frame.with_columns(json=pl.col("json").reverse()), "its tables do not agree"),
        ("forms", lambda frame: frame.with_columns(number=pl.col("number") + 1), "its tables do not agree"),
        ("forms", lambda frame: frame.reverse(), "its forms are not those of the part"),
        ("funds", lambda frame: frame.with_columns(form=pl.col("form") + 10), "its forms are not those of the part"),
        ("features_of_forms", lambda frame: frame.drop("form"), "its columns are not those of the contract"),
        ("sources", lambda frame: frame.vstack(pl.DataFrame([LINE], schema=frame.schema)), "counts other files"),
    ],
)
def test_what_does_not_agree_is_told(
    out: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame], words: str
) -> None:
    """Even where all digests are right: forms that are torn, doubled, or of other indicators."""
    rewritten(out, table, change)
    assert words in told(out)


def run(*words: str) -> Result:
    """The command."""
    return CliRunner().invoke(jixiao, ["corpus", *words, "--lang", "en"], standalone_mode=False)


def test_the_commands_say_it_in_words(out: Path) -> None:
    """What there is, that it is right, and that it is not."""
    shown = run("show", str(out))
    assert shown.return_value == ExitCode.NOTHING
    assert "25 forms" in shown.output
    assert "Years: " in shown.output
    right = run("verify", str(out))
    assert right.return_value == ExitCode.NOTHING
    assert open_corpus(str(out)).manifest.digest in right.output
    (out / "forms" / ONE).unlink()
    wrong = run("verify", str(out))
    assert wrong.return_value == ExitCode.FINDINGS
    assert "1 things are wrong" in wrong.output
