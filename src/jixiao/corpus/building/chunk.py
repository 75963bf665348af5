"""A chunk: what came of one batch, as the tables of a part, packed; kept beside the plan until its part is written."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final

import msgspec
import polars as pl
from msgspec import Struct

from jixiao.corpus.building.way import FINE, Line
from jixiao.corpus.parts import Kept, tables_of
from jixiao.corpus.schema import SOURCES, TABLES


class Chunk(Struct, frozen=True):
    """Tables of some forms, numbered from 0.

    Attributes:
        forms: how many forms.
        aside: how many files, or forms of files, were set aside.
        tables: by name, in Arrow's file format.
    """

    forms: int
    aside: int
    tables: Mapping[str, bytes]


def chunk_of(found: Iterable[Kept | Line]) -> Chunk:
    """The chunk of forms and of lines about files, each in order."""
    lines: list[Line] = []

    def forms() -> Iterator[Kept]:
        for one in found:
            if isinstance(one, Line):
                lines.append(one)
            else:
                yield one

    tables = tables_of(forms(), 0)
    told = [msgspec.structs.asdict(line) for line in lines]
    return packed(tables | {SOURCES.name: pl.DataFrame(told, schema=SOURCES.dtypes)})


def packed(tables: Mapping[str, pl.DataFrame]) -> Chunk:
    """The chunk of tables whose forms are numbered from 0."""
    aside = tables[SOURCES.name].filter(~pl.col("verdict").is_in(sorted(FINE))).height
    return Chunk(tables["forms"].height, aside, {name: _written(frame) for name, frame in tables.items()})


def _written(frame: pl.DataFrame) -> bytes:
    file = BytesIO()
    frame.write_ipc(file, compression="lz4")
    return file.getvalue()


def encode_chunk(chunk: Chunk) -> bytes:
    """The chunk as bytes."""
    return _ENCODER.encode(chunk)


def decode_chunk(data: bytes) -> Chunk:
    """A chunk read back.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return _DECODER.decode(data)


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Chunk)


class Slice(Struct, frozen=True):
    """Forms of a chunk, from one to before another; who has the last has the lines about files, too."""

    chunk: Chunk
    low: int
    high: int

    def rows(self, table: str, first: int) -> pl.DataFrame:
        """The rows of a table, the forms numbered from `first`."""
        frame = pl.read_ipc(BytesIO(self.chunk.tables[table]))
        if table == SOURCES.name:
            return frame if self.high == self.chunk.forms else frame.clear()
        form = pl.col("form")
        if (self.low, self.high) != (0, self.chunk.forms):
            frame = frame.filter((form >= self.low) & (form < self.high))
        return frame.with_columns(form + (first - self.low))


def empty_rows(table: str) -> pl.DataFrame:
    """No row of a table."""
    return pl.DataFrame(schema=TABLES[table].dtypes)
