"""Quartiles by group, exact: positions found by column, the few numbers at them taken as fractions."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import polars as pl

from jixiao.review.context import Spread
from jixiao.review.rounding import half_up

_FINE: Final = 10**6
_QUARTERS: Final = (1, 2, 3)
Key = tuple[str, ...]


def quartiles(
    rows: pl.DataFrame, keys: Sequence[str], over: tuple[str, str], least: int
) -> Iterator[tuple[Key, Spread]]:
    """The quartiles of a ratio by group, by linear interpolation, rounded once to two decimals.

    Args:
        rows: a row a project.
        keys: the columns of a group.
        over: the columns of numerator and denominator, whole numbers above 0.
        least: groups of fewer rows give nothing.
    """
    above, below = (pl.col(name) for name in over)
    held = rows.filter((above > 0) & (below > 0)).filter(pl.len().over(keys) >= least)
    fine = held.with_columns(fine=above * _FINE // below).sort("fine")
    twins = (pl.col("fine") == pl.col("fine").shift()) & ((above != above.shift()) | (below != below.shift()))
    places = [pl.col("count").cast(pl.Int64)]
    for quarter in _QUARTERS:
        at = quarter * (pl.col("count").cast(pl.Int64) - 1)
        for name, place in (
            (f"low{quarter}", at // 4),
            (f"high{quarter}", pl.min_horizontal(at // 4 + 1, pl.col("count").cast(pl.Int64) - 1)),
        ):
            places += [pl.col(side).list.get(place).alias(f"{name}{side}") for side in ("a", "b")]
    grouped = fine.group_by(keys, maintain_order=True).agg(
        pl.len().alias("count"), above.alias("a"), below.alias("b"), twins.fill_null(value=False).any().alias("twins")
    )
    for row in grouped.filter(pl.col("twins")).iter_rows(named=True):
        values = sorted(Fraction(a, b) for a, b in zip(row["a"], row["b"], strict=True))
        yield (
            tuple(row[name] for name in keys),
            _spread(len(values), [_between(values, quarter) for quarter in _QUARTERS]),
        )
    for row in grouped.filter(~pl.col("twins")).select(*keys, *places).iter_rows(named=True):
        yield tuple(row[name] for name in keys), _spread(row["count"], [_at(row, quarter) for quarter in _QUARTERS])


def _at(row: dict[str, int], quarter: int) -> Fraction:
    low = Fraction(row[f"low{quarter}a"], row[f"low{quarter}b"])
    high = Fraction(row[f"high{quarter}a"], row[f"high{quarter}b"])
    return low + (high - low) * Fraction(quarter * (row["count"] - 1) % 4, 4)


def _between(values: Sequence[Fraction], quarter: int) -> Fraction:
    place, part = divmod(quarter * (len(values) - 1), 4)
    low, high = values[place], values[min(place + 1, len(values) - 1)]
    return low + (high - low) * Fraction(part, 4)


def _spread(count: int, numbers: Sequence[Fraction]) -> Spread:
    return Spread(count, *(half_up(number) for number in numbers))
