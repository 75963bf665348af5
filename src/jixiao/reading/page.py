"""One page of rules and glyphs as tables with text and free lines. Shared by the paged formats."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from jixiao.form import Place
from jixiao.layout.grid import Box, Cell, FreeText, Table
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading import errors
from jixiao.reading.aligned.area import Area
from jixiao.reading.aligned.section import Columns
from jixiao.reading.aligned.tables import Aligned, infer_table
from jixiao.reading.crossing import Crossings, Home, keep_together
from jixiao.reading.folio import without_page_numbers
from jixiao.reading.glyphs import JOINER, UNKNOWN, Glyph, Line, lines_of, text_of
from jixiao.reading.lattice import LINK, MOST_FIELDS, Lattice, Outline, Rule, TooFine, find_tables, merge_rules

_CERTAIN = Decimal("1.0")
_GUESSED_OUTLINE = Decimal("0.8")
_RECOGNISED = Decimal("0.9")
_ALIGNED = Decimal("0.85")
_ALIGNED_UNCLEAR = Decimal("0.6")
_NOWHERE = (0, 0, 0, 0)
_LEAST_LETTERS = 30
"""So few letters outside all rules hold no table."""
_MOST_FILLS = 2000
_LONGEST_WATERMARK = 60
_MOST_WORDS, _LONGEST_WORD = 5, 20
_COLUMN_BLOCKS = ("indicator_columns", "fund_columns", "goal")
_LETTERS_DRAWN = 50
"""So many shapes on a page without text are letters drawn as outlines, and not an ornament."""
_ONE_UNKNOWN_OF = 50
"""A page is looked at if more than one glyph of so many has no letter: one bullet of a symbol font is fine."""


@dataclass(slots=True)
class PageContent:
    """What a page shows, in hundredths of a point, origin top left, letters upright.

    Attributes:
        number: page number from 1.
        glyphs: letters in the order of the source.
        horizontal, vertical: drawn lines and thin boxes.
        fills: boxes painted without an outline (shading): walls only where they meet other walls.
        shown: gives the box on the page as displayed, where letters stand turned on it.
        images: how many pictures it holds.
        pictures: where they stand.
        dropped: how many pieces of text could not be had for want of a font.
        unknown: how many of its glyphs have no letter.
        drawings: how many drawn shapes are neither rules nor boxes: letters drawn as outlines look like that.
        has_veiled: whether some text is set invisibly.
        under: indexes of letters set invisibly over a picture.
        veiled: the glyphs of those: text that was recognised, by whoever made the file.
        hidden: letters set invisibly with no picture there: left out of `glyphs`.
        aslant: letters that run neither along nor across the page, left out of `glyphs`.
        appended: whether the page is a summary that we have appended ourselves, and was not looked at.
    """

    number: int
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    shown: Callable[[Box], Box] = lambda box: box
    images: int = 0
    pictures: list[Box] = field(default_factory=list)
    dropped: int = 0
    unknown: int = 0
    drawings: int = 0
    has_veiled: bool = False
    under: set[int] = field(default_factory=set)
    veiled: set[Glyph] = field(default_factory=set)
    hidden: str = ""
    aslant: str = ""
    appended: bool = False

    @property
    def needs_eyes(self) -> bool:
        """Whether the page has to be looked at: a picture without letters, letters drawn, or many without a code."""
        if not self.glyphs:
            return self.images > 0 or self.drawings >= _LETTERS_DRAWN
        return self.unknown * _ONE_UNKNOWN_OF > len(self.glyphs)


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """What a page holds.

    Attributes:
        blocks: its tables and free lines in reading order.
        losses: what could not be read (sentences).
        goes_on: the columns of a table without rules that may go on overleaf.
        doubted: whether rules of its tables may not have been seen, so that cells may be lost or run together.
    """

    blocks: tuple[Table | FreeText, ...]
    losses: tuple[str, ...]
    goes_on: Columns | None = None
    doubted: bool = False


def read_page(content: PageContent, file: str, before: Columns | None = None) -> PageBlocks:
    """Find the tables of a page, put its letters into their cells, and keep the rest as free lines.

    Args:
        content: the page.
        file: the file's label, for places.
        before: the columns of a table without rules that the page before left open.

    Raises:
        Unreadable: its rules part it into more fields than any form has.
    """
    horizontal, vertical = content.horizontal, content.vertical
    if content.fills:
        more_horizontal, more_vertical = _walls_of_fills(content)
        horizontal, vertical = horizontal + more_horizontal, vertical + more_vertical
    try:
        lattices = find_tables(horizontal, vertical)
    except TooFine:
        raise _too_fine(content.number, file) from None
    buckets, free, crossings = _sorted_in(content.glyphs, lattices)
    losses = list(_said(content))
    if crossings.words:
        losses.append(_crossed(content.number, crossings.words))
    blocks: list[tuple[int, int, Table | FreeText]] = []
    aligned = _aligned(content, lattices, buckets, free, before)
    if aligned:
        free = aligned.free
        blocks.append(_aligned_table(aligned, content, file, losses))
    for lattice, letters in zip(lattices, buckets, strict=True):
        cells = tuple(
            _cell(outline, glyphs, content, file, losses, at_most=crossings.clarity(glyphs))
            for outline, glyphs in zip(lattice.cells, letters, strict=True)
        )
        blocks.append((lattice.box[1], lattice.box[0], Table(cells, content.number)))
    blocks.extend(_free_texts(free, content, file, _extent([block for _, _, block in blocks])))
    blocks.sort(key=lambda block: block[:2])
    return PageBlocks(tuple(block for _, _, block in blocks), tuple(losses), aligned.goes_on if aligned else None)


def _too_fine(page: int, file: str) -> errors.Unreadable:
    zh, en = f"第 {page} 页表格线围成的格子过多", f"page {page} has too many fields between its rules"
    return errors.too_large(file, zh, en, f"{MOST_FIELDS} 个", f"{MOST_FIELDS}")


def _aligned(
    content: PageContent, lattices: list[Lattice], buckets: list[list[list[Glyph]]], free: list[Glyph],
    before: Columns | None,
) -> Aligned | None:  # fmt: skip
    """The table that rules do not draw, if the letters outside all rules, or in hollow ones, make one.

    Lattices that hold some of its letters are taken out of `lattices` and `buckets`.
    """
    lexicon = load_lexicon()
    hollow = [number for number, cells in enumerate(buckets) if _is_hollow(lattices[number], cells, free)]
    if len(free) < _LEAST_LETTERS and not hollow:
        return None
    inside = [glyph for number in hollow for cell in buckets[number] for glyph in cell]
    rules = merge_rules([*content.horizontal, *(side for box in content.fills for side in _sides(box)[0])])
    found = infer_table([*free, *inside], rules, lexicon, before)
    if found:
        for number in reversed(hollow):
            del lattices[number], buckets[number]
    return found


def _is_hollow(lattice: Lattice, cells: list[list[Glyph]], free: list[Glyph]) -> bool:
    """Whether rules draw only part of a table: columns missing in a cell of many labels, or rows under a header."""
    lexicon = load_lexicon()
    for outline, glyphs in zip(lattice.cells, cells, strict=True):
        wide = outline.box[2] - outline.box[0]
        if len(glyphs) > 8 and 2 * wide > lattice.box[2] - lattice.box[0]:
            words = "  ".join(map(text_of, lines_of(glyphs))).split()
            if sum(lexicon.is_label(word) for word in words) >= 3:
                return True
    if sum(glyph[1] >= lattice.box[3] for glyph in free) < _LEAST_LETTERS:
        return False
    feet: dict[int, list[str]] = {}
    for outline, glyphs in zip(lattice.cells, cells, strict=True):
        if glyphs:
            feet.setdefault(outline.row + outline.row_span, []).append("".join(map(text_of, lines_of(glyphs))))
    return _ends_with_labels(feet)


def _ends_with_labels(feet: dict[int, list[str]]) -> bool:
    """Whether the last row of texts is one of labels; a cell or two that hang below it count for nothing.

    A total below it ends the table: its form has no row.
    """
    hanging = 0
    for end in sorted(feet, reverse=True):
        labels = sum(load_lexicon().is_label(text, _COLUMN_BLOCKS) for text in feet[end])
        if labels >= 2 and 2 * labels > len(feet[end]):
            return 4 * hanging <= labels
        if any(load_lexicon().find("tail", text) for text in feet[end]):
            return False
        hanging += len(feet[end])
    return False


def _aligned_table(
    aligned: Aligned, content: PageContent, file: str, losses: list[str]
) -> tuple[int, int, Table]:  # fmt: skip
    xs = sorted({edge for area in aligned.areas for edge in (area.box[0], area.box[2])})
    ys = sorted({edge for area in aligned.areas for edge in (area.box[1], area.box[3])})
    column, row = ({edge: number for number, edge in enumerate(edges)} for edges in (xs, ys))
    ordered = sorted(aligned.areas, key=lambda area: (row[area.box[1]], area.box[0]))
    cells = []
    for area in ordered:
        left, top, right, bottom = area.box
        outline = Outline(row[top], column[left], row[bottom] - row[top], column[right] - column[left], area.box)
        cells.append(_cell(outline, list(area.glyphs), content, file, losses, at_most=_clarity(area)))
    unclear = sum(not area.sure for area in aligned.areas)
    if unclear:
        losses.append(_unclear(content.number, unclear))
    return ys[0], xs[0], Table(tuple(cells), content.number)


def _clarity(area: Area) -> Decimal:
    return _ALIGNED if area.sure else _ALIGNED_UNCLEAR


def _unclear(number: int, count: int) -> str:
    return (
        f"第 {number} 页的表格没有框线，有 {count} 格的行列界限不清，请核对。"
        f"Page {number}: its table has no rules, and the edges of {count} cells are unclear; check them."
    )


def _crossed(number: int, words: Sequence[str]) -> str:
    shown = "、".join(word[:_LONGEST_WORD] for word in words[:_MOST_WORDS])
    return (
        f"第 {number} 页有 {len(words)} 处文字比格宽、越过框线（{shown}），整词归入一格，请核对。"
        f"Page {number}: {len(words)} words are wider than their cells and cross a rule ({shown}); each was put wholly "
        "into one cell; check them."
    )


def _sorted_in(
    glyphs: list[Glyph], lattices: list[Lattice]
) -> tuple[list[list[list[Glyph]]], list[Glyph], Crossings]:  # fmt: skip
    """The glyphs of each cell of each table, those in none, and words that walls run through. The inner table wins."""
    buckets: list[list[list[Glyph]]] = [[[] for _ in lattice.cells] for lattice in lattices]
    inner_first = sorted(zip(lattices, buckets, strict=True), key=lambda pair: _area(pair[0].box))
    free: list[Glyph] = []
    apart = not any(_touch(one.box, other.box) for one, other in combinations(lattices, 2))

    def home(x: int, y: int) -> Home:
        return _bucket(x, y, inner_first) or (free, _NOWHERE)

    left = top = right = bottom = 0  # the box in which the letter before stood: the next one mostly stands there too
    bucket = free
    moved: list[int] = []
    for index, glyph in enumerate(glyphs):
        x, y = (glyph[0] + glyph[2]) // 2, (glyph[1] + glyph[3]) // 2
        inside = left <= x < right and top <= y < bottom
        if not inside and glyph[4][0] != JOINER:  # a mark has no ink: it is where the letter before it is
            before = bucket
            bucket, box = home(x, y)
            left, top, right, bottom = box if apart else _NOWHERE
            if bucket is not before and index:
                moved.append(index)
        bucket.append(glyph)
    return buckets, free, keep_together(glyphs, moved, home)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _bucket(x: int, y: int, inner_first: list[tuple[Lattice, list[list[Glyph]]]]) -> Home | None:
    for lattice, cells in inner_first:
        owner = lattice.cell_at(x, y)
        if owner >= 0:
            return cells[owner], lattice.cells[owner].box
    return None


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _cell(
    outline: Outline, glyphs: list[Glyph], content: PageContent, file: str, losses: list[str],
    *, at_most: Decimal = _CERTAIN,
) -> Cell:  # fmt: skip
    text = "\n".join(map(text_of, lines_of(glyphs))) if glyphs else ""
    box = content.shown(outline.box)
    confidence = at_most if outline.sure else _GUESSED_OUTLINE
    if content.veiled and not content.veiled.isdisjoint(glyphs):
        confidence = min(confidence, _RECOGNISED)
    if UNKNOWN in text:
        confidence = min(confidence, _known_share(text))
        losses.append(_loss(text, content.number, box))
    return Cell(
        outline.row, outline.column, outline.row_span, outline.column_span, text,
        (place_on(file, content.number, box, confidence),), outline.box,
    )  # fmt: skip


def _said(content: PageContent) -> Iterator[str]:
    """What the page holds and nobody can read, or was left out, or was recognised."""
    if content.aslant:
        yield _watermark(content)
    if content.dropped:
        yield _font_missing(content)
    if content.hidden:
        words = content.hidden[:_LONGEST_WATERMARK]
        yield (
            f"第 {content.number} 页有看不见的文字“{words}”，未读。"
            f"Page {content.number}: invisible text “{words}” was not read."
        )
    if content.veiled:
        yield (
            f"第 {content.number} 页是图像，文字出自制作者附上的识别结果，可能有误。"
            f"Page {content.number} is a picture; its text was recognised by whoever made the file and may be wrong."
        )


def _watermark(content: PageContent) -> str:
    words = content.aslant[:_LONGEST_WATERMARK]
    return (
        f"第 {content.number} 页斜排的文字“{words}”视为水印，未读入表格。"
        f"Page {content.number}: slanted text “{words}” was taken for a watermark and is in no cell."
    )


def _known_share(text: str) -> Decimal:
    letters = [letter for letter in text if not letter.isspace()]
    known = sum(letter != UNKNOWN for letter in letters)
    return Decimal(known * 100 // len(letters)).scaleb(-2)


def _loss(text: str, page: int, box: Box) -> str:
    at, count = f"({box[0] // 100}, {box[1] // 100})", text.count(UNKNOWN)
    return (
        f"第 {page} 页 {at} 处有 {count} 个字形没有对应的文字，以“{UNKNOWN}”代之。"
        f"Page {page}, at {at}: {count} glyphs have no letter in the file; each stands as “{UNKNOWN}”."
    )


def _font_missing(content: PageContent) -> str:
    number, count = content.number, content.dropped
    return (
        f"第 {number} 页：字体没有嵌入文件，有 {count} 处单独的文字可能没有读到；请重新导出并嵌入字体。"
        f"Page {number}: its fonts are not embedded; {count} pieces of text standing alone may not have been read. "
        "Export it again with embedded fonts."
    )


def _extent(blocks: list[Table | FreeText]) -> tuple[int, int]:
    """Where tables begin and end; nowhere where there are none."""
    boxes = [cell.box for block in blocks if isinstance(block, Table) for cell in block.cells if cell.box]
    return min((box[1] for box in boxes), default=0), max((box[3] for box in boxes), default=0)


def _free_texts(
    glyphs: list[Glyph], content: PageContent, file: str, tables: tuple[int, int]
) -> Iterator[tuple[int, int, FreeText]]:
    for line in without_page_numbers(lines_of(glyphs), *tables):
        box = line.box
        confidence = _line_confidence(line)
        if content.veiled and not content.veiled.isdisjoint(line.glyphs):
            confidence = min(confidence, _RECOGNISED)
        place = place_on(file, content.number, content.shown(box), confidence)
        yield box[1], box[0], FreeText(text_of(line), (place,))


def _line_confidence(line: Line) -> Decimal:
    known = sum(glyph[4] != UNKNOWN for glyph in line.glyphs)
    return _CERTAIN if known == len(line.glyphs) else Decimal(known * 100 // len(line.glyphs)).scaleb(-2)


@lru_cache(maxsize=4096)
def points(hundredths: int) -> Decimal:
    """Hundredths of a point as points with two decimals."""
    return Decimal(hundredths).scaleb(-2)


def place_on(file: str, page: int, box: Box, confidence: Decimal = _CERTAIN) -> Place:
    """The place of a box (hundredths of a point) on a page."""
    left, top, right, bottom = box
    return Place(file, page, (points(left), points(top), points(right), points(bottom)), confidence=confidence)


def _walls_of_fills(content: PageContent) -> tuple[list[Rule], list[Rule]]:
    """The sides of painted boxes that meet other walls: a shaded cell, not a highlighted word."""
    fills = content.fills[:_MOST_FILLS]
    horizontal = merge_rules([*content.horizontal, *(side for box in fills for side in _sides(box)[0])])
    vertical = merge_rules([*content.vertical, *(side for box in fills for side in _sides(box)[1])])
    kept_horizontal: list[Rule] = []
    kept_vertical: list[Rule] = []
    for box in fills:
        above, beside = _sides(box)
        longer = sum(_reaches_beyond(side, horizontal) for side in above)
        longer += sum(_reaches_beyond(side, vertical) for side in beside)
        if longer >= 2:
            kept_horizontal += above
            kept_vertical += beside
    return kept_horizontal, kept_vertical


def _sides(box: Box) -> tuple[tuple[Rule, Rule], tuple[Rule, Rule]]:
    left, top, right, bottom = box
    return ((left, right, top), (left, right, bottom)), ((top, bottom, left), (top, bottom, right))


def _reaches_beyond(side: Rule, rules: list[Rule]) -> bool:
    """Whether a side is part of a longer wall."""
    low, high, at = side
    return any(
        abs(rule[2] - at) <= LINK
        and rule[0] <= low + LINK
        and rule[1] >= high - LINK
        and rule[1] - rule[0] > high - low + 2 * LINK
        for rule in rules
    )
