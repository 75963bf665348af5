"""Numbers printed without a gap between them: every way to cut them, and the one that the row's arithmetic allows.

Some extractors drop what stands between cells: 1.601.6010.00100.00%10.00 is a whole fund row. A cut must give every
column a printed number, the rate must be that of its two amounts, and no score exceeds its points. What is left is
ranked by how people print: amounts of a row to the same number of decimals, a score that follows from the rate.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

_NUMBER: Final = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,6})?")
_POINTS: Final = re.compile(r"(?:0|[1-9]\d?|100)(?:\.\d{1,2})?")
_RATE: Final = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?")
_LOOKS: Final = {"weight": _POINTS, "score": _POINTS, "rate": _RATE}
_GLUED: Final = re.compile(r"[\d.,%]{2,60}")
_AMOUNTS: Final = ("initial", "adjusted", "executed")
_MOST_CUTS: Final = 50_000
_HUNDRED: Final = Decimal(100)

Row = Mapping[str, str]
"""Column to the digits printed there, a rate with or without its sign."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to cut.

    Attributes:
        parts: the pieces, in the order of the columns.
        oddness: how far from usual print; the ways to cut are compared by it.
    """

    parts: tuple[str, ...]
    oddness: int


def is_glued(text: str) -> bool:
    """Whether a text is made of figures only and is yet no printed number."""
    return bool(_GLUED.fullmatch(text)) and not _NUMBER.fullmatch(text.removesuffix("%")) and text[0].isdigit()


def cut(text: str, columns: Sequence[str], beside: Row) -> Cut | None:
    """The way to cut a text over columns that the row's arithmetic allows, the least odd one.

    Args:
        text: figures, separators and per cent signs.
        columns: the columns it covers, in order (initial, adjusted, executed, weight, rate, score).
        beside: what the row prints in other columns, as far as it is known.

    Returns:
        The way to cut; `None` where none is allowed, where nothing in the row can be checked, or where two that are
        allowed are equally usual.
    """
    if not {"adjusted", "executed", "rate"} <= {*columns, *beside}:
        return None
    allowed = []
    for number, parts in enumerate(_ways(text, columns)):
        if number > _MOST_CUTS:
            return None
        row = {**beside, **dict(zip(columns, parts, strict=True))}
        if _is_allowed(row):
            allowed.append(Cut(parts, _oddness(row)))
    ranked = sorted(allowed, key=lambda way: way.oddness)
    tied = any(one.oddness == other.oddness for one, other in pairwise(ranked[:2]))
    return ranked[0] if ranked and not tied else None


def _ways(text: str, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if not columns:
        if not text:
            yield ()
        return
    sign = text.find("%") + 1 if columns[0] == "rate" else 0
    for end in (sign,) if sign else range(1, len(text) - len(columns) + 2):
        head = text[:end]
        if _is_printed(head, columns[0]):
            yield from ((head, *rest) for rest in _ways(text[end:], columns[1:]))


def _is_printed(text: str, column: str) -> bool:
    return bool(_LOOKS.get(column, _NUMBER).fullmatch(text.removesuffix("%") if column == "rate" else text))


def _is_allowed(row: Row) -> bool:
    adjusted, executed, rate = (_value(row[name]) for name in ("adjusted", "executed", "rate"))
    if (
        not adjusted
        or abs(executed * _HUNDRED - rate * adjusted) >= _HUNDRED.scaleb(-2 - _places(row["rate"])) * adjusted
    ):
        return False
    return not ("weight" in row and "score" in row) or _value(row["score"]) <= _value(row["weight"]) <= _HUNDRED


def _oddness(row: Row) -> int:
    """Points for everything unusual: uneven decimals among amounts, a score off the rate, odd points."""
    amounts = [row[name] for name in _AMOUNTS if name in row]
    places = [_places(text) for text in amounts]
    odd = 10 * (max(places, default=0) - min(places, default=0))
    odd += 0 if len({_value(text) for text in amounts}) == 1 else 3
    if "initial" in row:
        odd += len(row["initial"]) - min(len(row["initial"]), len(row["adjusted"]))
    if "weight" in row:
        odd += 0 if _value(row["weight"]) in (10, 20) else 15
    if "weight" in row and "score" in row:
        due = (_value(row["weight"]) * _value(row["rate"])).scaleb(-2)
        odd += 0 if abs(due - _value(row["score"])) <= Decimal(1).scaleb(-_places(row["score"])) else 8
    return odd


def _value(text: str) -> Decimal:
    return Decimal(text.removesuffix("%").replace(",", ""))


def _places(text: str) -> int:
    return len(text.removesuffix("%").partition(".")[2])
