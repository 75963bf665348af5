"""A folder's review for a terminal: what was read, the sums, the forms to open first and why, units, years, sample."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING, Final, Literal

from jixiao.form import plain
from jixiao.review.folder.brief import Brief
from jixiao.review.folder.summary import Sums
from jixiao.review.folder.waivers import STATES
from jixiao.review.rounding import half_up
from jixiao.scoring.sheet import Text
from jixiao.writing.folder.report import FolderReport, Sample, UsedWaiver
from jixiao.writing.forms_report import WIDTH
from jixiao.writing.report import FAMILIES
from jixiao.writing.words import FAMILY, left_out_text
from jixiao.writing.wrapping import visible

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table

Language = Literal["zh", "en"]

_FIRST: Final = 10
_MOST_UNITS: Final = 20
_MOST_ERRORS: Final = 20


def write_folder_text(report: FolderReport, language: Language = "zh") -> str:
    """The review, no wider than 100 columns; the first ten forms, twenty units and twenty errors in full."""
    from rich.console import Console

    console = Console(file=StringIO(), width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        for part in _Writer(report, language).parts():
            console.print(part)
    return visible(capture.get())


class _Writer:
    def __init__(self, report: FolderReport, language: Language) -> None:
        self._report, self._language = report, language

    def say(self, zh: str, en: str) -> str:
        """One of two sentences."""
        return zh if self._language == "zh" else en

    def of(self, text: Text) -> str:
        """A text in the language."""
        return self.say(text.zh, text.en)

    def parts(self) -> "Iterator[str | Padding | Table]":
        """The report from top to bottom."""
        yield from self._head()
        yield from self._errors()
        yield from self._first()
        yield from self._units()
        yield from self._years()
        yield from self._sample()
        yield from self._waivers()

    def _head(self) -> Iterator[str]:
        report, whole = self._report, self._report.whole
        asked = "，".join(f"{FAMILY[family].zh} {whole.asked[family]}" for family in FAMILIES)
        asked_en = ", ".join(f"{FAMILY[family].en.lower()} {whole.asked[family]}" for family in FAMILIES)
        yield self.say(
            f"文件 {report.files} 份，自评表 {whole.forms} 张，未能读取 {len(report.errors)} 处。",
            f"{report.files} files, {whole.forms} forms, {len(report.errors)} not read.",
        )
        yield self.say(
            f"待答疑点：{asked}；已说明 {whole.waived}；未能判断 {whole.undecided}。",
            f"open findings: {asked_en}; waived {whole.waived}; undecided {whole.undecided}.",
        )
        if report.trials_left_out:
            yield self.of(left_out_text(report.trials_left_out))
        yield ""

    def _errors(self) -> Iterator[str]:
        for each in self._report.errors[:_MOST_ERRORS]:
            yield f"! {self.of(each.error.message)} {self.of(each.error.advice)}"
        more = len(self._report.errors) - _MOST_ERRORS
        if more > 0:
            yield self.say(f"! 另有 {more} 处，见 JSON 或网页。", f"! {more} more: see the JSON or the page.")

    def _first(self) -> "Iterator[str | Padding]":
        from rich.padding import Padding

        if not self._report.order:
            return
        yield self.say("先看这几张，以及为什么：", "Open these first, and why:")
        for position, at in list(self._report.ranking())[:_FIRST]:
            brief = self._report.briefs[at]
            yield f"{position:3}. {_title(brief)}  {self.scores(brief)}"
            why = self.say("；", "; ").join(self.of(reason) for reason in self._report.reasons(at))
            yield Padding(why, (0, 0, 0, 5))
        yield ""

    def scores(self, brief: Brief) -> str:
        """自评 100.00 优 → 重算 98.50 优，下限 92.00."""
        claimed, computed, low = (_number(value) for value in (brief.claimed, brief.computed, brief.low))
        return self.say(
            f"自评 {claimed} {brief.claimed_grade} → 重算 {computed} {brief.grade}，下限 {low}",
            f"claimed {claimed} {brief.claimed_grade} → recomputed {computed} {brief.grade}, low end {low}",
        )

    def _units(self) -> "Iterator[str | Table]":
        units = self._report.units
        if len(units) < 2:
            return
        yield self.say(f"按单位（共 {len(units)} 行）：", f"By unit ({len(units)} lines):")
        yield self.table(sorted(units, key=_most_certain)[:_MOST_UNITS])
        yield ""

    def table(self, sums: Iterable[Sums]) -> "Table":
        """A line for each unit."""
        from rich.box import ASCII2
        from rich.table import Table

        table = Table(box=ASCII2, width=WIDTH)
        names = ("单位", "年度", "表", "全年预算（元）", "自评均分", "重算均分", "下限均分", "算/条/疑")
        english = ("Unit", "Year", "Forms", "Budget (yuan)", "Claimed", "Recomp.", "Low", "A/C/D")
        for name in names if self._language == "zh" else english:
            table.add_column(name, overflow="fold")
        for each in sums:
            asked = "/".join(str(each.asked[family]) for family in FAMILIES)
            numbers = map(_number, (each.money.adjusted, each.claimed_mean, each.computed_mean, each.low_mean))
            table.add_row(each.name or "—", str(each.year or "—"), str(each.forms), *numbers, asked)
        return table

    def _years(self) -> Iterator[str]:
        pairing = self._report.pairing
        if not pairing.pairs and not pairing.singles:
            return
        whys = [single.why for single in pairing.singles]
        new, gone, several = (whys.count(why) for why in ("new", "gone", "several"))
        paired = len(pairing.pairs)
        yield self.say(
            f"两年对照：配对 {paired} 个项目；今年新增 {new}，今年没有 {gone}，同名不止一张而未配 {several}。",
            f"Two years: {paired} projects paired; new {new}, gone {gone}, several of one name {several}.",
        )
        yield ""

    def _sample(self) -> Iterator[str]:
        sample = self._report.sample
        if sample is None:
            return
        positions = self._report.positions()
        drawn = sorted(positions[at] for at in sample.chosen)
        yield self.say(
            f"抽样 {sample.asked}（种子 {sample.seed}）：抽中第 {_listed(drawn)} 位。{coverage_text(sample).zh}",
            f"Sample {sample.asked} (seed {sample.seed}): positions {_listed(drawn)}. {coverage_text(sample).en}",
        )
        yield ""

    def _waivers(self) -> Iterator[str]:
        for number, used in enumerate(self._report.waivers, 1):
            told = waiver_text(used)
            if "holds" not in used.states:
                yield self.say(f"说明第 {number} 条：{told.zh}。", f"Waiver {number}: {told.en}.")


def coverage_text(sample: Sample) -> Text:
    """What a sample covers, in per cent rounded half up to hundredths."""
    coverage = sample.coverage
    forms, money, findings, units = (
        _per_cent(*part) for part in (coverage.forms, coverage.money, coverage.findings, coverage.units)
    )
    return Text(
        f"覆盖：表 {forms}，资金 {money}，待答疑点 {findings}，单位 {units}。",
        f"It covers {forms} of the forms, {money} of the money, {findings} of the open findings, {units} of the units.",
    )


def waiver_text(used: UsedWaiver) -> Text:
    """What a waiver came to: in how many findings it holds, or why it does not."""
    about = f"{used.waiver.check} {used.waiver.project} {used.waiver.pointer}"
    if not used.states:
        return Text(f"{about} 没有对应的疑点", f"{about}: no such finding")
    zh = "，".join(f"{STATES[state].zh} {count} 处" for state, count in used.states.items())
    en = ", ".join(f"{STATES[state].en} {count}" for state, count in used.states.items())
    return Text(f"{about} {zh}", f"{about}: {en}")


def _most_certain(each: Sums) -> tuple[int, int, int, str, int]:
    arithmetic, clause, doubt = (-each.asked[family] for family in FAMILIES)
    return arithmetic, clause, doubt, each.name, each.year


def _per_cent(some: Fraction, every: Fraction) -> str:
    return f"{plain(half_up(100 * some / every))}%" if every else "—"


def _title(brief: Brief) -> str:
    unit = f"（{brief.key.unit}）" if brief.key.unit else ""
    year = f"{brief.key.year} " if brief.key.year else ""
    return f"{year}{brief.key.project or brief.file}{unit}"


def _listed(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:50]))
    return shown + ("…" if len(numbers) > 50 else "")


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)
