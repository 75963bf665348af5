"""Lines of text cut where a reader sees a gap: the pieces of which a table without rules is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.layout.grid import Box
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.glyphs import Glyph, Line, lines_of, text_of

_GAP: Final = 60
"""Hundredths of an em: a wider gap parts two pieces; typesetting leaves a quarter of an em at most."""
_LABEL_GAP: Final = 10
"""The same between two labels of a header, which may stand closely."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A piece of a line: its outline, its words and its glyphs."""

    box: Box
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def middle(self) -> int:
        """Twice the height of its middle."""
        return self.box[1] + self.box[3]

    def overlap(self, left: int, right: int) -> int:
        """The length it shares with a horizontal extent; negative when apart."""
        return min(self.box[2], right) - max(self.box[0], left)


def segments_of(glyphs: Iterable[Glyph], lexicon: Lexicon) -> list[list[Segment]]:
    """The pieces of every line, lines from top to bottom, pieces from left to right."""
    return [_cut(line, lexicon) for line in lines_of(glyphs)]


def joined_text(segments: Iterable[Segment]) -> str:
    """The words of pieces that stand under one another."""
    return "".join(segment.text for segment in sorted(segments, key=lambda segment: segment.middle))


def outline(segments: Sequence[Segment]) -> Box:
    """The outline of pieces."""
    boxes = [segment.box for segment in segments]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _cut(line: Line, lexicon: Lexicon) -> list[Segment]:
    segments: list[Segment] = []
    for run in _runs(line.glyphs, _GAP):
        parts = [_segment(part) for part in _runs(run, _LABEL_GAP)]
        labels = len(parts) > 1 and all(lexicon.is_label(part.text) for part in parts)
        segments.extend(parts if labels else [_segment(run)])
    return segments


def _runs(glyphs: Sequence[Glyph], gap: int) -> list[list[Glyph]]:
    """Glyphs with no gap of so many hundredths of an em between them."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        em = glyph[3] - glyph[1]
        if not runs or (glyph[0] - runs[-1][-1][2]) * 100 > gap * em:
            runs.append([])
        runs[-1].append(glyph)
    return runs


def _segment(glyphs: Sequence[Glyph]) -> Segment:
    line = Line(glyphs[0][1], glyphs[0][3], list(glyphs))
    return Segment(line.box, text_of(line), tuple(glyphs))
