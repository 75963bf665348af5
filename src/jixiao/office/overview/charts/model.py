"""What a chart is made of, whichever way it is drawn; its table is made of the same."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from jixiao.office.overview.tables import Cell, Column, Kind, Linked, Table
from jixiao.scoring.sheet import Text

Number = int | Decimal | Fraction


class Series(Struct, frozen=True):
    """What is measured: a class for its look ("claimed"), and its name."""

    key: str
    name: Text


class Group(Struct, frozen=True):
    """One place on the axis with a value for each series.

    Attributes:
        label: the place, "90–95" or a unit's name.
        values: parallel to the series; `None` where there is none.
        href: where its marks lead; nowhere when empty.
        note: said at the right of a bar instead of its value, such as "12 / 20".
    """

    label: Text
    values: tuple[Number | None, ...]
    href: str = ""
    note: Text | None = None


class Chart(Struct, frozen=True):
    """A chart.

    Attributes:
        name: unlike every other of its page; also the name of its table.
        title: what it shows.
        told: what it says, in a sentence, for who does not see it.
        axis: what the places are: 分数段.
        series: what is measured.
        groups: the places in order.
        kind: what the values are, as in a table.
    """

    name: str
    title: Text
    told: Text
    axis: Text
    series: tuple[Series, ...]
    groups: tuple[Group, ...]
    kind: Kind = "count"

    @property
    def highest(self) -> Number:
        """The highest single value; 0 where there is none."""
        return max((value for group in self.groups for value in group.values if value is not None), default=0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for group in self.groups for value in group.values)


def table_of(chart: Chart) -> Table:
    """The numbers of a chart, exact, with the same links."""
    heads = (Column("place", chart.axis), *(Column(one.key, one.name, chart.kind) for one in chart.series))
    rows = [_row(group) for group in chart.groups]
    return Table(chart.name, chart.title, heads, rows)


def _row(group: Group) -> tuple[Cell, ...]:
    first = Linked(group.label, group.href) if group.href else group.label
    return first, *group.values
