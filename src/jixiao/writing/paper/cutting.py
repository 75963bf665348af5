"""A table cut into pages: between rows, its heading printed again, labels that reach over the cut on both sides."""

from dataclasses import dataclass, field
from typing import Final

import msgspec

from jixiao.writing.paper.faces import JOINER, Faces
from jixiao.writing.paper.measure import PADDING, TABLE_FACE, Piece, heights, leading_of, lines_in, pieces
from jixiao.writing.paper.model import Page, Table
from jixiao.writing.paper.pages import SetCell, SetTable
from jixiao.writing.paper.parted import FEW

ENDED: Final = 2 * JOINER
"""Ends a text in the last row of a page whose table goes on: a reader might take the next row for its rest."""
GOES_ON: Final = 3 * JOINER
"""Ends a page's last line of a text that goes on on the next page, in the rest of its row."""
_LINES: Final = 3
"""A row higher than a page begins only where so many of its lines fit."""


@dataclass(slots=True)
class TableFlow:
    """A table of which some is printed.

    Attributes:
        table: the table.
        faces, page: how it is set.
        row: the first row not printed, or printed in part.
        rest: what is still to be printed.
        heading: the cells of the heading.
        cut: whether some of `row` is printed.
    """

    table: Table
    faces: Faces
    page: Page
    row: int = 0
    rest: list[Piece] = field(default_factory=list)
    heading: list[Piece] = field(default_factory=list)
    cut: bool = False

    def __post_init__(self) -> None:
        """Break the lines of all cells."""
        self.rest = pieces(self.table, self.faces, self.page)
        first, end = self.table.heading
        self.heading = [piece for piece in self.rest if piece.row < end and piece.end > first]

    @property
    def done(self) -> bool:
        """Whether all is printed."""
        return self.row >= self.table.rows

    def take(self, room: int, *, fresh: bool, whole: int) -> SetTable | None:
        """The next part of the table.

        Args:
            room: how high it may be.
            fresh: whether the page is empty.
            whole: how high an empty page is.

        Returns:
            The part; `None` if it has to begin on the next page.
        """
        above = self._above()
        over = sum(heights(self.heading, self.table.heading, self.page.size, self.table.least)) if above else 0
        if begun := self._with_part(room - over, whole, above=above):
            return begun
        end = self._end(room - over)
        if end == self.row and not fresh and not self._is_tall(self.row, whole, room - over):
            return None
        if end > self.row:
            return self._rows(end, above=above)
        end = self._end(room - over, loose=True) if fresh else end
        return self._rows(end, above=above) if end > self.row else self._part_of_row(room - over, above=above)

    def _with_part(self, room: int, whole: int, *, above: bool) -> SetTable | None:
        """The rows that fit, with the beginning of the row below them where no page holds that row; else `None`."""
        end = self._end(room, loose=True)
        if end in (self.row, self.table.rows):
            return None
        left = room - sum(heights(self._within(end), (self.row, end), self.page.size, self.table.least))
        if not self._is_tall(end, whole, left):
            return None
        upper = self._rows(end, above=above, goes_on=True)
        return _joined(upper, self._part_of_row(left, above=False))

    def _above(self) -> bool:
        """Whether the heading has to stand above the next rows."""
        first, end = self.table.heading
        start, stop = self.table.body
        begun = self.row > start or (self.row == start and self.cut)
        return first < end <= self.row and begun and self.row < stop

    def _is_tall(self, row: int, whole: int, room: int) -> bool:
        """Whether a row has to be cut, for no page holds it, and its cut is worth while in this room."""
        high = heights(self.rest, (row, row + 1), self.page.size, self.table.least)[0]
        repeated = sum(heights(self.heading, self.table.heading, self.page.size, self.table.least))
        labels = [len(piece.lines) for piece in self.rest if piece.row == row and piece.cell.role == "label"]
        return high > whole - repeated and lines_in(room, self.page.size) >= max(_LINES, *labels, 0)

    def _end(self, room: int, *, loose: bool = False) -> int:
        """The end of the rows that fit; not right below a heading or a row of labels, unless `loose`."""
        size, least = self.page.size, self.table.least
        end, high = self.row, 0
        for each in heights(self.rest, (self.row, self.table.rows), size, least):
            if high + each > room:
                break
            high += each
            end += 1
        while end > self.row and sum(heights(self._within(end), (self.row, end), size, least)) > room:
            end -= 1
        if end < self.table.rows and not loose:
            while end > self.row and self._ends_in_labels(end):
                end -= 1
            end = self._with_the_end(end)
        return end

    def _with_the_end(self, end: int) -> int:
        """Where a cut stands so that few rows behind the body (total, grade) have its last row with them.

        A row that began on the page before is not begun again, and many rows behind the body need no company.
        """
        last = self.table.body[1] - 1
        alone = last < end and self.row < last and self.table.rows - last <= FEW
        return last if alone and not self._ends_in_labels(last) else end

    def _within(self, end: int) -> list[Piece]:
        """What the next rows print; of a value that goes on below them its share is not known yet."""
        first, found = self.row, []
        for piece in self.rest:
            if first <= piece.row and piece.end <= end:
                found.append(piece)
            elif piece.row < end:
                whole = piece.end <= end or piece.cell.role == "label"
                found.append(piece.at(max(piece.row, first), min(piece.end, end), None if whole else ()))
        return found

    def _ends_in_labels(self, end: int) -> bool:
        first, stop = self.table.heading
        if first < end <= stop:
            return True
        begun = [piece for piece in self.rest if piece.row == end - 1]
        return bool(begun) and all(piece.cell.role == "label" for piece in begun)

    def _rows(self, end: int, *, above: bool, goes_on: bool = False) -> SetTable:
        """Print whole rows; whether the table goes on below them on this page."""
        high = heights(self._within(end), (self.row, end), self.page.size, self.table.least)
        printed, rest = [], []
        for piece in self.rest:
            top = max(piece.row, self.row)
            if piece.row >= end:
                rest.append(piece)
                continue
            fit = len(piece.lines)
            if piece.end > end:
                label = piece.cell.role == "label"
                fit = fit if label else lines_in(sum(high[top - self.row :]), self.page.size)
                rest.append(piece if label else piece.at(piece.row, piece.end, piece.lines[fit:]))
            lines = piece.lines[:fit]
            if piece.end == end < self.table.rows and piece.cell.role == "value" and any(lines) and not goes_on:
                lines = (*lines[:-1], lines[-1] + ENDED)
            printed.append(piece.at(top, min(piece.end, end), lines))
        made = self._set(printed, high, above=above)
        self.rest, self.row, self.cut = rest, end, False
        return made

    def _part_of_row(self, room: int, *, above: bool) -> SetTable:
        """Print as many lines of the next row as fit; a label that fits, or stands above, comes again with the rest."""
        fit = max(lines_in(room, self.page.size), 1)
        printed, rest, end = [], [], self.row + 1
        for piece in self.rest:
            if piece.row >= end:
                rest.append(piece)
                continue
            again = piece.cell.role == "label" and (len(piece.lines) <= fit or piece.row < self.row)
            lines = piece.lines[:fit]
            if lines and not again and len(piece.lines) > fit:
                lines = (*lines[:-1], lines[-1] + GOES_ON)
            printed.append(piece.at(self.row, end, lines))
            rest.append(piece if again else piece.at(piece.row, piece.end, piece.lines[fit:]))
        high = heights(printed, (self.row, end), self.page.size, self.table.least)
        made = self._set(printed, high, above=above)
        self.rest, self.cut = rest, True
        return made

    def _set(self, printed: list[Piece], high: list[int], *, above: bool) -> SetTable:
        """A part of the table, under its heading where that is printed again."""
        first, end = self.table.heading if above else (0, 0)
        size, over = self.page.size, end - first
        reaching = [
            piece.cell for piece in printed if above and piece.cell.row < end < piece.cell.row + piece.cell.row_span
        ]
        cells = [
            _cell(piece.at(max(piece.row, first) - first, min(piece.end, end) - first))
            for piece in (self.heading if above else ())
            if piece.cell not in reaching
        ]
        for piece in printed:
            top = max(piece.cell.row, first) - first if piece.cell in reaching else piece.row - self.row + over
            cells.append(_cell(piece.at(top, piece.end - self.row + over)))
        cells.sort(key=lambda each: (each.row, each.column))
        headed = heights(self.heading, self.table.heading, size, self.table.least) if above else []
        return SetTable(
            0, 0, self.table.widths, (*headed, *high), tuple(cells), over, size, leading_of(size), PADDING
        )  # fmt: skip


def _joined(upper: SetTable, lower: SetTable) -> SetTable:
    """Two parts of a table as one; a cell that reaches from one into the other is one cell, its label printed once."""
    over = len(upper.heights)
    below = {cell.column: cell for cell in lower.cells if cell.row == 0}
    cells, one = [], set()
    for cell in upper.cells:
        rest = below.get(cell.column)
        if rest is not None and rest.cell is cell.cell:
            one.add(cell.column)
            lines = cell.lines if cell.cell.role == "label" else cell.lines + rest.lines
            cells.append(msgspec.structs.replace(cell, row_span=cell.row_span + rest.row_span, lines=lines))
        else:
            cells.append(cell)
    cells += [
        msgspec.structs.replace(cell, row=cell.row + over) for cell in lower.cells if cell.row or cell.column not in one
    ]
    return msgspec.structs.replace(upper, heights=upper.heights + lower.heights, cells=tuple(cells))


def _cell(piece: Piece) -> SetCell:
    """A piece whose rows are those of the page's table."""
    cell = piece.cell
    return SetCell(
        cell, piece.row, cell.column, piece.end - piece.row, cell.column_span, piece.lines, TABLE_FACE
    )  # fmt: skip
