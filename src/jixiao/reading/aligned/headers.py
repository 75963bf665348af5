"""Header rows of tables without rules: several labels of one part of the form beside one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from jixiao.layout.grid import Box
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.aligned.segments import Segment, joined_text, outline

BLOCKS: Final = {"indicators": "indicator_columns", "funds": "fund_columns", "goal": "goal"}
_MOST_LINES: Final = 7
_MONEY: Final = frozenset({"initial", "adjusted", "executed"})
TARGETS: Final = frozenset({"target", "adjusted_target", "initial_target", "actual"})


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a header: its pieces, and the field it names (`None` where it names none)."""

    segments: tuple[Segment, ...]
    field: str | None

    @property
    def box(self) -> Box:
        """Its outline."""
        return outline(self.segments)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found.

    Attributes:
        kind: indicators, funds or goal.
        labels: one a column, left to right.
        groups: labels that stand over several columns.
        top, bottom: the height it takes.
    """

    kind: str
    labels: tuple[Label, ...]
    groups: tuple[Segment, ...]
    top: int
    bottom: int

    @property
    def fields(self) -> tuple[str | None, ...]:
        """The field of each column."""
        return tuple(label.field for label in self.labels)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All its pieces."""
        return (*self.groups, *(segment for label in self.labels for segment in label.segments))


def find_headers(lines: Sequence[list[Segment]], lexicon: Lexicon) -> list[Header]:
    """The headers among lines of text, from top to bottom."""
    found: list[Header] = []
    index = 0
    while index < len(lines):
        best, depth = _header_at(lines, index, lexicon)
        if best:
            found.append(best)
        index += depth if best else 1
    return found


def _header_at(lines: Sequence[list[Segment]], index: int, lexicon: Lexicon) -> tuple[Header | None, int]:
    """The header that begins at a line and takes in most labels, and how many lines it has."""
    if len(lines[index]) < 1 or not _might_begin(lines, index, lexicon):
        return None, 1
    best: Header | None = None
    depth = 1
    for count in range(1, min(_MOST_LINES, len(lines) - index) + 1):
        band = lines[index : index + count]
        if not _is_close(band):
            break
        header = _of_band(band, lexicon)
        if header and (best is None or _known(header) > _known(best) or _only_notes(band[-1], header, best)):
            best, depth = header, count
    return _without_line_above(best, lines[index : index + depth], lexicon), depth


def _without_line_above(header: Header | None, band: Sequence[list[Segment]], lexicon: Lexicon) -> Header | None:
    """A header without the row of labels and values above it whose pieces happen to stand over its labels."""
    for start in range(1, len(band)):
        if header is None or header.groups:
            break
        later = _of_band(band[start:], lexicon)
        if later and later.kind == header.kind and set(later.fields) >= {*header.fields} - {None}:
            header = later
    return header


def _might_begin(lines: Sequence[list[Segment]], index: int, lexicon: Lexicon) -> bool:
    """A cheap look: some line near has two labels."""
    near = lines[index : index + 3]
    return any(sum(lexicon.is_label(each.text, BLOCKS.values()) for each in line) >= 2 for line in near)


def _is_close(band: Sequence[list[Segment]]) -> bool:
    """Whether each line begins within its own height below the one before."""
    if len(band) < 2:
        return True
    above, below = outline(band[-2]), outline(band[-1])
    return below[1] - above[3] < below[3] - below[1]


def _only_notes(line: Sequence[Segment], header: Header, best: Header) -> bool:
    """Whether a further line adds to known labels of a header, and nothing else: (A) under 全年预算数."""
    known = {id(each) for label in header.labels if label.field for each in label.segments if len(label.segments) > 1}
    left = header.labels[0].box[0]
    added = [each for each in line if each.box[2] > left]
    return bool(added) and _known(header) == _known(best) and all(id(each) in known for each in added)


def _known(header: Header) -> int:
    return sum(label.field is not None for label in header.labels)


