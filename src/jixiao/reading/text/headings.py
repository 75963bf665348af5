"""First and second level headings 一级、二级指标 that float in the text: found by their vocabulary, whole or in pieces.

A heading's cell spans several rows and is narrow, so extractors print it in pieces, before, amid or behind its rows.
Two headings may alternate piece by piece. The pieces are put together by the cheapest reading of all candidates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from jixiao.form import LEVEL1, LEVEL2, fold, split_points
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.text.tokens import Gap, Token

TOPS: Final = (
    "决策指标", "过程指标", "管理指标", "投入指标", "项目决策", "项目管理", "项目过程", "项目产出", "项目效益",
    "项目效果", "管理效率", "履职效能", "预算执行指标", "决策", "过程", "管理", "产出", "效益", "效果", "投入",
)  # fmt: skip
"""First-level headings in use outside the taxonomy; every other known heading can stand on either level."""

_POINTS = re.compile(r"\(\d+(?:\.\d+)?分\)")
_REACH: Final = 40
_NOTE_PIECES: Final = 5
"""Pieces of points that a column as narrow as a letter has cut."""

_BEAM: Final = 60
_SKIP, _SKIP_WHOLE, _UNFINISHED, _FOUND = 10, 45, 30, -40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found.

    Attributes:
        name: its canonical name.
        indices: the tokens that spell it, as positions in the stream it was lifted from.
        first: how many tokens of the remaining stream precede its first piece.
        last: how many tokens of the remaining stream precede its last piece.
        points: the points printed in it (产出指标(50分)).
    """

    name: str
    indices: tuple[int, ...]
    first: int
    last: int
    points: Decimal | None


_Piece = tuple[str, tuple[int, ...]]
_NONE: Final[_Piece] = ("", ())


@dataclass(frozen=True, slots=True)
class _Open:
    """A reading of the candidates so far: cost, the unfinished heading of each track, the finished ones (linked)."""

    cost: int
    partial: tuple[_Piece, ...]
    done: "_Found | None"


@dataclass(frozen=True, slots=True)
class _Found:
    """A finished heading, behind those finished before it."""

    before: "_Found | None"
    name: str
    indices: tuple[int, ...]


@cache
def _sides() -> frozenset[str]:
    """Labels that stand at the side of all rows (绩效指标) and are no heading of any."""
    section = load_lexicon(cells=False).blocks["section"]
    return frozenset(name for name, field in section.items() if field == "indicators")


