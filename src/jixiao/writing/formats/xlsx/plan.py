"""A document as a sheet before it is written: which rows and columns its blocks take, and what each cell holds."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from jixiao.writing.formats.xlsx.breaks import breaks_of, fits_one_page
from jixiao.writing.formats.xlsx.columns import columns_of
from jixiao.writing.formats.xlsx.formulas import Operand, formula_of
from jixiao.writing.formats.xlsx.measure import row_heights, text_height
from jixiao.writing.formats.xlsx.numbers import General, Shown, shown_of
from jixiao.writing.formats.xlsx.texts import held
from jixiao.writing.paper.model import Align, Cell, Document, Face, Table, Text

_TALLEST: Final = 40_950
"""The greatest height of a row (Excel: 409.5 points)."""
_PART: Final = 10_000
"""The greatest height of the parts of a row that is taller: pages end between them, so they are a seventh of a page."""
_PIXEL: Final = 75
"""A pixel of a screen: 3/4 point."""
_INDENT: Final = "\u3000"
_MOST_FROZEN: Final = 3
"""A heading further down than this many rows would fill a screen if it stayed."""


class Placed(Struct, frozen=True):
    """A cell of the sheet: a text, a number, a formula, or nothing.

    Attributes:
        row, column, last_row, last_column: the spots it covers.
        text: what is printed.
        align, face, size: of its lines; the size in hundredths of a point.
        shown: the number it holds and the format that shows it.
        formula: what is computed here.
        ruled: whether it has an outline.
        open: whether a person fills it in.
        choices: what may be chosen here.
        top: whether its lines begin at its top, as they do where one row is spread over several of the sheet.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    align: Align
    face: Face
    size: int
    shown: Shown = General
    formula: str = ""
    ruled: bool = False
    open: bool = False
    choices: tuple[str, ...] = ()
    top: bool = False


class Plan(Struct, frozen=True):
    """A sheet.

    Attributes:
        widths: of its columns, in pixels.
        heights: of its rows, in pixels.
        cells: in reading order.
        repeated: the rows (first, end) that are printed again at the top of every page; (0, 0) for none.
        breaks: the rows that begin a page.
        one_page: whether it is printed on one page.
        frozen: how many rows stay while one scrolls.
        filled_in: whether people fill in cells of it.
    """

    widths: tuple[int, ...]
    heights: tuple[int, ...]
    cells: tuple[Placed, ...]
    repeated: tuple[int, int]
    breaks: tuple[int, ...]
    one_page: bool
    frozen: int
    filled_in: bool


def plan_of(document: Document) -> Plan:
    """A document as a sheet.

    Raises:
        Unprintable: a text has a character, or a length, that a workbook cannot hold.
        ValueError: the cells of a table do not cover its grid.
    """
    tables = [block for block in document.blocks if isinstance(block, Table)]
    columns = columns_of(tables, document.page.across)
    sheet = _Sheet(document, columns.widths)
    edges = iter(columns.edges)
    for block in document.blocks:
        if isinstance(block, Table):
            sheet.add_table(block, next(edges))
        else:
            sheet.add_text(block)
    return sheet.plan()


