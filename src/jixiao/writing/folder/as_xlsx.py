"""A folder's review as a list for a spreadsheet: text is never a formula, amounts are numbers, heads are frozen."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any, Final, Literal

import xlsxwriter

from jixiao.form import plain
from jixiao.review.folder.brief import Amounts, Brief
from jixiao.review.folder.priority import STEPS
from jixiao.review.folder.summary import Sums
from jixiao.review.folder.waivers import STATES
from jixiao.review.folder.years import Changes, Moved
from jixiao.review.rounding import half_up
from jixiao.scoring.sheet import Text
from jixiao.writing.folder.as_text import coverage_text, waiver_text
from jixiao.writing.folder.report import FolderReport
from jixiao.writing.report import FAMILIES
from jixiao.writing.words import FAMILY, SEVERITY, clause_source

Language = Literal["zh", "en"]
Cell = str | int | Decimal | Text | None

_MOST_ROWS: Final = 1_048_575
_MOST_LETTERS: Final = 32_000
_MOST_DIGITS: Final = 15
_NARROW, _MIDDLE, _WIDE = 9, 16, 44
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_STEP: Final = (*(FAMILY[family] for family in STEPS), Text("无", "none"))


def write_folder_xlsx(report: FolderReport, language: Language = "zh") -> bytes:
    """The workbook: forms in order, findings, units, departments, two years, sample, waivers, what was not read."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, _OPTIONS) as book:
        day = report.day
        book.set_properties({"created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001 -- a day, not a moment
        writer = _Book(book, language)
        positions = report.positions()
        writer.sheet(Text("先看哪张", "Ranking"), _RANKING, _ranking(report))
        writer.sheet(Text("疑点", "Findings"), _FINDINGS, _findings(report))
        writer.sheet(Text("单位", "Units"), _SUMS, map(_sums, report.units))
        writer.sheet(Text("主管部门", "Departments"), _SUMS, map(_sums, report.departments))
        writer.sheet(Text("两年对照", "Two years"), _YEARS, _years(report, positions))
        writer.sheet(Text("抽样", "Sample"), _SAMPLE, _sample(report, positions))
        writer.sheet(Text("已说明", "Waivers"), _WAIVERS, _waivers(report))
        writer.sheet(Text("未能读取", "Not read"), _ERRORS, _errors(report))
    return held.getvalue()


Column = tuple[Text, int]


class _Book:
    """Writes sheets one after another, row by row."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book, self._language = book, language
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text = book.add_format({"valign": "top", "text_wrap": True})
        self._number = book.add_format({"valign": "top", "num_format": "#,##0.00"})
        self._count = book.add_format({"valign": "top", "num_format": "0"})

    def sheet(self, name: Text, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet, and more of the same name where a sheet cannot hold all rows."""
        sheet, at, part = self._begun(name, columns, 1), 0, 1
        for row in rows:
            if at == _MOST_ROWS:
                self._end(sheet, at, columns)
                part, at = part + 1, 0
                sheet = self._begun(name, columns, part)
            at += 1
            for column, cell in enumerate(row):
                self._write(sheet, at, column, cell)
        self._end(sheet, at, columns)

    def _begun(self, name: Text, columns: Sequence[Column], part: int) -> Any:
        title = name.zh if self._language == "zh" else name.en
        sheet = self._book.add_worksheet(title if part == 1 else f"{title} {part}")
        sheet.freeze_panes(1, 0)
        for column, (head, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head.zh if self._language == "zh" else head.en, self._head)
        return sheet

    def _end(self, sheet: Any, rows: int, columns: Sequence[Column]) -> None:
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Text):
            cell = cell.zh if self._language == "zh" else cell.en
        if isinstance(cell, Decimal) and len(cell.as_tuple().digits) > _MOST_DIGITS:
            cell = plain(cell)  # a spreadsheet would round it
        if isinstance(cell, str) and cell:
            self._write_text(sheet, row, column, cut(cell))
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self._count)
        elif isinstance(cell, Decimal):
            sheet.write_number(row, column, cell, self._number)

    def _write_text(self, sheet: Any, row: int, column: int, text: str) -> None:
        """A text; one that looks like XlsxWriter's own markup of runs is written in runs, which it escapes."""
        if text.startswith("<r>") and text.endswith("</r>"):
            sheet.write_rich_string(row, column, text[0], text[1], text[2:], self._text)
        else:
            sheet.write_string(row, column, text, self._text)


def cut(text: str) -> str:
    """A text as long as a cell may hold; what is cut is marked."""
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + "……"


