"""Scans and photos: pictures of pages, made flat, with the grid that their rules draw.

Only this room works on pixels, with numpy and OpenCV (the extra `ocr`), and so with binary fractions. What leaves it
is whole: boxes in hundredths of a point, confidences as decimals.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.reading.scan.eyes import Eyes


def open_eyes() -> "Eyes | None":
    """The eyes with their models loaded; `None` where the extra `ocr` is not installed (`models.missing` says what)."""
    from jixiao.reading.scan.models import missing

    if missing():
        return None
    from jixiao.reading.scan.eyes import open_eyes as load

    return load()
