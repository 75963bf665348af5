"""The list of forms itself: one row a form, in the order that is asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from jixiao.office.overview.figures.findings import FAMILIES
from jixiao.office.overview.rows import STAGES, Row
from jixiao.office.overview.tables import Cell, Column, Linked, Table
from jixiao.review.page import Check
from jixiao.scoring.sheet import Text
from jixiao.writing.words import FAMILY

_COLUMNS: Final = (
    Column("project", Text("项目", "Project")),
    Column("code", Text("编码", "Code")),
    Column("unit", Text("单位", "Unit")),
    Column("stage", Text("状态", "State")),
    Column("claimed", Text("自评", "Claimed"), "points"),
    Column("computed", Text("重算", "Recomputed"), "points"),
    Column("gap", Text("高出", "Gap"), "points"),
    Column("supported", Text("有据", "Supported"), "points"),
    Column("grade", Text("自评等级", "Grade")),
    Column("rate", Text("执行率", "Executed"), "share"),
    Column("change", Text("预算调整", "Change"), "share"),
    Column("initial", Text("年初预算（元）", "Initial (yuan)"), "money"),
    Column("adjusted", Text("全年预算（元）", "Adjusted (yuan)"), "money"),
    Column("executed", Text("全年执行（元）", "Executed (yuan)"), "money"),
    *(Column(family, FAMILY[family], "count") for family in FAMILIES),
)
_ON_PAGES: Final = ("code", "initial", "executed", "supported")
"""What pages leave to files, for want of room."""

_STAGE: Final = {stage: at for at, stage in enumerate(STAGES)}
SORTS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "project": lambda row: row.project,
    "unit": lambda row: (row.unit, row.project),
    "stage": lambda row: _STAGE.get(row.stage, 0),
    "claimed": lambda row: row.claimed,
    "computed": lambda row: row.computed,
    "gap": lambda row: row.gap,
    "supported": lambda row: row.supported,
    "rate": lambda row: row.rate,
    "change": lambda row: row.change,
    "adjusted": lambda row: row.adjusted,
    "findings": lambda row: sum(row.asked.values()),
}
"""By what the list can be sorted, upwards, or downwards with a "-" before the name."""


def sorted_by(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows in order; those that lack the value come last, either way; equal ones keep their order."""
    key = SORTS[sort.removeprefix("-")]
    have = [row for row in rows if key(row) is not None]
    return [*sorted(have, key=key, reverse=sort.startswith("-")), *(row for row in rows if key(row) is None)]


def forms_table(rows: Sequence[Row], checks: Mapping[str, Check], href: Callable[[Row], str]) -> Table:
    """One row a form, with everything that is counted of it."""
    return Table("forms", Text("自评表", "Forms"), _COLUMNS, [_cells(row, checks, href) for row in rows])


def narrow(table: Table) -> Table:
    """The table of forms without what a page has no room for."""
    kept = [at for at, column in enumerate(table.columns) if column.name not in _ON_PAGES]
    rows = [[row[at] for at in kept] for row in table.rows]
    return Table(table.name, table.title, tuple(table.columns[at] for at in kept), rows)


def _cells(row: Row, checks: Mapping[str, Check], href: Callable[[Row], str]) -> tuple[Cell, ...]:
    families = dict.fromkeys(FAMILIES, 0)
    for code, count in row.asked.items():
        if code in checks:
            families[checks[code].family] += count
    address = href(row)
    return (
        Linked(row.project, address) if address else row.project, row.code, row.unit,
        STAGES.get(row.stage, Text(row.stage, row.stage)), row.claimed, row.computed, row.gap, row.supported,
        row.claimed_grade, row.rate, row.change, row.initial, row.adjusted, row.executed, *families.values(),
    )  # fmt: skip
