"""Heaps in the distribution of claimed totals: at 100, just above the lines of grades, at round numbers.

A smooth distribution has about as many forms just above any line as just below it. What is asked is whether the lines
of grades differ in this from the other whole points, which nobody has a reason to prefer: those are the reference.

Sources: McCrary 2008, Manipulation of the running variable: a density test (a jump of the density at a line); Kleven
2016, Bunching (neighbouring bins as the counterfactual); Whipple's index as in the United Nations' Manual II of 1955
(round numbers: a fifth of whole numbers are multiples of five).
"""

from typing import Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.inflation.statistics import Count

POINT: Final = 100
"""One point at scale 2."""
LINES: Final = (90, 80, 60)
"""Where grades begin under the ministry's rules."""
TOP: Final = 100
_FROM: Final = 50


class Heap(Struct, frozen=True):
    """A line: how many forms lie within one point above it, of those within one point on either side."""

    line: int
    above: Count


class Heaping(Struct, frozen=True):
    """Heaps.

    Attributes:
        full: forms of exactly 100.
        near: forms from 98 to below 100, two points: half of them is what a neighbouring point holds.
        lines: at each line of a grade.
        others: the same at all other whole points from 50 to 98 together: the reference.
        fives: multiples of five among the whole totals from 50 to 99; one in five where none is preferred.
    """

    full: int
    near: int
    lines: tuple[Heap, ...]
    others: Count
    fives: Count


def heaping(claimed: pl.Series) -> Heaping:
    """The heaps of claimed totals, points times 100."""
    totals = claimed.drop_nulls()
    bins = (totals // POINT).value_counts(name="count")
    counts = {int(at): int(count) for at, count in bins.iter_rows()}
    whole = (totals.filter(totals % POINT == 0) // POINT).filter(totals.filter(totals % POINT == 0) // POINT < TOP)
    whole = whole.filter(whole >= _FROM)
    at = {line: (counts.get(line, 0), counts.get(line, 0) + counts.get(line - 1, 0)) for line in range(_FROM, TOP - 1)}
    others = [pair for line, pair in at.items() if not any(abs(line - one) <= 1 for one in LINES)]
    return Heaping(
        full=int((totals == TOP * POINT).sum()),
        near=counts.get(TOP - 1, 0) + counts.get(TOP - 2, 0),
        lines=tuple(Heap(line, at[line]) for line in LINES),
        others=(sum(above for above, _ in others), sum(both for _, both in others)),
        fives=(int((whole % 5 == 0).sum()), len(whole)),
    )
