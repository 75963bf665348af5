"""What the header of a PNG, JPEG or TIFF says of its pictures: size, dots per inch. Nothing is unpacked for it.

Layouts after PNG (ISO/IEC 15948), JFIF 1.02 and ITU-T T.81 annex B, and TIFF 6.0.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_MOST_PAGES = 10_000
_MOST_TAGS = 512
_MILLIMETRES = 25.4
_SIZE_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PLAIN_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_NUMBERS = {1: "B", 3: "H", 4: "I", 5: "II"}


class BadHeader(Exception):
    """A header that breaks off or contradicts its format."""


@dataclass(frozen=True, slots=True)
class Header:
    """One picture as announced: pixels across and down, dots per inch (0: not said), whether it lets paper through."""

    width: int
    height: int
    across: float = 0.0
    down: float = 0.0
    clear: bool = False


def headers_of(data: bytes) -> list[Header]:
    """The pictures a file announces, in order.

    Raises:
        BadHeader: it is none of the three formats, breaks off, or announces no picture or too many.
    """
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return [_png(data)]
        if data[:2] == b"\xff\xd8":
            return [_jpeg(data)]
        if data[:4] in (b"II*\0", b"MM\0*"):
            return list(_tiff(data, "<" if data[:2] == b"II" else ">"))
    except struct.error as broken:
        raise BadHeader from broken
    raise BadHeader


def _png(data: bytes) -> Header:
    length, kind, width, height, _, colour = struct.unpack_from(">I4sIIBB", data, 8)
    if kind != b"IHDR" or length != 13:
        raise BadHeader
    at, across, down, clear = 8, 0.0, 0.0, colour in (4, 6)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            break
        clear = clear or kind == b"tRNS"
        if kind == b"pHYs":
            x, y, unit = struct.unpack_from(">IIB", data, at + 8)
            across, down = (x * _MILLIMETRES / 1000, y * _MILLIMETRES / 1000) if unit == 1 else (0.0, 0.0)
        at += 12 + length
    return Header(width, height, across, down, clear)


def _jpeg(data: bytes) -> Header:
    at, across, down = 2, 0.0, 0.0
    while True:
        if data[at : at + 1] != b"\xff":
            raise BadHeader
        marker = data[at + 1] if at + 1 < len(data) else 0
        if marker == 0xFF or marker in _PLAIN_MARKERS:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Header(width, height, across, down)
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":
            unit, x, y = struct.unpack_from(">BHH", data, at + 11)
            factor = {1: 1.0, 2: _MILLIMETRES / 10}.get(unit, 0.0)
            across, down = x * factor, y * factor
        at += 2 + length


def _tiff(data: bytes, order: str) -> Iterator[Header]:
    (at,) = struct.unpack_from(order + "I", data, 4)
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) >= _MOST_PAGES:
            raise BadHeader
        seen.add(at)
        tags, at = _tags(data, order, at)
        width, height = tags.get(256, 0), tags.get(257, 0)
        factor = {2.0: 1.0, 3.0: _MILLIMETRES / 10}.get(tags.get(296, 2.0), 0.0)
        yield Header(int(width), int(height), tags.get(282, 0.0) * factor, tags.get(283, 0.0) * factor)


def _tags(data: bytes, order: str, at: int) -> tuple[dict[int, float], int]:
    """The first number of each tag of a directory, and where the next directory is."""
    (count,) = struct.unpack_from(order + "H", data, at)
    if count > _MOST_TAGS:
        raise BadHeader
    tags: dict[int, float] = {}
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, values = struct.unpack_from(order + "HHI", data, place)
        if kind in _NUMBERS and values:
            size = struct.calcsize(order + _NUMBERS[kind]) * values
            start = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
            first, *below = struct.unpack_from(order + _NUMBERS[kind], data, start)
            tags[tag] = first / (below[0] or 1) if below else first
    (following,) = struct.unpack_from(order + "I", data, at + 2 + 12 * count)
    return tags, following
