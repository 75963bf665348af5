"""Pictures made to harm, each built here from nothing, with the verdict it must get from a child with eyes.

The eyes are the tests' double, which sees a form on every page: "read" means that the picture was unpacked.
"""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from hostile import hostile_pdf
from hostile.hostile_files import BROKEN, READ, Hostile, one_of

TOO_LARGE = one_of("too_large")
STOPPED = one_of("memory", "crashed", "time_out")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, *, depth: int = 8, colour: int = 0, more: bytes = b"") -> bytes:
    """A PNG with this header and these packed rows."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def rows(width: int, height: int) -> bytes:
    """The packed rows of a white grey picture."""
    return zlib.compress((b"\0" + b"\xff" * width) * height, 9)


def saved(kind: str, mode: str = "L", size: tuple[int, int] = (200, 100), **options: object) -> bytes:
    """A sound picture of a mode."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def tiff(*entries: tuple[int, int, int], following: int = 0) -> bytes:
    """A TIFF of one directory of numbers (tag, count, value), and where the next one is said to be."""
    listed = b"".join(struct.pack("<HHII", tag, 4, count, value) for tag, count, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + listed + struct.pack("<I", following)


def size(width: int, height: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The entries of a size."""
    return (256, 1, width), (257, 1, height)


def many() -> bytes:
    """A TIFF of three hundred and one pictures."""
    first = Image.new("1", (60, 60))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=[first] * 300)
    return out.getvalue()


def jpeg(width: int, height: int) -> Callable[[], bytes]:
    """A JPEG whose header says another size than it has."""

    def build() -> bytes:
        data = bytearray(saved("JPEG"))
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", height, width)
        return bytes(data)

    return build


FILES: dict[str, Hostile] = {
    "a PNG of 65,535 by 65,535": Hostile(lambda: png(65_535, 65_535, rows(9, 9)), TOO_LARGE),
    "a PNG of two thousand million columns": Hostile(lambda: png(2**31 - 1, 1, rows(9, 9)), TOO_LARGE),
    "a PNG without size": Hostile(lambda: png(0, 0, b""), BROKEN),
    "a PNG of one dot": Hostile(lambda: png(1, 1, rows(1, 1)), BROKEN),
    "a PNG just within the pixels": Hostile(lambda: png(10_000, 5_000, rows(10_000, 5_000)), READ | STOPPED),
    "a PNG with fewer rows than it says": Hostile(lambda: png(200, 100, rows(200, 50)), BROKEN | READ),
    "a PNG with far more rows than it says": Hostile(lambda: png(200, 100, rows(200, 500_000)), READ | BROKEN),
    "a PNG with a text of 100 MB": Hostile(
        lambda: png(200, 100, rows(200, 100), more=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))),
        READ | BROKEN,
    ),
    "a PNG with a profile of 100 MB": Hostile(
        lambda: png(200, 100, rows(200, 100), more=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))),
        READ | BROKEN,
    ),
    "a PNG with a wrong check": Hostile(lambda: png(200, 100, rows(200, 100))[:-20] + bytes(20), BROKEN | READ),
    "a PNG cut off": Hostile(lambda: saved("PNG")[:60], BROKEN),
    "a PNG of 16 bits": Hostile(lambda: saved("PNG", "I;16"), READ),
    "a PNG of a palette": Hostile(lambda: saved("PNG", "P"), READ),
    "a PNG that is clear": Hostile(lambda: saved("PNG", "RGBA"), READ),
    "a palette that is missing": Hostile(lambda: png(200, 100, rows(200, 100), colour=3), BROKEN | READ),
    "a JPEG of 65,535 by 65,535": Hostile(jpeg(65_535, 65_535), TOO_LARGE),
    "a JPEG that says it is larger": Hostile(jpeg(4_000, 4_000), BROKEN | READ),
    "a JPEG in four inks": Hostile(lambda: saved("JPEG", "CMYK"), READ | BROKEN),
    "a JPEG cut off": Hostile(lambda: saved("JPEG")[:200], BROKEN),
    "a JPEG of marks only": Hostile(lambda: b"\xff\xd8" + b"\xff\xe0\x00\x02" * 100_000, BROKEN),
    "a TIFF whose list holds itself": Hostile(lambda: tiff(*size(200, 100), following=8), BROKEN | READ),
    "a TIFF whose list lies outside": Hostile(lambda: b"II*\0\xff\xff\xff\x7f", BROKEN),
    "a TIFF of 65,535 by 65,535": Hostile(lambda: tiff(*size(65_535, 65_535)), TOO_LARGE),
    "a TIFF whose strips lie outside": Hostile(
        lambda: tiff(*size(200, 100), (273, 1 << 30, 8), (279, 1 << 30, 8)), BROKEN
    ),
    "a TIFF of tags without end": Hostile(lambda: tiff(*[(256, 1 << 31, 8)] * 60_000), BROKEN),
    "a TIFF of 301 pictures": Hostile(many, TOO_LARGE),
    "an animated GIF": Hostile(lambda: saved("GIF", "P"), one_of("unsupported_format")),
    "a picture of 60,000 by 60,000 in a PDF": Hostile(
        hostile_pdf.FILES["a picture of 60,000 by 60,000"].build, READ | STOPPED
    ),
    "a JBIG2 picture in a PDF": Hostile(
        hostile_pdf.FILES["a JBIG2 picture of two thousand million rows"].build, READ | STOPPED
    ),
    "a JPEG 2000 picture in a PDF": Hostile(hostile_pdf.FILES["a JPEG 2000 picture of a header"].build, READ | STOPPED),
}
"""Name → file."""
