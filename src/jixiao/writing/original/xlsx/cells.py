"""The cells of a sheet that are to be put right: what they hold, and how they hold it."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from lxml import etree

from jixiao.writing.original.office.markup import child, children, local
from jixiao.writing.original.xlsx.book import Book, Sheet, position

_MOST_DIGITS: Final = 40
At = tuple[int, int]
"""Row and column, from 0."""


class Cells:
    """A sheet's cells by row and column, and the numbers they hold, new ones among them."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        """Find the cells of a sheet.

        Raises:
            Refused: its part is broken.
        """
        self.book = book
        self.markup = book.package.part(sheet.part)
        self.there = dict(_cells(self.markup.root))
        self.new: dict[At, Decimal] = {}

    def number(self, row: int, column: int) -> Fraction | None:
        """The number in a cell, the new one where it was put right; 0 for an empty cell, `None` for anything else."""
        at = (row, column)
        if at in self.new:
            return Fraction(self.new[at])
        cell = self.there.get(at)
        if cell is None or not len(cell):
            return Fraction(0)
        stored = stored_number(cell)
        return None if stored is None else Fraction(stored)

    def text(self, cell: etree._Element) -> etree._Element | None:
        """The element that holds a cell's words: its own, or the shared one it points at."""
        if cell.get("t") == "inlineStr":
            return child(cell, "is")
        part = self.book.package.related(self.book.main, "sharedStrings")
        value = child(cell, "v")
        index = (value.text or "").strip() if value is not None else ""
        if cell.get("t") != "s" or not part or not index.isdecimal() or len(index) > 9:
            return None
        return next(_nth(children(self.book.package.part(part).root, "si"), int(index)), None)


def _nth(items: Iterator[etree._Element], index: int) -> Iterator[etree._Element]:
    yield from (item for at, item in enumerate(items) if at == index)


def _cells(root: etree._Element) -> Iterator[tuple[At, etree._Element]]:
    """Cells with their spots; those that do not say where they are follow the one before."""
    row = -1
    data = child(root, "sheetData")
    for line in children(data, "row") if data is not None else ():
        said = line.get("r", "")
        row = int(said) - 1 if said.isdecimal() and len(said) < 8 else row + 1
        column = -1
        for cell in line.iterchildren(etree.Element):
            at = position(cell.get("r", ""))
            column = at[1] if at else column + 1
            if local(cell) == "c":
                yield (row, column), cell


def stored_number(cell: etree._Element) -> Decimal | None:
    """The number that a cell stores; `None` where it stores something else."""
    value = child(cell, "v")
    if cell.get("t", "n") != "n" or value is None:
        return None
    return decimal_of(value.text or "")


def decimal_of(text: str) -> Decimal | None:
    """Digits as a number, thousands separators and a per cent sign off; `None` for anything else."""
    bare = text.strip().replace(",", "").replace("，", "").removesuffix("%").removesuffix("％").strip()
    try:
        number = Decimal(bare) if bare.isascii() and len(bare) <= _MOST_DIGITS else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS else None
