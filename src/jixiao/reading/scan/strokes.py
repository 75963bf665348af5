"""Thin straight strokes of a page: pixels that are darker than what lies to both sides, in runs longer than a letter.

Works on a copy of the page with some 150 pixels an inch. One function serves both directions: vertical strokes are the
horizontal ones of the page on its side.
"""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.picture import Pixels

_SMOOTH = 7
_THICKEST = 11
"""Pixels: a darker band wider than this is no rule."""
_LONG = 100
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight stroke in pixels: from `low` to `high` along the rule, `at` across it."""

    low: int
    high: int
    at: float

    @property
    def length(self) -> int:
        """How long it is."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """How much darker than its sides each pixel is as part of a level stroke.

    Attributes:
        depth: that difference.
        least: from which on it is ink: well over the noise, and at least half as deep as the page's long rules.
    """

    depth: Pixels
    least: float

    def mask(self, shortest: int, *, slack: int = 1) -> Pixels:
        """Pixels (1) of strokes at least `shortest` long.

        Args:
            shortest: pixels.
            slack: how many pixels a stroke is thickened before its length is taken; more lets it run aslant.
        """
        return _opened(self.depth > self.least, shortest, slack)


def relief_of(grey: Pixels, noise: float) -> Relief:
    """The relief of level strokes.

    Args:
        grey: the page, paper near 255.
        noise: standard deviation of the noise on its paper.
    """
    along = cv2.blur(grey, (_SMOOTH, 1))
    depth = cast("Pixels", cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, np.ones((_THICKEST, 1), np.uint8)))
    least = max(22.0, 8.0 + 2.0 * noise)
    long = depth[_opened(depth > least, _LONG, 3) > 0]
    usual = float(np.percentile(long[long > least], 40)) if long.size else 0.0
    return Relief(depth, max(least, usual * _SHARE))


def _opened(ink: NDArray[np.bool_], shortest: int, slack: int) -> Pixels:
    mask = ink.astype(np.uint8)
    if slack > 1:
        mask = cast("Pixels", cv2.dilate(mask, np.ones((slack, 1), np.uint8)))
    return cast("Pixels", cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8)))


def pieces_of(mask: Pixels) -> list[Piece]:
    """The connected strokes of a mask of horizontal strokes."""
    pieces = []
    for outline in outlines_of(mask):
        left, top = outline.min(axis=0)
        right, bottom = outline.max(axis=0)
        if bottom - top < 2 * _THICKEST:
            pieces.append(Piece(int(left), int(right) + 1, float(outline[:, 1].mean())))
    return pieces


def outlines_of(mask: Pixels) -> list[NDArray[np.int32]]:
    """The outer edge of each connected stroke, as points (x, y). Cheaper than labelling every pixel."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [np.asarray(outline, np.int32).reshape(-1, 2) for outline in outlines]


def on_its_side(grey: Pixels) -> Pixels:
    """The page with x and y exchanged."""
    return cast("Pixels", cv2.transpose(grey))
