"""Pages as pictures: PDFs rendered, worn, and put into image PDFs, PNG, JPEG and TIFF."""

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from forms.wear import Picture, Wear, worn


def page_pictures(data: bytes, wear: Wear, seed: int) -> list[Picture]:
    """Every page of a PDF, worn; the same for one seed."""
    pages = []
    for index, page in enumerate(pypdfium2.PdfDocument(data)):
        bitmap = page.render(scale=wear.dpi / 72, rev_byteorder=True, no_smoothpath=False)
        picture = np.ascontiguousarray(bitmap.to_numpy()[..., :3])
        pages.append(worn(picture, wear, seed * 100 + index))
    return pages


def image_pdf(pages: Sequence[Picture], wear: Wear) -> bytes:
    """A PDF of pictures: JPEG, or CCITT where they are black and white."""
    options = {} if wear.mode == "bilevel" else {"quality": wear.quality or 90}
    return _saved(pages, wear, "PDF", **options)


def tiff(pages: Sequence[Picture], wear: Wear) -> bytes:
    """A TIFF of several pages, in fax group 4 where they are black and white."""
    return _saved(pages, wear, "TIFF", compression="group4" if wear.mode == "bilevel" else "tiff_lzw")


def png(pages: Sequence[Picture], wear: Wear) -> bytes:
    """One PNG; several pages one under another, as long screenshots have them."""
    return _saved([_stacked(pages)], wear, "PNG")


def jpeg(pages: Sequence[Picture], wear: Wear) -> bytes:
    """One JPEG; several pages one under another."""
    return _saved([_stacked(pages)], wear, "JPEG", quality=wear.quality or 90)


def _stacked(pages: Sequence[Picture]) -> Picture:
    width = max(page.shape[1] for page in pages)
    padded = [
        cv2.copyMakeBorder(page, 0, 0, 0, width - page.shape[1], cv2.BORDER_CONSTANT, value=(255, 255, 255))
        for page in pages
    ]
    return np.concatenate([np.asarray(page, np.uint8) for page in padded])


def _saved(pages: Sequence[Picture], wear: Wear, kind: str, **options: object) -> bytes:
    images = [Image.fromarray(page) for page in pages]
    if wear.mode == "bilevel" and kind != "JPEG":
        images = [image.convert("1") for image in images]
    if kind in ("PDF", "TIFF"):
        options |= {"save_all": True, "append_images": images[1:]}
    resolution: dict[str, object] = {"resolution": float(wear.dpi)} if kind == "PDF" else {"dpi": (wear.dpi, wear.dpi)}
    out = io.BytesIO()
    images[0].save(out, kind, **options, **resolution)
    return out.getvalue()
