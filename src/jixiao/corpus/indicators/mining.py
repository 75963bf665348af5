"""Indicators of a corpus put together by canonical name, headings and unit, with what was promised and achieved.

Quartiles are values that stand on forms (the lower one of two), never means of two, so that each can be shown. Every
line of a form that a cluster rests on is kept beside it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import polars as pl

from jixiao.corpus.indicators.measurability import FACTS, FEATURES, READS, facts
from jixiao.corpus.parts import Read
from jixiao.corpus.schema import FEATURES_OF_INDICATORS, FORMS, INDICATORS, PLACES
from jixiao.form import unit_scale
from jixiao.review.wording import key, squeeze, undated

BY: Final = ["name_key", "level1", "level2", "unit"]
"""What the lines of one cluster share: name as it is compared, headings, unit."""
SOURCES: Final = 5
"""Forms that a cluster names."""
_LONGEST: Final = 200


def lines_of(parts: Iterable[Read]) -> pl.DataFrame:
    """Every indicator with a name: whose it is, its cluster, target and result (times 10,000), and its facts."""
    frames = [frame for read in parts for frame in _part(read)]
    return pl.concat(frames) if frames else pl.DataFrame()


def _part(read: Read) -> Iterator[pl.DataFrame]:
    forms = read(FORMS.name, ["form", "unit", "department", "fiscal_year"])
    rows = read(INDICATORS.name, ["form", "at", "name", "level1", "level2", "actual", *READS])
    features = read(FEATURES_OF_INDICATORS.name, FEATURES)
    owner = pl.when(pl.col("unit") != "").then("unit").otherwise("department").alias("owner")
    whole = pl.concat([rows, features], how="horizontal").filter(pl.col("name").fill_null("") != "")
    if whole.is_empty():
        return
    yield (
        whole.with_columns(facts())
        .with_columns(_mapped(whole["name"], canonical).alias("name_key"))
        .with_columns(_mapped(whole["target_unit"], _base).alias("unit"))
        .join(forms.select("form", owner, "fiscal_year"), on="form", how="left", maintain_order="left")
        .filter(pl.col("name_key") != "")
        .select(*BY, "form", "at", "owner", "fiscal_year", "name", "operator", "target", "actual", *_NAMES)
    )


_NAMES: Final = [fact.name for fact in FACTS]


def canonical(name: str) -> str:
    """A name as names are compared: without numbering, year, marks and white space."""
    return undated(key(squeeze(name[:_LONGEST])))


def _base(unit: str) -> str:
    """A unit by the word that stands for it, where the two are the same size; else as printed."""
    base, factor = unit_scale(unit)
    return base if factor == 1 else unit


def _mapped(texts: pl.Series, rule: Callable[[str], str]) -> pl.Series:
    """A rule for each different text."""
    words = texts.unique().drop_nulls()
    made = [rule(word) for word in words]
    return texts.fill_null("").replace_strict(words, pl.Series(made, dtype=pl.String), default="")


def clusters_of(lines: pl.DataFrame, least: int) -> pl.DataFrame:
    """One row a cluster, those of most forms first.

    Args:
        lines: what `lines_of` gives.
        least: how many forms a cluster must rest on.
    """
    if lines.is_empty():
        return pl.DataFrame()
    holds = [(2 * pl.col(name).sum() >= pl.len()).alias(name) for name in _NAMES]
    made = lines.group_by(BY, maintain_order=True).agg(
        _counted("name").struct.field("value").first().alias("exemplar"),
        pl.col("form").n_unique().cast(pl.Int64).alias("forms"),
        pl.col("owner").n_unique().cast(pl.Int64).alias("units"),
        pl.col("fiscal_year").n_unique().cast(pl.Int64).alias("years"),
        _counts("operator").alias("operators"),
        *_spread("target"),
        *_spread("actual"),
        *holds,
    )
    grade = pl.sum_horizontal(pl.col(name).cast(pl.Int64) for name in _NAMES).alias("measurability")
    kept = made.filter(pl.col("forms") >= least).with_columns(grade)
    return kept.sort("forms", *BY, descending=[True, *[False] * len(BY)]).with_row_index("cluster")


def _counts(name: str) -> pl.Expr:
    """How often each value stands there, as "≥ 12，= 3"."""
    counted = _counted(name)
    said = pl.format("{} {}", counted.struct.field("value"), counted.struct.field("len"))
    return said.implode().list.join("，")


def _counted(name: str) -> pl.Expr:
    """Each value with its count, the most frequent first, equals in order."""
    # runs of sorted values come in the same order each time they are asked for; counts of values do not
    runs = pl.col(name).fill_null("").sort().rle()
    return runs.sort_by([runs.struct.field("len"), runs.struct.field("value")], descending=[True, False])


def _spread(name: str) -> Iterator[pl.Expr]:
    """How many numbers there are, and their quartiles; each is one that stands on a form."""
    known = pl.col(name).drop_nulls().sort()
    yield known.len().cast(pl.Int64).alias(f"{name}s")
    for quarter, called in ((0, "least"), (1, "q1"), (2, "median"), (3, "q3"), (4, "most")):
        at = (known.len().cast(pl.Int64) - 1).clip(0) * quarter // 4
        yield known.get(at, null_on_oob=True).alias(f"{name}_{called}")


def sourced(lines: pl.DataFrame, clusters: pl.DataFrame, parts: Sequence[Read]) -> pl.DataFrame:
    """The first lines of each cluster, with file, number in the file, project, page and cell.

    Args:
        lines: what `lines_of` gives.
        clusters: what `clusters_of` gives.
        parts: give columns of the tables of each part.
    """
    first = lines.join(clusters.select("cluster", *BY), on=BY, nulls_equal=True).sort("cluster", "form", "at")
    some = first.group_by("cluster", maintain_order=True).head(SOURCES)
    pointer = pl.format("/indicators/{}/target", pl.col("at")).alias("pointer")
    wanted = some.select("cluster", "form", "at", "owner", "fiscal_year", "target", "actual", pointer)
    found = [_placed(wanted, read) for read in parts]
    return pl.concat(found).sort("cluster", "form", "at") if found else wanted


def _placed(wanted: pl.DataFrame, read: Read) -> pl.DataFrame:
    forms = read(FORMS.name, ["form", "file", "number", "project"])
    here = wanted.join(forms, on="form", maintain_order="left")
    places = read(PLACES.name, ["form", "pointer", "page", "cell"]).unique(["form", "pointer"], keep="first")
    return here.join(places, on=["form", "pointer"], how="left", maintain_order="left").drop("pointer")
