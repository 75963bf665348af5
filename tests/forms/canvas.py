"""PDF pages drawn operator by operator, in a font made for them: every letter is a box with its code. For tests only.

The font is embedded, so no machine's fonts matter; a Chinese letter is one em wide, any other half of one.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
ASCENT, DESCENT = 880, -120


def is_wide(letter: str) -> bool:
    """Whether a letter is as wide as high."""
    return letter >= "\u2010"


def width(words: str, size: float) -> float:
    """The width of words in points."""
    return sum(size if is_wide(letter) else size / 2 for letter in words)


@dataclass(slots=True)
class Page:
    """One page; positions are in points from its upper left corner, text by the top of its line."""

    wide: float = 595
    high: float = 842
    entries: str = ""
    content: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    def draw(self, operators: str) -> None:
        """Add operators."""
        self.content.append(operators)

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5) -> None:
        """A stroked line."""
        self.draw(f"{weight} w {x0:.2f} {self.high - y0:.2f} m {x1:.2f} {self.high - y1:.2f} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A filled box."""
        self.draw(f"{x0:.2f} {self.high - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f")


@dataclass(slots=True)
class Document:
    """Pages, and the letters they use.

    Attributes:
        coded: whether the file tells the letters of its glyphs.
        drawn: whether each letter is a drawing of the page's (a Type 3 font), at most 250 different ones.
    """

    pages: list[Page] = field(default_factory=list)
    coded: bool = True
    drawn: bool = False
    catalog: str = ""
    properties: str = ""
    letters: dict[str, int] = field(default_factory=dict)

    def page(self, wide: float = 595, high: float = 842, entries: str = "") -> Page:
        """A new page at the end."""
        self.pages.append(Page(wide, high, entries))
        return self.pages[-1]

    def code(self, words: str) -> str:
        """Words as the operand of Tj."""
        numbers = [self.letters.setdefault(letter, len(self.letters) + 1) for letter in words]
        return "".join(f"{number:02x}" if self.drawn else f"{number:04x}" for number in numbers)

    def text(self, page: Page, x: float, top: float, words: str, size: float = 9, *, turn: str = "1 0 0 1") -> None:
        """Words whose line begins at a point."""
        base = page.high - top - size * ASCENT / EM
        page.draw(f"BT /F1 {size} Tf {turn} {x:.2f} {base:.2f} Tm <{self.code(words)}> Tj ET")

    def data(self) -> bytes:
        """The file."""
        objects: list[bytes] = [b"", b""]

        def add(body: str | bytes) -> int:
            objects.append(body.encode("latin-1") if isinstance(body, str) else body)
            return len(objects)

        font = self._type3(add) if self.drawn else self._type0(add)
        kids, fields = [], []
        for page in self.pages:
            content = add(_stream("\n".join(page.content).encode("latin-1")))
            notes = [add(each) for each in page.annotations]
            fields += [number for number, body in zip(notes, page.annotations, strict=True) if "/Widget" in body]
            annots = f"/Annots [{' '.join(f'{number} 0 R' for number in notes)}]" if notes else ""
            kids.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.wide} {page.high}] {page.entries} {annots}"
                    f" /Contents {content} 0 R"
                    f" /Resources << /Font << /F1 {font} 0 R >> /Properties << {self.properties} >> >> >>"
                )
            )
        form = f"/AcroForm << /Fields [{' '.join(f'{n} 0 R' for n in fields)}] >>" if fields else ""
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R {form} {self.catalog} >>".encode()
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
        return _assemble(objects)

    def _type0(self, add: Any) -> int:
        file = add(_stream(_font(list(self.letters)), f"/Length1 {len(self.letters)}"))
        widths = " ".join(str(EM if is_wide(letter) else EM // 2) for letter in self.letters)
        map_ = f"/ToUnicode {add(_stream(_to_unicode(self.letters, 4)))} 0 R" if self.coded else ""
        descriptor = add(
            "<< /Type /FontDescriptor /FontName /AAAAAA+Box /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
            f" /Ascent {ASCENT} /Descent {DESCENT} /CapHeight 880 /StemV 80 /FontFile2 {file} 0 R >>"
        )
        return int(
            add(
                "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Box /Encoding /Identity-H"
                f" {map_} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Box"
                " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity"
                f" /DW 1000 /W [1 [{widths}]] /FontDescriptor {descriptor} 0 R >>] >>"
            )
        )

    def _type3(self, add: Any) -> int:
        procs, names, widths = [], [], []
        for number, letter in enumerate(self.letters, 1):
            advance = EM if is_wide(letter) else EM // 2
            ink = f"60 -60 {advance - 120} 900 re f" if letter != " " else ""
            procs.append(f"/g{number} {add(_stream(f'{advance} 0 60 -60 {advance - 60} 840 d1 {ink}'.encode()))} 0 R")
            names.append(f"/g{number}")
            widths.append(str(advance))
        unicode = add(_stream(_to_unicode(self.letters, 2)))
        return int(
            add(
                "<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [0.001 0 0 0.001 0 0]"
                f" /CharProcs << {' '.join(procs)} >> /Encoding << /Type /Encoding /Differences [1 {' '.join(names)}]"
                f" >> /FirstChar 1 /LastChar {len(names)} /Widths [{' '.join(widths)}] /ToUnicode {unicode} 0 R"
                " /Resources << >> >>"
            )
        )


def _font(letters: Sequence[str]) -> bytes:
    """A TrueType font whose every glyph is a box; glyph 1 is the first letter."""
    names = [".notdef", *(f"g{number}" for number in range(1, len(letters) + 1))]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names[1:], strict=True)})
    glyphs, metrics = {}, {}
    for name, letter in zip(names, [" ", *letters], strict=True):
        advance = EM if is_wide(letter) else EM // 2
        glyphs[name] = _box_glyph(advance, blank=letter == " ")
        metrics[name] = (advance, 60)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular"})
    builder.setupPost()
    file = io.BytesIO()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(file)
    return file.getvalue()


def _box_glyph(advance: int, *, blank: bool) -> Any:
    pen = TTGlyphPen(None)
    if not blank:
        pen.moveTo((60, -60))
        for point in ((60, 840), (advance - 60, 840), (advance - 60, -60)):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def _to_unicode(letters: dict[str, int], digits: int) -> bytes:
    pairs = [f"<{number:0{digits}x}> <{letter.encode('utf-16-be').hex()}>" for letter, number in letters.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    limits = f"<{'0' * digits}> <{'f' * digits}>"
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange {limits} endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _assemble(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table.encode() + end.encode()
