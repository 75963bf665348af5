"""What is printed on a page, seen as dark dots, so that a tag is put where it hides nothing. Scans have ink, too.

Rules of tables are no ink: a tag may stand across a cell's edge, but not on letters.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import pypdfium2

from jixiao.writing.original.pdf.frame import Box

_DOTS: Final = 2
"""Dots a point."""
_MOST_DOTS: Final = 12_000_000
_DARK: Final = bytes(1 if tone < 170 else 0 for tone in range(256))
_RULE: Final = b"\x01" * 41
"""Dark dots in a row that are a rule: more than twenty points long, which no letter of a form is."""
_TAKEN: Final = 1_000_000
_PAD: Final = 30
_STEP: Final = 200
_INSET: Final = 130


class Ink:
    """The dark dots of a page as displayed, without its rules, and the boxes that are taken."""

    def __init__(self, page: pypdfium2.PdfPage, shown: Box) -> None:
        """Look at a page; one that is far too large is not looked at, and has no ink."""
        self._shown = shown
        self._taken: list[Box] = []
        self._folded: tuple[bytes, int] | None = None
        self._rows: list[bytes] = []
        if shown.width * shown.height * _DOTS * _DOTS <= _MOST_DOTS * 10_000:
            bitmap = page.render(scale=_DOTS, grayscale=True, may_draw_forms=False)
            self._rows = _without_rules(bytes(bitmap.buffer).translate(_DARK), bitmap.stride, bitmap.width)

    def fold(self) -> None:
        """Keep the dots in little memory until they are looked at again: a document may have hundreds of pages."""
        if self._rows:
            self._folded = zlib.compress(b"".join(self._rows), 1), len(self._rows[0])
            self._rows = []

    def _unfold(self) -> list[bytes]:
        if self._folded is not None:
            dots, width = zlib.decompress(self._folded[0]), self._folded[1]
            self._rows, self._folded = [dots[at : at + width] for at in range(0, len(dots), width)], None
        return self._rows

    def count(self, box: Box) -> int:
        """How many dark dots a box has; many where another mark has taken some of it, or it leaves the page."""
        if any(box.meets(taken) for taken in self._taken) or not box.within(self._shown):
            return _TAKEN
        left, top, right, bottom = (value * _DOTS // 100 for value in box)
        return sum(row.count(1, left, right + 1) for row in self._unfold()[top : bottom + 1])

    def bounds(self, box: Box) -> Box | None:
        """The smallest box around the dark dots in a box; `None` where there are none."""
        left, top, right, bottom = (max(value * _DOTS // 100, 0) for value in box)
        rows = [(at, row[left:right]) for at, row in enumerate(self._unfold()[top:bottom], top) if 1 in row[left:right]]
        if not rows:
            return None
        first, last = min(row.index(1) for _, row in rows), max(row.rindex(1) for _, row in rows)
        dot = 100 // _DOTS
        return Box((left + first) * dot, rows[0][0] * dot, (left + last + 1) * dot, (rows[-1][0] + 1) * dot)

    def free(self, around: Box, sizes: Iterable[tuple[int, int]], beside: Box | None = None) -> Box:
        """Take room for a tag at the edge of a box: in it where it is blank, else across its edge, else beside it.

        Args:
            around: the box.
            sizes: widths and heights that will do, the one wanted most first.
            beside: what it had better stand beside, on the same line; `None` for nothing.

        Returns:
            The first place without ink; where there is none, that with the least.
        """
        best, least = around, _TAKEN + 1
        for width, height in sizes:
            for place in chain(_sides(beside, width, height), _edges(around, width, height)):
                ink = self.count(place.grown(_PAD))
                if ink < least:
                    best, least = place, ink
                if not ink:
                    break
            if not least:
                break
        self._taken.append(best)
        return best


def _without_rules(dots: bytes, stride: int, width: int) -> list[bytes]:
    """The rows of dots, without runs along or across the page that are longer than a letter is."""
    kept = bytearray(dots)
    for start, end in _runs(dots):
        kept[start:end] = bytes(end - start)
    for column in range(width):
        for start, end in _runs(dots[column::stride]):
            kept[column + start * stride : column + end * stride : stride] = bytes(end - start)
    return [bytes(kept[at : at + width]) for at in range(0, len(kept), stride)]


def _runs(dots: bytes) -> Iterator[tuple[int, int]]:
    """Where rules begin and end; they are searched for as texts are, which passes blanks by quickly."""
    start = dots.find(_RULE)
    while start >= 0:
        end = dots.find(0, start)
        end = len(dots) if end < 0 else end
        yield start, end
        start = dots.find(_RULE, end)


def _sides(box: Box | None, width: int, height: int) -> Iterator[Box]:
    """Right and left of a box."""
    if box is not None:
        top = (box.top + box.bottom - height) // 2
        yield _at(box.right + _INSET, top, width, height)
        yield _at(box.left - width - _INSET, top, width, height)


def _edges(box: Box, width: int, height: int) -> Iterator[Box]:
    """Places for a tag, the best first: corners inside, along the edges inside, across the edges, more out than in."""
    inner = box.grown(-_INSET)
    if inner.width >= width and inner.height >= height:
        right, bottom = inner.right - width, inner.bottom - height
        for left, top in ((right, inner.top), (right, bottom), (inner.left, inner.top), (inner.left, bottom)):
            yield _at(left, top, width, height)
        for top in range(inner.top, bottom, _STEP):
            yield _at(right, top, width, height)
        for left in range(right, inner.left, -_STEP):
            yield _at(left, bottom, width, height)
            yield _at(left, inner.top, width, height)
    for inside in (height // 2, _INSET, height - _INSET):
        for left in range(box.right - width // 2, box.left - width, -_STEP):
            yield _at(left, box.top - height + inside, width, height)
            yield _at(left, box.bottom - inside, width, height)
    for inside in (width // 2, _INSET, width - _INSET):
        for top in range(box.top - height // 2, box.bottom, _STEP):
            yield _at(box.right - inside, top, width, height)
            yield _at(box.left - width + inside, top, width, height)


def _at(left: int, top: int, width: int, height: int) -> Box:
    return Box(left, top, left + width, top + height)
