"""Building: what is new is read, what is gone leaves, what is bad is told, and the same steps give the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import some_forms
from jixiao import __version__
from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building import batches, reading
from jixiao.corpus.building.run import Asked, Built, set_aside
from jixiao.corpus.building.way import Line, Named, Way
from jixiao.corpus.faults import CorpusFault
from jixiao.corpus.manifest import MANIFEST, Corpus, open_corpus
from jixiao.corpus.parts import Kept
from jixiao.corpus.schema import TABLES
from jixiao.corpus.storage import FolderStorage
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.desk.errors import WrongUse
from jixiao.form import Form, encode, to_wire

PART = 10
FORMS = list(some_forms(37))


def lay(folder: Path, name: str, forms: Iterable[Form]) -> Path:
    """A file of forms, one a line."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in forms))
    return path


def build(folder: Path, out: Path, processes: int = 1, mark: str = "") -> Built:
    """Build a corpus in small parts."""
    way = way_of()
    way = replace(way, mark=mark or way.mark)
    return build_corpus(files_of(folder), str(out), way, Asked(PART, processes))


def bytes_of(out: Path) -> dict[str, bytes]:
    """Every file of a corpus that its readers look at."""
    files = (path for path in out.rglob("*") if path.is_file() and ".building" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def column(corpus: Corpus, table: str, name: str) -> list[object]:
    """A column of all parts."""
    return [cell for part in corpus.parts for cell in corpus.frame(part, table, [name])[name]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of forms in a folder and one below it."""
    place = tmp_path / "in"
    lay(place, "b.jsonl", FORMS[:14])
    lay(place, "a.jsonl", FORMS[14:20])
    lay(place, "下/c.json", FORMS[20:])
    return place


def test_every_form_is_in_it_once_and_in_order(folder: Path, tmp_path: Path) -> None:
    """Files in the order of their names, forms in the order of their files, cut into parts of the size asked for."""
    corpus = build(folder, tmp_path / "out").corpus
    assert [part.forms for part in corpus.parts] == [10, 10, 10, 7]
    assert column(corpus, "forms", "form") == list(range(37))
    wanted = FORMS[14:20] + FORMS[:14] + FORMS[20:]
    assert [str(text).encode() for text in column(corpus, "as_read", "json")] == [encode(to_wire(f)) for f in wanted]
    assert column(corpus, "sources", "file") == ["a.jsonl", "b.jsonl", "下/c.json"]
    for part in corpus.parts:
        assert {name: len(corpus.frame(part, name)) for name in TABLES} == {n: f.rows for n, f in part.files.items()}


def test_two_processes_write_the_same_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works, and in whatever pieces, the files are the same to the byte."""
    build(folder, tmp_path / "one")
    monkeypatch.setattr(batches, "_TEXTS", 3)
    build(folder, tmp_path / "two", processes=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_what_is_known_is_not_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a change nothing is read or written; a new file is read alone."""
    build(folder, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    again = build(folder, tmp_path / "out")
    assert not again.changed
    assert bytes_of(tmp_path / "out") == before
    read: list[str] = []

    def forms_in(texts: Sequence[bytes], first: int, file: Named, way: Way) -> Iterator[Kept | Line]:
        read.append(file.name)
        return reading.forms_in(texts, first, file, way)

    monkeypatch.setattr(batches, "forms_in", forms_in)
    lay(folder, "d.jsonl", list(some_forms(3, seed=2)))
    built = build(folder, tmp_path / "out")
    assert set(read) == {"d.jsonl"}
    assert built.corpus.manifest.forms == 40
    assert [part.number for part in built.corpus.parts] == [0, 1, 2, 4]  # the last part was not full, and went along


def test_forms_of_changed_and_vanished_files_leave(folder: Path, tmp_path: Path) -> None:
    """What is left is what a fresh build holds, in parts that nobody wrote over."""
    build(folder, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    (folder / "a.jsonl").unlink()
    lay(folder, "b.jsonl", FORMS[3:9])
    corpus = build(folder, tmp_path / "out").corpus
    fresh = build(folder, tmp_path / "fresh").corpus
    for name in ("key", "file", "total_score", "title"):
        assert sorted(map(str, column(corpus, "forms", name))) == sorted(map(str, column(fresh, "forms", name)))
    for name in ("funds", "indicators", "findings", "features_of_indicators"):
        assert len(column(corpus, name, "form")) == len(column(fresh, name, "form"))
    numbers = column(corpus, "forms", "form")
    assert numbers == sorted(set(map(int, map(str, numbers))))
    after = bytes_of(tmp_path / "out")
    assert all(before[name] == after[name] for name in before.keys() & after.keys() if name != MANIFEST)


def test_bad_files_are_set_aside_with_their_reasons(folder: Path, tmp_path: Path) -> None:
    """One bad form costs itself, one bad file itself; a copy is taken once; all are told and none is guessed."""
    lines = (folder / "a.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "a.jsonl").write_bytes(b"".join([lines[0], b'{"title": 1}\n', *lines[1:]]))
    (folder / "bad.json").write_bytes(b"[{")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "copy.jsonl").write_bytes((folder / "b.jsonl").read_bytes())
    corpus = build(folder, tmp_path / "out").corpus
    aside = {line.file: line for line in set_aside(corpus)}
    assert set(aside) == {"a.jsonl#/1", "bad.json", "bad.pdf", "empty.xlsx"}
    assert all(line.zh and line.en and "tmp" not in line.en for line in aside.values())
    assert corpus.manifest.counts["copy"] == 1
    assert corpus.manifest.forms == 37
    assert not build(folder, tmp_path / "out").changed
    (folder / "b.jsonl").unlink()
    left = build(folder, tmp_path / "out").corpus
    assert left.manifest.forms == 37
    assert "copy" not in left.manifest.counts


def test_documents_and_archives_are_read_in_the_cell(tmp_path: Path, sample: Path) -> None:
    """A document gives its forms with their places; of an archive each member does, and the archive is named."""
    from zipfile import ZipFile

    place = tmp_path / "in"
    place.mkdir()
    with ZipFile(place / "z.zip", "w") as archive:
        archive.writestr("一/表.txt", sample.read_bytes())
        archive.writestr("no.pdf", b"%PDF-")
    (place / "表.txt").write_bytes(sample.read_bytes() + b"\n")
    corpus = build(place, tmp_path / "out").corpus
    assert set(column(corpus, "forms", "file")) == {"z.zip/一/表.txt", "表.txt"}
    verdicts = dict(zip(column(corpus, "sources", "file"), column(corpus, "sources", "verdict"), strict=True))
    assert verdicts["z.zip"] == "archive"
    assert verdicts["z.zip/no.pdf"] not in {"read", "archive"}
    assert len(column(corpus, "places", "pointer")) > 100
    (place / "z.zip").unlink()
    assert set(column(build(place, tmp_path / "out").corpus, "forms", "file")) == {"表.txt"}


@pytest.fixture
def sample() -> Path:
    """The seed: seven forms as text."""
    return Path(__file__).parents[2] / "examples" / "shanghai-2024.txt"


def test_another_law_puts_every_form_under_it_again(folder: Path, tmp_path: Path) -> None:
    """With other books or checks all parts are made anew from the forms as read; no file is read again."""
    build(folder, tmp_path / "out", mark="an older law")
    built = build(folder, tmp_path / "out")
    assert built.read == 0
    assert [part.number for part in built.corpus.parts] == [4, 5, 6, 7]
    fresh = build(folder, tmp_path / "fresh").corpus
    for table in ("forms", "indicators", "findings"):
        for old, new in zip(built.corpus.parts, fresh.parts, strict=True):
            first, second = built.corpus.frame(old, table), fresh.frame(new, table)
            assert first.with_columns(form=pl.col("form") - 37).equals(second)


def test_only_one_builds_at_a_time(folder: Path, tmp_path: Path) -> None:
    """The second one is told so and changes nothing."""
    out = tmp_path / "out"
    with FolderStorage(out).locked(), pytest.raises(WrongUse) as refused:
        build(folder, out)
    assert "another process is building" in refused.value.en
    assert not (out / MANIFEST).exists()
    build(folder, out)


def test_a_corpus_is_not_built_of_itself(folder: Path) -> None:
    """It may lie below the folder it is built of, and is no source; the folder of the sources is refused for it."""
    assert build(folder, folder / "库").changed
    assert not build(folder, folder / "库").changed
    with pytest.raises(WrongUse, match="another folder"):
        build(folder, folder)
    assert not (folder / MANIFEST).exists()


def test_a_newer_contract_is_refused(folder: Path, tmp_path: Path) -> None:
    """A corpus of a contract that this program does not know is neither read nor built on."""
    build(folder, tmp_path / "out")
    manifest = tmp_path / "out" / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"jixiao/corpus/1", b"jixiao/corpus/2"))
    before = bytes_of(tmp_path / "out")
    with pytest.raises(CorpusFault, match="Upgrade"):
        open_corpus(str(tmp_path / "out"))
    with pytest.raises(WrongUse, match="Upgrade"):
        build(folder, tmp_path / "out")
    assert bytes_of(tmp_path / "out") == before


def test_the_command_tells_what_it_did(folder: Path, tmp_path: Path) -> None:
    """Forms and parts, the files set aside, and an exit code as that of check on a folder."""
    out = str(tmp_path / "out")
    ran = CliRunner().invoke(
        jixiao, ["corpus", "build", str(folder), "--out", out, "--lang", "en"], standalone_mode=False
    )
    assert ran.return_value == ExitCode.NOTHING
    assert "3 files were read" in ran.output
    assert "37 forms" in ran.output
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    ran = CliRunner().invoke(
        jixiao, ["corpus", "build", str(folder), "--out", out, "--lang", "en"], standalone_mode=False
    )
    assert ran.return_value == ExitCode.UNREADABLE
    assert "bad.pdf" in ran.stderr
    assert open_corpus(out).manifest.program == __version__
