"""Corpora of any size for clusters: some hundred different forms over and over, in parts, under one book."""

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import polars as pl
from msgspec.structs import replace

from corpus.made import kept, some_forms, write_part
from jixiao.corpus.manifest import Corpus, Manifest, Part, encode_manifest
from jixiao.corpus.parts import Kept, tables_of
from jixiao.corpus.storage import FolderStorage

DIFFERENT = 300


def large_corpus(folder: Path, forms: int, part: int, different: int = DIFFERENT) -> Corpus:
    """A corpus of so many forms in parts of so many; each part begins with another of the different forms."""
    base = list(_forms(different))
    made: list[Part] = []
    for number, first in enumerate(range(0, forms, part)):
        count = min(part, forms - first)
        write_part(folder, number, _tables(base, number, first, count))
        made.append(Part(number, first, count, {}))
    manifest = Manifest("0", "0", parts=tuple(made), next_part=len(made), next_form=forms)
    storage = FolderStorage(folder)
    storage.put("corpus.json", encode_manifest(manifest))
    return Corpus(storage, manifest)


def _forms(count: int) -> Iterator[Kept]:
    return kept(
        replace(form, title="项目支出绩效自评表", department="", unit="第一事务中心", fiscal_year=2024)
        for form in some_forms(count)
    )


def _tables(base: list[Kept], turn: int, first: int, count: int) -> dict[str, pl.DataFrame]:
    """The tables of a part; whole rounds of the different forms are copies with other numbers."""
    size = len(base)
    round_ = list(islice(cycle(base), turn % size, turn % size + size))
    tables = tables_of(round_, 0)
    copies = -(-count // size)
    found: dict[str, pl.DataFrame] = {}
    for name, frame in tables.items():
        shifted = [frame.with_columns(pl.col("form") + first + size * at) for at in range(copies)]
        found[name] = pl.concat(shifted).filter(pl.col("form") < first + count)
    return found
