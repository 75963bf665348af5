"""Header rows: which columns a table part has, and which cells of a row stand under which of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from jixiao.form import LEVEL1, Place, canonical_level, parse_rate
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.lines import year_in
from jixiao.reading.interpret.rows import Item, Row
from jixiao.reading.interpret.wording import join_two

_SLACK = 200
"""How far an edge may be from another and still be the same edge: 2 points, or two columns without geometry."""

MONEY = frozenset({"initial", "adjusted", "executed"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table part.

    Attributes:
        field: the field its header names; `None` where it names none of the form's.
        label: the header as printed.
        left, right: its horizontal extent.
        places: where the header stands.
    """

    field: str | None
    label: str
    left: int
    right: int
    places: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """What tells the column from others of its table, across repeated headers."""
        return self.field or f"label:{self.label}"


@dataclass(frozen=True, slots=True)
class Header:
    """A header read: its kind, its columns left to right, the label at its side, and how many rows it takes.

    Attributes:
        kind: funds, goal, indicators or management.
        columns: left to right.
        sides: labels that stand beside the part (项目资金, 绩效指标), their text is no data.
        depth: header rows, 1 or 2.
    """

    kind: str
    columns: tuple[Column, ...]
    sides: tuple[Item, ...]
    depth: int

    def has(self, name: str) -> bool:
        """Whether a column names the field."""
        return any(column.field == name for column in self.columns)

    def column(self, name: str) -> Column | None:
        """The column of a field, if there is one."""
        return next((column for column in self.columns if column.field == name), None)

    def is_beside(self, item: Item, lexicon: Lexicon) -> bool:
        """Whether an item is the label beside the part, or a piece of it that a page has cut off."""
        stands = any(2 * item.overlap(side.left, side.right) > item.right - item.left for side in self.sides)
        left = self.kind != "funds" and item.right <= self.left + _SLACK
        return (stands or left) and lexicon.holds("section", self.kind, item.text)

    @property
    def left(self) -> int:
        """Left edge of the first column."""
        return min(column.left for column in self.columns)


_BLOCKS = {
    "indicators": "indicator_columns",
    "funds": "fund_columns",
    "goal": "goal",
    "management": "management_columns",
}


def header_at(rows: Sequence[Row], index: int, lexicon: Lexicon) -> Header | None:
    """The header that begins at a row, or `None` where the row is no header."""
    row = rows[index]
    if len(row.filled) < 2 or not any(lexicon.is_label(item.text, _BLOCKS.values()) for item in row.filled):
        return None
    if _has_values(row):
        return None
    for kind, block in _BLOCKS.items():
        sides = _sides(row, kind, lexicon)
        labels = tuple(item for item in row.filled if item not in sides)
        if _is_header(kind, [lexicon.find(block, item.text) for item in labels], sided=bool(sides)):
            below = _second_tier(rows, index, labels, lexicon, block)
            columns = [*_headings(rows, index, sides), *_columns(labels, below, lexicon, block)]
            return Header(kind, _one_each(columns, lexicon, block), sides, 2 if below else 1)
    return _grouped_header(rows, index, lexicon)


def _has_values(row: Row) -> bool:
    """Whether numbers stand among labels: then each label has its value beside it. One recognised speck is none."""
    numbers = [item for item in row.filled if item.text[0].isdigit() and parse_rate(item.text) is not None]
    specks = [item for item in numbers if len(item.text) == 1 and any(place.confidence < 1 for place in item.places)]
    return len(numbers) > len(specks) or len(specks) * 4 > len(row.filled) - len(specks)


