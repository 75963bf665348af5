"""The typefaces a document is set in: which font file serves titles, texts and labels, and how wide its letters are.

Without a folder of one's own, the open Noto Serif SC and Noto Sans SC (SIL Open Font License) are taken, which cover
all of GBK. An office puts its licensed 仿宋_GB2312 or 方正小标宋 into a folder: the name of the file or of the family
says which face it serves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn
import uharfbuzz as hb

from jixiao.writing.paper.model import Face
from jixiao.writing.paper.unprintable import Unprintable

SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")

_NAMED: Final[Mapping[Face, tuple[str, ...]]] = {
    "title": ("标题", "title", "小标宋", "xiaobiaosong", "xbsong", "fzxbs"),
    "body": ("正文", "body", "仿宋", "fangsong", "仿宋_gb2312"),
    "label": ("栏目", "label", "黑体", "simhei", "heiti"),
}
"""What the name of a file begins with, or a family's name holds, for the font to serve a face."""

_FS_TYPE, _CLOSED = 8, 2
_SIGNS: Final = Path(__file__).parent / "fonts" / "JixiaoSigns.ttf"
_FAMILY_IDS: Final = (1, 4, 6, 16)


def advance(font: Any, glyph: int, units: int) -> int:
    """The width of a glyph in thousandths of an em, rounded half up."""
    return int((font.get_glyph_h_advance(glyph) * 2000 + units) // (2 * units))


class _Advances(dict[str, int]):
    """Widths of letters in thousandths of an em, looked up in the font once each; none for a letter it lacks."""

    def __init__(self, font: Any, units: int) -> None:
        super().__init__()
        self.font, self.units = font, units

    def __missing__(self, letter: str) -> int:
        glyph = self.font.get_nominal_glyph(ord(letter))
        if not glyph:
            raise KeyError(letter)
        width = self[letter] = advance(self.font, glyph, self.units)
        return width


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One font.

    Attributes:
        family: its name as people know it.
        postscript: its name in a file.
        file: where it is.
        number: which font of the file, from 0.
        units: how many units an em has.
        advances: the width of each letter it covers, in thousandths of an em, rounded; `KeyError` for others.
        font: the font as harfbuzz has it.
        light: whether it is one of ours, of regular weight only.
    """

    family: str
    postscript: str
    file: Path
    number: int
    units: int
    advances: Mapping[str, int]
    font: Any = field(repr=False)
    light: bool = False

    def covers(self, letter: str) -> bool:
        """Whether the font has a glyph for a letter."""
        try:
            self.advances[letter]
        except KeyError:
            return False
        return True

    def glyph(self, letter: str) -> int:
        """The number of a letter's glyph in the font; 0 for none."""
        return int(self.font.get_nominal_glyph(ord(letter)) or 0)

    def width(self, glyph: int) -> int:
        """The width of a glyph in thousandths of an em, rounded."""
        return advance(self.font, glyph, self.units)


class _Choice(dict[str, Typeface]):
    """The first of several typefaces that covers a letter; `KeyError` where none does."""

    def __init__(self, order: Sequence[Typeface]) -> None:
        super().__init__()
        self.order = order

    def __missing__(self, letter: str) -> Typeface:
        for face in self.order:
            if face.covers(letter):
                self[letter] = face
                return face
        if letter.isspace():  # a tab, a thin blank: set as a plain one
            return self.order[0]
        raise KeyError(letter)


class _Widths(dict[str, int]):
    """Widths of letters, each in the typeface that is chosen for it; `KeyError` for a letter that none covers."""

    def __init__(self, choice: _Choice) -> None:
        super().__init__()
        self.choice = choice

    def __missing__(self, letter: str) -> int:
        face = self.choice[letter if letter != JOINER else " "]
        set_as = letter if face.covers(letter) else " "
        width = self[letter] = 0 if letter == JOINER else face.advances[set_as]
        return width


JOINER: Final = "\u2060"
"""In a line that is set: the blank after it is the text's; at the line's end: the next line goes on at once."""


class Faces:
    """The typefaces of a document: one for each face, and which other stands in for a letter it lacks."""

    def __init__(self, served: Mapping[Face, Sequence[Typeface]]) -> None:
        """Take for each face its typefaces, in the order in which they are asked for a letter."""
        self._choices: dict[Face, _Choice] = {face: _Choice(order) for face, order in served.items()}
        self._widths: dict[Face, _Widths] = {face: _Widths(choice) for face, choice in self._choices.items()}

    def widths(self, face: Face) -> Mapping[str, int]:
        """The width of every letter in a face, in thousandths of an em; `KeyError` for one that no font has."""
        return self._widths[face]

    def typeface(self, face: Face, letter: str) -> Typeface:
        """The font in which a letter is set; `KeyError` where none has it."""
        return self._choices[face][letter]

    def main(self, face: Face) -> Typeface:
        """The first font of a face."""
        return self._choices[face].order[0]

    def is_light(self, face: Face) -> bool:
        """Whether a title in this face has to be drawn heavier to look like one."""
        return face == "title" and self.main(face).light

    def runs(self, face: Face, text: str) -> Iterator[tuple[Typeface, str]]:
        """A line in pieces of one font each; a joiner goes with the piece it stands in."""
        choice = self._choices[face]
        piece: list[str] = []
        last: Typeface | None = None
        for letter in text:
            found = (last or choice.order[0]) if letter == JOINER else choice[letter]
            if last is not None and found is not last:
                yield last, "".join(piece)
                piece = []
            piece.append(letter)
            last = found
        if last is not None:
            yield last, "".join(piece)


@lru_cache(maxsize=8)
def faces(folder: Path | None = None) -> Faces:
    """The typefaces of documents.

    Args:
        folder: where an office keeps fonts of its own (.ttf, .otf, .ttc), which come first.

    Raises:
        Unprintable: the folder, or a font in it, cannot be read.
    """
    serif, sans, signs = _shipped()
    own = list(_in_folder(folder)) if folder else []
    ours: dict[Face, tuple[Typeface, ...]] = {
        "title": (serif, sans, signs), "body": (serif, sans, signs), "label": (sans, serif, signs),
    }  # fmt: skip
    spare = [typeface for face, typeface in own if face is None]
    named = {face: [typeface for served, typeface in own if served == face] for face in ours}
    others = [typeface for face, typeface in own if face is not None]
    return Faces({face: _once([*named[face], *ours[face], *spare, *others]) for face in ours})


def _once(order: Iterable[Typeface]) -> tuple[Typeface, ...]:
    return tuple(dict.fromkeys(order))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Typeface, Typeface, Typeface]:
    """Noto Serif SC, Noto Sans SC, and our own tick boxes and small figures, which both lack."""
    serif, sans = pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()
    first, second, third = (next(_typefaces(path))[1] for path in (serif, sans, _SIGNS))
    return replace(first, light=True), replace(second, light=True), third


