"""Eyes: from the picture of a page to its tables and lines, as every format reader gives them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from jixiao.layout.grid import Box, Cell, FreeText, Table
from jixiao.reading.lattice import Outline
from jixiao.reading.page import PageBlocks, place_on
from jixiao.reading.scan import models
from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.flatten import flatten
from jixiao.reading.scan.free import free_lines
from jixiao.reading.scan.judge import Judge, Judged
from jixiao.reading.scan.picture import Picture
from jixiao.reading.scan.recogniser import Recogniser
from jixiao.reading.scan.size import print_of
from jixiao.reading.scan.strips import Rect, Strip, clean_cell, strips_of
from jixiao.reading.scan.typeset import SPACE, Sign, settle_widths, tally, text_of

_CERTAIN = Decimal("1.0")
_LEAST_FREE = Decimal("0.3")
_WITHOUT_GRID = Decimal("0.8")
_MOST_STRIPS = 4000
"""An A3 page of the smallest letters has fewer."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """What is to be read together: the strips of a cell or of a free line."""

    strips: list[Strip]
    judged: list[Judged]

    def lines(self) -> list[list[Sign]]:
        """The signs of each line; parts that stand apart have two spaces between them."""
        lines: list[list[Sign]] = []
        pairs = zip(self.strips, self.judged, strict=True)
        for _, parts in groupby(pairs, key=lambda pair: pair[0].line):
            line: list[Sign] = []
            for _, judged in parts:
                if not judged.signs:
                    continue
                line += [SPACE, SPACE, *judged.signs] if line else judged.signs
            if line:
                lines.append(line)
        return lines

    @property
    def trust(self) -> Decimal:
        """How sure all of it is."""
        return min((judged.trust for judged in self.judged), default=_CERTAIN)


@dataclass(frozen=True, slots=True)
class Eyes:
    """The models, loaded."""

    judge: Judge

    def read(self, picture: Picture, file: str) -> PageBlocks:
        """The tables and lines of a page.

        Args:
            picture: the page.
            file: the file's label, for places.
        """
        return self.read_flat(flatten(picture), file)

    def read_flat(self, flat: FlatPage, file: str) -> PageBlocks:
        """The tables and lines of a page that is flat, with its rules found."""
        outlines = [outline for lattice in flat.lattices for outline in lattice.cells]
        slack = max(2, round(flat.thickness * flat.scale / 200) + 1)
        cleaned = [clean_cell(flat.grey, _pixels(outline.box, flat.scale), slack) for outline in outlines]
        look = print_of(flat.grey, [pixels for pixels, _ in cleaned], flat.scale)
        tables = [_pixels(lattice.box, flat.scale) for lattice in flat.lattices]
        groups = [strips_of(pixels, where, look) for pixels, where in cleaned]
        groups += free_lines(flat.grey, tables, look)
        losses = [] if flat.lattices else [_no_grid(flat.number)]
        if sum(map(len, groups)) > _MOST_STRIPS:
            groups, losses = _bounded(groups), [*losses, _too_many(flat.number)]
        entries = self._read(groups)
        habit = sum(tally(judged.signs) for entry in entries for judged in entry.judged)
        blocks = [*_tables(flat, file, entries, habit), *_free(flat, file, entries[len(outlines) :], habit)]
        blocks.sort(key=lambda block: block[:2])
        return PageBlocks(tuple(block for _, _, block in blocks), tuple(losses))

    def _read(self, groups: Sequence[list[Strip]]) -> list[_Entry]:
        judged = iter(self.judge.judge([strip for group in groups for strip in group]))
        return [_Entry(group, [next(judged) for _ in group]) for group in groups]


def open_eyes() -> Eyes:
    """Load the models.

    Raises:
        OSError: an installed package lacks its models.
    """
    import cv2

    cv2.setNumThreads(1)
    tiny = models.tiny()
    return Eyes(Judge(Recogniser.load(models.small()), Recogniser.load(tiny) if tiny else None))


def _bounded(groups: Sequence[list[Strip]]) -> list[list[Strip]]:
    """The groups with the strips of the first ones only."""
    left = _MOST_STRIPS
    kept = []
    for group in groups:
        kept.append(group if len(group) <= left else [])
        left -= len(kept[-1])
    return kept


def _no_grid(page: int) -> str:
    return (
        f"第 {page} 页的图像中没有找到表格线，按行读出文字，未分单元格；请核对原件。"
        f"Page {page}: no ruled table was found on the picture; its text was read line by line, not cell by cell. "
        "Check it against the original."
    )


def _too_many(page: int) -> str:
    return (
        f"第 {page} 页的图像中文字行超过 {_MOST_STRIPS} 行，其余未读。"
        f"Page {page}: the picture holds more than {_MOST_STRIPS} lines of text; the rest was not read."
    )


def _tables(
    flat: FlatPage, file: str, entries: Sequence[_Entry], habit: int
) -> Iterator[tuple[int, int, Table | FreeText]]:
    waiting = iter(entries)
    for lattice, walls in zip(flat.lattices, flat.walls, strict=True):
        cells = tuple(
            _cell(flat, file, outline, wall, next(waiting), habit)
            for outline, wall in zip(lattice.cells, walls, strict=True)
        )
        yield lattice.box[1], lattice.box[0], Table(cells, flat.number)


def _cell(flat: FlatPage, file: str, outline: Outline, wall: Decimal, entry: _Entry, habit: int) -> Cell:
    text = "\n".join(map(text_of, settle_widths(entry.lines(), habit)))
    confidence = min(wall, entry.trust) if outline.sure else min(wall, entry.trust, Decimal("0.8"))
    place = place_on(file, flat.number, flat.back(outline.box), confidence)
    alternatives = _alternatives(entry, text)
    return Cell(
        outline.row, outline.column, outline.row_span, outline.column_span, text, (place,), outline.box, alternatives
    )


def _alternatives(entry: _Entry, text: str) -> tuple[tuple[str, Decimal], ...]:
    """Other readings of a cell of one line."""
    if len(entry.judged) != 1:
        return ()
    others = entry.judged[0].others
    return tuple((other, Decimal(round(share * 1000)) / 1000) for other, share in others if other != text)


def _free(
    flat: FlatPage, file: str, entries: Iterable[_Entry], habit: int
) -> Iterator[tuple[int, int, Table | FreeText]]:
    for entry in entries:
        text = " ".join(map(text_of, settle_widths(entry.lines(), habit)))
        if text.strip() and entry.trust >= _LEAST_FREE:
            box = _hundredths(entry.strips, flat.scale)
            trust = entry.trust if flat.lattices else min(entry.trust, _WITHOUT_GRID)
            yield box[1], box[0], FreeText(text, (place_on(file, flat.number, flat.back(box), trust),))


def _pixels(box: Box, scale: float) -> Rect:
    return Rect(*(round(edge * scale / 100) for edge in box))


def _hundredths(strips: Sequence[Strip], scale: float) -> Box:
    boxes = [strip.box for strip in strips]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return round(left * 100 / scale), round(top * 100 / scale), round(right * 100 / scale), round(bottom * 100 / scale)
