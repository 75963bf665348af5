"""How much room texts take: the lines of a cell, and the heights of the rows of a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jixiao.writing.paper.faces import Faces
from jixiao.writing.paper.lines import break_lines
from jixiao.writing.paper.model import Cell, Face, Page, Table
from jixiao.writing.paper.unprintable import Unprintable

PADDING: Final = 220
"""Between a cell's outline and its lines at the sides."""
ABOVE: Final = 280
"""The same above and below."""
TABLE_FACE: Final[Face] = "body"
_LEADING: Final = 130
"""From line to line in a table, in hundredths of the letters' size."""
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a cell is still to be printed.

    Attributes:
        cell: the cell.
        row, end: the rows of the table it covers, the end excluded.
        lines: of its text.
    """

    cell: Cell
    row: int
    end: int
    lines: tuple[str, ...]

    def at(self, row: int, end: int, lines: tuple[str, ...] | None = None) -> "Piece":
        """The same in other rows, or with other lines."""
        return Piece(self.cell, row, end, self.lines if lines is None else lines)


def leading_of(size: int) -> int:
    """From one line's top to the next one's in a table."""
    return size * _LEADING // 100


def height_of(lines: int, size: int) -> int:
    """The height of a cell of so many lines."""
    return (lines - 1) * leading_of(size) + size + 2 * ABOVE


def lines_in(height: int, size: int) -> int:
    """How many lines a cell of this height holds."""
    return max((height - 2 * ABOVE - size) // leading_of(size) + 1, 0)


def row_heights(table: Table, faces: Faces, page: Page) -> tuple[int, ...]:
    """The height of every row, from the lines of its cells; what a merged cell needs is shared by its rows.

    Raises:
        Unprintable: a letter that no font has.
    """
    return tuple(heights(pieces(table, faces, page), (0, table.rows), page.size, table.least))


def pieces(table: Table, faces: Faces, page: Page) -> list[Piece]:
    """The cells of a table with their lines.

    Raises:
        Unprintable: a letter that no font has.
    """
    edges = [0]
    for width in table.widths:
        edges.append(edges[-1] + width)
    found = []
    for cell in table.cells:
        width = edges[cell.column + cell.column_span] - edges[cell.column]
        lines = set_lines(cell.text, (width - 2 * PADDING, page.size), faces)
        found.append(Piece(cell, cell.row, cell.row + cell.row_span, lines))
    return found


@lru_cache(maxsize=1 << 14)
def set_lines(
    text: str, room: tuple[int, int], faces: Faces, face: Face = TABLE_FACE, indent: int = 0, *, joined: bool = False
) -> tuple[str, ...]:
    """The lines of a text.

    Args:
        text: the text.
        room: the width of a line and the size of the letters.
        faces: the typefaces.
        face: which of them.
        indent: of the first line, in thousandths of the size.
        joined: as for `break_lines`.

    Raises:
        Unprintable: a letter that no font has.
    """
    width, size = room
    try:
        return break_lines(text, width * 1000 // size, faces.widths(face), indent=indent, joined=joined)
    except KeyError as missing:
        raise _no_glyph(text, str(missing.args[0])) from None


def heights(found: Iterable[Piece], rows: tuple[int, int], size: int, least: int) -> list[int]:
    """The heights of some rows (first, end): what each piece needs within them; a merged one's is shared."""
    first, end = rows
    smallest = max(least, height_of(1, size))
    need = [smallest] * (end - first)
    merged = []
    for piece in found:
        top, bottom = max(piece.row, first), min(piece.end, end)
        if bottom - top == 1:
            need[top - first] = max(need[top - first], _high(piece, size))
        elif bottom > top:
            merged.append((bottom - top, top - first, _high(piece, size)))
    for span, top, wanted in sorted(merged):
        _share(need, top, span, wanted)
    return need


def _high(piece: Piece, size: int) -> int:
    return max(height_of(len(piece.lines), size), piece.cell.least)


def _share(need: list[int], top: int, span: int, wanted: int) -> None:
    """Let the rows grow evenly until together they are as high as wanted."""
    lack = wanted - sum(need[top : top + span])
    if lack > 0:
        each, rest = divmod(lack, span)
        for number in range(span):
            need[top + number] += each + (number < rest)


def _no_glyph(text: str, letter: str) -> Unprintable:
    code = f"U+{ord(letter):04X}"
    name = f"“{letter}”" if letter.isprintable() else ""
    words = _around(text, letter)
    if not letter.isprintable():
        return Unprintable(
            f"文字“{words}”中有印不出的字符 {code}（控制符或看不见的字符）。请在原文中删去它。",
            f"The text “{words}” holds {code}, a control or invisible character, which cannot be printed. Delete it.",
        )
    return Unprintable(
        f"文字“{words}”中的{name}（{code}）没有字体可印。"
        "请把含有这个字的字体文件放进字体目录（--fonts 或 JIXIAO_FONTS）。",
        f"No font has {name} ({code}) in the text “{words}”. Put a font file that has it into the folder of fonts "
        "(--fonts or JIXIAO_FONTS).",
    )


def _around(text: str, letter: str) -> str:
    at = max(text.find(letter), 0)
    words: Sequence[str] = [each if each.isprintable() else " " for each in text[max(at - _SHOWN, 0) : at + _SHOWN]]
    return "".join(words)
