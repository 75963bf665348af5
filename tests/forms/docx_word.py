"""Sheets to DOCX: merged cells, texts in several runs, several paragraphs a cell, ticks as symbols of a font."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from forms.dice import Dice
from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Rules, Style, sides

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS = 1440 / 25.4
_BORDERS: dict[Rules, tuple[str, int]] = {
    "full": ("single", 4), "thin": ("single", 2), "thick": ("single", 12), "dotted": ("dotted", 4),
    "dashed": ("dashed", 4), "double": ("double", 4), "open": ("single", 4), "rows": ("single", 4),
}  # fmt: skip
_SYMBOLS = {"☑": "F0FE", "□": "F0A8", "☐": "F0A8", "√": "F0FC"}


def docx_word(sheets: Sequence[Sheet], style: Style, seed: int) -> bytes:
    """One document; forms follow each other, on pages of their own or not."""
    writer = _Writer(style, Dice(f"docx:{seed}"))
    document = Document()
    section = document.sections[0]
    size = (297, 210) if style.landscape else (210, 297)
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(max(15, style.top)), Mm(15)
    body = document.element.body
    parts = [part for index, sheet in enumerate(sheets) for part in writer.parts(sheet, first=index == 0)]
    for part in parts:
        body.insert(len(body) - 1, part)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


class _Writer:
    """Makes the elements of one document."""

    def __init__(self, style: Style, dice: Dice) -> None:
        self.style, self.dice = style, dice
        self.split, self.symbols = dice.chance(60), dice.chance(50)
        self.skips = dice.chance(30)

    def parts(self, sheet: Sheet, *, first: bool) -> list[Any]:
        """The elements of a form: lines, the table, notes."""
        lines = [self._paragraph(line, "center", size=32 if line == sheet.title else 0) for line in sheet.lines]
        if not first and self.style.pages:
            lines[0] = lines[0].replace("<w:pPr>", "<w:pPr><w:pageBreakBefore/>", 1)
        notes = [self._paragraph(line, "left") for line in sheet.notes] or [self._paragraph("", "left")]
        return [parse_xml(xml) for xml in (*lines, self._table(sheet), *notes)]

    def _table(self, sheet: Sheet) -> str:
        edges = sheet.edges
        grid = "".join(
            f'<w:gridCol w:w="{round((right - left) * _TWIPS)}"/>' for left, right in pairwise(edges)
        )  # fmt: skip
        inset = 20 if self.style.tight else 80
        margins = "".join(f'<w:{side} w:w="{inset}" w:type="dxa"/>' for side in ("left", "right"))
        width = '<w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        head = f"<w:tblPr>{width}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        rows = "".join(self._row(sheet, row) for row in range(sheet.rows))
        return f'<w:tbl xmlns:w="{_W}">{head}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'

    def _row(self, sheet: Sheet, row: int) -> str:
        at = {edge: index for index, edge in enumerate(sheet.edges)}
        cells = [cell for cell in sheet.cells if cell.row <= row < cell.row + cell.row_span]
        cells.sort(key=lambda cell: cell.left)
        properties = "<w:trPr><w:cantSplit/></w:trPr>" if self.skips else ""
        inner = "".join(
            self._cell(cell, sheet, at[cell.right] - at[cell.left], first=cell.row == row) for cell in cells
        )
        return f"<w:tr>{properties}{inner}</w:tr>"

    def _cell(self, cell: SheetCell, sheet: Sheet, columns: int, *, first: bool) -> str:
        inner = f'<w:tcW w:w="{round((cell.right - cell.left) * _TWIPS)}" w:type="dxa"/>'
        inner += f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        if cell.row_span > 1:
            inner += '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
        kind, width = _BORDERS.get(self.style.rules, ("nil", 0))
        ruled = "".join(
            f'<w:{side} w:val="{kind}" w:sz="{width}" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right") if side in sides(cell, sheet, self.style.rules)
        )  # fmt: skip
        inner += f"<w:tcBorders>{ruled}</w:tcBorders>" if ruled else ""
        inner += '<w:shd w:val="clear" w:fill="D9D9D9"/>' if self.style.shaded and sheet.is_head(cell) else ""
        inner += '<w:vAlign w:val="center"/>' if self.style.middle else ""
        align = "left" if cell.prose else "center"
        texts = cell.text.split("\n") if first else [""]
        return f"<w:tc><w:tcPr>{inner}</w:tcPr>{''.join(self._paragraph(text, align) for text in texts)}</w:tc>"

    def _paragraph(self, text: str, align: str, size: int = 0) -> str:
        runs = "".join(self._run(piece, size) for piece in self._pieces(text))
        return f'<w:p xmlns:w="{_W}"><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'

    def _pieces(self, text: str) -> list[str]:
        """A text cut where editing would have cut it into runs; a tick is a piece of its own."""
        pieces: list[str] = []
        for letter in text:
            alone = self.symbols and (letter in _SYMBOLS or (bool(pieces) and pieces[-1] in _SYMBOLS))
            if not pieces or alone or (self.split and self.dice.chance(8)):
                pieces.append(letter)
            else:
                pieces[-1] += letter
        return pieces

    def _run(self, piece: str, size: int) -> str:
        face = "宋体" if self.style.font == "serif" else "黑体"
        fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/>'
        half = size or self.style.size * 2
        properties = f'<w:rPr>{fonts}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        if self.symbols and piece in _SYMBOLS:
            return f'<w:r>{properties}<w:sym w:font="Wingdings" w:char="{_SYMBOLS[piece]}"/></w:r>'
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
