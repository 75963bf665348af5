"""Grey pixels as PNG (ISO/IEC 15948), for pages that are shown: no filter, one stream."""

import struct
import zlib
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_GREY_8: Final = bytes((8, 0, 0, 0, 0))
_FAST: Final = 6


def png_of(pixels: bytes, width: int, height: int) -> bytes:
    """A PNG of grey pixels.

    Args:
        pixels: `width * height` bytes, rows from the top, without padding.
        width: in pixels, at least 1.
        height: the same.

    Raises:
        ValueError: the pixels are not as many as the size says.
    """
    if len(pixels) != width * height or not pixels:
        raise ValueError(f"{len(pixels)} pixels for a picture of {width} × {height}")
    rows = b"".join(b"\0" + pixels[start : start + width] for start in range(0, len(pixels), width))
    head = struct.pack(">II", width, height) + _GREY_8
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, _FAST)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
