"""A page as the objects of an OFD page: a text object for each printed line, a path for the rules of each table."""

from collections.abc import Iterator
from itertools import accumulate, groupby
from typing import Final
from xml.sax.saxutils import escape

from msgspec import Struct

from jixiao.writing.formats.ofd.fonts import BASIC, Fonts, Piece
from jixiao.writing.formats.ofd.lengths import box, grains, mm
from jixiao.writing.formats.ofd.numbering import Numbering
from jixiao.writing.formats.ofd.walls import walls
from jixiao.writing.formats.ofd.xml import judge
from jixiao.writing.paper.faces import JOINER
from jixiao.writing.paper.model import Align, Face
from jixiao.writing.paper.pages import SetCell, SetPage, SetTable, SetText

_RULE: Final = 50
"""How thick a rule is, in hundredths of a point."""
_FOOT: Final = 900
"""The size of a page number's letters (小五)."""
_ASCENT: Final = 88
"""Per cent of its size that a Chinese letter's square stands above its base line."""
_HIGHEST, _LOWEST = 100, 30
"""Per cent of its size that any letter's ink takes above and below its base line: what an object's outline holds."""

_HANGING: Final = JOINER + " \t\u00a0\u3000"
"""What takes no room at a line's end."""


class _Style(Struct, frozen=True):
    """How lines are set: typeface, size of letters in hundredths of a point, alignment."""

    face: Face
    size: int
    align: Align


class Drawing:
    """Draws the pages of one document."""

    def __init__(self, fonts: Fonts, numbering: Numbering) -> None:
        """Take the document's fonts and identifiers."""
        self._fonts, self._numbering = fonts, numbering
        self._document = ""

    def page(self, page: SetPage) -> str:
        """The body of a page's part.

        Raises:
            Unprintable: a line has a character that XML does not know.
        """
        self._document = page.bookmark or self._document
        layer = self._numbering.next()
        drawn = "".join(self._objects(page))
        return (
            f"<ofd:Area>{physical_box(page)}</ofd:Area>"
            f'<ofd:Content><ofd:Layer ID="{layer}" Type="Body">{drawn}</ofd:Layer></ofd:Content>'
        )

    def _objects(self, page: SetPage) -> Iterator[str]:
        for block in page.blocks:
            yield from self._text(block) if isinstance(block, SetText) else self._table(block)
        sheet = page.page
        top = sheet.height - (sheet.bottom + _FOOT) // 2
        foot = _Style("body", _FOOT, "center")
        yield from self._line(page.foot, sheet.left, top, sheet.across, foot)

    def _text(self, block: SetText) -> Iterator[str]:
        style = _Style(block.face, block.size, block.align)
        for number, line in enumerate(block.lines):
            indent = 0 if number else block.indent
            top = block.top + number * block.leading
            yield from self._line(line, block.left + indent, top, block.width - indent, style)

    def _table(self, table: SetTable) -> Iterator[str]:
        yield self._rules(table)
        xs = list(accumulate(table.widths, initial=table.left))
        ys = list(accumulate(table.heights, initial=table.top))
        for cell in table.cells:
            if any(cell.lines):
                right, bottom = xs[cell.column + cell.column_span], ys[cell.row + cell.row_span]
                yield from self._cell(cell, (xs[cell.column], ys[cell.row], right, bottom), table)

    def _cell(self, cell: SetCell, outline: tuple[int, int, int, int], table: SetTable) -> Iterator[str]:
        left, top, right, bottom = outline
        style = _Style(cell.face, table.size, cell.cell.align)
        top += (bottom - top - (len(cell.lines) - 1) * table.leading - table.size) // 2
        for number, line in enumerate(cell.lines):
            at = top + number * table.leading
            yield from self._line(line, left + table.padding, at, right - left - 2 * table.padding, style)

    def _rules(self, table: SetTable) -> str:
        """One path of all rules; it ends in squares, so that corners are whole."""
        left, top = grains(table.left), grains(table.top)
        right, bottom = grains(table.left + sum(table.widths)), grains(table.top + sum(table.heights))
        thick = grains(_RULE)
        outline = box(left - thick, top - thick, right - left + 2 * thick, bottom - top + 2 * thick)
        left, top = left - thick, top - thick
        drawn = " ".join(
            f"M {mm(grains(x) - left)} {mm(grains(y) - top)} L {mm(grains(to_x) - left)} {mm(grains(to_y) - top)}"
            for x, y, to_x, to_y in walls(table)
        )
        return (
            f'<ofd:PathObject ID="{self._numbering.next()}" Boundary="{outline}" LineWidth="{mm(thick)}" Cap="Square">'
            f"<ofd:AbbreviatedData>{drawn}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _line(self, line: str, left: int, top: int, width: int, style: _Style) -> Iterator[str]:
        """One printed line: one object, or one for every font on it.

        Blanks at its ends are room and nothing else, unless they are marked as the text's; at its end they take none.
        """
        line = line.rstrip()
        inked = line.lstrip()
        if not inked:
            return
        judge(line, self._document)
        size = grains(style.size)
        blanks = line[: len(line) - len(inked)]
        start = sum(sum(piece.advances) for piece in self._fonts.pieces(blanks, style.face, style.size))
        pieces = self._fonts.pieces(inked, style.face, style.size)
        _hang(pieces, len(inked) - len(inked.rstrip(_HANGING)))
        wide = [sum(piece.advances) for piece in pieces]
        free = 0 if style.align == "left" else grains(width) - start - sum(wide)
        x = grains(left) + start + (free if style.align == "right" else free // 2)
        base = grains(top) + size * _ASCENT // 100
        for piece, room in zip(pieces, wide, strict=True):
            outline = box(x, base - size * _HIGHEST // 100, room, size * (_HIGHEST + _LOWEST) // 100)
            yield self._object(piece, outline, size)
            x += room

    def _object(self, piece: Piece, outline: str, size: int) -> str:
        steps = _steps(piece.advances)
        across = f' DeltaX="{steps}"' if steps else ""
        return (
            f'<ofd:TextObject ID="{self._numbering.next()}" Boundary="{outline}" Font="{piece.font.number}" '
            f'Size="{mm(size)}">{_glyph(piece)}<ofd:TextCode X="0" Y="{mm(size * _HIGHEST // 100)}"{across}>'
            f"{escape(piece.text)}</ofd:TextCode></ofd:TextObject>"
        )


def physical_box(page: SetPage) -> str:
    """The sheet of a page."""
    return f"<ofd:PhysicalBox>{box(0, 0, grains(page.page.width), grains(page.page.height))}</ofd:PhysicalBox>"


def _hang(pieces: list[Piece], hanging: int) -> None:
    """Take the room from so many letters at the end of a line."""
    for piece in reversed(pieces):
        count = min(hanging, len(piece.text))
        piece.advances[len(piece.text) - count :] = [0] * count
        hanging -= count


def _glyph(piece: Piece) -> str:
    """Which glyph a letter of two codes is, for programs that would look each code up alone."""
    if piece.text <= BASIC:
        return ""
    return (
        '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="1">'
        f"<ofd:Glyphs>{piece.font.glyphs[piece.text]}</ofd:Glyphs></ofd:CGTransform>"
    )


def _steps(advances: list[int]) -> str:
    """From each letter to the next (DeltaX); equal steps in a row are counted ("g 5 3.35139")."""
    written = []
    for advance, run in groupby(advances[:-1]):
        times = len(list(run))
        written.append(f"g {times} {mm(advance)}" if times > 1 else mm(advance))
    return " ".join(written)
