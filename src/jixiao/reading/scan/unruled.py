"""A page on which no rules were found: its lines as letters with places, read as any page without rules is.

Nothing of it is certain: columns are guessed from white space, so confidence is capped, and a sentence says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.form import Place
from jixiao.layout.grid import Box, FreeText, Table
from jixiao.reading.glyphs import Glyph, is_cjk
from jixiao.reading.page import PageBlocks, PageContent, read_page
from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.strips import Strip
from jixiao.reading.scan.typeset import Sign

MOST_TRUST = Decimal("0.8")

Read = tuple[Strip, Sequence[Sign], Decimal]
"""A strip, its letters with widths told, and how sure they are."""


def read_unruled(flat: FlatPage, file: str, read: Sequence[Read]) -> PageBlocks:
    """The tables and lines that letters alone tell.

    Args:
        flat: the page.
        file: the file's label, for places.
        read: every strip of the page.
    """
    boxes = [(_box(strip, flat.scale), trust) for strip, _, trust in read]
    content = PageContent(flat.number, [glyph for one in read for glyph in _glyphs(*one[:2], flat.scale)])
    blocks = tuple(_doubted(block, flat, boxes) for block in read_page(content, file).blocks)
    return PageBlocks(blocks, (_said(flat.number),))


def _glyphs(strip: Strip, signs: Sequence[Sign], scale: float) -> Iterator[Glyph]:
    """The letters of a strip with their boxes in hundredths of a point."""
    top, bottom = strip.box.top, max(strip.box.bottom, strip.box.top + round(0.6 * strip.em))
    start = strip.box.left - strip.runs[0][0]
    for number, sign in enumerate(signs):
        if sign.text == " ":
            continue
        half = (0.48 if is_cjk(sign.text) else 0.25) * strip.em
        edges = (start + sign.middle - half, top, start + sign.middle + half, bottom)
        left, upper, right, lower = (round(edge * 100 / scale) for edge in edges)
        yield left, upper, right, lower, sign.text, number > 0 and signs[number - 1].text == " "


def _doubted(block: Table | FreeText, flat: FlatPage, boxes: Sequence[tuple[Box, Decimal]]) -> Table | FreeText:
    if isinstance(block, FreeText):
        return replace(block, places=_places(block.places, flat, boxes))
    cells = tuple(replace(cell, places=_places(cell.places, flat, boxes)) for cell in block.cells)
    return replace(block, cells=cells)


def _places(places: Sequence[Place], flat: FlatPage, boxes: Sequence[tuple[Box, Decimal]]) -> tuple[Place, ...]:
    """Places on the picture as displayed, as sure as the least sure strip in them and never quite."""
    from msgspec.structs import replace as changed

    moved = []
    for place in places:
        box = _hundredths(place)
        trust = min((trust for other, trust in boxes if _meet(box, other)), default=MOST_TRUST)
        left, top, right, bottom = (Decimal(edge).scaleb(-2) for edge in flat.back(box))
        confidence = min(place.confidence, trust, MOST_TRUST)
        moved.append(changed(place, box=(left, top, right, bottom), confidence=confidence))
    return tuple(moved)


def _hundredths(place: Place) -> Box:
    left, top, right, bottom = (int(edge.scaleb(2)) for edge in place.box or (Decimal(0),) * 4)
    return left, top, right, bottom


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(strip: Strip, scale: float) -> Box:
    left, top, right, bottom = (round(edge * 100 / scale) for edge in strip.box)
    return left, top, right, bottom


def _said(page: int) -> str:
    return (
        f"第 {page} 页的图像中没有找到表格线，按文字的位置推断表格，可信度不超过 {MOST_TRUST}；请核对原件。"
        f"Page {page}: no ruled table was found on the picture; its columns were guessed from where the text stands, "
        f"with a confidence of at most {MOST_TRUST}. Check it against the original."
    )
