"""Charts and tables as templates take them: words chosen, digits printed, addresses of files beside."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from jixiao.office.overview.charts import Chart, Drawn, draw_bars, draw_columns, draw_course, draw_stacks, table_of
from jixiao.office.overview.charts.drawing import drawn
from jixiao.office.overview.charts.model import Number
from jixiao.office.overview.exports import KINDS
from jixiao.office.overview.sight import Sight
from jixiao.office.overview.tables import Cell, Column, Language, Linked, Table, said, shown

_LONG: Final = 40
"""Letters from which on a cell is a sentence."""


class ShownCell(Struct, frozen=True):
    """A cell: its words, where it leads, whether it stands to the right, whether it needs room for sentences."""

    text: str
    href: str
    number: bool
    long: bool


class ShownTable(Struct, frozen=True):
    """A table: heads with whether they stand to the right, rows, the sum, files as (kind, address)."""

    name: str
    title: str
    heads: list[tuple[str, bool]]
    rows: list[list[ShownCell]]
    total: list[ShownCell]
    files: list[tuple[str, str]]


class Panel(Struct, frozen=True):
    """A chart with its key and its table.

    Attributes:
        name: unlike every other of its page.
        title, told: in words.
        drawing: the picture.
        key: a swatch and a name for each series; empty for a single one.
        table: the numbers behind it.
        empty: whether there is nothing to draw.
    """

    name: str
    title: str
    told: str
    drawing: Drawn
    key: list[tuple[Drawn, str]]
    table: ShownTable
    empty: bool


def show_table(table: Table, language: Language, files: Sequence[tuple[str, str]] = ()) -> ShownTable:
    """A table in words."""
    return ShownTable(
        name=table.name,
        title=said(table.title, language),
        heads=[(said(column.head, language), column.is_number) for column in table.columns],
        rows=[_row(row, table.columns, language) for row in table.rows],
        total=_row(table.total, table.columns, language) if table.total else [],
        files=list(files),
    )


def _row(row: Sequence[Cell], columns: Sequence[Column], language: Language) -> list[ShownCell]:
    return [_cell(cell, column, language) for cell, column in zip(row, columns, strict=True)]


def _cell(cell: Cell, column: Column, language: Language) -> ShownCell:
    text, href = shown(cell, column.kind, language), cell.href if isinstance(cell, Linked) else ""
    return ShownCell(text, href, column.is_number, not column.is_number and len(text) > _LONG)


def table_of_sight(table: Table, sight: Sight) -> ShownTable:
    """A table of the registry with the addresses of its files."""
    files = [(kind, sight.here("overview-table", name=table.name, kind=kind)) for kind in KINDS]
    return show_table(table, sight.language, files)


def panel(chart: Chart, drawing: Drawn, sight: Sight, table: Table | None = None) -> Panel:
    """A chart with its table: the one of the registry, or the chart's own."""
    return Panel(
        name=chart.name,
        title=said(chart.title, sight.language),
        told=said(chart.told, sight.language),
        drawing=drawing,
        key=_key(chart, sight.language) if len(chart.series) > 1 else [],
        table=table_of_sight(table or table_of(chart), sight),
        empty=chart.is_empty,
    )


def _key(chart: Chart, language: Language) -> list[tuple[Drawn, str]]:
    used = [one for at, one in enumerate(chart.series) if any(group.values[at] for group in chart.groups)]
    return [(swatch(one.key), said(one.name, language)) for one in used]


def swatch(key: str) -> Drawn:
    """A piece of a series' look."""
    box = drawn("rect", x=1, y=1, width=14, height=10, class_=f"fill {key}")
    return drawn("svg", box, viewBox="0 0 16 12", class_="drawing", aria_hidden="true", focusable="false")


def columns(chart: Chart, sight: Sight, table: Table | None = None) -> Panel:
    """A distribution."""
    return panel(chart, draw_columns(chart, sight.language), sight, table)


def small_columns(chart: Chart, sight: Sight, most: Number, table: Table) -> Panel:
    """One distribution of many that are compared."""
    return panel(chart, draw_columns(chart, sight.language, small=True, most=most), sight, table)


def bars(chart: Chart, sight: Sight, table: Table | None = None) -> Panel:
    """Lying bars."""
    return panel(chart, draw_bars(chart, sight.language), sight, table)


def stacks(chart: Chart, sight: Sight, table: Table | None = None) -> Panel:
    """Bars of parts."""
    return panel(chart, draw_stacks(chart, sight.language), sight, table)


def course(chart: Chart, sight: Sight, due: int | None, whole: int) -> Panel:
    """Growth day by day."""
    return panel(chart, draw_course(chart, sight.language, due=due, whole=whole), sight)
