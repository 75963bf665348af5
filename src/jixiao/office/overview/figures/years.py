"""This year beside the last: the same figures of both, what changed, and project by project what moved."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from jixiao.office.overview.figures.findings import FAMILIES, by_family
from jixiao.office.overview.figures.money import money_of
from jixiao.office.overview.figures.scores import scores_of
from jixiao.office.overview.rows import Row
from jixiao.office.overview.tables import Cell, Column, Kind, Linked, Table, share
from jixiao.review.page import Check
from jixiao.scoring.sheet import Text
from jixiao.writing.words import FAMILY

Value = int | Decimal | Fraction | None
Line = tuple[Text, Kind, Value, Value]


def years_lines(now: Sequence[Row], then: Sequence[Row], checks: Mapping[str, Check]) -> list[Line]:
    """What is compared: its name, what it is, this year's value, last year's."""
    one, other = _figures(now, checks), _figures(then, checks)
    return [(name, kind, value, before[2]) for (name, kind, value), before in zip(one, other, strict=True)]


def _figures(rows: Sequence[Row], checks: Mapping[str, Check]) -> list[tuple[Text, Kind, Value]]:
    scores, money, asked = scores_of(rows), money_of(rows), by_family(rows, checks)
    figures: list[tuple[Text, Kind, Value]] = [
        (Text("表", "Forms"), "count", len(rows)),
        (Text("自评均分", "Claimed, mean"), "points", scores.claimed),
        (Text("重算均分", "Recomputed, mean"), "points", scores.computed),
        (Text("自评优的占比", "Share claiming 优"), "share", scores.excellent_share),
        (Text("重算优的占比", "Share recomputed as 优"), "share", scores.recomputed_share),
        (Text("年初预算（元）", "Initial (yuan)"), "money", money.initial),
        (Text("全年预算（元）", "Adjusted (yuan)"), "money", money.adjusted),
        (Text("全年执行（元）", "Executed (yuan)"), "money", money.executed),
        (Text("执行率", "Executed"), "share", money.rate),
        (Text("调减（元）", "Cut (yuan)"), "money", money.cut),
    ]
    for family in FAMILIES:
        name = Text(f"{FAMILY[family].zh}疑点", f"Findings: {FAMILY[family].en.lower()}")
        figures.append((name, "count", asked[family]))
    return figures


def years_table(lines: Sequence[Line], now: int, then: int) -> Table:
    """The comparison; differences of shares are in points of per cent."""
    heads = (
        Column("figure", Text("指标", "Figure")),
        Column("then", Text(f"{then}年", str(then)), "money"),
        Column("now", Text(f"{now}年", str(now)), "money"),
        Column("difference", Text("增减", "Difference"), "money"),
    )
    rows = [(name, before, value, _difference(value, before)) for name, _, value, before in lines]
    return Table("years", Text("与上年比较", "Beside last year"), heads, rows)


def _difference(value: Value, before: Value) -> Cell:
    if value is None or before is None:
        return None
    if isinstance(value, Fraction) or isinstance(before, Fraction):
        return Fraction(value) - Fraction(before)
    return value - before


def pairs_table(now: Sequence[Row], then: Sequence[Row], href: Callable[[Row], str]) -> Table:
    """Project by project, this year beside the last, unit by unit; new ones and gone ones are said."""
    before = {row.known: row for row in then if row.known}
    heads = (
        Column("project", Text("项目", "Project")),
        Column("unit", Text("单位", "Unit")),
        Column("then_initial", Text("上年年初预算（元）", "Initial, last year"), "money"),
        Column("now_initial", Text("今年年初预算（元）", "Initial, this year"), "money"),
        Column("change", Text("预算增减", "Change"), "share"),
        Column("then_claimed", Text("上年自评", "Claimed, last year"), "points"),
        Column("now_claimed", Text("今年自评", "Claimed, this year"), "points"),
        Column("then_findings", Text("上年疑点", "Findings, last year"), "count"),
        Column("now_findings", Text("今年疑点", "Findings, this year"), "count"),
        Column("state", Text("情况", "State")),
    )
    rows = [_pair(row, before.pop(row.known, None), href) for row in sorted(now, key=lambda row: (row.node, row.key))]
    gone = [_gone(row, href) for row in sorted(before.values(), key=lambda row: (row.node, row.key))]
    return Table("projects-beside-last-year", Text("逐个项目与上年比较", "Project by project"), heads, [*rows, *gone])


def _pair(row: Row, old: Row | None, href: Callable[[Row], str]) -> tuple[Cell, ...]:
    name = Linked(row.project, href(row))
    asked = sum(row.asked.values())
    if old is None:
        return (
            name,
            row.unit,
            None,
            row.initial,
            None,
            None,
            row.claimed,
            None,
            asked,
            Text("今年新增", "new this year"),
        )
    change = None
    if old.initial and row.initial is not None:
        change = share(row.initial - old.initial, old.initial)
    return (
        name, row.unit, old.initial, row.initial, change, old.claimed, row.claimed, sum(old.asked.values()), asked,
        Text("两年都有", "in both years"),
    )  # fmt: skip


def _gone(old: Row, href: Callable[[Row], str]) -> tuple[Cell, ...]:
    return (
        Linked(old.project, href(old)), old.unit, old.initial, None, None, old.claimed, None,
        sum(old.asked.values()), None, Text("今年没有", "gone this year"),
    )  # fmt: skip
