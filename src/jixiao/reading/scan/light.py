"""Ink and light: coloured ink is taken off, uneven light is evened out, noise is measured."""

from collections.abc import Callable
from typing import TypeAlias, cast

import cv2
import numpy as np

from jixiao.reading.scan.picture import Pixels

_BACKGROUND = 4.0
"""Points: the grain in which light is measured; five of them together hold some paper."""
_PAPER = 200
_COLOURED, _TRACE = 60, 0.001
_LEAST_NOISE = 1.0

Ink: TypeAlias = Callable[[Pixels], Pixels]
"""Grey levels of the ink that counts."""


def black_ink(pixels: Pixels) -> Pixels:
    """Grey levels of the black ink alone: what is coloured turns to paper, black under a seal stays black.

    The brightest channel of red, blue or any pure ink is bright, that of black is not; the stronger the colour, the
    more is added.
    """
    if pixels.ndim == 2:
        return pixels
    blue, green, red = cv2.split(pixels)
    high = cv2.max(cv2.max(blue, green), red)
    low = cv2.min(cv2.min(blue, green), red)
    return cast("Pixels", cv2.addWeighted(high, 1.75, low, -0.75, 0))


def all_ink(pixels: Pixels) -> Pixels:
    """Plain grey levels, for pages whose rules are coloured."""
    return pixels if pixels.ndim == 2 else cast("Pixels", cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))


def has_colour(pixels: Pixels) -> bool:
    """Whether more than a trace of a picture is of coloured ink."""
    if pixels.ndim == 2:
        return False
    some = pixels[::3, ::3]
    return bool((np.ptp(some, axis=2) > _COLOURED).mean() > _TRACE)


def even_light(grey: Pixels, scale: float) -> Pixels:
    """The page with its paper at 255 everywhere: shadows, yellowed paper and shaded cells go, ink stays.

    Args:
        grey: the page.
        scale: its pixels to a point.
    """
    height, width = grey.shape
    grain = max(round(_BACKGROUND * scale), 2)
    across, down = max(width // grain, 1), max(height // grain, 1)
    whole = grey[: down * grain, : across * grain]  # a whole number of pixels to one is averaged faster
    small = cv2.resize(whole, (across, down), interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    light = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    return cast("Pixels", cv2.divide(grey, light, scale=255))


def noise_of(grey: Pixels) -> float:
    """The standard deviation of the noise on paper, from differences between neighbours."""
    rows = grey[::7].astype(np.int16)
    steps = np.abs(np.diff(rows, axis=1))[rows[:, :-1] > _PAPER]
    if steps.size == 0:
        return _LEAST_NOISE
    return max(float(np.mean(np.minimum(steps, 40))) * 0.886, _LEAST_NOISE)
