"""Tables of a DOCX: the exact grid, real merges in both directions, rows that no page cuts without need."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from jixiao.writing.formats.docx.styles import CellStyles, leading_of
from jixiao.writing.formats.docx.xml import attribute, run, twips
from jixiao.writing.paper.model import Cell, Document, Page, Table
from jixiao.writing.paper.parted import Part, parts_of, rows_of

_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINE: Final = 4
"""Of borders, in eighths of a point."""
_MARGIN: Final = 200
"""Between a cell's border and its letters, at either side: two letters and this fit a column of the usual layouts."""
_TOO_TALL: Final = 60
"""A row that may take more of a page than this, in hundredths, is cut where the page ends."""
TOUCHING: Final = (
    '<w:p><w:pPr><w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="1" '
    'w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)
"""Between two tables that are to look like one: without a paragraph Word would make them one. No page ends here."""


@dataclass(slots=True)
class TableWriter:
    """Writes the tables of one document after another.

    Attributes:
        styles: those of cells.
    """

    styles: CellStyles

    def written(self, table: Table, document: Document) -> Iterator[str]:
        """A table, piece by piece.

        Raises:
            Unprintable: a cell has a character that XML does not know.
            ValueError: the cells do not cover the grid.
        """
        parts = parts_of(table)
        for number, part in enumerate(parts):
            if number:
                yield TOUCHING
            yield from self._part(part, document, touched=len(parts) > 1)

    def _part(self, part: Part, document: Document, *, touched: bool) -> Iterator[str]:
        table, page = part.table, document.page
        widths = grid_of(table)
        goes_on = touched and not part.first
        yield f"<w:tbl>{_properties(part, document, sum(widths), goes_on=goes_on)}<w:tblGrid>"
        yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        yield "</w:tblGrid>"
        rows = rows_of(table)
        tall = tall_rows(table, page)
        for number, row in enumerate(rows):
            stays = number in part.staying or (goes_on and number == table.rows - 1)
            cells = "".join(self._cell(cell, number, widths, document, stays=stays) for cell in row)
            heads = number < part.heading
            least = max(table.least, *(cell.least // cell.row_span for cell in row))
            yield f"<w:tr>{_row_properties(least, whole=number not in tall, heads=heads)}{cells}</w:tr>"
        yield "</w:tbl>"

    def _cell(self, cell: Cell, row: int, widths: list[int], document: Document, *, stays: bool) -> str:
        style = self.styles.of(cell, document.page.size, stays=stays)
        width = sum(widths[cell.column : cell.column + cell.column_span])
        across = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
        down = ""
        if cell.row_span > 1:
            down = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
        words = run(cell.text, document.name) if row == cell.row else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p></w:tc>'
        )


def grid_of(table: Table) -> list[int]:
    """The widths of the columns in twentieths of a point; together they are as wide as the table is, to one."""
    edges = [twips(edge) for edge in accumulate(table.widths, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _properties(part: Part, document: Document, width: int, *, goes_on: bool) -> str:
    """What is said of a whole table; where it goes on in another one, the line between them is that one's alone."""
    kinds = {side: "nil" if goes_on and side == "bottom" else "single" for side in _SIDES}
    borders = "".join(
        f'<w:{side} w:val="{kind}" w:sz="{_LINE}" w:space="0" w:color="auto"/>' for side, kind in kinds.items()
    )
    name = attribute(document.name, document.name)
    more = "（续）" if part.first else ""
    told = f"{len(part.table.widths)} 列 {part.table.rows} 行" + (
        f"，前 {part.heading} 行为表头" if part.heading else ""
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_margins()}</w:tblCellMar>'
        f'<w:tblLook w:val="06{2 if part.heading else 0}0" w:firstRow="{int(part.heading > 0)}" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{name}{more}"/><w:tblDescription w:val="{told}"/></w:tblPr>'
    )


def _margins() -> str:
    return "".join(f'<w:{side} w:w="{twips(_MARGIN)}" w:type="dxa"/>' for side in ("left", "right"))


def _row_properties(least: int, *, whole: bool, heads: bool) -> str:
    said = "<w:cantSplit/>" if whole else ""
    said += f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>' if least else ""
    said += "<w:tblHeader/>" if heads else ""
    return f"<w:trPr>{said}</w:trPr>" if said else ""


def tall_rows(table: Table, page: Page) -> set[int]:
    """The rows that may fill most of a page: kept whole they would leave a page nearly empty, or run off it.

    Their height is estimated from above. A cell over several rows makes its last row as high as it needs.
    """
    room = (page.height - page.top - page.bottom) * _TOO_TALL
    edges = list(accumulate(table.widths, initial=0))
    found = set()
    for cell in table.cells:
        across = edges[cell.column + cell.column_span] - edges[cell.column] - 2 * _MARGIN
        lines = _lines(cell.text, max(across // page.size, 1))
        if lines * leading_of(page.size) * 100 > room:
            found |= {cell.row + cell.row_span - 1}
    return found


def _lines(text: str, letters: int) -> int:
    """How many lines of so many letters a text takes, Latin letters counted as whole ones."""
    if len(text) <= letters:
        return 1
    return sum(len(line) // letters + 1 for line in text.splitlines())
