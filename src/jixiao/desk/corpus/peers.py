"""The use case of similar projects of a corpus: the file that `check --peers` takes, or the table of all indicators."""

from datetime import date

import polars as pl

from jixiao.corpus.peers import peers_of, table_of
from jixiao.corpus.peers.lines import Lines
from jixiao.corpus.scanning import scan_of
from jixiao.desk.corpus.opening import corpus_at
from jixiao.review.context import encode_peers
from jixiao.writing.csv_cells import guarded


def corpus_peers(where: str, source: str, least: int) -> bytes:
    """Statistics of the forms of a corpus, as JSON, dated today.

    Args:
        where: a folder, or "s3://bucket/prefix".
        source: where the forms come from, in words; empty for the name of the corpus.
        least: the fewest projects of which a statistic is made.

    Raises:
        WrongUse: there is no corpus, or it cannot be read.
    """
    today = date.today().isoformat()  # noqa: DTZ011 -- the day of the person who makes them
    return encode_peers(peers_of(_lines(where), source=source or where, on=today, least=least))


def corpus_peers_table(where: str, least: int) -> str:
    """What others promised and achieved for similar money, as CSV.

    Raises:
        WrongUse: there is no corpus, or it cannot be read.
    """
    table = table_of(_lines(where), least)
    texts = [name for name, kind in table.schema.items() if kind == pl.String()]
    safe = [table[name].map_elements(guarded, return_dtype=pl.String(), skip_nulls=True) for name in texts]
    return "\ufeff" + table.with_columns(safe).write_csv()


def _lines(where: str) -> Lines:
    with corpus_at(where) as corpus:
        return Lines(scan_of(corpus))
