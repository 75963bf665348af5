"""Sheets to OFD (GB/T 33190-2016) by a writer of our own, in the dialects that real producers write."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from io import BytesIO
from itertools import count, pairwise
from typing import Any, Literal
from xml.sax.saxutils import escape

from forms.dice import Dice
from forms.fpdf_pdf import MM, PAD, Block, Breaks, _end, _lines_at, _pieces, _row_tops
from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Style

STANDARD, OLD = "http://www.ofdspec.org/2016", "http://www.ofdspec.org"
A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a producer writes what the standard lets it choose.

    Attributes:
        advances: one DeltaX a glyph, runs as "g count advance", or one TextObject a glyph.
        text_scale: text in units of a point (CTM 0.3528) or in millimetres (no CTM).
        rules: each rule a line, a filled thin box, or the cell's outline as one path.
        template: the rules stand in a template page.
        composite: the rules stand in a vector graphic unit of the resources.
        absolute: paths begin at the root of the container.
        namespace: of the standard, of older programs, or the default one without a prefix.
        glyphs: whether glyph numbers (CGTransform) stand beside the text.
        blocks: whether objects stand in page blocks.
    """

    advances: Literal["each", "repeat", "single"] = "each"
    text_scale: Literal["mm", "point"] = "mm"
    rules: Literal["lines", "boxes", "outlines"] = "lines"
    template: bool = False
    composite: bool = False
    absolute: bool = False
    namespace: Literal["standard", "old", "bare"] = "standard"
    glyphs: bool = False
    blocks: bool = False


_CHOICES: dict[str, tuple[Any, ...]] = {
    "advances": ("each", "repeat", "single"),
    "text_scale": ("mm", "point"),
    "rules": ("lines", "boxes", "outlines"),
    "namespace": ("standard", "standard", "old", "bare"),
}


def some_dialect(seed: int) -> Dialect:
    """A dialect by chance, always the same for a seed."""
    dice = Dice(f"ofd:{seed}")
    chosen = {each.name: dice.choice(_CHOICES.get(each.name, (False, True))) for each in fields(Dialect)}
    return Dialect(**chosen)


@dataclass(slots=True)
class Page:
    """What stands on one page, in points: rules as boxes (left, top, right, bottom), lines of text with base line."""

    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    texts: list[tuple[float, float, str, float]] = field(default_factory=list)


def ofd(sheets: Sequence[Sheet], style: Style, dialect: Dialect | None = None, breaks: Breaks = "rows") -> bytes:
    """One document of several sheets, each beginning on a page of its own.

    Args:
        sheets: the forms laid out.
        style: size of text, margin, page numbers, repeated headers.
        dialect: how it is written; the plainest if left out.
        breaks: pages end between rows, or wherever a line no longer fits.
    """
    height = (A4[0] if style.landscape else A4[1]) * MM
    pages = [page for sheet in sheets for page in _paged(sheet, style, height, breaks)]
    if style.numbered:
        for number, page in enumerate(pages, 1):
            page.texts.append((15 * MM + style.width * MM / 2, height - 20, f"第{number}页", 8.0))
    return _Writer(dialect or Dialect(), style).document(pages)


def width_of(text: str, size: float) -> float:
    """The width of a text as a Chinese font sets it: squares, ASCII half as wide, a per cent sign a little less."""
    return sum(size * (0.85 if letter == "%" else 0.5 if letter.isascii() else 1) for letter in text)


def _paged(sheet: Sheet, style: Style, height: float, breaks: Breaks) -> Iterator[Page]:
    """The pages of one sheet, as the paginator of `fpdf_pdf` cuts them."""
    leading = style.size * 1.35
    blocks = [Block(cell, _wrapped(cell, style.size)) for cell in sheet.cells]
    tops = _row_tops(blocks, sheet.rows, leading)
    for block in blocks:
        block.top, block.bottom = tops[block.cell.row], tops[block.cell.row + block.cell.row_span]
    page, y, start = Page(), style.top * MM, 0.0
    for line in sheet.lines:
        page.texts.append(
            (15 * MM + (style.width * MM - width_of(line, style.size)) / 2, y + leading, line, style.size)
        )
        y += leading * 1.6
    head = tops[sheet.header[0]], tops[sheet.header[1]]
    last = tops[max((cell.row + cell.row_span for cell in sheet.cells if cell.row < sheet.header[1]), default=0)]
    while start < tops[-1] - 0.01:
        if style.repeats and head[1] < start < last:
            for block in [each for each in blocks if sheet.header[0] <= each.cell.row < sheet.header[1]]:
                _paint(page, block, *head, y=y, style=style)
            y += head[1] - head[0]
        end = _end(tops, start, start + height - 40 - y, leading=leading, breaks=breaks)
        for block in blocks:
            _paint(page, block, start, end, y=y, style=style)
        y, start = y + end - start, end
        if start < tops[-1] - 0.01:
            yield page
            page, y = Page(), style.top * MM
    for line in sheet.notes:
        page.texts.append((15 * MM, y + leading, line, float(style.size)))
    yield page


