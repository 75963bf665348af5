"""Sheets to text that holds tables: fields set apart by a sign, Markdown, and tables drawn in letters."""

import csv
import io
from collections.abc import Sequence

from forms.ofd_file import width_of
from forms.sheet import Sheet


def _grid(sheet: Sheet) -> list[list[str]]:
    """The fields of a sheet as spreadsheets save them: of a merged cell the first holds its text."""
    at = {edge: index for index, edge in enumerate(sheet.edges)}
    rows = [[""] * (len(at) - 1) for _ in range(sheet.rows)]
    for cell in sheet.cells:
        rows[cell.row][at[cell.left]] = cell.text
    return rows


def delimited(sheets: Sequence[Sheet], sign: str, *, ragged: bool = False) -> str:
    """Several forms one below the other; `ragged` leaves out empty fields at the end of a row."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign)
    width = max(len(sheet.edges) for sheet in sheets) - 1
    for sheet in sheets:
        rows = [[line] for line in sheet.lines] + _grid(sheet) + [[line] for line in sheet.notes]
        for row in rows:
            filled = max((index for index, field in enumerate(row) if field), default=0) + 1
            writer.writerow(row[:filled] if ragged else row + [""] * (width - len(row)))
    return out.getvalue()


def markdown(sheet: Sheet) -> str:
    """One form as a Markdown table; its first row is the head."""
    rows = ["| " + " | ".join(field.replace("|", "\\|") for field in row) + " |" for row in _grid(sheet)]
    rule = "|" + " --- |" * (len(sheet.edges) - 1)
    return "\n".join([*(f"# {line}" for line in sheet.lines), "", rows[0], rule, *rows[1:], "", *sheet.notes])


def drawn(sheet: Sheet, *, chinese: bool) -> str:
    """One form drawn in letters: │ and ─ two columns wide as in Chinese fonts, or | + - one wide. Cells keep spans."""
    across, down, cross = ("─", "│", "┼") if chinese else ("-", "|", "+")
    sign = 2 if chinese else 1
    edges = sheet.edges
    columns = {edge: (index * 2 * sign + edge // 2) // 2 * 2 for index, edge in enumerate(edges)}
    heights = [3] * sheet.rows
    tops = [sum(heights[:row]) + row for row in range(sheet.rows + 1)]
    width = columns[edges[-1]] + sign
    canvas = [[" "] * width for _ in range(tops[-1] + 40)]
    lines: dict[int, list[str]] = {}
    for cell in sheet.cells:
        lines[id(cell)] = _wrapped(cell.text, columns[cell.right] - columns[cell.left] - sign)
        lack = len(lines[id(cell)]) - (tops[cell.row + cell.row_span] - tops[cell.row] - 1)
        if lack > 0:
            heights[cell.row + cell.row_span - 1] += lack
            tops = [sum(heights[:row]) + row for row in range(sheet.rows + 1)]
    canvas = [[" "] * width for _ in range(tops[-1] + 1)]
    for cell in sheet.cells:
        left, right, top, bottom = (
            columns[cell.left],
            columns[cell.right],
            tops[cell.row],
            tops[cell.row + cell.row_span],
        )
        for x in range(left, right + 1, sign):
            for y in (top, bottom):
                _put(canvas[y], x, cross if x in (left, right) or canvas[y][x] == cross else across, sign)
        for y in range(top + 1, bottom):
            for x in (left, right):
                _put(canvas[y], x, cross if canvas[y][x] == cross else down, sign)
        for y, line in enumerate(lines[id(cell)], top + 1):
            x = left + sign
            for letter in line:
                wide = int(width_of(letter, 2)) or 1
                _put(canvas[y], x, letter, wide)
                x += wide
    return "\n".join([*sheet.lines, *("".join(row) for row in canvas), *sheet.notes])


def _put(row: list[str], x: int, letter: str, wide: int) -> None:
    row[x] = letter
    if wide == 2:
        row[x + 1] = ""


def _wrapped(text: str, room: int) -> list[str]:
    lines, width = [""], 0
    for letter in text:
        wide = int(width_of(letter, 2)) or 1
        if width + wide > room:
            lines.append("")
            width = 0
        lines[-1] += letter
        width += wide
    return lines
