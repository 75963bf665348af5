"""Who has filed: how many forms stand where, by place and by day."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from jixiao.office.overview.charts.model import Chart, Group, Series
from jixiao.office.overview.rows import STAGES, Place, Row
from jixiao.office.overview.tables import Cell, Column, Linked, Table, share
from jixiao.scoring.sheet import Text

Link = Callable[..., str]
"""Gives the address of the list of forms with filters set: `link(stage="draft")`."""

_MOST_DAYS: Final = 92
_MOST_BARS: Final = 8


def by_stage(rows: Iterable[Row]) -> Counter[str]:
    """How many forms stand at each stage."""
    return Counter(row.stage for row in rows)


def filed_of(rows: Sequence[Row]) -> tuple[int, int]:
    """How many are handed in, of how many."""
    return sum(row.is_filed for row in rows), len(rows)


def progress_chart(placed: Sequence[tuple[Place, list[Row]]]) -> Chart:
    """A bar of stages for each place; of many places those where most is still to be handed in."""
    groups = []
    behind = sorted(placed, key=lambda one: -sum(not row.is_filed for row in one[1]))[:_MOST_BARS]
    shown = placed if len(placed) <= _MOST_BARS else behind
    for place, rows in shown:
        stages, (done, whole) = by_stage(rows), filed_of(rows)
        name = Text(place.name, place.name)
        note = Text(f"已报 {done} / {whole}", f"{done} of {whole} filed")
        groups.append(Group(name, tuple(stages[stage] for stage in STAGES), place.href, note))
    done, whole = filed_of([row for _, rows in placed for row in rows])
    zh, en = f"{whole} 张表中已报 {done} 张", f"{done} of {whole} forms are handed in"
    if left := len(placed) - len(groups):
        zh, en = (
            f"{zh}；图中是未报最多的单位，其余 {left} 个见表",
            f"{en}; units with most to come, {left} more in the table",
        )
    return Chart(
        name="progress",
        title=Text("填报进度", "Progress of filing"),
        told=Text(f"{zh}。", f"{en}."),
        axis=Text("单位", "Unit"),
        series=tuple(Series(stage, name) for stage, name in STAGES.items()),
        groups=tuple(groups),
    )


def progress_table(placed: Sequence[tuple[Place, list[Row]]]) -> Table:
    """The same in numbers, with the share that is handed in."""
    heads = (
        Column("place", Text("单位", "Unit")),
        Column("forms", Text("应报", "Expected"), "count"),
        Column("filed", Text("已报", "Filed"), "count"),
        Column("share", Text("已报率", "Share filed"), "share"),
        *(Column(stage, name, "count") for stage, name in STAGES.items()),
    )
    rows = [(Linked(place.name, place.href) if place.href else place.name, *_numbers(mine)) for place, mine in placed]
    every = [row for _, mine in placed for row in mine]
    total = (Text("合计", "All"), *_numbers(every)) if len(placed) > 1 else ()
    return Table("progress", Text("填报进度", "Progress of filing"), heads, rows, total)


def _numbers(rows: Sequence[Row]) -> tuple[Cell, ...]:
    stages, (done, whole) = by_stage(rows), filed_of(rows)
    return whole, done, share(done, whole), *(stages[stage] for stage in STAGES)


def course_chart(rows: Iterable[Row], start: date, end: date, link: Link) -> Chart:
    """How many forms were handed in by each day.

    Args:
        rows: the forms.
        start: the day from which forms are filed.
        end: the last day that is told; later ones only as far as forms came then.
        link: gives the list of the forms of a day.
    """
    days = Counter(row.filed for row in rows if row.filed is not None and row.is_filed)
    first, last = min([start, *days]), max([start, end, *days])
    first = max(first, last - timedelta(days=_MOST_DAYS - 1))
    before = sum(count for day, count in days.items() if day < first)
    shown = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    reached, groups = before, []
    for day in shown:
        reached += days[day]
        groups.append(Group(day_name(day), (reached,), link(filed=day.isoformat()) if days[day] else ""))
    told = Text(f"到{last.month}月{last.day}日已报 {reached} 张。", f"{reached} forms were handed in by {last:%d %b}.")
    return Chart(
        name="course",
        title=Text("逐日已报", "Handed in, day by day"),
        told=told,
        axis=Text("日期", "Day"),
        series=(Series("filed", Text("已报", "Handed in")),),
        groups=tuple(groups),
    )


def day_name(day: date) -> Text:
    """A day as the axis names it."""
    return Text(f"{day.month}月{day.day}日", f"{day:%d %b}")


def place_of_day(chart: Chart, day: date) -> int | None:
    """Which place of a course is a day; `None` where it is not on it."""
    name = day_name(day)
    return next((at for at, group in enumerate(chart.groups) if group.label == name), None)
