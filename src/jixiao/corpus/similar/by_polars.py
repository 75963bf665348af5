"""Keys and exact Jaccard indexes with Polars alone: what a plain install has; the kernel does the same, quicker."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from jixiao.corpus.similar.letters import code_points, lengths
from jixiao.corpus.similar.scheme import (
    BANDS,
    BUCKET,
    FACTORS,
    FIRST,
    GOLDEN,
    LEAST,
    LETTER,
    ROWS,
    SECOND,
    SHIFTS,
)
from jixiao.corpus.similar.union import Union

_CHUNK: Final = 20_000
_PAIRS: Final = 200_000
_UPPER: Final = 2**32


def edges(texts: pl.Series) -> tuple[pl.Series, int]:
    """The least text that each text is connected with, and how many comparisons large buckets left out."""
    union, left_out = Union(len(texts)), 0
    keys = keys_of(texts)
    for band in range(BANDS):
        found, more = _candidates(keys[f"key{band}"])
        left_out += more
        for pairs in _apart(found, union):
            for one, other in _alike(texts, pairs):
                union.join(one, other)
    return pl.Series("root", union.roots(), dtype=pl.UInt32), left_out


def keys_of(texts: pl.Series) -> pl.DataFrame:
    """The keys of all texts, columns key0 … key23, in their order; each text has two letters or more."""
    parts = [_keys(pairs_of(texts.slice(start, _CHUNK))) for start in range(0, len(texts), _CHUNK)]
    return pl.concat(parts) if parts else pl.DataFrame({f"key{at}": [] for at in range(BANDS)})


def pairs_of(texts: pl.Series) -> pl.DataFrame:
    """The pairs of neighbouring letters of every text as numbers: columns text and pair."""
    numbers = pl.Series("text", range(len(texts)), dtype=pl.UInt32)
    whose = pl.DataFrame({"text": numbers, "long": lengths(texts)})
    whose = whose.select(pl.col("text").repeat_by("long").explode())
    letter = pl.col("letter").cast(pl.UInt64)
    return (
        whose.with_columns(code_points(texts).alias("letter"))
        .select("text", pair=letter * 2**LETTER + letter.shift(-1), same=pl.col("text") == pl.col("text").shift(-1))
        .filter("same")
        .drop("same")
    )


def _keys(pairs: pl.DataFrame) -> pl.DataFrame:
    hashed = pairs.select("text", h=_mixed(pl.col("pair") + _word(GOLDEN))).set_sorted("text")
    rows = [
        ((pl.col("h") * _word(factor) + _word(shift)).min() // _UPPER).alias(f"row{at}")
        for at, (factor, shift) in enumerate(zip(FACTORS, SHIFTS, strict=True))
    ]
    sketches = hashed.group_by("text", maintain_order=True).agg(rows)
    return sketches.select(_key(band) for band in range(BANDS))


def _key(band: int) -> pl.Expr:
    key = pl.col(f"row{band * ROWS}")
    for row in range(1, ROWS):
        key = key * _word(GOLDEN) + pl.col(f"row{band * ROWS + row}")
    return (key // _UPPER).cast(pl.UInt32).alias(f"key{band}")


def _word(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt64)


def _mixed(x: pl.Expr) -> pl.Expr:
    """`scheme.mix` by column; numbers without sign wrap."""
    x = (x ^ (x // 2**30)) * _word(FIRST)
    x = (x ^ (x // 2**27)) * _word(SECOND)
    return x ^ (x // 2**31)


def _candidates(keys: pl.Series) -> tuple[pl.DataFrame, int]:
    """Pairs of texts with the same key: each with the first of its bucket; and how many pairs that leaves out."""
    texts = pl.DataFrame({"key": keys, "text": pl.Series(range(len(keys)), dtype=pl.UInt32)})
    many = texts.filter(pl.len().over("key") > 1).with_columns(place=pl.col("text").cum_count().over("key"))
    sizes = many.group_by("key").agg(pl.len().cast(pl.Int64).alias("size")).filter(pl.col("size") > BUCKET)["size"]
    left_out = sum(rest * (rest - 1) // 2 for rest in (size - BUCKET for size in sizes))
    firsts = many.filter(pl.col("place") <= BUCKET).rename({"text": "one", "place": "at"})
    pairs = many.join(firsts, on="key").filter(pl.col("one") < pl.col("text"))
    return pairs.select("one", other="text"), left_out


def _apart(pairs: pl.DataFrame, union: Union) -> Iterator[pl.DataFrame]:
    """The pairs that are not yet connected, some at a time."""
    for start in range(0, len(pairs), _PAIRS):
        some = pairs.slice(start, _PAIRS)
        yield some.filter(pl.Series([union.find(one) != union.find(other) for one, other in some.iter_rows()]))


def _alike(texts: pl.Series, pairs: pl.DataFrame) -> list[tuple[int, int]]:
    """The pairs that reach the least Jaccard index, computed from their whole sets."""
    if pairs.is_empty():
        return []
    shared, union = indexes(texts.gather(pairs["one"]), texts.gather(pairs["other"]))
    fit = shared * LEAST.denominator >= union * LEAST.numerator
    return list(pairs.filter(fit).iter_rows())


def indexes(ones: pl.Series, others: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How many pairs of letters each two texts share, and how many there are in either; their ratio is the index."""
    parts = [_indexes(ones.slice(at, _CHUNK), others.slice(at, _CHUNK)) for at in range(0, len(ones), _CHUNK)]
    whole = pl.concat([pl.DataFrame(schema={"shared": pl.Int64, "union": pl.Int64}), *parts])
    return whole["shared"], whole["union"]


def _indexes(ones: pl.Series, others: pl.Series) -> pl.DataFrame:
    both = pl.DataFrame({"one": _sets(ones), "other": _sets(others)})
    size = pl.col("one").list.len() + pl.col("other").list.len()
    shared = pl.col("one").list.set_intersection("other").list.len()
    return both.select(shared=shared.cast(pl.Int64), union=(size - shared).cast(pl.Int64))


def _sets(texts: pl.Series) -> pl.Series:
    return pairs_of(texts).group_by("text", maintain_order=True).agg(pl.col("pair").unique())["pair"]
