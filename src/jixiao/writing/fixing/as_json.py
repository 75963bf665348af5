"""Corrections as data, contract `jixiao/fix/1`: what was changed and why, what was left, and the forms put right."""

from decimal import Decimal
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.form import encode as encode_json
from jixiao.form import place_wire, to_wire
from jixiao.review.corrections import Correction, Kind
from jixiao.scoring.sheet import Clause, Text
from jixiao.writing.fixing.report import Fixed, FixedForm, FixReport
from jixiao.writing.forms_report import error_wire

FIX_SCHEMA: Final = "jixiao/fix/1"


class CorrectionWire(Struct, frozen=True):
    """One field put right: old and new, where it stands, how it follows, the clause, what it depends on."""

    pointer: str
    field: Text
    places: list[dict[str, Any]]
    kind: Kind
    read: str
    corrected: str
    because: tuple[Text, ...]
    clause: Clause | None
    depends: tuple[str, ...]


class LeftWire(Struct, frozen=True):
    """What is at odds and was not changed: the fields, why they were left, what is said of them."""

    pointers: tuple[str, ...]
    why: Literal["undecided", "kept"]
    zh: str
    en: str


class BookWire(Struct, frozen=True):
    """The rulebook: id, the day for which it was in force, fingerprint."""

    id: str
    on: str
    fingerprint: str


class FormWire(Struct, frozen=True):
    """One form of which there is something to say; `form` is `jixiao/form/1`, put right."""

    number: int
    project: str
    rulebook: BookWire
    corrections: tuple[CorrectionWire, ...]
    left: tuple[LeftWire, ...]
    form: dict[str, Any]


class FileWire(Struct, frozen=True):
    """One file: its digest, where the copy is, why there is none, how many forms were read."""

    file: str
    sha256: str
    out: str | None
    error: dict[str, str] | None
    remarks: tuple[Text, ...]
    forms_read: int
    forms: tuple[FormWire, ...]


class FixDocument(Struct, frozen=True):
    """What `jixiao fix --format json` prints."""

    program: str
    files: tuple[FileWire, ...]
    schema: Literal["jixiao/fix/1"] = FIX_SCHEMA


def fix_schema() -> dict[str, Any]:
    """JSON Schema of the contract, generated from its structures."""
    return msgspec.json.schema(FixDocument)


def write_json(report: FixReport) -> bytes:
    """The report as JSON, indented by two spaces; a form of which there is nothing to say is counted only."""
    document = FixDocument(report.program, tuple(map(_file, report.files)))
    wire = msgspec.to_builtins(document, builtin_types=(Decimal,))
    first = {"schema": wire.pop("schema")}
    return msgspec.json.format(encode_json(first | wire), indent=2) + b"\n"


def _file(file: Fixed) -> FileWire:
    error: Any = None if file.error is None else error_wire(file.file, file.error)["error"]
    return FileWire(
        file=file.file,
        sha256=file.sha256,
        out=file.out,
        error=error,
        remarks=file.remarks,
        forms_read=file.read,
        forms=tuple(map(_form, file.forms)),
    )


def _form(form: FixedForm) -> FormWire:
    identifier, _, day = form.book.partition(" ")
    return FormWire(
        number=form.number,
        project=form.form.project.name,
        rulebook=BookWire(identifier, day, form.fingerprint),
        corrections=tuple(_correction(form, each) for each in form.corrected.corrections),
        left=tuple(LeftWire(each.pointers, each.why, each.said.zh, each.said.en) for each in form.corrected.left),
        form=to_wire(form.corrected.form),
    )


def _correction(form: FixedForm, each: Correction) -> CorrectionWire:
    return CorrectionWire(
        pointer=each.pointer,
        field=form.name_of(each.pointer),
        places=[place_wire(place) for place in form.form.places.get(each.pointer, ())],
        kind=each.kind,
        read=each.read,
        corrected=each.corrected,
        because=each.because,
        clause=each.clause,
        depends=each.depends,
    )
