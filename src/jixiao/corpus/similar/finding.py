"""Groups of near-duplicate texts: exact duplicates first, then sketches, candidates, exact indexes, components."""

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.similar import by_polars
from jixiao.corpus.similar.normal import bared
from jixiao.corpus.similar.scheme import LETTERS

TEN_THOUSANDTHS: Final = 10_000
MEMBERS: Final = {
    "field": pl.String(), "group": pl.Int64(), "form": pl.Int64(), "at": pl.Int64(), "unit": pl.String(),
    "year": pl.Int64(), "jaccard": pl.Int64(),
}  # fmt: skip
GROUPS: Final = {
    "field": pl.String(), "group": pl.Int64(), "texts": pl.Int64(), "forms": pl.Int64(), "units": pl.Int64(),
    "years": pl.Int64(), "wordings": pl.Int64(), "text": pl.String(),
}  # fmt: skip


class LeftOut(Struct, frozen=True):
    """What was not compared in one field.

    Attributes:
        field: which texts.
        compared: texts that were.
        short: texts of fewer than 15 letters: there are few ways to say a short thing.
        boilerplate: texts that hold fewer than 15 letters beside phrases of the stop-list.
        pairs: comparisons within keys that very many texts share; each was held against the first 64 of its key.
    """

    field: str
    compared: int
    short: int
    boilerplate: int
    pairs: int


class Similar(Struct, frozen=True):
    """Near-duplicate texts.

    Attributes:
        members: a row a text in a group, `jaccard` to the representative times 10,000, rounded down.
        groups: a row a group, the largest first; `text` is the representative as printed.
        left_out: by field.
        kernel: whether the compiled loops did it.
    """

    members: pl.DataFrame
    groups: pl.DataFrame
    left_out: tuple[LeftOut, ...]
    kernel: bool


def compiled() -> bool:
    """Whether the extra `kernel` is installed."""
    return find_spec("numba") is not None and find_spec("numpy") is not None


def similar_texts(texts: pl.DataFrame, boilerplate: Iterable[str] = (), *, kernel: bool | None = None) -> Similar:
    """The groups of texts that are alike: Jaccard index of pairs of letters 0.7 or more, or linked by such texts.

    Args:
        texts: field, form, at, unit, year, text; texts of one field are compared with each other.
        boilerplate: phrases that everybody writes.
        kernel: whether to use the compiled loops; by default where they are installed.
    """
    quick = compiled() if kernel is None else kernel
    phrases = sorted({phrase for phrase in bared(pl.Series(list(boilerplate), dtype=pl.String)) if phrase})
    found = [_of_field(part, phrases, quick=quick) for part in texts.partition_by("field", maintain_order=True)]
    members = pl.concat([pl.DataFrame(schema=MEMBERS), *(one for one, _, _ in found)])
    groups = pl.concat([pl.DataFrame(schema=GROUPS), *(one for _, one, _ in found)])
    return Similar(members, groups, tuple(left for _, _, left in found), quick)


def _of_field(texts: pl.DataFrame, phrases: list[str], *, quick: bool) -> tuple[pl.DataFrame, pl.DataFrame, LeftOut]:
    told = texts.with_columns(bare=bared(texts["text"]), number=pl.int_range(pl.len(), dtype=pl.UInt32))
    own = told["bare"].str.replace_many(phrases, [""] * len(phrases)) if phrases else told["bare"]
    short, common = told["bare"].str.len_chars() < LETTERS, own.str.len_chars() < LETTERS
    kept = told.filter(~short & ~common)
    wordings = kept["bare"].unique(maintain_order=True)
    roots, pairs = _edges(wordings, quick=quick)
    labelled = kept.join(pl.DataFrame({"bare": wordings, "root": roots}), on="bare", maintain_order="left")
    spread = pl.col("form").n_unique().over("root") > 1
    members, groups = _grouped(labelled.filter(spread))
    field = str(texts["field"][0])
    left = LeftOut(field, len(kept), int(short.sum()), int((common & ~short).sum()), pairs)
    return members, groups, left


def _edges(wordings: pl.Series, *, quick: bool) -> tuple[pl.Series, int]:
    if not quick:
        return by_polars.edges(wordings)
    from jixiao.corpus.similar import by_kernel

    return by_kernel.edges(wordings)


def _grouped(labelled: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Members with their index, and the groups; the largest group is number 0.

    A group is represented by the wording that stands in it most often; of several the one of the earliest year, and
    then of the first form.
    """
    first = labelled.sort("year", "form", "number", nulls_last=True)
    often = first.group_by("root", "bare", maintain_order=True).agg(pl.len().alias("times"), pl.first("text", "number"))
    heads = often.sort("root", -pl.col("times").cast(pl.Int64), maintain_order=True)
    heads = heads.group_by("root", maintain_order=True).agg(pl.first("bare", "text", "number"))
    groups = (
        labelled.group_by("root")
        .agg(
            pl.len().cast(pl.Int64).alias("texts"),
            *(pl.col(name).n_unique().cast(pl.Int64).alias(f"{name}s") for name in ("form", "unit", "year")),
            pl.col("bare").n_unique().cast(pl.Int64).alias("wordings"),
            pl.first("field"),
        )
        .join(heads.rename({"bare": "head"}), on="root")
        .sort(pl.col("texts"), "number", descending=[True, False])
        .with_row_index("group")
        .with_columns(pl.col("group").cast(pl.Int64))
    )
    members = labelled.join(groups.select("root", "group", "head"), on="root").sort("group", "year", "form", "number")
    return _indexed(members).select(*MEMBERS), groups.select(*GROUPS)


def _indexed(members: pl.DataFrame) -> pl.DataFrame:
    pairs = members.select("bare", "head").unique(maintain_order=True)
    shared, union = by_polars.indexes(pairs["bare"], pairs["head"])
    told = pairs.with_columns(jaccard=shared * TEN_THOUSANDTHS // union)
    return members.join(told, on=["bare", "head"], maintain_order="left")
