"""A number as a spreadsheet holds it, and the number format that shows exactly the digits that are printed."""

from decimal import Decimal
from typing import Final

from msgspec import Struct

from jixiao.writing.paper.model import Cell

_MOST_DIGITS: Final = 15
"""Spreadsheets compute with binary numbers, which hold 15 digits exactly."""
_MOST_PLACES: Final = 30
"""Decimals of a number format (Excel)."""
_LONGEST_SUFFIX: Final = 20


class Shown(Struct, frozen=True):
    """A number in a cell.

    Attributes:
        digits: the number that is held; empty for none.
        code: the number format that shows it.
        per_cent: whether a hundredth of the printed number is held.
    """

    digits: str
    code: str
    per_cent: bool


General: Final = Shown("", "General", per_cent=False)


def shown_of(cell: Cell) -> Shown:
    """The number of a cell, or the format for the number that will stand in it.

    Where no number format shows exactly what is printed ("007", more digits than a spreadsheet holds), there is none:
    the cell is a text. A per cent is held as a hundredth, as spreadsheets hold what a person types as 86.19%: so it
    can be computed with, and typing over it gives a per cent again.
    """
    if any(letter in cell.suffix for letter in '"\n') or len(cell.suffix) > _LONGEST_SUFFIX:
        return General
    if cell.number is not None:
        return _of_number(cell.number, cell)
    if cell.text or not (cell.formula or cell.suffix):
        return General
    return Shown("", _code("0", cell.formula.places if cell.formula else 2, cell.suffix), cell.suffix == "%")


def _of_number(number: Decimal, cell: Cell) -> Shown:
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or (number == 0 and number.is_signed()):
        return General
    places = max(0, -exponent)
    if len(digits) > _MOST_DIGITS or number.adjusted() >= _MOST_DIGITS or places > _MOST_PLACES:
        return General
    for pattern, code in (("f", "0"), (",f", "#,##0")):
        if cell.text == format(number, pattern) + cell.suffix:
            held = number.scaleb(-2) if cell.suffix == "%" else number
            return Shown(format(held, "f"), _code(code, places, cell.suffix), cell.suffix == "%")
    return General


def _code(whole: str, places: int, suffix: str) -> str:
    digits = f"{whole}.{'0' * places}" if places else whole
    return digits + (suffix if suffix in ("", "%") else f'"{suffix}"')
