"""From strokes to walls: what the finder saw is looked at again on the grey page.

A long stroke is a rule. A short one is a wall only if it runs without a gap from one rule to another: the stroke of a
letter ends a little before them. In the same way each stretch of a rule between two crossings is looked at: so a rule
that was seen in parts is made whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jixiao.reading.scan.picture import Pixels
from jixiao.reading.scan.strokes import BRIDGED, Piece

_ONE = 2.6
"""Pixels: strokes nearer than this to the longest of them are one rule."""
_TOUCH = 6.0
_END = 5.0
_MARGIN = 2.0
_SHORT = 10.0
_ACROSS = 3.0
_EDGE = 0.15
_LETTERS = 60.0
_HALF = 0.5
_BESIDE = 4.0
_PURE, _UNTOUCHED, _BARE = 0.5, 0.55, 0.7
_DOUBT = 0.4
_CERTAIN = 3
_CLEAR, _DARK, _WHOLE = 0.92, 0.85, 0.6
_PARTLY = 0.48
_FAINT, _SOLID, _FREE, _MOSTLY = 0.5, 0.99, 0.9, 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A grey page seen along its level rules.

    Attributes:
        grey: paper near 255.
        fine: its pixels to one pixel of the strokes'.
        broken: whether its rules have gaps: those that no letter is wide enough for are looked over.
    """

    grey: Pixels
    fine: float
    broken: bool = False
    _levels: dict[int, Pixels] = field(default_factory=dict)
    _darkness: dict[tuple[int, int], NDArray[np.bool_]] = field(default_factory=dict)

    def dark(self, at: float, low: float, high: float, usual: float) -> float:
        """The share of a stretch that is nearer to ink than to paper.

        Args:
            at: where the rule lies.
            low: where the stretch begins.
            high: where it ends.
            usual: grey level of the rule's ink.
        """
        first, limit = self._first(at), _limit(usual)
        whole = self._darkness.get((first, limit))
        if whole is None:
            whole = _bridged(self._level(first) < limit, self._gap)
            self._darkness[first, limit] = whole
        return _mean(whole[self._stretch(low, high)])

    def clean(self, at: float, low: float, high: float, usual: float) -> float:
        """The share of a stretch that is dark with paper at both sides: letters that lie on it are not."""
        limit, stretch = _limit(usual), self._stretch(low, high)
        levels = [self._level(self._first(at + off))[stretch] >= limit for off in (-_BESIDE, 0, _BESIDE)]
        return _mean(levels[0] & ~levels[1] & levels[2])

    def ink(self, at: float, low: float, high: float) -> float:
        """The usual grey level of a stretch."""
        part = self._level(self._first(at))[self._stretch(low, high)]
        return float(np.partition(part, part.size // 2)[part.size // 2]) if part.size else 255.0

    @property
    def strict(self) -> "Sight":
        """The same page, gaps not looked over."""
        return replace(self, broken=False, _darkness={}) if self.broken else self

    @property
    def _gap(self) -> int:
        return round(BRIDGED * self.fine) if self.broken else 0

    def _first(self, at: float) -> int:
        return max(int((at - 0.5) * self.fine), 0)

    def _level(self, first: int) -> Pixels:
        """The darkest level across a rule, at each pixel along it."""
        level = self._levels.get(first)
        if level is None:
            part = self.grey[first : first + int(np.ceil(2 * self.fine)) + 1]
            level = part.min(axis=0) if part.size else np.full(self.grey.shape[1], 255, np.uint8)
            self._levels[first] = level
        return level

    def _stretch(self, low: float, high: float) -> slice:
        start = max(round(low * self.fine), 0)
        return slice(start, max(round(high * self.fine), start + 1))

    def exact(self, piece: Piece) -> tuple[float, float]:
        """Where a stroke lies to a fraction of a pixel, and how thick it is; letters that touch it do not count."""
        first = max(int((piece.at - _ACROSS) * self.fine), 0)
        last = int((piece.at + _ACROSS + 1) * self.fine) + 1
        part = self.grey[first:last, round(piece.low * self.fine) : round(piece.high * self.fine) : 3]
        if not part.size:
            return piece.at, 0.0
        ink = 255.0 - np.median(part, axis=1)
        ink = np.maximum(ink - ink.max() * _EDGE, 0.0)
        if not ink.any():
            return piece.at, 0.0
        middle = float((ink @ (np.arange(len(ink)) + 0.5)) / ink.sum() + first) / self.fine - 0.5
        return middle, float(ink.sum() / ink.max()) / self.fine


def _limit(usual: float) -> int:
    return round(usual + _HALF * (255 - usual))


def _mean(part: NDArray[np.bool_]) -> float:
    return int(np.count_nonzero(part)) / part.size if part.size else 0.0


def _bridged(dark: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """A row of pixels with the gaps between dark ones filled, up to some width."""
    places = np.flatnonzero(dark)
    for here in np.flatnonzero((np.diff(places) > 1) & (np.diff(places) <= gap + 1)) if gap else ():
        dark[places[here] : places[here + 1]] = True
    return dark


@dataclass(slots=True)
class Line:
    """All strokes at one position: where it lies, its strokes, the grey level of its ink, and its thickness."""

    at: float
    pieces: list[Piece]
    usual: float = 0.0
    thick: float = 0.0

    def reaches(self, at: float) -> bool:
        """Whether one of its strokes passes there."""
        return any(piece.low - _TOUCH <= at <= piece.high + _TOUCH for piece in self.pieces)

    def runs_through(self, low: float, high: float) -> bool:
        """Whether one of its strokes runs from end to end of a stretch."""
        return any(piece.low <= low + _ONE and piece.high >= high - _ONE for piece in self.pieces)

    def runs_on(self, low: float, high: float) -> bool:
        """Whether one of its strokes runs on over both ends of a stretch, or is no longer than it."""
        return any(
            (piece.low < low - _END and piece.high > high + _END)
            or (abs(piece.low - low) <= _END and abs(piece.high - high) <= _END)
            for piece in self.pieces
        )

    def covers(self, low: float, high: float) -> float:
        """The share of a stretch over which its strokes run."""
        covered = sum(max(min(piece.high, high) - max(piece.low, low), 0) for piece in self.pieces)
        return min(covered / max(high - low, 1.0), 1.0)


@dataclass(frozen=True, slots=True)
class Wall:
    """A stretch between two neighbouring crossings of a line.

    Attributes:
        line: number of the line, from the top or left.
        low, high: where it begins and ends, in pixels.
        share: how much of it is dark.
        stands: whether it is taken for a wall.
    """

    line: int
    low: float
    high: float
    share: float
    stands: bool

    @property
    def sure(self) -> int:
        """How sure it is that the wall stands or does not, in percent: least where it is dark in part."""
        if self.stands:
            return 100 if self.share >= _CLEAR else max(round(self.share * 100), 50)
        return 100 if self.share < _MOSTLY else 95 if self.share < _CLEAR else 80


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """All strokes of one direction: the page seen along them, the strokes, and from which length on one is a rule."""

    sight: Sight
    pieces: Sequence[Piece]
    long: int


def rules_of(level: Direction, upright: Direction) -> tuple[list[Line], list[Line]]:
    """The rules of both directions: long strokes, and short ones that run from rule to rule."""
    rows, columns = _long_ones(level), _long_ones(upright)
    for _ in range(2):
        columns += _walls_between(upright, columns, rows)
        rows += _walls_between(level, rows, columns)
    return _lines(rows, level.sight), _lines(columns, upright.sight)


def _long_ones(direction: Direction) -> list[Piece]:
    """The strokes too long for a letter; those that some letters in a row could make must be dark all along."""
    return [
        piece
        for piece in direction.pieces
        if piece.length >= direction.long
        and _is_pure(direction.sight, piece)
        and (piece.length >= _CERTAIN * direction.long or _is_dark(direction.sight, piece))
    ]


def _is_pure(sight: Sight, piece: Piece) -> bool:
    """Whether a stroke with gaps is no row of letters: there is paper at both sides of most of it."""
    usual = sight.ink(piece.at, piece.low, piece.high)
    return not sight.broken or sight.clean(piece.at, piece.low, piece.high, usual) >= _PURE


def _is_dark(sight: Sight, piece: Piece) -> bool:
    low, high = piece.low + _TOUCH, piece.high - _TOUCH
    usual = sight.ink(piece.at, low, high)
    if sight.broken:
        least = (_DARK, _BARE) if high - low <= _LETTERS else (_MOSTLY, _PURE)
        shares = sight.strict.dark(piece.at, low, high, usual), sight.clean(piece.at, low, high, usual)
        return all(share >= bound for share, bound in zip(shares, least, strict=True))
    share = sight.dark(piece.at, low, high, usual)
    return share >= _SOLID or (share >= _CLEAR and _one_side_is_free(sight, piece.at, (low, high), usual))


def _one_side_is_free(
    sight: Sight, at: float, stretch: tuple[float, float], usual: float, *, least: float = _FREE
) -> bool:
    """Whether there is paper along one side of a stretch no longer than letters make: beside theirs are others."""
    low, high = stretch[0] + _MARGIN, stretch[1] - _MARGIN
    if high - low > _LETTERS:
        return True
    sides = [[1.0 - sight.dark(at + off, low, high, usual) for off in offs] for offs in ((-4, -3), (3, 4))]
    return max(map(max, sides)) >= least


def _walls_between(direction: Direction, known: list[Piece], across: list[Piece]) -> list[Piece]:
    """The parts of strokes not known yet that run from one rule to the next without a gap."""
    found: list[Piece] = []
    seen, sight = set(known), direction.sight
    inks = [sight.ink(piece.at, piece.low, piece.high) for piece in known]
    faintest = 255 - _FAINT * (255 - float(np.median(inks))) if inks else 255.0
    for piece in direction.pieces:
        if piece in seen:
            continue
        for low, high in pairwise(_crossings(piece, across)):
            usual, stretch = min(sight.ink(piece.at, low, high), faintest), (low, high)
            near = high - low <= _LETTERS
            if _unbroken(sight.strict if near else sight, piece.at, stretch, usual) and _one_side_is_free(
                sight, piece.at, stretch, usual
            ):
                found.append(Piece(round(low), round(high), piece.at))
    return [piece for piece in found if piece not in seen]


def _crossings(piece: Piece, across: list[Piece]) -> list[float]:
    """Where rules cross a stroke or its ends, ascending."""
    low, high, at = piece.low - _TOUCH, piece.high + _TOUCH, piece.at
    ordered = sorted(one.at for one in across if low <= one.at <= high and one.low - _TOUCH <= at <= one.high + _TOUCH)
    return [here for before, here in pairwise([-_SHORT, *ordered]) if here - before > _ONE]


def _unbroken(sight: Sight, at: float, stretch: tuple[float, float], usual: float) -> bool:
    """Whether a stretch is dark from end to end, and as far as the rules at its ends."""
    low, high = stretch
    if high - low < _SHORT:
        return False
    if sight.broken and sight.clean(at, low + _MARGIN, high - _MARGIN, usual) < _PURE:
        return False
    return (
        sight.dark(at, low + _MARGIN, high - _MARGIN, usual) >= _CLEAR
        and sight.dark(at, low + 1, low + _END, usual) >= _CLEAR
        and sight.dark(at, high - _END, high - 1, usual) >= _CLEAR
    )


def _lines(pieces: Sequence[Piece], sight: Sight) -> list[Line]:
    """Strokes gathered into lines about the longest of them."""
    lines: list[Line] = []
    for piece in sorted(set(pieces), key=lambda piece: -piece.length):
        line = min(lines, key=lambda line: abs(line.at - piece.at), default=None)
        if line is None or abs(line.at - piece.at) > _ONE:
            at, thick = sight.exact(piece)
            line = Line(at, [], sight.ink(piece.at, piece.low, piece.high), thick)
            lines.append(line)
        line.pieces.append(piece)
    return sorted(lines, key=lambda line: line.at)


def walls_of(lines: Sequence[Line], across: Sequence[Line], sight: Sight) -> list[Wall]:
    """Every stretch of every line between crossings with the lines across, with its evidence."""
    walls = []
    for number, line in enumerate(lines):
        crossings = sorted(other.at for other in across if other.reaches(line.at))
        walls += [_wall(number, line, stretch, sight) for stretch in pairwise(crossings)]
    return walls


def _wall(number: int, line: Line, stretch: tuple[float, float], sight: Sight) -> Wall:
    low, high = stretch
    if high - low < _SHORT:
        return Wall(number, low, high, 1.0, stands=line.covers(low, high) > 0)
    if sight.broken:
        return _broken_wall(number, line, stretch, sight)
    share = sight.dark(line.at, low + _MARGIN, high - _MARGIN, line.usual)
    if line.runs_through(low, high):
        stands = share >= _WHOLE and (
            line.runs_on(low, high) or _one_side_is_free(sight, line.at, stretch, line.usual, least=_MOSTLY)
        )
        return Wall(number, low, high, share, stands=stands)
    stands = share >= _DARK and line.covers(low, high) >= _PARTLY and _reaches_ends(sight, line, low, high)
    return Wall(number, low, high, share, stands=stands or _unbroken(sight, line.at, (low, high), line.usual))


def _broken_wall(number: int, line: Line, stretch: tuple[float, float], sight: Sight) -> Wall:
    """A stretch on a page whose rules have gaps: paper at both sides of its ink tells it from letters on its way."""
    low, high = stretch
    clean = sight.clean(line.at, low + _MARGIN, high - _MARGIN, line.usual)
    dark = sight.strict.dark(line.at, low + _MARGIN, high - _MARGIN, line.usual)
    covers = line.covers(low, high)
    seen = dark >= _DARK and covers >= _PARTLY
    stands = seen or clean >= (_PARTLY if covers >= _FREE else _UNTOUCHED)
    if clean >= _BARE and covers >= _FREE:
        return Wall(number, low, high, 1.0, stands=True)
    if stands:
        return Wall(number, low, high, dark if seen else clean, stands=True)
    return Wall(number, low, high, min(clean + _DOUBT, 1.0), stands=False)


def _reaches_ends(sight: Sight, line: Line, low: float, high: float) -> bool:
    return (
        min(
            sight.dark(line.at, low + 1, low + _END, line.usual),
            sight.dark(line.at, high - _END, high - 1, line.usual),
        )
        >= _DARK
    )
