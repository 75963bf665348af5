"""Addresses that change a filing: begin it, change cells, decide. Each names the version it was made from."""

import re
from decimal import Decimal
from typing import Annotated, Any, Final

import msgspec
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from ninja import Schema, Status
from pydantic import Field

from jixiao.desk.library import known_rulebook
from jixiao.desk.reviewing import review_form
from jixiao.form import Form
from jixiao.form.wire import decode_form
from jixiao.office.api.access import DECIDE, READ, WRITE, user_of
from jixiao.office.api.contract import given, if_match, problem, taken
from jixiao.office.api.forms import etag, versioned
from jixiao.office.api.problems import Problem
from jixiao.office.api.routes import router
from jixiao.office.api.shapes import DecisionOut, Digits, Number, Summary, Text, Word, decision_out, summary
from jixiao.office.filing import saving
from jixiao.office.filing.cells import UnknownCell
from jixiao.office.filing.door import open_filing, to_begin
from jixiao.office.filing.merging import Asked
from jixiao.office.filing.replacing import replace_form
from jixiao.office.filing.starting import start_filing
from jixiao.office.workflow.acts import DONE, act
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.office.workflow.said import CellWords, Said
from jixiao.writing.json_report import encode_form

_TAG: Final = re.compile(r'"([0-9]{1,9})"')
_CONFLICTS: Final = {409: problem(409), 410: problem(410), 412: problem(412), 428: problem(428)}


class CellChange(Schema):
    """A cell (`k1/actual`, `funds/total/executed`), what was seen in it, what it is to be."""

    cell: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    was: Text
    now: Text


class Changes(Schema):
    """Changes of cells; `rows` lists the keys of all indicators in order where some are new, moved or gone."""

    changes: Annotated[list[CellChange], Field(max_length=3000, default_factory=list)]
    rows: Annotated[list[Annotated[str, Field(pattern="^[kn][1-9][0-9]{0,8}$")]] | None, Field(max_length=300)] = None


class Begun(Schema):
    """A new filing: the round, the project, and the form it begins with (jixiao/form/1)."""

    round: Number
    project: Word
    form: dict[str, Any]


class CellSaid(Schema):
    """What a decision says about one cell."""

    cell: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    words: Text = ""


class Decided(Schema):
    """A step of the workflow: the act, its reason, what is asked of single cells, the reviewer's own score."""

    act: Annotated[str, Field(json_schema_extra={"enum": sorted(DONE)})]
    reason: Text = ""
    cells: Annotated[list[CellSaid], Field(max_length=500, default_factory=list)]
    score: Digits | None = None


@router.post(
    "/check", tags=["changes"], auth=READ, response={200: None}, openapi_extra=taken("Form") | given("FormEntry")
)
def check(request: HttpRequest, rulebook: Word = "") -> HttpResponse:
    """A form scored and asked about, without keeping it; `rulebook` is an id, otherwise the place decides."""
    entry = encode_form(review_form(form_in(request.body), rulebook=known_rulebook(rulebook) if rulebook else None))
    return HttpResponse(entry.data, content_type="application/json")


@router.post(
    "/forms", tags=["changes"], auth=WRITE, response={201: Summary}, openapi_extra={"responses": {409: problem(409)}}
)
def begin(request: HttpRequest, body: Begun) -> Status[Summary]:
    """Begin the filing of a project in a round."""
    user = user_of(request)
    round_, project = to_begin(user, body.round, body.project)
    if why := saving.closed(round_):
        raise Problem(422, "round", why, why)
    form = form_in(msgspec.json.encode(body.form))
    try:
        return Status(201, summary(start_filing(round_, project, form, by=user, kind="api")))
    except saving.Refused as refused:
        raise Problem(422, refused.code, refused.words, refused.words) from refused
    except IntegrityError as error:
        zh, en = "该项目在本批次已有自评表。", "This project has its form in this round already."
        raise Problem(409, "there-already", zh, en) from error


