"""What speaks against the walls of a table: one not seen runs cells together, a letter's stroke taken for one cuts one.

Letters may be read without an error and yet stand in the wrong cell, so no model's certainty tells of it. The ink and
the neighbours do: pieces of a rule among letters, letters that end at a wall, several numbers in one cell, a number off
the middle of a cell where the rows above and below are parted.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.reading.lattice import Lattice, Outline
from jixiao.reading.scan.ink import Rect

PAGE_MOST = Decimal("0.89")
"""The most a cell can have on a page whose walls are in doubt: below what a sum may lift."""
_MISSED, _ODD = Decimal("0.5"), Decimal("0.8")
_CERTAIN = Decimal(1)
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?|[-—]")
_APART = re.compile(r" {2,}")
_LINES_APART = re.compile(r" {2,}|\n")
_MANY = 40
"""One odd cell in so many puts a page in doubt."""
_OFF_MIDDLE = 0.2


class Seen(NamedTuple):
    """What is known of a cell beside its letters.

    Attributes:
        text: its text; two spaces part what stands apart.
        ink: the outline of its ink in hundredths of a point; `None` if it is empty.
        pieces: whether pieces of a rule stand in it.
        touching: whether letters touch the wall at its left, and that at its right.
    """

    text: str
    ink: Rect | None
    pieces: bool
    touching: tuple[bool, bool]


class Weighed(NamedTuple):
    """A table's cells weighed.

    Attributes:
        caps: the most that each cell can have.
        strong: how many cells tell of a wall that was not seen.
        odd: how many cells are odd in another way.
    """

    caps: list[Decimal]
    strong: int
    odd: int


def weigh(lattice: Lattice, seen: Sequence[Seen]) -> Weighed:
    """The cells of a table with what speaks against their walls."""
    strong = [cell.pieces or _holds_several(cell.text) for cell in seen]
    cut = _cut_by_walls(lattice, seen)
    off = [_is_off(lattice, *pair) for pair in zip(lattice.cells, seen, strict=True)]
    caps = [
        _MISSED if strong[number] else _ODD if number in cut or off[number] or cell.touching[1] else _CERTAIN
        for number, cell in enumerate(seen)
    ]
    guessed = sum(not outline.sure for outline in lattice.cells)
    return Weighed(caps, sum(strong), len(cut) + sum(off) + guessed)


def is_doubted(tables: Sequence[Weighed]) -> bool:
    """Whether the walls of a page are in doubt: a cell tells of one that was not seen, or many cells are odd."""
    count = sum(len(table.caps) for table in tables)
    return any(table.strong for table in tables) or sum(table.odd for table in tables) * _MANY > count


def _cut_by_walls(lattice: Lattice, seen: Sequence[Seen]) -> set[int]:
    """The cells at both sides of a wall that letters touch from both sides: the wall may be a letter's stroke."""
    cut: set[int] = set()
    for number, (outline, cell) in enumerate(zip(lattice.cells, seen, strict=True)):
        behind = outline.column + outline.column_span
        if cell.touching[1] and behind < len(lattice.xs) - 1:
            rows = range(outline.row, outline.row + outline.row_span)
            beside = {lattice.owners[row][behind] for row in rows} - {-1, number}
            cut |= {number, *beside} if any(seen[other].touching[0] for other in beside) else set()
    return cut


def _holds_several(text: str) -> bool:
    """Whether a cell holds a number and something else that stands apart from it, or a number in each of its lines."""
    for line in text.split("\n"):
        parts = _APART.split(line.strip())
        if len(parts) > 1 and any(map(_NUMBER.fullmatch, parts)) and not parts[0].endswith((":", "：")):
            return True
    parts = _LINES_APART.split(text)
    return len(parts) > 1 and all(map(_NUMBER.fullmatch, parts))


def _is_off(lattice: Lattice, outline: Outline, cell: Seen) -> bool:
    """Whether a number stands off the middle of a cell, beside a wall that parts the rows above and below it."""
    ink = cell.ink
    if ink is None or outline.column_span == 1 or not _NUMBER.fullmatch(cell.text):
        return False
    middle = (outline.box[0] + outline.box[2]) / 2
    if abs((ink.left + ink.right) / 2 - middle) < _OFF_MIDDLE * (outline.box[2] - outline.box[0]):
        return False
    rows = outline.row - 1, outline.row + outline.row_span
    if rows[0] < 0 or rows[1] >= len(lattice.owners):
        return False
    inner = range(outline.column + 1, outline.column + outline.column_span)
    return any(
        all(lattice.owners[row][at - 1] != lattice.owners[row][at] for row in rows)
        and not ink.left < lattice.xs[at] < ink.right
        for at in inner
    )


def said(page: int) -> str:
    """The sentence about such a page."""
    return (
        f"第 {page} 页图像上的表格线没有看清：有的格里有框线残段、几个数或碰到框线的字，可能几格并成一格或一格被切开。"
        f"该页可信度不超过 {PAGE_MOST}；请核对原件。"
        f"Page {page}: the rules of its table were not seen clearly: some cells hold pieces of rules, several numbers, "
        "or letters that touch a rule, so cells may have run together or been cut. "
        f"Confidence on it is at most {PAGE_MOST}. Check it against the original."
    )
