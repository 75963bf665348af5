"""A project's page: one year told, with its history; and where it was withdrawn, a notice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec import Struct

from jixiao.form import Form, FundRow, Indicator, encode, to_wire
from jixiao.office.filing.judging import form_of
from jixiao.office.publication.models import PAPERS, Edition, Publication
from jixiao.office.publication.pages.answering import Made, answer, html, public
from jixiao.office.publication.pages.bars import Bar, bars, height
from jixiao.office.publication.record import PublicLine, PublicReview, decode_review, decode_told, record_wire
from jixiao.office.publication.records import record_of
from jixiao.review.naming import FUND_ROWS
from jixiao.scoring.sheet import Text


class Line(Struct, frozen=True):
    """A line of the table of indicators, with what the rules give; where a heading begins, how many lines it spans."""

    indicator: Indicator
    scored: PublicLine | None
    span1: int
    span2: int


def history(uid: str) -> list[Publication]:
    """All years of a project, newest first, withdrawn ones too.

    Raises:
        Http404: nothing of it was ever published.
    """
    years = list(Publication.objects.filter(uid=uid).order_by("-year"))
    if not years:
        raise Http404
    return years


def states(uid: str) -> dict[int, tuple[datetime, datetime | None]]:
    """When each year of a project last changed, and since when it is withdrawn: little to ask, asked at each request.

    Raises:
        Http404: nothing of it was ever published.
    """
    rows = Publication.objects.filter(uid=uid).values_list("year", "changed", "withdrawn")
    held = {year: (changed, withdrawn) for year, changed, withdrawn in rows}
    if not held:
        raise Http404
    return held


@public
def latest(request: HttpRequest, uid: str) -> HttpResponse:
    """A project without a year leads to its newest."""
    held = states(uid)
    standing = [year for year, (_, withdrawn) in held.items() if withdrawn is None]
    return HttpResponseRedirect(f"{request.path}{max(standing or held)}/")


@public
def project(request: HttpRequest, uid: str, year: int) -> HttpResponse:
    """The page of a project in a year."""
    held = states(uid)
    if year not in held:
        raise Http404
    changed = max(moment for moment, _ in held.values())
    if held[year][1] is not None:
        return answer(request, changed, partial(_notice, request, uid, year), status=410)
    return answer(request, changed, partial(_page, request, uid, year))


def _notice(request: HttpRequest, uid: str, year: int) -> Made:
    years = history(uid)
    return html(request, "withdrawn.html", held=next(one for one in years if one.year == year), years=years)


def _page(request: HttpRequest, uid: str, year: int) -> Made:
    years = history(uid)
    held = next(one for one in years if one.year == year)
    editions = list(held.editions.defer("form", "review", "told"))
    edition = Edition.objects.get(publication=held, number=held.edition)
    form, review, chart = form_of(edition.form), decode_review(edition.review), _bars(years)
    told = {
        "held": held,
        "years": years,
        "edition": edition,
        "corrections": [one for one in editions if one.number > 1],
        "form": form,
        "review": review,
        "sections": _sections(edition, review),
        "lines": _lines(form, review),
        "funds": _funds(form),
        "bars": chart,
        "bars_height": height(chart),
        "papers": PAPERS,
    }
    return html(request, "project.html", **told)


def _sections(edition: Edition, review: PublicReview) -> list[dict[str, Any]]:
    """The sections of plain words; those of questions with the questions themselves."""
    return [
        {"told": part, "findings": [one for one in review.findings if one.family == part.part]}
        for part in decode_told(edition.told)
    ]


def _lines(form: Form, review: PublicReview) -> list[Line]:
    scored = {line.pointer: line for line in review.lines}
    first = _spans([(line.level1,) for line in form.indicators])
    second = _spans([(line.level1, line.level2) for line in form.indicators])
    return [
        Line(indicator, scored.get(f"/indicators/{at}"), first[at], second[at])
        for at, indicator in enumerate(form.indicators)
    ]


def _spans(keys: list[tuple[str, ...]]) -> list[int]:
    """How many equal keys begin at each place; 0 where one goes on."""
    spans = [0] * len(keys)
    start = 0
    for at, key in enumerate(keys):
        start = at if at and key != keys[start] else start
        spans[start] += 1
    return spans


def _funds(form: Form) -> list[dict[str, Any]]:
    """The fund rows with their labels; of the usual rows those that hold an amount."""
    usual = [{"label": label, "row": getattr(form.funds, name)} for name, label in FUND_ROWS.items()]
    more = [{"label": Text(row.label, row.label), "row": row} for row in form.funds.more]
    return [one for one in [*usual, *more] if one["row"] != FundRow()]


def _bars(years: list[Publication]) -> list[Bar]:
    """Budget and spending of every year that stands, oldest first."""
    rows = [(str(one.year), one.adjusted, one.executed) for one in reversed(years) if one.withdrawn is None]
    return bars(rows)


@public
def form_json(request: HttpRequest, uid: str, year: int) -> HttpResponse:
    """The public form as data, contract jixiao/form/1."""
    return _data(request, uid, year, lambda edition: encode(to_wire(form_of(edition.form))))


@public
def record_json(request: HttpRequest, uid: str, year: int) -> HttpResponse:
    """Form and review as data, contract jixiao/publication/1."""
    return _data(request, uid, year, lambda edition: encode(record_wire(record_of(edition))))


def _data(request: HttpRequest, uid: str, year: int, make: Callable[[Edition], bytes]) -> HttpResponse:
    held = standing(uid, year)
    edition = Edition.objects.select_related("publication").get(publication=held, number=held.edition)
    body = partial(make, edition)
    response = answer(request, held.changed, lambda: (body(), "application/json"))
    response["Access-Control-Allow-Origin"] = "*"
    return response


def standing(uid: str, year: int) -> Publication:
    """The publication of a project and year that stands.

    Raises:
        Http404: there is none, or it was withdrawn.
    """
    held = Publication.objects.filter(uid=uid, year=year, withdrawn__isnull=True).first()
    if held is None:
        raise Http404
    return held
