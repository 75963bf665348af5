"""What each process does with forms of a folder: review one beside last year's, and keep what the reports need."""

from datetime import date

import msgspec
from msgspec import Struct

from jixiao.corpus.formsfile import FormsFileFault, form_of
from jixiao.desk.known import Known
from jixiao.desk.reviewing import review_form
from jixiao.form import Form, plain
from jixiao.review.context import Context
from jixiao.review.folder.brief import Brief, Stamps, brief_of
from jixiao.review.folder.waivers import Ruling, State, Waiver, Waivers
from jixiao.review.folder.years import Changes, changes
from jixiao.scoring import Attached, Text
from jixiao.scoring.sheet import Line
from jixiao.writing.evidence import supported_text
from jixiao.writing.folder.report import AskedFinding, Detail, ScoredLine
from jixiao.writing.naming import field_name, places_name
from jixiao.writing.report import FormReport, ReportError


class Way(Struct, frozen=True):
    """How forms are reviewed: under which book, with checks on trial, with which waivers on which day, beside what."""

    rulebook: str | None
    trial: bool
    waivers: tuple[Waiver, ...]
    day: date
    known: Known | None = None


class Job(Struct, frozen=True):
    """A form's text, where it stands, the texts of last year's form and of its targets, its evidence, remarks."""

    file: str
    number: int
    data: bytes
    last: bytes | None = None
    approved: bytes | None = None
    evidence: Attached | None = None
    remarks: tuple[Text, ...] = ()


class Reviewed(Struct, frozen=True):
    """What came of a form: its brief, what is told of it (packed), what waivers said; or why there is nothing."""

    brief: Brief | None = None
    detail: bytes = b""
    rulings: tuple[tuple[int, State], ...] = ()
    error: ReportError | None = None


def review_batch(way: Way, jobs: list[Job]) -> list[Reviewed]:
    """Review some forms."""
    waivers = Waivers(way.waivers, way.day)
    return [_reviewed(way, waivers, job) for job in jobs]


def _reviewed(way: Way, waivers: Waivers, job: Job) -> Reviewed:
    try:
        form = form_of(job.data, job.number, job.file)
    except FormsFileFault as fault:
        return Reviewed(error=fault.error)
    last, approved = _known(job, job.last), _known(job, job.approved)
    context = Context(last_year=last, approved=approved, evidence=job.evidence)
    report = review_form(form, context, rulebook=way.rulebook, trial=way.trial, known=way.known)
    findings = report.review.findings
    rulings = waivers.rulings(form, findings)
    waived = [one for one, ruling in zip(findings, rulings, strict=True) if ruling and ruling.state == "holds"]
    stamps = Stamps(form)
    brief = brief_of(form, report.sheet, report.review, source=(job.file, job.number), stamps=stamps, waived=waived)
    detail = _detail(report, stamps, rulings, None if last is None else changes(form, last))
    detail = msgspec.structs.replace(detail, remarks=(*job.remarks, *detail.remarks))
    told = tuple((ruling.waiver, ruling.state) for ruling in rulings if ruling)
    return Reviewed(brief, msgspec.msgpack.encode(detail), told)


def _known(job: Job, data: bytes | None) -> Form | None:
    try:
        return None if data is None else form_of(data, 0, job.file)
    except FormsFileFault:
        return None


def _detail(report: FormReport, stamps: Stamps, rulings: list[Ruling | None], changed: Changes | None) -> Detail:
    form = report.form
    findings = tuple(
        AskedFinding(
            finding=finding,
            field=field_name(form, finding.pointer),
            where=places_name(finding.places),
            read=stamps.of(finding.pointer),
            waiver=None if ruling is None else ruling.waiver,
            state=None if ruling is None else ruling.state,
        )
        for finding, ruling in zip(report.review.findings, rulings, strict=True)
    )
    lines = tuple(_line(form, line) for line in report.sheet.lines)
    supported = None if report.sheet.supported is None else supported_text(report.sheet.supported)
    return Detail(
        lines=lines,
        findings=findings,
        undecided=report.review.undecided,
        rulebook=report.rulebook_title,
        why=report.rulebook_why,
        changes=changed,
        supported=supported,
        remarks=report.remarks,
    )


def _line(form: Form, line: Line) -> ScoredLine:
    claimed, computed, low = (
        None if value is None else plain(value) for value in (line.claimed, line.computed, line.low)
    )
    return ScoredLine(field_name(form, line.pointer), claimed, computed, low, line.agrees)
