"""A table as a page shows it and as a file takes it: heads with kinds, rows of exact cells."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from jixiao.form import plain
from jixiao.review.rounding import half_up
from jixiao.scoring.sheet import Text

Language = Literal["zh", "en"]
Kind = Literal["text", "count", "points", "money", "share", "day"]

NUMBERS: Final = frozenset({"count", "points", "money", "share"})
"""Kinds of columns that stand to the right."""


class Linked(Struct, frozen=True):
    """A text that leads somewhere; files take the text alone."""

    text: str | Text
    href: str


Cell = None | str | int | Decimal | Fraction | date | Text | Linked
"""What a cell holds; a `Fraction` is a share of 1 and is shown in per cent with two decimals, halves up."""


class Column(Struct, frozen=True):
    """The head of a column: its name in files made for programs, its words, and what stands below it."""

    name: str
    head: Text
    kind: Kind = "text"

    @property
    def is_number(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind in NUMBERS


class Table(Struct, frozen=True):
    """A table.

    Attributes:
        name: as it stands in addresses and file names, "units".
        title: what it shows.
        columns: its heads.
        rows: cells parallel to the heads.
        total: a last row that sums the others; empty for none.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()

    @property
    def all_rows(self) -> list[Sequence[Cell]]:
        """The rows, the sum as the last one."""
        return [*self.rows, *([self.total] if self.total else [])]


def said(text: Text | str, language: Language) -> str:
    """A text in a language; what has no languages as it stands."""
    if isinstance(text, str):
        return text
    return text.zh if language == "zh" else text.en


def shown(cell: Cell, kind: Kind, language: Language) -> str:
    """A cell in digits and words as a page shows it: thousands parted, shares in per cent; nothing as a dash."""
    if cell is None or cell == "":
        return "—"
    if isinstance(cell, Linked):
        return said(cell.text, language)
    if isinstance(cell, (str, Text)):
        return said(cell, language)
    if isinstance(cell, date):
        return cell.isoformat()
    return _number(cell, kind)


def _number(value: int | Decimal | Fraction, kind: Kind) -> str:
    if isinstance(value, Fraction):
        return f"{half_up(value * 100):,f}%"
    if isinstance(value, int):
        return f"{value:,}"
    return points_text(value) if kind == "points" else f"{value:,f}"


DECIMALS = 2
"""Decimals of points in a table."""


def points_text(value: Decimal) -> str:
    """Points with two decimals, more where they have more, so that they stand below each other in a column."""
    short = plain(value.normalize()) if value else "0"
    return short if len(short.partition(".")[2]) > DECIMALS else f"{value:.{DECIMALS}f}"


def share(part: Decimal | int, whole: Decimal | int) -> Fraction | None:
    """A part of a whole, exact; `None` of nothing."""
    return Fraction(part) / Fraction(whole) if whole else None
