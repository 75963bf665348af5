"""The meter: shares of all forms and of every group, each with its interval, the share of the others, and a verdict."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

import polars as pl
from msgspec import Struct

from jixiao.corpus.inflation.counting import by_operator, facts, grouped, whole
from jixiao.corpus.inflation.heaping import Heaping, heaping
from jixiao.corpus.inflation.statistics import (
    RATE,
    Count,
    discoveries,
    overdispersion,
    ratio,
    tail,
    wilson,
)
from jixiao.corpus.inflation.totals import ReviewerOf, recomputed
from jixiao.corpus.manifest import Corpus
from jixiao.corpus.scanning import kept, scan_of

INFLATION: Final = "jixiao/inflation/1"
LEAST: Final = 20
"""Fewer forms, or lines, of a group say nothing: its verdict is that one cannot decide."""
Verdict = Literal["asks", "as others", "cannot decide"]
_STEP: Final = 500


class Judged(Struct, frozen=True):
    """One measure of one group.

    Attributes:
        level, name: which group: unit, department, region or year, and its name.
        measure: which share.
        count: so many of so many.
        low, high: Wilson's 95 % interval of the share.
        base: the share of all others.
        tail: how surprising so high a share is, were the group like the others.
        adjusted: the same, allowing for how many groups were compared.
        verdict: asks where `adjusted` is at most 5 %; cannot decide where there are too few, or no others.
    """

    level: str
    name: str
    measure: str
    count: Count
    low: Decimal
    high: Decimal
    base: Decimal | None
    tail: Decimal | None
    adjusted: Decimal | None
    verdict: Verdict


class Distribution(Struct, frozen=True):
    """Totals in bands of five points, claimed and recomputed; the last band is 100 and more, the first below 50."""

    bands: tuple[str, ...]
    claimed: tuple[int, ...]
    computed: tuple[int, ...]


class Inflation(Struct, frozen=True):
    """What the meter shows.

    Attributes:
        forms: how many there are.
        least: the fewest forms or lines of a group that is judged.
        overall: measure → so many of so many.
        groups: every group and measure.
        spreads: (level, measure) → how much more groups differ than chance makes them.
        operators: exact hits by kind of operator.
        distribution: totals claimed and recomputed.
        heaps: heaps of the claimed totals.
        copies: year → forms with copied texts, of all; empty where that was not measured.
        mean_gap: mean of claimed minus recomputed, in points; `None` where none could be recomputed.
        schema: the contract.
    """

    forms: int
    least: int
    overall: dict[str, Count]
    groups: tuple[Judged, ...]
    spreads: dict[str, Decimal]
    operators: dict[str, Count]
    distribution: Distribution
    heaps: Heaping
    copies: dict[str, Count]
    mean_gap: Decimal | None
    schema: str = INFLATION

    @property
    def asked(self) -> tuple[Judged, ...]:
        """The groups that are asked, the most surprising first."""
        found = (one for one in self.groups if one.verdict == "asks")
        return tuple(sorted(found, key=lambda one: (one.adjusted or 0, one.level, one.name)))

    def of(self, level: str, measure: str) -> tuple[Judged, ...]:
        """One measure of the groups of one level."""
        return tuple(one for one in self.groups if (one.level, one.measure) == (level, measure))


def measure_inflation(corpus: Corpus, reviewer_of: ReviewerOf, least: int = LEAST) -> Inflation:
    """Measure a corpus.

    Args:
        corpus: the forms.
        reviewer_of: the reviewer of a book for a day, for the totals.
        least: the fewest forms or lines of a group that is judged.

    Raises:
        CorpusFault: a file is missing or damaged.
    """
    scan = scan_of(corpus)
    forms = facts(scan, recomputed(corpus, reviewer_of), _copied(corpus))
    groups, spreads = judged(grouped(forms), least)
    overall = whole(forms)
    years = [one for one in groups if (one.level, one.measure) == ("year", "copied")]
    return Inflation(
        forms=len(forms),
        least=least,
        overall=overall,
        groups=groups,
        spreads=spreads,
        operators=by_operator(scan),
        distribution=distribution(forms),
        heaps=heaping(forms["claimed"]),
        copies={one.name: one.count for one in years},
        mean_gap=_mean_gap(forms),
    )


def _copied(corpus: Corpus) -> pl.Series | None:
    """The numbers of forms whose result or reason is alike to another's; `None` where it was not measured."""
    members = kept(corpus, "similar_texts")
    return None if members is None else members.filter(pl.col("field") != "goal_expected")["form"].unique()


