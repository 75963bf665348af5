"""`corpus.json`, the manifest of a corpus: which parts belong to it, with counts and digests.

It is written last and replaced whole, so that a corpus is always the one before or the one after. Its bytes are
canonical: the same steps give the same bytes, whoever was killed on the way. Which files the forms came from, with
digest, size and verdict, stands in the table `sources`, whose parts the manifest answers for as for all others.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from jixiao.corpus.faults import CorpusFault, Missing
from jixiao.corpus.schema import CORPUS_SCHEMA

if TYPE_CHECKING:
    import polars as pl

    from jixiao.corpus.parts import Read
    from jixiao.corpus.storage import Storage

MANIFEST: Final = "corpus.json"
_FAMILY: Final = CORPUS_SCHEMA.rpartition("/")[0]


class File(Struct, frozen=True):
    """One file of a part: how many rows and bytes it has, and the SHA-256 of its bytes."""

    rows: int
    bytes: int
    sha256: str


class Part(Struct, frozen=True):
    """One part: the files `<table>/part-<number>.parquet` of every table.

    Attributes:
        number: of the part; never given twice.
        first: number of its first form.
        forms: how many it holds; their numbers run on from `first`.
        files: by table.
    """

    number: int
    first: int
    forms: int
    files: Mapping[str, File]


class Manifest(Struct, frozen=True):
    """A corpus.

    Attributes:
        schema: the contract, `jixiao/corpus/1`.
        program: version that built it last.
        way: digest of all that features, books and findings depend on: parts of another way are made anew.
        rulebook: id of the book that was asked for every form; null where each has the book of its place.
        parts: in order of their numbers, and so of their forms' numbers.
        next_part, next_form: numbers that no part and no form ever had.
        counts: files by verdict.
    """

    program: str
    way: str
    rulebook: str | None = None
    parts: tuple[Part, ...] = ()
    next_part: int = 0
    next_form: int = 0
    counts: Mapping[str, int] = {}
    schema: str = CORPUS_SCHEMA

    @property
    def forms(self) -> int:
        """How many forms there are."""
        return sum(part.forms for part in self.parts)

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest's bytes, and so of the whole corpus."""
        return sha256(encode_manifest(self)).hexdigest()


def file_of(table: str, number: int) -> str:
    """The name of a part's file."""
    return f"{table}/part-{number:06}.parquet"


def encode_manifest(manifest: Manifest) -> bytes:
    """The canonical bytes: keys in order, indented by two spaces."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2) + b"\n"


def decode_manifest(data: bytes, label: str) -> Manifest:
    """A manifest read back.

    Raises:
        CorpusFault: it is none, or of a contract that this program does not know.
    """
    try:
        schema = msgspec.json.decode(data, type=_Schema).schema
        if schema == CORPUS_SCHEMA:
            return msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        zh = f"{label}：不是数据库的清单（{error}）。"
        raise CorpusFault(zh, f"{label}: this is no manifest of a corpus ({error}).") from error
    if schema.startswith(f"{_FAMILY}/"):
        zh = f"{label}：数据库是 {schema}，本程序只懂 {CORPUS_SCHEMA}。请升级程序。"
        en = f"{label}: the corpus is {schema}; this program knows {CORPUS_SCHEMA} only. Upgrade the program."
        raise CorpusFault(zh, en)
    zh = f"{label}：应为 {CORPUS_SCHEMA}，读到 {schema[:80]}。"
    raise CorpusFault(zh, f"{label}: {CORPUS_SCHEMA} was expected, {schema[:80]} was read.")


class _Schema(Struct):
    schema: str


def read_manifest(storage: "Storage") -> Manifest | None:
    """The manifest of a corpus; `None` where there is none yet.

    Raises:
        CorpusFault: it cannot be read, or is of another contract.
    """
    try:
        data = storage.get(MANIFEST)
    except Missing:
        return None
    return decode_manifest(data, f"{storage.label}/{MANIFEST}")


class Corpus(Struct, frozen=True):
    """A corpus that is there: its storage and its manifest.

    `corpus.read(part)` gives the function that `frames_of` takes.
    """

    storage: "Storage"
    manifest: Manifest

    @property
    def parts(self) -> Sequence[Part]:
        """The parts in order."""
        return self.manifest.parts

    def frame(self, part: Part, table: str, columns: Sequence[str] | None = None) -> "pl.DataFrame":
        """A table of one part, or some of its columns.

        Raises:
            CorpusFault: the file is missing or damaged.
        """
        return self.storage.frame(file_of(table, part.number), columns)

    def read(self, part: Part) -> "Read":
        """Gives columns of tables of one part."""
        return lambda table, columns: self.frame(part, table, columns)


def open_corpus(where: str) -> Corpus:
    """The corpus in a folder, or at "s3://bucket/prefix".

    Raises:
        CorpusFault: there is none, or it cannot be read.
    """
    from jixiao.corpus.storage import open_storage

    storage = open_storage(where)
    manifest = read_manifest(storage)
    if manifest is None:
        zh = f"{storage.label}：这里没有数据库（没有 {MANIFEST}）。用 jixiao corpus build 建一个。"
        en = f"{storage.label}: there is no corpus here (no {MANIFEST}). Make one with jixiao corpus build."
        raise CorpusFault(zh, en)
    return Corpus(storage, manifest)