def _in_folder(folder: Path) -> Iterator[tuple[Face | None, Typeface]]:
    """The fonts of a folder with the face each serves; none for one that only stands in."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as error:
        raise Unprintable(
            f"字体目录 {folder} 打不开：{error.strerror}。请给出一个可读的目录。",
            f"The folder of fonts {folder} cannot be opened: {error.strerror}. Name a folder that can be read.",
        ) from error
    if not files:
        raise Unprintable(
            f"字体目录 {folder} 中没有字体文件（{'、'.join(SUFFIXES)}）。请放入字体，或不用 --fonts。",
            f"The folder of fonts {folder} holds no font file ({', '.join(SUFFIXES)}). "
            "Put fonts into it, or leave out --fonts.",
        )
    for path in files:
        for names, typeface in _typefaces(path):
            yield _served(path, names), typeface


def _served(path: Path, names: Sequence[str]) -> Face | None:
    """Which face a font serves: as the name of its file begins, else as the names of its family say."""
    stem = path.stem.lower()
    for face, words in _NAMED.items():
        if stem.startswith(words[:2]):
            return face
    for face, words in _NAMED.items():
        if any(word in name.lower() for word in words[2:] for name in (stem, *names)):
            return face
    return None


def _typefaces(path: Path) -> Iterator[tuple[tuple[str, ...], Typeface]]:
    """The fonts of a file, each with its names in all languages."""
    try:
        blob = hb.Blob.from_file_path(str(path))
        found = [_typeface(path, hb.Face(blob, number), number) for number in range(max(hb.Face(blob).count, 1))]
    except (OSError, ValueError, hb.HarfBuzzError) as error:
        raise _broken(path) from error
    yield from found


def _typeface(path: Path, face: Any, number: int) -> tuple[tuple[str, ...], Typeface]:
    font = hb.Font(face)
    if not face.glyph_count or not len(face.unicodes):
        raise _broken(path)
    names = tuple(dict.fromkeys(name for each in _FAMILY_IDS for name in _names(face, each)))
    _refuse_closed(path, face)
    family = names[0] if names else path.stem
    postscript = next(_names(face, 6), "") or "".join(letter for letter in path.stem if letter.isascii()) or "Font"
    return names, Typeface(family, postscript, path, number, face.upem, _Advances(font, face.upem), font)


def _refuse_closed(path: Path, face: Any) -> None:
    """Refuse a font that says that nobody may embed it (fsType of the table OS/2)."""
    table = bytes(face.reference_table("OS/2").data)
    if len(table) > _FS_TYPE + 1 and table[_FS_TYPE + 1] & 0x0F == _CLOSED:
        raise Unprintable(
            f"字体文件 {path} 的许可不允许嵌入文件（fsType 为 2）。请换一个允许嵌入的字体，或把它移出字体目录。",
            f"The font file {path} says that it must not be embedded (fsType 2). Take one that may be, or take it out "
            "of the folder of fonts.",
        )


def _names(face: Any, number: int) -> Iterator[str]:
    for name in face.list_names():
        if name.name_id == number and (text := face.get_name(number, name.language)):
            yield text


def _broken(path: Path) -> Unprintable:
    return Unprintable(
        f"字体文件 {path} 读不通，可能不完整。请换一个完好的 .ttf、.otf 或 .ttc 文件，或把它移出字体目录。",
        f"The font file {path} cannot be read; it may be cut off. Put a sound .ttf, .otf or .ttc file in its place, or "
        "take it out of the folder of fonts.",
    )
