"""The boxes in which a sheet's comments are shown: VML shapes beside their cells, as Excel, WPS and LibreOffice want.

A comment without its shape is repaired away by Excel. The VML that a sheet has already may be no XML (Excel itself
writes unclosed tags into it), so shapes are put before its last tag without parsing the rest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from lxml import etree

from jixiao.writing.original.office.markup import child, children
from jixiao.writing.original.office.package import Package
from jixiao.writing.original.office.refusals import damaged
from jixiao.writing.original.office.text import lines_of
from jixiao.writing.original.xlsx.book import LAST_COLUMN, LAST_ROW, position, reference

_NAMESPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_ROOT: Final = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_END: Final = re.compile(rb"</(?:[A-Za-z]+:)?xml\s*>\s*\Z")
_SHAPE: Final = re.compile(rb"_x0000_s([0-9]{1,8})")
_BLOCK: Final = re.compile(rb"<(?:\w+:)?idmap\b[^>]*?\bdata=[\"']([0-9, ]{1,100})")
_PER_BLOCK: Final = 1024
_WIDE, _LINE, _TALLEST = 300, 17, 420
_LETTERS_A_LINE: Final = 44
_COLUMN, _ROW = 64, 20
_FARTHEST: Final = 200
_NUMBER: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,20})?")


class Box(NamedTuple):
    """A shape: the cell it belongs to, its colour, and the text it has room for."""

    row: int
    column: int
    colour: str
    text: str


def drawn(package: Package, part: str, boxes: Sequence[Box], sheet: etree._Element) -> bytes:
    """The VML of a sheet with boxes added.

    Args:
        package: the workbook.
        part: the VML that the sheet has; empty for none.
        boxes: what is added.
        sheet: the sheet, for the sizes of its rows and columns.

    Raises:
        Refused: the VML that is there has no end.
    """
    old = package.container.read(part) if part else _empty(_free_block(package))
    end = _END.search(old)
    if end is None:
        raise damaged(f"部件 {part} 没有结尾", f"the part {part} has no end")
    root = old[: old.find(b">", max(old.find(b"xmlns"), 0)) + 1].decode("utf-8", "replace")
    declared = "" if all(f'xmlns:{prefix}="{uri}"' in root for prefix, uri in _NAMESPACES.items()) else _ROOT
    sizes = _Sizes(sheet)
    pieces = [] if b'_x0000_t202"' in old else [_kind(declared)]
    pieces += [_shape(number, box, sizes, declared) for number, box in enumerate(boxes, _next_number(old))]
    return old[: end.start()] + "".join(pieces).encode() + old[end.start() :]


def _empty(block: int) -> bytes:
    said = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    return f"<xml{_ROOT}>{said}</xml>".encode()


def _free_block(package: Package) -> int:
    """A block of shape numbers that no other sheet uses."""
    names = (name for name in package.container.names() if name.lower().endswith(".vml"))
    return max((n for name in names for n in _blocks(package.container.read(name))), default=0) + 1


def _blocks(vml: bytes) -> Iterator[int]:
    for match in _BLOCK.finditer(vml):
        yield from (int(number) for number in match[1].split(b",") if number.strip())


def _next_number(vml: bytes) -> int:
    first = next(_blocks(vml), 1) * _PER_BLOCK
    return max((int(match[1]) for match in _SHAPE.finditer(vml)), default=first) + 1


def _kind(declared: str) -> str:
    """The text box that all shapes of comments are."""
    return (
        f'<v:shapetype{declared} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    )


def _shape(number: int, box: Box, sizes: "_Sizes", declared: str) -> str:
    return (
        f'<v:shape{declared} id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;margin-left:80pt;margin-top:5pt;width:{_WIDE * 3 // 4}pt;'
        f'height:{_tall(box.text) * 3 // 4}pt;z-index:{number % _PER_BLOCK};visibility:hidden" '
        f'fillcolor="{box.colour}" o:insetmode="auto"><v:fill color2="{box.colour}"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{sizes.anchor(box)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{box.row}</x:Row><x:Column>{box.column}</x:Column></x:ClientData></v:shape>"
    )


def _tall(text: str) -> int:
    """How many pixels a text needs in a box of the usual width."""
    return min((lines_of(text, _LETTERS_A_LINE) + 1) * _LINE, _TALLEST)


class _Sizes:
    """The widths of a sheet's columns and the heights of its rows, in pixels, and what is merged."""

    def __init__(self, sheet: etree._Element) -> None:
        usual = child(sheet, "sheetFormatPr")
        self._wide = _pixels(usual.get("defaultColWidth") if usual is not None else None, 7, 1, 5) or _COLUMN
        self._tall = _pixels(usual.get("defaultRowHeight") if usual is not None else None, 4, 3) or _ROW
        self._columns = [
            (int(each.get("min", "1")) - 1, int(each.get("max", "1")) - 1, each)
            for group in children(sheet, "cols")
            for each in children(group, "col")
            if each.get("min", "").isdecimal() and each.get("max", "").isdecimal()
        ]
        rows = child(sheet, "sheetData")
        self._rows = {each.get("r", ""): each for each in children(rows, "row")} if rows is not None else {}
        merged = (each for group in children(sheet, "mergeCells") for each in children(group, "mergeCell"))
        ranges = (each.get("ref", "").partition(":") for each in merged)
        self._merged = {start: end for start, _, end in ranges}

    def anchor(self, box: Box) -> str:
        """Where a box begins and ends: column, pixels, row, pixels, twice."""
        left = min(self._right_of(box) + 1, LAST_COLUMN - 2)
        top = max(box.row - 1, 0)
        right, across = self._reach(left, 15 + _WIDE, self._width, LAST_COLUMN)
        bottom, down = self._reach(top, 4 + _tall(box.text), self._height, LAST_ROW)
        return f"{left}, 15, {top}, 4, {right}, {across}, {bottom}, {down}"

    def _reach(self, start: int, pixels: int, size: Callable[[int], int], most: int) -> tuple[int, int]:
        at = start
        while pixels >= size(at) and at < min(most - 1, start + _FARTHEST):
            pixels -= size(at)
            at += 1
        return at, min(pixels, size(at))

    def _right_of(self, box: Box) -> int:
        """The last column of a cell, or of the cells merged with it."""
        end = position(self._merged.get(reference(box.row, box.column), ""))
        return end[1] if end else box.column

    def _width(self, column: int) -> int:
        for first, last, about in self._columns:
            if first <= column <= last:
                hidden = about.get("hidden") in ("1", "true")
                return 0 if hidden else _pixels(about.get("width"), 7, 1, 5) or self._wide
        return self._wide

    def _height(self, row: int) -> int:
        about = self._rows.get(str(row + 1))
        if about is None:
            return self._tall
        return 0 if about.get("hidden") in ("1", "true") else _pixels(about.get("ht"), 4, 3) or self._tall


def _pixels(size: str | None, by: int, over: int, more: int = 0) -> int:
    """A size in letters or points as whole pixels; 0 where it is none."""
    if size is None or not _NUMBER.fullmatch(size):
        return 0
    return int(Decimal(size) * by) // over + more
