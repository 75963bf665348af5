"""A typeface as a PDF embeds it: cut down to the glyphs used, with the widths and letters of its codes."""

import hashlib
import io
import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import uharfbuzz as hb

from jixiao.writing.formats.pdf.objects import Objects, reference
from jixiao.writing.paper.faces import Typeface

_DROPPED: Final = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "name", "cmap", "DSIG", "post", "OS/2")
_FLAGS: Final = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
_SYMBOLIC: Final = 4
_STEM: Final = 80
_AT_ONCE: Final = 100
"""So many entries a section of a character map has at most."""
_OFTEN: Final = 60
"""From so many files on it pays to have a font taken apart beforehand; that takes as long as sixty cuts."""


_MAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """From glyphs of a font to the codes (CIDs) of a PDF.

    Attributes:
        kind: `cid` for PostScript outlines with numbers of their own, `name` for those with names, `true` for TrueType.
        numbers: of the glyphs, where they have their own.
    """

    kind: str
    numbers: Sequence[int] = ()

    def code(self, glyph: int) -> int:
        """The code of a glyph."""
        return self.numbers[glyph] if self.kind == "cid" else glyph


@lru_cache(maxsize=64)
def codes_of(typeface: Typeface) -> Codes:
    """How glyphs of a typeface are numbered."""
    data = _table(typeface.font.face, "CFF ")
    if not data:
        return Codes("true")
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None, isCFF2=False)
    top = fonts[fonts.fontNames[0]]
    if not hasattr(top, "ROS"):
        return Codes("name")
    return Codes("cid", tuple(int(name[3:]) if name.startswith("cid") else 0 for name in top.charset))


def embed(
    objects: Objects, typeface: Typeface, glyphs: Mapping[int, int], used: Sequence[Mapping[int, str]]
) -> list[int]:
    """Write a font, cut down to what is used.

    Args:
        objects: the file.
        typeface: the font.
        glyphs: the glyph of each code used.
        used: for each of its resources, what each code used means.

    Returns:
        The numbers of the font resources.
    """
    codes = codes_of(typeface)
    program, cut = _program(typeface, codes, set(glyphs.values()))
    name = f"{_tag(program)}+{typeface.postscript}"
    true = codes.kind == "true"
    file = objects.new()
    objects.stream(file, program, f"/Length1 {len(program)}" if true else "/Subtype/CIDFontType0C")
    descriptor = objects.add(_descriptor(typeface, name) + f"/FontFile{2 if true else 3} {reference(file)}>>")
    entries = f"/CIDToGIDMap {_mapped(objects, {code: cut[glyph] for code, glyph in glyphs.items()})}" if true else ""
    widths = " ".join(f"{code}[{typeface.width(glyph)}]" for code, glyph in sorted(glyphs.items()))
    descendant = objects.add(
        f"<</Type/Font/Subtype/CIDFontType{2 if true else 0}/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)"
        f"/Ordering(Identity)/Supplement 0>>/FontDescriptor {reference(descriptor)}/DW 1000/W[{widths}]{entries}>>"
    )
    return [_resource(objects, name, descendant, letters) for letters in used]


def _resource(objects: Objects, name: str, descendant: int, letters: Mapping[int, str]) -> int:
    meaning = objects.new()
    objects.stream(meaning, _meanings(letters))
    return objects.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{reference(descendant)}]"
        f"/ToUnicode {reference(meaning)}>>"
    )


def _meanings(letters: Mapping[int, str]) -> bytes:
    """The character map from codes to letters (ISO 32000-1, 9.10.3)."""
    entries = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in sorted(letters.items())]
    parts = [_MAP_HEAD]
    for start in range(0, len(entries), _AT_ONCE):
        some = entries[start : start + _AT_ONCE]
        parts.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "".join(parts).encode("ascii")


class _Source:
    """A font to cut; taken apart beforehand once it is cut often. The cuts are the same, byte for byte."""

    def __init__(self, face: Any) -> None:
        self._face, self._cuts = face, 0

    def face(self) -> Any:
        """The font for one more cut."""
        self._cuts += 1
        if self._cuts == _OFTEN:
            self._face = hb.subset_preprocess(self._face)
        return self._face


@lru_cache(maxsize=64)
def _source(typeface: Typeface) -> _Source:
    return _Source(typeface.font.face)


def _program(typeface: Typeface, codes: Codes, glyphs: Collection[int]) -> tuple[bytes, Mapping[int, int]]:
    """The font cut down to some glyphs, and from its old glyphs to the new."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.flags = _FLAGS | hb.SubsetFlags.RETAIN_GIDS if codes.kind == "name" else _FLAGS
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in _DROPPED)
    plan = hb.SubsetPlan(_source(typeface).face(), wanted)
    face = plan.execute()
    if codes.kind != "true":
        return _table(face, "CFF "), {}
    return bytes(face.blob.data), dict(plan.old_to_new_glyph_mapping)


def _mapped(objects: Objects, to_glyphs: Mapping[int, int]) -> str:
    """The stream that maps codes to glyphs of the font as it was cut."""
    table = bytearray(2 * (max(to_glyphs, default=0) + 1))
    for old, new in to_glyphs.items():
        struct.pack_into(">H", table, 2 * old, new)
    number = objects.new()
    objects.stream(number, bytes(table))
    return reference(number)


def _tag(program: bytes) -> str:
    """Six capitals that tell one cut from another (9.6.4), the same for the same cut."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


def _descriptor(typeface: Typeface, name: str) -> str:
    """A font descriptor (9.8) but for its file, left open."""
    units = typeface.units
    extents = typeface.font.get_font_extents("ltr")
    head = _table(typeface.font.face, "head")
    box = struct.unpack_from(">4h", head, 36) if len(head) >= 44 else (0, extents.descender, units, extents.ascender)
    shown = " ".join(str(_thousandths(value, units)) for value in box)
    ascent, descent = (_thousandths(value, units) for value in (extents.ascender, extents.descender))
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/FontBBox[{shown}]/ItalicAngle 0/Ascent {ascent}"
        f"/Descent {descent}/CapHeight {ascent}/StemV {_STEM}"
    )


def _thousandths(value: int, units: int) -> int:
    return value * 1000 // units


def _table(face: Any, tag: str) -> bytes:
    """A table of a font; nothing where it has none."""
    blob = face.reference_table(tag)
    return bytes(blob.data) if blob else b""
