"""What the writers of a rule lab's result take, and the sentences that all of them share."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from jixiao.form import plain
from jixiao.review.whatif import BIN, Direction, Shift
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FileReport, ReportError
from jixiao.writing.words import grade_text

DIRECTION: Final[Mapping[Direction, Text]] = {
    "down": Text("下降", "down"),
    "up": Text("上升", "up"),
    "same": Text("不变", "unchanged"),
    "undecided": Text("无法比较", "cannot be compared"),
}
"""Which way a total goes."""


class Change(Struct, frozen=True):
    """One thing that the scenario changes: what it is called, and its value before and after."""

    name: Text
    before: str
    after: str


class WhatIfReport(Struct, frozen=True):
    """A rule lab's result.

    Attributes:
        program: the program's version.
        baseline: what "in force" is, in words.
        scenario: what is tried, in words.
        changes: the parameters that are set by hand.
        shift: what moves.
        titles: title of every check.
        grades: names of the grades, best first.
        unread: files that could not be read.
    """

    program: str
    baseline: Text
    scenario: Text
    changes: tuple[Change, ...]
    shift: Shift
    titles: Mapping[str, Text]
    grades: tuple[str, ...]
    unread: tuple[FileReport, ...] = ()

    def grade_names(self) -> tuple[str, ...]:
        """The grades in order, then those met that no book names, and "" where a total has none."""
        met = [*self.shift.before.grades, *self.shift.after.grades]
        extra = [grade for grade in dict.fromkeys(met) if grade and grade not in self.grades]
        return (*self.grades, *extra, *([""] if "" in met else []))

    def errors(self) -> Iterator[tuple[str, ReportError]]:
        """Every file that could not be read, with its reason."""
        return ((file.file, file.error) for file in self.unread if file.error is not None)


def summary(report: WhatIfReport) -> Text:
    """The result in one sentence."""
    shift = report.shift
    down, up = shift.directions.get("down", 0), shift.directions.get("up", 0)
    regraded = shift.regraded
    open_ = shift.directions.get("undecided", 0)
    zh = f"{shift.forms} 张表：总分下降 {down}，上升 {up}，等级变动 {regraded}"
    en = f"{shift.forms} forms: {down} totals fall, {up} rise, {regraded} grades change"
    if open_:
        zh, en = f"{zh}；{open_} 张无法比较", f"{en}; {open_} cannot be compared"
    return Text(f"{zh}。", f"{en}.")


def graded(score: Decimal | None, grade: str | None) -> Text:
    """A total with its grade; a dash where there is none."""
    word = grade_text(grade)
    return Text(f"{points(score)} {word.zh}", f"{points(score)} {word.en}")


def points(value: Decimal | None) -> str:
    """Points as printed; a dash for none."""
    return "—" if value is None else plain(value)


def signed(value: Decimal | None) -> str:
    """A difference with its sign; a dash for none."""
    if value is None:
        return "—"
    return f"+{plain(value)}" if value > 0 else plain(value)


def grade_name(grade: str) -> Text:
    """A grade as a heading."""
    return grade_text(grade) if grade else Text("无等级", "no grade")


def bin_name(at: int) -> str:
    """The points that a bar of the distribution spans, "90–95"; the last one holds 100."""
    return f"{at * BIN}–{at * BIN + BIN}"
