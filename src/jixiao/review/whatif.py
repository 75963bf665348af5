"""The rule lab 规则试算: the same forms under two sets of rules, and what moves: totals, grades, units, questions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeVar

from msgspec import Struct

from jixiao.review.rounding import mean
from jixiao.review.verdict import Review
from jixiao.scoring import ScoreSheet

Direction = Literal["up", "down", "same", "undecided"]
_Named = TypeVar("_Named", str, Direction, tuple[str, str])

BIN: Final = 5
"""Points that one bar of the distribution spans; a total of 100 stands in the last one."""


class Outcome(Struct, frozen=True):
    """What one set of rules makes of a form.

    Attributes:
        rulebook: id of the book.
        score: recomputed total; `None` where it cannot be computed.
        low: that total with qualitative lines at the low end of their band.
        grade: the grade of `score`; `None` without one.
        asked: check code → how many questions.
    """

    rulebook: str
    score: Decimal | None
    low: Decimal | None
    grade: str | None
    asked: Mapping[str, int]


class Move(Struct, frozen=True):
    """One form before and after the change of rules.

    Attributes:
        file: the file it stands in, as the caller named it.
        number: which form of that file, from 1.
        unit: 实施单位, or the department where no unit is printed.
        project: 项目名称.
        claimed_score, claimed_grade: 自评 as printed; the change of rules does not touch it.
        before: under the rules that are in force.
        after: under the changed ones.
    """

    file: str
    number: int
    unit: str
    project: str
    claimed_score: Decimal | None
    claimed_grade: str | None
    before: Outcome
    after: Outcome

    @property
    def difference(self) -> Decimal | None:
        """Points gained (above 0) or lost; `None` where one of the totals cannot be computed."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def direction(self) -> Direction:
        """Which way the total goes."""
        gained = self.difference
        if gained is None:
            return "undecided"
        return "up" if gained > 0 else "down" if gained < 0 else "same"

    @property
    def regraded(self) -> bool:
        """Whether the grade changes."""
        return self.before.grade != self.after.grade


class Tally(Struct, frozen=True):
    """Totals of several forms under one set of rules.

    Attributes:
        decided: forms whose total can be computed.
        mean: their mean, rounded once to two decimals, halves up; `None` of none.
        grades: grade → forms; "" counts those without one.
        bins: forms a bar of `BIN` points, lowest first.
    """

    decided: int
    mean: Decimal | None
    grades: Mapping[str, int]
    bins: tuple[int, ...]


class UnitShift(Struct, frozen=True):
    """What the change means for one unit; means are over the forms that both sets of rules can score."""

    unit: str
    forms: int
    compared: int
    up: int
    down: int
    regraded: int
    before: Decimal | None
    after: Decimal | None
    difference: Decimal | None


class Shift(Struct, frozen=True):
    """The whole change.

    Attributes:
        moves: every form, those that lose most first, then those that gain, those that stay, those undecided.
        before: all forms under the rules in force.
        after: all forms under the changed rules.
        transitions: (grade before, grade after) → forms; "" where there is none.
        units: by difference, losers first.
        asked: check code → questions before and after, of the checks where the two differ; `None`: not counted.
        directions: how many totals go up, down, stay or cannot be told.
        departments, places: the same as `units` by department and by the place whose rulebook is in force; of a
            corpus, else empty.
        named: how many forms `moves` may name, those that move first, where it is not every form.
    """

    moves: tuple[Move, ...]
    before: Tally
    after: Tally
    transitions: Mapping[tuple[str, str], int]
    units: tuple[UnitShift, ...]
    asked: Mapping[str, tuple[int, int]] | None
    directions: Mapping[Direction, int]
    departments: tuple[UnitShift, ...] = ()
    places: tuple[UnitShift, ...] = ()
    named: int | None = None

    @property
    def forms(self) -> int:
        """How many forms there are."""
        return sum(self.directions.values())

    @property
    def regraded(self) -> int:
        """How many forms change their grade."""
        return sum(count for (old, new), count in self.transitions.items() if old != new)


def outcome_of(sheet: ScoreSheet, review: Review) -> Outcome:
    """What is kept of a scored and questioned form."""
    asked = Counter(finding.code for finding in review.findings)
    return Outcome(sheet.rulebook, sheet.score, sheet.low, sheet.grade, dict(sorted(asked.items())))


def shift_of(moves: Iterable[Move]) -> Shift:
    """Put the moves of all forms together."""
    every = tuple(sorted(moves, key=_order))
    return Shift(
        moves=every,
        before=_tally([move.before for move in every]),
        after=_tally([move.after for move in every]),
        transitions=_counted((move.before.grade or "", move.after.grade or "") for move in every),
        units=tuple(sorted(_units(every), key=_by_loss)),
        asked=dict(_asked(every)),
        directions=_counted(move.direction for move in every),
    )


_RANK: Final[Mapping[Direction, int]] = {"down": 0, "up": 1, "same": 2, "undecided": 3}


def _order(move: Move) -> tuple[int, Decimal, str, int]:
    gained = move.difference or Decimal(0)
    return _RANK[move.direction], gained if gained < 0 else -gained, move.file, move.number


def _by_loss(unit: UnitShift) -> tuple[bool, Decimal, str]:
    return unit.difference is None, unit.difference or Decimal(0), unit.unit


def _tally(outcomes: Sequence[Outcome]) -> Tally:
    scores = [outcome.score for outcome in outcomes if outcome.score is not None]
    bins = Counter(bar_of(score) for score in scores)
    return Tally(
        decided=len(scores),
        mean=mean(scores),
        grades=_counted(outcome.grade or "" for outcome in outcomes),
        bins=tuple(bins[at] for at in range(100 // BIN)),
    )


def bar_of(score: Decimal | Fraction) -> int:
    """The bar of the distribution that a total stands in, counted from the lowest."""
    return min(max(int(score // BIN), 0), 100 // BIN - 1)


def _counted(things: Iterable[_Named]) -> dict[_Named, int]:
    return dict(sorted(Counter(things).items()))


def _units(moves: Sequence[Move]) -> Iterator[UnitShift]:
    by_unit: dict[str, list[Move]] = {}
    for move in moves:
        by_unit.setdefault(move.unit, []).append(move)
    return (_unit(unit, mine) for unit, mine in by_unit.items())


def _unit(unit: str, moves: Sequence[Move]) -> UnitShift:
    compared = [move for move in moves if move.difference is not None]
    before = mean([move.before.score for move in compared if move.before.score is not None])
    after = mean([move.after.score for move in compared if move.after.score is not None])
    return UnitShift(
        unit=unit,
        forms=len(moves),
        compared=len(compared),
        up=sum(move.direction == "up" for move in compared),
        down=sum(move.direction == "down" for move in compared),
        regraded=sum(move.regraded for move in compared),
        before=before,
        after=after,
        difference=mean([move.difference for move in compared if move.difference is not None]),
    )


def _asked(moves: Sequence[Move]) -> Iterator[tuple[str, tuple[int, int]]]:
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for move in moves:
        before.update(move.before.asked)
        after.update(move.after.asked)
    for code in sorted(before.keys() | after.keys()):
        if before[code] != after[code]:
            yield code, (before[code], after[code])
