"""Rows as JSON: what a page's function takes, and what an office sends to a page."""

from jixiao.language.closure import FormRow
from jixiao.language.javascript.numbers import SAFE
from jixiao.language.schema import Cell

JsonCell = int | bool | str | None


def row_json(row: FormRow) -> dict[str, JsonCell]:
    """A row as the page's function takes it, ready for JSON.

    Numbers stay scaled by their column's scale (9.95 with two decimals is 995). A whole number is a JSON number as long
    as every reader keeps its digits (below 2**53), beyond that a text of digits; a number with more decimals than its
    scale is a text such as "7/2". Truths, texts and nulls are themselves.
    """
    return {name: _json_cell(cell) for name, cell in row.items()}


def _json_cell(cell: Cell) -> JsonCell:
    if cell is None or isinstance(cell, bool | str):
        return cell
    if isinstance(cell, int):
        return cell if abs(cell) <= SAFE else str(cell)
    return f"{cell.numerator}/{cell.denominator}"
