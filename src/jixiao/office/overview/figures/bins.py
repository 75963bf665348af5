"""Where a value falls: named bins of scores, rates and changes, from one end to the other without gap or overlap."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from msgspec import Struct

from jixiao.office.overview.figures.exact import exact
from jixiao.scoring.sheet import Text

Value = Decimal | Fraction


class Bin(Struct, frozen=True):
    """A bin; it ends where the next one begins.

    Attributes:
        name: as it stands in addresses.
        label: as it stands on the axis.
        start: its lower end in halves of `place_of`; `None` for none.
    """

    name: str
    label: Text
    start: int | None


class Bins:
    """Bins in order, from the lowest value to the highest."""

    def __init__(self, *bins: Bin) -> None:
        """Take the bins; the first has no lower end."""
        self.all = bins
        self.names = tuple(one.name for one in bins)
        self._starts = [one.start for one in bins if one.start is not None]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.all)

    def at(self, value: Value) -> int:
        """Which bin a value falls into, from 0."""
        return bisect_right(self._starts, place_of(value))

    def name_of(self, value: Value | None) -> str:
        """The name of the bin a value falls into; "" of nothing."""
        return "" if value is None else self.names[self.at(value)]

    def name_at(self, place: int | None) -> str:
        """The name of the bin that a place, as `place_of` gives it, falls into; "" of nothing."""
        return "" if place is None else self.names[bisect_right(self._starts, place)]

    def counted(self, places: Iterable[int]) -> list[int]:
        """How many places, as `place_of` gives them, fall into each bin."""
        counts = [0] * len(self)
        for place in places:
            counts[bisect_right(self._starts, place)] += 1
        return counts


def place_of(value: Value) -> int:
    """The whole number below a value, twice, and one more where the value is not whole: exact, and quick to compare."""
    over, under = value.as_integer_ratio()
    return 2 * (over // under) + bool(over % under)


def place_of_rate(over: Decimal | None, under: Decimal | None) -> int | None:
    """The place of a part in per cent; `None` where one is missing, or of nothing."""
    if over is None or not under:
        return None
    if over < 0 or under < 0:
        return place_of(100 * Fraction(over) / Fraction(under))
    with exact():
        whole, rest = divmod(100 * over, under)
    return 2 * int(whole) + bool(rest)


def place_of_change(after: Decimal | None, before: Decimal | None) -> int | None:
    """The place of what was added (above 0) or cut, in per cent of what was before; `None` as for a rate."""
    place = place_of_rate(after, before)
    return None if place is None else place - _from(100)


def _from(value: int) -> int:
    return 2 * value


def _above(value: int) -> int:
    return 2 * value + 1


def _same(text: str) -> Text:
    return Text(text, text)


def _spans(edges: Sequence[int]) -> list[Bin]:
    return [Bin(f"{a}-{b}", _same(f"{a}–{b}"), _from(a)) for a, b in pairwise(edges)]


SCORES: Final = Bins(
    Bin("under-60", Text("60以下", "<60"), None),
    *_spans((60, 65, 70, 75, 80, 85, 90, 95, 100)),
    Bin("100", _same("100"), _from(100)),
    Bin("over-100", Text(">100", ">100"), _above(100)),
)
"""Bins of a total score in points; full marks stand alone, because so many forms claim them."""

RATES: Final = Bins(
    Bin("under-50", Text("50以下", "<50"), None),
    *_spans((50, 60, 70, 80, 90, 100)),
    Bin("100", _same("100"), _from(100)),
    Bin("over-100", Text(">100", ">100"), _above(100)),
)
"""Bins of an execution rate in per cent."""

CHANGES: Final = Bins(
    Bin("cut-50", Text("减50以上", "below −50"), None),
    Bin("cut-20", Text("减20–50", "−50 to −20"), _from(-50)),
    Bin("cut-5", Text("减5–20", "−20 to −5"), _from(-20)),
    Bin("cut-0", Text("减5以内", "−5 to 0"), _from(-5)),
    Bin("same", Text("不变", "unchanged"), _from(0)),
    Bin("more-20", Text("增20以内", "up to +20"), _above(0)),
    Bin("more", Text("增20以上", "+20 or more"), _from(20)),
)
"""Bins of what part of the initial budget was cut or added, in per cent."""
