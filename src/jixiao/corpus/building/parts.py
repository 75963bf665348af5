"""Writing a part whole, and reading one back: the forms of it that stay, as tables or to be put under the law again."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO

import polars as pl

from jixiao.corpus.building.chunk import Slice, empty_rows
from jixiao.corpus.building.reading import kept_form
from jixiao.corpus.building.way import Line, Way
from jixiao.corpus.manifest import File, Part, file_of
from jixiao.corpus.parts import Kept
from jixiao.corpus.schema import AS_READ, FORMS, SOURCES, TABLES
from jixiao.corpus.storage import Storage
from jixiao.form import decode_form

Gone = frozenset[tuple[str, str]]
"""Name and SHA-256 of files that are no longer there, or not as they were."""


def write_part(storage: Storage, number: int, first: int, slices: Sequence[Slice]) -> Part:
    """Write every table of a part, one after another, so that only one is held.

    Args:
        storage: where to.
        number: of the part.
        first: number of its first form.
        slices: its forms, in order.

    Raises:
        CorpusFault: the storage refuses.
    """
    files: dict[str, File] = {}
    for table in TABLES:
        frames, at = [empty_rows(table)], first
        for one in slices:
            frames.append(one.rows(table, at))
            at += one.high - one.low
        files[table] = _put(storage, table, number, pl.concat(frames, rechunk=True))
    return Part(number, first, sum(one.high - one.low for one in slices), files)


def _put(storage: Storage, table: str, number: int, frame: pl.DataFrame) -> File:
    data = encoded(table, frame)
    storage.put(file_of(table, number), data)
    return File(frame.height, len(data), sha256(data).hexdigest())


def encoded(table: str, frame: pl.DataFrame) -> bytes:
    """A table of a part as the bytes of its file: one group of rows, so that each column is read in one piece.

    Args:
        table: its name.
        frame: its rows.
    """
    file = BytesIO()
    frame.write_parquet(
        file, compression="zstd", compression_level=3, row_group_size=max(1, frame.height), statistics=True,
        metadata=TABLES[table].metadata,
    )  # fmt: skip
    return file.getvalue()


def stored_tables(storage: Storage, number: int, gone: Gone) -> dict[str, pl.DataFrame]:
    """The tables of a part without the forms and lines of files that are gone; the forms numbered from 0."""
    forms = _without(storage.frame(file_of(FORMS.name, number)), gone)
    numbers = forms.select("form", new=pl.int_range(pl.len(), dtype=pl.Int64()))
    tables: dict[str, pl.DataFrame] = {}
    for table in TABLES:
        if table == SOURCES.name:
            tables[table] = _without(storage.frame(file_of(table, number)), gone)
            continue
        frame = forms if table == FORMS.name else storage.frame(file_of(table, number))
        joined = frame.join(numbers, on="form", how="inner", maintain_order="left")
        tables[table] = joined.with_columns(form=pl.col("new")).select(frame.columns)
    return tables


def _without(frame: pl.DataFrame, gone: Gone) -> pl.DataFrame:
    if not gone:
        return frame
    left = pl.DataFrame(sorted(gone), schema={"file": pl.String(), "sha256": pl.String()}, orient="row")
    return frame.join(left, on=["file", "sha256"], how="anti", maintain_order="left")


def stored_forms(storage: Storage, number: int, gone: Gone, span: tuple[int, int], way: Way) -> Iterator[Kept | Line]:
    """Forms of a part, those in a span of its rows, put under the law again; with the first, the lines about files."""
    low, high = span
    if low == 0:
        for line in _without(storage.frame(file_of(SOURCES.name, number)), gone).iter_rows(named=True):
            yield Line(**line)
    heads = storage.frame(file_of(FORMS.name, number), ["form", "file", "sha256", "number"]).slice(low, high - low)
    left = _without(heads, gone)
    texts = storage.frame(file_of(AS_READ.name, number), ["form", "json"]).slice(low, high - low)
    for _, file, digest, at, text in left.join(texts, on="form", maintain_order="left").iter_rows():
        yield kept_form(decode_form(text.encode()), (file, digest, at), way)
