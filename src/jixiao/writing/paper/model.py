r"""A document before it is set: headings, paragraphs and tables of one page format. All format writers take it.

Lengths are hundredths of a point, whole: geometry, too, is exact here. Text is as people read it; "\n" is a line break
that is meant, every other break is the writer's.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Align = Literal["left", "center", "right"]
Face = Literal["title", "body", "label"]
"""Which typeface: of titles (小标宋), of running text and values (仿宋, 宋体), of labels (宋体, 黑体)."""

A4: tuple[int, int] = (59528, 84189)
"""Width and height of A4, upright."""


class Page(Struct, frozen=True):
    """A page format.

    Attributes:
        width, height: of the sheet as it is read.
        left, top, right, bottom: margins.
        size: of the body's letters.
        numbered: whether a page number stands at its foot.
    """

    width: int = A4[0]
    height: int = A4[1]
    left: int = 4819
    top: int = 5102
    right: int = 4819
    bottom: int = 4535
    size: int = 950
    numbered: bool = True

    @property
    def across(self) -> int:
        """The width between the margins."""
        return self.width - self.left - self.right


class Formula(Struct, frozen=True):
    """What a spreadsheet computes in a cell, over cells named by their pointers.

    Attributes:
        kind: `sum` of all; `rate` first over second, in per cent; `share` of the first by the second, in per
            cent, never more than the first.
        of: pointers of cells in the same table.
        places: decimals of the result, rounded half up.
    """

    kind: Literal["sum", "rate", "share"]
    of: tuple[str, ...]
    places: int = 2


class Cell(Struct, frozen=True):
    """One cell of a table.

    Attributes:
        row, column: of its upper left corner, from 0.
        row_span, column_span: how many rows and columns it covers.
        text: what is printed; empty for a blank cell.
        role: `label` is a heading of a row or a column, `value` what somebody fills in.
        align: how its lines are set; vertically every cell is set in the middle.
        pointer: the field of the form it holds (JSON pointer); empty for none.
        number: its value where the text is nothing but a number: a spreadsheet holds it as one and shows the text.
        suffix: what stands after the number in `text` ("%"): part of the number's format, not of its digits.
        formula: what a spreadsheet computes here; only where that gives `text`, or where the cell is blank.
        choices: what may be chosen here; empty for anything.
        least: its least height, where there has to be room for what is written by hand; 0 for what its text needs.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    role: Literal["label", "value"] = "value"
    align: Align = "center"
    pointer: str = ""
    number: Decimal | None = None
    suffix: str = ""
    formula: Formula | None = None
    choices: tuple[str, ...] = ()
    least: int = 0


class Table(Struct, frozen=True):
    """A table; its cells cover every place of its grid exactly once, in reading order.

    Attributes:
        widths: of its columns.
        rows: how many it has.
        cells: in order of row, then column.
        heading: the rows (first, end) that are printed again at the top of every further page, when `body` is cut.
        body: the rows (first, end) under that heading.
        least: the least height of a row, for forms that are filled by hand; 0 for as little as its text needs.
    """

    widths: tuple[int, ...]
    rows: int
    cells: tuple[Cell, ...]
    heading: tuple[int, int] = (0, 0)
    body: tuple[int, int] = (0, 0)
    least: int = 0


class Text(Struct, frozen=True):
    """A heading or a paragraph.

    Attributes:
        text: its text.
        level: 1 to 3 for a heading, 0 for a paragraph.
        align: how its lines are set.
        face: its typeface.
        size: of its letters; 0 for the page's.
        indent: of its first line, in letters.
        before, after: the space above and below.
        pointer: the field of the form it holds; empty for none.
        stays: whether it stands on the page of what follows, as a heading does: who signs, above the date.
    """

    text: str
    level: Literal[0, 1, 2, 3] = 0
    align: Align = "left"
    face: Face = "body"
    size: int = 0
    indent: int = 0
    before: int = 0
    after: int = 0
    pointer: str = ""
    stays: bool = False


Block = Text | Table


class Document(Struct, frozen=True):
    """One form, letter or report. Several in a file begin on a page, or a sheet, of their own.

    Attributes:
        name: what a bookmark or a sheet is called.
        page: its format.
        blocks: from top to bottom.
        language: of its text.
    """

    name: str
    page: Page
    blocks: tuple[Block, ...]
    language: Literal["zh", "en"] = "zh"
