"""The review as text for a terminal: every form's scores, its findings by family, and a summary. 中文 or English."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from jixiao.form import Form, plain
from jixiao.review.verdict import Finding
from jixiao.scoring import Supported
from jixiao.scoring.sheet import Line, Step, Text
from jixiao.writing.evidence import item_text, supported_text
from jixiao.writing.naming import field_name, places_name
from jixiao.writing.report import FAMILIES, FileReport, FormReport, ReviewReport
from jixiao.writing.told import rulebook_text, scores_text, unread_texts
from jixiao.writing.words import (
    FAMILY,
    FAMILY_MEANS,
    TRIAL,
    by_clause,
    clause_text,
    left_out_text,
)
from jixiao.writing.wrapping import fold_lines, pad

Language = Literal["zh", "en"]
Row = tuple[str, str]
"""One line without its end, and its style by rich's names ("" for none)."""

WIDTH: Final = 100
"""Columns that the report fits when nothing else is asked."""

_LABEL_WIDTH: Final = {"zh": 6, "en": 10}


def write_text(
    report: ReviewReport, language: Language = "zh", *, width: int = WIDTH, colour: bool = False, asked: bool = True
) -> str:
    """The review as text; no line is wider than `width` cells (at least 40).

    Args:
        report: the review.
        language: "zh" or "en"; printed values stay as they are.
        width: cells a line may take.
        colour: whether to use a terminal's colours; nothing is said by colour alone.
        asked: whether the checks were run. If not, the derivation of every line stands in place of the findings.
    """
    return _paint(_Writer(language, width, asked=asked).report(report), colour=colour)


def _paint(rows: Iterator[Row], *, colour: bool) -> str:
    if not colour:
        return "".join(f"{text}\n" for text, _ in rows)
    from rich.style import Style

    return "".join(f"{Style.parse(style).render(text) if style else text}\n" for text, style in rows)


