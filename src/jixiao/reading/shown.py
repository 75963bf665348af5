"""A document as it is shown beside what was read: page pictures, or its tables and lines."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from jixiao.form import Place
from jixiao.layout.grid import Box, FreeText, Grid, Table
from jixiao.layout.shown import Sheet, ShownCell
from jixiao.reading.detect import Kind, decode, detect, refuse
from jixiao.reading.formats.pdf import opened
from jixiao.reading.formats.pdf_calls import page_count
from jixiao.reading.formats.pdf_picture import render_page
from jixiao.reading.handover import EyesNeeded
from jixiao.reading.limits import Limits
from jixiao.reading.parse import plain_grid, refuse_or_hand_back
from jixiao.reading.png import png_of

_DPI: Final = 110
_HUNDREDTHS: Final = 7200
"""Hundredths of a point in an inch."""
_MARGIN: Final = 3000
"""Hundredths of a point around the cells of a page whose size the grid does not tell."""


def show_bytes(data: bytes, file: str, limits: Limits, *, seeing: bool) -> tuple[Sheet, ...]:
    """What there is to show of a file.

    Args:
        data: the whole file.
        file: its label, for sentences.
        limits: what it may hold.
        seeing: whether this child has eyes, and with them what unpacks pictures.

    Raises:
        Unreadable: it cannot be opened.
        EyesNeeded: it is a picture, and this child has no eyes.
        OfficeNeeded: LibreOffice has to convert it first.
    """
    kind = detect(data)
    if kind is Kind.PDF:
        return tuple(_pdf_pages(data, file, limits))
    if kind is Kind.IMAGE:
        if not seeing:
            raise EyesNeeded
        from jixiao.reading.scan.show import sheets_of_pictures

        return sheets_of_pictures(data, file)
    if kind is Kind.TEXT:
        return sheets_of_text(decode(data) or "")
    refuse_or_hand_back(kind, data, file)
    if kind is Kind.ZIP:
        raise refuse(kind, data, file)
    return sheets_of_grid(plain_grid(kind, data, file, limits))


def _pdf_pages(data: bytes, file: str, limits: Limits) -> Iterator[Sheet]:
    with opened(data, file) as document:
        for index in range(min(page_count(document), limits.pages)):
            drawn = render_page(document, index, _DPI, colour=False, file=file, most=limits.pixels)
            width, height = drawn.width * _HUNDREDTHS // _DPI, drawn.height * _HUNDREDTHS // _DPI
            yield Sheet(index + 1, width, height, png_of(drawn.pixels, drawn.width, drawn.height), ())


def sheets_of_text(text: str) -> tuple[Sheet, ...]:
    """A text as one sheet of lines, each named by its number from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cells = (ShownCell(row, 0, 1, 1, line, spots=(str(row + 1),)) for row, line in enumerate(lines))
    return (Sheet(0, 0, 0, b"", tuple(cells)),)


def sheets_of_grid(grid: Grid) -> tuple[Sheet, ...]:
    """A grid as sheets: all blocks of a page together, without pages each table and each run of lines."""
    blocks = groupby(enumerate(grid.blocks), key=lambda block: _group(*block))
    return tuple(_sheet([block for _, block in group]) for _, group in blocks)


def _group(number: int, block: Table | FreeText) -> tuple[int, int]:
    page = block.page if isinstance(block, Table) else _page_of(block.places)
    return (page, 0) if page else (0, number + 1 if isinstance(block, Table) else 0)


def _page_of(places: Iterable[Place]) -> int:
    return next((place.page for place in places if place.page), 0)


def _sheet(blocks: list[Table | FreeText]) -> Sheet:
    page = _group(0, blocks[0])[0]
    cells = tuple(_cells(blocks))
    boxes = [cell.box for cell in cells if cell.box]
    right, bottom = (max((box[edge] for box in boxes), default=0) for edge in (2, 3))
    return Sheet(page, right + _MARGIN if page else 0, bottom + _MARGIN if page else 0, b"", cells)


def _cells(blocks: Iterable[Table | FreeText]) -> Iterator[ShownCell]:
    row = 0
    for block in blocks:
        if isinstance(block, FreeText):
            yield ShownCell(row, 0, 1, 1, block.text, _box(block.places), tuple(map(_spot, block.places)))
            row += 1
            continue
        for cell in block.cells:
            spots = tuple(map(_spot, cell.places))
            yield ShownCell(
                row + cell.row, cell.column, cell.row_span, cell.column_span, cell.text, _box(cell.places), spots
            )
        row += max((cell.row + cell.row_span for cell in block.cells), default=0)


def _box(places: Iterable[Place]) -> Box | None:
    """The first box on a page as displayed, in hundredths of a point."""
    box = next((place.box for place in places if place.box), None)
    if box is None:
        return None
    left, top, right, bottom = (int(edge.scaleb(2)) for edge in box)
    return left, top, right, bottom


def _spot(place: Place) -> str:
    return place.cell or (str(place.line) if place.line is not None else "")
