"""The parts of an official form: head, funds, goal, indicators, tail, each laid as its layout prints it."""

from collections.abc import Iterator
from itertools import groupby

from jixiao.form import Indicator
from jixiao.layout.families import Label
from jixiao.writing.official.builder import Builder, edges
from jixiao.writing.official.filling import Filling

_LEVELS = ("level1", "level2")


def lay_part(part: str, builder: Builder, filling: Filling) -> None:
    """Lay one part of the form under what is laid already."""
    {"head": _head, "funds": _funds, "goal": _goal, "indicators": _indicators, "tail": _tail}[part](builder, filling)


def _head(builder: Builder, filling: Filling) -> None:
    printing = filling.printing
    for row, spans in zip(filling.family.head.rows, printing.head, strict=True):
        _pairs(builder, filling, row, spans)


def _pairs(builder: Builder, filling: Filling, row: tuple[Label, ...], spans: tuple[int, ...], first: int = 0) -> None:
    """Labels, each with its value to the right."""
    places = [(start + first, end + first) for start, end in edges(spans)]
    for label, at, value_at in zip(row, places[::2], places[1::2], strict=True):
        builder.label(at, label.label)
        builder.value(value_at, filling.labelled(label))
    builder.end()


def _funds(builder: Builder, filling: Filling) -> None:
    table = filling.family.funds
    if table is None:
        return
    side, name, *columns = edges(filling.printing.funds)
    rows = filling.fund_rows(table)
    builder.label(side, table.side, rows=len(rows) + 1)
    builder.blank(name)
    for label, at in zip(table.columns, columns, strict=True):
        builder.label(at, label.label)
    builder.end()
    for row in rows:
        builder.label(name, row.label, align="left" if row.pointer == "/funds/total" else "center")
        for label, at in zip(table.columns, columns, strict=True):
            builder.value(at, filling.fund(row, label))
        builder.end()


def _goal(builder: Builder, filling: Filling) -> None:
    table = filling.family.goal
    if table is not None:
        side, *columns = edges(filling.printing.goal)
        builder.label(side, table.side, rows=2)
        for label, at in zip(table.columns, columns, strict=True):
            builder.label(at, label.label)
            builder.value(at, filling.goal(label), down=1)
        builder.end(2)
    elif filling.printing.goal_label:
        label_at, value_at = edges(_pair_of(filling))
        builder.label(label_at, filling.printing.goal_label)
        builder.value(value_at, filling.goal(Label("", "expected")))
        builder.end()


def _pair_of(filling: Filling) -> tuple[int, int]:
    """The columns of a label and a value in a row that holds one pair, as the layout sets its first."""
    first = filling.printing.head[0][0]
    return first, len(filling.printing.widths) - first


def _indicators(builder: Builder, filling: Filling) -> None:
    table = filling.family.indicators
    places = edges(filling.printing.indicators)
    columns = places[1:] if table.side else places
    tiers = 2 if any(label.group for label in table.columns) else 1
    rows = filling.indicators
    builder.heading = (builder.rows, builder.rows + tiers)
    builder.body = (builder.rows + tiers, builder.rows + tiers + len(rows))
    if table.side:
        builder.label(places[0], table.side, rows=tiers + len(rows))
    _column_heads(builder, list(zip(table.columns, columns, strict=True)), tiers)
    builder.end(tiers)
    for label, at in zip(table.columns, columns, strict=True):
        if label.field in _LEVELS:
            _levels(builder, filling, label, at)
            continue
        for number in range(len(rows)):
            builder.value(at, filling.indicator(number, label), down=number)
    builder.end(len(rows))


def _column_heads(builder: Builder, heads: list[tuple[Label, tuple[int, int]]], tiers: int) -> None:
    for group, members in groupby(heads, key=lambda head: head[0].group):
        within = list(members)
        if group:
            builder.label((within[0][1][0], within[-1][1][1]), group)
        for label, at in within:
            builder.label(at, label.label, down=1 if group else 0, rows=1 if group else tiers)


def _levels(builder: Builder, filling: Filling, label: Label, at: tuple[int, int]) -> None:
    """The headings of a level, one cell for the rows that stand together under it."""
    for start, end in runs(filling.indicators, label.field):
        builder.heading_of(at, filling.level((start, end), label), down=start, rows=end - start)


def runs(rows: tuple[Indicator, ...], level: str) -> Iterator[tuple[int, int]]:
    """The rows (first, end) that share a heading: a second level stands together only under one first level."""
    deep = _LEVELS.index(level) + 1
    keyed = groupby(enumerate(rows), key=lambda row: tuple(getattr(row[1], name) for name in _LEVELS[:deep]))
    for _, members in keyed:
        numbers = [number for number, _ in members]
        yield numbers[0], numbers[-1] + 1


def _tail(builder: Builder, filling: Filling) -> None:
    for row, spans in zip(filling.family.tail.rows, filling.printing.tail, strict=True):
        if row[0].field == "total":
            _total(builder, filling, row)
        else:
            _pairs(builder, filling, row, spans)
    for label, value in filling.further():
        label_at, value_at = edges(_pair_of(filling))
        builder.label(label_at, label)
        builder.value(value_at, value)
        builder.end()


def _total(builder: Builder, filling: Filling, row: tuple[Label, ...]) -> None:
    """The total: points and score under their columns; a second label with its value stands in what is left."""
    table, width = filling.family.indicators, len(filling.printing.widths)
    places = edges(filling.printing.indicators)[1 if table.side else 0 :]
    under = {label.field: at for label, at in zip(table.columns, places, strict=True)}
    mine = sorted((under[name], name) for name in ("weight", "score") if name in under)
    done = mine[0][0][0] if mine else width
    builder.label((0, done), row[0].label)
    for (start, end), name in mine:
        builder.blank((done, start))
        builder.value((start, end), filling.total(name))
        done = end
    if len(row) > 1:
        middle = (done + width) // 2
        builder.label((done, middle), row[1].label)
        builder.value((middle, width), filling.labelled(row[1]))
    else:
        builder.blank((done, width))
    builder.end()
