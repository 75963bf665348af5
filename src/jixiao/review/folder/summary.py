"""Sums by unit and by department, exact: forms, money, scores, grades, findings by family, exact hits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from jixiao.review.folder.brief import Amounts, Brief, exact_sum
from jixiao.review.page import Check
from jixiao.review.rounding import mean
from jixiao.review.verdict import Family

By = Literal["unit", "department"]


class Sums(Struct, frozen=True):
    """The forms of a unit, of a department, or all.

    Attributes:
        name: the unit's or department's name, as its forms print it; "" where they print none, and for all.
        year: of the forms; 0 where they print none, and for all.
        forms: how many there are.
        money: sums of the three amounts, in 元, over the forms that print them.
        without_money: how many forms print no amount of the whole year in a known unit.
        claimed_mean: mean of the claimed totals, rounded half up to hundredths; `None` where no form has one.
        claimed_median: the middle claimed total; of two middle ones their mean, rounded likewise.
        computed_mean: mean of the recomputed totals, rounded likewise.
        low_mean: mean of the low ends, rounded likewise.
        claimed_grades, grades: how many forms of each grade, as printed and as recomputed; "" for none.
        asked: family → open findings.
        waived: waived findings.
        undecided: checks that could not decide.
        exact: lines whose actual value equals its bound to the digit.
        compared: lines in which both are numbers.
    """

    name: str
    year: int
    forms: int
    money: Amounts
    without_money: int
    claimed_mean: Decimal | None
    claimed_median: Decimal | None
    computed_mean: Decimal | None
    low_mean: Decimal | None
    claimed_grades: dict[str, int]
    grades: dict[str, int]
    asked: dict[Family, int]
    waived: int
    undecided: int
    exact: int
    compared: int


def sums_by(briefs: Iterable[Brief], by: By, checks: Mapping[str, Check]) -> list[Sums]:
    """One line for each unit or department and year, in the order of name and year."""
    groups: dict[tuple[str, int], list[Brief]] = {}
    for brief in briefs:
        name = brief.key.unit if by == "unit" else brief.department
        groups.setdefault((name, brief.key.year), []).append(brief)
    return [sums_of(held, checks, name=name, year=year) for (name, year), held in sorted(groups.items())]


def sums_of(briefs: Sequence[Brief], checks: Mapping[str, Check], *, name: str = "", year: int = 0) -> Sums:
    """The sums of some forms."""
    asked: Counter[Family] = Counter()
    for brief in briefs:
        for code, count in brief.asked.items():
            asked[checks[code].family] += count
    claimed = [brief.claimed for brief in briefs if brief.claimed is not None]
    return Sums(
        name=name,
        year=year,
        forms=len(briefs),
        money=_money(briefs),
        without_money=sum(brief.money.adjusted is None for brief in briefs),
        claimed_mean=mean(claimed),
        claimed_median=median(claimed),
        computed_mean=mean([brief.computed for brief in briefs if brief.computed is not None]),
        low_mean=mean([brief.low for brief in briefs if brief.low is not None]),
        claimed_grades=dict(sorted(Counter(brief.claimed_grade for brief in briefs).items())),
        grades=dict(sorted(Counter(brief.grade for brief in briefs).items())),
        asked={"arithmetic": asked["arithmetic"], "clause": asked["clause"], "doubt": asked["doubt"]},
        waived=sum(sum(brief.waived.values()) for brief in briefs),
        undecided=sum(brief.undecided for brief in briefs),
        exact=sum(brief.exact for brief in briefs),
        compared=sum(brief.compared for brief in briefs),
    )


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle value; of two middle ones their mean, rounded half up to hundredths; `None` of nothing."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered or len(ordered) % 2:
        return ordered[middle] if ordered else None
    return mean(ordered[middle - 1 : middle + 1])


def _money(briefs: Sequence[Brief]) -> Amounts:
    columns = zip(*((brief.money.initial, brief.money.adjusted, brief.money.executed) for brief in briefs), strict=True)
    return Amounts(*(_sum([amount for amount in column if amount is not None]) for column in columns))


def _sum(amounts: Sequence[Decimal]) -> Decimal | None:
    return exact_sum(amounts) if amounts else None
