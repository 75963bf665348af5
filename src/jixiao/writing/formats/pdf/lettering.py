"""Letters as codes of embedded fonts: which font resource, which code, and what is embedded in the end.

A code is the number of a glyph (CID), so that two letters of one glyph (a blank and a no-break blank, 一 and the
radical ⼀) could not be told apart. The second one gets a twin: the same font under another name, which says otherwise
what its codes mean (ISO 32000-1, 9.10.3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from jixiao.writing.formats.pdf.embedding import codes_of
from jixiao.writing.paper.faces import JOINER, Faces, Typeface
from jixiao.writing.paper.lines import shown
from jixiao.writing.paper.model import Face

_BLANK: Final = " "
_CACHED: Final = 1 << 14
_BACK: Final = 600
"""Thousandths of the size: how far before the end of a letter's box its first mark stands."""
_FIRST_FREE: Final = 0xFFF0
"""Codes that no TrueType font has, from here on."""
_APART: Final = 80
"""How far marks stand from one another: nearer ones are taken for one printed twice."""


@dataclass(slots=True, eq=False)
class Font:
    """A font resource: a typeface and what its codes mean.

    Attributes:
        name: of the resource.
        typeface: the font.
        blank: whether it sets blanks only.
        letters: the letter each code used means.
        glyphs: the glyph of each code used.
    """

    name: str
    typeface: Typeface
    blank: bool = False
    letters: dict[int, str] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)


BLANK_MARK: Final = "\u2063"
FIXED_MARK: Final = "\u2062"
"""What stands before a blank of the text, and before a no-break one, for readers make blanks of their own from gaps and
drop those that are written."""
_MARKS: Final = {"": JOINER, "\u00a0": FIXED_MARK, "\u3000": BLANK_MARK + FIXED_MARK}
_INKLESS: Final = {JOINER: "\u2002", BLANK_MARK: _BLANK, FIXED_MARK: "\u2003"}
"""Marks, and the letters whose glyphs they borrow: in the font of the text, for a reader may drop text without ink."""
_MARK: Final = re.compile(rf"{JOINER}\s?")
_PARTS: Final = re.compile(rf"(?:{JOINER}\s?)+|[^{JOINER}]+")

Piece = tuple[str, str]
"""A piece of a line: name of its font resource, and what it shows, as the operand of TJ."""


class Lettering:
    """The fonts of one file."""

    def __init__(self, faces: Faces) -> None:
        """Take the typefaces."""
        self.faces = faces
        self.fonts: list[Font] = []
        self._of: dict[Typeface, list[Font]] = {}
        self._known: dict[tuple[Typeface, str], tuple[str, str, int]] = {}
        self.line = lru_cache(maxsize=_CACHED)(self._line)

    def _line(self, text: str, face: Face) -> tuple[tuple[Piece, ...], int]:
        """A line as codes, and how wide it is in thousandths of the size."""
        body, widths = shown(text), self.faces.widths(face)
        pieces: list[tuple[str, list[str]]] = []
        last = _BLANK
        for part in _PARTS.findall(body):
            if part[0] == JOINER:
                self._mark(pieces, part, last, face)
            for letter in part.replace(JOINER, ""):
                self._add(pieces, *self._code(face, letter)[:2])
                last = letter
        self._mark(pieces, text[len(body) :], last, face)
        wide = sum(map(widths.__getitem__, body))
        return tuple((font, f"[{' '.join(shows)}]".replace("> <", "")) for font, shows in pieces), wide

    def _mark(self, pieces: list[tuple[str, list[str]]], part: str, last: str, face: Face) -> None:
        """Say which blanks are the text's: glyphs without ink in the box of the letter before, which take no room."""
        room = self.faces.widths(face)[last]
        beside = self.faces.typeface(face, last), last
        marks = "".join(_MARKS.get(found[1:], BLANK_MARK) for found in _MARK.findall(part))
        for place, mark in enumerate(marks):
            font, code, wide = self._mark_code(beside, mark)
            back = max(min(_BACK, room - _APART // 2), 0) - place * _APART
            self._add(pieces, font, f"{back} {code} {wide - back}")

    @staticmethod
    def _add(pieces: list[tuple[str, list[str]]], font: str, show: str) -> None:
        if pieces and pieces[-1][0] == font:
            pieces[-1][1].append(show)
        else:
            pieces.append((font, [show]))

    def _code(self, face: Face, letter: str) -> tuple[str, str, int]:
        """Font resource, code and width of a letter."""
        typeface = self.faces.typeface(face, letter)
        found = self._known.get((typeface, letter))
        if found is None:
            found = self._known[typeface, letter] = self._coded(self._font(typeface, letter), letter)
        return found

    def _mark_code(self, beside: tuple[Typeface, str], mark: str) -> tuple[str, str, int]:
        """The same for a mark, in the font resource of the letter beside it."""
        name = self._known[beside][0] if beside in self._known else ""
        font = next((font for font in self.fonts if font.name == name), None) or self._font(beside[0], mark)
        return self._coded(font, mark)

    def _coded(self, font: Font, letter: str) -> tuple[str, str, int]:
        code, glyph = self._place(font.typeface, letter)
        font.letters[code] = letter
        font.glyphs[code] = glyph
        return font.name, f"<{code:04X}>", font.typeface.width(glyph)

    def _font(self, typeface: Typeface, letter: str) -> Font:
        """The first font resource of a typeface that can take a letter; a new twin where none can.

        Blanks have a twin to themselves, so that beside every letter with ink there is room for the marks.
        """
        twins, blank = self._of.setdefault(typeface, []), letter.isspace()
        code, _ = self._place(typeface, letter)
        for twin in twins:
            if twin.blank == blank and twin.letters.get(code, letter) == letter:
                return twin
        font = Font(f"F{len(self.fonts)}", typeface, blank)
        if not blank:
            font.letters.update((self._place(typeface, mark)[0], mark) for mark in _INKLESS)
        twins.append(font)
        self.fonts.append(font)
        return font

    @staticmethod
    def _place(typeface: Typeface, letter: str) -> tuple[int, int]:
        """Code and glyph of a letter."""
        codes = codes_of(typeface)
        glyph = typeface.glyph(_INKLESS.get(letter, letter)) or typeface.glyph(_BLANK)
        if letter in _INKLESS and codes.kind == "true":
            return _FIRST_FREE + list(_INKLESS).index(letter), glyph
        return codes.code(glyph), glyph

    def families(self) -> Iterator[tuple[Typeface, list[Font]]]:
        """Each typeface used with its font resources."""
        yield from self._of.items()