class _Sheet:
    """Takes blocks from top to bottom."""

    def __init__(self, document: Document, widths: tuple[int, ...]) -> None:
        self._document, self._widths = document, widths
        self._heights: list[int] = []
        self._placed: list[tuple[Placed, Cell | None]] = []
        self._headings: list[tuple[int, int]] = []
        self._above: Text | None = None
        self._joined: list[int] = []

    def plan(self) -> Plan:
        operands = {
            cell.pointer: _operand(placed) for placed, cell in self._placed if cell and cell.pointer and _counts(placed)
        }
        cells = [_computed(placed, cell, operands) if cell else placed for placed, cell in self._placed]
        heading = self._headings[0] if len(self._headings) == 1 else (0, 0)
        page = self._document.page
        tall = (page.height - page.top - page.bottom) // _PIXEL
        return Plan(
            self._widths,
            tuple(self._heights),
            tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
            repeated=heading,
            breaks=breaks_of(self._heights, [(cell.row, cell.last_row) for cell in cells], tall, heading, self._joined),
            one_page=fits_one_page(self._heights, tall),
            frozen=heading[1] if heading[0] <= _MOST_FROZEN else 0,
            filled_in=any(cell and cell.role == "value" and cell.pointer for _, cell in self._placed),
        )

    def add_text(self, block: Text) -> None:
        self._join(is_table=False)
        self._above = block
        size = block.size or self._document.page.size
        text = held(block.text, self._document.name)
        if text and block.align == "left":
            text = _INDENT * block.indent + text
        height = block.before + text_height(text, sum(self._widths) * _PIXEL, size) + block.after
        first, last = self._rows([height])[0]
        spots = first, 0, last, len(self._widths) - 1
        placed = Placed(*spots, text, block.align, block.face, size, open=bool(block.pointer), top=last > first)
        self._placed.append((placed, None))

    def add_table(self, table: Table, edges: Sequence[int]) -> None:
        _check(table)
        self._join(is_table=True)
        self._above = None
        lefts = list(accumulate(self._widths, initial=0))
        widths = [(lefts[right] - lefts[left]) * _PIXEL for left, right in pairwise(edges)]
        rows = self._rows(row_heights(table, widths, self._document.page.size))
        for cell in table.cells if table.least else map(_settled, table.cells):
            face: Face = "label" if cell.role == "label" else "body"
            first, last = rows[cell.row][0], rows[cell.row + cell.row_span - 1][1]
            left, right = edges[cell.column], edges[cell.column + cell.column_span] - 1
            placed = Placed(
                first, left, last, right, held(cell.text, self._document.name), cell.align, face,
                self._document.page.size, shown_of(cell), ruled=True, open=cell.role == "value", choices=cell.choices,
                top=last > first and cell.row_span == 1,
            )  # fmt: skip
            self._placed.append((placed, cell))
        if table.heading[1] > table.heading[0]:
            self._headings.append((rows[table.heading[0]][0], rows[table.heading[1] - 1][1] + 1))

    def _join(self, *, is_table: bool) -> None:
        """Keep what comes now with the words above it where these are its heading."""
        if self._above is not None and (is_table or self._above.level):
            self._joined.append(len(self._heights))

    def _rows(self, heights: Sequence[int]) -> list[tuple[int, int]]:
        """Rows of these heights, each as its first and last row of the sheet: several where one may not be so tall."""
        taken = []
        for height in heights:
            first = len(self._heights)
            self._heights.extend(_parts(height))
            taken.append((first, len(self._heights) - 1))
        return taken


def _check(table: Table) -> None:
    """Cells that overlap, or leave a place free, make a workbook that programs call damaged.

    Raises:
        ValueError: so it is with this table.
    """
    whole = table.rows * len(table.widths)
    covered = {
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    spots = sum(cell.row_span * cell.column_span for cell in table.cells)
    if not len(covered) == spots == whole or any(cell.row_span < 1 or cell.column_span < 1 for cell in table.cells):
        raise ValueError("表格的单元格没有恰好铺满。The cells of a table do not cover its grid exactly once.")


def _settled(cell: Cell) -> Cell:
    """A cell of a table that nobody is to fill in: what it leaves blank is not computed, now or later.

    LibreOffice, too, saves a formula that shows nothing as 0 in some of its formats.
    """
    return cell if cell.text or not cell.formula else replace(cell, formula=None)


def _parts(height: int) -> Iterator[int]:
    """A height in pixels, in as many equal parts as it takes for none to be too tall."""
    count = 1 if height <= _TALLEST else -(-height // _PART)
    yield from [-(-height // (_PIXEL * count))] * count


def _counts(placed: Placed) -> bool:
    """Whether a formula may read a cell: it holds a number, or nothing yet."""
    return bool(placed.shown.digits) or not placed.text


def _operand(placed: Placed) -> Operand:
    shown = placed.shown
    number = Decimal(shown.digits).scaleb(2 if shown.per_cent else 0) if shown.digits else None
    return Operand(placed.row, placed.column, placed.last_row, number, shown.per_cent)


def _computed(placed: Placed, cell: Cell, operands: dict[str, Operand]) -> Placed:
    """The cell with its formula, where it has one that gives what is printed."""
    formula = formula_of(cell, operands) if cell.formula and _counts(placed) else ""
    return replace(placed, formula=formula, open=False) if formula else placed
