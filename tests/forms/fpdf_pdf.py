"""Sheets to PDF by fpdf2 and a paginator of our own: a second producer, with other line breaks and other page breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pylopdf_fonts_zh_cn as fonts
from fpdf import FPDF

from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Style

MM = 72 / 25.4
Breaks = Literal["rows", "lines"]


@dataclass(slots=True)
class Block:
    """A cell with its wrapped lines and the vertical extent it takes, in points from the top of the form."""

    cell: SheetCell
    lines: list[str]
    top: float = 0
    bottom: float = 0


def fpdf_pdf(sheets: Sequence[Sheet], style: Style, breaks: Breaks) -> bytes:
    """One document; pages end between rows, or wherever a line no longer fits."""
    pdf = FPDF(orientation="landscape" if style.landscape else "portrait", unit="pt", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("zh", "", str(fonts.serif_path() if style.font == "serif" else fonts.sans_path()))
    for sheet in sheets:
        pdf.add_page()
        _draw(pdf, sheet, style, breaks)
    return bytes(pdf.output())


def _draw(pdf: FPDF, sheet: Sheet, style: Style, breaks: Breaks) -> None:
    pdf.set_font("zh", size=style.size)
    leading = style.size * 1.35
    pad = 3.0
    blocks = [Block(cell, _wrapped(pdf, cell, pad)) for cell in sheet.cells]
    tops = _row_tops(blocks, sheet.rows, leading, pad)
    for block in blocks:
        block.top, block.bottom = tops[block.cell.row], tops[block.cell.row + block.cell.row_span]
    y = style.top * MM
    for line in sheet.lines:
        pdf.text((pdf.w - pdf.get_string_width(line)) / 2, y + leading, line)
        y += leading * 1.6
    start = 0.0
    while start < tops[-1] - 0.01:
        room = pdf.h - 40 - y
        end = _end(blocks, tops, start, start + room, leading=leading, breaks=breaks)
        if end <= start:
            end = start + room
        for block in blocks:
            _paint(pdf, block, start, end, y=y, style=style, leading=leading, pad=pad)
        start = end
        if start < tops[-1] - 0.01:
            pdf.add_page()
            y = style.top * MM


def _row_tops(blocks: Sequence[Block], rows: int, leading: float, pad: float) -> list[float]:
    heights = [leading + 2 * pad] * rows
    for block in sorted(blocks, key=lambda each: each.cell.row_span):
        rows_of = range(block.cell.row, block.cell.row + block.cell.row_span)
        lack = len(block.lines) * leading + 2 * pad - sum(heights[row] for row in rows_of)
        if lack > 0:
            heights[rows_of[-1]] += lack
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _lines_at(block: Block, leading: float, *, middle: bool) -> list[tuple[float, str]]:
    free = block.bottom - block.top - len(block.lines) * leading
    first = block.top + (free / 2 if middle else 3.0)
    return [(first + index * leading, line) for index, line in enumerate(block.lines)]


def _end(
    blocks: Sequence[Block], tops: Sequence[float], start: float, limit: float, *, leading: float, breaks: Breaks
) -> float:
    """Where the page that begins at `start` ends: between rows, or anywhere between two lines of the tallest cells."""
    if tops[-1] <= limit:
        return tops[-1]
    between = max((top for top in tops if top <= limit), default=start)
    if breaks == "rows" and between > start:
        return between
    return limit - leading if limit - between > 2 * leading else max(between, start)


def _paint(
    pdf: FPDF, block: Block, start: float, end: float, *, y: float, style: Style, leading: float, pad: float
) -> None:
    top, bottom = max(block.top, start), min(block.bottom, end)
    if bottom - top < 0.01:
        return
    left, right = 15 * MM + block.cell.left * MM, 15 * MM + block.cell.right * MM
    pdf.set_line_width(0.5)
    pdf.rect(left, y + top - start, right - left, bottom - top)
    shown = [(at, line) for at, line in _lines_at(block, leading, middle=style.middle) if start <= at + leading / 2 < end]
    base = y + pad - 1 if shown and shown[0][0] < start else None
    for index, (at, line) in enumerate(shown):
        here = y + at - start if base is None else max(base + index * leading, y + at - start)
        here = min(here, y + end - start - leading)
        width = pdf.get_string_width(line)
        x = left + pad if block.cell.prose else left + (right - left - width) / 2
        pdf.text(x, here + style.size, line)


@cache
def _kind(letter: str) -> str:
    if letter in "，。；：、！？）”%)》】":
        return "closing"
    if letter in "（“(《【":
        return "opening"
    return "word" if letter.isascii() and not letter.isspace() else "wide"


def _wrapped(pdf: FPDF, cell: SheetCell, pad: float) -> list[str]:
    """The cell's text in lines; a word or a number is not broken unless it is wider than the cell."""
    room = (cell.right - cell.left) * MM - 2 * pad
    lines, line = [], ""
    for piece in _pieces(cell.text):
        if line and pdf.get_string_width(line + piece) > room:
            lines.append(line)
            line = ""
        while pdf.get_string_width(piece) > room and len(piece) > 1:
            fit = next(size for size in range(len(piece), 0, -1) if size == 1 or pdf.get_string_width(piece[:size]) <= room)
            lines.append(piece[:fit])
            piece = piece[fit:]
        line += piece
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        kind = _kind(letter)
        last = _kind(pieces[-1][-1]) if pieces else ""
        if pieces and (kind == "closing" or last == "opening" or (kind == last == "word")):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
