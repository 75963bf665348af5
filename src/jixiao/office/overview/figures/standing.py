"""What stands out: which forms to open first, and why, as in a folder's review."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from msgspec import Struct

from jixiao.office.overview.figures.exact import exact
from jixiao.office.overview.rows import Row
from jixiao.office.overview.tables import Cell, Column, Linked, Table
from jixiao.review.folder.brief import Amounts, Brief, FormKey
from jixiao.review.folder.priority import STEPS, Rank, Weights, rank_of, ranked, reasons
from jixiao.review.page import Check
from jixiao.scoring.sheet import Text
from jixiao.writing.words import FAMILY


class Law(Struct, frozen=True):
    """What ranks: the checks by code, the weights, and the measured shares of right questions by code."""

    checks: Mapping[str, Check]
    weights: Weights
    measured: Mapping[str, Fraction]


class Standing(Struct, frozen=True):
    """A form with its position from 1, its rank, and why it stands there."""

    position: int
    row: Row
    rank: Rank
    why: tuple[Text, ...]


def law_of(checks: Mapping[str, Check], weights: Weights) -> Law:
    """What ranks, with the shares measured of doubts, as the folder's review uses them."""
    known = {code: one.fairness.share for code, one in checks.items() if one.fairness and one.family == "doubt"}
    return Law(checks, weights, known)


def brief_of(row: Row, checks: Mapping[str, Check]) -> Brief:
    """A row as the ranking takes it; what was typed in the office is read with full trust."""
    return Brief(
        file="", number=row.key, digest="", key=FormKey(0, row.unit, row.code, row.project), department="",
        money=Amounts(row.initial, row.adjusted, row.executed), claimed=row.claimed, computed=row.computed, low=row.low,
        claimed_grade=row.claimed_grade, grade=row.grade,
        asked={code: count for code, count in row.asked.items() if code in checks}, waived={}, undecided=0,
        points=row.points, trust=Decimal(1), unread=0, exact=0, compared=0, rulebook="",
    )  # fmt: skip


def standing_of(rows: Sequence[Row], law: Law, most: int | None = None) -> list[Standing]:
    """The forms in the order in which to open them, the first `most` of them.

    Where only some are wanted, all are weighed in whole numbers first; those that can be among them are then ranked.
    """
    held = list(rows) if most is None or most >= len(rows) else _heaviest(rows, law, most)
    briefs = [brief_of(row, law.checks) for row in held]
    ranks = [rank_of(brief, law.checks, law.weights, law.measured) for brief in briefs]
    return [
        Standing(position, held[at], ranks[at], reasons(briefs[at], ranks[at], law.checks))
        for position, at in enumerate(ranked(briefs, ranks)[:most], 1)
    ]


def _heaviest(rows: Sequence[Row], law: Law, most: int) -> list[Row]:
    """Rows of which every one of the first `most` is one: those that weigh no less than the last of them."""
    scale = _Scale(law)
    with exact():
        weighed = [scale.weigh(row) for row in rows]
    last = sorted(weighed, reverse=True)[most - 1]
    return [row for row, weight in zip(rows, weighed, strict=True) if weight >= last]


class _Scale:
    """Weighs rows in whole numbers that stand to each other as the weights of their ranks do; trust is all one."""

    def __init__(self, law: Law) -> None:
        """Bring every weight to one denominator."""
        weights, self._checks = law.weights, law.checks
        self._again = weights.again
        right = {code: law.measured.get(code, weights.right[one.family]) for code, one in law.checks.items()}
        parts = {code: weights.severity[one.severity] * right[code] for code, one in law.checks.items()}
        under = lcm(*(part.denominator for part in parts.values()))
        self._parts = {code: int(part * under) for code, part in parts.items()}
        self._steps = {code: len(STEPS) - STEPS.index(one.family) for code, one in law.checks.items()}
        self._one = money = lcm(*(band.factor.denominator for band in weights.money))
        self._money = [
            (band.start.numerator, band.start.denominator, int(band.factor * money)) for band in weights.money
        ]
        self._whole, self._part = weights.points.numerator, weights.points.denominator

    def weigh(self, row: Row) -> tuple[int, Decimal]:
        """The step, the surest the highest, and the weight within it."""
        asked = [(code, count) for code, count in row.asked.items() if code in self._parts]
        if not asked:
            return 0, Decimal(0)
        over, under = self._again.numerator, self._again.denominator
        concern = sum(self._parts[code] * (under + over * (count - 1)) for code, count in asked)
        greatest = max(
            (one for one in (row.initial, row.adjusted, row.executed) if one is not None), default=Decimal(0)
        )
        factor = next((factor for over, under, factor in self._money if greatest * under >= over), self._one)
        return max(self._steps[code] for code, _ in asked), concern * factor * (self._whole + row.points * self._part)


def standing_table(standing: Sequence[Standing], href: Callable[[Row], str]) -> Table:
    """The ranking with why each form stands where it does."""
    heads = (
        Column("position", Text("位次", "Position"), "count"),
        Column("project", Text("项目", "Project")),
        Column("unit", Text("单位", "Unit")),
        Column("why", Text("为什么先看", "Why first")),
        Column("claimed", Text("自评", "Claimed"), "points"),
        Column("computed", Text("重算", "Recomputed"), "points"),
        Column("money", Text("全年预算（元）", "Adjusted (yuan)"), "money"),
    )
    return Table("first", Text("先看哪张", "Open these first"), heads, [_cells(one, href) for one in standing])


def _cells(one: Standing, href: Callable[[Row], str]) -> tuple[Cell, ...]:
    row, why = one.row, one.why
    told = Text("；".join(each.zh for each in why), "; ".join(each.en for each in why))
    return one.position, Linked(row.project, href(row)), row.unit, told, row.claimed, row.computed, row.adjusted


def step_name(rank: Rank) -> Text:
    """The family that puts a form where it stands."""
    return FAMILY[STEPS[rank.step]] if rank.step < len(STEPS) else Text("无疑点", "no finding")