def judged(counts: pl.DataFrame, least: int) -> tuple[tuple[Judged, ...], dict[str, Decimal]]:
    """The groups with their verdicts, and by "level/measure" how much more groups differ than chance makes them."""
    found: list[Judged] = []
    spreads: dict[str, Decimal] = {}
    for (level, measure), rows in counts.group_by("level", "measure", maintain_order=True):
        names, pairs = rows["name"].to_list(), list(rows.select("k", "n").iter_rows())
        all_of = sum(k for k, _ in pairs), sum(n for _, n in pairs)
        spread = overdispersion([pair for pair in pairs if pair[1] >= least], ratio(all_of))
        spreads[f"{level}/{measure}"] = spread
        found += _judged((str(level), str(measure)), dict(zip(names, pairs, strict=True)), spread, least)
    return tuple(found), spreads


def _judged(what: tuple[str, str], groups: dict[str, Count], spread: Decimal, least: int) -> list[Judged]:
    hits, all_of = sum(k for k, _ in groups.values()), sum(n for _, n in groups.values())
    bases = {name: ratio((hits - k, all_of - n)) if all_of > n else None for name, (k, n) in groups.items()}
    tails = {
        name: tail(groups[name], base, spread)
        for name, base in bases.items()
        if base is not None and groups[name][1] >= least
    }
    adjusted = dict(zip(tails, discoveries(list(tails.values())), strict=True))

    def one(name: str) -> Judged:
        low, high = wilson(groups[name])
        known = adjusted.get(name)
        verdict: Verdict = "cannot decide" if known is None else "asks" if known <= RATE else "as others"
        return Judged(what[0], name, what[1], groups[name], low, high, bases[name], tails.get(name), known, verdict)

    return [one(name) for name in groups]


def distribution(forms: pl.DataFrame) -> Distribution:
    """Totals in bands of five points."""
    starts = (0, *range(50 * 100, 100 * 100, _STEP), 100 * 100)
    names = ("<50", *(f"{start // 100}–{(start + _STEP) // 100}" for start in starts[1:-1]), "≥100")

    def counted(column: str) -> tuple[int, ...]:
        totals = forms[column].drop_nulls()
        ends = (*starts[1:], None)
        return tuple(
            int(((totals >= start) if end is None else ((totals >= start) & (totals < end))).sum())
            for start, end in zip(starts, ends, strict=True)
        )

    return Distribution(names, counted("claimed"), counted("total"))


def _mean_gap(forms: pl.DataFrame) -> Decimal | None:
    gaps = (forms["claimed"] - forms["total"]).drop_nulls()
    return Decimal(int(gaps.sum())) / Decimal(100 * len(gaps)) if len(gaps) else None


def as_table(groups: Sequence[Judged]) -> pl.DataFrame:
    """The groups as a table: shares and chances as digits with four and six decimals."""
    from jixiao.corpus.inflation.statistics import shown

    def digits(value: Decimal | None, places: int = 4) -> str | None:
        return None if value is None else str(shown(value, places))

    rows = [
        {
            "level": one.level, "name": one.name, "measure": one.measure, "k": one.count[0], "n": one.count[1],
            "share": digits(ratio(one.count)), "low": digits(one.low), "high": digits(one.high),
            "base": digits(one.base), "tail": digits(one.tail, 6), "adjusted": digits(one.adjusted, 6),
            "verdict": one.verdict,
        }
        for one in groups
    ]  # fmt: skip
    text = dict.fromkeys(("level", "name", "measure"), pl.String()) | {"k": pl.Int64(), "n": pl.Int64()}
    more = ("share", "low", "high", "base", "tail", "adjusted", "verdict")
    return pl.DataFrame(rows, schema=text | dict.fromkeys(more, pl.String()))
