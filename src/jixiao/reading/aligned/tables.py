"""A page without walls as one table: the parts of a form under their headers, labels with values before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from jixiao.layout.lexicon import Lexicon
from jixiao.reading.aligned.area import Area
from jixiao.reading.aligned.headers import Header, find_headers
from jixiao.reading.aligned.labels import OPENING, Found, labels_of
from jixiao.reading.aligned.pairs import Extent, pair_areas
from jixiao.reading.aligned.section import Columns, Section
from jixiao.reading.aligned.segments import Segment, segments_of
from jixiao.reading.folio import is_page_number
from jixiao.reading.glyphs import Glyph
from jixiao.reading.lattice import Rule

_MARGIN: Final = 300
_OPENING_AFTER: Final = {"funds": (*OPENING, "goal"), "goal": OPENING, "indicators": OPENING}

_VALUES: Final = ("sign", "target", "adjusted_target", "initial_target", "actual", "weight", "score")


@dataclass(slots=True)
class Aligned:
    """What was made of a page.

    Attributes:
        areas: the cells.
        free: glyphs in none of them.
        goes_on: the columns of a part that may go on overleaf.
    """

    areas: list[Area] = field(default_factory=list)
    free: list[Glyph] = field(default_factory=list)
    goes_on: Columns | None = None


def infer_table(
    glyphs: Iterable[Glyph], rules: Sequence[Rule], lexicon: Lexicon, before: Columns | None
) -> Aligned | None:  # fmt: skip
    """The table of a page whose walls are missing.

    Args:
        glyphs: the letters that stand in no ruled cell.
        rules: horizontal rules, as hints.
        lexicon: the words of headers and labels.
        before: the columns of a part that the page before left open.

    Returns:
        `None` where nothing on the page is the header of a part, and nothing goes on.
    """
    lines = segments_of(glyphs, lexicon)
    headers = find_headers(lines, lexicon)
    if not headers and (before is None or not any(len(line) > 1 for line in lines)):
        return None
    return _Page(lines, headers, rules, lexicon, before).read()


class _Page:
    """Parts a page at its headers and at the labels that open rows."""

    def __init__(
        self, lines: list[list[Segment]], headers: list[Header], rules: Sequence[Rule], lexicon: Lexicon,
        before: Columns | None,
    ) -> None:  # fmt: skip
        self.headers, self.rules, self.lexicon = headers, rules, lexicon
        self.before = None if headers and self._opens_at_once(lines, headers) else before
        first = self._first(lines)
        last = len(lines) - len(list(takewhile(_is_page_number, reversed(lines))))
        self.lines = lines[first:last]
        self.result = Aligned(free=[g for line in (*lines[:first], *lines[last:]) for s in line for g in s.glyphs])
        boxes = [each.box for line in self.lines for each in line]
        self.left = min((box[0] for box in boxes), default=0) - _MARGIN
        self.right = max((box[2] for box in boxes), default=0) + _MARGIN

    def read(self) -> Aligned:
        """Every part, from top to bottom."""
        starts = [self._start(header) for header in self.headers]
        top = min((each.box[1] for each in self.lines[0]), default=0) - _MARGIN if self.lines else 0
        cuts = [*starts, max((each.box[3] for line in self.lines for each in line), default=0) + _MARGIN]
        if self.before:
            self._part(self.before, None, top, cuts[0])
        else:
            self._pairs(self._lines(top, cuts[0]), top, cuts[0])
        for header, start, end in zip(self.headers, cuts, cuts[1:], strict=False):
            centres = tuple((label.box[0], label.box[2]) for label in header.labels)
            self._part(Columns(header.kind, centres, header.fields), header, start, end)
        return self.result

    def _first(self, lines: Sequence[list[Segment]]) -> int:
        """The first line of the table: one that opens a row before the first header, else the header itself."""
        if self.before:
            return len(list(takewhile(_is_page_number, lines)))
        top = self.headers[0].top if self.headers else 0
        above = [each for line in lines for each in line if each.box[3] <= top]
        labels = [label for label in labels_of(above, self.lexicon, ("head",)) if _has_value(label, above)]
        start = min((self._row_top(label, above) for label in labels), default=top)
        return next((index for index, line in enumerate(lines) if line[0].middle >= 2 * start), 0)

    def _row_top(self, label: Found, segments: Sequence[Segment]) -> int:
        """Where the row of a label begins: a value beside it, of several lines, may begin above it."""
        _, top, right, bottom = label.box
        beside = [each for each in segments if each.box[0] >= right]
        level = [each for each in beside if min(each.box[3], bottom) > max(each.box[1], top)]
        lines = len(label.segments)
        return min([top, *(_stack_top(each, beside, lines) for each in level)])

    def _opens_at_once(self, lines: Sequence[list[Segment]], headers: Sequence[Header]) -> bool:
        """Whether nothing but lines of one piece stands above the first header, or above the head of a form."""
        above = [line for line in lines if line[0].box[3] <= headers[0].top]
        pieces = [each for line in above for each in line]
        heads = labels_of(pieces, self.lexicon, ("head",))
        tops = [self._row_top(label, pieces) for label in heads if _has_value(label, pieces)]
        top = min(tops, default=headers[0].top)
        return all(len(line) == 1 for line in above if line[0].middle < 2 * top)

    def _start(self, header: Header) -> int:
        """Where a header's row begins: in the white space above it."""
        beside = min(label.box[0] for label in header.labels)
        own = {id(segment) for segment in header.segments}
        above = [
            each.box[3] for line in self.lines for each in line
            if id(each) not in own and each.middle < 2 * header.top and each.box[2] > beside
        ]  # fmt: skip
        return (max(above) + header.top) // 2 if above else header.top - _MARGIN

    def _lines(self, top: int, bottom: int) -> list[list[Segment]]:
        return [line for line in self.lines if 2 * top <= line[0].middle < 2 * bottom]

    def _part(self, columns: Columns, header: Header | None, top: int, bottom: int) -> None:
        """One part, and the rows of labels and values after it."""
        lines = self._lines(top, bottom)
        segments = [each for line in lines for each in line]
        end = self._end(segments, columns, header.bottom if header else top)
        open_end = end is None
        end = bottom if end is None else end
        glyphs = [g for each in segments for g in each.glyphs if g[1] + g[3] < 2 * end]
        section = Section(columns, glyphs, self.left, self.right, top, end, self.rules, self.lexicon, header)
        self.result.areas.extend(section.areas())
        self.result.goes_on = columns if columns.kind == "indicators" and open_end else None
        if not open_end:
            rest = [line for line in lines if line[0].middle >= 2 * end]
            self._pairs(rest, end, bottom, tuple(section.edges[section.sides :]))

    def _end(self, segments: Sequence[Segment], columns: Columns, low: int) -> int | None:
        """Where the rows of a part end: above the first row with a label of its own at the left."""
        second = columns.centres[min(2, len(columns.centres) - 1)][0]
        values = [left for (left, _), name in zip(columns.centres, columns.fields, strict=True) if name in _VALUES]
        third = min(values, default=second)
        below = [each for each in segments if each.box[1] >= low]
        blocks = (*_OPENING_AFTER[columns.kind], "section", "fund_rows")
        for label in labels_of([each for each in below if each.box[0] < third], self.lexicon, blocks):
            if label.box[0] >= second and not label.name.startswith("total"):
                continue
            if label.block in _OPENING_AFTER[columns.kind] and label.name != "subtotal":
                top = self._row_top(label, below)
                above = [each.box[3] for each in below if each.middle < 2 * top]
                return (max(above) + top) // 2 if above else top - _MARGIN
        return None

    def _pairs(self, lines: Sequence[list[Segment]], top: int, bottom: int, edges: tuple[int, ...] = ()) -> None:
        if lines:
            middle = (self.left + self.right) // 2
            rules = tuple(at for low, high, at in self.rules if low < middle < high)
            extent = Extent(self.left, self.right, edges, rules)
            self.result.areas.extend(pair_areas(lines, extent, top, bottom, self.lexicon))


