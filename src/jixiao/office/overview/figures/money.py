"""Money: how much was spent of the budget, and how much of the budget was cut before."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from jixiao.office.overview.charts.model import Chart, Group, Series
from jixiao.office.overview.figures.bins import CHANGES, RATES, place_of, place_of_change, place_of_rate
from jixiao.office.overview.figures.exact import total
from jixiao.office.overview.rows import Place, Row
from jixiao.office.overview.tables import Cell, Column, Linked, Table, share
from jixiao.scoring.sheet import Text

Link = Callable[..., str]
_FUNDS = (
    Series("initial", Text("年初预算", "Initial budget")),
    Series("adjusted", Text("全年预算", "Adjusted budget")),
    Series("executed", Text("全年执行", "Executed")),
)
_FORMS = Series("forms", Text("表", "Forms"))
_MOST_BARS = 6
_LOW = place_of(Fraction(80))


class Money(Struct, frozen=True):
    """The funds of some forms, in 元.

    Attributes:
        initial, adjusted, executed: sums over the forms that state the amount; `None` where none does.
        without: how many forms lack one of the three.
        rate: executed over adjusted, over the forms that state both; `None` over nothing.
        cut: what was taken from initial budgets, over the forms that state both; above 0, forms with more left out.
        added: what was added to initial budgets, likewise.
    """

    initial: Decimal | None
    adjusted: Decimal | None
    executed: Decimal | None
    without: int
    rate: Fraction | None
    cut: Decimal
    added: Decimal


def money_of(rows: Sequence[Row]) -> Money:
    """The funds of some forms."""
    spent = [(row.executed, row.adjusted) for row in rows if row.executed is not None and row.adjusted is not None]
    moved = [row.adjusted - row.initial for row in rows if row.adjusted is not None and row.initial is not None]
    return Money(
        initial=_sum(row.initial for row in rows),
        adjusted=_sum(row.adjusted for row in rows),
        executed=_sum(row.executed for row in rows),
        without=sum(None in (row.initial, row.adjusted, row.executed) for row in rows),
        rate=share(total(one for one, _ in spent), total(whole for _, whole in spent)),
        cut=total(-amount for amount in moved if amount < 0),
        added=total(amount for amount in moved if amount > 0),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    held = [amount for amount in amounts if amount is not None]
    return total(held) if held else None


def funds_chart(placed: Sequence[tuple[Place, list[Row]]]) -> Chart:
    """Initial, adjusted and executed funds of each place; of many places those with most money."""
    known = [(place, money_of(rows)) for place, rows in placed]
    known.sort(key=lambda one: one[1].initial or Decimal(0), reverse=True)
    groups = [
        Group(Text(place.name, place.name), (money.initial, money.adjusted, money.executed), place.href)
        for place, money in known[:_MOST_BARS]
    ]
    whole = money_of([row for _, rows in placed for row in rows])
    left = len(known) - len(groups)
    zh, en = (
        f"资金最多的 {len(groups)} 个单位，其余 {left} 个见表。",
        f"The {len(groups)} with most money; {left} more in the table.",
    )
    told = (
        Text(zh, en)
        if left
        else Text(f"{whole.without} 张表缺一项以上金额。", f"{whole.without} forms lack an amount.")
    )
    return Chart(
        "funds", Text("预算与执行", "Budget and execution"), told, Text("单位", "Unit"), _FUNDS, tuple(groups), "money"
    )


def rate_chart(rows: Sequence[Row], link: Link) -> Chart:
    """How many forms spent which part of their budget."""
    places = (place_of_rate(row.executed, row.adjusted) for row in rows)
    rates = [place for place in places if place is not None]
    counts = RATES.counted(rates)
    bins = list(zip(RATES.all, counts, strict=True))
    if not counts[-1]:
        bins.pop()
    low, without = sum(place < _LOW for place in rates), len(rows) - len(rates)
    return Chart(
        name="execution",
        title=Text("执行率分布", "Distribution of execution"),
        told=Text(
            f"{low} 张表执行率不到80%，{without} 张算不出。",
            f"{low} forms spent less than 80%; {without} have no rate.",
        ),
        axis=Text("执行率（%）", "Executed (%)"),
        series=(_FORMS,),
        groups=tuple(Group(one.label, (count,), link(rate=one.name)) for one, count in bins),
    )


def change_chart(rows: Sequence[Row], link: Link) -> Chart:
    """How many forms had which part of their initial budget cut or added."""
    places = (place_of_change(row.adjusted, row.initial) for row in rows)
    changes = [place for place in places if place is not None]
    whole = money_of(rows)
    return Chart(
        name="cuts",
        title=Text("预算调整", "Changes of the budget"),
        told=Text(
            f"共调减 {whole.cut:,f} 元，调增 {whole.added:,f} 元。",
            f"{whole.cut:,f} yuan cut, {whole.added:,f} yuan added.",
        ),
        axis=Text("全年预算比年初（%）", "Adjusted against initial (%)"),
        series=(_FORMS,),
        groups=tuple(
            Group(one.label, (count,), link(change=one.name))
            for one, count in zip(CHANGES.all, CHANGES.counted(changes), strict=True)
        ),
    )


def funds_columns() -> tuple[Column, ...]:
    """Heads of `funds_cells`."""
    return (
        Column("initial", Text("年初预算（元）", "Initial (yuan)"), "money"),
        Column("adjusted", Text("全年预算（元）", "Adjusted (yuan)"), "money"),
        Column("executed", Text("全年执行（元）", "Executed (yuan)"), "money"),
        Column("rate", Text("执行率", "Executed"), "share"),
        Column("cut", Text("调减（元）", "Cut (yuan)"), "money"),
        Column("added", Text("调增（元）", "Added (yuan)"), "money"),
        Column("without", Text("缺金额的表", "Forms without an amount"), "count"),
    )


def funds_cells(money: Money) -> tuple[Cell, ...]:
    """The funds of some forms as cells."""
    return money.initial, money.adjusted, money.executed, money.rate, money.cut, money.added, money.without


def funds_table(placed: Sequence[tuple[Place, list[Row]]]) -> Table:
    """Funds place by place."""
    heads = (Column("place", Text("单位", "Unit")), *funds_columns())
    rows = [(Linked(place.name, place.href), *funds_cells(money_of(mine))) for place, mine in placed if mine]
    every = (Text("合计", "All"), *funds_cells(money_of([row for _, mine in placed for row in mine])))
    return Table("funds", Text("预算与执行", "Budget and execution"), heads, rows, every if len(rows) > 1 else ())


def cuts_table(rows: Sequence[Row], most: int | None = None, href: Callable[[Row], str] = lambda _: "") -> Table:
    """The forms whose budget was cut, the greatest cut first."""
    cut = [(row.initial - row.adjusted, row) for row in rows if row.initial is not None and row.adjusted is not None]
    cut = sorted((one for one in cut if one[0] > 0), key=lambda one: (-one[0], one[1].key))[:most]
    heads = (
        Column("project", Text("项目", "Project")),
        Column("unit", Text("单位", "Unit")),
        Column("initial", Text("年初预算（元）", "Initial (yuan)"), "money"),
        Column("adjusted", Text("全年预算（元）", "Adjusted (yuan)"), "money"),
        Column("executed", Text("全年执行（元）", "Executed (yuan)"), "money"),
        Column("cut", Text("调减（元）", "Cut (yuan)"), "money"),
        Column("share", Text("调减幅度", "Share cut"), "share"),
        Column("claimed", Text("自评", "Claimed"), "points"),
    )
    told = [
        (
            Linked(row.project, href(row)),
            row.unit,
            row.initial,
            row.adjusted,
            row.executed,
            amount,
            share(amount, row.initial or 0),
            row.claimed,
        )
        for amount, row in cut
    ]
    return Table("greatest-cuts", Text("调减最多的项目", "Greatest cuts"), heads, told)
