"""Sheets to plain text in content order, as extractors of PDF text print them, and to CSV."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from forms.dice import Dice
from forms.sheet import Sheet, SheetCell
from reading.text_layouts import wrap

_QUARTER_EMS = 4 * 72 / 25.4
"""Quarter ems in a millimetre, for letters of one point."""
Headings = Literal["first", "middle"]


@dataclass(frozen=True, slots=True)
class Habits:
    """How an extractor prints.

    Attributes:
        size: of the letters the page was set in, in points; it decides where lines end.
        headings: at which of its rows a cell of several rows is printed.
        visual: whether lines at one height stand in one line of text, with a blank between.
        blank: whether an empty line stands between cells.
        page: what is printed where a page ends.
    """

    size: int
    headings: Headings
    visual: bool
    blank: bool
    page: str


def plain_text(sheets: Sequence[Sheet], seed: int) -> bytes:
    """All forms as one text in UTF-8."""
    dice = Dice(f"text:{seed}")
    habits = Habits(
        size=dice.between(8, 10),
        headings=dice.choice(("first", "middle")),
        visual=dice.chance(60),
        blank=dice.chance(30),
        page=dice.choice(("\f", "\n\n")),
    )
    return habits.page.join(_form(sheet, habits) for sheet in sheets).encode()


def _form(sheet: Sheet, habits: Habits) -> str:
    out = [f"{line}\n" for line in sheet.lines]
    for row in range(sheet.rows):
        cells = [cell for cell in sheet.cells if _printed_at(cell, habits) == row]
        out.append(_row(sorted(cells, key=lambda cell: cell.left), habits))
    return "".join([*out, *(f"{line}\n" for line in sheet.notes)])


def _printed_at(cell: SheetCell, habits: Habits) -> int:
    return cell.row if habits.headings == "first" else cell.row + (cell.row_span - 1) // 2


def _row(cells: Sequence[SheetCell], habits: Habits) -> str:
    """A row of the table: cell after cell; lines of two cells that stand at one height share a line of text."""
    wrapped = [_wrapped(cell, habits) for cell in cells if cell.text]
    height = max(map(len, wrapped), default=0)
    text, last = "", -1
    for lines in wrapped:
        for number, line in enumerate(lines):
            at = height - len(lines) + 2 * number
            joins = habits.visual and at == last
            text += (" " if joins else ("\n\n" if habits.blank and number == 0 else "\n") if text else "") + line
            last = at
    return f"{text}\n" if text else ""


def _wrapped(cell: SheetCell, habits: Habits) -> list[str]:
    room = int((cell.right - cell.left - 2) * _QUARTER_EMS / habits.size)
    return [line for part in cell.text.split("\n") for line in wrap(part, max(room, 8))]


def csv_table(sheets: Sequence[Sheet], seed: int) -> bytes:
    """A table of values separated by commas or tabs; a merged cell's text stands in its first cell."""
    dice = Dice(f"csv:{seed}")
    encoding, mark = dice.choice((("utf-8-sig", ","), ("gb18030", ","), ("utf-8", "\t"), ("utf-8-sig", ",")))
    out = StringIO()
    writer = csv.writer(out, delimiter=mark)
    for sheet in sheets:
        at = {edge: index for index, edge in enumerate(sheet.edges)}
        width = len(at) - 1
        rows = [[""] * width for _ in range(sheet.rows)]
        for cell in sheet.cells:
            rows[cell.row][at[cell.left]] = cell.text
        lines = [[line] + [""] * (width - 1) for line in sheet.lines]
        writer.writerows([*lines, *rows, *([note] + [""] * (width - 1) for note in sheet.notes), [""] * width])
    return out.getvalue().encode(encoding)
