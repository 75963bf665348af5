"""Addresses of one filing, to read: the form, its scores and findings, history, versions, decisions, documents."""

from datetime import date
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from jixiao.desk.documents import KINDS, Wanted, document_file, layout_named
from jixiao.office.api.access import READ, user_of
from jixiao.office.api.contract import answered, given
from jixiao.office.api.lists import page
from jixiao.office.api.problems import Problem
from jixiao.office.api.routes import router
from jixiao.office.api.shapes import (
    After,
    Decisions,
    Limit,
    Number,
    Saves,
    Summary,
    Versions,
    decision_out,
    save_out,
    summary,
    version_out,
)
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.judging import form_of, report
from jixiao.office.filing.models import Filing, Save
from jixiao.writing.json_report import encode_form
from jixiao.writing.official import lay_out

MEDIA: Final = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ROWS: Final = "Jixiao-Rows"
"""The header that names the rows of indicators, in order."""


@router.get("/forms/{number}", tags=["forms"], auth=READ, response={200: None}, openapi_extra=given("Form", etag=True))
def form(request: HttpRequest, number: Number) -> HttpResponse:
    """The form as data (jixiao/form/1); `ETag` is its version, `Jixiao-Rows` names its indicators."""
    held = open_filing(user_of(request), number)
    if request.headers.get("If-None-Match") == etag(held):
        return versioned(HttpResponse(status=304), held)
    return versioned(HttpResponse(held.form, content_type="application/json"), held)


@router.get("/forms/{number}/summary", tags=["forms"], response=Summary, auth=READ)
def one_summary(request: HttpRequest, number: Number) -> Summary:
    """Where the filing stands, and its figures."""
    return summary(open_filing(user_of(request), number))


@router.get(
    "/forms/{number}/review",
    tags=["forms"],
    auth=READ,
    response={200: None},
    openapi_extra=given("FormEntry", etag=True),
)
def review(request: HttpRequest, number: Number) -> HttpResponse:
    """Scores with their derivation, findings, and what could not be decided (an entry of jixiao/review/1)."""
    held = open_filing(user_of(request), number)
    return versioned(HttpResponse(encode_form(report(held)).data, content_type="application/json"), held)


@router.get("/forms/{number}/history", tags=["forms"], response=Saves, auth=READ)
def history(request: HttpRequest, number: Number, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """Every save in order, refused ones too."""
    held = open_filing(user_of(request), number)
    items, following = page(held.saves.select_related("by"), after, limit)
    return {
        "items": [save_out(each, msgspec.json.decode(each.changes, type=list[dict[str, Any]])) for each in items],
        "next": following,
    }


@router.get("/forms/{number}/versions", tags=["forms"], response=Versions, auth=READ)
def versions(request: HttpRequest, number: Number, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The versions that were frozen when the form changed hands."""
    held = open_filing(user_of(request), number)
    items, following = page(held.versions.select_related("by"), after, limit)
    return {"items": [version_out(each) for each in items], "next": following}


@router.get("/forms/{number}/decisions", tags=["forms"], response=Decisions, auth=READ)
def decisions(request: HttpRequest, number: Number, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The steps of the workflow in order."""
    held = open_filing(user_of(request), number)
    items, following = page(held.decisions.select_related("by", "version"), after, limit)
    return {"items": [decision_out(each) for each in items], "next": following}


_DOCUMENTS: Final = answered(
    {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()}, 406
)


@router.get("/forms/{number}/document", tags=["forms"], auth=READ, response={200: None}, openapi_extra=_DOCUMENTS)
def document(request: HttpRequest, number: Number, kind: str = "pdf") -> StreamingHttpResponse:
    """The official document in the round's layout: pdf, docx, xlsx, html or ofd."""
    held = open_filing(user_of(request), number)
    if kind not in KINDS:
        listed = "、".join(KINDS)
        raise Problem(406, "kind", f"没有 {kind[:20]} 格式。有：{listed}。", f"The formats are {', '.join(KINDS)}.")
    layout = held.round.layout
    laid = lay_out(form_of(held.form), layout_named(layout))
    pieces = document_file([laid.document], Wanted(layout, kind, date.today()))  # noqa: DTZ011 -- the day people have
    answer = StreamingHttpResponse(pieces, content_type=MEDIA[kind])
    answer["Content-Disposition"] = f'attachment; filename="form-{held.pk}.{kind}"'
    return answer


def _changes(save: Save) -> list[dict[str, Any]]:
    return msgspec.json.decode(save.changes, type=list[dict[str, Any]])


def etag(held: Filing) -> str:
    """The version as an entity tag."""
    return f'"{held.version}"'


def versioned(answer: HttpResponse, held: Filing) -> HttpResponse:
    """An answer that says which version it shows."""
    answer["ETag"] = etag(held)
    answer[ROWS] = held.keys
    answer["Cache-Control"] = "private, no-cache"
    return answer
