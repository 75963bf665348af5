"""Fields and places in words people use; the names of fields are those of `review.naming`."""

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from jixiao.form import Place
from jixiao.review.naming import FUND_COLUMNS, FUND_ROWS, INDICATOR_COLUMNS, field_name
from jixiao.scoring.sheet import Text

__all__ = ["FUND_COLUMNS", "FUND_ROWS", "INDICATOR_COLUMNS", "field_name", "place_name", "places_name"]


def place_name(place: Place) -> Text:
    """Where a value stands: page, sheet and cell, or line and column; how sure, where it was recognised or guessed."""
    zh, en = _spot(place)
    if place.confidence < 1:
        sure = f"{int(place.confidence * 100)} %"
        zh, en = f"{zh}（把握 {sure}）", f"{en} ({sure} sure)"
    return Text(zh=zh, en=en)


def places_name(places: tuple[Place, ...]) -> Text:
    """All places in one line, each once and in order; a line of text once, whatever its columns; none is a dash."""
    names = tuple(dict.fromkeys(place_name(place) for place in _by_line(places)))
    if not names:
        return Text(zh="—", en="—")
    return Text(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))


def _by_line(places: tuple[Place, ...]) -> Iterator[Place]:
    """The places, of those in the same line of text the first only, without its column if there are several."""
    for line, group in groupby(places, key=lambda place: place.line):
        some = tuple(group)
        if line is None or len(some) == 1:
            yield from some
        else:
            yield replace(some[0], column=None, confidence=min(place.confidence for place in some))


def _spot(place: Place) -> tuple[str, str]:
    if place.cell is not None:
        return f"单元格 {place.cell}", f"cell {place.cell}"
    if place.line is not None:
        column = ("", "") if place.column is None else (f"第 {place.column} 列", f", column {place.column}")
        return f"第 {place.line} 行{column[0]}", f"line {place.line}{column[1]}"
    if place.page is not None:
        return f"第 {place.page} 页", f"page {place.page}"
    return place.file, place.file
