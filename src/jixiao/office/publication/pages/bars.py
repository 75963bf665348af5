"""A small chart made on the server: two bars a row, as whole numbers for an SVG; its table stands beside it."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

WIDTH: Final = 250
"""Of the longest bar, in pixels of the drawing."""
_ROW: Final = 44


class Bar(Struct, frozen=True):
    """One row: its label, where it stands, and the lengths of its bars.

    Attributes:
        label: the year, or a name.
        top: of the row.
        budget, spent: amounts in 分; none where there is none.
        budget_width, spent_width: lengths.
    """

    label: str
    top: int
    budget: int | None
    spent: int | None
    budget_width: int
    spent_width: int


def bars(rows: Iterable[tuple[str, int | None, int | None]]) -> list[Bar]:
    """The rows of a chart, all to one scale."""
    held = list(rows)
    most = max((amount or 0 for _, *amounts in held for amount in amounts), default=0)
    return [
        Bar(label, at * _ROW, budget, spent, _width(budget, most), _width(spent, most))
        for at, (label, budget, spent) in enumerate(held)
    ]


def height(rows: list[Bar]) -> int:
    """Of the whole drawing."""
    return len(rows) * _ROW


def _width(amount: int | None, most: int) -> int:
    return int(max(0, amount or 0) * WIDTH // most) if most > 0 else 0
