"""What a spreadsheet computes: written as a formula only where it gives exactly what the document prints."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from msgspec import Struct

from jixiao.writing.paper.model import Cell, Formula

_EXACT: Final = Context(prec=200, rounding=ROUND_HALF_UP)
_MOST_ARGUMENTS: Final = 255
"""Of a function (Excel specifications and limits)."""


class Operand(Struct, frozen=True):
    """A cell that a formula reads.

    Attributes:
        row, column: of the sheet, from 0.
        last_row: the last row it covers.
        number: what it holds, per cent as printed; `None` for a blank.
        per_cent: whether the spreadsheet holds a hundredth of that, shown with a per cent sign.
    """

    row: int
    column: int
    last_row: int
    number: Decimal | None
    per_cent: bool

    @property
    def hundreds(self) -> int:
        """By how many powers of ten the number that is printed is larger than the one that is held."""
        return 2 if self.per_cent else 0


def spot_name(row: int, column: int) -> str:
    """A spot of a sheet as spreadsheets name it: C7 for the third column, the seventh row."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def formula_of(cell: Cell, operands: Mapping[str, Operand]) -> str:
    """The formula of a cell; empty where there is none that gives what the cell prints.

    Args:
        cell: the cell.
        operands: the cells of the same sheet that hold a number or are blank, by pointer.

    A formula shows nothing as long as what it reads is blank: a form to be filled in stays blank.
    """
    formula = cell.formula
    if formula is None or not formula.of or not all(pointer in operands for pointer in formula.of):
        return ""
    read = [operands[pointer] for pointer in formula.of]
    if formula.kind == "share" and (read[0].per_cent or cell.suffix):
        return ""
    if (formula.kind != "sum" and len(read) != 2) or _value(formula, read) != cell.number:
        return ""
    return _sum(formula, read, cell) if formula.kind == "sum" else _ratio(formula, read, cell)


def _value(formula: Formula, read: Sequence[Operand]) -> Decimal | None:
    """What the formula gives, as spreadsheets compute: half a unit goes up, away from zero."""
    numbers = [each.number for each in read if each.number is not None]
    if not numbers or (formula.kind != "sum" and len(numbers) < 2):
        return None
    if formula.kind == "sum":
        result = sum(numbers, Decimal(0))
    elif formula.kind == "share":
        result = min(numbers[0], _EXACT.multiply(numbers[0], numbers[1]).scaleb(-2))
    elif numbers[1] == 0:
        return None
    else:
        result = _EXACT.divide(numbers[0].scaleb(2), numbers[1])
    return _EXACT.quantize(result, Decimal(1).scaleb(-formula.places))


def _sum(formula: Formula, read: Sequence[Operand], cell: Cell) -> str:
    per_cent = cell.suffix == "%"
    spots = _ranges(read)
    if any(each.per_cent != per_cent for each in read) or len(spots) > _MOST_ARGUMENTS:
        return ""
    listed = ",".join(spots)
    return f'IF(COUNT({listed})=0,"",ROUND(SUM({listed}),{formula.places + (2 if per_cent else 0)}))'


def _ratio(formula: Formula, read: Sequence[Operand], cell: Cell) -> str:
    first, second = (spot_name(each.row, each.column) for each in read)
    own = 2 if cell.suffix == "%" else 0
    if formula.kind == "rate":
        scale = _SCALES[2 + read[0].hundreds - read[1].hundreds - own]
        result = f'IF({second}=0,"",ROUND({first}/{second}{scale},{formula.places + own}))'
    else:
        scale = _SCALES[read[0].hundreds + read[1].hundreds - 2 - own]
        result = f"MIN({first},ROUND({first}*{second}{scale},{formula.places + own}))"
    return f'IF(COUNT({first},{second})<2,"",{result})'


_SCALES: Final = {-4: "/10000", -2: "/100", 0: "", 2: "*100", 4: "*10000"}


def _ranges(read: Sequence[Operand]) -> list[str]:
    """The cells, those that stand directly under one another as one range: it grows when a row is put in between."""
    runs: list[list[Operand]] = []
    for each in sorted(read, key=lambda each: (each.column, each.row)):
        if runs and (runs[-1][-1].column, runs[-1][-1].last_row + 1) == (each.column, each.row):
            runs[-1].append(each)
        else:
            runs.append([each])
    return [
        ":".join(dict.fromkeys((spot_name(run[0].row, run[0].column), spot_name(run[-1].row, run[-1].column))))
        for run in runs
    ]
