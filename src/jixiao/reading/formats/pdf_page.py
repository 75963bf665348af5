"""One PDF page as glyphs and rules: letters, their boxes, lines and thin boxes, forms inside forms."""

import ctypes
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from operator import lt
from typing import Any

from jixiao.layout.grid import Box
from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.glyphs import UNKNOWN, Glyph, is_cjk
from jixiao.reading.page import PageContent

_SAMPLE = 24
_ASCENT_PERCENT = 88
_REPLACED = {0: UNKNOWN, 0xFFFD: UNKNOWN, 0xFFFE: "-", 0xFFFF: UNKNOWN, 0xAD: "-", 2: "-"}
_WHITE = frozenset({*range(3, 33), 1, 0x7F, 0xA0, 0x3000, 0x2028, 0x2029, 0xFEFF, *range(0x2000, 0x2010)})
_SYMBOLS = {
    0xF052: "☑", 0xF0FE: "☑", 0xF053: "☒", 0xF0FD: "☒", 0xF0A3: "□", 0xF0A8: "□", 0xF06F: "□", 0xF0FC: "✓",
}  # fmt: skip
"""Check boxes of the Wingdings fonts, which sit in the private area by code point F000 + character code."""
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)


Matrix = tuple[Any, Any, Any, Any, Any, Any]
"""a, b, c, d, e, f of a PDF transformation, as the library gives them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """From PDF user space to hundredths of a point, origin top left, after quarter turns clockwise.

    Attributes:
        box: left, bottom, right, top of the visible page in hundredths, user space.
        turns: quarter turns clockwise, 0 to 3.
    """

    box: Box
    turns: int

    def turned(self, left: int, bottom: int, right: int, top: int) -> Box:
        """A user-space box (hundredths) as left, top, right, bottom."""
        page_left, page_bottom, page_right, page_top = self.box
        if self.turns == 0:
            return left - page_left, page_top - top, right - page_left, page_top - bottom
        if self.turns == 1:
            return bottom - page_bottom, left - page_left, top - page_bottom, right - page_left
        if self.turns == 2:
            return page_right - right, bottom - page_bottom, page_right - left, top - page_bottom
        return page_top - top, page_right - right, page_top - bottom, page_right - left

    def into(self, turns: int) -> Callable[[Box], Box]:
        """A function from boxes of this frame to boxes of the same page in a frame with other turns."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        if self.turns % 2:
            width, height = height, width
        more = (turns - self.turns) % 4
        if more == 0:
            return lambda box: box
        if more == 1:
            return lambda box: (height - box[3], box[0], height - box[1], box[2])
        if more == 2:
            return lambda box: (width - box[2], height - box[3], width - box[0], height - box[1])
        return lambda box: (box[1], width - box[2], box[3], width - box[0])


def load_content(page: int, number: int) -> PageContent:
    """Read a loaded page.

    Args:
        page: address of the PDFium page.
        number: its number from 1.
    """
    text = pdf.load_text(page)
    try:
        displayed = _frame(page)
        frame = Frame(displayed.box, _turns(text, displayed.turns)) if text else displayed
        content = PageContent(number, shown=frame.into(displayed.turns))
        slanted = _draw(page, frame, content)
        if text:
            letters = _write(text, frame, content, slanted=slanted)
            content.dropped = _dropped(page, text, letters)
        return content
    finally:
        if text:
            pdf.close_text(text)


def _frame(page: int) -> Frame:
    corners = (ctypes.c_float * 4)()
    pdf.page_box(page, ctypes.addressof(corners))
    left, top, right, bottom = (round(value * 100) for value in corners)
    return Frame((left, min(top, bottom), right, max(top, bottom)), pdf.page_rotation(page) % 4)


