"""Sheets drawn on a canvas: the same form with its rules drawn, hinted at or missing in any way. For tests only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from forms.canvas import Document, Page, width
from forms.sheet import Sheet, SheetCell

MM = 72 / 25.4
LEFT, TOP = 40.0, 40.0
CLOSING, OPENING = "，。；：、！？）”%)》】", "（“(《【"


@dataclass(frozen=True, slots=True)
class Look:
    """How a form is set.

    Attributes:
        size, leading: of the text, in points.
        pad: white space between a cell's text and its outline, across and down.
        middle: whether cells are centred vertically.
        high: height of the paper.
    """

    size: float = 9
    leading: float = 12
    pad: tuple[float, float] = (3, 3)
    middle: bool = True
    high: float = 3000


@dataclass(slots=True)
class Placed:
    """A cell with its outline and its lines on the page, in points from the upper left corner."""

    cell: SheetCell
    left: float
    top: float
    right: float
    bottom: float
    lines: list[tuple[float, float, str]] = field(default_factory=list)


Draw = Callable[[Document, Page, Sequence[Placed]], None]


def drawn(
    sheets: Sequence[Sheet], look: Look, rules: Draw, text: Draw | None = None, document: Document | None = None
) -> Document:
    """A document with one form after another; a page ends between rows of the table."""
    document = document or Document()
    for sheet in sheets:
        _sheet(document, sheet, look, rules, text or words)
    return document


def words(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Every line of every cell."""
    size = float(page.content[0].split()[1])
    for cell in cells:
        for x, y, line in cell.lines:
            document.text(page, x, y, line, size)


def _sheet(document: Document, sheet: Sheet, look: Look, rules: Draw, text: Draw) -> None:
    heights = _heights(sheet, look)
    page = _page(document, sheet, look)
    y = TOP
    for line in sheet.lines:
        document.text(page, LEFT + (sheet.width * MM - width(line, look.size)) / 2, y, line, look.size)
        y += look.leading * 1.8
    start = 0
    while start < sheet.rows:
        end = _last(heights, start, look.high - TOP - y)
        tops = [y]
        for height in heights[start:end]:
            tops.append(tops[-1] + height)
        cells = [_place(cell, tops, start, end, look) for cell in sheet.cells]
        shown = [cell for cell in cells if cell is not None]
        rules(document, page, shown)
        text(document, page, shown)
        y, start = tops[-1], end
        if start < sheet.rows:
            page, y = _page(document, sheet, look), TOP
    for line in sheet.notes:
        y += look.leading
        document.text(page, LEFT, y, line, look.size)


def _page(document: Document, sheet: Sheet, look: Look) -> Page:
    page = document.page(round(sheet.width * MM + 2 * LEFT), look.high)
    page.draw(f"% {look.size} points")
    return page


def _last(heights: Sequence[float], start: int, room: float) -> int:
    end, used = start, 0.0
    while end < len(heights) and used + heights[end] <= room:
        used += heights[end]
        end += 1
    return max(end, start + 1)


def _heights(sheet: Sheet, look: Look) -> list[float]:
    heights = [look.leading + 2 * look.pad[1]] * sheet.rows
    for cell in sorted(sheet.cells, key=lambda cell: cell.row_span):
        need = len(_wrapped(cell, look)) * look.leading + 2 * look.pad[1]
        lack = need - sum(heights[cell.row : cell.row + cell.row_span])
        if lack > 0:
            heights[cell.row + cell.row_span - 1] += lack
    return heights


def _place(cell: SheetCell, tops: Sequence[float], start: int, end: int, look: Look) -> Placed | None:
    first, last = max(cell.row, start), min(cell.row + cell.row_span, end)
    if first >= last:
        return None
    left, right = LEFT + cell.left * MM, LEFT + cell.right * MM
    placed = Placed(cell, left, tops[first - start], right, tops[last - start])
    if cell.row < start:
        return replace(placed, cell=replace(cell, text=""))
    lines = _wrapped(cell, look)
    free = placed.bottom - placed.top - len(lines) * look.leading
    y = placed.top + (free / 2 if look.middle else look.pad[1]) + (look.leading - look.size) / 2
    for line in lines:
        x = left + look.pad[0] if cell.prose else (left + right - width(line, look.size)) / 2
        placed.lines.append((x, y, line))
        y += look.leading
    return placed


def _wrapped(cell: SheetCell, look: Look) -> list[str]:
    room = (cell.right - cell.left) * MM - 2 * look.pad[0]
    lines = [""]
    for piece in _pieces(cell.text):
        rest = piece
        if lines[-1] and width(lines[-1] + rest, look.size) > room:
            lines.append("")
        while width(rest, look.size) > room and len(rest) > 1:
            fit = max((n for n in range(1, len(rest)) if width(rest[:n], look.size) <= room), default=1)
            lines[-1:] = [rest[:fit], ""]
            rest = rest[fit:]
        lines[-1] += rest
    return [line for line in lines if line]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        latin = letter.isascii() and not letter.isspace()
        last = pieces[-1][-1] if pieces else ""
        if last and (letter in CLOSING or last in OPENING or (latin and last.isascii() and not last.isspace())):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def framed(_: Document, page: Page, cells: Sequence[Placed]) -> None:
    """A stroked frame round each cell."""
    for cell in cells:
        for (x0, y0), (x1, y1) in pairwise(corners(cell)):
            page.line(x0, y0, x1, y1)


def corners(cell: Placed) -> list[tuple[float, float]]:
    """The corners of a cell's outline, the first again at the end."""
    left, top, right, bottom = cell.left, cell.top, cell.right, cell.bottom
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def bare(_: Document, __: Page, ___: Sequence[Placed]) -> None:
    """No rule at all."""
