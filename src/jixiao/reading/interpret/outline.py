"""The outline of a form: what each row is (header, fund row, goal, indicator, total, label with value, plain line)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from jixiao.form import is_nothing, parse_rate
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import MONEY, Column, Header, cut_header, header_at, under
from jixiao.reading.interpret.rows import Item, Row, is_amount

Kind = Literal["aside", "header", "line", "pair", "funds", "goal", "indicators", "management", "total"]

_SLACK = 200
"""How far an edge may be from another and still be the same edge: 2 points, or less than a column without geometry."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row and what it is.

    Attributes:
        kind: what the row is.
        row: the row.
        header: the header the row stands under; of a total row, the header of the indicators.
        fresh: whether it is the first row after a page break, repeated headers not counted.
        below: the row of values under a row of labels, where labels stand above their values.
        ended: whether the indicators are behind it.
    """

    kind: Kind
    row: Row
    header: Header | None = None
    fresh: bool = False
    below: Row | None = None
    ended: bool = False


@dataclass(slots=True)
class _Walk:
    """Where the walk over the rows of a form stands."""

    rows: Sequence[Row]
    lexicon: Lexicon
    parts: list[Part] = field(default_factory=list)
    header: Header | None = None
    ended: bool = False
    fresh: bool = False
    cut: Row | None = None

    def take(self, index: int) -> int:
        """Take the row at an index; how many rows are taken with it."""
        row = self.rows[index]
        if row.free or row.aside:
            self.parts.append(Part("aside" if row.aside else "line", row, self.header, ended=self.ended))
            return 1
        self.fresh = self.fresh or row.fresh
        if row is self.cut:
            self.parts.append(Part("header", row, self.header, self.fresh))
            return 1
        return self._header(index) or self._row(index)

    def _header(self, index: int) -> int:
        row, below = self.rows[index], next((row for row in self.rows[index + 1 :] if not row.free), None)
        found = header_at(self.rows, index, self.lexicon)
        mended = cut_header(row, below, self.lexicon) if below and below.fresh else None
        if mended is None and found is None:
            return 0
        self.cut = below if mended else None
        self.header = header = mended or found
        self.ended = self.ended and header is not None and header.kind != "indicators"
        depth = found.depth if found and not mended else 1
        self.parts.extend(Part("header", each, header, self.fresh) for each in self.rows[index : index + depth])
        return depth

    def _row(self, index: int) -> int:
        row = self.rows[index]
        kind = _kind(row, None if self.ended else self.header, self.lexicon)
        below = _values_below(self.rows, index, self.lexicon) if kind in ("pair", "total") else None
        if row.filled:
            self.parts.append(Part(kind, row, self.header, self.fresh, below, self.ended))
            self.fresh = False
        self.ended = self.ended or kind == "total"
        return 2 if below else 1


def outline(rows: Sequence[Row], lexicon: Lexicon) -> tuple[Part, ...]:
    """What each row of one form is, in order; empty rows are left out."""
    walk, index = _Walk(rows, lexicon), 0
    while index < len(rows):
        index += walk.take(index)
    return tuple(walk.parts)


def _kind(row: Row, header: Header | None, lexicon: Lexicon) -> Kind:
    if header is None or not row.filled:
        labelled = any(lexicon.is_label(item.text, ("head", "tail")) for item in (*row.filled, *row.covers))
        return "pair" if row.filled and (labelled or len(row.filled) > 1) else "line"
    if header.kind == "indicators":
        return _in_indicators(row, header, lexicon)
    if _opens_pair(row, header, lexicon):
        return "pair"
    return "line" if _crosses(row.filled, row, header) else _in_table(row, header, lexicon)


def _in_table(row: Row, header: Header, lexicon: Lexicon) -> Kind:
    if header.kind == "funds":
        return "funds" if _is_fund_row(row, header, lexicon) else "pair"
    if header.kind == "goal":
        return "pair" if _has_own_label(row, header, lexicon) else "goal"
    return "management"


def _has_own_label(row: Row, header: Header, lexicon: Lexicon) -> bool:
    """Whether a row beside which the goal's label has ended begins with a label of its own (2.项目实施内容)."""
    first = row.filled[0]
    beside = first.right <= header.left + _SLACK and not header.is_beside(first, lexicon)
    return beside and len(row.filled) > 1 and not any(side in row.covers for side in header.sides[-1:])


def _in_indicators(row: Row, header: Header, lexicon: Lexicon) -> Kind:
    if _is_total(row, header, lexicon):
        return "total"
    if _is_subtotal(row, header, lexicon):
        return "pair"
    if _opens_pair(row, header, lexicon) or _is_no_row(row, header):
        return "pair"
    return "line" if _crosses(row.filled, row, header) else "indicators"