@router.patch(
    "/forms/{number}", tags=["changes"], auth=WRITE, response={200: Summary}, openapi_extra=if_match(_CONFLICTS)
)
def change(request: HttpRequest, number: Number, body: Changes, response: HttpResponse) -> Summary:
    """Change cells. What others changed elsewhere since stays; a cell both changed answers 409 with both texts."""
    try:
        asked = msgspec.convert(body.dict() | {"base": base(request)}, Asked)
        done = saving.save(user_of(request), number, asked, "api")
    except saving.Met as met:
        conflicts = msgspec.to_builtins(met.conflicts)
        raise Problem(409, met.code, met.words, met.words, version=met.filing.version, conflicts=conflicts) from met
    except saving.Refused as refused:
        raise Problem(refused.status, refused.code, refused.words, refused.words) from refused
    except (UnknownCell, msgspec.ValidationError) as fault:
        zh, en = f"没有这个单元格：{fault}。", f"There is no such cell: {fault}."
        raise Problem(422, "cell", zh, en) from fault
    versioned(response, done.filing)
    return summary(done.filing)


@router.put(
    "/forms/{number}",
    tags=["changes"],
    auth=WRITE,
    response={200: Summary},
    openapi_extra=taken("Form") | if_match(_CONFLICTS),
)
def replace(request: HttpRequest, number: Number, response: HttpResponse) -> Summary:
    """Put a whole form in place of the one that was read; rows of the same name keep their keys and history."""
    user, seen = user_of(request), base(request)
    open_filing(user, number)
    try:
        done = replace_form(user, number, form_in(request.body), seen, "api")
    except saving.Refused as refused:
        raise Problem(refused.status, refused.code, refused.words, refused.words) from refused
    versioned(response, done.filing)
    return summary(done.filing)


@router.post(
    "/forms/{number}/decisions",
    tags=["changes"],
    auth=DECIDE,
    response={201: DecisionOut},
    openapi_extra=if_match(_CONFLICTS),
)
def decide(request: HttpRequest, number: Number, body: Decided, response: HttpResponse) -> Status[DecisionOut]:
    """Do one act of the workflow: submit, approve, return, publish … as the table of acts allows."""
    user, seen = user_of(request), base(request)
    held = open_filing(user, number)
    cells = tuple(CellWords(each.cell, each.words) for each in body.cells)
    said = Said(body.reason, cells, None if body.score is None else Decimal(body.score))
    try:
        made = act(held, body.act, user, said, seen)
    except Moved as moved:
        raise Problem(412, moved.code, str(moved), str(moved), version=held.version) from moved
    except Refused as refused:
        raise Problem(422, refused.code, str(refused), str(refused), cells=refused.cells) from refused
    response["ETag"] = etag(held)
    return Status(201, decision_out(made))


def form_in(data: bytes) -> Form:
    """A form from a request.

    Raises:
        Problem: it is not of the contract; the sentence says where.
    """
    try:
        return decode_form(data)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as fault:
        zh, en = f"表不合 jixiao/form/1：{fault}。", f"The form is not of jixiao/form/1: {fault}."
        raise Problem(422, "form", zh, en) from fault


def base(request: HttpRequest) -> int:
    """The version that a change was made from, of the header `If-Match`.

    Raises:
        Problem: it is missing, or none of ours.
    """
    shown = request.headers.get("If-Match", "")
    found = _TAG.fullmatch(shown.removeprefix("W/"))
    if not shown:
        zh, en = "请在 If-Match 头里给出读到的版本（ETag）。", "Give the version you read (ETag) in If-Match."
        raise Problem(428, "no-version", zh, en)
    if found is None:
        zh, en = 'If-Match 应为读到的 ETag，如 "12"。', 'If-Match must be the ETag you read, such as "12".'
        raise Problem(400, "version", zh, en)
    return int(found[1])
