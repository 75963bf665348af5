"""What is painted on a page: rules and the page number as artifacts, texts between marks of their own."""

from collections.abc import Iterable, Iterator
from typing import Final

from jixiao.writing.formats.pdf.lettering import Lettering
from jixiao.writing.paper.model import Align, Face
from jixiao.writing.paper.pages import SetCell, SetPage, SetTable, SetText

RULE: Final = "0.5"
"""How thick a rule is, in points."""
_BASELINE: Final = 88
"""From the top of a line's letters to its base line, in hundredths of their size (the ideographic box)."""
_FOOT: Final = 900
"""The size of the page number."""
_HEAVY: Final = 3
"""How thick the outline of a title's letters is drawn where its font is not bold, in hundredths of their size."""


def number(hundredths: int) -> str:
    """A length in points."""
    whole, part = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}.{part:02d}" if part else f"{sign}{whole}"


class Ink:
    """The content of one page; gives each text a number (MCID), in the order of reading."""

    def __init__(self, page: SetPage, lettering: Lettering) -> None:
        """Begin a page."""
        self.page, self.lettering = page, lettering
        self.marks = 0
        self._height = page.page.height
        self._texts: list[str] = []
        self._rules: list[str] = []
        self._font = ("", 0)
        self._heavy = False

    def content(self) -> bytes:
        """The content stream."""
        if self.page.foot:
            self._foot()
        rules = f"/Artifact BMC\n{RULE} w 2 J\n" + "\n".join(self._rules) + "\nS\nEMC\n" if self._rules else ""
        texts = "BT\n" + "\n".join(self._texts) + "\nET\n" if self._texts else ""
        return (rules + texts).encode("ascii")

    def text(self, block: SetText, tag: str) -> int:
        """Paint a paragraph; its number."""
        mark = self._begin(tag)
        left, wide = block.left + block.indent, block.width - block.indent
        for index, line in enumerate(block.lines):
            self._line(line, (left, block.top + index * block.leading), wide, block)
            left, wide = block.left, block.width
        self._texts.append("EMC")
        return mark

    def cell(self, cell: SetCell, table: SetTable, box: tuple[int, int, int, int], tag: str) -> int:
        """Paint the lines of a cell in the middle of its box (left, top, right, bottom); its number."""
        mark = self._begin(tag)
        left, top, right, bottom = box
        high = (len(cell.lines) - 1) * table.leading + table.size
        down = top + (bottom - top - high) // 2
        style = _Style(table.size, cell.cell.align, cell.face)
        for index, line in enumerate(cell.lines):
            place = (left + table.padding, down + index * table.leading)
            self._line(line, place, right - left - 2 * table.padding, style)
        self._texts.append("EMC")
        return mark

    def rules(self, table: SetTable, xs: list[int], ys: list[int]) -> None:
        """Paint the outlines of the cells, each piece of a rule once."""
        across: dict[int, list[tuple[int, int]]] = {len(ys) - 1: [(0, len(xs) - 1)]}
        down: dict[int, list[tuple[int, int]]] = {len(xs) - 1: [(0, len(ys) - 1)]}
        for cell in table.cells:
            across.setdefault(cell.row, []).append((cell.column, cell.column + cell.column_span))
            down.setdefault(cell.column, []).append((cell.row, cell.row + cell.row_span))
        for row, pieces in across.items():
            y = number(self._height - ys[row])
            self._rules += [f"{number(xs[low])} {y} m {number(xs[high])} {y} l" for low, high in _joined(pieces)]
        for column, pieces in down.items():
            x = number(xs[column])
            self._rules += [
                f"{x} {number(self._height - ys[low])} m {x} {number(self._height - ys[high])} l"
                for low, high in _joined(pieces)
            ]

    def _begin(self, tag: str) -> int:
        mark = self.marks
        self.marks += 1
        self._texts.append(f"/{tag}<</MCID {mark}>>BDC")
        return mark

    def _line(self, line: str, place: tuple[int, int], wide: int, style: "SetText | _Style") -> None:
        pieces, width = self.lettering.line(line, style.face)
        if not pieces:
            return
        x, y = place
        if style.align != "left":
            spare = wide - width * style.size // 1000
            x += spare // 2 if style.align == "center" else spare
        self._weigh(style)
        self._texts.append(f"1 0 0 1 {number(x)} {number(self._height - y - style.size * _BASELINE // 100)} Tm")
        for font, shows in pieces:
            self._use(font, style.size)
            self._texts.append(f"{shows}TJ")

    def _use(self, font: str, size: int) -> None:
        if self._font != (font, size):
            self._font = (font, size)
            self._texts.append(f"/{font} {number(size)} Tf")

    def _weigh(self, style: "SetText | _Style") -> None:
        """Draw the letters of a title heavier, where its font is not."""
        heavy = self.lettering.faces.is_light(style.face)
        if heavy != self._heavy:
            self._heavy = heavy
            self._texts.append(f"2 Tr {number(style.size * _HEAVY // 100)} w" if heavy else "0 Tr")

    def _foot(self) -> None:
        page = self.page.page
        self._texts.append("/Artifact<</Type/Pagination/Subtype/Footer>>BDC")
        place = (page.left, page.height - page.bottom + (page.bottom - _FOOT) // 2)
        self._line(self.page.foot, place, page.across, _Style(_FOOT, "center", "body"))
        self._texts.append("EMC")


class _Style:
    """How a line is set."""

    __slots__ = ("align", "face", "size")

    def __init__(self, size: int, align: Align, face: Face) -> None:
        self.size, self.align, self.face = size, align, face


def _joined(pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pieces that meet as one; they come in order."""
    low = high = -1
    for start, end in pieces:
        if start == high:
            high = end
            continue
        if high > low:
            yield low, high
        low, high = start, end
    if high > low:
        yield low, high