_WHO: Final[tuple[Column, ...]] = (
    (Text("年度", "Year"), _NARROW), (Text("项目", "Project"), _WIDE), (Text("项目编码", "Code"), _MIDDLE),
    (Text("单位", "Unit"), _MIDDLE * 2), (Text("主管部门", "Department"), _MIDDLE * 2),
)  # fmt: skip
_MONEY: Final[tuple[Column, ...]] = (
    (Text("年初预算（元）", "Initial (yuan)"), _MIDDLE), (Text("全年预算（元）", "Adjusted (yuan)"), _MIDDLE),
    (Text("全年执行（元）", "Executed (yuan)"), _MIDDLE),
)  # fmt: skip
_FAMILIES: Final[tuple[Column, ...]] = tuple((FAMILY[family], _NARROW) for family in FAMILIES)
_RANKING: Final[tuple[Column, ...]] = (
    (Text("位次", "Position"), _NARROW), *_WHO, (Text("为什么", "Why"), _WIDE * 2), *_FAMILIES,
    (Text("已说明", "Waived"), _NARROW), (Text("未能判断", "Undecided"), _NARROW), (Text("自评", "Claimed"), _NARROW),
    (Text("自评等级", "Grade claimed"), _NARROW), (Text("重算", "Recomputed"), _NARROW),
    (Text("重算等级", "Grade recomputed"), _NARROW), (Text("下限", "Low end"), _NARROW), *_MONEY,
    (Text("涉及分值", "Points at stake"), _NARROW), (Text("读取把握", "Trust"), _NARROW),
    (Text("抽中", "Sampled"), _NARROW), (Text("规则集", "Rulebook"), _MIDDLE), (Text("文件", "File"), _WIDE),
)  # fmt: skip
_FINDINGS: Final[tuple[Column, ...]] = (
    (Text("位次", "Position"), _NARROW), *_WHO, (Text("检查", "Check"), _NARROW), (Text("名称", "Title"), _MIDDLE * 2),
    (Text("类别", "Family"), _NARROW), (Text("轻重", "Severity"), _NARROW), (Text("字段", "Field"), _MIDDLE * 2),
    (Text("位置", "Where"), _MIDDLE), (Text("读到", "Read"), _MIDDLE * 2), (Text("应为", "Expected"), _MIDDLE * 2),
    (Text("请答", "Question"), _WIDE), (Text("依据", "Clause"), _MIDDLE * 2), (Text("说明", "Waiver"), _NARROW),
    (Text("指针", "Pointer"), _MIDDLE), (Text("所读摘要", "Read (for a waiver)"), _MIDDLE),
)  # fmt: skip
_SUMS: Final[tuple[Column, ...]] = (
    (Text("名称", "Name"), _WIDE), (Text("年度", "Year"), _NARROW), (Text("表", "Forms"), _NARROW), *_MONEY,
    (Text("自评均分", "Claimed, mean"), _NARROW), (Text("自评中位", "Claimed, median"), _NARROW),
    (Text("重算均分", "Recomputed, mean"), _NARROW), (Text("下限均分", "Low end, mean"), _NARROW),
    (Text("自评等级", "Grades claimed"), _MIDDLE), (Text("重算等级", "Grades recomputed"), _MIDDLE), *_FAMILIES,
    (Text("已说明", "Waived"), _NARROW), (Text("未能判断", "Undecided"), _NARROW),
    (Text("恰好等于指标值（%）", "Exactly the target (%)"), _NARROW),
)  # fmt: skip
_YEARS: Final[tuple[Column, ...]] = (
    (Text("今年位次", "Position"), _NARROW), (Text("上年位次", "Last year's"), _NARROW), *_WHO,
    (Text("配对依据", "Paired by"), _NARROW), (Text("上年年初预算（元）", "Initial, last year"), _MIDDLE),
    (Text("今年年初预算（元）", "Initial, this year"), _MIDDLE), (Text("上年自评", "Claimed, last year"), _NARROW),
    (Text("今年自评", "Claimed, this year"), _NARROW), (Text("上年重算", "Recomputed, last year"), _NARROW),
    (Text("今年重算", "Recomputed, this year"), _NARROW), (Text("目标降低", "Targets lowered"), _WIDE),
    (Text("目标提高", "Targets raised"), _WIDE), (Text("分值变动", "Points moved"), _WIDE),
    (Text("新增指标", "New indicators"), _WIDE), (Text("去掉的指标", "Indicators dropped"), _WIDE),
    (Text("照抄上年的文字", "Texts copied"), _MIDDLE),
)  # fmt: skip
_SAMPLE: Final[tuple[Column, ...]] = (
    (Text("位次", "Position"), _NARROW), *_WHO, (Text("入样概率（%）", "Probability (%)"), _NARROW),
    (Text("入样概率（精确）", "Probability (exact)"), _MIDDLE), (Text("文件", "File"), _WIDE),
    (Text("核查结果（填写）", "Result (to fill in)"), _WIDE), (Text("说明", "Note"), _WIDE),
)  # fmt: skip
_WAIVERS: Final[tuple[Column, ...]] = (
    (Text("序号", "Number"), _NARROW), (Text("年度", "Year"), _NARROW), (Text("项目", "Project"), _WIDE),
    (Text("单位", "Unit"), _MIDDLE * 2), (Text("检查", "Check"), _NARROW), (Text("指针", "Pointer"), _MIDDLE),
    (Text("说明人", "Who"), _MIDDLE), (Text("理由", "Reason"), _WIDE), (Text("自", "From"), _MIDDLE),
    (Text("至", "Until"), _MIDDLE), (Text("现状", "State"), _WIDE),
)  # fmt: skip
_ERRORS: Final[tuple[Column, ...]] = (
    (Text("文件", "File"), _WIDE), (Text("原因", "Why"), _WIDE * 2), (Text("怎么办", "What to do"), _WIDE),
)  # fmt: skip


