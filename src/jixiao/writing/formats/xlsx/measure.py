"""How tall rows must be: spreadsheets never fit the height of merged cells by themselves.

Letters count as wide as the fonts that an office without ours would fall back to, so that no program cuts a line off.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

from jixiao.writing.paper.model import Cell, Table

_PIECE: Final = re.compile(r"\s+|[!-~\u00a1-\u024f]+|.", re.DOTALL)
_NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕”’…—·％%,.;:?!)]}")
_NEVER_LAST: Final = frozenset("（《「『【〔“‘([{")
_WIDE, _NARROW, _CAPITAL = 100, 56, 76
"""Hundredths of an em: a Chinese letter, a Latin one, a Latin capital."""
_SHORT: Final = 40
_LEADING: Final = 145
"""From one line to the next, in hundredths of the size: what 思源宋体 takes; 宋体 takes less."""
_INSET: Final = 400
"""What a program keeps free at both sides of a cell's lines together."""
_PADDING: Final = 350
"""Above and below a cell's lines together."""


def text_height(text: str, width: int, size: int) -> int:
    """The height of a text, set in lines of a width. All in hundredths of a point."""
    return lines_in(text, (width - _INSET) * 100 // size) * _leading(size)


def row_heights(table: Table, widths: Sequence[int], size: int) -> list[int]:
    """The height of each row of a table, in hundredths of a point.

    Args:
        table: the table.
        widths: of its columns as the sheet has them, in hundredths of a point.
        size: of its letters.

    A cell over several rows adds to them evenly where they are too low together.
    """
    heights = [max(table.least, _leading(size) + _PADDING)] * table.rows
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        width = sum(widths[cell.column : cell.column + cell.column_span])
        need = max(cell_height(cell, width, size), cell.least)
        rows = range(cell.row, cell.row + cell.row_span)
        lacking = need - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += -(-lacking // len(rows))
    return heights


def cell_height(cell: Cell, width: int, size: int) -> int:
    """The height that a cell's text needs; a number stands on one line, made smaller where it is too long."""
    return (_leading(size) if cell.number is not None else text_height(cell.text, width, size)) + _PADDING


def _leading(size: int) -> int:
    return -(-size * _LEADING // 100)


def lines_in(text: str, width: int) -> int:
    """How many lines a text takes, at a width in hundredths of an em; at least 1."""
    return _lines_of_short(text, width) if len(text) <= _SHORT else _lines(text, width)


@lru_cache(maxsize=4096)
def _lines_of_short(text: str, width: int) -> int:
    """Labels and headings come again and again; long texts do not, and would be kept for nothing."""
    return _lines(text, width)


def _lines(text: str, width: int) -> int:
    return sum(_lines_of_paragraph(part, max(width, _WIDE)) for part in text.split("\n"))


def _lines_of_paragraph(text: str, width: int) -> int:
    lines, used = 1, 0
    for piece in _glued(text):
        wide = sum(map(_width, piece))
        if used and used + wide > width:
            lines, used = lines + 1, 0
        if wide > width:
            more, used = divmod(wide, width)
            lines += more
        else:
            used += wide
    return lines


def _glued(text: str) -> list[str]:
    """Pieces between which a line may end: closing and opening marks stay with what they close and open."""
    glued: list[str] = []
    for piece in _PIECE.findall(text):
        if glued and (piece[0] in _NEVER_FIRST or glued[-1][-1] in _NEVER_LAST) and len(glued[-1]) < 4:
            glued[-1] += piece
        else:
            glued.append(piece)
    return glued


@lru_cache(maxsize=8192)
def _width(letter: str) -> int:
    if letter.isascii():
        return _CAPITAL if letter.isupper() or letter in "@%&" else _NARROW
    return _WIDE if east_asian_width(letter) in "WFA" else _NARROW
