"""What a change of rules does to a corpus: totals, grades, units, departments, places; each part folded, then joined.

Counts and sums are kept for each part, never the forms, so that memory does not grow with the corpus. Means are exact
and rounded once. The result is the one of `jixiao.review.whatif.shift_of`; of the forms it names only the first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.parts import Read
from jixiao.corpus.schema import FORMS
from jixiao.corpus.trying.run import Result
from jixiao.review.rounding import half_up
from jixiao.review.whatif import BIN, Direction, Move, Outcome, Shift, Tally, UnitShift, bar_of

SIDES: Final = ("before", "after")
GROUPS: Final = ("unit", "department", "place")
_DIRECTIONS: Final[tuple[Direction, ...]] = ("down", "up", "same", "undecided")
NAMES: Final = ["file", "number", "unit", "department", "project", "total_score", "total_score_places", "grade"]
Line = Mapping[str, Any]


class Folded(Struct, frozen=True):
    """What is kept of some forms: counts, sums, and the forms that move most.

    Attributes:
        counts: forms by grade before, grade after and direction.
        bins: forms by side and bar of the distribution.
        sums: of each side: forms with a total, and the sum of totals in hundredths.
        groups: kind of group ("unit") → its counts and sums by name.
        moves: the first forms in the order of a report, with all that a report says of them.
        exact: the forms with a total that is no whole number of hundredths; they are in none of the above.
    """

    counts: pl.DataFrame
    bins: pl.DataFrame
    sums: pl.DataFrame
    groups: Mapping[str, pl.DataFrame]
    moves: pl.DataFrame
    exact: tuple[Line, ...]


class Grouping(Struct, frozen=True):
    """The forms of a part by unit, department and place.

    Attributes:
        ids: of each form, the row of `names`.
        names: the different ones.
    """

    READS: ClassVar[Sequence[str]] = ("unit", "department", "rulebook")
    ids: pl.Series
    names: pl.DataFrame

    @classmethod
    def of(cls, forms: pl.DataFrame) -> "Grouping":
        """The groups of forms.

        Args:
            forms: their columns `READS`.
        """
        unit = pl.when(pl.col("unit") != "").then("unit").otherwise("department").fill_null("")
        told = forms.select(unit.alias("unit"), pl.col("department").fill_null(""), pl.col("rulebook").alias("place"))
        names = told.unique(maintain_order=True)
        ids = told.join(names.with_row_index("group"), on=GROUPS, how="left", nulls_equal=True, maintain_order="left")
        return cls(ids["group"], names)


class Part(Struct, frozen=True):
    """What a fold asks of a part beside the result.

    Attributes:
        grouping: how its forms are grouped.
        named: gives what a report says of the forms at some places.
    """

    grouping: Grouping
    named: Callable[[pl.Series], pl.DataFrame]


def part_of(read: Read) -> Part:
    """The same of a part that is read."""
    grouping = Grouping.of(read(FORMS.name, Grouping.READS))
    return Part(grouping, lambda at: read(FORMS.name, NAMES)[at])


def fold(result: Result, part: Part, most: int) -> Folded:
    """What is kept of the forms of one part.

    Args:
        result: the part's result.
        part: names of its forms, in the same order.
        most: how many forms are named.
    """
    told = result.forms.with_columns(part.grouping.ids.alias("group")).with_row_index("at")
    exact: tuple[Line, ...] = ()
    if result.exact:
        apart = pl.col("form").is_in(list(result.exact))
        exact = tuple(_exact(told.filter(apart), result, part))
        told = told.filter(~apart)
    told = told.with_columns(
        (pl.col("after_score") - pl.col("before_score")).alias("difference"),
        (pl.col("before_grade").fill_null("") != pl.col("after_grade").fill_null("")).alias("regraded"),
    ).with_columns(_rank().alias("rank"))
    together = _grouped(told, part.grouping)
    return Folded(
        counts=told.group_by("before_grade", "after_grade", "rank").len("forms"),
        bins=pl.concat([_bins(told, side) for side in SIDES]),
        sums=pl.concat([_sums(told, side) for side in SIDES]),
        groups={name: together.group_by(name).agg(pl.exclude(GROUPS).sum()) for name in GROUPS},
        moves=_named(told, part, most),
        exact=exact,
    )


def _exact(told: pl.DataFrame, result: Result, part: Part) -> Iterator[Line]:
    names, groups = part.named(told["at"]), part.grouping.names[told["group"]]
    for line, named, group in zip(*(frame.iter_rows(named=True) for frame in (told, names, groups)), strict=True):
        yield line | {f"group.{name}": group[name] for name in GROUPS} | named | dict(result.exact[line["form"]])


def _rank() -> pl.Expr:
    """The place of a form's direction in `_DIRECTIONS`."""
    gained = pl.col("difference")
    ranks = pl.when(gained < 0).then(0).when(gained > 0).then(1).when(gained == 0).then(2).otherwise(3)
    return ranks.cast(pl.Int8)