def _who(brief: Brief) -> tuple[Cell, ...]:
    key = brief.key
    return key.year or None, key.project, key.code, key.unit, brief.department


def _amounts(money: Amounts) -> tuple[Cell, ...]:
    return money.initial, money.adjusted, money.executed


def _ranking(report: FolderReport) -> Iterator[Sequence[Cell]]:
    for position, at in report.ranking():
        brief, why = report.briefs[at], report.reasons(at)
        told = Text("；".join(each.zh for each in why), "; ".join(each.en for each in why))
        by_family = dict.fromkeys(FAMILIES, 0)
        for code, count in brief.asked.items():
            by_family[report.checks[code].family] += count
        yield (
            position, *_who(brief), told, *by_family.values(), sum(brief.waived.values()), brief.undecided,
            brief.claimed, brief.claimed_grade, brief.computed, brief.grade, brief.low, *_amounts(brief.money),
            brief.points, brief.trust, Text("是", "yes") if at in report.sampled else None, brief.rulebook, brief.file,
        )  # fmt: skip


def _findings(report: FolderReport) -> Iterator[Sequence[Cell]]:
    for position, at in report.ranking():
        brief = report.briefs[at]
        for asked in report.detail(at).findings:
            it = asked.finding
            yield (
                position, *_who(brief), it.code, report.checks[it.code].title, FAMILY[it.family], SEVERITY[it.severity],
                asked.field, asked.where, it.read, it.expected, it.ask, clause_source(it.clause) if it.clause else None,
                STATES[asked.state] if asked.state else None, it.pointer, asked.read,
            )  # fmt: skip


def _sums(each: Sums) -> Sequence[Cell]:
    share = half_up(Fraction(100 * each.exact, each.compared)) if each.compared else None
    return (
        each.name, each.year or None, each.forms, *_amounts(each.money), each.claimed_mean, each.claimed_median,
        each.computed_mean, each.low_mean, grades_text(each.claimed_grades), grades_text(each.grades),
        *each.asked.values(), each.waived, each.undecided, share,
    )  # fmt: skip


def grades_text(grades: dict[str, int]) -> str:
    """How many forms of each grade: 优 5、良 2."""
    return "、".join(f"{grade or '—'} {count}" for grade, count in grades.items())


def _years(report: FolderReport, positions: dict[int, int]) -> Iterator[Sequence[Cell]]:
    for pair in report.pairing.pairs:
        now, then = report.briefs[pair.now], report.briefs[pair.then]
        changes = report.detail(pair.now).changes or Changes(then.money, now.money)
        yield (
            positions[pair.now], positions[pair.then], *_who(now),
            BY[pair.by], changes.then.initial, changes.now.initial,
            then.claimed, now.claimed, then.computed, now.computed, moved_text(changes.lowered),
            moved_text(changes.raised), moved_text(changes.weights), "；".join(changes.added),
            "；".join(changes.dropped), "；".join(changes.copied),
        )  # fmt: skip
    for single in report.pairing.singles:
        yield positions[single.at], None, *_who(report.briefs[single.at]), ALONE[single.why]


BY: Final = {"code": Text("编码", "code"), "name": Text("名称", "name")}
"""By what two forms were found to be of the same project."""

ALONE: Final = {
    "new": Text("今年新增", "new this year"),
    "gone": Text("今年没有", "gone this year"),
    "several": Text("同名不止一张，未配", "several of one name, not paired"),
    "unread": Text("另一年的表读不了", "the other year's form could not be read"),
}
"""Why a form of two years has no partner."""


def moved_text(moved: Sequence[Moved]) -> str:
    """Values then and now."""
    return "；".join(f"{each.name}：{each.then} → {each.now}" for each in moved)


def _sample(report: FolderReport, positions: dict[int, int]) -> Iterator[Sequence[Cell]]:
    sample = report.sample
    if sample is None:
        return
    for at in sorted(sample.chosen, key=lambda at: positions[at]):
        brief, share = report.briefs[at], sample.probabilities[at]
        note = coverage_text(sample) if positions[at] == min(positions[one] for one in sample.chosen[:1]) else None
        yield positions[at], *_who(brief), half_up(100 * share), str(share), brief.file, None, note


def _waivers(report: FolderReport) -> Iterator[Sequence[Cell]]:
    for number, used in enumerate(report.waivers, 1):
        it = used.waiver
        days = it.on.isoformat(), it.until.isoformat()
        yield number, it.year, it.project, it.unit, it.check, it.pointer, it.who, it.reason, *days, waiver_text(used)


def _errors(report: FolderReport) -> Iterator[Sequence[Cell]]:
    return ((each.file, each.error.message, each.error.advice) for each in report.errors)
