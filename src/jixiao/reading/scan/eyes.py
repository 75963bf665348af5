"""Eyes: from the picture of a page to its tables and lines, as every format reader gives them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby, repeat

from jixiao.layout.grid import Box, Cell, FreeText, Table
from jixiao.reading.lattice import Outline
from jixiao.reading.page import PageBlocks, place_on
from jixiao.reading.scan import models
from jixiao.reading.scan.doubt import PAGE_MOST, Seen, is_doubted, said, weigh
from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.flatten import flatten
from jixiao.reading.scan.free import free_lines
from jixiao.reading.scan.ink import Rect
from jixiao.reading.scan.judge import Judge, Judged
from jixiao.reading.scan.mend import candidates, mended
from jixiao.reading.scan.picture import Picture
from jixiao.reading.scan.recogniser import Recogniser
from jixiao.reading.scan.size import print_of
from jixiao.reading.scan.strips import Cut, Strip, clean_cell, strips_of
from jixiao.reading.scan.trust import load_table
from jixiao.reading.scan.typeset import SPACE, Sign, settle_widths, tally, text_of
from jixiao.reading.scan.unruled import Read, read_unruled
from jixiao.reading.scan.upright import reads_badly, stands_on_its_head

_CERTAIN = Decimal("1.0")
_LEAST_FREE = Decimal("0.3")
_RULE_HIGH, _RULE_WIDE = 0.25, 3.0
_GUESSED_OUTLINE = Decimal("0.8")
_MOST_STRIPS = 4000
"""An A3 page of the smallest letters has fewer."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """What is to be read together: the strips of a cell or of a free line."""

    strips: list[Strip]
    judged: list[Judged]
    pieces: bool = False
    touching: tuple[bool, bool] = (False, False)

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
        """How sure all its letters are."""
        return min((judged.trust for judged in self.judged), default=_CERTAIN)

    @property
    def has_rule(self) -> bool:
        """Whether a piece of a rule stands among the letters, for then a wall was not seen."""
        return self.pieces or any(map(_is_rule, self.strips, self.judged))


def _is_rule(strip: Strip, judged: Judged) -> bool:
    """Whether a strip is, or holds, a piece of a rule rather than letters."""
    left, top, right, bottom = strip.box
    flat = bottom - top < _RULE_HIGH * strip.em and right - left > _RULE_WIDE * strip.em
    return flat or any(sign.text == "|" for sign in judged.signs)


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
        flat = flatten(picture)
        entries, losses = self._entries(flat)
        shares = [sign.share for entry in entries for judged in entry.judged for sign in judged.signs]
        if reads_badly(shares) and stands_on_its_head(flat, self.judge.tiny or self.judge.small):
            flat = flatten(picture, flat.quarters + 2)
            entries, losses = self._entries(flat)
        return _blocks(flat, file, entries, losses)

    def _entries(self, flat: FlatPage) -> tuple[list[_Entry], tuple[str, ...]]:
        """What stands in each cell and in each line outside the tables, and what was not read."""
        outlines = [outline for lattice in flat.lattices for outline in lattice.cells]
        slack = max(2, round(flat.thickness * flat.scale / 200) + 1)
        cleaned = [clean_cell(flat.grey, _pixels(outline.box, flat.scale), slack) for outline in outlines]
        look = print_of(flat.grey, [cell.pixels for cell in cleaned], flat.scale)
        tables = [_pixels(lattice.box, flat.scale) for lattice in flat.lattices]
        groups = [strips_of(cell, look) for cell in cleaned]
        groups += [Cut(strips) for strips in free_lines(flat.grey, tables, look)]
        losses: tuple[str, ...] = ()
        if sum(len(cut.strips) for cut in groups) > _MOST_STRIPS:
            groups, losses = _bounded(groups), (_too_many(flat.number),)
        return self._read(groups), losses

    def _read(self, groups: Sequence[Cut]) -> list[_Entry]:
        judged = iter(self.judge.judge([strip for cut in groups for strip in cut.strips]))
        return [_Entry(cut.strips, [next(judged) for _ in cut.strips], cut.pieces, cut.touching) for cut in groups]


def _blocks(flat: FlatPage, file: str, entries: Sequence[_Entry], losses: tuple[str, ...]) -> PageBlocks:
    habit = sum(tally(judged.signs) for entry in entries for judged in entry.judged)
    if flat.lattices:
        return _ruled(flat, file, entries, habit, losses)
    page = read_unruled(flat, file, list(_apart(entries, habit)))
    return PageBlocks(page.blocks, (*page.losses, *losses))


def open_eyes(engine: str | None = None) -> Eyes:
    """Load the models.

    Args:
        engine: "openvino" or "onnxruntime"; the faster one installed if `None`.

    Raises:
        OSError: an installed package lacks its models.
    """
    import cv2

    cv2.setNumThreads(1)
    load_table()
    tiny = models.tiny()
    return Eyes(Judge(Recogniser.load(models.small(), engine), Recogniser.load(tiny, engine) if tiny else None))


def _bounded(groups: Sequence[Cut]) -> list[Cut]:
    """The groups with the strips of the first ones only."""
    left = _MOST_STRIPS
    kept = []
    for cut in groups:
        kept.append(cut if len(cut.strips) <= left else Cut([]))
        left -= len(kept[-1].strips)
    return kept


def _apart(entries: Iterable[_Entry], habit: int) -> Iterator[Read]:
    """Each strip with its letters, of entries that are worth reading."""
    for entry in entries:
        if entry.trust >= _LEAST_FREE:
            for strip, judged in zip(entry.strips, entry.judged, strict=True):
                yield strip, settle_widths([judged.signs], habit)[0], judged.trust


def _too_many(page: int) -> str:
    return (
        f"第 {page} 页的图像中文字行超过 {_MOST_STRIPS} 行，其余未读。"
        f"Page {page}: the picture holds more than {_MOST_STRIPS} lines of text; the rest was not read."
    )


def _ruled(flat: FlatPage, file: str, entries: Sequence[_Entry], habit: int, losses: tuple[str, ...]) -> PageBlocks:
    """A page with tables: their cells, each as sure as its letters and its walls, and the lines outside."""
    waiting = iter(entries)
    inside = [[next(waiting) for _ in lattice.cells] for lattice in flat.lattices]
    texts = [[_text(entry, habit) for entry in some] for some in inside]
    seen = [list(map(_seen, some, told, repeat(flat.scale))) for some, told in zip(inside, texts, strict=True)]
    weighed = list(map(weigh, flat.lattices, seen))
    doubted = is_doubted(weighed)
    most = PAGE_MOST if doubted else _CERTAIN
    blocks: list[tuple[int, int, Table | FreeText]] = []
    for number, lattice in enumerate(flat.lattices):
        walls = [min(*pair, most) for pair in zip(flat.walls[number], weighed[number].caps, strict=True)]
        cells = map(partial(_cell, flat, file), lattice.cells, walls, inside[number], texts[number])
        blocks.append((lattice.box[1], lattice.box[0], Table(tuple(cells), flat.number)))
    blocks += _free(flat, file, waiting, habit)
    blocks.sort(key=lambda block: block[:2])
    losses = (*losses, said(flat.number)) if doubted else losses
    return PageBlocks(tuple(block for _, _, block in blocks), losses, doubted=doubted)


def _text(entry: _Entry, habit: int) -> str:
    return "\n".join(mended(text_of(line)) for line in settle_widths(entry.lines(), habit))


def _seen(entry: _Entry, text: str, scale: float) -> Seen:
    ink = Rect(*_hundredths(entry.strips, scale)) if entry.strips else None
    return Seen(text, ink, entry.has_rule, entry.touching)


def _cell(flat: FlatPage, file: str, outline: Outline, wall: Decimal, entry: _Entry, text: str) -> Cell:
    confidence = min(wall, entry.trust) if outline.sure else min(wall, entry.trust, _GUESSED_OUTLINE)
    place = place_on(file, flat.number, flat.back(outline.box), confidence)
    alternatives: tuple[tuple[str, Decimal], ...] = ()
    if len(entry.judged) == 1 and text:
        found = candidates(entry.judged[0].signs, entry.judged[0].others, text)
        alternatives = tuple((other, Decimal(round(share * 1000)) / 1000) for other, share in found)
    return Cell(
        outline.row, outline.column, outline.row_span, outline.column_span, text, (place,), outline.box, alternatives
    )  # fmt: skip


def _free(
    flat: FlatPage, file: str, entries: Iterable[_Entry], habit: int
) -> Iterator[tuple[int, int, Table | FreeText]]:
    for entry in entries:
        text = " ".join(mended(text_of(line)) for line in settle_widths(entry.lines(), habit))
        if text.strip() and entry.trust >= _LEAST_FREE:
            box = _hundredths(entry.strips, flat.scale)
            yield box[1], box[0], FreeText(text, (place_on(file, flat.number, flat.back(box), entry.trust),))


def _pixels(box: Box, scale: float) -> Rect:
    return Rect(*(round(edge * scale / 100) for edge in box))


def _hundredths(strips: Sequence[Strip], scale: float) -> Box:
    boxes = [strip.box for strip in strips]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return round(left * 100 / scale), round(top * 100 / scale), round(right * 100 / scale), round(bottom * 100 / scale)