def _of_band(band: Sequence[list[Segment]], lexicon: Lexicon) -> Header | None:
    segments = [segment for line in band for segment in line]
    groups = _groups(band, lexicon)
    clusters = _clusters([segment for segment in segments if segment not in groups])
    for kind, block in BLOCKS.items():
        labels = [Label(tuple(cluster), lexicon.find(block, joined_text(cluster))) for cluster in clusters]
        first = next((at for at, label in enumerate(labels) if label.field), len(labels))
        labels = labels[first:]  # what stands left of the first label is the label of the part
        while len(labels[:1]) == 1 and labels[0].field in [label.field for label in labels[1:]]:
            labels = labels[1:]  # it may be worded like the label of a column (年度目标)
        known = [label.field for label in labels if label.field]
        if len(known) * 4 > len(labels) * 3 and _is_header(kind, set(known)) and _is_one_row(labels, groups):
            kept = tuple(label for label in labels)
            box = outline([segment for label in kept for segment in label.segments])
            over = tuple(each for each in groups if each.box[0] >= box[0] - (each.box[2] - each.box[0]))
            if not _begins(band[0], kept, over):
                return None
            top = min([box[1], *(each.box[1] for each in over)])
            return Header(kind, kept, over, top, box[3])
    return None


def _begins(line: Sequence[Segment], labels: Sequence[Label], groups: Sequence[Segment]) -> bool:
    """Whether a line belongs to a header: it holds pieces of its labels, and no others but beside it."""
    own = {id(each) for each in (*groups, *(each for label in labels if label.field for each in label.segments))}
    left = labels[0].box[0]
    return any(id(each) in own for each in line) and all(id(each) in own for each in line if each.box[0] >= left)


def _is_one_row(labels: Sequence[Label], groups: Sequence[Segment]) -> bool:
    """Whether labels stand beside one another: middles, tops or bottoms agree with those of the flattest."""
    boxes = [label.box for label in labels]
    alone = [box for box in boxes if not any(is_under(box, each.box) for each in groups)]
    if not alone:
        return True
    _, top, _, bottom = min(alone, key=lambda box: box[3] - box[1])
    high = bottom - top
    return all(
        abs(box[1] + box[3] - top - bottom) <= high or min(abs(box[1] - top), abs(box[3] - bottom)) * 3 <= high
        for box in alone
    )


def is_under(box: Box, group: Box) -> bool:
    """Whether a label stands lower than one over several: all of it but a hair."""
    return box[1] >= group[3] - (group[3] - group[1]) // 4


def _is_header(kind: str, fields: set[str]) -> bool:
    if kind == "indicators":
        return len(fields) >= 3 and bool(fields & TARGETS) and bool(fields & {"name", "level1", "level2"})
    if kind == "funds":
        return len(fields) >= 2 and bool(fields & _MONEY)
    return len(fields) >= 2 and "actual" in fields


def _groups(band: Sequence[list[Segment]], lexicon: Lexicon) -> list[Segment]:
    """Labels that stand over several others: over the middle of labels that are set lower than the rest."""
    labels = [[each for each in line if lexicon.is_label(each.text, BLOCKS.values())] for line in band]
    main = max(labels, key=len)
    found = []
    for line in labels:
        if len(line) < 2 or line is main or line[0].middle <= main[0].middle:
            continue
        for run in _neighbours(line, main):
            left, right = run[0].box[0], run[-1].box[2]
            found += [
                each
                for above in labels
                for each in above
                if each.middle < main[0].middle and left < (each.box[0] + each.box[2]) // 2 < right
            ]
    return found


def _neighbours(lower: Sequence[Segment], main: Sequence[Segment]) -> list[list[Segment]]:
    """Labels of a lower line in groups with no label of the main line between them; lone ones left out."""
    runs: list[list[Segment]] = [[lower[0]]]
    for one, other in pairwise(lower):
        if any(one.box[0] < each.box[0] < other.box[0] for each in main):
            runs.append([])
        runs[-1].append(other)
    return [run for run in runs if len(run) > 1]


def _clusters(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Pieces that stand under one another, left to right."""
    clusters: list[list[Segment]] = []
    right = 0
    for segment in sorted(segments, key=lambda each: each.box[0]):
        if clusters and segment.box[0] < right:
            clusters[-1].append(segment)
            right = max(right, segment.box[2])
        else:
            clusters.append([segment])
            right = segment.box[2]
    return clusters
