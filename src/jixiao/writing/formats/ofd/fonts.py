"""The fonts of a document under way: which letters of each were printed, and the resource that embeds just these."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from jixiao.writing.formats.ofd.embedded import truetype
from jixiao.writing.formats.ofd.lengths import advance
from jixiao.writing.formats.ofd.numbering import Numbering
from jixiao.writing.formats.ofd.shapes import Shapes, shapes_of
from jixiao.writing.formats.ofd.xml import attribute, part
from jixiao.writing.paper.faces import JOINER, Faces, Typeface
from jixiao.writing.paper.model import Face

_FOLDER: Final = "Res"
BASIC: Final = "\uffff"
"""Letters beyond this are two codes to programs that count in 16 bits."""


class Font:
    """One font file, and what was printed of it.

    Attributes:
        number: its identifier in the document.
        shapes: its letters.
        glyphs: the number of each letter's glyph in the font as it will be embedded, in order of print.
    """

    def __init__(self, number: int, shapes: Shapes) -> None:
        """Begin with nothing printed."""
        self.number, self.shapes = number, shapes
        self.glyphs: dict[str, int] = {}


class Piece(Struct, frozen=True):
    """What of a line is printed in one font.

    Attributes:
        font: the font.
        text: its letters.
        advances: how far each takes the line on, in grains.
    """

    font: Font
    text: str
    advances: list[int]


class _Hand:
    """A typeface at one size: its letters' advances, and those that stand apart from its main font's."""

    def __init__(self, main: Font) -> None:
        self.main = main
        self.advances: dict[str, int] = {}
        self.apart: dict[str, Font] = {}


class Fonts:
    """The fonts of one document; a file that serves several typefaces is embedded once."""

    def __init__(self, faces: Faces, numbering: Numbering) -> None:
        """Begin with none."""
        self._faces, self._numbering = faces, numbering
        self._fonts: dict[tuple[Typeface, bool], Font] = {}
        self._hands: dict[tuple[Face, int], _Hand] = {}

    def pieces(self, line: str, face: Face, size: int) -> list[Piece]:
        """A line in pieces of one font each; a letter of two codes is a piece of its own.

        Raises:
            KeyError: no font has a letter.
        """
        hand = self._hands.get((face, size))
        if hand is None:
            hand = self._hands[face, size] = _Hand(self._font(self._faces.main(face), face))
        advances = hand.advances
        for letter in set(line) - advances.keys():
            advances[letter] = self._take(letter, face, size, hand)
        if hand.apart.keys().isdisjoint(line):
            return [Piece(hand.main, line, [advances[letter] for letter in line])]
        return list(_parted(line, hand))

    def _take(self, letter: str, face: Face, size: int, hand: _Hand) -> int:
        """The advance of a letter that has not been printed yet at this size."""
        if letter == JOINER:
            hand.main.glyphs.setdefault(letter, len(hand.main.glyphs) + 1)
            return 0
        font = self._font(self._faces.typeface(face, letter), face)
        if font is not hand.main or letter > BASIC:
            hand.apart[letter] = font
        font.glyphs.setdefault(letter, len(font.glyphs) + 1)
        return advance(font.shapes.advance(letter), font.shapes.em, size)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of the parts that hold the fonts; the list of them comes last."""
        listed = ""
        for font in filter(_is_printed, self._fonts.values()):
            name = f"font_{font.number}.ttf"
            yield f"{_FOLDER}/{name}", truetype(font.shapes, "".join(font.glyphs))
            family = attribute(font.shapes.names.get(1, name), name)
            called = attribute(font.shapes.called or name, name)
            listed += (
                f'<ofd:Font ID="{font.number}" FontName={called} FamilyName={family} Charset="unicode">'
                f"<ofd:FontFile>{name}</ofd:FontFile></ofd:Font>"
            )
        fonts = f"<ofd:Fonts>{listed}</ofd:Fonts>" if listed else ""
        yield "PublicRes.xml", part("Res", fonts, f' BaseLoc="{_FOLDER}"')

    def _font(self, typeface: Typeface, face: Face) -> Font:
        heavy = self._faces.is_light(face)
        font = self._fonts.get((typeface, heavy))
        if font is None:
            font = Font(self._numbering.next(), shapes_of(typeface, heavy=heavy))
            self._fonts[typeface, heavy] = font
        return font


def _is_printed(font: Font) -> bool:
    return bool(font.glyphs)


def _parted(line: str, hand: _Hand) -> Iterator[Piece]:
    def kind(at: int) -> tuple[int, int]:
        letter = line[at]
        return hand.apart.get(letter, hand.main).number, at if letter > BASIC else -1

    for _, places in groupby(range(len(line)), key=kind):
        text = "".join(line[at] for at in places)
        yield Piece(hand.apart.get(text[0], hand.main), text, [hand.advances[letter] for letter in text])
