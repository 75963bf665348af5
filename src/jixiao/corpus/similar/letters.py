"""Letters of many texts in one row: their code points, and how many each text has."""

import sys
from typing import Final

import polars as pl

_ENCODING: Final = f"utf-32-{'le' if sys.byteorder == 'little' else 'be'}"


def encoded(texts: pl.Series) -> bytes:
    """The code points of all texts, one after another, 32 bits each as this machine keeps them."""
    return "".join(texts.to_list()).encode(_ENCODING)


def lengths(texts: pl.Series) -> pl.Series:
    """How many letters each text has."""
    return texts.str.len_chars()


def code_points(texts: pl.Series) -> pl.Series:
    """The code points of all texts, one after another."""
    row = encoded(texts)
    if not row:
        return pl.Series([], dtype=pl.UInt32)
    kind = pl.Array(pl.UInt32, len(row) // 4)
    return pl.Series([row]).bin.reinterpret(dtype=kind, endianness=sys.byteorder).explode()
