"""Rows higher than a page, whole again: our own writers mark the texts that a page cuts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from jixiao.layout.grid import Cell, FreeText, Table
from jixiao.reading.glyphs import JOINER

CUT: Final = 3 * JOINER
"""Ends the last line on a page of a text that goes on in the same column of the next page."""
_ENDED: Final = 2 * JOINER
_COLUMN: Final = 1000
_SLACK: Final = 100
"""How far the edges of one column may lie apart on two pages: a point."""


def with_whole_rows(blocks: Iterable[Table | FreeText]) -> Sequence[Table | FreeText]:
    """The blocks; a row that pages cut stands whole where it begins.

    What is printed again beside its rest (the row's label, a heading over several rows) is not read twice. A row whose
    rest is not found, or stands beside what it did not stand beside before, is left as it is.
    """
    made: list[Table | FreeText] = []
    upper: int | None = None
    for block in blocks:
        if not isinstance(block, Table):
            made.append(block)
            continue
        above = made[upper] if upper is not None else None
        if isinstance(above, Table) and upper is not None and block.page > above.page:
            made[upper], rest = _mended(above, block)
            if rest is None:
                continue
            made.append(rest)
            upper = len(made) - 1 if _cut(rest) else None
            continue
        made.append(block)
        upper = len(made) - 1 if _cut(block) else None
    return made


def _cut(table: Table) -> list[Cell]:
    return [cell for cell in table.cells if cell.text.endswith(CUT)]


def _mended(upper: Table, lower: Table) -> tuple[Table, Table | None]:
    """Two parts of a table, the last row of the first made whole; no second one, if all of it went into the first."""
    row = _first_new_row(upper, lower)
    cut = _cut(upper)
    rests = [(cell, _beside(cut, cell)) for cell in lower.cells if cell.row == row and cell.text]
    if row is None or not all(above is not None or _again(upper, cell) for cell, above in rests):
        return upper, lower
    whole = {id(above): _joined(above, cell) for cell, above in rests if above is not None}
    for cell in cut:
        whole.setdefault(id(cell), replace(cell, text=cell.text.removesuffix(CUT) + _ENDED))
    first = replace(upper, cells=tuple(whole.get(id(cell), cell) for cell in upper.cells))
    kept = tuple(_below(cell, row) for cell in lower.cells if cell.row != row or cell.row_span > 1)
    return first, replace(lower, cells=kept) if any(cell.row > row for cell in kept) else None


def _first_new_row(upper: Table, lower: Table) -> int | None:
    """The first row that is no heading printed again."""
    rows = sorted({cell.row for cell in lower.cells})
    return next(
        (row for row in rows if any(cell.row == row and cell.text and not _again(upper, cell) for cell in lower.cells)),
        None,
    )


def _again(upper: Table, cell: Cell) -> bool:
    """Whether a cell is printed again: one of the same column has its text, and neither goes on overleaf."""
    same = (other for other in upper.cells if other.text == cell.text and not cell.text.endswith(CUT))
    return any(_in_one_column(other, cell) for other in same)


def _beside(cut: Sequence[Cell], cell: Cell) -> Cell | None:
    return next((above for above in cut if _in_one_column(above, cell)), None)


def _joined(above: Cell, cell: Cell) -> Cell:
    ended = "" if cell.text.endswith(CUT) else _ENDED
    text = f"{above.text.removesuffix(CUT)}\n{cell.text.removesuffix(_ENDED) if ended else cell.text}{ended}"
    return replace(above, text=text, places=above.places + cell.places)


def _below(cell: Cell, row: int) -> Cell:
    return replace(cell, row=row + 1, row_span=cell.row_span - 1) if cell.row == row else cell


def _in_one_column(one: Cell, other: Cell) -> bool:
    return all(abs(mine - its) <= _SLACK for mine, its in zip(_extent(one), _extent(other), strict=True))


def _extent(cell: Cell) -> tuple[int, int]:
    if cell.box:
        return cell.box[0], cell.box[2]
    return cell.column * _COLUMN, (cell.column + cell.column_span) * _COLUMN
