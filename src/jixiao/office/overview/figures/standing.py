"""What stands out: which forms to open first, and why, as in a folder's review."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

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

    Only forms of a step that can be among the first are weighed: a form with a finding of arithmetic stands before
    all that have none, whatever they weigh.
    """
    held = _candidates(rows, law.checks, most)
    briefs = [brief_of(row, law.checks) for row in held]
    ranks = [rank_of(brief, law.checks, law.weights, law.measured) for brief in briefs]
    return [
        Standing(position, held[at], ranks[at], reasons(briefs[at], ranks[at], law.checks))
        for position, at in enumerate(ranked(briefs, ranks)[:most], 1)
    ]


def _candidates(rows: Sequence[Row], checks: Mapping[str, Check], most: int | None) -> list[Row]:
    if most is None:
        return list(rows)
    steps: list[list[Row]] = [[] for _ in range(len(STEPS) + 1)]
    for row in rows:
        families = {checks[code].family for code in row.asked if code in checks}
        steps[next((at for at, family in enumerate(STEPS) if family in families), len(STEPS))].append(row)
    chosen: list[Row] = []
    for step in steps:
        chosen += step
        if len(chosen) >= most:
            break
    return chosen


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
