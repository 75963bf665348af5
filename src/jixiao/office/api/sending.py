"""Addresses that give files for others: exchange with the integrated platform, and what is published."""

from typing import Annotated, Any, Final, Literal

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from pydantic import Field

from jixiao.office.api.access import READ, user_of
from jixiao.office.api.contract import answered
from jixiao.office.api.exchange.packing import Around, Packed, pack
from jixiao.office.api.exchange.workbook import write
from jixiao.office.api.forms import MEDIA
from jixiao.office.api.lists import page
from jixiao.office.api.routes import router
from jixiao.office.api.shapes import After, Limit, Number, Publications, Word, publication_out
from jixiao.office.filing.door import round_read, visible_filings
from jixiao.office.filing.judging import form_of
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.people.models import Organisation
from jixiao.office.publication.models import Edition, Publication
from jixiao.office.publication.record import encode_record
from jixiao.office.publication.records import record_of
from jixiao.office.publication.search import found
from jixiao.office.rounds.models import Round

_FILES: Final = answered(
    {
        "application/json": {"schema": {"type": "object"}},
        MEDIA["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
    }
)
_RECORD: Final = answered({"application/json": {"schema": {"type": "object"}}})
_REGION: Final = 9


@router.get("/exchange/{number}", tags=["exchange"], auth=READ, response={200: None}, openapi_extra=_FILES)
def exchange(request: HttpRequest, number: Number, kind: Literal["json", "xlsx"] = "json") -> HttpResponse:
    """The filings of a round that one may read, approved ones, with the fields of the integrated platform."""
    round_ = round_read(user_of(request), number)
    held = visible_filings(user_of(request)).filter(round=round_, state__in=("approved", "published"))
    packed = packed_filings(round_, list(held.select_related("project", "unit").order_by("pk")))
    if kind == "xlsx":
        answer = HttpResponse(write(packed), content_type=MEDIA["xlsx"])
        answer["Content-Disposition"] = f'attachment; filename="exchange-{round_.fiscal_year}.xlsx"'
        return answer
    body = {"round": round_.title, "filings": packed}
    return HttpResponse(msgspec.json.encode(body), content_type="application/json")


def packed_filings(round_: Round, filings: list[Filing]) -> list[Packed]:
    """Filings of a round as the platform's records; three queries, however many there are."""
    codes = dict(Organisation.objects.filter(kind="department").values_list("pk", "code"))
    words: dict[tuple[int, str], str] = {}
    for decision in Decision.objects.filter(filing__in=filings, act__startswith="approve").order_by("pk"):
        words[decision.filing_id, decision.act] = decision.reason
    return [pack(form_of(each.form), _around(round_, each, codes, words)) for each in filings]


def _around(round_: Round, held: Filing, codes: dict[int, str], words: dict[tuple[int, str], str]) -> Around:
    above = [int(step) for step in held.path.split("/") if step]
    department = next((codes[step] for step in above if step in codes), "")
    return Around(
        region=round_.bureau.code[:_REGION],
        department=department,
        unit=held.unit.code,
        unit_name=held.unit.name,
        project=held.project.code,
        project_name=held.project.name,
        department_score=held.department_score,
        department_opinion=words.get((held.pk, "approve_department"), ""),
        finance_opinion=words.get((held.pk, "approve_finance"), ""),
    )


@router.get("/publications", tags=["publication"], response=Publications)
def publications(
    request: HttpRequest,
    q: Word = "",
    year: Annotated[int | None, Field(ge=1, le=9999)] = None,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """What is published, for everybody: no token is asked for; `q` are words of project, unit or department."""
    held = Publication.objects.filter(withdrawn__isnull=True)
    if q:
        held = held.filter(pk__in=found(q, year))
    if year is not None:
        held = held.filter(year=year)
    items, following = page(held, after, limit)
    return {"items": [publication_out(each) for each in items], "next": following}


@router.get("/publications/{uid}/{year}", tags=["publication"], response={200: None}, openapi_extra=_RECORD)
def publication(request: HttpRequest, uid: Word, year: Annotated[int, Field(ge=1, le=9999)]) -> HttpResponse:
    """One published record (jixiao/publication/1): the public form, its review, in its current edition."""
    current = Edition.objects.select_related("publication").filter(
        publication__uid=uid, publication__year=year, publication__withdrawn__isnull=True
    )
    edition = current.order_by("-number").first()
    if edition is None:
        raise Http404
    return HttpResponse(encode_record(record_of(edition)), content_type="application/json")
