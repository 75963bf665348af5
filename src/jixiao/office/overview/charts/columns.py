"""Upright columns, one or two beside each other at every place: distributions."""

from collections.abc import Iterator
from typing import Final

from jixiao.office.overview.charts.drawing import (
    WIDE,
    Drawn,
    brief,
    drawn,
    exactly,
    fitted,
    framed,
    joined,
    label,
    lengthened,
    letters,
    mark,
    ticks,
)
from jixiao.office.overview.charts.model import Chart, Group, Number
from jixiao.office.overview.tables import Language, said

_LEFT: Final = 36
_TOP: Final = 18
_HIGH: Final = 150
_SMALL: Final = 70
_FOOT: Final = 34
_GAP: Final = 6


def draw_columns(chart: Chart, language: Language, *, small: bool = False, most: Number | None = None) -> Drawn:
    """A distribution.

    Args:
        chart: its places from left to right.
        language: of its words.
        small: whether it is one of many: lower, without numbers on the columns.
        most: what takes the whole height, so that many can be compared; the chart's own highest where `None`.
    """
    room = _SMALL if small else _HIGH
    steps = ticks(chart.highest if most is None else most, 2 if small else 4)
    marks = (_group(chart, at, language, room, steps[-1], small) for at in range(len(chart.groups)))
    return framed(
        chart, _TOP + room + _FOOT, language, joined(_axis(steps, room)), joined(marks), _places(chart, language, room)
    )


def _axis(steps: list[int], room: int) -> Iterator[Drawn]:
    for step in steps:
        y = _TOP + room - lengthened(step, steps[-1], room)
        yield drawn("line", x1=_LEFT, y1=y, x2=WIDE, y2=y, class_="grid" if step else "base")
        yield label(f"{step:,}", _LEFT - 5, y + 4, "tick end")


def _slot(chart: Chart) -> int:
    return (WIDE - _LEFT) // max(len(chart.groups), 1)


def _group(chart: Chart, at: int, language: Language, room: int, most: int, small: bool) -> Drawn:  # noqa: FBT001
    group, slot = chart.groups[at], _slot(chart)
    wide = max((slot - _GAP) // len(chart.series), 2)
    left = _LEFT + at * slot + _GAP // 2
    parts = []
    for number, (series, value) in enumerate(zip(chart.series, group.values, strict=True)):
        high = lengthened(value or 0, most, room)
        x, y = left + number * wide, _TOP + room - high
        parts.append(drawn("rect", x=x, y=y, width=max(wide - 1, 1), height=high, class_=f"fill {series.key}"))
        if value and not small:
            text = brief(value, chart, language)
            if letters(text) <= wide + (_GAP if len(chart.series) == 1 else 0):
                parts.append(label(text, x + wide // 2, y - 4, "value middle"))
    parts.append(drawn("rect", x=left, y=_TOP, width=slot - _GAP, height=room, class_="touch"))
    return mark(_told(chart, group, language), group.href, *parts)


def _told(chart: Chart, group: Group, language: Language) -> str:
    values = (
        f"{said(series.name, language)} {exactly(value, chart, language)}"
        for series, value in zip(chart.series, group.values, strict=True)
    )
    stop = "：" if language == "zh" else ": "
    return said(group.label, language) + stop + ("，" if language == "zh" else ", ").join(values)


def _places(chart: Chart, language: Language, room: int) -> Drawn:
    """The names of the places; every second one where all would run into each other."""
    slot, names = _slot(chart), [said(group.label, language) for group in chart.groups]
    every = -(-max((letters(name) for name in names), default=1) // slot)
    y = _TOP + room + 15
    placed = [
        label(fitted(name, slot * every), _LEFT + at * slot + slot // 2, y, "tick middle")
        for at, name in enumerate(names)
        if at % every == 0
    ]
    return joined([*placed, label(said(chart.axis, language), WIDE, y + 15, "axis end")])
