"""Findings by check and family; the families stay apart, in every chart and every table."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from jixiao.office.overview.charts.model import Chart, Group, Series
from jixiao.office.overview.rows import Place, Row
from jixiao.office.overview.tables import Cell, Column, Linked, Table, share
from jixiao.review.page import Check
from jixiao.review.verdict import Family
from jixiao.scoring.sheet import Text
from jixiao.writing.words import FAMILY, FAMILY_MEANS, SEVERITY

Link = Callable[..., str]
FAMILIES: Final[tuple[Family, ...]] = ("arithmetic", "clause", "doubt")
_MOST_BARS: Final = 10


class Asked(Struct, frozen=True):
    """What one check asks of some forms: on how many forms, how often in all."""

    check: Check
    forms: int
    findings: int


def asked_of(rows: Iterable[Row], checks: Mapping[str, Check]) -> list[Asked]:
    """What each check asks, the one that meets most forms first; checks that ask nothing are left out.

    A code that no check has any more is left out, too; `unknown_of` says which.
    """
    forms: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for row in rows:
        forms.update(row.asked.keys())
        findings.update(row.asked)
    known = [Asked(checks[code], forms[code], count) for code, count in findings.items() if code in checks]
    return sorted(known, key=lambda one: (-one.forms, -one.findings, one.check.code))


def by_family(rows: Iterable[Row], checks: Mapping[str, Check]) -> dict[Family, int]:
    """How many findings of each family."""
    counts = dict.fromkeys(FAMILIES, 0)
    for row in rows:
        for code, count in row.asked.items():
            if code in checks:
                counts[checks[code].family] += count
    return counts


def unknown_of(rows: Iterable[Row], checks: Mapping[str, Check]) -> list[str]:
    """Codes of findings of an earlier version of the program, whose check is gone."""
    return sorted({code for row in rows for code in row.asked} - checks.keys())


def check_chart(asked: Sequence[Asked], family: Family, whole: int, link: Link) -> Chart:
    """On how many forms each check of a family asks; of many checks those with most forms."""
    mine = [one for one in asked if one.check.family == family]
    groups = tuple(
        Group(
            Text(f"{one.check.code} {one.check.title.zh}", f"{one.check.code} {one.check.title.en}"),
            (one.forms,),
            link(check=one.check.code),
        )
        for one in mine[:_MOST_BARS]
    )
    count, name = sum(one.findings for one in mine), FAMILY[family]
    zh = f"{FAMILY_MEANS[family].zh}。{len(mine)} 项检查共 {count} 处，全部 {whole} 张表。"
    en = f"{FAMILY_MEANS[family].en}. {len(mine)} checks ask {count} times of {whole} forms."
    return Chart(
        name=f"checks-{family}",
        title=name,
        told=Text(zh, en),
        axis=Text("检查", "Check"),
        series=(Series(family, Text("有此疑点的表", "Forms asked")),),
        groups=groups,
    )


def check_table(asked: Sequence[Asked], whole: int, link: Link, family: Family | None = None) -> Table:
    """Every check that asks: on how many forms, which share of all, how often."""
    heads = (
        Column("check", Text("检查", "Check")),
        Column("title", Text("名称", "Title")),
        Column("family", Text("类别", "Family")),
        Column("severity", Text("轻重", "Severity")),
        Column("forms", Text("表", "Forms"), "count"),
        Column("share", Text("占比", "Share of forms"), "share"),
        Column("findings", Text("疑点", "Findings"), "count"),
    )
    rows = [
        (
            Linked(one.check.code, link(check=one.check.code)), one.check.title, FAMILY[one.check.family],
            SEVERITY[one.check.severity], one.forms, share(one.forms, whole), one.findings,
        )
        for one in sorted(asked, key=lambda one: FAMILIES.index(one.check.family))
        if family in (None, one.check.family)
    ]  # fmt: skip
    name, title = (
        (f"checks-{family}", FAMILY[family]) if family else ("checks", Text("各项检查的疑点", "Findings by check"))
    )
    return Table(name, title, heads, rows)


def place_table(placed: Sequence[tuple[Place, list[Row]]], checks: Mapping[str, Check]) -> Table:
    """Findings of each family place by place, in all and for each form."""
    heads = (
        Column("place", Text("单位", "Unit")),
        Column("forms", Text("表", "Forms"), "count"),
        *(Column(family, FAMILY[family], "count") for family in FAMILIES),
        Column("asked", Text("有疑点的表", "Forms asked"), "count"),
        Column("share", Text("占比", "Share of forms"), "share"),
    )
    rows = [(Linked(place.name, place.href), *_numbers(mine, checks)) for place, mine in placed if mine]
    total = (Text("合计", "All"), *_numbers([row for _, mine in placed for row in mine], checks))
    return Table(
        "findings-by-place", Text("各单位的疑点", "Findings by unit"), heads, rows, total if len(rows) > 1 else ()
    )


def _numbers(rows: Sequence[Row], checks: Mapping[str, Check]) -> tuple[Cell, ...]:
    asked = sum(bool(row.asked) for row in rows)
    return len(rows), *by_family(rows, checks).values(), asked, share(asked, len(rows))
