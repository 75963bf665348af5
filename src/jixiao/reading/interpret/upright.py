"""A fund table that lies on its side, sources across and budgets down, set upright: a source a row, as usual."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import MONEY
from jixiao.reading.interpret.rows import Item, Row, is_amount

_FIELDS: Final = (*MONEY, "weight", "rate", "score")


def upright(rows: Sequence[Row], lexicon: Lexicon) -> tuple[Row, ...]:
    """The rows; where a header names sources (合计, 财政拨款) and rows below budgets, columns and rows exchanged."""
    made: list[Row] = []
    index = 0
    while index < len(rows):
        sources = _sources(rows[index], lexicon)
        body = _body(rows[index + 1 :], rows[index], sources, lexicon) if sources else []
        made.extend(_turned(rows[index], body, sources) if body else [rows[index]])
        index += 1 + len(body)
    return tuple(made)


def _sources(row: Row, lexicon: Lexicon) -> list[Item]:
    """The sources of money a row names side by side; none where it holds an amount, or names one."""
    if row.free or len(row.filled) < 2:
        return []
    found = [item for item in row.filled if lexicon.find("fund_rows", item.text)]
    if len(found) < 2 or any(is_amount(item) or lexicon.find("fund_columns", item.text) for item in row.filled):
        return []
    return found


def _body(rows: Sequence[Row], head: Row, sources: Sequence[Item], lexicon: Lexicon) -> list[Row]:
    """The rows of budgets below the sources; none where they are not at least two, each of another amount."""
    fields: list[str] = []

    def goes_on(row: Row) -> bool:
        label = _label(row, sources)
        field = lexicon.find("fund_columns", label.text) if label else None
        fits = row.table == head.table and not row.free and field in _FIELDS and field not in fields
        fields.extend([field] if field and fits else [])
        return fits

    body = list(takewhile(goes_on, rows))
    return body if len(MONEY & set(fields)) > 1 else []


def _label(row: Row, sources: Sequence[Item]) -> Item | None:
    before = [item for item in row.filled if item.right <= sources[0].left]
    return before[-1] if before else None


def _turned(head: Row, body: Sequence[Row], sources: Sequence[Item]) -> Iterator[Row]:
    """The header and a row a source; the amounts take even widths right of the labels."""
    left, right = sources[0].left, max(head.right, sources[-1].right)
    edges = [left + (right - left) * index // len(body) for index in range(len(body) + 1)]
    beside = [item for item in head.items if item.right <= left]
    labels = [
        _moved(label, head, edges[index : index + 2])
        for index, row in enumerate(body)
        if (label := _label(row, sources))
    ]
    yield _row(head, [*beside, *labels], head.covers)
    first = max((item.left for item in beside), default=head.left)
    for number, source in enumerate(sources):
        under = body[min(number, len(body) - 1)]
        values = [
            _moved(item, under, edges[index : index + 2])
            for index, row in enumerate(body)
            for item in row.filled
            if item.left >= left and 2 * item.overlap(source.left, source.right) > item.right - item.left
        ]
        yield _row(under, [_moved(source, under, [first, left]), *values], under.covers)


def _moved(item: Item, row: Row, edges: Sequence[int]) -> Item:
    return replace(item, left=edges[0], right=edges[1], row=row.number, row_end=row.number + 1)


def _row(like: Row, items: Sequence[Item], covers: tuple[Item, ...]) -> Row:
    return replace(like, items=tuple(items), filled=tuple(item for item in items if item.text), covers=covers)
