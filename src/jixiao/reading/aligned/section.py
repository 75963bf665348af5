"""One part of a form under its header, without walls: columns by white channels, rows by numbers, headings by place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from jixiao.form import LEVEL1, LEVEL2, canonical_level, is_nothing, parents, parse_rate
from jixiao.layout.grid import Box
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.aligned.area import Area
from jixiao.reading.aligned.channels import Interval, boundary, column_gaps
from jixiao.reading.aligned.headers import TARGETS, Header, is_under
from jixiao.reading.aligned.labels import labels_of
from jixiao.reading.aligned.rows import Rows, part_rows
from jixiao.reading.aligned.segments import Segment, joined_text, segments_of
from jixiao.reading.aligned.spans import Span, span_rows
from jixiao.reading.aligned.values import Value, is_value, value_blocks
from jixiao.reading.glyphs import Glyph
from jixiao.reading.lattice import Rule

LEVELS: Final = ("level1", "level2")
_ANCHORS: Final = {
    "indicators": ("weight", "score"),
    "funds": ("initial", "adjusted", "executed"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a part.

    Attributes:
        kind: indicators, funds or goal.
        centres: extents of the header labels, by which the channels between columns are found.
        fields: what each names.
    """

    kind: str
    centres: tuple[Interval, ...]
    fields: tuple[str | None, ...]


