"""A document without the summary of findings that we attached to it: it is no part of the forms."""

from dataclasses import replace
from typing import TypeAlias

from jixiao.form import Place
from jixiao.layout.attached import is_summary
from jixiao.layout.grid import FreeText, Grid, Table

Blocks: TypeAlias = tuple[Table | FreeText, ...]
_LEFT_OUT = "附在文件中的复核意见汇总不是自评表的内容，未读。The attached review summary is no part of it; not read."


def without_summary(grid: Grid) -> Grid:
    """A grid without the summaries that we attached, and a sentence that they were left out.

    A summary is a sheet of its own, or pages of their own behind everything else; in a document without pages it is
    some lines and a table, after which only footers, notes and the summary of another run can come.
    """
    kept = grid.blocks
    while (start := next((at for at, block in enumerate(kept) if _opens_summary(block)), None)) is not None:
        kept = _cut(kept, start)
    return grid if len(kept) == len(grid.blocks) else replace(grid, blocks=kept, attached=(*grid.attached, _LEFT_OUT))


def _cut(blocks: Blocks, start: int) -> Blocks:
    """What is left without the summary that opens at a block."""
    place = _place(blocks[start])
    if sheet := _sheet(place):
        return tuple(block for block in blocks if _sheet(_place(block)) != sheet)
    if place is not None and place.page is not None:
        return tuple(block for block in blocks[:start] if not _shares_page(block, place))
    tables = (at for at, block in enumerate(blocks) if at > start and isinstance(block, Table))
    return blocks[:start] + blocks[next(tables, len(blocks)) + 1 :]


def _opens_summary(block: Table | FreeText) -> bool:
    return is_summary(block.text) if isinstance(block, FreeText) else any(is_summary(cell.text) for cell in block.cells)


def _place(block: Table | FreeText) -> Place | None:
    """The first place of a block, in its words for tables: that of its first cell."""
    holders = [block] if isinstance(block, FreeText) else block.cells
    return next((place for holder in holders for place in holder.places), None)


def _sheet(place: Place | None) -> str:
    """The sheet of a workbook that a place names; in other documents, whose tables have no sheets, nothing."""
    name, parted, _ = ((place.cell if place else None) or "").rpartition("!")
    return "" if name.startswith("table") and name[5:6].isdecimal() else name if parted else ""


def _shares_page(block: Table | FreeText, place: Place) -> bool:
    """Whether a block that comes first stands on the summary's page all the same (a header over it)."""
    own = _place(block)
    return own is not None and own.page == place.page
