"""Corrections as text: field, old and new, why and by which rule; then what was left. 中文 or English."""

from collections.abc import Iterator
from typing import Final, Literal

from jixiao.review.corrections import Correction
from jixiao.scoring.sheet import Text
from jixiao.writing.fixing.report import Fixed, FixedForm, FixReport
from jixiao.writing.naming import places_name
from jixiao.writing.words import EVIDENCE, clause_source
from jixiao.writing.wrapping import fold_lines

Language = Literal["zh", "en"]
WIDTH: Final = 100
"""Columns that the report fits."""

KINDS: Final = {
    "sum": Text("合计", "sum"), "rate": Text("比率", "rate"), "score": Text("得分", "score"),
    "grade": Text("等级", "grade"),
}  # fmt: skip
"""By what a number is put right, in a word."""

LEFT: Final = {
    "undecided": Text("无法判断，未改", "undecided, not changed"),
    "kept": Text("低于规则，保留", "below the rule, kept"),
}
"""Why something was left, in a word."""

_NAMELESS: Final = Text("（未读到项目名称）", "(no project name read)")


def write_text(report: FixReport, language: Language = "zh") -> str:
    """The report as text, no line wider than `WIDTH` cells."""
    return "".join(f"{line}\n" for line in _Writer(language).report(report))


class _Writer:
    """Writes in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def report(self, report: FixReport) -> Iterator[str]:
        """Every file, what was changed in it, and how many in all."""
        for file in report.files:
            yield from self.file(file, writes=report.writes)
        yield from self.block(self.of(_tally(report)))

    def file(self, file: Fixed, *, writes: bool) -> Iterator[str]:
        """A file's own line, and its forms."""
        yield from self.block(self.of(_headline(file, writes=writes)))
        for remark in file.remarks:
            yield from self.block(self.of(remark), 2)
        for form in file.forms:
            yield from self.form(file, form)

    def form(self, file: Fixed, form: FixedForm) -> Iterator[str]:
        """One form: its corrections with their grounds, then what was left."""
        name = form.form.project.name or self.of(_NAMELESS)
        yield from self.block(f"{form.number}/{file.read} {name} · {self.of(form.title)} ({form.book})", 2)
        for number, correction in enumerate(form.corrected.corrections, 1):
            yield from self.correction(form, number, correction)
        for left in form.corrected.left:
            yield from self.block(f"· {self.of(LEFT[left.why])}{self.colon}{self.of(left.said)}", 4)

    def correction(self, form: FixedForm, number: int, each: Correction) -> Iterator[str]:
        """Field, old and new, where; why; by which clause."""
        name, kind = self.of(form.name_of(each.pointer)), self.of(KINDS[each.kind])
        places = form.form.places.get(each.pointer, ())
        where = f" · {self.of(places_name(places))}" if places else ""
        yield from self.block(f"{number}. {name}{self.colon}{each.read} → {each.corrected} [{kind}]{where}", 4)
        for reason in each.because:
            yield from self.block(self.of(reason), 7)
        if each.clause is not None:
            source, mark = clause_source(each.clause), self.of(EVIDENCE[each.clause.evidence])
            label = self.of(Text("依据", "clause"))
            yield from self.block(f"{label}{self.colon}{source} [{mark}]", 7)

    def of(self, text: Text) -> str:
        """The text in the writer's language."""
        return text.zh if self.language == "zh" else text.en

    @property
    def colon(self) -> str:
        """What stands between a label and its words."""
        return "：" if self.language == "zh" else ": "

    def block(self, text: str, indent: int = 0) -> Iterator[str]:
        """A paragraph in lines, all of them indented."""
        for line in fold_lines(text, WIDTH - indent):
            yield " " * indent + line


def _headline(file: Fixed, *, writes: bool) -> Text:
    count = len(file.corrections)
    if file.error is not None:
        return Text(
            f"{file.file}：没有写出。{file.error.message.zh}{file.error.advice.zh}",
            f"{file.file}: nothing was written. {file.error.message.en} {file.error.advice.en}",
        )
    if file.out is not None:
        return Text(f"{file.file} → {file.out}：改正 {count} 处", f"{file.file} → {file.out}: corrected {count}")
    if not count:
        left = (
            Text("没有能改正的", "nothing can be corrected") if file.finds else Text("没有要改的", "nothing to correct")
        )
        return Text(
            f"{file.file}：{left.zh}，不写副本（与原件相同的副本会使人误会）。"
            if writes
            else f"{file.file}：{left.zh}。",
            f"{file.file}: {left.en}; no copy was written, for one like the original would mislead."
            if writes
            else f"{file.file}: {left.en}.",
        )
    return Text(f"{file.file}：可改正 {count} 处（未写文件）", f"{file.file}: {count} to correct (no file written)")


def _tally(report: FixReport) -> Text:
    files, forms = len(report.files), sum(file.read for file in report.files)
    made = sum(len(file.corrections) for file in report.files)
    open_ = sum(left.why == "undecided" for file in report.files for form in file.forms for left in form.corrected.left)
    return Text(
        f"文件 {files} 个，表 {forms} 张：改正 {made} 处，无法判断 {open_} 处。",
        f"Files {files}, forms {forms}: corrections {made}, undecided {open_}.",
    )