@dataclass(slots=True)
class Section:
    """A part of a form: its columns, its glyphs, and where it stands."""

    columns: Columns
    glyphs: list[Glyph]
    left: int
    right: int
    top: int
    bottom: int
    rules: Sequence[Rule]
    lexicon: Lexicon
    header: Header | None = None
    edges: list[int] = field(default_factory=list)
    sure: bool = True
    sides: int = 0

    def areas(self) -> list[Area]:
        """Its cells, header included."""
        self._find_edges()
        below = self._below_header()
        found = list(self._header_areas(below)) if self.header else []
        body = [glyph for glyph in self.glyphs if self.header is None or not self._is_of_header(glyph)]
        stacks = self._stacks(body)
        rows = self._rows(stacks, below)
        for number, stack in enumerate(stacks):
            found.extend(self._column_areas(number, stack, rows))
        return found

    def _find_edges(self) -> None:
        """The vertical edges: between labels where the least text stands, left of the first wherever none does."""
        intervals = list(_stretches(self.glyphs))
        first = sum(self.columns.centres[0]) // 2
        outer = column_gaps(intervals, self.left, first)
        self.sides = len(outer)
        self.edges = [self.left, *outer]
        for one, other in pairwise(self.columns.centres):
            edge, clear = boundary(intervals, one[1], other[0], sum(one) - self.edges[-1])
            self.edges.append(edge)
            self.sure = self.sure and clear
        self.edges.append(self.right)

    def _below_header(self) -> int:
        """Where the rows begin."""
        if self.header is None:
            return self.top
        low = self.header.bottom
        beside = self.edges[self.sides]
        tops = [glyph[1] for glyph in self.glyphs if glyph[1] + glyph[3] > 2 * low and glyph[0] >= beside]
        return (low + min(tops)) // 2 if tops else low

    def _is_of_header(self, glyph: Glyph) -> bool:
        header = self.header
        return header is not None and any(glyph in segment.glyphs for segment in header.segments)

    def _header_areas(self, below: int) -> Iterator[Area]:
        """A cell for each label; one over its group's columns for a group, and the labels under it lower."""
        header = self.header
        if header is None:
            return
        middle = (self.top + below) // 2
        grouped = [self._group_edges(group.box) for group in header.groups]
        for group, (left, right) in zip(header.groups, grouped, strict=True):
            yield Area((left, self.top, right, middle), group.glyphs)
        own = self.edges[self.sides :]
        for label, left, right in zip(header.labels, own, own[1:], strict=False):
            under = any(start <= left and right <= end for start, end in grouped)
            glyphs = tuple(glyph for segment in label.segments for glyph in segment.glyphs)
            yield Area((left, middle if under else self.top, right, below), glyphs)

    def _group_edges(self, box: Box) -> Interval:
        """The columns that a group stands over: its neighbours among the labels that are set lower."""
        own = self.edges[self.sides :]
        labels = self.header.labels if self.header else ()
        middle = (box[0] + box[2]) // 2
        at = max(sum(edge <= middle for edge in own) - 1, 0)
        first, last = at, at
        while first and is_under(labels[first - 1].box, box):
            first -= 1
        while last + 1 < len(labels) and is_under(labels[last + 1].box, box):
            last += 1
        return own[first], own[last + 1]

    def _stacks(self, glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
        """The glyphs of each column."""
        stacks: list[list[Glyph]] = [[] for _ in self.edges[1:]]
        for glyph in glyphs:
            middle = (glyph[0] + glyph[2]) // 2
            column = sum(edge <= middle for edge in self.edges[1:-1])
            stacks[column].append(glyph)
        return stacks

    def field_of(self, column: int) -> str | None:
        """What a column names; those left of the first label name nothing."""
        return self.columns.fields[column - self.sides] if column >= self.sides else None

    def _column(self, name: str) -> int:
        """The number of the column of a field, -1 where there is none."""
        return self.columns.fields.index(name) + self.sides if name in self.columns.fields else -1

    def _is_side(self, column: int, stack: Sequence[Glyph]) -> bool:
        """Whether a column holds the label of the part, one cell beside all its rows."""
        if column >= self.sides:
            return False
        if self.columns.kind != "funds":
            return True
        texts = [segment.text for line in segments_of(stack, self.lexicon) for segment in line]
        return not any(self.lexicon.find("fund_rows", text) for text in texts)

    def _rows(self, stacks: Sequence[Sequence[Glyph]], below: int) -> Rows:
        if self.columns.kind == "goal":
            return Rows((below, self.bottom), (True,))
        wanted = _ANCHORS[self.columns.kind]
        anchors: list[Interval] = []
        key = self.sides - 1 if self.columns.kind == "funds" else self._column("name")
        columns: list[list[Interval]] = []
        values: list[list[Value]] = []
        for number, stack in enumerate(stacks):
            name = self.field_of(number)
            if name in LEVELS or self._is_side(number, stack):
                continue
            lines = [line for line in segments_of(stack, self.lexicon) if line]
            heights = [(line[0].box[1], line[0].box[3]) for line in lines]
            columns.insert(0 if number == key else len(columns), heights)
            if number == key and self.columns.kind == "funds":
                labels = labels_of([each for line in lines for each in line], self.lexicon, ("fund_rows",))
                anchors.extend((label.box[1], label.box[3]) for label in labels)
            numbers = [_is_number("".join(each.text for each in line)) for line in lines]
            if name in wanted:
                anchors.extend(height for height, plain in zip(heights, numbers, strict=True) if plain)
            elif name in TARGETS:
                texts = ("".join(each.text for each in line) for line in lines)
                values.append([(height, is_value(text)) for height, text in zip(heights, texts, strict=True)])
        if not anchors and self.columns.kind == "indicators":
            anchors = value_blocks(values, columns)
        ruled = self._ruled(anchors, below)
        return ruled or part_rows(columns, anchors, below, self.bottom)

    def _ruled(self, anchors: Sequence[Interval], below: int) -> Rows | None:
        """The rows between rules that run under every number, if there are such rules."""
        middle = (self.edges[self.sides] + self.edges[-1]) // 2
        drawn = [at for low, high, at in self.rules if low < middle < high and below + 200 < at < self.bottom - 200]
        ordered = sorted(low + high for low, high in anchors)
        parted = all(
            one == other or abs(one - other) < 400 or any(one < 2 * at < other for at in drawn)
            for one, other in pairwise(ordered)
        )
        if not drawn or not parted or len(ordered) + len(drawn) < 3:
            return None
        return Rows((below, *drawn, self.bottom), (True,) * (len(drawn) + 1))

    def _column_areas(self, column: int, stack: Sequence[Glyph], rows: Rows) -> Iterator[Area]:
        left, right = self.edges[column], self.edges[column + 1]
        if self._is_side(column, stack):
            yield Area((left, self.top, right, self.bottom), tuple(stack))
            return
        name = self.field_of(column)
        if name in LEVELS:
            yield from self._heading_areas(column, stack, rows)
            return
        for top, bottom, sure in zip(rows.edges, rows.edges[1:], rows.sure, strict=False):
            mine = tuple(glyph for glyph in stack if top <= (glyph[1] + glyph[3]) // 2 < bottom)
            yield Area((left, top, right, bottom), mine, sure and self.sure)
        if self.header and column < self.sides:
            yield Area((left, self.top, right, rows.edges[0]), ())

    def _heading_areas(self, column: int, stack: Sequence[Glyph], rows: Rows) -> Iterator[Area]:
        left, right = self.edges[column], self.edges[column + 1]
        spans, sure = self._spans(column, stack, rows)
        for span in spans:
            glyphs = tuple(glyph for line in span.lines for segment in line for glyph in segment.glyphs)
            yield Area((left, rows.edges[span.first], right, rows.edges[span.end]), glyphs, sure and self.sure)

    def _spans(self, column: int, stack: Sequence[Glyph], rows: Rows) -> tuple[Sequence[Span], bool]:
        """The headings of a column with the rows they stand beside, and whether that was clear."""
        level = 1 if self.field_of(column) == "level1" else 2
        lines = [tuple(line) for line in segments_of(stack, self.lexicon)]
        ruled = self._ruled_spans(column, lines, rows)
        if ruled:
            return ruled, True
        inner = self._inner(column, rows) if level == 1 else ()
        allowed = sorted({0, *(span.first for span in inner)}) if inner else range(len(rows.edges) - 1)

        def strange(text: str, first: int, end: int) -> int:
            heading = canonical_level(text, level)
            below = [canonical_level(_text(span), 2) for span in inner if first <= span.first < end]
            alien = sum(heading not in parents(each) for each in below if parents(each))
            return (0 if self._is_heading(text, level) else 1) + (alien if heading in LEVEL1 else 0)

        last = len(rows.edges) - 1
        spans = span_rows(lines, rows.edges, [*allowed, last], strange, goes_on=self.header is None)
        if spans:
            return spans, True
        return self._by_row(lines, rows), False

    def _ruled_spans(self, column: int, lines: Sequence[tuple[Segment, ...]], rows: Rows) -> list[Span]:
        """Headings between rules drawn in their column, where there are such."""
        middle = (self.edges[column] + self.edges[column + 1]) // 2
        drawn = [at for low, high, at in self.rules if low < middle < high]
        if len(drawn) < 2:
            return []
        starts = [0] + [
            number for number, edge in enumerate(rows.edges[1:-1], 1) if any(abs(edge - at) < 200 for at in drawn)
        ]
        if len(starts) < 2 and len(rows.edges) > 2:
            return []
        found = []
        for first, end in pairwise([*starts, len(rows.edges) - 1]):
            top, bottom = rows.edges[first], rows.edges[end]
            found.append(Span(tuple(line for line in lines if top <= line[0].middle // 2 < bottom), first, end))
        blank = any(not span.lines for span in found[1:])  # rules drawn through headings, as stripes are
        return [] if blank else found

    def _inner(self, column: int, rows: Rows) -> Sequence[Span]:
        """The headings of the second level: one of the first begins where one of them does."""
        inner = self._column("level2")
        if inner <= column:
            return ()
        body = [glyph for glyph in self.glyphs if not self._is_of_header(glyph)]
        return self._spans(inner, self._stacks(body)[inner], rows)[0]

    def _by_row(self, lines: Sequence[tuple[Segment, ...]], rows: Rows) -> list[Span]:
        found = []
        for number, (top, bottom) in enumerate(pairwise(rows.edges)):
            mine = tuple(line for line in lines if top <= line[0].middle // 2 < bottom)
            found.append(Span(mine, number, number + 1))
        return found

    def _is_heading(self, text: str, level: int) -> bool:
        return canonical_level(text, level) in LEVEL1 | LEVEL2 or self.lexicon.find("levels", text) is not None


def _text(span: Span) -> str:
    return joined_text([segment for line in span.lines for segment in line])


def _is_number(text: str) -> bool:
    return is_nothing(text) or parse_rate(text.removesuffix("分")) is not None


def _stretches(glyphs: Iterable[Glyph]) -> Iterator[Interval]:
    """The horizontal extents of glyphs; the hair between neighbours is bridged."""
    for glyph in glyphs:
        hair = (glyph[3] - glyph[1]) // 30
        yield glyph[0] - hair, glyph[2] + hair
