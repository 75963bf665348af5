"""How the indicators of some forms lie: those of a form together, in the order of the forms."""

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Final

import polars as pl

_BYTES: Final = 255
"""The most ones that a sum of bytes can count."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Some forms and their indicators.

    Attributes:
        counts: how many indicators each form has.
        starts: the number of the first of them.
        owners: the number of each indicator's form.
    """

    counts: pl.Series
    starts: pl.Series
    owners: pl.Series

    @classmethod
    def of(cls, counts: pl.Series, numbers: pl.Series) -> "Shape":
        """The shape of forms with so many indicators, of which `numbers` says the form's number."""
        having = (counts > 0).arg_true()
        return cls(counts, counts.cum_sum() - counts, having[numbers.rle_id()])

    @property
    def ranks(self) -> pl.Series:
        """Which indicator of its form each is."""
        return pl.int_range(len(self.owners), eager=True) - self.starts[self.owners]

    def chunks(self, rows: int) -> Iterator["Chunk"]:
        """The forms by so many indicators at once, or somewhat more."""
        forms = len(self.counts)
        size = max(1, rows * forms // max(1, len(self.owners)))
        for at in range(0, max(1, forms), size):
            counts, starts = self.counts.slice(at, size), self.starts.slice(at, size)
            first = starts[0] if len(starts) else 0
            yield Chunk(first, counts, starts - first, self.owners.slice(first, int(counts.sum())))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some forms of a shape that follow one another.

    Attributes:
        first: the number of their first indicator.
        counts: as of `Shape`.
        starts: the number of each form's first indicator among those of the chunk.
        owners: the number of each indicator's form, among all forms.
    """

    first: int
    counts: pl.Series
    starts: pl.Series
    owners: pl.Series

    def summed(self, columns: pl.DataFrame) -> pl.DataFrame:
        """Columns of the indicators summed for each form; 0 of none.

        The sum of 13 rows is that of 8, that of the 4 after them, and that of the last one. So columns are added to
        themselves, moved by 1, 2, 4, … rows, and each form takes what it needs from the sums of so many rows.
        """
        most, counts = self.counts.max(), pl.selectors.by_dtype(pl.UInt8)
        if not isinstance(most, int) or not most:
            return _zeros(columns, len(self.counts)).cast({counts: pl.UInt16})
        columns = columns.cast({counts: pl.UInt16}) if most > _BYTES else columns
        zero, parts = pl.Series([len(columns)]), []
        sums, size = pl.concat([columns, _zeros(columns, most)], rechunk=True), 1
        while size <= most:
            of_size = (self.counts & size) > 0
            if of_size.any():
                at = self.starts + (self.counts & -2 * size)
                parts.append(sums[at.zip_with(of_size, zero).cast(pl.UInt32)])
            size *= 2
            sums = sums.slice(size // 2) + sums.head(len(sums) - size // 2) if size <= most else sums
        return reduce(operator.add, parts).cast({counts: pl.UInt16})


def _zeros(columns: pl.DataFrame, count: int) -> pl.DataFrame:
    """So many rows of nothing for columns to be followed by, or to be replaced by."""
    zeros = {dtype: pl.Series([0], dtype=dtype).new_from_index(0, count) for dtype in set(columns.dtypes)}
    return pl.DataFrame([zeros[one.dtype].alias(one.name) for one in columns])