class _Writer:
    """Writes in one language and width."""

    def __init__(self, language: Language, width: int, *, asked: bool) -> None:
        self.language = language
        self.width = width
        self.asked = asked

    def report(self, report: ReviewReport) -> Iterator[Row]:
        """Title, every file with its forms, the summary."""
        title = self.of(Text(zh="绩效自评复核", en="Review of self-evaluations"))
        yield from self.block(f"{title} · Jixiao {report.program}", style="bold")
        yield "═" * self.width, ""
        for file in report.files:
            for number, form in enumerate(file.forms, 1):
                yield from self.form(file, number, form)
            for remark in file.remarks:
                yield from self.block(self.of(remark), style="bold")
        yield from self.unreadable(report)
        yield from self.summary(report)

    def form(self, file: FileReport, number: int, report: FormReport) -> Iterator[Row]:
        """One form: name, scores, rulebook, lines that do not agree, findings or derivation, what stayed open."""
        name = report.form.project.name or self.of(Text(zh="（未读到项目名称）", en="(no project name read)"))
        yield from self.block(f"{file.file} · {number}/{len(file.forms)}", style="dim")
        yield from self.block(name, style="bold")
        yield from self.block(self.of(scores_text(report.sheet)), 2)
        if report.sheet.supported is not None:
            yield from self.block(self.of(supported_text(report.sheet.supported)), 2)
        yield from self.labelled(Text(zh="规则", en="rulebook"), self.of(rulebook_text(report)), 2)
        if self.asked:
            yield from self.disagreements(report)
            yield from self.findings(report)
        else:
            yield from self.derivation(report)
        yield from self.unread(report)
        for remark in report.remarks:
            yield from self.block(self.of(remark), 2)
        yield from self.undecided(report)
        yield "", ""

    def disagreements(self, report: FormReport) -> Iterator[Row]:
        """The lines whose claimed score is not the computed one, and those that cannot be computed."""
        lines = [line for line in report.sheet.lines if line.agrees is not True]
        if not lines:
            yield from self.block(self.of(Text(zh="每行得分与重算一致", en="every line agrees with its claim")), 2)
        for line in lines:
            differs = line.agrees is False
            yield from self.block(self.line(report, line), 2, style="bold" if differs else "")

    def line(self, report: FormReport, line: Line) -> str:
        """One line of the score sheet in words."""
        name = self.of(field_name(report.form, line.pointer))
        claimed, computed = _number(line.claimed), _number(line.computed)
        if line.computed is None:
            needs = ", ".join(self.of(field_name(report.form, pointer)) for pointer in line.needs) or "—"
            why = line.reason or Text(zh=f"缺 {needs}", en=f"missing: {needs}")
            words = Text(
                zh=f"{name}：自评 {claimed}，无法重算，{why.zh}",
                en=f"{name}: claimed {claimed}, cannot be recomputed, {why.en}",
            )
        else:
            sign = {True: "=", False: "≠", None: "?"}[line.agrees]
            words = Text(
                zh=f"{name}：自评 {claimed} {sign} 重算 {computed}（{line.formula.zh}）",
                en=f"{name}: claimed {claimed} {sign} recomputed {computed} ({line.formula.en})",
            )
        low = "" if line.low is None else self.of(Text(zh=f" · 下限 {line.low}", en=f" · low end {line.low}"))
        return self.of(words) + low

    def findings(self, report: FormReport) -> Iterator[Row]:
        """The findings under the heading of their family; a family without any is named, too."""
        for family in FAMILIES:
            found = report.findings(family)
            name, means = self.of(FAMILY[family]), self.of(FAMILY_MEANS[family])
            heading = self.of(Text(zh=f"{name} {len(found)}（{means}）", en=f"{name} {len(found)} ({means})"))
            yield from self.block(heading, 2, style="bold" if found else "dim")
            for finding in found:
                yield from self.finding(report, finding)

    def finding(self, report: FormReport, finding: Finding) -> Iterator[Row]:
        """Code and title, place, what was read, what was expected, the question, the clause."""
        trial = f" [{self.of(TRIAL)}]" if finding.trial else ""
        yield from self.block(f"{finding.code} {self.of(report.title(finding.code))}{trial}", 4, style="bold")
        where = f"{self.of(places_name(finding.places))} · {self.of(field_name(report.form, finding.pointer))}"
        yield from self.labelled(Text(zh="位置", en="where"), where, 6)
        yield from self.labelled(Text(zh="读到", en="read"), self.of(finding.read), 6)
        yield from self.labelled(Text(zh="应为", en="expected"), self.of(finding.expected), 6)
        yield from self.labelled(Text(zh="请答", en="ask"), self.of(finding.ask), 6)
        if finding.clause is not None:
            yield from self.labelled(Text(zh="依据", en="clause"), self.of(clause_text(finding.clause)), 6)

    def derivation(self, report: FormReport) -> Iterator[Row]:
        """Every line with its steps, then the steps of the total."""
        for line in report.sheet.lines:
            yield from self.block(self.line(report, line), 2)
            yield from self.steps(line.steps)
        yield from self.block(self.of(Text(zh="总分与等级", en="total and grade")), 2)
        yield from self.steps(report.sheet.steps)
        if report.sheet.supported is not None:
            yield from self.evidence(report.form, report.sheet.supported)

    def evidence(self, form: Form, supported: Supported) -> Iterator[Row]:
        """How the supported total came about, and every piece of evidence."""
        yield from self.block(self.of(supported_text(supported)), 2)
        yield from self.steps(supported.steps)
        for item in supported.evidence:
            yield from self.block(f"· {self.of(item_text(form, item))}", 6)

    def steps(self, steps: tuple[Step, ...]) -> Iterator[Row]:
        """Steps of a derivation, one under the other; a clause after the last step that rests on it."""
        for clause, group in by_clause(steps):
            for step in group:
                entry = f" [{step.entry}]" if step.entry else ""
                yield from self.block(f"· {step.zh if self.language == 'zh' else step.en}{entry}", 6)
            if clause is not None:
                yield from self.labelled(Text(zh="依据", en="clause"), self.of(clause_text(clause)), 8)

    def unread(self, report: FormReport) -> Iterator[Row]:
        """The fields that could not be read, with the reason."""
        for words in unread_texts(report.form):
            yield from self.block(self.of(words), 2)

    def undecided(self, report: FormReport) -> Iterator[Row]:
        """The checks that could not decide, with what they would need."""
        items = report.review.undecided
        if items:
            heading = Text(zh=f"未能判断 {len(items)}", en=f"Undecided {len(items)}")
            yield from self.block(self.of(heading), 2, style="dim")
        for codes, needs in report.needs():
            words = Text(zh=f"{'、'.join(codes)} 需要：{needs.zh}", en=f"{', '.join(codes)}: needs {needs.en}")
            yield from self.block(self.of(words), 4, style="dim")

    def unreadable(self, report: ReviewReport) -> Iterator[Row]:
        """Every file that could not be read, with the sentence and the advice."""
        for file, error in report.errors():
            yield from self.block(self.of(Text(zh=f"未能读取 {file.file}", en=f"Not read: {file.file}")), style="bold")
            yield from self.block(self.of(error.message), 2)
            yield from self.block(self.of(error.advice), 2)
            yield "", ""

    def summary(self, report: ReviewReport) -> Iterator[Row]:
        """How many files, forms, findings a family, and files not read."""
        forms = [form for _, form in report.forms()]
        counts = [
            Text(zh=f"文件 {report.given()}", en=f"files {report.given()}"),
            Text(zh=f"自评表 {len(forms)}", en=f"forms {len(forms)}"),
        ]
        if self.asked:
            counts += [
                Text(zh=f"{FAMILY[family].zh} {report.count(family)}", en=f"{family} {report.count(family)}")
                for family in FAMILIES
            ]
            undecided = sum(len(form.review.undecided) for form in forms)
            counts.append(Text(zh=f"未能判断 {undecided}", en=f"undecided {undecided}"))
        unread = sum(1 for _ in report.errors())
        counts.append(Text(zh=f"未能读取 {unread}", en=f"not read {unread}"))
        yield "─" * self.width, ""
        yield from self.block(" · ".join(self.of(count) for count in counts), style="bold")
        if report.trials_left_out:
            yield from self.block(self.of(left_out_text(report.trials_left_out)), style="dim")

    def labelled(self, label: Text, text: str, indent: int) -> Iterator[Row]:
        """A text with its label before it and its further lines under its first."""
        width = _LABEL_WIDTH[self.language]
        first = " " * indent + pad(self.of(label), width)
        for line in fold_lines(text, self.width - indent - width):
            yield first + line, ""
            first = " " * (indent + width)

    def block(self, text: str, indent: int = 0, *, style: str = "") -> Iterator[Row]:
        """A text, indented, in as many lines as it needs; further lines stand two cells deeper."""
        deeper = indent
        for line in fold_lines(text, self.width - indent - 2):
            yield " " * deeper + line, style
            deeper = indent + 2

    def of(self, text: Text) -> str:
        """The text in the writer's language."""
        return text.zh if self.language == "zh" else text.en


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)
