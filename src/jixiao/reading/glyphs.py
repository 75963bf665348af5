"""From placed glyphs to lines of text: what stands on one line, and where a space belongs.

All geometry is in hundredths of a point, origin top left. The source says of each glyph its box (as high as the font
size) and whether white space stood before it; white space itself is no glyph.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from jixiao.layout.grid import Box

Glyph = tuple[int, int, int, int, str, bool]
"""Left, top, right, bottom, the letter, and whether white space stands before it in the source."""

JOINER = "\u2060"
"""A mark of our own writers. Before a blank: it is the text's; at a line's end: the next line goes on at once; two of
them: the text ends, though its page does, too."""

UNKNOWN = "\ufffd"
"""Stands for a glyph whose letter the file does not tell."""

_SAID, _SEEN = 8, 22
"""Hundredths of an em above which a gap is a space: where the source has one (it also has line ends), where not."""

_AT_MOST_OVER = 60
"""So far, at most, one letter's box reaches into that of the next on its line."""
_SMALL = 80
"""Hundredths of the letters beside it that a note's size is at most."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CJK_PUNCTUATION = frozenset("“”‘’…—·")


@dataclass(slots=True)
class Line:
    """Glyphs on one base line."""

    top: int
    bottom: int
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The outline of the glyphs."""
        return (
            min(glyph[0] for glyph in self.glyphs), min(glyph[1] for glyph in self.glyphs),
            max(glyph[2] for glyph in self.glyphs), max(glyph[3] for glyph in self.glyphs),
        )  # fmt: skip

    @property
    def middle(self) -> tuple[int, int]:
        """The line's middle three fifths."""
        margin = (self.bottom - self.top) // 5
        return self.top + margin, self.bottom - margin

    def holds(self, glyph: Glyph) -> bool:
        """Whether a glyph's middle lies in the line's middle three fifths."""
        low, high = self.middle
        return low < (glyph[1] + glyph[3]) // 2 < high


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that glyphs stand on, from top to bottom, each from left to right.

    Glyphs come in the order of the source, which mostly is that of reading; no order is needed for the result.
    """
    lines: list[Line] = []
    current: list[Glyph] = []
    low = high = 0
    for glyph in glyphs:
        if not low < (glyph[1] + glyph[3]) // 2 < high:
            line = next((line for line in reversed(lines) if line.holds(glyph)), None)
            if line is None:
                line = Line(glyph[1], glyph[3])
                lines.append(line)
            current, (low, high) = line.glyphs, line.middle
        current.append(glyph)
    if len(lines) > 1:
        lines = _put_together(sorted(lines, key=lambda line: line.top + line.bottom))
    for line in lines:
        line.glyphs.sort(key=itemgetter(0))
    return lines


def _put_together(lines: list[Line]) -> list[Line]:
    """Lines, those that are pieces of one put together: a font without a height has boxes as high as the ink.

    There ， and ＝ stand beside the middle of their line.
    """
    kept = lines[:1]
    for line in lines[1:]:
        if line.top < kept[-1].bottom and _is_one(kept[-1], line):
            kept[-1] = Line(
                min(kept[-1].top, line.top), max(kept[-1].bottom, line.bottom), kept[-1].glyphs + line.glyphs
            )
        else:
            kept.append(line)
    return kept


def _is_one(one: Line, other: Line) -> bool:
    """Whether pieces stand at one height, and no letter of one over a letter of the other."""
    (_, top, _, bottom), (_, its_top, _, its_bottom) = one.box, other.box
    shared = min(bottom, its_bottom) - max(top, its_top)
    if shared * 4 < min(bottom - top, its_bottom - its_top) * 3:
        return False
    spans = sorted((glyph[0], glyph[2]) for glyph in (*one.glyphs, *other.glyphs))
    return all(following[0] + _AT_MOST_OVER >= before[1] for before, following in pairwise(spans))


def text_of(line: Line) -> str:
    """The text of a line, with spaces where a reader sees them.

    Between Latin letters or digits a space is kept. Between Chinese and anything else the small gap of typesetting is
    none; a gap of a letter's width is one space, of two or more letters' width two (a separate entry on one line).
    """
    pieces: list[str] = []
    last: Glyph | None = None
    for glyph in line.glyphs:
        if last is not None:
            if glyph[4] == last[4] and glyph[4][0] != JOINER and _printed_twice(last, glyph):
                continue
            gap = glyph[0] - last[2]
            if last[4][0] == JOINER:
                pieces.append(" " if glyph[5] and last[4] == JOINER else "")
            elif gap > 0 or glyph[5]:
                pieces.append(_space(last, glyph, gap))
            if glyph[4].isdigit() and _is_raised(last, glyph):
                pieces.append(glyph[4].translate(_RAISED))
                continue
        pieces.append(glyph[4])
        last = glyph
    return "".join(pieces)


def _is_raised(last: Glyph, glyph: Glyph) -> bool:
    """Whether a digit is a note: set clearly smaller than the letter before it, and above its base line."""
    height, before = glyph[3] - glyph[1], last[3] - last[1]
    return height * 100 <= before * _SMALL and (last[3] - glyph[3]) * 6 >= before


def _printed_twice(last: Glyph, glyph: Glyph) -> bool:
    """Whether the same letter stands twice in one place, as printers do for bold."""
    return (glyph[0] - last[0]) * 4 < last[2] - last[0] and abs(glyph[1] - last[1]) * 4 < last[3] - last[1]


def _space(last: Glyph, glyph: Glyph, gap: int) -> str:
    em = max(min(last[3] - last[1], glyph[3] - glyph[1]), 1)
    if gap >= em:
        return "  " if gap >= 2 * em else " "
    if is_cjk(last[4]) or is_cjk(glyph[4]):
        return ""
    return " " if gap * 100 > (_SAID if glyph[5] else _SEEN) * em else ""


def is_cjk(letter: str) -> bool:
    """Whether a letter is set in a Chinese square: ideographs, full-width forms and their punctuation."""
    return (
        "\u2e80" <= letter <= "\u9fff"
        or "\uff00" <= letter <= "\uffef"
        or letter in _CJK_PUNCTUATION
        or letter >= "\U00020000"
    )
