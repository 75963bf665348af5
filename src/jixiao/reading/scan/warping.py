"""What bends a page straight: rules are traced on the picture, and a smooth displacement is fitted that levels them.

A displacement is a low polynomial in both directions, so it takes out skew, the perspective of a photo and the curl of
paper alike. Rules need not be whole: each traced piece must only become level by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.picture import Numbers, Pixels
from jixiao.reading.scan.strokes import Relief, outlines_of

Stage: TypeAlias = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]
"""From points (x, y) of the flat page back to points of what it was made from."""

_STEP = 8
_SLACK = 3
_TRACED = 25
_LONG = 180
_BEND = 1.6
_GRID, _BAND = 32, 128
_EVEN = 0.02
_WHITE = (255,)


@dataclass(frozen=True, slots=True)
class Trace:
    """The middle line of one traced rule.

    Attributes:
        along: points along it.
        across: where it runs at each.
        swing: how far it swings to either side of its middle, letters that touch it smoothed away.
    """

    along: Numbers
    across: Numbers
    swing: float

    @property
    def length(self) -> float:
        """How long it is, in pixels."""
        return float(self.along[-1] - self.along[0])

    @property
    def slope(self) -> float:
        """How much it climbs per pixel."""
        return float(np.polyfit(self.along, self.across, 1)[0])


def traces_of(relief: Relief) -> list[Trace]:
    """The near-horizontal rules of a page, up to some six degrees off, as they run."""
    traces = []
    for outline in outlines_of(relief.mask(_TRACED, slack=_SLACK)):
        if np.ptp(outline[:, 0]) >= _LONG:
            trace = _middle(outline)
            if trace is not None:
                traces.append(trace)
    return traces


def _middle(outline: NDArray[np.int32]) -> Trace | None:
    """The middle between the edges of a stroke at every few pixels; none if it is no smooth line."""
    outline = outline[outline[:, 0] % _STEP == 0]
    left = int(outline[:, 0].min())
    place = (outline[:, 0] - left) // _STEP
    counts = np.bincount(place)
    used = counts > 0
    across = np.bincount(place, outline[:, 1])[used] / counts[used]
    along = np.flatnonzero(used).astype(np.float64) * _STEP + left
    if len(along) < _LONG // _STEP:
        return None
    middle = along.mean()
    smooth = np.polyval(np.polyfit(along - middle, across, 3), along - middle)
    bend = across - smooth
    good = np.abs(bend) < 2 * _BEND
    if good.mean() < 0.8:
        return None
    return Trace(along[good], across[good], float(np.ptp(smooth[good])) / 2)


def skew_of(level: list[Trace], upright: list[Trace]) -> float:
    """The angle by which the page is turned, in radians, clockwise positive: the weighted median over its rules."""
    slopes = [(trace.slope, trace.length) for trace in level] + [(-trace.slope, trace.length) for trace in upright]
    if not slopes:
        return 0.0
    slopes.sort()
    half, total = sum(length for _, length in slopes) / 2, 0.0
    for slope, length in slopes:
        total += length
        if total >= half:
            return float(np.arctan(slope))
    return 0.0


@dataclass(frozen=True, slots=True)
class Bend:
    """A displacement across the rules as a polynomial of the place; zero along the middle of the page.

    Attributes:
        weights: of the terms.
        middle: the place taken for the origin, along and across.
        half: pixels to one unit.
        reach: smallest and largest place along and across where rules were seen, in units; beyond, it stays as there.
    """

    weights: Numbers
    middle: tuple[float, float]
    half: float
    reach: tuple[float, float, float, float]

    def at(self, along: Numbers, across: Numbers) -> Numbers:
        """How far a point must move across to come level, in pixels."""
        low, high, first, last = self.reach
        s = np.clip((along - self.middle[0]) / self.half, low, high)
        t = np.clip((across - self.middle[1]) / self.half, first, last)
        return np.tensordot(self.weights, _terms(s, t), axes=1) * self.half


def _terms(s: Numbers, t: Numbers) -> Numbers:
    powers, others = [s, s * s, s * s * s, s * s * s * s], [np.ones_like(t), t, t * t]
    return np.stack([power * other for i, power in enumerate(powers) for other in others[: 3 if i < 2 else 2]])


def fit_bend(traces: list[Trace], size: tuple[int, int]) -> Bend | None:
    """The displacement that levels the traced rules, or none where they say too little.

    Args:
        traces: the rules.
        size: of the page along and across the rules, in pixels.
    """
    middle, half = (size[0] / 2, size[1] / 2), max(size) / 2
    rows, wanted, groups = [], [], []
    for trace in traces:
        s, t = (trace.along - middle[0]) / half, (trace.across - middle[1]) / half
        terms = _terms(s, t)
        rows.append((terms - terms.mean(axis=1, keepdims=True)).T)
        wanted.append(t.mean() - t)
        groups.append(t)
    if sum(map(len, wanted)) < 40:
        return None
    matrix, target = np.concatenate(rows), np.concatenate(wanted)
    weights = _robust(matrix, target, 1.0 / half)
    all_s = np.concatenate([(trace.along - middle[0]) / half for trace in traces])
    all_t = np.concatenate(groups)
    return Bend(weights, middle, half, (all_s.min(), all_s.max(), all_t.min(), all_t.max()))


def _robust(matrix: Numbers, target: Numbers, unit: float) -> Numbers:
    """Least squares that outliers do not pull: far points weigh less in each round."""
    trust = np.ones(len(target))
    ridge = np.eye(matrix.shape[1]) * 1e-4 * len(target)
    weights: Numbers = np.zeros(matrix.shape[1])
    for _ in range(4):
        weighted = matrix * trust[:, None]
        weights = np.linalg.solve(weighted.T @ matrix + ridge * 0.05, weighted.T @ target).astype(np.float64)
        off = np.abs(matrix @ weights - target)
        trust = np.minimum(1.0, 1.5 * unit / np.maximum(off, 1e-9))
    return weights


def unbend(level: Bend | None, upright: Bend | None) -> Stage:
    """The way back through both displacements: the source point that comes to lie at each flat point."""

    def stage(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        from_x, from_y = x, y
        for _ in range(5):
            new_y = y - level.at(from_x, from_y) if level else y
            new_x = x - upright.at(from_y, from_x) if upright else x
            from_x, from_y = new_x, new_y
        return from_x, from_y

    return stage


def turn(angle: float, size: tuple[int, int]) -> Stage:
    """The way back through a turn about the middle of the page (width, height)."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    middle_x, middle_y = size[0] / 2, size[1] / 2

    def stage(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        dx, dy = x - middle_x, y - middle_y
        return middle_x + cos * dx - sin * dy, middle_y + sin * dx + cos * dy

    return stage


def scaled(stage: Stage, factor: float) -> Stage:
    """A stage known on one copy of the page, for a copy that is `factor` times as large."""

    def larger(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        from_x, from_y = stage(x / factor, y / factor)
        return from_x * factor, from_y * factor

    return larger


def after(first: Stage, then: Stage) -> Stage:
    """The way back through `then`, and from there through `first`."""
    return lambda x, y: first(*then(x, y))


def redraw(grey: Pixels, stage: Stage) -> Pixels:
    """The page with every point taken from where the stage says; paper beyond its edges."""
    height, width = grey.shape
    columns, rows = width // _GRID + 3, -(-height // _BAND) * _BAND // _GRID + 2
    first = -(_GRID + 1) / 2  # so that pixel _GRID of the enlarged map belongs to pixel 0 of the page
    x, y = np.meshgrid(*(first + _GRID * np.arange(count, dtype=np.float64) for count in (columns, rows)))
    places = np.stack(stage(x, y), axis=-1)
    turned = _as_turn(x, y, places)
    if turned is not None:
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return cast("Pixels", cv2.warpAffine(grey, turned, (width, height), flags=flags, borderValue=_WHITE))
    made = np.empty_like(grey)
    for top in range(0, height, _BAND):
        coarse = places[top // _GRID : (top + _BAND) // _GRID + 2].astype(np.float32)
        made[top : top + _BAND] = _band(grey, coarse)[: height - top]
    return made


def _as_turn(x: Numbers, y: Numbers, places: Numbers) -> Numbers | None:
    """The matrix of a stage that only turns, moves or stretches the page: that is drawn faster."""
    flat = np.stack([x, y, np.ones_like(x)], axis=-1)
    corners = [(0, 0), (0, -1), (-1, 0)]
    matrix = np.linalg.solve([flat[corner] for corner in corners], [places[corner] for corner in corners])
    off = np.abs(flat[::4, ::4] @ matrix - places[::4, ::4]).max()
    return np.ascontiguousarray(matrix.T) if off < _EVEN else None


def _band(grey: Pixels, coarse: NDArray[np.float32]) -> Pixels:
    """Rows of the page made flat, few enough for their maps to stay near at hand."""
    rows, columns = coarse.shape[:2]
    fine = cv2.resize(coarse, (columns * _GRID, rows * _GRID), interpolation=cv2.INTER_LINEAR)
    x, y = cv2.split(fine[_GRID:-_GRID, _GRID : _GRID + grey.shape[1]])
    return cast("Pixels", cv2.remap(grey, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=_WHITE))