def _grouped_header(rows: Sequence[Row], index: int, lexicon: Lexicon) -> Header | None:
    """A header of two tiers: the upper names groups (绩效指标 over 一级, 二级, 三级指标) and columns beside them."""
    top = rows[index]
    if index + 1 >= len(rows) or rows[index + 1].table != top.table:
        return None
    below = rows[index + 1].filled
    for kind in ("indicators", "funds"):
        block = _BLOCKS[kind]
        if sum(lexicon.find(block, item.text) is not None for item in below) < 2:
            continue
        tops = [(label, [item for item in below if item.overlap(label.left, label.right) > 0]) for label in top.filled]
        sides = tuple(label for label, parts in tops if not parts and lexicon.find("section", label.text) == kind)
        known = all(lexicon.is_label(label.text, (block, "section")) for label, _ in tops)
        lone = [label for label, parts in tops if not parts and label not in sides]
        leaves = sorted((*below, *lone), key=lambda item: item.left)
        if known and _is_header(kind, [lexicon.find(block, item.text) for item in leaves], sided=bool(sides)):
            sides += tuple(item for item in top.covers if lexicon.find("section", item.text) == kind)
            columns = (_leaf(item, top.filled, lexicon, block) for item in leaves)
            return Header(kind, _one_each(columns, lexicon, block), sides, 2)
    return None


def _leaf(item: Item, tops: Sequence[Item], lexicon: Lexicon, block: str) -> Column:
    """The column of a label of the lower tier, or of one that reaches through both; a strange one with its group."""
    own = lexicon.find(block, item.text)
    group = next((top for top in tops if top is not item and item.overlap(top.left, top.right) > 0), None)
    label = item.text if own or group is None else f"{group.text}：{item.text}"
    return Column(None if own == "extra" else own, label, item.left, item.right, item.places)


def cut_header(first: Row, rest: Row, lexicon: Lexicon) -> Header | None:
    """The header whose labels a page has cut: begun in the last row of a page, ended in the first of the next.

    Returns:
        `None` where the rows are not that: some text of the second row is the end of no label.
    """
    ends = {id(item): _above(item, first) for item in rest.filled}
    joined = [
        replace(item, text=join_two(item.text, "".join(end.text for end in rest.filled if ends[id(end)] is item)))
        for item in first.items
    ]
    row = replace(first, items=tuple(joined), filled=tuple(item for item in joined if item.text))
    header = header_at([row], 0, lexicon)
    if header is None or not rest.filled:
        return None
    mended = [item for item, before in zip(joined, first.items, strict=True) if item.text != before.text]
    blocks = (_BLOCKS[header.kind], "section")
    whole = all(lexicon.is_label(item.text, blocks) for item in mended)
    return header if whole and all(ends.values()) else None


def _above(item: Item, row: Row) -> Item | None:
    """The item of a row that stands in the column of an item of another page."""
    best = max(row.items, key=lambda each: each.overlap(item.left, item.right), default=None)
    return best if best and 2 * best.overlap(item.left, item.right) > item.right - item.left else None


def _is_header(kind: str, fields: Sequence[str | None], *, sided: bool) -> bool:
    known = [field for field in fields if field]
    found = set(known) - {"extra"}
    if len(known) <= len(fields) - len(known):
        return False
    if kind == "indicators":
        return _is_indicator_header(found)
    if kind == "funds":
        return bool(found & MONEY) and len(found) >= 2
    if kind == "goal":
        return len(known) == len(fields) and (len(found) >= 2 or sided)
    return "text" in found and sided


def _is_indicator_header(found: set[str]) -> bool:
    valued = bool(found & {"target", "adjusted_target", "other_target", "initial_target", "actual"})
    headings = found & {"name", "level1", "level2"}
    scored = {"weight", "score"} <= found and len(headings) >= 2
    return bool((valued and headings) or scored) and len(found) >= 3


def _sides(row: Row, kind: str, lexicon: Lexicon) -> tuple[Item, ...]:
    """The labels at the left of a header row that name the part: known as such, or taller than the header itself."""
    filled = row.filled
    rest = [item.row_span for item in filled[1:]]
    tall = bool(rest) and filled[0].row_span > max(rest)
    sides = list(takewhile(lambda item: lexicon.find("section", item.text) == kind, filled))
    if kind == "goal":
        sides = list(takewhile(lambda item: item.row_span > filled[-1].row_span, filled[:-1]))
    first = filled[0] if filled else None
    if first and first not in sides and lexicon.find(_BLOCKS[kind], first.text) is None:
        sides.extend([first] if tall or lexicon.holds("section", kind, first.text) else [])
    return (*sides, *(item for item in row.covers if lexicon.find("section", item.text) == kind))


