"""What others promised and achieved for similar money: a row an indicator, level and band of money."""

from itertools import pairwise
from typing import Final

import polars as pl

from jixiao.corpus.peers.file import CENTS, COUNTED
from jixiao.corpus.peers.lines import WIDE, Lines
from jixiao.corpus.peers.spreads import quartiles
from jixiao.review.context import Spread

BANDS: Final = (10**4, 10**5, 10**6, 10**7, 10**8)
"""Bands of money begin at so many 元 spent; a project is held against those of its own band."""
_KEYS: Final = ("level1", "level2", "name", "unit", "money")


def table_of(lines: Lines, least: int) -> pl.DataFrame:
    """Columns level1, level2, name, unit, money (the band, as "10000–100000" 元), projects, payers, and the quartiles.

    Only bands with enough projects are given; a unit cost stands at 数量指标 only. Numbers are digits. Forms with a
    number that no cell holds (`Lines.beyond`) are not in it.
    """
    once = lines.rows.filter(pl.len().over("form", "level2", "name", "unit") == 1).with_columns(
        money=_band().cast(pl.Categorical())
    )
    counts = once.group_by(_KEYS).agg(projects=pl.col("form").n_unique(), payers=pl.col("payer").n_unique())
    whole = once.with_columns(
        b=pl.lit(lines.whole, WIDE), paid=pl.col("spent") * lines.whole, done=pl.col("achieved") * CENTS
    )
    made = counts.filter(pl.col("projects") >= least).with_columns(pl.col(*_KEYS).cast(pl.String()))
    costs = whole.filter((pl.col("level2") == COUNTED) & pl.col("paid").is_not_null())
    for name, rows, over in (
        ("promised", whole.filter(pl.col("promised").is_not_null()), ("promised", "b")),
        ("achieved", whole, ("achieved", "b")),
        ("unit_cost", costs, ("paid", "done")),
    ):
        made = made.join(_columns(name, dict(quartiles(rows, _KEYS, over, least))), on=list(_KEYS), how="left")
    return made.sort(pl.col("projects"), *_KEYS, descending=[True, *(False for _ in _KEYS)])


def _band() -> pl.Expr:
    told = pl.lit(f"{BANDS[-1]}–")
    for low, high in reversed(list(pairwise((0, *BANDS)))):
        told = pl.when(pl.col("spent") < high * CENTS).then(pl.lit(f"{low}–{high}")).otherwise(told)
    return pl.when(pl.col("spent").is_null()).then(pl.lit("")).otherwise(told)


def _columns(name: str, spreads: dict[tuple[str, ...], Spread]) -> pl.DataFrame:
    rows = [(*keys, one.count, str(one.low), str(one.median), str(one.high)) for keys, one in spreads.items()]
    text = dict.fromkeys(_KEYS, pl.String())
    ends = {f"{name}_{end}": pl.String() for end in ("low", "median", "high")}
    return pl.DataFrame(rows, schema={**text, f"{name}_count": pl.Int64(), **ends}, orient="row")
