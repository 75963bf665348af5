"""Corrections as data, contract `jixiao/fix/1`: what was changed and why, what was left, and the forms put right."""

from typing import Any, Final

import msgspec

from jixiao.form import encode, place_wire, to_wire
from jixiao.review.corrections import Correction, Left
from jixiao.scoring.sheet import Clause, Text
from jixiao.writing.fixing.report import Fixed, FixedForm, FixReport
from jixiao.writing.forms_report import error_wire

FIX_SCHEMA: Final = "jixiao/fix/1"


def write_json(report: FixReport) -> bytes:
    """The report as JSON, indented by two spaces; a form of which there is nothing to say is counted only."""
    wire = {"schema": FIX_SCHEMA, "program": report.program, "files": [_file(file) for file in report.files]}
    return msgspec.json.format(encode(wire), indent=2) + b"\n"


def _file(file: Fixed) -> dict[str, Any]:
    error = None if file.error is None else error_wire(file.file, file.error)["error"]
    return {
        "file": file.file,
        "sha256": file.sha256,
        "out": file.out,
        "error": error,
        "remarks": [_text(remark) for remark in file.remarks],
        "forms_read": file.read,
        "forms": [_form(form) for form in file.forms],
    }


def _form(form: FixedForm) -> dict[str, Any]:
    identifier, _, day = form.book.partition(" ")
    return {
        "number": form.number,
        "project": form.form.project.name,
        "rulebook": {"id": identifier, "on": day, "fingerprint": form.fingerprint},
        "corrections": [_correction(form, each) for each in form.corrected.corrections],
        "left": [_left(each) for each in form.corrected.left],
        "form": to_wire(form.corrected.form),
    }


def _correction(form: FixedForm, each: Correction) -> dict[str, Any]:
    return {
        "pointer": each.pointer,
        "field": _text(form.name_of(each.pointer)),
        "places": [place_wire(place) for place in form.form.places.get(each.pointer, ())],
        "kind": each.kind,
        "read": each.read,
        "corrected": each.corrected,
        "because": [_text(reason) for reason in each.because],
        "clause": _clause(each.clause),
        "depends": list(each.depends),
    }


def _left(each: Left) -> dict[str, Any]:
    return {"pointers": list(each.pointers), "why": each.why} | _text(each.said)


def _clause(clause: Clause | None) -> dict[str, str] | None:
    if clause is None:
        return None
    return {"document": clause.document, "article": clause.article, "evidence": clause.evidence}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
