"""Thin straight strokes of a page: pixels that are darker than what lies to both sides, in runs longer than a letter.

Works on a copy of the page with some 150 pixels an inch. One function serves both directions: vertical strokes are the
horizontal ones of the page on its side.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.picture import Pixels

_SMOOTH = 7
_THICKEST = 11
"""Pixels: a darker band wider than this is no rule."""
_LONG = 100
_SHARE = 0.6
BRIDGED = 9
"""Pixels: the widest gap in a dashed rule, or one that lost ink."""
_INKED = 0.5
_VERY_LONG = 200
_MANY = 3000
_SOLID = 0.988


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
        broken: whether the page's long rules have gaps: dashes, dots, or lost ink.
    """

    depth: Pixels
    least: float
    broken: bool = False

    def mask(self, shortest: int, *, slack: int = 1) -> Pixels:
        """Pixels (1) of strokes at least `shortest` long; where rules have gaps, strokes may have some, too.

        Args:
            shortest: pixels.
            slack: how many pixels a stroke is thickened before its length is taken; more lets it run aslant.
        """
        runs = _runs(
            cv2.threshold(self.depth, self.least, 1, cv2.THRESH_BINARY)[1], slack, BRIDGED if self.broken else 0
        )
        return _drawn(runs[:, runs[2] - runs[1] >= shortest], self.depth.shape)


Reliefs: TypeAlias = tuple[Relief, Relief]


def reliefs_of(page: Pixels, noise: float) -> Reliefs:
    """The reliefs of level and of upright strokes, the latter of the page on its side.

    Args:
        page: paper near 255.
        noise: standard deviation of the noise on its paper.
    """
    level, upright = _relief(page, noise), _relief(on_its_side(page), noise)
    bridged = np.concatenate([_bridged(level), _bridged(upright)], axis=1)
    inked, length = (int(each) for each in bridged.sum(axis=1))
    broken = length > _MANY and inked < _SOLID * length
    return replace(level, broken=broken), replace(upright, broken=broken)


def _relief(grey: Pixels, noise: float) -> Relief:
    along = cv2.blur(grey, (_SMOOTH, 1))
    depth = cast("Pixels", cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, np.ones((_THICKEST, 1), np.uint8)))
    least = max(22.0, 8.0 + 2.0 * noise)
    runs = _runs(cv2.threshold(depth, least, 1, cv2.THRESH_BINARY)[1], 3, 0)
    runs = runs[:, runs[2] - runs[1] >= _LONG]
    levels = [depth[row, low:high] for row, low, high, _ in runs.T.tolist()]
    long = np.concatenate(levels) if levels else np.zeros(0, np.uint8)
    long = long[long > least]
    usual = float(np.percentile(long, 40)) if long.size else 0.0
    return Relief(depth, max(least, usual * _SHARE))


def _bridged(relief: Relief) -> NDArray[np.int64]:
    """Ink and length of runs too long for letters, gaps bridged."""
    runs = _runs(cv2.threshold(relief.depth, relief.least, 1, cv2.THRESH_BINARY)[1], 3, BRIDGED)
    lengths = runs[2] - runs[1]
    return np.stack([runs[3], lengths])[:, lengths >= _VERY_LONG]


def _runs(ink: cv2.typing.MatLike, slack: int, gap: int) -> NDArray[np.int64]:
    """The runs of ink, gaps up to some pixels bridged where ink prevails: row, first, one after the last, and ink."""
    mask = cv2.dilate(ink, np.ones((slack, 1), np.uint8)) if slack > 1 else ink
    mask[:, 0] = mask[:, -1] = 0  # so that no run goes on in the next row
    flat, width = mask.reshape(-1), mask.shape[1]
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    firsts, ends = edges[::2], edges[1::2]
    inked = ends - firsts
    if gap and len(firsts):
        apart = (firsts[1:] - ends[:-1] > gap) | (firsts[1:] // width != ends[:-1] // width)
        first = np.flatnonzero(np.concatenate([[True], apart]))
        inked = np.add.reduceat(inked, first)
        firsts, ends = firsts[first], ends[np.append(first[1:], len(ends)) - 1]
        kept = inked >= _INKED * (ends - firsts)
        firsts, ends, inked = firsts[kept], ends[kept], inked[kept]
    rows, lows = np.divmod(firsts, width)
    return np.stack([rows, lows, lows + (ends - firsts), inked])


def _drawn(runs: NDArray[np.int64], shape: tuple[int, ...]) -> Pixels:
    mask = np.zeros(shape, np.uint8)
    for row, low, high, _ in runs.T.tolist():
        mask[row, low:high] = 1
    return mask


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
