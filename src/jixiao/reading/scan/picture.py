"""Pictures of pages: bytes of PNG, JPEG and TIFF to pixels with a size on paper.

A picture's size in pixels is read from its header before anything is unpacked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.reading import errors
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.scan.headers import BadHeader, Header, headers_of

Pixels: TypeAlias = NDArray[np.uint8]
"""Rows of pixels, from the top: grey (height, width), or blue, green, red (height, width, 3)."""
Numbers: TypeAlias = NDArray[np.float64]

_SMALLEST = 50
_LONG_SIDE = 841.89
"""Of A4, in points."""
_SHORTEST_PAGE, _LONGEST_PAGE = 300, 1800
"""Points: the long side of a page that is believed; else the picture is taken for A4."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture of one page as displayed.

    Attributes:
        pixels: grey or coloured (blue, green, red).
        across, down: pixels per point along x and y.
        number: page number from 1.
    """

    pixels: Pixels
    across: float
    down: float
    number: int = 1


def pictures_of(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[Picture]:
    """The pages of a PNG, JPEG or TIFF, turned as they are displayed, one at a time.

    Args:
        data: the whole file.
        file: its label, for sentences.
        limits: how many pictures it may hold, and how many pixels each.

    Raises:
        Unreadable: it is damaged, or holds more than it may.
    """
    kind = {b"\x89P": "PNG", b"\xff\xd8": "JPEG"}.get(data[:2], "TIFF")
    try:
        headers = headers_of(data)
    except BadHeader:
        headers = []
    if not headers:
        raise errors.damaged(file, kind, "文件头读不通", "its header cannot be followed")
    if len(headers) > limits.pages:
        count, most = len(headers), limits.pages
        raise errors.too_large(file, f"{count} 幅图像", f"{count} pictures", f"{most} 幅", f"{most}")
    for header in headers:
        _refuse_size(header, file, kind, limits.pixels)
    buffer = np.frombuffer(data, np.uint8)
    for index, header in enumerate(headers):
        pixels = _decoded(buffer, index, header, single=kind != "TIFF")
        if pixels is None:
            zh, en = f"第 {index + 1} 幅图像解不开", f"picture {index + 1} cannot be unpacked"
            raise errors.damaged(file, kind, zh, en)
        yield of_pixels(pixels, index + 1, _turned(header, pixels))


def _refuse_size(header: Header, file: str, kind: str, most: int) -> None:
    width, height = header.width, header.height
    if width * height > most:
        zh, en = f"图像有 {width}×{height} 像素", f"a picture of {width}×{height} pixels"
        raise errors.too_large(file, zh, en, f"{most:,} 像素", f"{most:,} pixels")
    if min(width, height) < _SMALLEST:
        zh, en = f"图像只有 {width}×{height} 像素", f"a picture of only {width}×{height} pixels"
        raise errors.damaged(file, kind, zh, en)


def _decoded(buffer: Pixels, index: int, header: Header, *, single: bool) -> Pixels | None:
    try:
        if not single:
            _, pages = cv2.imdecodemulti(buffer, cv2.IMREAD_COLOR, range=(index, index + 1))
            found = pages[0] if pages else None
        else:
            found = cv2.imdecode(buffer, cv2.IMREAD_UNCHANGED if header.clear else cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    if found is None or {*found.shape[:2]} != {header.width, header.height}:
        return None
    if found.dtype != np.uint8:
        found = found // 257
    return _on_paper(found.astype(np.uint8, copy=False))


def _on_paper(pixels: Pixels) -> Pixels:
    """A picture that lets through what lies behind it, laid on white paper; one without colour as grey."""
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        ink, cover = pixels[..., :-1].astype(np.uint16), pixels[..., -1:].astype(np.uint16)
        pixels = ((ink * cover + 255 * (255 - cover)) // 255).astype(np.uint8)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[..., 0]
    if pixels.ndim == 3 and np.array_equal(pixels[::9, ::9, 0], pixels[::9, ::9, 2]):
        pixels = np.ascontiguousarray(pixels[..., 1])
    return pixels


def _turned(header: Header, pixels: Pixels) -> tuple[float, float]:
    """Dots per inch across and down as displayed: a camera's note may have turned the picture."""
    if header.width != header.height and pixels.shape[1] == header.height:
        return header.down, header.across
    return header.across, header.down


def of_pixels(pixels: Pixels, number: int, dots: tuple[float, float] = (0.0, 0.0)) -> Picture:
    """A picture of a page with the size on paper that is said, or where that cannot be true, of A4.

    Args:
        pixels: grey or coloured.
        number: page number from 1.
        dots: per inch across and down; 0: not said.
    """
    across, down = dots[0] / 72, dots[1] / 72
    height, width = pixels.shape[:2]
    if min(across, down) > 0 and max(across, down) < 4 * min(across, down):
        long = max(width / across, height / down)
        if _SHORTEST_PAGE <= long <= _LONGEST_PAGE:
            return Picture(pixels, across, down, number)
    scale = max(width, height) / _LONG_SIDE
    return Picture(pixels, scale, scale, number)
