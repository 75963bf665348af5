"""Tables of a page: the grid with real spans, heading rows that are printed again, headings told from values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from msgspec.structs import replace

from jixiao.writing.formats.html.sheet import Sheet
from jixiao.writing.formats.html.words import value, words
from jixiao.writing.paper.model import Cell, Document, Table
from jixiao.writing.paper.parted import Part, parts_of, rows_of

_Group = tuple[int, int]
"""Rows of a head or a body, the end excluded."""
_Scopes = dict[tuple[int, int], str]
"""What a cell heads, by its row and column."""
_ALIGNED: Final = {"left": "l", "right": "r", "center": ""}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell, or what of it stands in the heading, or below it: a browser ends every cell with the group of its rows.

    Attributes:
        cell: with the rows that it has here.
        cut: `on` where it goes on below, `off` where it comes from above; empty for a whole one.
    """

    cell: Cell
    cut: str = ""


def table_written(table: Table, document: Document, sheet: Sheet) -> Iterator[str]:
    """A table, piece by piece; two that look like one where its heading stands lower than its first row.

    Raises:
        Unprintable: a cell has a character that HTML does not know.
        ValueError: the cells do not cover the grid.
    """
    name = value(document.name, document.name)
    yield f'<div class="frame" role="region" tabindex="0" aria-label="{name}">'
    for part in parts_of(table):
        yield from _part(part, document, sheet)
    yield "</div>\n"


def _part(part: Part, document: Document, sheet: Sheet) -> Iterator[str]:
    table = part.table
    widths = pixels(table.widths)
    least = f' class="{sheet.rows(table.least)}"' if table.least else ""
    yield f'<table width="{sum(widths)}"{least}>\n<colgroup>'
    yield "".join(f'<col width="{width}">' for width in widths)
    yield "</colgroup>\n"
    scopes = _scopes(table)
    heading = part.heading if _may_be_cut(part) else 0
    for start, end, tag in ((0, heading, "thead"), (heading, table.rows, "tbody")):
        if end > start:
            yield f"<{tag}>\n"
            yield from _rows(part, (start, end), scopes, document, sheet)
            yield f"</{tag}>\n"
    yield "</table>"


def _may_be_cut(part: Part) -> bool:
    """Whether only labels reach from the heading into the rows below it: a value in two pieces would be two."""
    return all(cell.role == "label" for cell in part.table.cells if cell.row < part.heading < cell.row + cell.row_span)


def _rows(part: Part, group: _Group, scopes: _Scopes, document: Document, sheet: Sheet) -> Iterator[str]:
    for number, row in enumerate(rows_of(part.table)[slice(*group)], group[0]):
        pieces = [piece for cell in row if (piece := _piece(cell, number, group)) is not None]
        cells = "".join(_cell(piece, scopes[piece.cell.row, piece.cell.column], document) for piece in pieces)
        named = ["stays"] if number in part.staying else []
        least = max(cell.least // cell.row_span for cell in row)
        named += [sheet.room(least)] if least else []
        said = f' class="{" ".join(named)}"' if named else ""
        yield f"<tr{said}>{cells}</tr>\n"


def _piece(cell: Cell, row: int, group: _Group) -> _Piece | None:
    """What begins in a row of a group; its words stand where most of it is, so that they are read once."""
    first, end = max(cell.row, group[0]), min(cell.row + cell.row_span, group[1])
    if first != row:
        return None
    if end - first == cell.row_span:
        return _Piece(cell)
    if cell.row < group[0]:
        return _Piece(replace(cell, row_span=end - first), "off")
    return _Piece(replace(cell, row_span=end - first, text="", pointer=""), "on")


def _cell(piece: _Piece, scope: str, document: Document) -> str:
    cell = piece.cell
    tag = "th" if cell.role == "label" and cell.text.strip() else "td"
    said = f' scope="{scope}"' if tag == "th" else ""
    said += f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    said += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    named = " ".join(filter(None, (_ALIGNED[cell.align], piece.cut)))
    said += f' class="{named}"' if named else ""
    said += f' data-pointer="{value(cell.pointer, document.name)}"' if cell.pointer else ""
    return f"<{tag}{said}>{words(cell.text, document.name)}</{tag}>"


def pixels(widths: Sequence[int]) -> list[int]:
    """Widths of columns in pixels, of which an inch has 96; the last one leaves room for the table's outline."""
    edges = [edge * 4 // 300 for edge in accumulate(widths, initial=0)]
    edges[-1] -= 1
    return [right - left for left, right in pairwise(edges)]


def _scopes(table: Table) -> _Scopes:
    """Of each cell whether, as a heading, it speaks of its rows (values stand to its right) or of its columns."""
    values = [-1] * table.rows  # the last column in each row that holds a value
    for cell in table.cells:
        if cell.role == "value":
            for row in range(cell.row, cell.row + cell.row_span):
                values[row] = max(values[row], cell.column)
    return {
        (cell.row, cell.column): "row" if max(values[cell.row : cell.row + cell.row_span]) > cell.column else "col"
        for cell in table.cells
    }
