"""The grid: what every format reader yields and every format writer takes. Cells with spans, text and places."""

from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.form import Place

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in hundredths of a point, origin top left. Integers: geometry, too, is exact here."""


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell of a table.

    Attributes:
        row, column: position of its upper left corner, from 0.
        row_span, column_span: how many rows and columns it covers, at least 1.
        text: its text; "\n" between printed lines.
        places: where it stands in the source (two where a page cuts it).
        box: its outline, where the source has geometry.
        alternatives: other texts it may hold, each with its probability (0 to 1), likeliest first: where letters were
            recognised and one was doubtful. They are offered to the form's arithmetic; `text` stays what was read.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    places: tuple[Place, ...] = ()
    box: Box | None = None
    alternatives: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class FreeText:
    """A line of text outside every table."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its cells in reading order. `page` is from 1, or 0 for sources without pages."""

    cells: tuple[Cell, ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A document: tables and free lines in reading order, and what the reader could not read (sentences).

    Attributes:
        blocks: tables and free lines.
        losses: what could not be read.
        eyes: pages (from 1) that have to be looked at: what they show is not, or not all, in letters.
        doubted: pages whose walls were not seen clearly: cells may be lost or run together.
        attached: that a summary which we attached was left out (sentences): it is no part of the document.
    """

    blocks: tuple[Table | FreeText, ...]
    losses: tuple[str, ...] = field(default=())
    eyes: tuple[int, ...] = field(default=())
    doubted: tuple[int, ...] = field(default=())
    attached: tuple[str, ...] = field(default=())
