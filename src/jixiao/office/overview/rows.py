"""A filing as the overview counts it: one narrow row, whatever a page asks of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from jixiao.office.doors.states import WORDS
from jixiao.office.doors.table import DRAFT
from jixiao.scoring.sheet import Text

STAGES: Final[Mapping[str, Text]] = {
    "open": Text("未开始", "not begun"),
    DRAFT: WORDS[DRAFT],
    "returned": Text("已退回", "returned"),
    **{state: words for state, words in WORDS.items() if state != DRAFT},
}
"""Where a filing stands, in order: its state, and apart from drafts what was given back and what was never begun."""

NOT_FILED: Final = frozenset({"open", "draft", "returned"})
"""Stages in which nothing is handed in."""


class Row(Struct, frozen=True):
    """One filing of a round, or a project of it without one.

    Attributes:
        key: the filing's number; 0 where there is no filing.
        node: the organisation whose form it is, by its path "/1/12/".
        unit: that organisation's name.
        project, code: 项目名称 and 项目编码.
        stage: where it stands, a key of `STAGES`.
        filed: the day on which it was last handed in; `None` before that.
        claimed, computed, low: 自评 total, recomputed total, its low end.
        supported: the total that evidence bears out; `None` where nobody was asked.
        claimed_grade, grade: 自评 grade and the recomputed one; "" without one.
        initial, adjusted, executed: the total row of the funds in 元.
        asked: code of a check → findings.
        points: points of the rows in which there is a finding.
        known: number of the project, the same in every year.
    """

    key: int
    node: str
    unit: str
    project: str
    code: str = ""
    stage: str = "draft"
    filed: date | None = None
    claimed: Decimal | None = None
    computed: Decimal | None = None
    low: Decimal | None = None
    supported: Decimal | None = None
    claimed_grade: str = ""
    grade: str = ""
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None
    asked: Mapping[str, int] = {}
    points: Decimal = Decimal(0)
    known: int = 0

    @property
    def rate(self) -> Fraction | None:
        """Executed over adjusted; `None` without either or over nothing."""
        if self.executed is None or not self.adjusted:
            return None
        return Fraction(self.executed) / Fraction(self.adjusted)

    @property
    def change(self) -> Fraction | None:
        """By which part of the initial budget it was changed: below 0 where it was cut."""
        if self.adjusted is None or not self.initial:
            return None
        return Fraction(self.adjusted) / Fraction(self.initial) - 1

    @property
    def gap(self) -> Decimal | None:
        """Claimed above recomputed; `None` without one of them."""
        return None if self.claimed is None or self.computed is None else self.claimed - self.computed

    @property
    def is_filed(self) -> bool:
        """Whether it is handed in."""
        return self.stage not in NOT_FILED


class Place(Struct, frozen=True):
    """A node of the tree below the one looked at, or that one itself where forms are its own.

    Attributes:
        path: its path.
        name: its name.
        href: the page that shows it.
    """

    path: str
    name: str
    href: str = ""


def by_place(rows: Iterable[Row], top: str, places: Iterable[Place]) -> list[tuple[Place, list[Row]]]:
    """The rows of each place right below `top`, and of `top` itself, in the order of the places; empty ones too.

    A row of a place that is not named is not lost: it counts with `top` itself.
    """
    held: dict[str, list[Row]] = {place.path: [] for place in places}
    own = held.setdefault(top, [])
    for row in rows:
        first = row.node[len(top) :].partition("/")[0]
        held.get(f"{top}{first}/" if first else top, own).append(row)
    return [(place, held[place.path]) for place in places]
