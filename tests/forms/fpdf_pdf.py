"""Sheets to PDF by fpdf2 and a paginator of our own: a second producer, with other line and page breaks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import pylopdf_fonts_zh_cn as fonts
from fpdf import FPDF

from forms.sheet import Sheet, SheetCell
from forms.typst_pdf import Style, sides

MM = 72 / 25.4
PAD = 3.0
_TIGHT = 0.8
_WIDTHS = {"thin": 0.12, "thick": 1.6, "double": 0.35}
_DASHES = {"dotted": (0.5, 1.0), "dashed": (3.0, 2.0)}
Breaks = Literal["rows", "lines"]


@dataclass(slots=True)
class Block:
    """A cell with its wrapped lines and the vertical extent it takes, in points from the top of the form."""

    cell: SheetCell
    lines: list[str]
    top: float = 0
    bottom: float = 0
    sides: Sequence[str] = ()
    head: bool = False


def pad_of(style: Style) -> float:
    """Between text and rule, in points."""
    return _TIGHT if style.tight else PAD


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
    pad = pad_of(style)
    leading = style.size * 1.35
    blocks = [
        Block(cell, _wrapped(pdf, cell, pad), sides=sides(cell, sheet, style.rules), head=sheet.is_head(cell))
        for cell in sheet.cells
    ]
    tops = _row_tops(blocks, sheet.rows, leading, pad)
    for block in blocks:
        block.top, block.bottom = tops[block.cell.row], tops[block.cell.row + block.cell.row_span]
    y = style.top * MM
    for line in sheet.lines:
        pdf.text((pdf.w - pdf.get_string_width(line)) / 2, y + leading, line)
        y += leading * 1.6
    head = tops[sheet.header[0]], tops[sheet.header[1]]
    last = tops[max((cell.row + cell.row_span for cell in sheet.cells if cell.row < sheet.header[1]), default=0)]
    start = 0.0
    while start < tops[-1] - 0.01:
        if style.repeats and head[1] < start < last:
            for block in [each for each in blocks if sheet.header[0] <= each.cell.row < sheet.header[1]]:
                _paint(pdf, block, *head, y=y, style=style, leading=leading)
            y += head[1] - head[0]
        end = _end(tops, start, start + pdf.h - 40 - y, leading=leading, breaks=breaks)
        for block in blocks:
            _paint(pdf, block, start, end, y=y, style=style, leading=leading)
        y += end - start
        start = end
        if start < tops[-1] - 0.01:
            _number(pdf, style)
            pdf.add_page()
            y = style.top * MM
    for line in sheet.notes:
        pdf.text(15 * MM, y + leading, line)
    _number(pdf, style)


def _number(pdf: FPDF, style: Style) -> None:
    if style.numbered:
        pdf.text(pdf.w / 2, pdf.h - 20, f"第{pdf.page_no()}页")


def _row_tops(blocks: Sequence[Block], rows: int, leading: float, pad: float = PAD) -> list[float]:
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


def _lines_at(block: Block, leading: float, *, middle: bool, pad: float = PAD) -> list[tuple[float, str]]:
    free = block.bottom - block.top - len(block.lines) * leading
    first = block.top + (free / 2 if middle else pad)
    return [(first + index * leading, line) for index, line in enumerate(block.lines)]


def _end(tops: Sequence[float], start: float, limit: float, *, leading: float, breaks: Breaks) -> float:
    """Where the page that begins at `start` ends: between rows, or anywhere inside one."""
    if tops[-1] <= limit:
        return tops[-1]
    between = max((top for top in tops if start < top <= limit), default=start)
    if between > start and (breaks == "rows" or limit - between <= 2 * leading):
        return between
    return limit - leading if between <= start or breaks == "lines" else between


def _paint(pdf: FPDF, block: Block, start: float, end: float, *, y: float, style: Style, leading: float) -> None:
    """The part of a cell between two heights of the form: its outline, and the lines whose middle lies there."""
    top, bottom = max(block.top, start), min(block.bottom, end)
    if bottom - top < 0.01:
        return
    left, right = 15 * MM + block.cell.left * MM, 15 * MM + block.cell.right * MM
    _outline(pdf, (left, y + top - start, right, y + bottom - start), block, style)
    placed = _lines_at(block, leading, middle=style.middle, pad=pad_of(style))
    shown = [(at, line) for at, line in placed if start <= at + leading / 2 < end]
    for at, line in shown:
        here = min(max(at, start), end - leading) - start + y
        x = left + pad_of(style) if block.cell.prose else left + (right - left - pdf.get_string_width(line)) / 2
        pdf.text(x, here + style.size, line)


def _outline(pdf: FPDF, box: tuple[float, float, float, float], block: Block, style: Style) -> None:
    """The ground and the rules of a cell, each side drawn as a line of its own unless all four are there."""
    left, top, right, bottom = box
    if style.shaded and block.head:
        pdf.set_fill_color(225)
        pdf.rect(left, top, right - left, bottom - top, style="F")
    pdf.set_line_width(_WIDTHS.get(style.rules, 0.5))
    pdf.set_dash_pattern(*_DASHES.get(style.rules, (0, 0)))
    ends = {
        "top": (left, top, right, top),
        "bottom": (left, bottom, right, bottom),
        "left": (left, top, left, bottom),
        "right": (right, top, right, bottom),
    }
    if len(block.sides) == len(ends):
        pdf.rect(left, top, right - left, bottom - top)
    else:
        for side in block.sides:
            pdf.line(*ends[side])
    if style.rules == "double":
        pdf.rect(left + 1, top + 1, right - left - 2, bottom - top - 2)


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
    if "\n" in cell.text:
        return [line for part in cell.text.split("\n") for line in _wrapped(pdf, replace(cell, text=part), pad)]
    lines, line = [], ""
    for piece in _pieces(cell.text):
        rest = piece
        if line and pdf.get_string_width(line + rest) > room:
            lines.append(line)
            line = ""
        while pdf.get_string_width(rest) > room and len(rest) > 1:
            fit = max((size for size in range(1, len(rest)) if pdf.get_string_width(rest[:size]) <= room), default=1)
            lines.append(rest[:fit])
            rest = rest[fit:]
        line += rest
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
