"""Which way up a page lies: lines of letters run along it or across it. Turned by a half it looks alike to this."""

import cv2
import numpy as np

from jixiao.layout.grid import Box
from jixiao.reading.scan.picture import Picture, Pixels

_INK = 190
_RULE = 20
_GAP = 5
_UPRIGHT = 0.97


def lies_on_its_side(work: Pixels) -> bool:
    """Whether the lines of letters run up or down a page (150 dots an inch, paper near 255).

    Letters stand closer to their neighbours in a line than lines to each other: small gaps along the lines are filled
    with more ink than gaps across them.
    """
    height, width = work.shape[0] // 2, work.shape[1] // 2
    half = cv2.resize(work[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
    ink = (half < _INK).astype(np.uint8)
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    rules = cv2.max(rules, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_RULE, 1), np.uint8)))
    letters = cv2.subtract(ink, cv2.dilate(rules, np.ones((3, 3), np.uint8)))
    along = cv2.countNonZero(cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8)))
    across = cv2.countNonZero(cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((_GAP, 1), np.uint8)))
    return along < _UPRIGHT * across


def turned(picture: Picture, quarters: int) -> Picture:
    """A picture turned clockwise by quarters."""
    if quarters % 4 == 0:
        return picture
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, -quarters))
    across, down = (picture.down, picture.across) if quarters % 2 else (picture.across, picture.down)
    return Picture(pixels, across, down, picture.number)


def turned_back(box: Box, quarters: int, size: tuple[int, int]) -> Box:
    """A box on a page that was turned clockwise by quarters, on the page as it lay; `size` is that page's."""
    left, top, right, bottom = box
    width, height = size
    if quarters % 4 == 1:
        return top, height - right, bottom, height - left
    if quarters % 4 == 2:
        return width - right, height - bottom, width - left, height - top
    if quarters % 4 == 3:
        return width - bottom, left, width - top, right
    return box
