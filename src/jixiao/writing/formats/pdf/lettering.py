"""Letters as codes of embedded fonts: which font resource, which code, and what is embedded in the end.

A code is the number of a glyph (CID), so that two letters of one glyph (a blank and a no-break blank, 一 and the
radical ⼀) could not be told apart. The second one gets a twin: the same font under another name, which says otherwise
what its codes mean (ISO 32000-1, 9.10.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from jixiao.writing.formats.pdf.embedding import Codes, codes_of
from jixiao.writing.paper.faces import JOINER, Faces, Typeface
from jixiao.writing.paper.lines import shown
from jixiao.writing.paper.model import Face

_BLANK: Final = " "
_CACHED: Final = 1 << 14
_APART: Final = 20
"""Thousandths of the size by which marks in one letter's box stand apart, so that their order shows."""


@dataclass(slots=True, eq=False)
class Font:
    """A font resource: a typeface and what its codes mean.

    Attributes:
        name: of the resource.
        typeface: the font.
        codes: from glyphs to codes.
        letters: the letter each code used means.
        glyphs: the numbers of the glyphs used.
    """

    name: str
    typeface: Typeface
    codes: Codes
    letters: dict[int, str] = field(default_factory=dict)
    glyphs: set[int] = field(default_factory=set)


Piece = tuple[str, str]
"""A piece of a line: name of its font resource, and what it shows, as the operand of TJ."""


class Lettering:
    """The fonts of one file."""

    def __init__(self, faces: Faces) -> None:
        """Take the typefaces."""
        self.faces = faces
        self.fonts: list[Font] = []
        self._of: dict[Typeface, list[Font]] = {}
        self._known: dict[tuple[Typeface, str, int], tuple[str, str]] = {}
        self.line = lru_cache(maxsize=_CACHED)(self._line)

    def _line(self, text: str, face: Face) -> tuple[tuple[Piece, ...], int]:
        """A line as codes, and how wide it is in thousandths of the size."""
        body, widths = shown(text), self.faces.widths(face)
        wide = sum(map(widths.__getitem__, body))
        pieces: list[tuple[str, list[str]]] = []
        last = 0
        for letter in body:
            font, code = self._code(face, letter)
            self._add(pieces, font, f"<{code}>" if letter != JOINER else self._laid_back(code, last, face))
            last = widths[letter]
        for place, letter in enumerate(text[len(body) :]):
            font, code = self._code(face, letter, hanging=True)
            self._add(pieces, font, self._laid_back(code, last - place * _APART, face))
        return tuple((font, "[" + "".join(shows).replace("><", "") + "]") for font, shows in pieces), wide

    def _add(self, pieces: list[tuple[str, list[str]]], font: str, show: str) -> None:
        if pieces and pieces[-1][0] == font:
            pieces[-1][1].append(show)
        else:
            pieces.append((font, [show]))

    def _laid_back(self, code: str, room: int, face: Face) -> str:
        """A glyph of a blank's width that stands in the box of the letter before it and takes no room itself."""
        wide = self.faces.widths(face)[_BLANK]
        back = max(min(wide, room - _APART), 0)
        return f"{back}<{code}>{wide - back}"

    def _code(self, face: Face, letter: str, *, hanging: bool = False) -> tuple[str, str]:
        narrow = hanging or letter == JOINER
        typeface = self.faces.typeface(face, _BLANK if narrow else letter)
        glyph = typeface.glyph(_BLANK if narrow else letter) or typeface.glyph(_BLANK)
        found = self._known.get((typeface, letter, glyph))
        if found is None:
            found = self._known[typeface, letter, glyph] = self._new(typeface, letter, glyph)
        return found

    def _new(self, typeface: Typeface, letter: str, glyph: int) -> tuple[str, str]:
        """The font resource and the code of a letter that was not used yet; a new twin where none can take it."""
        twins, codes = self._of.setdefault(typeface, []), codes_of(typeface)
        code = codes.code(glyph)
        font = next((twin for twin in twins if twin.letters.get(code, letter) == letter), None)
        if font is None:
            font = Font(f"F{len(self.fonts)}", typeface, codes)
            twins.append(font)
            self.fonts.append(font)
        font.letters[code] = letter
        font.glyphs.add(glyph)
        return font.name, f"{code:04X}"

    def families(self) -> Iterator[tuple[Typeface, list[Font]]]:
        """Each typeface used with its font resources."""
        yield from self._of.items()
