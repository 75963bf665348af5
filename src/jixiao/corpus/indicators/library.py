"""The library of a corpus as data, and the tables in which it is kept beside the corpus."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import polars as pl

from jixiao.corpus.indicators.measurability import FACTS, reasons
from jixiao.corpus.indicators.mining import clusters_of, lines_of, sourced
from jixiao.corpus.manifest import Corpus
from jixiao.review.wording import bare
from jixiao.writing.indicators.report import Entry, Library, Source, Spread

TABLES: Final = ("indicator_library", "indicator_sources")
"""What stands in the corpus: one row a cluster, and one row a line that a cluster names."""


def library_of(corpus: Corpus, least: int) -> tuple[Library, Mapping[str, pl.DataFrame]]:
    """Mine a corpus.

    Args:
        corpus: the corpus.
        least: how many forms an entry must rest on.

    Returns:
        The library, and its tables.
    """
    parts = [corpus.read(part) for part in corpus.parts]
    lines = lines_of(parts)
    clusters = clusters_of(lines, least)
    sources = sourced(lines, clusters, parts) if len(clusters) else pl.DataFrame()
    return _library(corpus, clusters, sources), dict(zip(TABLES, (clusters, sources), strict=True))


def _library(corpus: Corpus, clusters: pl.DataFrame, sources: pl.DataFrame) -> Library:
    by_cluster: dict[int, list[Source]] = {}
    for line in sources.iter_rows(named=True):
        by_cluster.setdefault(line["cluster"], []).append(_source(line))
    entries = (_entry(line, by_cluster.get(line["cluster"], ())) for line in clusters.iter_rows(named=True))
    return Library(corpus.manifest.digest, corpus.manifest.forms, tuple(entries))


def found(library: Library, search: str) -> Library:
    """The entries whose name, headings or unit hold a text."""
    wanted = bare(search)
    kept = (one for one in library.entries if wanted in bare(f"{one.name}{one.level1}{one.level2}{one.unit}"))
    return Library(library.corpus, library.forms, tuple(kept))


def _entry(line: Mapping[str, Any], sources: Sequence[Source]) -> Entry:
    return Entry(
        name=line["exemplar"], level1=line["level1"], level2=line["level2"], unit=line["unit"], forms=line["forms"],
        units=line["units"], years=line["years"], operators=line["operators"], target=_spread(line, "target"),
        actual=_spread(line, "actual"), measurability=line["measurability"],
        reasons=reasons({fact.name: line[fact.name] for fact in FACTS}), sources=tuple(sources),
    )  # fmt: skip


def _spread(line: Mapping[str, Any], name: str) -> Spread:
    numbers = [_number(line[f"{name}_{called}"]) for called in ("least", "q1", "median", "q3", "most")]
    return Spread(line[f"{name}s"], *numbers)


def _source(line: Mapping[str, Any]) -> Source:
    return Source(
        file=line["file"], number=line["number"], line=line["at"] + 1, page=line["page"], cell=line["cell"],
        unit=line["owner"] or "", project=line["project"] or "", fiscal_year=line["fiscal_year"],
        target=_number(line["target"]), actual=_number(line["actual"]),
    )  # fmt: skip


def _number(cell: int | None) -> Decimal | None:
    """A number from ten-thousandths, without zeros at its end."""
    if cell is None:
        return None
    whole, rest = divmod(cell, 10_000)
    return Decimal(whole) if not rest else Decimal(cell).scaleb(-4).normalize()
