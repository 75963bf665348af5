"""A picture of a page → the page made flat, with its tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, cast

import cv2
import numpy as np

from jixiao.layout.grid import Box
from jixiao.reading.lattice import Lattice, Rule, find_tables
from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.light import Ink, all_ink, black_ink, even_light, has_colour, noise_of
from jixiao.reading.scan.picture import Picture, Pixels
from jixiao.reading.scan.strokes import Reliefs, on_its_side, pieces_of, reliefs_of
from jixiao.reading.scan.turning import lies_on_its_side, turned, turned_back
from jixiao.reading.scan.walls import Direction, Line, Sight, Wall, rules_of, walls_of
from jixiao.reading.scan.warping import (
    Stage,
    Trace,
    after,
    fit_bend,
    redraw,
    scaled,
    skew_of,
    traces_of,
    turn,
    unbend,
)

_WORK = 150 / 72
_LEVEL, _UPRIGHT = 36, 20
_LEAST_LEVEL, _LEAST_UPRIGHT = 90, 45
_SMALLEST_TURN = 0.0015
_SMALLEST_BEND = 0.8
_MOST = 0.85
_OPEN = 8.0
_ASIDE = 300
_GUESSED = 80
_USUAL_THICKNESS = 200
"""Hundredths of a point: with its blur hardly a rule is thicker."""
_FEW = 0.7


def flatten(picture: Picture, quarters: int | None = None) -> FlatPage:
    """Make a page flat and find its tables.

    Args:
        picture: the page as displayed.
        quarters: by how many quarter turns clockwise it comes upright. Not given: a page whose lines run up or down is
            turned by one; whether that puts it on its head only its letters can tell (then ask for two more).
    """
    flat = _flat(picture, quarters, black_ink)
    if flat.lattices or not has_colour(picture.pixels):
        return flat
    coloured = _flat(picture, quarters, all_ink)
    return coloured if coloured.lattices else flat


def _flat(picture: Picture, quarters: int | None, ink: Ink) -> FlatPage:
    page = turned(picture, quarters or 0)
    grey, work = _greys(page, ink)
    scale = min(page.across, page.down)
    noise = noise_of(work)
    stage, work, reliefs = level_out(work, noise)
    if quarters is None and lies_on_its_side(work):
        return _flat(picture, 1, ink)
    if stage is not None:
        grey = redraw(grey, scaled(stage, scale / _WORK))
    lattices, sure, thickness = grid_of(reliefs, grey)
    back = Back(stage, quarters or 0, _size_of(picture))
    return FlatPage(page.number, grey, scale, tuple(lattices), sure, thickness, back, (quarters or 0) % 4)


def _greys(page: Picture, ink: Ink) -> tuple[Pixels, Pixels]:
    """The ink of a page with square pixels under even light, and the same at work scale."""
    grey = ink(page.pixels)
    scale = min(page.across, page.down)
    if abs(page.across - page.down) > 0.01 * scale:
        size = (round(grey.shape[1] * scale / page.across), round(grey.shape[0] * scale / page.down))
        grey = cast("Pixels", cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    grey = even_light(grey, scale)
    return grey, _resized(grey, _WORK / scale)


def _size_of(picture: Picture) -> tuple[int, int]:
    """Width and height of a picture in hundredths of a point."""
    height, width = picture.pixels.shape[:2]
    return round(width * 100 / picture.across), round(height * 100 / picture.down)


def _resized(grey: Pixels, factor: float) -> Pixels:
    if abs(factor - 1) < 0.01:
        return grey
    size = (max(round(grey.shape[1] * factor), 1), max(round(grey.shape[0] * factor), 1))
    return cast("Pixels", cv2.resize(grey, size, interpolation=_way(factor)))


def _way(factor: float) -> int:
    if factor > 1:
        return cv2.INTER_CUBIC
    return cv2.INTER_AREA if factor < _FEW else cv2.INTER_LINEAR


def level_out(work: Pixels, noise: float) -> tuple[Stage | None, Pixels, Reliefs]:
    """What makes the rules of a page run along its axes, none if they do; the page made so, and its reliefs."""
    stage: Stage | None = None
    page = work
    reliefs = reliefs_of(work, noise)
    level, upright = _traces(reliefs)
    angle = skew_of(level, upright)
    size = (work.shape[1], work.shape[0])
    if abs(angle) > _SMALLEST_TURN:
        stage = turn(angle, size)
        page = redraw(work, stage)
        reliefs = reliefs_of(page, noise)
        level, upright = _traces(reliefs)
    for _ in range(2):
        if max(_unevenness(level), _unevenness(upright)) < _SMALLEST_BEND:
            break
        along, across = fit_bend(level, size), fit_bend(upright, size[::-1])
        if along is None and across is None:
            break
        bent = unbend(along, across)
        stage = bent if stage is None else after(stage, bent)
        page = redraw(work, stage)
        reliefs = reliefs_of(page, noise)
        level, upright = _traces(reliefs)
    return stage, page, reliefs


def _traces(reliefs: Reliefs) -> tuple[list[Trace], list[Trace]]:
    return traces_of(reliefs[0]), traces_of(reliefs[1])


def _unevenness(traces: Sequence[Trace]) -> float:
    """How far rules swing about their middle, in pixels: most of all that is drawn swings less."""
    swings = sorted((trace.swing, trace.length) for trace in traces)
    left = sum(length for _, length in swings) * _MOST
    for swing, length in swings:
        left -= length
        if left <= 0:
            return swing
    return 0.0


Grid: TypeAlias = tuple[list[Lattice], tuple[tuple[Decimal, ...], ...], int]


def grid_of(reliefs: Reliefs, grey: Pixels) -> Grid:
    """The tables of a flat page, how sure the walls of each cell are, and the thickness of the rules.

    Args:
        reliefs: of its level and its upright strokes, at work scale.
        grey: the page itself.
    """
    relief, side_relief = reliefs
    fine = grey.shape[1] / relief.depth.shape[1]
    level = Direction(Sight(grey, fine, relief.broken), pieces_of(relief.mask(_LEVEL)), _LEAST_LEVEL)
    side = Sight(on_its_side(grey), fine, relief.broken)
    upright = Direction(side, pieces_of(side_relief.mask(_UPRIGHT)), _LEAST_UPRIGHT)
    rows, columns = rules_of(level, upright)
    horizontal, vertical = walls_of(rows, columns, level.sight), walls_of(columns, rows, upright.sight)
    lattices = find_tables(_rules(rows, horizontal), _rules(columns, vertical))
    sure = [[100 if cell.sure else _GUESSED for cell in lattice.cells] for lattice in lattices]
    for lattice, percents in zip(lattices, sure, strict=True):
        _weigh(lattice, percents, [(wall, rows[wall.line].at, (0, _ASIDE)) for wall in horizontal])
        _weigh(lattice, percents, [(wall, columns[wall.line].at, (_ASIDE, 0)) for wall in vertical])
    standing = [
        lines[wall.line].thick
        for lines, walls in ((rows, horizontal), (columns, vertical))
        for wall in walls
        if wall.stands
    ]
    thickness = max([_USUAL_THICKNESS, *map(_hundredths, standing)])
    return lattices, tuple(tuple(Decimal(percent).scaleb(-2) for percent in percents) for percents in sure), thickness


def _weigh(lattice: Lattice, percents: list[int], walls: Sequence[tuple[Wall, float, tuple[int, int]]]) -> None:
    """Let each wall lower the cells at both its sides to what it is sure of itself."""
    for wall, at, (right, down) in walls:
        if wall.sure == 100:
            continue
        along, across = _hundredths((wall.low + wall.high) / 2), _hundredths(at)
        x, y = (along, across) if down else (across, along)
        for owner in {lattice.cell_at(x - right, y - down), lattice.cell_at(x + right, y + down)} - {-1}:
            percents[owner] = min(percents[owner], wall.sure)


def _hundredths(pixels: float) -> int:
    return round(pixels * 100 / _WORK)


def _rules(lines: Sequence[Line], walls: Sequence[Wall]) -> list[Rule]:
    """What stands as rules in hundredths of a point: the walls, and what runs on beyond the last crossing."""
    rules = []
    for number, line in enumerate(lines):
        mine = [wall for wall in walls if wall.line == number]
        spans = [(wall.low, wall.high) for wall in mine if wall.stands]
        if mine:
            first, last = min(wall.low for wall in mine), max(wall.high for wall in mine)
            spans += [(piece.low, first) for piece in line.pieces if piece.low < first - _OPEN and piece.high > first]
            spans += [(last, piece.high) for piece in line.pieces if piece.high > last + _OPEN and piece.low < last]
        rules += [(_hundredths(low + 0.5), _hundredths(high + 0.5), _hundredths(line.at + 0.5)) for low, high in spans]
    return rules


@dataclass(frozen=True, slots=True)
class Back:
    """From boxes of the flat page to boxes of the picture as displayed.

    Attributes:
        stage: the way back in pixels at work scale, where the page was redrawn.
        quarters: by how many quarter turns the picture was turned clockwise.
        size: of the picture as displayed, in hundredths of a point.
    """

    stage: Stage | None
    quarters: int
    size: tuple[int, int]

    def __call__(self, box: Box) -> Box:
        """The outline of a box's corners."""
        if self.stage is not None:
            left, top, right, bottom = (edge * _WORK / 100 for edge in box)
            x, y = self.stage(np.array([left, right, left, right]), np.array([top, top, bottom, bottom]))
            box = _hundredths(x.min()), _hundredths(y.min()), _hundredths(x.max()), _hundredths(y.max())
        return turned_back(box, self.quarters, self.size)
