"""A PDF page as a picture: for eyes (text recognition) where it has no letters to copy, and to show what was read."""

import ctypes
from dataclasses import dataclass
from typing import Final

from pypdfium2 import raw

from jixiao.reading import errors
from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_notes import take_off_marks
from jixiao.reading.limits import DEFAULT_LIMITS

_WHITE: Final = 0xFFFFFFFF
_POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels from the top row down, without padding.

    Attributes:
        width, height: in pixels.
        channels: 1 for grey, 3 for blue, green, red.
        pixels: `width * height * channels` bytes.
    """

    width: int
    height: int
    channels: int
    pixels: bytes


def render_page(
    document: int, index: int, dpi: int, *, colour: bool = True, file: str = "PDF", most: int = DEFAULT_LIMITS.pixels
) -> Picture:
    """Draw a page as displayed (turned and cropped as its dictionary says), annotations and form fields included.

    What we have put on it ourselves, when the original was marked, is left out.

    Args:
        document: address of the PDFium document.
        index: page index from 0.
        dpi: pixels per inch.
        colour: blue, green and red; else grey.
        file: its label, for the sentence of an error.
        most: the most pixels it may have.

    Raises:
        Unreadable: the page cannot be opened, or the picture would have more pixels.
    """
    page = pdf.load_page(document, index)
    if not page:
        raise errors.damaged(file, "PDF", f"第 {index + 1} 页打不开", f"page {index + 1} cannot be opened")
    try:
        take_off_marks(page)
        width, height = (
            max(round(size * dpi) // _POINTS_PER_INCH, 1) for size in (pdf.page_width(page), pdf.page_height(page))
        )
        if width * height > most:
            raise _too_many(file, index, width * height, most)
        return _drawn(page, width, height, channels=3 if colour else 1)
    finally:
        pdf.close_page(page)


def _drawn(page: int, width: int, height: int, *, channels: int) -> Picture:
    buffer = ctypes.create_string_buffer(b"", width * height * channels)
    kind = raw.FPDFBitmap_BGR if channels == 3 else raw.FPDFBitmap_Gray
    bitmap = raw.FPDFBitmap_CreateEx(width, height, kind, buffer, width * channels)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdf.render(ctypes.cast(bitmap, ctypes.c_void_p).value, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Picture(width, height, channels, buffer.raw)


def _too_many(file: str, index: int, pixels: int, most: int) -> errors.Unreadable:
    return errors.too_large(
        file, f"第 {index + 1} 页的图像有 {pixels:,} 像素", f"the picture of page {index + 1} has {pixels:,} pixels",
        f"{most:,} 像素", f"{most:,} pixels",
    )  # fmt: skip