def _paint(page: Page, block: Block, start: float, end: float, *, y: float, style: Style) -> None:
    """The part of a cell between two heights of the form: its outline, and the lines whose middle lies there."""
    leading = style.size * 1.35
    top, bottom = max(block.top, start), min(block.bottom, end)
    if bottom - top < 0.01:
        return
    left, right = 15 * MM + block.cell.left * MM, 15 * MM + block.cell.right * MM
    page.boxes.append((left, y + top - start, right, y + bottom - start))
    for at, line in _lines_at(block, leading, middle=style.middle):
        if start <= at + leading / 2 < end:
            here = min(max(at, start), end - leading) - start + y
            inset = PAD if block.cell.prose else (right - left - width_of(line, style.size)) / 2
            page.texts.append((left + inset, here + style.size, line, float(style.size)))


def _wrapped(cell: SheetCell, size: float) -> list[str]:
    """The cell's text in lines; a word or a number is not broken unless it is wider than the cell."""
    if "\n" in cell.text:
        return [line for part in cell.text.split("\n") for line in _wrapped(replace(cell, text=part), size)]
    room = (cell.right - cell.left) * MM - 2 * PAD
    lines, line = [], ""
    for piece in _pieces(cell.text):
        rest = piece
        if line and width_of(line + rest, size) > room:
            lines.append(line)
            line = ""
        while width_of(rest, size) > room and len(rest) > 1:
            fit = max((end for end in range(1, len(rest)) if width_of(rest[:end], size) <= room), default=1)
            lines.append(rest[:fit])
            rest = rest[fit:]
        line += rest
    return [*lines, line] if line or not lines else lines


