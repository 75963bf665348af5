"""A document as people see it: pages with pictures, or tables and lines, for showing where each field was read."""

from msgspec import Struct

from jixiao.layout.grid import Box


class ShownCell(Struct, frozen=True):
    """One cell of a table, or one line of text.

    Attributes:
        row, column, row_span, column_span: as in `grid.Cell`.
        text: its text.
        box: its outline on the page as displayed, in hundredths of a point, where the source has geometry.
        spots: the names of its places in a source without pages ("Sheet1!C7", or "12" for a line of text).
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    box: Box | None = None
    spots: tuple[str, ...] = ()


class Sheet(Struct, frozen=True):
    """One page of a document, or one table or run of lines of a source without pages.

    Attributes:
        page: its number from 1; 0 where the source has no pages.
        width, height: of the page as displayed, in hundredths of a point; 0 without pages.
        picture: the page as PNG; empty where it is drawn from its cells.
        cells: what stands on it.
    """

    page: int
    width: int
    height: int
    picture: bytes
    cells: tuple[ShownCell, ...]
