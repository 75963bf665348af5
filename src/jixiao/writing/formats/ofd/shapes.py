"""Letters of a font as TrueType outlines, drawn once and kept: what of a font is embedded is put together of them.

Readers of OFD show TrueType; the open Chinese fonts draw with cubic curves (CFF), which some readers cannot. So every
outline is redrawn with quadratic curves, off by one unit of the font at most.
"""

from functools import lru_cache
from struct import unpack_from
from typing import Any, Final

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from msgspec import Struct

from jixiao.writing.paper.faces import JOINER, Typeface

_FURTHEST: Final = 1
"""How far a redrawn curve may be off, in units of the font."""
_TOLD: Final = (0, 1, 2, 4, 5, 6, 7, 8, 13, 14)
"""Naming records that go with a font's letters: copyright, family, maker, licence."""
_KNOWN: Final = 8
_REVISION, _BEGUN, _STYLE = 4, 20, 44
"""Where the table head says a font's revision, when it was made and changed, and whether it is bold or slanted."""


class Shape(Struct, frozen=True):
    """One letter's outline.

    Attributes:
        data: the glyph as TrueType holds it; empty for a blank.
        advance: how far it takes the line on, in units of the font.
        left, bottom, right, top: its box.
        points, contours: how many it has.
    """

    data: bytes
    advance: int
    left: int = 0
    bottom: int = 0
    right: int = 0
    top: int = 0
    points: int = 0
    contours: int = 0


class Shapes:
    """The letters of one font.

    Attributes:
        em: units of the font to its size.
        ascent, descent: of a line, in those units; the descent is below 0.
        names: its naming records that go with it, by number.
        revision, made, changed, style: as its table head says.
        looks: its table OS/2: weight, width, what may be embedded.
    """

    def __init__(self, typeface: Typeface) -> None:
        """Take a font."""
        self._typeface = typeface
        self._font: Any = typeface.font
        face = self._font.face
        self._turned = not face.reference_table("glyf").data
        self._drawn: dict[int, Shape] = {}
        self.em: int = face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = extents.descender
        self.names = _names(face)
        head: bytes = face.reference_table("head").data
        (self.revision,) = unpack_from(">L", head, _REVISION)
        self.made, self.changed = unpack_from(">2Q", head, _BEGUN)
        (self.style,) = unpack_from(">H", head, _STYLE)
        self.looks: bytes = face.reference_table("OS/2").data

    def advance(self, letter: str) -> int:
        """How far a letter takes the line on, in units of the font."""
        return int(self._font.get_glyph_h_advance(self._typeface.glyph(letter)))

    def shape(self, letter: str) -> Shape:
        """A letter's outline; of none, or one that the font has not, the box that stands for it."""
        if letter == JOINER:
            return _NOTHING
        glyph = self._typeface.glyph(letter) if letter else 0
        shape = self._drawn.get(glyph)
        if shape is None:
            shape = self._drawn[glyph] = self._draw(glyph)
        return shape

    def _draw(self, number: int) -> Shape:
        pen = TTGlyphPen(None)
        self._font.draw_glyph_with_pen(number, Cu2QuPen(pen, _FURTHEST, reverse_direction=self._turned))
        glyph = pen.glyph()
        advance = int(self._font.get_glyph_h_advance(number))
        if not glyph.numberOfContours:
            return Shape(b"", advance)
        data = glyph.compile(None)
        box = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
        return Shape(data, advance, *box, points=glyph.endPtsOfContours[-1] + 1, contours=glyph.numberOfContours)


_NOTHING: Final = Shape(b"", 0)


def _names(face: Any) -> dict[int, str]:
    """The records told, in English where there is English, else in the first language there is."""
    found: dict[int, str] = {}
    for record in sorted(face.list_names(), key=lambda record: record.language != "en"):
        if record.name_id in _TOLD and record.name_id not in found:
            found[record.name_id] = face.get_name(record.name_id, record.language) or ""
    return {number: found[number] for number in _TOLD if found.get(number)}


@lru_cache(maxsize=_KNOWN)
def shapes_of(typeface: Typeface) -> Shapes:
    """The letters of a font, drawn once each while the program runs."""
    return Shapes(typeface)