class _Writer:
    """Writes pages as the parts of a container, in one dialect."""

    def __init__(self, dialect: Dialect, style: Style) -> None:
        self.dialect, self.style = dialect, style
        self.ids = count(10)
        self.parts: dict[str, str] = {}
        self.units: list[str] = []
        self.prefix = "" if dialect.namespace == "bare" else "ofd:"

    def document(self, pages: Sequence[Page]) -> bytes:
        """The whole container."""
        listed, templates = "", ""
        for number, page in enumerate(pages):
            rules = "".join(self._rules(page))
            texts = "".join(self._texts(page))
            above = ""
            if self.dialect.composite:
                rules = self._composite(rules)
            if self.dialect.template:
                template = next(self.ids)
                path = f"Tpls/Tpl_{number}/Content.xml"
                templates += f'<{self.prefix}TemplatePage ID="{template}" BaseLoc="{self._path(path)}"/>'
                self._part(f"Doc_0/{path}", "Page", self._area() + self._content(rules))
                above, rules = f'<{self.prefix}Template TemplateID="{template}" ZOrder="Background"/>', ""
            path = f"Pages/Page_{number}/Content.xml"
            listed += f'<{self.prefix}Page ID="{next(self.ids)}" BaseLoc="{self._path(path)}"/>'
            self._part(f"Doc_0/{path}", "Page", self._area() + above + self._content(rules + texts))
        self._frame(listed, templates)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _frame(self, pages: str, templates: str) -> None:
        p = self.prefix
        root = f"<{p}DocRoot>{self._path('Doc_0/Document.xml', '')}</{p}DocRoot>"
        self._part("OFD.xml", "OFD", f"<{p}DocBody><{p}DocInfo><{p}DocID>1</{p}DocID></{p}DocInfo>{root}</{p}DocBody>")
        fonts = f'<{p}Fonts><{p}Font ID="1" FontName="宋体" FamilyName="宋体"/></{p}Fonts>'
        units = f"<{p}CompositeGraphicUnits>{''.join(self.units)}</{p}CompositeGraphicUnits>" if self.units else ""
        self._part("Doc_0/PublicRes.xml", "Res", fonts + units)
        common = f"<{p}MaxUnitID>{next(self.ids)}</{p}MaxUnitID><{p}PageArea>{self._box()}</{p}PageArea>"
        common += f"<{p}PublicRes>{self._path('PublicRes.xml')}</{p}PublicRes>{templates}"
        body = f"<{p}CommonData>{common}</{p}CommonData><{p}Pages>{pages}</{p}Pages>"
        self._part("Doc_0/Document.xml", "Document", body)

    def _part(self, name: str, root: str, body: str) -> None:
        namespace = OLD if self.dialect.namespace == "old" else STANDARD
        declared = f'xmlns="{namespace}"' if not self.prefix else f'xmlns:ofd="{namespace}"'
        tag = f"{self.prefix}{root}"
        base = ' BaseLoc="Res"' if root == "Res" else ""
        self.parts[name] = f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} {declared}{base}>{body}</{tag}>'

    def _path(self, path: str, folder: str = "Doc_0/") -> str:
        return f"/{folder}{path}" if self.dialect.absolute else path

    def _box(self) -> str:
        width, height = (A4[1], A4[0]) if self.style.landscape else A4
        return f"<{self.prefix}PhysicalBox>0 0 {width:g} {height:g}</{self.prefix}PhysicalBox>"

    def _area(self) -> str:
        return f"<{self.prefix}Area>{self._box()}</{self.prefix}Area>"

    def _content(self, objects: str) -> str:
        p = self.prefix
        if self.dialect.blocks:
            objects = f'<{p}PageBlock ID="{next(self.ids)}"><{p}PageBlock>{objects}</{p}PageBlock></{p}PageBlock>'
        return f'<{p}Content><{p}Layer ID="{next(self.ids)}" Type="Body">{objects}</{p}Layer></{p}Content>'

    def _composite(self, rules: str) -> str:
        p, unit = self.prefix, next(self.ids)
        content = f"<{p}Content>{rules}</{p}Content>"
        self.units.append(
            f'<{p}CompositeGraphicUnit ID="{unit}" Width="300" Height="300">{content}</{p}CompositeGraphicUnit>'
        )
        placed = f'Boundary="2 3 300 300" CTM="1 0 0 1 -2 -3" ResourceID="{unit}"'
        return f'<{p}CompositeObject ID="{next(self.ids)}" {placed}/>'

    def _rules(self, page: Page) -> Iterator[str]:
        for box in page.boxes:
            left, top, right, bottom = (value / MM for value in box)
            w, h = right - left, bottom - top
            if self.dialect.rules == "outlines":
                outline = f"M 0 0 L {w:.4f} 0 L {w:.4f} {h:.4f} L 0 {h:.4f} C"
                yield self._path_object(left, top, outline, filled=False)
                continue
            for x, y, along, down in ((left, top, w, 0), (left, bottom, w, 0), (left, top, 0, h), (right, top, 0, h)):
                if self.dialect.rules == "lines":
                    yield self._path_object(x, y, f"M 0.1 0.1 L {along + 0.1:.4f} {down + 0.1:.4f}", filled=False)
                else:
                    yield self._path_object(x, y, _thin_box(max(along, 0.2), max(down, 0.2)), filled=True)

    def _path_object(self, x: float, y: float, data: str, *, filled: bool) -> str:
        p = self.prefix
        paint = 'Stroke="false" Fill="true"' if filled else 'LineWidth="0.2"'
        return (
            f'<{p}PathObject ID="{next(self.ids)}" Boundary="{x:.4f} {y:.4f} 300 300" {paint}>'
            f"<{p}AbbreviatedData>{data}</{p}AbbreviatedData></{p}PathObject>"
        )

    def _texts(self, page: Page) -> Iterator[str]:
        for x, y, line, size in page.texts:
            if self.dialect.advances == "single":
                for at, letter in enumerate(line):
                    if not letter.isspace():
                        yield self._text_object(x + width_of(line[:at], size), y, letter, size)
            elif line:
                yield self._text_object(x, y, line, size)

    def _text_object(self, x: float, y: float, line: str, size: float) -> str:
        p = self.prefix
        unit = 1.0 if self.dialect.text_scale == "point" else 1 / MM
        advances = [width_of(letter, size * unit) for letter in line[:-1]]
        deltas = f' DeltaX="{_deltas(advances, repeat=self.dialect.advances == "repeat")}"' if advances else ""
        ctm = f' CTM="{1 / MM:.6f} 0 0 {1 / MM:.6f} 0 0"' if self.dialect.text_scale == "point" else ""
        numbers = ""
        if self.dialect.glyphs:
            glyphs = " ".join(str(ord(letter) % 9999) for letter in line)
            attributes = f'CodePosition="0" CodeCount="{len(line)}" GlyphCount="{len(line)}"'
            numbers = f"<{p}CGTransform {attributes}><{p}Glyphs>{glyphs}</{p}Glyphs></{p}CGTransform>"
        boundary = f"{x / MM:.4f} {(y - size) / MM:.4f} {width_of(line, size) / MM + 1:.4f} {size * 1.3 / MM:.4f}"
        code = f'<{p}TextCode X="0" Y="{size * unit:.4f}"{deltas}>{escape(line)}</{p}TextCode>'
        return (
            f'<{p}TextObject ID="{next(self.ids)}" Boundary="{boundary}"{ctm} Font="1" Size="{size * unit:.4f}">'
            f"{numbers}{code}</{p}TextObject>"
        )


def _thin_box(width: float, height: float) -> str:
    return f"M 0 0 L {width:.4f} 0 L {width:.4f} {height:.4f} L 0 {height:.4f} L 0 0 C"


def _deltas(advances: Sequence[float], *, repeat: bool) -> str:
    """The advances one by one, or equal ones in a row as "g count advance"."""
    if not repeat:
        return " ".join(f"{advance:.4f}" for advance in advances)
    edges = [0, *(at for at, (one, next_one) in enumerate(pairwise(advances), 1) if one != next_one), len(advances)]
    runs = [(end - start, f"{advances[start]:.4f}") for start, end in pairwise(edges)]
    return " ".join(f"g {times} {advance}" if times > 1 else advance for times, advance in runs)
