"""Lying bars with their name above them: units, checks, money; one below another, or parts of a whole in one bar."""

from collections.abc import Iterator
from fractions import Fraction
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
)
from jixiao.office.overview.charts.model import Chart, Group, Number
from jixiao.office.overview.tables import Language, said

_NAME: Final = 14
_THICK: Final = 10
_APART: Final = 9
_INSIDE: Final = 4


def draw_bars(chart: Chart, language: Language) -> Drawn:
    """A bar for each series under the name of each place; the longest takes the whole width."""
    step = _NAME + len(chart.series) * (_THICK + 1) + _APART
    most = chart.highest
    rows = (_bars(chart, group, language, at * step, most) for at, group in enumerate(chart.groups))
    return framed(chart, max(len(chart.groups), 1) * step, language, joined(rows))


def draw_stacks(chart: Chart, language: Language) -> Drawn:
    """One bar for each place, parted by series; every bar is as long as the whole is of the greatest whole."""
    step = _NAME + _THICK + _INSIDE + _APART
    most = max((_whole(group) for group in chart.groups), default=Fraction(0))
    rows = (_stack(chart, group, language, at * step, most) for at, group in enumerate(chart.groups))
    return framed(chart, max(len(chart.groups), 1) * step, language, joined(rows))


def _head(group: Group, value: str, language: Language, top: int) -> Drawn:
    name = fitted(said(group.label, language), WIDE - letters(value) - _THICK)
    return joined([label(name, 0, top + 11, "name"), label(value, WIDE, top + 11, "value end")])


def _bars(chart: Chart, group: Group, language: Language, top: int, most: Number) -> Drawn:
    told = group.note or " → ".join(brief(value, chart, language) for value in group.values)
    parts = [_head(group, said(told, language), language, top)]
    for at, (series, value) in enumerate(zip(chart.series, group.values, strict=True)):
        y, long = top + _NAME + 2 + at * (_THICK + 1), lengthened(value or 0, most, WIDE)
        parts.append(drawn("rect", x=0, y=y, width=long, height=_THICK, class_=f"fill {series.key}"))
    return mark(_told(chart, group, language), group.href, *parts)


def _stack(chart: Chart, group: Group, language: Language, top: int, most: Fraction) -> Drawn:
    whole = said(group.note, language) if group.note else brief(_count(_whole(group)), chart, language)
    thick, y = _THICK + _INSIDE, top + _NAME + 2
    parts = [_head(group, whole, language, top)]
    for key, left, long in _parts(chart, group, most):
        parts.append(drawn("rect", x=left, y=y, width=max(long - 1, 1), height=thick, class_=f"fill {key}"))
    return mark(_told(chart, group, language), group.href, *parts)


def _parts(chart: Chart, group: Group, most: Fraction) -> Iterator[tuple[str, int, int]]:
    """Class, left end and length of each part; the ends are rounded, not the parts, so that the whole is right."""
    reached, left = Fraction(0), 0
    for series, value in zip(chart.series, group.values, strict=True):
        if value:
            reached += Fraction(value)
            right = max(lengthened(reached, most, WIDE), left + 1)
            yield series.key, left, right - left
            left = right


def _whole(group: Group) -> Fraction:
    return sum((Fraction(value) for value in group.values if value is not None), Fraction(0))


def _count(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _told(chart: Chart, group: Group, language: Language) -> str:
    values = [
        f"{said(series.name, language)} {exactly(value, chart, language)}"
        for series, value in zip(chart.series, group.values, strict=True)
        if value is not None
    ]
    note = [said(group.note, language)] if group.note else []
    stop, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return said(group.label, language) + stop + comma.join([*note, *values])