@cache
def _vocabulary(*, short: bool) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each level, and for the label at the side, the names and all their beginnings; `short`: also without 指标."""
    tracks = []
    blocks = load_lexicon(cells=False).blocks
    others = tuple(name for name in blocks["levels"] if name not in TOPS)
    for names in ((*LEVEL1, *TOPS), (*LEVEL2, *others), tuple(_sides())):
        kept = frozenset(name for name in names if short or name.endswith("指标"))
        tracks.append((kept, frozenset(name[:end] for name in kept for end in range(1, len(name) + 1))))
    return tuple(tracks)


@cache
def _pieces(*, short: bool) -> frozenset[str]:
    names = [name for kept, _ in _vocabulary(short=short) for name in kept]
    return frozenset(name[i:j] for name in names for i in range(len(name)) for j in range(i + 1, len(name) + 1))


def with_whole_points(body: Sequence[Token]) -> list[Token]:
    """The tokens, points that a narrow column has cut out of a heading (标（50 | 分）) put together again."""
    whole: list[Token] = []
    for token in body:
        whole.append(token)
        for count in range(2, _NOTE_PIECES + 1):
            last = whole[-count:]
            text = fold("".join(piece.text for piece in last))
            named, bracket, _ = text.partition("(")
            noted = bracket and len(last) == count and _POINTS.fullmatch(text[len(named) :])
            if noted and (not named or named in _pieces(short=True)):
                whole[-count:] = [replace(last[0], text="".join(piece.text for piece in last))]
                break
    return whole


def lift(body: Sequence[Token]) -> tuple[list[Token], list[Heading]]:
    """Take the headings out of the rows: what remains, and the headings in order.

    The token behind a heading takes over the widest gap, and is marked as standing after a heading. Headings without
    the word 指标 (经济效益) are looked for only where no others are printed.
    """
    for short in (False, True):
        spelt = _spell(body, short=short)
        if len(spelt) > 1 or short:
            break
    used = {index for _, indices in spelt for index in indices}
    used |= {index + 1 for index in used if index + 1 < len(body) and _POINTS.fullmatch(fold(body[index + 1].text))}
    rest, before = _without(body, used)
    headings = [
        Heading(name, indices, before[indices[0]], before[indices[-1]], _points(body, indices))
        for name, indices in spelt
        if name not in _sides()
    ]
    return rest, sorted(headings, key=lambda heading: heading.indices[0])


def _points(body: Sequence[Token], indices: tuple[int, ...]) -> Decimal | None:
    following = body[indices[-1] + 1].text if indices[-1] + 1 < len(body) else ""
    noted = following if _POINTS.fullmatch(fold(following)) else ""
    return split_points("".join(body[index].text for index in indices) + noted)[1]


def _without(body: Sequence[Token], used: set[int]) -> tuple[list[Token], list[int]]:
    rest: list[Token] = []
    before: list[int] = []
    gap = Gap.SPACE
    for index, token in enumerate(body):
        before.append(len(rest))
        if index in used:
            gap = max(gap, token.gap, Gap.LINE)
            continue
        behind = gap > Gap.SPACE
        rest.append(token.behind_heading(max(gap, token.gap)) if behind else token)
        gap = Gap.SPACE
    return rest, before


def _spell(body: Sequence[Token], *, short: bool) -> list[_Piece]:
    none = (_NONE,) * len(_vocabulary(short=short))
    readings = {tuple(name for name, _ in none): _Open(0, none, None)}
    for index, text in _candidates(body, short=short):
        step: dict[tuple[str, ...], _Open] = {}
        for reading in readings.values():
            for longer in _extend(reading, index, text, short=short):
                names = tuple(name for name, _ in longer.partial)
                if names not in step or longer.cost < step[names].cost:
                    step[names] = longer
        best = sorted(step.items(), key=lambda item: item[1].cost)[:_BEAM]
        readings = dict(best)
    last = min(readings.values(), key=lambda reading: reading.cost + _unfinished(reading))
    return _unrolled(last.done)


def _unfinished(reading: _Open) -> int:
    return sum(_UNFINISHED + 5 * len(indices) for name, indices in reading.partial if name)


def _unrolled(done: _Found | None) -> list[_Piece]:
    found: list[_Piece] = []
    while done is not None:
        found.append((done.name, done.indices))
        done = done.before
    return found[::-1]


def _candidates(body: Sequence[Token], *, short: bool) -> list[tuple[int, str]]:
    pieces = _pieces(short=short)
    whole = [name for kept, _ in _vocabulary(short=short) for name in kept]
    found: list[tuple[int, str]] = []
    for index, token in enumerate(body):
        if token.number or len(token.text) > 24:
            continue
        text = _POINTS.sub("", fold(token.text))
        leads = token.gap > Gap.SPACE or (bool(found) and found[-1][0] == index - 1) or _beside_numbers(body, index)
        if text in pieces and (leads or text in whole):
            found.append((index, text))
    return found


def _beside_numbers(body: Sequence[Token], index: int) -> bool:
    """Whether a token on the line of others stands behind a number or before a value, where no name ends."""
    return body[index - 1].number or (index + 1 < len(body) and body[index + 1].value)


def _extend(reading: _Open, index: int, text: str, *, short: bool) -> list[_Open]:
    vocabulary = _vocabulary(short=short)
    whole = any(text in names for names, _ in vocabulary)
    waiting = sum(2 for name, _ in reading.partial if name)
    longer = [_Open(reading.cost + waiting + (_SKIP_WHOLE if whole else _SKIP), reading.partial, reading.done)]
    for track, (names, prefixes) in enumerate(vocabulary):
        partial, indices = reading.partial[track]
        for old, spent, lost in ((partial, indices, 0), ("", (), _UNFINISHED + 5 * len(indices) if partial else -1)):
            name = old + text
            if lost < 0 or name not in prefixes or (spent and index - spent[-1] > _REACH):
                continue
            cost = reading.cost + lost + (index - spent[-1] - 1 if spent else 0)
            longer += _continued(reading, track, (name, (*spent, index)), cost, done=name in names)
    return longer


def _continued(reading: _Open, track: int, piece: _Piece, cost: int, *, done: bool) -> list[_Open]:
    before, after = reading.partial[:track], reading.partial[track + 1 :]
    longer = [_Open(cost, (*before, piece, *after), reading.done)]
    if done:
        longer.append(_Open(cost + _FOUND, (*before, _NONE, *after), _Found(reading.done, *piece)))
    return longer
