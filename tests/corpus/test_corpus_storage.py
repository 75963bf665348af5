"""Storage: written whole or not at all, in a folder as in S3-compatible storage; the manifest's bytes are canonical."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import polars as pl
import pytest
from pytest_socket import disable_socket, enable_socket

from corpus.made import some_forms
from jixiao.corpus.bucket import BucketStorage
from jixiao.corpus.building.run import Asked
from jixiao.corpus.faults import CorpusFault, Missing
from jixiao.corpus.manifest import Corpus, File, Manifest, Part, decode_manifest, encode_manifest, open_corpus
from jixiao.corpus.storage import LOCK, FolderStorage, Storage, open_storage
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.form import encode, to_wire

MADE = Manifest("0.1.0", "mark", parts=(Part(3, 40, 2, {"forms": File(2, 9, "ab"), "funds": File(0, 1, "cd")}),))


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket on a server that runs in the test, on the loopback."""
    from moto.server import ThreadedMotoServer

    enable_socket()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "hidden-key",
        "AWS_SECRET_ACCESS_KEY": "hidden-secret", "AWS_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with urlopen(Request(f"http://{host}:{port}/forms", method="PUT"), timeout=10):
        pass
    yield "s3://forms/below/2024"
    server.stop()
    disable_socket(allow_unix_socket=True)


def behaves(storage: Storage) -> None:
    """What every storage does."""
    assert storage.names("forms") == []
    with pytest.raises(Missing):
        storage.get("forms/x")
    with pytest.raises(Missing):
        storage.frame("forms/x")
    storage.put("forms/x", b"old")
    storage.put("forms/x", b"new")
    storage.put("forms/below/y", b"")
    storage.put("formsand/z", b"")
    assert storage.get("forms/x") == b"new"
    assert storage.names("forms") == ["forms/below/y", "forms/x"]
    storage.remove(["forms/x", "forms/never"])
    assert storage.names("forms") == ["forms/below/y"]


def test_a_folder_keeps_files_whole(tmp_path: Path) -> None:
    """Put, get, list and remove; nothing is left aside."""
    behaves(FolderStorage(tmp_path / "a" / "b"))
    assert not list(tmp_path.rglob(".jixiao-*"))


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails is told in both languages; the file is the one before."""
    storage = FolderStorage(tmp_path)
    storage.put("x", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CorpusFault) as told:
        storage.put("x", b"new")
    assert "写不进去" in told.value.zh
    assert "cannot be written" in told.value.en
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert storage.get("x") == b"old"


def test_s3_keeps_files_whole_and_gives_columns(bucket: str) -> None:
    """The same of a bucket; Polars reads some columns straight from it; keys stand in no sentence."""
    storage = BucketStorage(bucket)
    behaves(storage)
    pl.DataFrame({"a": [1], "b": [2]}).write_parquet(file := Path(os.environ["JIXIAO_DATA"]) / "x.parquet")
    storage.put("t/p.parquet", file.read_bytes())
    assert storage.frame("t/p.parquet", ["b"]).to_dict(as_series=False) == {"b": [2]}
    where, settings = storage.for_polars("t/p.parquet")
    assert pl.scan_parquet(where, storage_options=dict(settings)).collect().width == 2
    storage.put("t/p.parquet", b"torn")
    with pytest.raises(CorpusFault, match="damaged"):
        storage.frame("t/p.parquet")
    with pytest.raises(CorpusFault) as told:
        BucketStorage("s3://never-made/x").put("a", b"")
    assert "hidden" not in told.value.zh + told.value.en


def test_a_corpus_in_s3_is_that_in_a_folder(bucket: str, tmp_path: Path) -> None:
    """The same files give the same bytes; a lease of another machine keeps a build out, a dead one does not."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(b"\n".join(encode(to_wire(form)) for form in some_forms(9)))
    found, way, asked = files_of(tmp_path / "in"), way_of(), Asked(5, 1)
    there = build_corpus(found, bucket, way, asked).corpus
    here = build_corpus(found, str(tmp_path / "out"), way, asked).corpus
    assert there.manifest.digest == here.manifest.digest
    assert open_corpus(bucket).frame(there.parts[0], "forms").equals(here.frame(here.parts[0], "forms"))
    assert not build_corpus(found, bucket, way, asked).changed
    assert there.storage.names(".building") == []
    there.storage.put(LOCK, b"another-machine")
    with pytest.raises(CorpusFault, match="another process"), there.storage.locked():
        pass


def test_an_address_that_is_none_is_told() -> None:
    """Other addresses than s3:// are refused, and one without a bucket."""
    for where in ("s3:///x", "gs://bucket/x"):
        with pytest.raises(CorpusFault):
            open_storage(where)


def test_the_manifest_is_canonical() -> None:
    """Keys stand in order, whatever order they were given in; what was written is read back."""
    files = dict(reversed(list(MADE.parts[0].files.items())))
    other = Manifest("0.1.0", "mark", parts=(Part(3, 40, 2, files),))
    assert encode_manifest(other) == encode_manifest(MADE)
    assert decode_manifest(encode_manifest(MADE), "x") == MADE


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"schema": "jixiao/form/1"}', b'{"schema": "jixiao/corpus/1"}', b"\xff"]
)
def test_what_is_no_manifest_is_told(data: bytes) -> None:
    """Whatever else stands there is named, in both languages."""
    with pytest.raises(CorpusFault) as told:
        decode_manifest(data, "x/corpus.json")
    assert "x/corpus.json" in told.value.zh
    assert "x/corpus.json" in told.value.en


def test_a_missing_or_damaged_part_is_told(tmp_path: Path) -> None:
    """A part's file that is not there, or not what was written, is named."""
    corpus = Corpus(FolderStorage(tmp_path), MADE)
    with pytest.raises(Missing):
        corpus.frame(MADE.parts[0], "forms")
    corpus.storage.put("forms/part-000003.parquet", b"torn")
    with pytest.raises(CorpusFault, match="part-000003"):
        corpus.read(MADE.parts[0])("forms", ["form"])
