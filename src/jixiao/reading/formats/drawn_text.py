"""Tables drawn in letters (│ ┼ ─, or | + -): lines are rules on a raster of letters, the lattice does the rest."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from unicodedata import east_asian_width

from jixiao.form import Place
from jixiao.layout.grid import Box, Cell, FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.lattice import Rule
from jixiao.reading.limits import Limits
from jixiao.reading.page import PageContent, read_page

_WIDE, _HIGH = 600, 1200
"""A raster letter in hundredths of a point; a Chinese letter is two wide."""
_ACROSS: Final = frozenset("─━═-=+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬┍┑┕┙┝┥┠┨┯┷┰┸┿╂╭╮╰╯╞╡╪╤╧")
_DOWN: Final = frozenset("│┃║|｜+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬┍┑┕┙┝┥┠┨┯┷┰┸┿╂╭╮╰╯╞╡╪╤╧")
_SHARED: Final = frozenset("-=+|")
"""Signs that also stand in text; they draw only in a border line, or beside one."""
_CORNERS: Final = _ACROSS & _DOWN
_FEWEST: Final = 3
_WIDTHS: Final = ((2, 2), (1, 2), (1, 1))
"""Signs that draw, and letters of doubtful width, as fonts set them."""
_MOST_LETTERS: Final = 2_000_000
_MOST_RULES: Final = 20_000


@dataclass(slots=True)
class _Letter:
    """A letter of the text: its left edge on the raster, its width, its column in the line from 1."""

    left: int
    wide: int
    sign: str
    column: int


def is_drawn(text: str) -> bool:
    """Whether a text holds at least three border lines of drawn tables."""
    return sum(_is_border(line) for line in text.split("\n")) >= _FEWEST


def _is_border(line: str) -> bool:
    """Whether a line holds a run of horizontal rule between two corners or crossings."""
    run = 0
    for sign in line:
        if sign in _CORNERS:
            if run > 1:
                return True
            run = 1
        elif run and sign in _ACROSS:
            run += 1
        else:
            run = 0
    return False


def read_drawn(text: str, file: str, limits: Limits) -> Grid:
    """The tables and lines of a text with drawn tables.

    Args:
        text: the whole text.
        file: its label, for places.
        limits: what it may hold.

    Raises:
        Unreadable: it is longer, or its tables have more cells, than any form.
    """
    if len(text) > _MOST_LETTERS:
        raise errors.too_large(
            file, f"{len(text)} 个字的文字", f"{len(text)} characters", f"{_MOST_LETTERS} 个字", f"{_MOST_LETTERS}"
        )
    raster = max((_raster(text, *wide) for wide in _WIDTHS), key=_fit)
    content = PageContent(1)
    drawn = [_draw_line(content, raster, number) for number in range(len(raster))]
    _draw_columns(content, raster, drawn)
    rules = len(content.horizontal) + len(content.vertical)
    if rules > _MOST_RULES:
        raise errors.too_large(file, f"{rules} 条表格线", f"{rules} drawn rules", f"{_MOST_RULES} 条", f"{_MOST_RULES}")
    page = read_page(content, file)
    if sum(len(block.cells) for block in page.blocks if isinstance(block, Table)) > limits.cells:
        raise errors.too_large(file, "单元格过多", "it has too many cells", f"{limits.cells} 个", f"{limits.cells}")
    return Grid(tuple(_in_text(block, raster, drawn, file) for block in page.blocks), page.losses)


def _raster(text: str, signs: int, doubtful: int) -> list[list[_Letter]]:
    """The letters of each line, where signs that draw, and letters of doubtful width (≥ × “), are so wide."""
    return [_placed(line, signs, doubtful) for line in text.split("\n")]


def _placed(line: str, signs: int, doubtful: int) -> list[_Letter]:
    letters: list[_Letter] = []
    left = 0
    for column, sign in enumerate(line, 1):
        drawing = "\u2500" <= sign <= "\u257f"
        wide = signs if drawing else 1 if sign.isascii() else _width(sign, doubtful)
        letters.append(_Letter(left, wide, sign, column))
        left += wide
    return letters


def _width(sign: str, doubtful: int) -> int:
    kind = east_asian_width(sign)
    return 2 if kind in "WF" else doubtful if kind == "A" else 1


def _fit(raster: list[list[_Letter]]) -> int:
    """How many signs that draw down stand below another."""
    fit = 0
    above: set[int] = set()
    for line in raster:
        here = {letter.left for letter in line if letter.sign in _DOWN}
        fit += len(here & above)
        above = here
    return fit


def _draw_line(content: PageContent, raster: list[list[_Letter]], number: int) -> set[int]:
    """Take a line: its letters, and its runs of horizontal rule; which of its columns are drawn."""
    line = raster[number]
    border = _is_border("".join(letter.sign for letter in line))
    drawn: set[int] = set()
    run: list[_Letter] = []
    for letter in [*line, _Letter(0, 0, " ", 0)]:
        across = letter.sign in _ACROSS and (border or letter.sign not in _SHARED)
        if across:
            run.append(letter)
            continue
        if len(run) > 1:
            drawn |= {each.column for each in run}
            content.horizontal.append(_rule(run, number))
        run = []
    down = {letter.column for letter in line if letter.sign in _DOWN}
    spaced = False
    for letter in line:
        if letter.sign.isspace():
            spaced = True
        elif letter.column not in drawn and letter.column not in down:
            left, top = letter.left * _WIDE, number * _HIGH
            box = left, top + 100, left + letter.wide * _WIDE, top + _HIGH - 100
            content.glyphs.append((*box, letter.sign, spaced))
            spaced = False
    return drawn | down


def _rule(run: list[_Letter], number: int) -> Rule:
    middle = number * _HIGH + _HIGH // 2
    return run[0].left * _WIDE + _WIDE // 2, run[-1].left * _WIDE + _WIDE // 2, middle


def _draw_columns(content: PageContent, raster: list[list[_Letter]], drawn: list[set[int]]) -> None:
    """Take the vertical rules: signs that draw down, in one place of the raster, line after line."""
    open_at: dict[int, int] = {}
    for number, line in enumerate([*raster, []]):
        here = (
            {letter.left for letter in line if letter.sign in _DOWN and letter.column in drawn[number]}
            if line
            else set()
        )
        for left in [left for left in open_at if left not in here]:
            first = open_at.pop(left)
            if number - first > 1:
                at = left * _WIDE + _WIDE // 2
                content.vertical.append((first * _HIGH + _HIGH // 2, (number - 1) * _HIGH + _HIGH // 2, at))
        for left in here:
            open_at.setdefault(left, number)


def _in_text(
    block: Table | FreeText, raster: list[list[_Letter]], drawn: list[set[int]], file: str
) -> Table | FreeText:
    """The same block with its places in the text: the line and column of its first letter."""
    if isinstance(block, Table):
        return Table(tuple(_cell_in_text(cell, raster, drawn, file) for cell in block.cells))
    box = block.places[0].box
    if box is None:
        return block
    outline = tuple(int(edge * 100) for edge in box)
    at = outline[0], outline[1], outline[2], outline[3]
    return FreeText(block.text, (_first(at, raster, drawn, file, block.places[0].confidence),))


def _cell_in_text(cell: Cell, raster: list[list[_Letter]], drawn: list[set[int]], file: str) -> Cell:
    confidence = cell.places[0].confidence
    place = _first(cell.box, raster, drawn, file, confidence) if cell.box else Place(file, confidence=confidence)
    return replace(cell, box=None, places=(place,))


def _first(box: Box, raster: list[list[_Letter]], drawn: list[set[int]], file: str, confidence: Decimal) -> Place:
    """The place of the first letter in a box; of an empty one its own first line."""
    left, top, right, bottom = box
    for number in range(top // _HIGH, min(bottom // _HIGH + 1, len(raster))):
        for letter in raster[number]:
            inside = left <= letter.left * _WIDE + _WIDE // 2 < right and not letter.sign.isspace()
            if inside and letter.column not in drawn[number]:
                return Place(file, line=number + 1, column=letter.column, confidence=confidence)
    return Place(file, line=top // _HIGH + 1, column=1, confidence=confidence)
