"""OFD's text objects as placed letters: base points, advances, direction, scale."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, repeat

from lxml import etree

from jixiao.layout.grid import Box
from jixiao.reading.formats.ofd_xml import MILLION, Malformed, Matrix, advances, at, box, hundredths, length, placed
from jixiao.reading.formats.xlsx_xml import children
from jixiao.reading.glyphs import JOINER, Glyph, is_cjk
from jixiao.reading.letters import letter

_ASCENT = 880_000
"""So much of a letter's height stands above its base line, in millionths."""
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_TURNS = {
    0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0),
}  # fmt: skip


@dataclass(slots=True)
class Letters:
    """The letters of a page while it is read.

    Attributes:
        glyphs: those that stand along or across the page.
        aslant: those that do neither (a watermark).
        turns: how many letters run right, down, left, up (0 to 3 quarter turns clockwise).
        estimated: how many pieces of text say no advance; their letters are spread over their outline.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    aslant: list[str] = field(default_factory=list)
    turns: Counter[int] = field(default_factory=Counter)
    estimated: int = 0


@dataclass(frozen=True, slots=True)
class _Type:
    """How the letters of one object are set.

    Attributes:
        own: from the object's space to the page.
        size: height of a letter.
        wide: width of a Chinese letter.
        room: width of the object's outline in its own space, 0 where unknown.
        turn: quarter turns of a letter about its base point.
    """

    own: Matrix
    size: int
    wide: int
    room: int
    turn: tuple[int, int, int, int]


def write(letters: Letters, element: etree._Element, outer: Matrix) -> None:
    """Take the letters of a TextObject.

    Args:
        letters: those of the page.
        element: the TextObject.
        outer: the transformation of what holds it.

    Raises:
        Malformed: its numbers are none.
    """
    kind = _type(element, outer)
    x = y = 0
    for code in children(element, "TextCode"):
        x, y = length(code, "X", _plain(x)), length(code, "Y", _plain(y))
        _write_code(letters, code, (x, y), kind)


def _plain(millionths: int) -> str:
    sign, rest = "-" if millionths < 0 else "", abs(millionths)
    return f"{sign}{rest // MILLION}.{rest % MILLION:06}"


def _type(element: etree._Element, outer: Matrix) -> _Type:
    own = placed(element, outer)
    size = length(element, "Size", "3.5")
    if size <= 0:
        raise Malformed("Size")
    wide = size * length(element, "HScale", "1") // MILLION
    outline = box(element.get("Boundary"))
    room = (outline[2] - outline[0]) * MILLION // own[0] if outline and own[0] > 0 and own[1] == 0 else 0
    turn = int(element.get("CharDirection", "0")) if element.get("CharDirection", "0") in ("90", "180", "270") else 0
    return _Type(own, size, wide or size, max(room, 0), _TURNS[turn])


def _write_code(letters: Letters, code: etree._Element, start: tuple[int, int], kind: _Type) -> None:
    text = (code.text or "").strip("\r\n\t")
    across, down = advances(code.get("DeltaX"), len(text)), advances(code.get("DeltaY"), len(text))
    text = _as_many(text, max(len(across), len(down)))
    if not across and not down and len(text) > 1:
        letters.estimated += 1
        across = _estimated(text, start[0], kind)
    x, y = start
    last = len(text) - 1 if len(across) < len(text) else -1
    before = ""
    for index, (character, step, fall) in enumerate(zip(text, _steps(across), _steps(down), strict=False)):
        if before == JOINER and character.isspace():
            _put(letters, (x, y, max(step, 0)), (JOINER + character, False), kind)
        elif character != JOINER and not character.isspace():
            width = _last_width(character, x, kind) if index == last else _width(character, step, kind)
            _put(letters, (x, y, width), (character, before.isspace()), kind)
        elif character == JOINER and not text[index + 1 : index + 2].isspace():
            _put(letters, (x, y, 0), (JOINER, False), kind)
        before = character
        x, y = x + step, y + fall


def _steps(given: list[int]) -> Iterator[int]:
    """The steps as given, the last one again and again; none at all are steps of nothing."""
    return chain(given, repeat(given[-1] if given else 0))


def _as_many(text: str, steps: int) -> str:
    r"""The letters that the steps are for: some programs count no blanks, some write \0020 for a letter."""
    if not steps or steps == len(text) - 1:
        return text
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    bare = "".join(text.split())
    return next((other for other in (unescaped, bare) if len(other) == steps + 1), text)


def _estimated(text: str, start: int, kind: _Type) -> list[int]:
    widths = [_natural(character, kind.wide) for character in text]
    room = kind.room - start
    if 0 < room < sum(widths):
        widths = [width * room // sum(widths) for width in widths]
    return widths


def _width(character: str, step: int, kind: _Type) -> int:
    """The width of a letter: a Chinese one is a square, another ends where the next begins, if that is near.

    A "W" may be wider than a square.
    """
    if is_cjk(character):
        return kind.wide
    natural = _natural(character, kind.wide)
    return step if 0 < step <= max(kind.wide, natural * 3 // 2) else natural


def _last_width(character: str, x: int, kind: _Type) -> int:
    """The width of a letter that no step follows: to the end of the object's outline, if that is near."""
    if is_cjk(character):
        return kind.wide
    natural, left = _natural(character, kind.wide), kind.room - x
    return left if 0 < left <= natural * 3 // 2 else natural


def _natural(character: str, wide: int) -> int:
    """About how wide a letter is, fonts not being looked at: signs such as ≥ and × are squares in Chinese fonts."""
    if character in "%mwMW@" or "A" <= character <= "Z":
        return wide * 4 // 5
    return wide // 2 if character.isascii() else wide


def _put(letters: Letters, place: tuple[int, int, int], shown: tuple[str, bool], kind: _Type) -> None:
    x, y, width = place
    up, down = kind.size * _ASCENT // MILLION, kind.size * (MILLION - _ASCENT) // MILLION
    a, b, c, d, e, f = kind.own
    if b == 0 == c and a > 0 < d and kind.turn[0] == 1:
        left, top = hundredths(a * x // MILLION + e), hundredths(d * (y - up) // MILLION + f)
        right, bottom = hundredths(a * (x + width) // MILLION + e), hundredths(d * (y + down) // MILLION + f)
        letters.turns[0] += 1
        letters.glyphs.append((left, top, right, bottom, letter(shown[0]), shown[1]))
        return
    quarter, outline = _turned(kind, place, (up, down))
    if quarter is None:
        letters.aslant.append(letter(shown[0]))
    else:
        letters.turns[quarter] += 1
        letters.glyphs.append((*outline, letter(shown[0]), shown[1]))


def _turned(kind: _Type, place: tuple[int, int, int], heights: tuple[int, int]) -> tuple[int | None, Box]:
    """How a letter runs (quarter turns clockwise; `None` aslant), and its box on the page."""
    x, y, width = place
    up, down = heights
    g, h, i, j = kind.turn
    corners = [
        at(kind.own, x + g * right + i * below, y + h * right + j * below)
        for right in (0, width)
        for below in (-up, down)
    ]
    a, b, c, d = kind.own[:4]
    along = a * g + c * h, b * g + d * h
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    outline = min(xs), min(ys), max(xs), max(ys)
    if min(map(abs, along)) * 10 > max(map(abs, along)):
        return None, outline
    if abs(along[0]) >= abs(along[1]):
        return (0 if along[0] > 0 else 2), outline
    return (1 if along[1] > 0 else 3), outline