def _has_value(label: Found, segments: Sequence[Segment]) -> bool:
    """Whether something stands to the right of a label, at its height."""
    _, top, right, bottom = label.box
    return any(2 * top < each.middle < 2 * bottom and each.box[0] > right for each in segments)


def _is_page_number(line: Sequence[Segment]) -> bool:
    return len(line) == 1 and is_page_number(line[0].text)


def _stack_top(piece: Segment, pieces: Sequence[Segment], most: int) -> int:
    """Where the cell of a piece begins that stands level with a label: as many lines above it as below it, or so."""
    over = [each for each in pieces if each.overlap(piece.box[0], piece.box[2]) > 0]
    above = _closely([each for each in over if each.middle < piece.middle], piece, upward=True)
    below = _closely([each for each in over if each.middle > piece.middle], piece, upward=False)
    kept = above[: len(below) + most]
    return kept[-1].box[1] if kept else piece.box[1]


def _closely(pieces: Sequence[Segment], piece: Segment, *, upward: bool) -> list[Segment]:
    """The lines that follow one another from a piece on, each closer than half its height."""
    found: list[Segment] = []
    last = piece.box
    for each in sorted(pieces, key=lambda each: -each.middle if upward else each.middle):
        white = last[1] - each.box[3] if upward else each.box[1] - last[3]
        if white * 2 >= each.box[3] - each.box[1]:
            break
        found.append(each)
        last = each.box
    return found
