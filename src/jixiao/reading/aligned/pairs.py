"""Rows of labels with their values beside them, where no rule parts them: the head of a form and what ends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.layout.lexicon import Lexicon
from jixiao.reading.aligned.area import Area
from jixiao.reading.aligned.channels import Interval, gaps
from jixiao.reading.aligned.labels import labels_of
from jixiao.reading.aligned.rows import part_rows
from jixiao.reading.aligned.segments import Segment

_BLOCKS: Final = ("head", "tail", "goal", "section")
_INDENT: Final = 1000
"""What begins no further right than this from the left edge is a label."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where rows stand.

    Attributes:
        left, right: of the table.
        edges: the column edges of the part above, which the rows may keep.
        rules: heights of rules drawn across the table.
    """

    left: int
    right: int
    edges: tuple[int, ...] = ()
    rules: tuple[int, ...] = ()


def pair_areas(lines: Sequence[list[Segment]], extent: Extent, top: int, bottom: int, lexicon: Lexicon) -> list[Area]:
    """The cells of all rows between two heights."""
    areas: list[Area] = []
    blocks = _blocks(lines, extent.rules)
    for number, block in enumerate(blocks):
        upper = top if number == 0 else _between(blocks[number - 1], block)
        lower = bottom if number == len(blocks) - 1 else _between(block, blocks[number + 1])
        areas.extend(_block_areas(block, extent, (upper, lower), lexicon))
    return areas


def _between(above: Sequence[list[Segment]], below: Sequence[list[Segment]]) -> int:
    bottom = max(each.box[3] for line in above for each in line)
    return (bottom + min(each.box[1] for line in below for each in line)) // 2


def _blocks(lines: Sequence[list[Segment]], rules: Sequence[int]) -> list[list[list[Segment]]]:
    """Lines in blocks with a rule or much white between them."""
    blocks: list[list[list[Segment]]] = []
    bottom = middle = 0
    for line in lines:
        high = line[0].box[3] - line[0].box[1]
        white = min(each.box[1] for each in line) - bottom > high * 2 // 3
        if not blocks or white or any(middle < 2 * at < line[0].middle for at in rules):
            blocks.append([])
        middle = line[0].middle
        blocks[-1].append(line)
        bottom = max(bottom, *(each.box[3] for each in line))
    return blocks


def _block_areas(
    lines: Sequence[list[Segment]], extent: Extent, ends: Interval, lexicon: Lexicon
) -> list[Area]:  # fmt: skip
    segments = [each for line in lines for each in line]
    found = labels_of(segments, lexicon, _BLOCKS)
    anchors = [(label.box[1], label.box[3]) for label in found]
    if found:
        known = {id(each) for label in found for each in label.segments}
        anchors += [(line[0].box[1], line[0].box[3]) for line in lines if _is_strange_row(line, extent, known)]
    if not anchors:
        anchors = [(line[0].box[1], line[0].box[3]) for line in lines]
    labels = [(each.box[1], each.box[3]) for each in segments if each.box[0] <= extent.left + _INDENT]
    others = [(each.box[1], each.box[3]) for each in segments if each.box[0] > extent.left + _INDENT]
    rows = part_rows([labels, others], anchors, *ends)
    areas: list[Area] = []
    for upper, lower, sure in zip(rows.edges, rows.edges[1:], rows.sure, strict=False):
        mine = [each for each in segments if upper <= each.middle // 2 < lower]
        areas.extend(_row_areas(mine, extent, (upper, lower), sure=sure))
    return areas


def _is_strange_row(line: Sequence[Segment], extent: Extent, known: set[int]) -> bool:
    """Whether a line begins at the table's left edge with a label that nobody knows, and has a value beside it."""
    return len(line) > 1 and line[0].box[0] <= extent.left + _INDENT and not any(id(each) in known for each in line)


def _row_areas(segments: Sequence[Segment], extent: Extent, heights: Interval, *, sure: bool) -> list[Area]:
    """One cell for each stack of pieces in a row."""
    stacks = _stacks(segments)
    if not stacks:
        return []
    white = gaps([(left, right) for left, right, _ in stacks], extent.left - 1, extent.right + 1)
    inner = [_edge(gap, extent.edges) for gap in white]
    edges = [extent.left, *inner, max(extent.right, stacks[-1][1])]
    return [
        Area((left, heights[0], right, heights[1]), tuple(glyph for each in stack for glyph in each.glyphs), sure)
        for left, right, (_, _, stack) in zip(edges, edges[1:], stacks, strict=False)
    ]


def _edge(gap: Interval, edges: Iterable[int]) -> int:
    """Where two cells part: at the column edge nearest to the right one, else in the middle."""
    within = [edge for edge in edges if gap[0] <= edge <= gap[1]]
    return max(within) if within else (gap[0] + gap[1]) // 2


def _stacks(segments: Iterable[Segment]) -> list[tuple[int, int, list[Segment]]]:
    """Pieces that stand under one another: left, right, pieces."""
    stacks: list[tuple[int, int, list[Segment]]] = []
    for each in sorted(segments, key=lambda each: each.box[0]):
        if stacks and each.box[0] < stacks[-1][1]:
            left, right, mine = stacks[-1]
            stacks[-1] = (left, max(right, each.box[2]), [*mine, each])
        else:
            stacks.append((each.box[0], each.box[2], [each]))
    return stacks