def _bins(told: pl.DataFrame, side: str) -> pl.DataFrame:
    bar = (pl.col(f"{side}_score") // (BIN * 100)).clip(0, 100 // BIN - 1)
    bars = told.select(bar.alias("bin")).drop_nulls()
    return bars.group_by("bin").len("forms").select(pl.lit(side).alias("side"), "bin", "forms")


def _sums(told: pl.DataFrame, side: str) -> pl.DataFrame:
    score = told[f"{side}_score"]
    decided = len(score) - score.null_count()
    return pl.DataFrame({"side": [side], "decided": [decided], "sum": [int(score.sum())]}, schema=_SUMS)


_FAR: Final = 10**15
"""More hundredths than any two totals of a column differ by; those that differ by more stand in `exact`."""
_SUMS: Final = {"side": pl.String(), "decided": pl.Int64(), "sum": pl.Int64()}


def _grouped(told: pl.DataFrame, grouping: Grouping) -> pl.DataFrame:
    """Counts and sums of those who share unit, department and place."""
    compared = pl.col("difference").is_not_null()
    found = told.group_by("group").agg(
        pl.len().cast(pl.Int64).alias("forms"),
        compared.sum().cast(pl.Int64).alias("compared"),
        (pl.col("difference") > 0).sum().cast(pl.Int64).alias("up"),
        (pl.col("difference") < 0).sum().cast(pl.Int64).alias("down"),
        (compared & pl.col("regraded")).sum().cast(pl.Int64).alias("regraded"),
        pl.col("before_score").filter(compared).sum().alias("before"),
        pl.col("after_score").filter(compared).sum().alias("after"),
    )
    return pl.concat([grouping.names[found["group"]], found.drop("group")], how="horizontal")


def _named(told: pl.DataFrame, part: Part, most: int) -> pl.DataFrame:
    """The first forms that move, with their names."""
    moved = told.filter((pl.col("rank") != _DIRECTIONS.index("same")) | pl.col("regraded"))
    gained = pl.col("difference").abs().fill_null(0)
    order = moved.select((pl.col("rank").cast(pl.Int64) * _FAR - gained).alias("order")).to_series()
    first = moved.with_columns(order).bottom_k(most, by=["order", "form"]).sort("order", "form").drop("order")
    names = part.named(first["at"]) if len(first) else pl.DataFrame()
    return pl.concat([first.drop("at", "group"), names], how="horizontal")


class _Sums:
    """Counts and sums of all parts."""

    def __init__(self) -> None:
        self.directions: Counter[Direction] = Counter()
        self.transitions: Counter[tuple[str, str]] = Counter()
        self.bins: Counter[tuple[str, int]] = Counter()
        self.decided: Counter[str] = Counter()
        self.totals: dict[str, Fraction | int] = dict.fromkeys(SIDES, 0)
        self.groups: dict[str, dict[str, list[Fraction | int]]] = {name: {} for name in GROUPS}
        self.moves: list[tuple[tuple[object, ...], Move]] = []

    def add(self, part: Folded) -> None:
        for old, new, rank, forms in part.counts.iter_rows():
            self._count(old, new, _DIRECTIONS[rank], forms)
        for side, bar, forms in part.bins.iter_rows():
            self.bins[side, bar] += forms
        for side, decided, total in part.sums.iter_rows():
            self.decided[side] += decided
            self.totals[side] += total
        for name, groups in part.groups.items():
            for group, *numbers in groups.iter_rows():
                self._group(name, group, numbers)
        for line in part.moves.iter_rows(named=True):
            self._move(line)
        for alone in part.exact:
            self._exact(alone)

    def _count(self, old: str | None, new: str | None, direction: Direction, forms: int) -> None:
        self.transitions[old or "", new or ""] += forms
        self.directions[direction] += forms

    def _group(self, name: str, group: str, numbers: list[Fraction | int]) -> None:
        known = self.groups[name].setdefault(group, [0] * len(numbers))
        for at, number in enumerate(numbers):
            known[at] += number

    def _move(self, line: Line) -> Move:
        move = _move(line)
        if move.direction != "same" or move.regraded:
            gained = -abs(move.difference or Decimal(0))
            self.moves.append(((_DIRECTIONS.index(move.direction), gained, line["form"]), move))
        return move

    def _exact(self, line: Line) -> None:
        """A form with totals that no column holds: its numbers are added one by one."""
        move = self._move(line)
        self._count(move.before.grade, move.after.grade, move.direction, 1)
        scores = [None if one.score is None else Fraction(one.score) for one in (move.before, move.after)]
        for side, score in zip(SIDES, scores, strict=True):
            if score is not None:
                self.decided[side] += 1
                self.totals[side] += 100 * score
                self.bins[side, bar_of(score)] += 1
        told = [move.direction == way for way in ("up", "down")]
        both = [score is not None for score in scores]
        sums = [100 * score if all(both) and score is not None else 0 for score in scores]
        numbers = [1, all(both), *told, all(both) and move.regraded, *sums]
        for name in GROUPS:
            self._group(name, line[f"group.{name}"], [number + 0 for number in numbers])

    def tally(self, side: str) -> Tally:
        grades: Counter[str] = Counter()
        for pair, forms in self.transitions.items():
            grades[pair[SIDES.index(side)]] += forms
        return Tally(
            decided=self.decided[side],
            mean=_mean(self.totals[side], self.decided[side]),
            grades=dict(sorted(grades.items())),
            bins=tuple(self.bins[side, bar] for bar in range(100 // BIN)),
        )

    def shifts(self, name: str) -> tuple[UnitShift, ...]:
        shifts = (_shift(group, numbers) for group, numbers in self.groups[name].items())
        return tuple(sorted(shifts, key=_by_loss))


def whole_shift(parts: Iterable[Folded], most: int, asked: Mapping[str, tuple[int, int]] | None = None) -> Shift:
    """The whole change from what is kept of every part.

    Args:
        parts: every part's.
        most: how many forms are named.
        asked: check code → questions before and after, where they were counted.
    """
    sums = _Sums()
    for part in parts:
        sums.add(part)
    return Shift(
        moves=tuple(move for _, move in sorted(sums.moves, key=_first)[:most]),
        before=sums.tally("before"),
        after=sums.tally("after"),
        transitions=dict(sorted(sums.transitions.items())),
        units=sums.shifts("unit"),
        asked=asked,
        directions=dict(sorted(sums.directions.items())),
        departments=sums.shifts("department"),
        places=sums.shifts("place"),
        named=most,
    )


def _first(pair: tuple[tuple[Any, ...], Move]) -> tuple[Any, ...]:
    return pair[0]


def _mean(total: Fraction | int, count: int) -> Decimal | None:
    return half_up(Fraction(total, 100 * count)) if count else None


def _shift(name: str, numbers: Sequence[Fraction | int]) -> UnitShift:
    forms, compared, up, down, regraded = map(int, numbers[:5])
    before, after = numbers[5:]
    return UnitShift(
        unit=name, forms=forms, compared=compared, up=up, down=down, regraded=regraded,
        before=_mean(before, compared), after=_mean(after, compared), difference=_mean(after - before, compared),
    )  # fmt: skip


def _by_loss(unit: UnitShift) -> tuple[bool, Decimal, str]:
    return unit.difference is None, unit.difference or Decimal(0), unit.unit


def _move(line: Line) -> Move:
    outcomes = [
        Outcome(line[f"{side}_rulebook"], _points(line[f"{side}_score"]), _points(line.get(f"{side}_low")),
                line[f"{side}_grade"] or None, {})
        for side in SIDES
    ]  # fmt: skip
    return Move(
        file=line["file"] or "", number=line["number"],
        unit=line["unit"] or line["department"] or "", project=line["project"] or "",
        claimed_score=_points(line["total_score"], line["total_score_places"]), claimed_grade=line["grade"] or None,
        before=outcomes[0], after=outcomes[1],
    )  # fmt: skip


def _points(cell: int | Decimal | None, places: int | None = 2) -> Decimal | None:
    """Points from hundredths, with as many decimals as were printed."""
    if not isinstance(cell, int):
        return cell
    made = Decimal(cell).scaleb(-2)
    return made.quantize(Decimal(1).scaleb(-places)) if places is not None and places < 2 else made


def rows_of(result: Result, read: Read) -> Iterator[Move]:
    """Every form of a part, in order: for a table of all."""
    lines = pl.concat([result.forms, read(FORMS.name, NAMES)], how="horizontal")
    return (_move(line | dict(result.exact.get(line["form"], {}))) for line in lines.iter_rows(named=True))