def _is_no_row(row: Row, header: Header) -> bool:
    """Whether cells lie across columns as no indicator's do: one over words and values, or one from headings to values.

    So lie a remark below the indicators (未完成原因 and its text) and a sum under a label nobody knows.
    """
    if len(row.filled) < 2:
        return False
    first, second = row.filled[:2]
    if len(row.filled) == 2:
        beside = {column.field for column in header.columns if _covers(second, column)}
        if len(beside) > 1 and (beside & {"weight", "score"} or {"name", "actual"} <= beside):
            return True
    name = header.column("name")
    if name is None or not _covers(first, name):
        return False
    values = ("target", "adjusted_target", "other_target", "initial_target")
    return any(column.field in values and _covers(first, column) for column in header.columns)


def _covers(item: Item, column: Column) -> bool:
    return 2 * item.overlap(column.left, column.right) > column.right - column.left


def _is_total(row: Row, header: Header, lexicon: Lexicon) -> bool:
    if not any(lexicon.find("tail", item.text) in ("total", "total_weight", "total_score") for item in row.filled[:2]):
        return _says_total(row.filled[0], lexicon)
    columns = {column.field for item in row.filled[1:] if (column := under(item, header.columns))}
    return not columns & {"name"}


def _is_subtotal(row: Row, header: Header, lexicon: Lexicon) -> bool:
    """Whether a row says 小计 anywhere among its headings and has no target and no actual value: it is no indicator."""
    if not any(lexicon.find("tail", item.text) == "subtotal" for item in row.filled[:3]):
        return False
    fields = {column.field for item in row.filled if (column := under(item, header.columns))}
    return not fields & {"target", "adjusted_target", "other_target", "initial_target", "actual"}


def _says_total(item: Item, lexicon: Lexicon) -> bool:
    label, colon, _ = item.text.replace(":", "：").partition("：")
    return bool(colon) and lexicon.find("tail", label) == "total"


def _opens_pair(row: Row, header: Header, lexicon: Lexicon) -> bool:
    """Whether the row begins, at the left edge of the part, with a label of a cell beside it."""
    first = row.filled[0]
    if first.left > header.left + _SLACK and header.kind == "indicators":
        return False
    if lexicon.find("fund_rows", first.text) and header.kind == "funds":
        return False
    if lexicon.is_label(first.text, ("tail", "head")) or _begins_with_label(first, lexicon):
        return True
    if lexicon.find("goal", first.text) is None or (header.kind == "goal" and first.right <= header.left + _SLACK):
        return False
    numbers = [item for item in row.filled[1:] if is_nothing(item.text) or parse_rate(item.text) is not None]
    fields = {column.field for item in numbers if (column := under(item, header.columns))}
    return not fields & {"weight", "score", *MONEY}


def _begins_with_label(item: Item, lexicon: Lexicon) -> bool:
    label, colon, _ = item.text.replace(":", "：").partition("：")
    return bool(colon) and lexicon.is_label(label, ("tail", "head"))


def _crosses(filled: Sequence[Item], row: Row, header: Header) -> bool:
    """Whether the row is one cell across the whole table (a note, a heading between parts)."""
    right = max(column.right for column in header.columns)
    only = filled[0]
    whole = only.left <= min(header.left, row.left) + _SLACK and only.right >= right - _SLACK
    return len(filled) == 1 and whole and len(header.columns) > 1


def _is_fund_row(row: Row, header: Header, lexicon: Lexicon) -> bool:
    if any(lexicon.find("fund_rows", item.text) for item in (*row.filled, *row.covers)):
        return True
    if any(
        (column := under(item, header.columns)) and column.field in MONEY and is_amount(item) for item in row.filled
    ):
        return True
    return _is_beside(row, header) and _has_no_amounts(row, header)


def _is_beside(row: Row, header: Header) -> bool:
    """Whether the label that stands beside the whole part reaches down to a row; pages print it again."""
    return any((side.left, side.right) == (cover.left, cover.right) for side in header.sides for cover in row.covers)


def _has_no_amounts(row: Row, header: Header) -> bool:
    """Whether a row is a label left of the columns, and no more than a rate, a dash or a reason under known ones."""
    first, *values = row.filled
    if under(first, header.columns) is not None or first.right > header.left + _SLACK:
        return False
    return all((column := under(item, header.columns)) is not None and column.field for item in values)


def _values_below(rows: Sequence[Row], index: int, lexicon: Lexicon) -> Row | None:
    """The next row, where this one is nothing but labels and the next has a value under each."""
    if index + 1 >= len(rows) or rows[index + 1].table != rows[index].table:
        return None
    labels, values = rows[index].items, rows[index + 1]
    if len(labels) < 2 or not all(lexicon.is_label(item.text, ("head", "tail")) for item in labels):
        return None
    if any(lexicon.is_label(item.text) for item in values.filled):
        return None
    edges = [(item.left, item.right) for item in labels if item.row_span == 1]
    matched = [
        any(abs(left - item.left) + abs(right - item.right) < _SLACK for item in values.items) for left, right in edges
    ]
    return values if matched and all(matched) else None
