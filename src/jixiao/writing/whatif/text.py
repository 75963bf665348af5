"""A rule lab's result as text for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from jixiao.review.whatif import Move, UnitShift
from jixiao.scoring.sheet import Text
from jixiao.writing.whatif.report import (
    DIRECTION,
    WhatIfReport,
    bin_name,
    grade_name,
    graded,
    points,
    signed,
    summary,
)
from jixiao.writing.wrapping import fold_lines, pad

Language = Literal["zh", "en"]
WIDTH: Final = 100
_BAR: Final = 30
_SHOWN: Final = 40
"""Forms and units that the terminal lists; the table (--format csv) has all."""


def write_text(report: WhatIfReport, language: Language = "zh") -> str:
    """The result as text, no line wider than `WIDTH` cells."""
    lines = _Writer(report, language).lines()
    return "".join(f"{folded}\n" for line in lines for folded in (fold_lines(line, WIDTH) if line else [""]))


class _Writer:
    """Writes in one language."""

    def __init__(self, report: WhatIfReport, language: Language) -> None:
        self.report = report
        self.language = language

    def of(self, text: Text) -> str:
        return text.zh if self.language == "zh" else text.en

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def lines(self) -> Iterator[str]:
        """Title, what is tried, the sentence, grades, distribution, units, questions, forms."""
        report = self.report
        yield f"{self.say('规则试算', 'Rule lab')} · Jixiao {report.program}"
        yield "═" * WIDTH
        yield f"{self.say('现行', 'In force')}: {self.of(report.baseline)}"
        yield f"{self.say('试算', 'Tried')}: {self.of(report.scenario)}"
        for change in report.changes:
            yield f"  {self.of(change.name)}: {change.before} → {change.after}"
        yield ""
        yield self.of(summary(report))
        before, after = report.shift.before, report.shift.after
        yield f"{self.say('平均总分', 'Mean total')}: {points(before.mean)} → {points(after.mean)}"
        for part in (self.grades(), self.bins(), self.units(), self.questions(), self.forms(), self.unread()):
            yield from part

    def grades(self) -> Iterator[str]:
        """How many forms have each grade, before and after, and from where to where they go."""
        yield ""
        yield self.say("等级", "Grades")
        shift = self.report.shift
        for grade in self.report.grade_names():
            before, after = shift.before.grades.get(grade, 0), shift.after.grades.get(grade, 0)
            yield f"  {pad(self.of(grade_name(grade)), 16)}{before:>6} → {after:<6} {signed_count(after - before)}"
        for (old, new), count in shift.transitions.items():
            if old != new:
                yield f"  {self.of(grade_name(old))} → {self.of(grade_name(new))}: {count}"

    def bins(self) -> Iterator[str]:
        """The distribution of totals as two rows of bars."""
        before, after = self.report.shift.before.bins, self.report.shift.after.bins
        most = max(*before, *after, 1)
        yield ""
        yield self.say("总分分布（上 现行，下 试算）", "Distribution of totals (above: in force, below: tried)")
        for at in reversed(range(len(before))):
            if before[at] or after[at]:
                yield f"  {pad(bin_name(at), 9)}{_bar(before[at], most, '░')} {before[at]}"
                yield f"  {pad('', 9)}{_bar(after[at], most, '█')} {after[at]}"

    def units(self) -> Iterator[str]:
        """Which units gain and lose, and on a corpus which departments and places, those that lose most first."""
        shift = self.report.shift
        order = self.say("（平均分差，失分多者在前）", " (mean difference, those that lose most first)")
        yield from self.gained(self.say("单位", "Units") + order, shift.units)
        if shift.departments:
            yield from self.gained(self.say("主管部门", "Departments") + order, shift.departments)
        if shift.places:
            places = self.say("地方，按所依规则集", "Places by the rulebook in force")
            yield from self.gained(places + order, shift.places)

    def gained(self, heading: str, units: Sequence[UnitShift]) -> Iterator[str]:
        """One kind of group under its heading."""
        yield ""
        yield heading
        for unit in units[:_SHOWN]:
            name = unit.unit or self.say("（未印）", "(not printed)")
            counted = self.say(
                f"{unit.compared}/{unit.forms} 张，降 {unit.down} 升 {unit.up}，等级变动 {unit.regraded}",
                f"{unit.compared}/{unit.forms} forms, {unit.down} down, {unit.up} up, {unit.regraded} regraded",
            )
            yield f"  {signed(unit.difference):>8}  {name}（{points(unit.before)} → {points(unit.after)}；{counted}）"
        yield from self.more(units)

    def questions(self) -> Iterator[str]:
        """The checks that ask more or less often."""
        asked = self.report.shift.asked
        yield ""
        yield self.say("疑点数的变化", "Questions asked")
        if asked is None:
            yield "  " + self.say("未数；要数请加 --questions", "not counted; add --questions to count them")
            return
        if not asked:
            yield "  " + self.say("没有变化", "no change")
        for code, (before, after) in asked.items():
            title = self.of(self.report.titles.get(code, Text(code, code)))
            yield f"  {code} {title}: {before} → {after}"

    def forms(self) -> Iterator[str]:
        """Every form that moves, those that lose most first."""
        moved = [move for move in self.report.shift.moves if move.direction != "same" or move.regraded]
        yield ""
        yield self.say("变动的自评表", "Forms that move")
        if not moved:
            yield "  " + self.say("没有", "none")
        for move in moved[:_SHOWN]:
            yield self.form(move)
        yield from self.more(moved)
        named = self.report.shift.named
        if named is not None and len(moved) >= named:
            yield "  " + self.say("只列最前面的，全部见 --format csv。", "only the first; --format csv has all.")

    def form(self, move: Move) -> str:
        """One form in one line."""
        name = move.project or self.say("（未读到项目名称）", "(no project name read)")
        before = self.of(graded(move.before.score, move.before.grade))
        after = self.of(graded(move.after.score, move.after.grade))
        how = signed(move.difference) if move.difference is not None else self.of(DIRECTION[move.direction])
        return f"  {how:>8}  {name}：{before} → {after} · {move.file} #{move.number}"

    def more(self, listed: Sequence[object]) -> Iterator[str]:
        """What the list leaves out is said."""
        if len(listed) > _SHOWN:
            rest = len(listed) - _SHOWN
            yield "  " + self.say(
                f"另有 {rest} 项，见 --format csv 或 html。", f"{rest} more; see --format csv or html."
            )

    def unread(self) -> Iterator[str]:
        """Files that could not be read."""
        for file, error in self.report.errors():
            yield ""
            yield self.say(f"未能读取 {file}", f"Not read: {file}")
            yield f"  {self.of(error.message)} {self.of(error.advice)}"


def signed_count(count: int) -> str:
    """A change of a count, "+3", "-1", "" for none."""
    return f"{count:+d}" if count else ""


def _bar(count: int, most: int, mark: str) -> str:
    length = -(-count * _BAR // most)
    return pad(mark * length, _BAR)
