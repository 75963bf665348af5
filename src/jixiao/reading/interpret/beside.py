"""A fund table that stands beside the head, not below it: its rows are read after those of the head."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import MONEY, Header, header_at
from jixiao.reading.interpret.rows import Item, Row


def side_by_side(rows: Sequence[Row], lexicon: Lexicon) -> tuple[Row, ...]:
    """The rows; where a fund table begins in the middle of a row of the head, first its left side, then its right one.

    It goes on as far down as no cell crosses the edge between the two.
    """
    made: list[Row] = []
    index = 0
    while index < len(rows):
        edge = _edge(rows[index], lexicon)
        count = _depth(rows[index:], edge, lexicon) if edge is not None else 0
        if edge is None or count < 2:
            made.append(rows[index])
            index += 1
            continue
        block = rows[index : index + count]
        made.extend(_side(block, edge, left=True))
        made.extend(_side(block, edge, left=False))
        index += count
    return tuple(made)


def _edge(row: Row, lexicon: Lexicon) -> int | None:
    """The left edge of a fund header that begins behind a label of the head and its value."""
    filled = row.filled
    if row.free or len(filled) < 5 or lexicon.find("head", filled[0].text) is None:
        return None
    for start in range(2, len(filled) - 1):
        before = any(_is_money(item, lexicon) for item in filled[1:start])
        if not before and _is_money(filled[start + 1], lexicon) and _header(row, filled[start:], lexicon):
            return filled[start].left
    return None


def _header(row: Row, items: Sequence[Item], lexicon: Lexicon) -> Header | None:
    found = header_at([replace(row, items=tuple(items), filled=tuple(items), covers=())], 0, lexicon)
    return found if found and found.kind == "funds" else None


def _is_money(item: Item, lexicon: Lexicon) -> bool:
    return lexicon.find("fund_columns", item.text) in MONEY


def _depth(rows: Sequence[Row], edge: int, lexicon: Lexicon) -> int:
    """How many rows have the edge, an empty or labelled cell left of it and something right of it."""
    count = 0
    for row in rows:
        crossing = any(item.left < edge < item.right for item in (*row.items, *row.covers))
        apart = any(item.left >= edge for item in row.filled) or count == 0
        new = count > 0 and header_at([row], 0, lexicon) is not None
        if row.free or row.table != rows[0].table or crossing or new or not apart:
            break
        count += 1
    return count


def _side(block: Sequence[Row], edge: int, *, left: bool) -> Iterator[Row]:
    for row in block:
        items, filled, covers = (
            tuple(item for item in each if (item.left < edge) == left) for each in (row.items, row.filled, row.covers)
        )
        if items:
            yield replace(row, items=items, filled=filled, covers=covers, fresh=row.fresh and left)
