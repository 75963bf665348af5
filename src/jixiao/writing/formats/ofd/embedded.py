"""What of a font is embedded in a document: one TrueType file with just the letters that the document uses."""

from io import BytesIO
from struct import pack
from typing import Final

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from jixiao.writing.formats.ofd.shapes import Shape, Shapes

_LONG_PLACES: Final = 1
_SMALLEST: Final = 6
"""The least size in pixels at which the letters can be read."""
_BASIC: Final = 0xFFFF
_ENDS: Final = 64
"""Where the table OS/2 says the first and the last code."""


def truetype(shapes: Shapes, letters: str) -> bytes:
    """A TrueType file of some letters of a font.

    Args:
        shapes: the font.
        letters: those wanted, at least one, each once; the first one's glyph has the number 1. Glyph 0 is the box that
            stands for a letter that is not there.
    """
    drawn = [shapes.shape(""), *(shapes.shape(letter) for letter in letters)]
    font = TTFont(recalcBBoxes=False, recalcTimestamp=False)
    font.setGlyphOrder([".notdef", *(f"g{number}" for number in range(1, len(drawn)))])
    _place_outlines(font, drawn)
    _measure(font, shapes, drawn)
    _describe(font, shapes, letters)
    _number(font, letters)
    out = BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _raw(font: TTFont, tag: str, data: bytes) -> None:
    table = DefaultTable(tag)
    table.data = data
    font[tag] = table


def _place_outlines(font: TTFont, drawn: list[Shape]) -> None:
    """The outlines one after another, and where each begins."""
    places, parts, at = [0], [], 0
    for shape in drawn:
        padded = shape.data + b"\0" * (-len(shape.data) % 4)
        parts.append(padded)
        at += len(padded)
        places.append(at)
    _raw(font, "glyf", b"".join(parts))
    _raw(font, "loca", pack(f">{len(places)}L", *places))
    _raw(font, "hmtx", b"".join(pack(">Hh", shape.advance, shape.left) for shape in drawn))
    highest = max(shape.points for shape in drawn), max(shape.contours for shape in drawn)
    # maxp 1.0: no composite glyph, no instruction, two zones as every TrueType font has
    _raw(font, "maxp", pack(">L14H", 0x10000, len(drawn), *highest, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0))


def _measure(font: TTFont, shapes: Shapes, drawn: list[Shape]) -> None:
    inked = [shape for shape in drawn if shape.data] or drawn
    left, bottom = min(shape.left for shape in inked), min(shape.bottom for shape in inked)
    right, top = max(shape.right for shape in inked), max(shape.top for shape in inked)
    head = pack(
        ">4L2H2Q4h2H3h", 0x10000, shapes.revision, 0, 0x5F0F3CF5, 3, shapes.em, shapes.made, shapes.changed,
        left, bottom, right, top, shapes.style, _SMALLEST, 2, _LONG_PLACES, 0,
    )  # fmt: skip
    _raw(font, "head", head)
    widest = max(shape.advance for shape in drawn)
    least = min(shape.advance - shape.right for shape in drawn)
    ascent, descent = shapes.ascent, shapes.descent
    # upright letters: the slope of the caret is 1 to 0
    hhea = pack(">L3hH11hH", 0x10000, ascent, descent, 0, widest, left, least, right, 1, *(0,) * 7, len(drawn))
    _raw(font, "hhea", hhea)


def _describe(font: TTFont, shapes: Shapes, letters: str) -> None:
    """What the font is called, by whom it is and under which licence, and what it looks like: as its file says."""
    names = newTable("name")
    names.names = []
    for number, text in shapes.names.items():
        names.setName(text, number, 3, 1, 0x409)
    font["name"] = names
    ends = [min(ord(letter), _BASIC) for letter in (min(letters), max(letters))]
    _raw(font, "OS/2", shapes.looks[:_ENDS] + pack(">2H", *ends) + shapes.looks[_ENDS + 4 :])
    # post 3: glyphs have no names; upright, an underline an eighth of an em below
    _raw(font, "post", pack(">2L2h5L", 0x30000, 0, -(shapes.em // 8), shapes.em // 20, 0, 0, 0, 0, 0))


def _number(font: TTFont, letters: str) -> None:
    """Which glyph a letter's code means: in the table that every program knows; rare letters in the long one too."""
    glyphs = {ord(letter): f"g{number}" for number, letter in enumerate(letters, 1)}
    kinds = [(4, 1, {code: name for code, name in glyphs.items() if code <= _BASIC})]
    if ord(max(letters)) > _BASIC:
        kinds.append((12, 10, glyphs))
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, []
    for kind, encoding, codes in kinds:
        part = CmapSubtable.newSubtable(kind)
        part.platformID, part.platEncID, part.language, part.cmap = 3, encoding, 0, codes
        table.tables.append(part)
    font["cmap"] = table
