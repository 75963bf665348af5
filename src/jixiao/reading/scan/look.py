"""Looking at pages: those that a document's letters do not tell are drawn, and read by eyes from the picture.

Only a child with eyes imports this.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from jixiao.layout.grid import Box, FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.errors import Unreadable
from jixiao.reading.eyes import Eyes
from jixiao.reading.formats import docx, ofd
from jixiao.reading.formats.pdf import opened
from jixiao.reading.formats.pdf_picture import render_page
from jixiao.reading.limits import Limits
from jixiao.reading.page import PageBlocks
from jixiao.reading.scan.picture import Picture, pictures_of

_RESOLUTIONS = (200, 150, 100, 72)
_POINTS_PER_INCH = 72


def look_at_pdf(grid: Grid, data: bytes, file: str, eyes: Eyes, limits: Limits) -> Grid:
    """A PDF's grid with the pages that have to be looked at.

    Args:
        grid: what its letters tell; the pages to look at are named in it.
        data: the whole file.
        file: its label, for places.
        eyes: read a picture.
        limits: the most pixels of a picture.
    """
    if not grid.eyes:
        return grid
    with opened(data, file) as document:

        def picture(number: int) -> Picture:
            return _drawn(document, number, file, limits.pixels)

        return with_pages(grid, _looks(grid.eyes, picture, file, eyes))


def look_at_ofd(grid: Grid, data: bytes, file: str, eyes: Eyes, limits: Limits) -> Grid:
    """An OFD's grid with the pages that have to be looked at; as `look_at_pdf`, of its largest picture on each page."""

    def picture(number: int) -> Picture:
        placed = max(ofd.pictures_of(data, file, number, limits), key=lambda one: _area(one.box), default=None)
        if placed is None:
            zh, en = f"第 {number} 页上没有可读的图像", f"page {number} holds no picture that can be read"
            raise errors.damaged(file, "OFD", zh, en)
        return _on_page(next(pictures_of(placed.data, file, limits)), placed.box, number)

    return with_pages(grid, _looks(grid.eyes, picture, file, eyes))


def look_at_docx(grid: Grid, data: bytes, file: str, eyes: Eyes, limits: Limits) -> Grid:
    """A document of pictures without a word; as `look_at_pdf`, each picture a page."""
    if not grid.eyes:
        return grid

    def picture(number: int) -> Picture:
        return replace(next(pictures_of(docx.picture_of(data, file, number, limits), file, limits)), number=number)

    return with_pages(grid, _looks(grid.eyes, picture, file, eyes))


def look_at_picture(data: bytes, file: str, eyes: Eyes, limits: Limits) -> Grid:
    """A PNG, JPEG or TIFF: each of its pictures a page.

    Raises:
        Unreadable: it is damaged, or holds more than it may.
    """
    pages = ((picture.number, eyes.read(picture, file)) for picture in pictures_of(data, file, limits))
    return with_pages(Grid(()), pages)


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _on_page(picture: Picture, box: Box, number: int) -> Picture:
    """A picture as it stands on a page: with white above and to its left, so that its places are those of the page."""
    height, width = picture.pixels.shape[:2]
    across = width * 100 / max(box[2] - box[0], 1)
    down = height * 100 / max(box[3] - box[1], 1)
    left, top = (max(0, round(at * per / 100)) for at, per in ((box[0], across), (box[1], down)))
    if left > width or top > height:
        left = top = 0
    around = ((top, 0), (left, 0), (0, 0))[: picture.pixels.ndim]
    return Picture(np.pad(picture.pixels, around, constant_values=255), across, down, number)


def with_pages(grid: Grid, seen: Iterable[tuple[int, PageBlocks]]) -> Grid:
    """A grid with further pages, each put where its number says."""
    pages: dict[int, list[Table | FreeText]] = {}
    for block in grid.blocks:
        pages.setdefault(_page_of(block), []).append(block)
    losses, doubted = list(grid.losses), []
    for number, page in seen:
        pages[number] = list(page.blocks)
        losses.extend(page.losses)
        doubted += [number] if page.doubted else []
    blocks = tuple(block for number in sorted(pages) for block in pages[number])
    return Grid(blocks, tuple(losses), doubted=tuple(doubted), attached=grid.attached)


def _looks(
    numbers: Iterable[int], picture: Callable[[int], Picture], file: str, eyes: Eyes
) -> Iterator[tuple[int, PageBlocks]]:
    """Each page as the eyes read it; one that cannot be drawn is a loss of its own, and costs no other."""
    for number in numbers:
        try:
            yield number, eyes.read(picture(number), file)
        except Unreadable as refusal:
            yield number, PageBlocks((), (f"{refusal.zh}{refusal.en}",))


def _drawn(document: int, number: int, file: str, most: int) -> Picture:
    """A page at the finest resolution that keeps within the most pixels.

    Raises:
        Unreadable: it cannot be opened, or is too large at any resolution.
    """
    for dpi in _RESOLUTIONS:
        try:
            drawn = render_page(document, number - 1, dpi, file=file, most=most)
        except Unreadable as refusal:
            if refusal.code != "too_large" or dpi == _RESOLUTIONS[-1]:
                raise
            continue
        pixels = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height, drawn.width, drawn.channels)
        return Picture(pixels, dpi / _POINTS_PER_INCH, dpi / _POINTS_PER_INCH, number)
    raise AssertionError("the last resolution either draws or raises")


def _page_of(block: Table | FreeText) -> int:
    if isinstance(block, Table):
        return block.page
    return (block.places[0].page or 0) if block.places else 0
