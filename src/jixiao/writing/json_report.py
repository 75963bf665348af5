"""The review as JSON, contract `jixiao/review/1`, its JSON Schema, and reading it back.

A sentence that the contract has as one string is 中文; its English stands beside it under the name with `_en`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from jixiao.form import Form, Place, encode, plain, to_wire
from jixiao.review.verdict import Family, Finding, Severity
from jixiao.scoring import Item
from jixiao.scoring.sheet import Clause, Line, ScoreSheet, Step, Supported, Text
from jixiao.writing.report import FileReport, FileStream, FormReport, ReportError, ReviewReport
from jixiao.writing.words import clause_source

REVIEW_SCHEMA: Final = "jixiao/review/1"
_FILE_DEPTH: Final = 4
_FORM_DEPTH: Final = 8


class ErrorWire(Struct, frozen=True):
    """Why a file could not be read."""

    code: str
    message: str
    advice: str
    message_en: str
    advice_en: str


class RulebookWire(Struct, frozen=True):
    """The rulebook a form was scored under: id, the day for which it was in force, fingerprint; name and why."""

    id: str
    on: str
    fingerprint: str
    title: Text
    why: Text


class ClaimedWire(Struct, frozen=True):
    """自评: total and grade as printed."""

    score: str | None
    grade: str | None


class StepWire(Struct, frozen=True):
    """One step of a derivation; its clause in one line and how well that is evidenced, `None` where there is none.

    `entry` is the id of the rulebook's entry behind it, as `jixiao explain ENTRY --rulebook ID@DAY` takes it.
    """

    zh: str
    en: str
    clause: str | None
    evidence: str | None
    entry: str = ""


class LineWire(Struct, frozen=True):
    """One scored line: what `jixiao.scoring.sheet.Line` holds, points as digit strings."""

    pointer: str
    claimed: str | None
    computed: str | None
    low: str | None
    high: str | None
    agrees: bool | None
    formula: str
    formula_en: str
    steps: tuple[StepWire, ...]
    needs: tuple[str, ...]
    reason: Text | None = None


class SupportedWire(Struct, frozen=True):
    """The total that the attached evidence bears out: what `jixiao.scoring.sheet.Supported` holds."""

    score: str | None
    lines: tuple[str, ...]
    unsupported: tuple[str, ...]
    evidence: tuple[Item, ...]
    steps: tuple[StepWire, ...]


class ComputedWire(Struct, frozen=True):
    """The recomputed total, its low end, the grade, every line and the derivation of the total.

    `supported` is the total that the attached evidence bears out; absent where nobody was asked for evidence.
    `unscored` says why there is no score, where the form is of a kind that is not scored; absent elsewhere.
    """

    score: str | None
    low: str | None
    grade: str | None
    lines: tuple[LineWire, ...]
    steps: tuple[StepWire, ...]
    needs: tuple[str, ...]
    supported: SupportedWire | UnsetType = UNSET
    unscored: Text | UnsetType = UNSET


class FindingWire(Struct, frozen=True):
    """One finding: what `jixiao.review.verdict.Finding` holds; `trial` where the check that asks is on trial."""

    code: str
    name: str
    family: Family
    severity: Severity
    pointer: str
    places: tuple[Place, ...]
    read: str
    expected: str
    read_en: str
    expected_en: str
    ask: Text
    clause: Clause | None
    trial: bool = False


class UndecidedWire(Struct, frozen=True):
    """A check that could not decide, and what it would need."""

    code: str
    pointer: str
    needs: str
    needs_en: str


class FormEntry(Struct, frozen=True):
    """One form with its scores and findings; and what else must be said of it (absent when nothing)."""

    form: Form
    rulebook: RulebookWire
    claimed: ClaimedWire
    computed: ComputedWire
    findings: tuple[FindingWire, ...]
    undecided: tuple[UndecidedWire, ...]
    remarks: tuple[Text, ...] | UnsetType = UNSET


class FileEntry(Struct, frozen=True):
    """One file: its forms, or an error and none; and what else must be said of it (absent when nothing)."""

    file: str
    sha256: str
    error: ErrorWire | None
    forms: tuple[FormEntry, ...]
    remarks: tuple[Text, ...] | UnsetType = UNSET


class ReviewDocument(Struct, frozen=True):
    """The whole document that `jixiao check --format json` prints; `trials_left_out` counts checks not asked."""

    schema: Literal["jixiao/review/1"]
    program: str
    files: tuple[FileEntry, ...]
    trials_left_out: int = 0


class EncodedForm(Struct, frozen=True):
    """One form of a review as JSON, as deep as it stands in the document; whether it asks, whether a line differs."""

    data: bytes
    asks: bool
    differs: bool


@dataclass(slots=True)
class Tally:
    """What a run came to, counted while it is written: files not read, whether a form asks, whether a line differs."""

    errors: int = 0
    asks: bool = False
    differs: bool = False

    @classmethod
    def of(cls, report: ReviewReport) -> "Tally":
        """Of a whole report."""
        tally = cls(errors=len(list(report.errors())))
        for _, form in report.forms():
            tally._add(bool(form.review.findings), any(line.agrees is False for line in form.sheet.lines))
        return tally

    def count(self, files: Iterable[FileStream[EncodedForm]]) -> Iterator[FileStream[EncodedForm]]:
        """The same files, counted as they pass."""
        for file in files:
            self.errors += file.error is not None
            yield replace(file, forms=self._counted(file.forms))

    def _counted(self, forms: Iterable[EncodedForm]) -> Iterator[EncodedForm]:
        for form in forms:
            self._add(form.asks, form.differs)
            yield form

    def _add(self, *answers: bool) -> None:
        asks, differs = answers
        self.asks, self.differs = self.asks or asks, self.differs or differs


def write_json(report: ReviewReport) -> bytes:
    """The review as JSON bytes, indented by two spaces, in UTF-8, with a newline at the end."""
    files = (
        FileStream(file.file, file.sha256, file.error, (encode_form(form) for form in file.forms), file.remarks)
        for file in report.files
    )
    return b"".join(stream_json(report.program, files, report.trials_left_out))


def encode_form(report: FormReport) -> EncodedForm:
    """One form of the document."""
    wire: dict[str, Any] = msgspec.to_builtins(_form(report), builtin_types=(Decimal,))
    wire["form"] = to_wire(report.form)
    differs = any(line.agrees is False for line in report.sheet.lines)
    return EncodedForm(_indented(encode(wire), _FORM_DEPTH), bool(report.review.findings), differs)


def stream_json(program: str, files: Iterable[FileStream[EncodedForm]], trials_left_out: int = 0) -> Iterator[bytes]:
    """The document of `write_json` piece by piece."""
    head = msgspec.json.format(msgspec.json.encode({"schema": REVIEW_SCHEMA, "program": program}), indent=2)
    yield head.removesuffix(b"\n}") + b',\n  "files": '
    yield from _listed((_file_pieces(file) for file in files), _FILE_DEPTH)
    yield f',\n  "trials_left_out": {trials_left_out}\n}}\n'.encode()


def _file_pieces(file: FileStream[EncodedForm]) -> Iterator[bytes]:
    error = None if file.error is None else error_wire(file.error)
    head = _indented(encode({"file": file.file, "sha256": file.sha256, "error": error}), _FILE_DEPTH)
    yield head.removesuffix(b"\n" + b" " * _FILE_DEPTH + b"}") + b",\n" + b" " * (_FILE_DEPTH + 2) + b'"forms": '
    yield from _listed(((form.data,) for form in file.forms), _FORM_DEPTH)
    if file.remarks:
        remarks = _indented(msgspec.json.encode(file.remarks), _FILE_DEPTH + 2)
        yield b",\n" + b" " * (_FILE_DEPTH + 2) + b'"remarks": ' + remarks
    yield b"\n" + b" " * _FILE_DEPTH + b"}"


def _listed(items: Iterable[Iterable[bytes]], depth: int) -> Iterator[bytes]:
    """A JSON array whose items stand at a depth, as the formatter writes it."""
    begun = False
    for item in items:
        yield (b",\n" if begun else b"[\n") + b" " * depth
        yield from item
        begun = True
    yield b"\n" + b" " * (depth - 2) + b"]" if begun else b"[]"


def _indented(data: bytes, depth: int) -> bytes:
    return msgspec.json.format(data, indent=2).replace(b"\n", b"\n" + b" " * depth)


def review_wire(report: ReviewReport) -> dict[str, Any]:
    """The review as plain JSON values; a `Decimal` stands only in the geometry and confidence of places."""
    document = ReviewDocument(
        REVIEW_SCHEMA, report.program, tuple(_file(file) for file in report.files), report.trials_left_out
    )
    wire: dict[str, Any] = msgspec.to_builtins(document, builtin_types=(Decimal,))
    for entry, file in zip(wire["files"], report.files, strict=True):
        for item, form in zip(entry["forms"], file.forms, strict=True):
            item["form"] = to_wire(form.form)
    return wire


def read_review(data: bytes | str) -> ReviewDocument:
    """A review read back from JSON.

    Raises:
        msgspec.MsgspecError: the bytes are no JSON, or not of the schema; the message names the path.
    """
    return msgspec.json.decode(data, type=ReviewDocument)


def review_schema() -> dict[str, Any]:
    """JSON Schema of a review, generated from the structures of this module."""
    return msgspec.json.schema(ReviewDocument)


def _file(file: FileReport) -> FileEntry:
    error = None if file.error is None else error_wire(file.error)
    return FileEntry(file.file, file.sha256, error, tuple(_form(form) for form in file.forms), file.remarks or UNSET)


def error_wire(error: ReportError) -> ErrorWire:
    """An error as the contract prints it."""
    return ErrorWire(
        code=error.code,
        message=error.message.zh,
        advice=error.advice.zh,
        message_en=error.message.en,
        advice_en=error.advice.en,
    )


def _form(report: FormReport) -> FormEntry:
    sheet = report.sheet
    undecided = tuple(
        UndecidedWire(item.code, item.pointer, item.needs.zh, item.needs.en) for item in report.review.undecided
    )
    return FormEntry(
        form=report.form,
        rulebook=RulebookWire(sheet.rulebook, sheet.on, sheet.fingerprint, report.rulebook_title, report.rulebook_why),
        claimed=ClaimedWire(_digits(sheet.claimed_score), sheet.claimed_grade),
        computed=_computed(sheet),
        findings=tuple(finding_wire(finding) for finding in report.review.findings),
        undecided=undecided,
        remarks=report.remarks or UNSET,
    )


def _computed(sheet: ScoreSheet) -> ComputedWire:
    return ComputedWire(
        score=_digits(sheet.score),
        low=_digits(sheet.low),
        grade=sheet.grade,
        lines=tuple(_line(line) for line in sheet.lines),
        steps=tuple(_step(step) for step in sheet.steps),
        needs=sheet.needs,
        supported=UNSET if sheet.supported is None else _supported(sheet.supported),
        unscored=UNSET if sheet.unscored is None else sheet.unscored,
    )


def _supported(supported: Supported) -> SupportedWire:
    return SupportedWire(
        score=_digits(supported.score),
        lines=supported.lines,
        unsupported=supported.unsupported,
        evidence=supported.evidence,
        steps=tuple(_step(step) for step in supported.steps),
    )


def _line(line: Line) -> LineWire:
    return LineWire(
        pointer=line.pointer,
        claimed=_digits(line.claimed),
        computed=_digits(line.computed),
        low=_digits(line.low),
        high=_digits(line.high),
        agrees=line.agrees,
        formula=line.formula.zh,
        formula_en=line.formula.en,
        steps=tuple(_step(step) for step in line.steps),
        needs=line.needs,
        reason=line.reason,
    )


def _step(step: Step) -> StepWire:
    if step.clause is None:
        return StepWire(step.zh, step.en, None, None, step.entry)
    return StepWire(step.zh, step.en, clause_source(step.clause), step.clause.evidence, step.entry)


def finding_wire(finding: Finding) -> FindingWire:
    """A finding as the contract prints it."""
    return FindingWire(
        code=finding.code,
        name=finding.name,
        family=finding.family,
        severity=finding.severity,
        pointer=finding.pointer,
        places=finding.places,
        read=finding.read.zh,
        expected=finding.expected.zh,
        read_en=finding.read.en,
        expected_en=finding.expected.en,
        ask=finding.ask,
        clause=finding.clause,
        trial=finding.trial,
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