def _turns(text: int, otherwise: int) -> int:
    """How often the page must be turned for most of its letters to stand upright."""
    count = pdf.count_letters(text)
    matrix = (ctypes.c_float * 6)()
    votes: Counter[int] = Counter()
    for index in range(0, count, max(count // _SAMPLE, 1)):
        if pdf.letter_code(text, index) > 32 and pdf.letter_matrix(text, index, ctypes.addressof(matrix)):
            along, up = matrix[0], matrix[1]
            votes[(0 if along > 0 else 2) if abs(along) >= abs(up) else (1 if up > 0 else 3)] += 1
    return votes.most_common(1)[0][0] if votes else otherwise


def _write(text: int, frame: Frame, content: PageContent, *, slanted: bool) -> Sequence[str]:
    """Collect the letters of a page; those set aslant (a watermark across a table) apart from the rest."""
    letters = _letters(text)
    at = [index for index, letter in enumerate(letters) if letter > " "]
    if 1 in map(pdf.letter_unmapped, repeat(text), at):
        letters = _one_by_one(text, len(letters))
        at = [index for index, letter in enumerate(letters) if letter > " "]
    if slanted:
        aslant = {index for index in at if _is_aslant(_letter_matrix(text, index))}
        content.aslant = "".join(letters[index] for index in sorted(aslant))
        at = [index for index in at if index not in aslant]
    if at:
        content.glyphs = _glyphs(text, frame, letters, at)
        content.unknown = 0 if isinstance(letters, str) else sum(letters[index] == UNKNOWN for index in at)
    return letters


def _dropped(page: int, text: int, letters: Sequence[str]) -> int:
    """How many pieces of text PDFium dropped for want of a font: it is not embedded and this machine has none like it.

    Such letters have no outline; of those that stand alone, nothing at all is left to read.
    """
    ink = (ctypes.c_double * 4)()
    at = [ctypes.addressof(ink) + 8 * number for number in range(4)]
    sampled = (index for index in range(0, len(letters), max(len(letters) // _SAMPLE, 1)) if is_cjk(letters[index]))
    if not any(pdf.letter_ink(text, index, *at) and int((ink[3] - ink[2]) * 20) == 0 for index in sampled):
        return 0
    bounds = (ctypes.c_float * 4)()
    at = [ctypes.addressof(bounds) + 4 * number for number in range(4)]
    found = (pdf.get_object(page, number) for number in range(min(pdf.count_objects(page), _MOST_OBJECTS)))
    texts = (one for one in found if pdf.object_type(one) == pdf.TEXT)
    return sum(bool(pdf.object_bounds(one, *at)) and int(bounds[2] * 100) == int(bounds[0] * 100) for one in texts)


def _letter_matrix(text: int, index: int) -> Matrix:
    values = (ctypes.c_float * 6)()
    pdf.letter_matrix(text, index, ctypes.addressof(values))
    return tuple(values)


def _is_aslant(matrix: Matrix) -> bool:
    """Whether text under this matrix runs neither along nor across the page: more than some six degrees off both."""
    along, up = abs(matrix[0]), abs(matrix[1])
    return bool(up * 10 > along and along * 10 > up)


def _glyphs(text: int, frame: Frame, letters: Sequence[str], at: list[int]) -> list[Glyph]:
    """The letters at these indexes with their boxes."""
    lefts, tops, rights, bottoms = _edges(text, at)
    shown = [letters[index] for index in at]
    spaced = [before + 1 != index for before, index in pairwise([-1, *at])]
    if frame.turns or not (all(map(lt, lefts, rights)) and all(map(lt, bottoms, tops))):
        boxes = zip(lefts, bottoms, rights, tops, strict=True)
        glyphs = [
            (*_any_box(text, index, letter, box, frame), letter, space)
            for index, letter, box, space in zip(at, shown, boxes, spaced, strict=True)
        ]
    else:
        x, y = frame.box[0], frame.box[3]
        glyphs = list(
            zip(
                [left - x for left in lefts], [y - top for top in tops],
                [right - x for right in rights], [y - bottom for bottom in bottoms], shown, spaced, strict=True,
            )
        )  # fmt: skip
    _share_ligatures(glyphs)
    return glyphs


def _edges(text: int, at: list[int]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Left, top, right and bottom edges of the letters at these indexes, in user space."""
    corners = (ctypes.c_float * (4 * len(at)))()
    start = ctypes.addressof(corners)
    pdf.run_all(map(pdf.letter_box, repeat(text), at, range(start, start + 16 * len(at), 16)))
    floats = memoryview(corners).cast("B").cast("f").tolist()
    edges = [int(value * 200 + 1) >> 1 for value in floats]  # to the nearest hundredth, faster than round()
    return edges[0::4], edges[1::4], edges[2::4], edges[3::4]


def _any_box(text: int, index: int, letter: str, box: Box, frame: Frame) -> Box:
    """A letter's box in the frame; `box` is its loose box in user space (left, bottom, right, top)."""
    if frame.turns == 0 and box[2] > box[0] and box[3] > box[1]:
        return frame.turned(*box)
    return _turned_box(text, index, letter, frame)


def _letters(text: int) -> Sequence[str]:
    """The letter at each index of a page's text; white space and the like is not above the space character."""
    count = max(pdf.count_letters(text), 0)
    buffer = (ctypes.c_uint16 * (count + 1))()
    written = pdf.all_text(text, 0, count, ctypes.addressof(buffer))
    letters = bytes(buffer).decode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass")[:-1]
    if written != count + 1 or len(letters) != count or _SPECIAL.search(letters):
        return _one_by_one(text, count)
    return letters


def _one_by_one(text: int, count: int) -> list[str]:
    """The letters by their codes; one without a code has its number in the font instead, which tells nothing."""
    codes = list(map(pdf.letter_code, repeat(text), range(count)))
    unmapped = map(pdf.letter_unmapped, repeat(text), range(count))
    return [
        UNKNOWN if bad == 1 else _letter(code, codes, index)
        for index, (code, bad) in enumerate(zip(codes, unmapped, strict=True))
    ]


_SPECIAL = re.compile(
    "[\ud800-\udfff\U00010000-\U0010ffff\x00-\x09\x0b\x0c\x0e-\x1f\x7f\xa0\xad\u2000-\u200f\u2028\u2029\u3000\ue000-\uf8ff\ufeff\ufffd-\uffff]"
)


def _letter(code: int, codes: Sequence[int], index: int) -> str:
    """The letter of a code point; a surrogate pair is one letter at its first half and nothing at its second."""
    if code in _REPLACED:
        return _REPLACED[code]
    if code in _WHITE:
        return " "
    if code in _SURROGATES:
        return _paired(codes, index)
    if code in _PRIVATE:
        return _SYMBOLS.get(code, UNKNOWN)
    return chr(code)


def _paired(codes: Sequence[int], index: int) -> str:
    high, low = codes[index], codes[index + 1] if index + 1 < len(codes) else 0
    if high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    before = codes[index - 1] if index else 0
    return "" if 0xD800 <= before < 0xDC00 <= high else UNKNOWN


def _share_ligatures(glyphs: list[Glyph]) -> None:
    """Give each letter of a ligature (ffi, one glyph) its part of the glyph's box."""
    twins = [at for at, (one, other) in enumerate(pairwise(glyphs)) if one[0] == other[0] and _is_ligature(one, other)]
    while twins:
        first = last = twins.pop()
        while twins and twins[-1] == first - 1:
            first = twins.pop()
        count = last + 2 - first
        left, top, right, bottom = glyphs[first][:4]
        cuts = [left + (right - left) * part // count for part in range(count + 1)]
        for place, (start, end) in enumerate(pairwise(cuts), first):
            glyphs[place] = (start, top, end, bottom, *glyphs[place][4:])


def _is_ligature(one: Glyph, other: Glyph) -> bool:
    return one[:4] == other[:4] and not other[5] and one[4].isascii() and other[4].isascii()


def _turned_box(text: int, index: int, letter: str, frame: Frame) -> Box:
    """The box of a letter that does not stand upright in user space: PDFium's loose box is flat for those."""
    ink = (ctypes.c_double * 4)()
    at = ctypes.addressof(ink)
    pdf.letter_ink(text, index, at, at + 8, at + 16, at + 24)  # left, right, bottom, top
    origin = (ctypes.c_double * 2)()
    pdf.letter_origin(text, index, ctypes.addressof(origin), ctypes.addressof(origin) + 8)
    left, right, bottom, top = (round(value * 100) for value in ink)
    x, y = (round(value * 100) for value in origin)
    box = frame.turned(left, bottom, right, top)
    start, base = frame.turned(x, y, x, y)[:2]
    em = _em(text, index)
    if not box[1] - em <= base <= box[3] + em:
        return box
    rise = em * _ASCENT_PERCENT // 100
    end = max(start + em, box[2]) if is_cjk(letter) else max(box[2], _next_start(text, index, frame, (start, base, em)))
    return min(start, box[0]), base - rise, end, base - rise + em


def _next_start(text: int, index: int, frame: Frame, here: tuple[int, int, int]) -> int:
    """Where the next letter on the line begins, if that is near: as far as this one reaches."""
    start, base, em = here
    origin = (ctypes.c_double * 2)()
    at = ctypes.addressof(origin)
    if not pdf.letter_origin(text, index + 1, at, at + 8):
        return start
    x, y = (round(value * 100) for value in origin)
    following, its_base = frame.turned(x, y, x, y)[:2]
    return following if abs(its_base - base) * 5 < em and 0 < following - start <= em else start


def _em(text: int, index: int) -> int:
    matrix = _letter_matrix(text, index)
    scale = max(abs(matrix[0]), abs(matrix[1]))
    size: int = round(pdf.letter_size(text, index) * scale * 100)
    return max(size, 1)


_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 8
_MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 20_000


def _draw(page: int, frame: Frame, content: PageContent) -> bool:
    """Collect the rules of a page, those in forms too; whether any text is set aslant."""
    slanted = False
    left = _MOST_OBJECTS
    stack = [(pdf.get_object, page, pdf.count_objects(page), _IDENTITY, 0)]
    pen = _Pen(frame, content)
    while stack:
        fetch, owner, count, matrix, depth = stack.pop()
        for found in map(fetch, repeat(owner), range(min(count, left))):
            left -= 1
            kind = pdf.object_type(found)
            if kind == pdf.PATH:
                pen.path(found, matrix)
            elif kind == pdf.TEXT:
                slanted = slanted or _is_aslant(_times(_matrix(found), matrix))
            elif kind == pdf.IMAGE:
                content.images += 1
            elif kind == pdf.FORM and depth < _DEEPEST:
                inner = _times(_matrix(found), matrix)
                stack.append((pdf.get_form_object, found, pdf.count_form_objects(found), inner, depth + 1))
    return slanted


def _matrix(found: int) -> Matrix:
    values = (ctypes.c_float * 6)()
    if not pdf.object_matrix(found, ctypes.addressof(values)):
        return _IDENTITY
    return tuple(values)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


Point = tuple[int, int]


class _Pen:
    """Takes paths and leaves rules and fills on the page's content."""

    def __init__(self, frame: Frame, content: PageContent) -> None:
        self.frame, self.content = frame, content
        self.spot = (ctypes.c_float * 2)()
        self.mode = (ctypes.c_int * 2)()
        self.edges = (ctypes.c_float * 4)()

    def path(self, found: int, outer: Matrix) -> None:
        """Take one path; one with a curve in it draws no table."""
        if outer is _IDENTITY and self._is_line(found):
            return
        count = pdf.count_segments(found)
        if not 2 <= count <= _MOST_SEGMENTS:
            return
        subpaths = list(self._subpaths(found, count, _times(_matrix(found), outer)))
        if any(points is None for points in subpaths):
            self.content.drawings += 1
            return
        at = ctypes.addressof(self.mode)
        pdf.draw_mode(found, at, at + 4)
        filled, stroked = self.mode[0] != 0, self.mode[1] != 0
        for points in subpaths:
            if points and len(points) > 1:
                self._mark(points, stroked=stroked, filled=filled)

    def _is_line(self, found: int) -> bool:
        """Take a path whose outline on the page is thin: one rule, whatever it is made of."""
        at = ctypes.addressof(self.edges)
        if not pdf.object_bounds(found, at, at + 4, at + 8, at + 12):
            return False
        left, bottom, right, top = (round(value * 100) for value in self.edges)
        if not (_thin(top - bottom, right - left) or _thin(right - left, top - bottom)):
            return False
        self._rule(self.frame.turned(left, bottom, right, top))
        return True

    def _rule(self, box: Box) -> bool:
        """Take a thin box as a rule."""
        left, top, right, bottom = box
        if _thin(bottom - top, right - left):
            self.content.horizontal.append((left, right, (top + bottom) // 2))
        elif _thin(right - left, bottom - top):
            self.content.vertical.append((top, bottom, (left + right) // 2))
        else:
            return False
        return True

    def _subpaths(self, found: int, count: int, matrix: Matrix) -> Iterator[list[Point] | None]:
        a, b, c, d, e, f = matrix
        spot, at = self.spot, ctypes.addressof(self.spot)
        points: list[Point] = []
        for segment in map(pdf.get_segment, repeat(found), range(count)):
            kind = pdf.segment_type(segment)
            if kind == pdf.CURVE:
                yield None
                return
            pdf.segment_point(segment, at, at + 4)
            x, y = spot
            point = round((a * x + c * y + e) * 100), round((b * x + d * y + f) * 100)
            if kind == pdf.MOVE:
                yield points
                points = [point]
            else:
                points.append(point)
            if pdf.segment_closes(segment):
                points.append(points[0])
        yield points

    def _mark(self, points: list[Point], *, stroked: bool, filled: bool) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = self.frame.turned(min(xs), min(ys), max(xs), max(ys))
        if self._rule(box):
            return
        if stroked:
            for (x, y), (to_x, to_y) in pairwise(points):
                self._side(self.frame.turned(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))
        elif filled and _is_box(points):
            self.content.fills.append(box)

    def _side(self, box: Box) -> None:
        left, top, right, bottom = box
        if bottom - top <= _LEVEL and right > left:
            self.content.horizontal.append((left, right, (top + bottom) // 2))
        elif right - left <= _LEVEL and bottom > top:
            self.content.vertical.append((top, bottom, (left + right) // 2))


_LEVEL = 100
_THICKEST = 450


def _thin(thickness: int, length: int) -> bool:
    """Whether a box is drawn as a line: thinner than any letter, and much longer than thick (or a dot of one)."""
    return thickness <= _THICKEST and length > 0 and (thickness * 5 <= length or thickness <= _LEVEL < length)


def _is_box(points: list[Point]) -> bool:
    return len({x for x, _ in points}) == 2 and len({y for _, y in points}) == 2