def _headings(rows: Sequence[Row], index: int, sides: Sequence[Item]) -> Iterator[Column]:
    """绩效指标 that is no label beside the rows but stands over their headings (产出指标, 产出指标, 效益指标)."""
    below = rows[index + 1].filled[:1] if index + 1 < len(rows) else ()
    for side in sides[:1]:
        first = side.row_span == 1 and any(canonical_level(item.text, 1) in LEVEL1 for item in below)
        if first and 2 * below[0].overlap(side.left, side.right) > below[0].right - below[0].left:
            yield Column("level1", side.text, side.left, side.right, side.places)


def _second_tier(
    rows: Sequence[Row], index: int, labels: Sequence[Item], lexicon: Lexicon, block: str
) -> tuple[Item, ...]:
    if index + 1 >= len(rows) or rows[index + 1].table != rows[index].table:
        return ()
    below = rows[index + 1].filled
    known = [item for item in below if lexicon.find(block, item.text)]
    inside = max((item.row_end for item in labels), default=0) > rows[index + 1].number
    grouped = [item for item in below if any(_under(item, label) for label in labels)]
    if inside and grouped and len(grouped) == len(below) and (known or block != "goal"):
        return below
    return below if len(known) >= 2 and len(known) == len(below) and grouped else ()


def _under(item: Item, label: Item) -> bool:
    narrower = item.right - item.left < label.right - label.left
    return narrower and 2 * item.overlap(label.left, label.right) > item.right - item.left


def _columns(labels: Sequence[Item], below: Sequence[Item], lexicon: Lexicon, block: str) -> Iterable[Column]:
    for label in labels:
        parts = [item for item in below if 2 * item.overlap(label.left, label.right) > item.right - item.left]
        for part in parts or [label]:
            own = lexicon.find(block, part.text)
            text = part.text if own or part is label else f"{label.text}：{part.text}"
            yield Column(None if own == "extra" else own, text, part.left, part.right, part.places)


def _one_each(columns: Iterable[Column], lexicon: Lexicon, block: str) -> tuple[Column, ...]:
    """At most one column a field: of two, the one whose label the lexicon prefers; the other keeps its label only.

    Of two labels that differ by a year only (2022年实际值, 2023年实际值) the later is preferred.
    """
    found = sorted(columns, key=lambda column: column.left)
    best: dict[str, Column] = {}
    for column in found:
        name = column.field
        if name and (name not in best or _order(column, lexicon, block) < _order(best[name], lexicon, block)):
            best[name] = column
    return tuple(
        column if column.field is None or best[column.field] is column else replace(column, field=None)
        for column in found
    )


def _order(column: Column, lexicon: Lexicon, block: str) -> tuple[int, int]:
    return lexicon.rank(block, column.label), -(year_in(column.label) or 0)


def is_word_of(header: Header, item: Item, lexicon: Lexicon) -> bool:
    """Whether a text of a header row is a known label of its table, of the part it stands beside, or a piece of one."""
    block = _BLOCKS[header.kind]
    return lexicon.is_label(item.text, (block, "section")) or lexicon.holds("section", header.kind, item.text)


def under(item: Item, columns: Sequence[Column]) -> Column | None:
    """The column an item stands under: the leftmost it covers by half, else the one it shares most with."""
    best, most = None, 0
    for column in columns:
        shared = min(item.right, column.right) - max(item.left, column.left)
        if 2 * shared > column.right - column.left:
            return column
        if best is None or shared > most:
            best, most = column, shared
    return best if 3 * most > item.right - item.left else None
