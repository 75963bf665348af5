"""How a number grew day by day: steps over a surface, with the deadline as an upright line."""

from collections.abc import Iterator
from typing import Final

from jixiao.office.overview.charts.drawing import (
    WIDE,
    Drawn,
    drawn,
    exactly,
    framed,
    joined,
    label,
    lengthened,
    mark,
    ticks,
)
from jixiao.office.overview.charts.model import Chart
from jixiao.office.overview.tables import Language, said

_LEFT: Final = 36
_TOP: Final = 18
_HIGH: Final = 150
_FOOT: Final = 34


def draw_course(chart: Chart, language: Language, *, due: int | None = None, whole: int = 0) -> Drawn:
    """The course of a number over days.

    Args:
        chart: a place a day, none left out, one series with the number reached on that day.
        language: of its words.
        due: which place is the last day on which it was in time.
        whole: what the number can reach, drawn as the top; the chart's own highest where it is higher.
    """
    steps = ticks(max(chart.highest, whole))
    return framed(
        chart,
        _TOP + _HIGH + _FOOT,
        language,
        joined(_axis(steps)),
        _surface(chart, steps[-1]),
        joined(_due(chart, due, language)),
        joined(_days(chart, language, steps[-1])),
        joined(_ends(chart, language)),
    )


def _axis(steps: list[int]) -> Iterator[Drawn]:
    for step in steps:
        y = _TOP + _HIGH - lengthened(step, steps[-1], _HIGH)
        yield drawn("line", x1=_LEFT, y1=y, x2=WIDE, y2=y, class_="grid" if step else "base")
        yield label(f"{step:,}", _LEFT - 5, y + 4, "tick end")


def _at(chart: Chart, place: int) -> int:
    return _LEFT + (WIDE - _LEFT) * place // max(len(chart.groups), 1)


def _surface(chart: Chart, most: int) -> Drawn:
    path = [f"M{_LEFT} {_TOP + _HIGH}"]
    for at, group in enumerate(chart.groups):
        y = _TOP + _HIGH - lengthened(group.values[0] or 0, most, _HIGH)
        path.append(f"V{y}H{_at(chart, at + 1)}")
    path.append(f"V{_TOP + _HIGH}Z")
    return drawn("path", d="".join(path), class_=f"surface {chart.series[0].key}")


def _due(chart: Chart, due: int | None, language: Language) -> Iterator[Drawn]:
    if due is None or not 0 <= due < len(chart.groups):
        return
    x = _at(chart, due + 1)
    yield drawn("line", x1=x, y1=_TOP - 4, x2=x, y2=_TOP + _HIGH, class_="due")
    text, end = ("截止", "deadline")[language == "en"], x > WIDE // 2
    yield label(text, x - 4 if end else x + 4, _TOP + 4, "tick end" if end else "tick")


def _days(chart: Chart, language: Language, most: int) -> Iterator[Drawn]:
    """A mark for each day on which the number grew."""
    before = 0
    for at, group in enumerate(chart.groups):
        value = int(group.values[0] or 0)
        if value != before:
            left, right, y = _at(chart, at), _at(chart, at + 1), _TOP + _HIGH - lengthened(value, most, _HIGH)
            told = f"{said(group.label, language)} {exactly(value, chart, language)}"
            touch = drawn("rect", x=left, y=_TOP, width=max(right - left, 2), height=_HIGH, class_="touch")
            yield mark(told, group.href, drawn("circle", cx=right, cy=y, r=2, class_="point"), touch)
        before = value


def _ends(chart: Chart, language: Language) -> Iterator[Drawn]:
    if chart.groups:
        y = _TOP + _HIGH + 15
        yield label(said(chart.groups[0].label, language), _LEFT, y, "tick")
        yield label(said(chart.groups[-1].label, language), WIDE, y, "tick end")
        yield label(said(chart.axis, language), WIDE, y + 15, "axis end")
