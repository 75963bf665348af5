"""A document when it is set: pages with lines broken, rows measured and tables cut. PDF and OFD draw exactly this.

Positions are hundredths of a point from the top left corner of the sheet.

A line reads back as it was written. Where blanks and line ends alone would not tell, U+2060 does, which prints nothing
and has no width: before a blank it says that the blank is the text's; at a line's end, that the next line goes on at
once; two of them end what stands in the last row of a page whose table goes on overleaf: that row is not cut. Blanks at
a line's end have no width either: they hang in the last letter's box.
"""

from msgspec import Struct

from jixiao.writing.paper.model import Align, Cell, Face, Page


class SetText(Struct, frozen=True):
    """A heading, a paragraph, or what of it stands on this page.

    Attributes:
        left, top, width: where its lines stand.
        lines: from top to bottom; what a line ends with is not repeated on the next.
        size: of its letters.
        leading: from one line's top to the next one's.
        align, face, level: as in the document.
        indent: of the first line, a length.
        stays: as in the document.
    """

    left: int
    top: int
    width: int
    lines: tuple[str, ...]
    size: int
    leading: int
    align: Align
    face: Face
    level: int = 0
    indent: int = 0
    stays: bool = False


class SetCell(Struct, frozen=True):
    """A cell as it stands on this page.

    Attributes:
        cell: the cell of the document, of which it may be a part.
        row, column, row_span, column_span: on this page's table.
        lines: what of it is printed here.
        face: its typeface.
    """

    cell: Cell
    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]
    face: Face


class SetTable(Struct, frozen=True):
    """A table, or what of it stands on this page, a repeated heading included.

    Attributes:
        left, top: of its outline.
        widths: of its columns.
        heights: of its rows.
        cells: in reading order.
        heading_rows: how many rows from its top are a heading repeated from an earlier page.
        size: of its letters.
        leading: from one line's top to the next one's.
        padding: between a cell's outline and its lines, at the sides.
    """

    left: int
    top: int
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    cells: tuple[SetCell, ...]
    heading_rows: int
    size: int
    leading: int
    padding: int


class SetPage(Struct, frozen=True):
    """One sheet of paper.

    Attributes:
        page: its format.
        blocks: what stands on it.
        number: its number in its document, from 1.
        bookmark: the name of the document that begins here; empty where none does.
        foot: what stands centred in its bottom margin; empty for nothing.
    """

    page: Page
    blocks: tuple[SetText | SetTable, ...]
    number: int
    bookmark: str = ""
    foot: str = ""
