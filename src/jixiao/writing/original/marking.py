"""A review as a job: what is to be put into the original, in the words of the report."""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import field_name, places_name
from jixiao.writing.original.job import Job, Mark, Row
from jixiao.writing.report import FAMILIES, FileReport, FormReport
from jixiao.writing.told import rulebook_text, scores_text, unread_texts
from jixiao.writing.words import (
    EVIDENCE,
    EVIDENCE_MEANS,
    FAMILY,
    FAMILY_MEANS,
    SEVERITY,
    TRIAL,
    clause_text,
    left_out_text,
)

Language = Literal["zh", "en"]

TITLE: Final = Text(zh="自评表复核意见", en="Review of the self-evaluation")
"""Title of the summary."""

_HEAD: Final = (
    Text(zh="编号", en="No."), Text(zh="自评表", en="Form"), Text(zh="位置", en="Where"),
    Text(zh="复核意见", en="What is asked"),
)  # fmt: skip
_READ, _EXPECTED = Text(zh="读到", en="read"), Text(zh="应为", en="expected")
_ASK, _CLAUSE, _WHERE = Text(zh="请答", en="ask"), Text(zh="依据", en="clause"), Text(zh="位置", en="where")
_NAMELESS: Final = Text(zh="（未读到项目名称）", en="(no project name read)")
_WHOLE: Final = Text(zh="全表", en="The whole form")


class By(NamedTuple):
    """Who marks, and when: the name and the ISO day that notes carry, and the program that reviewed."""

    author: str
    day: str
    program: str


def job_of(report: FileReport, by: By, language: Language, trials_left_out: int = 0) -> Job:
    """The job of marking an original with what was asked about its forms.

    Marks are numbered through the file, form by form, the certain family first, as in the report.

    Args:
        report: the file as reviewed.
        by: who marks, and when.
        language: of all words; printed values stay as they are.
        trials_left_out: how many checks on trial were not asked.
    """
    teller = _Teller(language)
    marks: list[Mark] = []
    rows: list[Row] = []
    for at, form in enumerate(report.forms, 1):
        name = teller.name(form, at, len(report.forms))
        rows.append(Row(0, name, teller.of(_WHOLE), teller.whole(form), "note"))
        for finding in (finding for family in FAMILIES for finding in form.findings(family)):
            mark = teller.mark(form, finding, len(marks) + 1)
            marks.append(mark)
            said = "\n".join((mark.heading, *teller.lines(finding)))
            rows.append(Row(mark.number, name, teller.where(form, finding), said, finding.family))
    return Job(
        title=teller.of(TITLE),
        notes=tuple(teller.notes(report, by, trials_left_out)),
        head=(teller.of(_HEAD[0]), teller.of(_HEAD[1]), teller.of(_HEAD[2]), teller.of(_HEAD[3])),
        rows=tuple(rows),
        marks=tuple(marks),
        changes=(),
        author=by.author,
        day=by.day,
        language=language,
    )


class _Teller:
    """Tells in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def of(self, text: Text) -> str:
        """The text in the teller's language."""
        return text.zh if self.language == "zh" else text.en

    def name(self, form: FormReport, at: int, forms: int) -> str:
        """What a form is called in the summary."""
        name = form.form.project.name or self.of(_NAMELESS)
        return name if forms == 1 else f"{at}/{forms} {name}"

    def whole(self, form: FormReport) -> str:
        """What is said of the whole form: scores, rulebook, what was not read, what could not be decided, remarks."""
        count = len(form.review.undecided)
        open_ = [
            Text(zh=f"未能判断 {count} 项（缺其他材料）", en=f"undecided {count} (other documents are missing)")
        ] * bool(count)
        lines = [scores_text(form.sheet), rulebook_text(form), *unread_texts(form.form), *open_, *form.remarks]
        if not form.review.findings:
            lines.append(Text(zh="没有疑点。", en="Nothing is asked."))
        return "\n".join(self.of(line) for line in lines)

    def mark(self, form: FormReport, finding: Finding, number: int) -> Mark:
        """The note of a finding."""
        heading = (
            f"{self.of(FAMILY[finding.family])} · {self.of(SEVERITY[finding.severity])} · {finding.code}"
            f" {self.of(form.title(finding.code))}"
        )
        heading += f" [{self.of(TRIAL)}]" if finding.trial else ""
        where = self.labelled(_WHERE, self.of(field_name(form.form, finding.pointer)))
        body = "\n".join((where, *self.lines(finding), self.of(FAMILY_MEANS[finding.family])))
        return Mark(number, finding.code, finding.family, finding.places, heading, body)

    def where(self, form: FormReport, finding: Finding) -> str:
        """Place and field."""
        return f"{self.of(places_name(finding.places))} · {self.of(field_name(form.form, finding.pointer))}"

    def lines(self, finding: Finding) -> Iterator[str]:
        """What was read, what was expected, the question, the clause."""
        yield self.labelled(_READ, self.of(finding.read))
        yield self.labelled(_EXPECTED, self.of(finding.expected))
        yield self.labelled(_ASK, self.of(finding.ask))
        if finding.clause is not None:
            yield self.labelled(_CLAUSE, self.of(clause_text(finding.clause)))

    def labelled(self, label: Text, words: str) -> str:
        """Words with their label before them."""
        return f"{label.zh}：{words}" if self.language == "zh" else f"{label.en}: {words}"

    def notes(self, report: FileReport, by: By, trials_left_out: int) -> Iterator[str]:
        """The sentences over the table."""
        findings = [finding for form in report.forms for finding in form.review.findings]
        counts = {family: sum(finding.family == family for finding in findings) for family in FAMILIES}
        told = [
            f"{self.of(FAMILY[family])} {count} ({self.of(FAMILY_MEANS[family])})" for family, count in counts.items()
        ]
        forms = len(report.forms)
        yield self.of(Text(
            zh=f"原件 {report.file}，SHA-256 {report.sha256}；{by.day} 由 Jixiao {by.program} 复核。",
            en=f"Original {report.file}, SHA-256 {report.sha256}; reviewed on {by.day} by Jixiao {by.program}.",
        ))  # fmt: skip
        yield self.of(Text(
            zh=f"自评表 {forms} 张，意见 {len(findings)} 条：{'；'.join(told)}。",
            en=f"{forms} forms, {len(findings)} findings: {'; '.join(told)}.",
        ))  # fmt: skip
        marks = dict.fromkeys(finding.clause.evidence for finding in findings if finding.clause is not None)
        for mark in marks:
            yield f"[{self.of(EVIDENCE[mark])}] {self.of(EVIDENCE_MEANS[mark])}"
        yield from (self.of(remark) for remark in report.remarks)
        if trials_left_out:
            yield self.of(left_out_text(trials_left_out))
