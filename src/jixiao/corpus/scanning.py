"""The tables of a corpus read lazily over all parts, and the tables that measures add, marked with what they are of."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Final

import polars as pl

from jixiao.corpus.faults import CorpusFault, Missing
from jixiao.corpus.manifest import Corpus, file_of, read_manifest
from jixiao.corpus.schema import CORPUS_SCHEMA, TABLES
from jixiao.corpus.verifying import verify

Scan = Callable[[str], pl.LazyFrame]
"""Gives a table of the corpus by its name; only the columns that are asked for are read."""
_OF: Final = "corpus"


def scan_of(corpus: Corpus) -> Scan:
    """The tables of a corpus over all its parts."""

    def scan(table: str) -> pl.LazyFrame:
        empty = pl.LazyFrame(schema=TABLES[table].dtypes)
        files = [corpus.storage.for_polars(file_of(table, part.number)) for part in corpus.parts if part.forms]
        if not files:
            return empty
        options = files[0][1]
        return pl.scan_parquet([name for name, _ in files], storage_options=dict(options) if options else None)

    return scan


@contextmanager
def told_if_damaged(corpus: Corpus) -> Iterator[None]:
    """A lazy read that fails is told by the file at fault; where no file is, the failure is ours and goes on.

    Raises:
        CorpusFault: a file of the corpus is missing or damaged, or the corpus was built anew meanwhile.
    """
    try:
        yield
    except (FileNotFoundError, pl.exceptions.PolarsError, CorpusFault) as error:
        _refuse_rebuilt(corpus)
        wrong = None if isinstance(error, CorpusFault) else next(verify(corpus), None)
        if wrong is None:
            raise
        label = corpus.storage.label
        raise CorpusFault(
            f"{label}：{wrong.zh}请删去损坏的文件，再运行一次 jixiao corpus build 即重做。",
            f"{label}: {wrong.en} Take what is damaged away and run jixiao corpus build again, which makes it anew.",
        ) from error


def _refuse_rebuilt(corpus: Corpus) -> None:
    """A build that ends takes files away that are no longer of the corpus; who was reading them begins again."""
    now = read_manifest(corpus.storage)
    if now is not None and now.digest != corpus.manifest.digest:
        label = corpus.storage.label
        zh = f"{label}：读取期间这个库更新了。请再运行一次。"
        raise CorpusFault(zh, f"{label}: the corpus was built anew while it was read. Run the command again.")


def keep(corpus: Corpus, table: str, frame: pl.DataFrame, told: Mapping[str, str]) -> None:
    """Write the table of a measure beside those of the corpus, marked with the corpus as it is now.

    Args:
        corpus: what was measured.
        table: its name.
        frame: its rows.
        told: what else the file says of itself.

    Raises:
        CorpusFault: it cannot be written.
    """
    data = BytesIO()
    frame.write_parquet(data, metadata={"schema": CORPUS_SCHEMA, "table": table, _OF: corpus.manifest.digest, **told})
    corpus.storage.put(_name(table), data.getvalue())


def kept(corpus: Corpus, table: str) -> pl.DataFrame | None:
    """The table of a measure, where it is whole and was made of the corpus as it is now.

    Raises:
        CorpusFault: it cannot be read.
    """
    try:
        data = corpus.storage.get(_name(table))
    except Missing:
        return None
    try:
        if pl.read_parquet_metadata(BytesIO(data)).get(_OF) != corpus.manifest.digest:
            return None
        return pl.read_parquet(BytesIO(data))
    except pl.exceptions.PolarsError:
        return None


def _name(table: str) -> str:
    return f"{table}/all.parquet"
