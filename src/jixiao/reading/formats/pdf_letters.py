"""The letters of a page with their boxes, as PDFium tells them; those set sideways or aslant too."""

import ctypes
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, repeat
from operator import lt
from typing import Final

from jixiao.layout.grid import Box
from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_codes import letters_of, one_by_one
from jixiao.reading.formats.pdf_frame import Frame, Matrix, is_aslant, matrix_of
from jixiao.reading.glyphs import UNKNOWN, Glyph, is_cjk
from jixiao.reading.page import PageContent

_SAMPLE: Final = 24
_INVISIBLE: Final = 3
_ASCENT_PERCENT: Final = 88
_MOST_OBJECTS: Final = 200_000
_FEW_OBJECTS: Final = 40
MOST_ON_A_LINE: Final = 5_000


class Crowded(Exception):
    """A line of a page is set in more pieces than any line has."""


def is_crowded(page: int) -> bool:
    """Whether one line has so many pieces that PDFium, which puts them in order one by one, would take minutes."""
    stack = [(pdf.get_object, page, pdf.count_objects(page))]
    pieces: Counter[int] = Counter()
    left = _MOST_OBJECTS
    while stack:
        fetch, owner, count = stack.pop()
        if _FEW_OBJECTS < count < MOST_ON_A_LINE:
            continue  # a page like most: not worth the time
        for found in map(fetch, repeat(owner), range(min(count, left))):
            left -= 1
            kind = pdf.object_type(found)
            if kind == pdf.TEXT:
                pieces[int(matrix_of(found)[5])] += 1
            elif kind == pdf.FORM:
                stack.append((pdf.get_form_object, found, pdf.count_form_objects(found)))
    return max(pieces.values(), default=0) > MOST_ON_A_LINE


def turns_of(text: int, otherwise: int) -> int:
    """How often the page must be turned for most of its letters to stand upright."""
    count = pdf.count_letters(text)
    matrix = (ctypes.c_float * 6)()
    votes: Counter[int] = Counter()
    for index in range(0, count, max(count // _SAMPLE, 1)):
        if pdf.letter_code(text, index) > 32 and pdf.letter_matrix(text, index, ctypes.addressof(matrix)):
            along, up = matrix[0], matrix[1]
            votes[(0 if along > 0 else 2) if abs(along) >= abs(up) else (1 if up > 0 else 3)] += 1
    return votes.most_common(1)[0][0] if votes else otherwise


def write(text: int, frame: Frame, content: PageContent, *, slanted: bool) -> Sequence[str]:
    """Collect the letters of a page; those set aslant (a watermark across a table) apart from the rest."""
    letters = letters_of(text)
    at = [index for index, letter in enumerate(letters) if letter > " "]
    if 1 in map(pdf.letter_unmapped, repeat(text), at):
        letters = one_by_one(text, len(letters))
        at = [index for index, letter in enumerate(letters) if letter > " "]
    if slanted:
        aslant = {index for index in at if is_aslant(_letter_matrix(text, index))}
        content.aslant = "".join(letters[index] for index in sorted(aslant))
        at = [index for index in at if index not in aslant]
    if content.has_veiled:
        at = _unveiled(text, letters, at, content)
    if at:
        content.glyphs = _glyphs(text, frame, letters, at)
        if content.under:
            content.veiled = {glyph for glyph, index in zip(content.glyphs, at, strict=True) if index in content.under}
        content.unknown = 0 if isinstance(letters, str) else sum(letters[index] == UNKNOWN for index in at)
    return letters


def _unveiled(text: int, letters: Sequence[str], at: list[int], content: PageContent) -> list[int]:
    """Letters set invisibly: over a picture they say what it shows (recognised text), elsewhere nobody sees them."""
    veiled = {index for index in at if pdf.text_mode(pdf.letter_object(text, index) or 0) == _INVISIBLE}
    if content.images:
        content.under = veiled
        return at
    content.hidden = "".join(letters[index] for index in sorted(veiled))
    return [index for index in at if index not in veiled]


def dropped(page: int, text: int, letters: Sequence[str]) -> int:
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


def _glyphs(text: int, frame: Frame, letters: Sequence[str], at: list[int]) -> list[Glyph]:
    """The letters at these indexes with their boxes."""
    lefts, tops, rights, bottoms = _edges(text, at)
    shown = [letters[index] for index in at]
    spaced = [before + 1 != index for before, index in pairwise([-1, *at])]
    upright = not frame.turns and all(map(lt, lefts, rights)) and all(map(lt, bottoms, tops))
    inked = upright and _are_inked(shown, bottoms, tops)
    if inked or not upright:
        boxes = zip(lefts, bottoms, rights, tops, strict=True)
        glyphs = [
            (*_any_box(text, index, letter, box, frame, inked=inked), letter, space)
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


def _are_inked(letters: Sequence[str], bottoms: Sequence[int], tops: Sequence[int]) -> bool:
    """Whether boxes are as high as the ink, for want of an ascent: a point's is lower than half its neighbour's."""
    points = (at for at, letter in enumerate(letters) if letter == "." and at)
    return any((tops[at] - bottoms[at]) * 2 < tops[at - 1] - bottoms[at - 1] for at in points)


def _edges(text: int, at: list[int]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Left, top, right and bottom edges of the letters at these indexes, in user space."""
    corners = (ctypes.c_float * (4 * len(at)))()
    start = ctypes.addressof(corners)
    pdf.run_all(map(pdf.letter_box, repeat(text), at, range(start, start + 16 * len(at), 16)))
    floats = memoryview(corners).cast("B").cast("f").tolist()
    edges = [int(value * 200 + 1) >> 1 for value in floats]  # to the nearest hundredth, faster than round()
    return edges[0::4], edges[1::4], edges[2::4], edges[3::4]


def _any_box(text: int, index: int, letter: str, box: Box, frame: Frame, *, inked: bool) -> Box:
    """A letter's box in the frame; `box` is its loose box in user space (left, bottom, right, top)."""
    if not inked and frame.turns == 0 and box[2] > box[0] and box[3] > box[1]:
        return frame.turned(*box)
    return _turned_box(text, index, letter, frame)


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
