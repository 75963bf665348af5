"""Formulas that people expect in a spreadsheet, kept only where they give what the form says, or where it is blank."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from msgspec.structs import replace

from jixiao.writing.paper.model import Cell, Formula

_MOST_DIGITS = 60


def kept(cells: list[Cell], wanted: Mapping[str, Formula]) -> list[Cell]:
    """The cells, with a formula in each for which one is wanted and that is blank or holds what it gives.

    A claim that contradicts the form's own numbers stays what it is, a number: nothing is put right in passing.
    """
    numbers = {cell.pointer: cell.number for cell in cells if cell.pointer}
    return [_with_formula(cell, wanted[cell.pointer], numbers) if cell.pointer in wanted else cell for cell in cells]


def _with_formula(cell: Cell, formula: Formula, numbers: Mapping[str, Decimal | None]) -> Cell:
    of = tuple(pointer for pointer in formula.of if pointer in numbers)
    if not of or (formula.kind != "sum" and of != formula.of):
        return cell
    if cell.number is None:
        return cell if cell.text else replace(cell, formula=replace(formula, of=of))
    places = max(0, -int(cell.number.as_tuple().exponent))
    formula = replace(formula, of=of, places=places)
    return replace(cell, formula=formula) if result(formula, numbers) == cell.number else cell


def result(formula: Formula, numbers: Mapping[str, Decimal | None]) -> Decimal | None:
    """What a formula gives, rounded half up; `None` where a number it needs is blank, or a rate has no base."""
    given = [numbers.get(pointer) for pointer in formula.of]
    if formula.kind == "sum":
        present = [Fraction(number) for number in given if number is not None]
        return _rounded(sum(present, Fraction(0)), formula.places) if present else None
    first, second = given
    if first is None or second is None:
        return None
    if formula.kind == "share":
        return _rounded(min(Fraction(first), Fraction(first) * Fraction(second) / 100), formula.places)
    return _rounded(Fraction(first) * 100 / Fraction(second), formula.places) if second else None


def _rounded(exact: Fraction, places: int) -> Decimal:
    """Half up, away from zero, as a spreadsheet rounds."""
    scaled = abs(exact) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    with localcontext() as context:
        context.prec = _MOST_DIGITS
        value = Decimal(whole if exact >= 0 else -whole).scaleb(-places)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
