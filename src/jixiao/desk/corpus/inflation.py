"""The use case of the inflation meter: a corpus measured, and told as text, page, data or table."""

from pathlib import Path
from typing import Literal

import msgspec
import polars as pl

from jixiao import __version__
from jixiao.corpus.inflation.meter import LEAST, Inflation, as_table, measure_inflation
from jixiao.corpus.inflation.page import write_html
from jixiao.corpus.inflation.told import write_text
from jixiao.desk.corpus.opening import corpus_at
from jixiao.desk.library import reviewer_on
from jixiao.writing.csv_cells import guarded

Kind = Literal["text", "html", "csv", "json"]
Language = Literal["zh", "en"]
_ENDINGS: dict[str, Kind] = {".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}


def measure(where: str, least: int = LEAST) -> Inflation:
    """Measure the corpus in a folder, or at "s3://bucket/prefix".

    Raises:
        WrongUse: there is no corpus, or it cannot be read.
    """
    with corpus_at(where) as corpus:
        return measure_inflation(corpus, reviewer_on, least)


def kind_of(kind: Kind | None, out: Path | None) -> Kind:
    """The form of output: as asked, else by the name of the file, else text."""
    return kind or _ENDINGS.get(out.suffix.lower() if out else "", "text")


def told(found: Inflation, kind: Kind, language: Language) -> str | bytes:
    """What was measured."""
    if kind == "html":
        return write_html(found, language, __version__)
    if kind == "json":
        return msgspec.json.encode(found)
    if kind == "csv":
        table = as_table(found.groups)
        safe = table["name"].map_elements(guarded, return_dtype=pl.String())
        return "\ufeff" + table.with_columns(safe).write_csv()
    return write_text(found, language)
