"""Letters of a font as TrueType outlines, drawn once and kept: what of a font is embedded is put together of them.

TrueType is what every reader of OFD shows; the open Chinese fonts draw with cubic curves (CFF). So every outline is
redrawn with quadratic curves, off by one unit of the font at most.
"""

from decimal import Decimal
from functools import lru_cache
from struct import pack, unpack_from
from typing import Any, Final

import uharfbuzz as hb
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from msgspec import Struct

from jixiao.writing.paper.faces import JOINER, Typeface

_FURTHEST: Final = 1
"""How far a redrawn curve may be off, in units of the font."""
_HEAVIER: Final = 3
"""How much thicker the strokes of a title are drawn where its font is not bold, in hundredths of the size."""
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

    def __init__(self, typeface: Typeface, *, heavy: bool) -> None:
        """Take a font; `heavy` to draw it with thicker strokes."""
        self._typeface = typeface
        self._font: Any = typeface.font
        face = self._font.face
        self._down = 0
        if heavy:
            self._font = hb.Font(face)
            share = Decimal(_HEAVIER).scaleb(-2)
            self._font.synthetic_bold = (share, share, True)
            self._down = face.upem * _HEAVIER // 200  # it grows upwards only
        self._turned = not face.reference_table("glyf").data
        self._drawn: dict[int, Shape] = {}
        self.em: int = face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = extents.descender
        self.names = _names(face)
        if heavy:
            self.names |= {2: "Bold", 4: f"{self.names.get(4, '')} Bold", 6: f"{self.names.get(6, '')}-Bold"}
        head: bytes = face.reference_table("head").data
        (self.revision,) = unpack_from(">L", head, _REVISION)
        self.made, self.changed = unpack_from(">2Q", head, _BEGUN)
        (style,) = unpack_from(">H", head, _STYLE)
        self.style = style | heavy
        self.looks: bytes = face.reference_table("OS/2").data or _PLAIN

    @property
    def called(self) -> str:
        """The font's whole name."""
        return self.names.get(4, self.names.get(1, ""))

    def advance(self, letter: str) -> int:
        """How far a letter takes the line on, in units of the font."""
        return int(self._font.get_glyph_h_advance(self._glyph(letter)))

    def shape(self, letter: str) -> Shape:
        """A letter's outline; of none, or one that the font has not, the box that stands for it."""
        if letter == JOINER:
            return _NOTHING
        glyph = self._glyph(letter) if letter else 0
        shape = self._drawn.get(glyph)
        if shape is None:
            shape = self._drawn[glyph] = self._draw(glyph)
        return shape

    def _glyph(self, letter: str) -> int:
        """The glyph of a letter; a blank that the font has not is its plain one."""
        return self._typeface.glyph(letter) or (self._typeface.glyph(" ") if letter.isspace() else 0)

    def _draw(self, number: int) -> Shape:
        pen = TTGlyphPen(None)
        curved = Cu2QuPen(pen, _FURTHEST, reverse_direction=self._turned)
        self._font.draw_glyph_with_pen(number, TransformPen(curved, (1, 0, 0, 1, 0, -self._down)))
        glyph = pen.glyph()
        advance = int(self._font.get_glyph_h_advance(number))
        if not glyph.numberOfContours:
            return Shape(b"", advance)
        data = glyph.compile(None)
        box = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
        return Shape(data, advance, *box, points=glyph.endPtsOfContours[-1] + 1, contours=glyph.numberOfContours)


_PLAIN: Final = pack(">HhHH70x", 0, 500, 400, 5)
"""The table OS/2 of a font that has none, as old ones do: regular, of medium width, free to be embedded."""
_NOTHING: Final = Shape(b"", 0)


def _names(face: Any) -> dict[int, str]:
    """The records told, in English where there is English, else in the first language there is."""
    found: dict[int, str] = {}
    for record in sorted(face.list_names(), key=lambda record: record.language != "en"):
        if record.name_id in _TOLD and record.name_id not in found:
            found[record.name_id] = face.get_name(record.name_id, record.language) or ""
    return {number: found[number] for number in _TOLD if found.get(number)}


@lru_cache(maxsize=_KNOWN)
def shapes_of(typeface: Typeface, *, heavy: bool = False) -> Shapes:
    """The letters of a font, drawn once each while the program runs; `heavy` with thicker strokes."""
    return Shapes(typeface, heavy=heavy)
