"""Draw JixiaoSigns.ttf: signs that forms print and Noto Serif SC lacks: tick boxes, ≒, raised and lowered figures.

The figures are those of Noto Serif SC, made smaller; so the font is under the SIL Open Font License, too.
"""

from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "src" / "jixiao" / "writing" / "paper" / "fonts" / "JixiaoSigns.ttf"
EM = 1000
MADE = 3_850_000_000
"""When, in seconds since 1904: the file has no clock."""
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
SMALL = 60
"""A note's size, in hundredths."""
BOX = ((80, -40, 920, 800), (130, 10, 870, 750))
TICK = ((230, 400), (290, 450), (420, 290), (720, 680), (790, 630), (425, 170))
CROSS = (
    ((250, 630), (300, 680), (750, 180), (700, 130)), ((250, 180), (700, 680), (750, 630), (300, 130)),
)  # fmt: skip


def polygon(pen: Any, points: tuple[tuple[int, int], ...]) -> None:
    """One closed outline."""
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def near(pen: Any) -> None:
    """The sign ≒: two bars between two dots."""
    for low in (250, 440):
        polygon(pen, ((100, low), (100, low + 60), (900, low + 60), (900, low)))
    for left, low in ((130, 610), (770, 40)):
        polygon(pen, ((left, low), (left, low + 100), (left + 100, low + 100), (left + 100, low)))


def box(pen: Any) -> None:
    """An empty box."""
    (left, low, right, high), (inner_left, inner_low, inner_right, inner_high) = BOX
    polygon(pen, ((left, low), (left, high), (right, high), (right, low)))
    polygon(
        pen, ((inner_left, inner_low), (inner_right, inner_low), (inner_right, inner_high), (inner_left, inner_high))
    )


def boxed(signs: tuple[tuple[tuple[int, int], ...], ...]) -> Any:
    """A box with signs in it."""
    pen = TTGlyphPen(None)
    box(pen)
    for points in signs:
        polygon(pen, points)
    return pen.glyph()


def figure(font: TTFont, letter: str, rise: int) -> tuple[Any, int]:
    """A small figure, and its width."""
    name = font.getBestCmap()[ord(letter)]
    pen = TTGlyphPen(None)
    shape = TransformPen(Cu2QuPen(pen, max_err=1, reverse_direction=True), (SMALL / 100, 0, 0, SMALL / 100, 0, rise))
    font.getGlyphSet()[name].draw(shape)
    return pen.glyph(), font["hmtx"][name][0] * SMALL // 100


def main() -> None:
    """Write the font."""
    noto = TTFont(pylopdf_fonts_zh_cn.serif_path())
    glyphs: dict[str, Any] = {".notdef": boxed(()), "space": TTGlyphPen(None).glyph()}
    widths = {".notdef": EM, "space": 224}
    letters = {0x20: "space"}
    for letter, signs in (("☐", ()), ("☑", (TICK,)), ("☒", CROSS)):
        name = f"uni{ord(letter):04X}"
        glyphs[name], widths[name], letters[ord(letter)] = boxed(signs), EM, name
    pen = TTGlyphPen(None)
    near(pen)
    glyphs["uni2252"], widths["uni2252"], letters[0x2252] = pen.glyph(), EM, "uni2252"
    for small, rise in ((RAISED, 330), (LOWERED, -130)):
        for letter, of in small.items():
            name = f"uni{ord(letter):04X}"
            letters[ord(letter)] = name
            glyphs[name], widths[name] = figure(noto, of, rise)
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(letters)
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (width, glyphs[name].xMin if hasattr(glyphs[name], "xMin") else 0)
                                 for name, width in widths.items()})  # fmt: skip
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({
        "familyName": "Jixiao Signs", "styleName": "Regular", "psName": "JixiaoSigns-Regular",
        "copyright": "Figures after Noto Serif SC, (c) 2017-2024 Adobe; signs by the Jixiao authors",
        "licenseDescription": "SIL Open Font License, Version 1.1", "licenseInfoURL": "http://scripts.sil.org/OFL",
    })  # fmt: skip
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = MADE
    font.font.recalcTimestamp = False
    OUT.parent.mkdir(exist_ok=True)
    font.save(OUT)


if __name__ == "__main__":
    main()
