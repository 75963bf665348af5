"""Tables of a web page: rows of cells with spans, laid on a grid as browsers lay them, nested tables told apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from jixiao.reading.formats.html_text import BREAK, Words

_WIDEST: Final = 1000
_TALLEST: Final = 65_534
_ROWS_OF_DATA = _COLUMNS_OF_DATA = 2
_CELLS_OF_DATA: Final = 4


class TooManyCells(Exception):
    """The cells of a table cover more of its grid than any form does."""


@dataclass(slots=True)
class HtmlCell:
    """A cell as it is written.

    Attributes:
        words: its own text.
        row_span, column_span: as declared; a row span of 0 reaches to the end of its group.
        inner: tables in it, with the number of pieces of text before each.
        row, column: where it lies, once laid.
    """

    words: Words
    row_span: int = 1
    column_span: int = 1
    inner: list[tuple[int, "HtmlTable"]] = field(default_factory=list)
    row: int = 0
    column: int = 0

    def lines(self) -> list[str]:
        """Its text, that of inner tables which hold no data among it."""
        if not self.inner:
            return self.words.lines()
        pieces = list(self.words.pieces)
        for at, table in reversed(self.inner):
            if not table.is_data:
                pieces[at:at] = [BREAK, *table.as_pieces(), BREAK]
        return Words(pieces).lines()

    def parts(self) -> Iterator["str | HtmlTable"]:
        """Its lines and the tables in it that hold data, in the order of the page."""
        start = 0
        before: list[str] = []
        for at, table in self.inner:
            before += self.words.pieces[start:at]
            start = at
            if table.is_data:
                yield from Words(before).lines()
                yield table
                before = []
            else:
                before += [BREAK, *table.as_pieces(), BREAK]
        yield from Words(before + self.words.pieces[start:]).lines()


@dataclass(slots=True)
class HtmlTable:
    """A table as it is written.

    Attributes:
        groups: rows of each head, body and foot, feet last; a row is a list of cells.
        hidden_columns: columns that are not shown.
        guessed: whether it is one by its looks only (boxes in lines), not by its elements.
    """

    groups: list[list[list[HtmlCell]]] = field(default_factory=list)
    feet: list[list[list[HtmlCell]]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    guessed: bool = False
    _open: list[list[HtmlCell]] | None = None
    _cells: list[HtmlCell] | None = None

    def begin_group(self, *, foot: bool) -> None:
        """Begin a head, body or foot."""
        self._open = []
        (self.feet if foot else self.groups).append(self._open)

    def begin_row(self) -> None:
        """Begin a row in the last group begun."""
        if self._open is None:
            self.begin_group(foot=False)
        if self._open is not None:
            self._open.append([])

    def add(self, cell: HtmlCell) -> None:
        """Add a cell to the last row."""
        if not self._open:
            self.begin_row()
        if self._open:
            self._open[-1].append(cell)

    def laid(self, most: int) -> list[HtmlCell]:
        """Its cells, each with its row, column and spans on the grid.

        Args:
            most: so much of the grid may be covered.

        Raises:
            TooManyCells: more is.
        """
        if self._cells is None:
            self._cells = list(self._lay(most))
        return self._cells

    def _lay(self, most: int) -> Iterator[HtmlCell]:
        row = covered = 0
        for group in (*self.groups, *self.feet):
            busy: dict[int, int] = {}  # column → first row below what covers it
            end = row + len(group)
            for cells in group:
                column = 0
                for cell in cells:
                    while busy.get(column, 0) > row:
                        column += 1
                    _place(cell, row, column, end, busy)
                    covered += cell.row_span * cell.column_span
                    if covered > most:
                        raise TooManyCells
                    busy.update(dict.fromkeys(range(column, column + cell.column_span), row + cell.row_span))
                    column += cell.column_span
                    yield cell
                row += 1

    @property
    def is_data(self) -> bool:
        """Whether it holds data: several rows of several cells; else it only arranges text."""
        rows = [row for group in (*self.groups, *self.feet) for row in group]
        filled = [sum(bool(cell.words.lines()) for cell in row) for row in rows]
        wide = sum(len(row) >= _COLUMNS_OF_DATA for row in rows)
        return wide >= _ROWS_OF_DATA and sum(filled) >= _CELLS_OF_DATA

    def as_pieces(self) -> Iterator[str]:
        """Its text in lines, a row a line."""
        for group in (*self.groups, *self.feet):
            for row in group:
                for cell in row:
                    yield BREAK.join(cell.lines())
                    yield "\xa0\xa0"
                yield BREAK


def _place(cell: HtmlCell, row: int, column: int, end: int, busy: dict[int, int]) -> None:
    """Lay a cell: within its group, and not over a cell that comes down from above."""
    cell.row, cell.column = row, column
    tall = cell.row_span or end - row
    cell.row_span = max(min(tall, end - row, _TALLEST), 1)
    width = 1
    while width < min(cell.column_span, _WIDEST) and busy.get(column + width, 0) <= row:
        width += 1
    cell.column_span = width


def span(text: str | None, *, zero: bool) -> int:
    """A declared span; anything that is no whole number is 1."""
    bare = (text or "").strip()
    if not (bare.isascii() and bare.isdigit()):
        return 1
    value = int(bare[:7])
    return value if value or zero else 1
