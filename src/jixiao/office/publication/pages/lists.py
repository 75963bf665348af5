"""Lists of published forms: by year, department, unit, and what a search finds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Count, Max, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse

from jixiao.office.publication.models import Publication
from jixiao.office.publication.pages.answering import Made, answer, html, public
from jixiao.office.publication.search import found, words_of

SHOWN: Final = 25
"""Rows of a page."""
_MOST: Final = 1000
"""So many hits are counted and can be paged through; more have to be narrowed down."""
_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
_TOTALS: Final[dict[str, Any]] = {
    "forms": Count("pk"), "initial_sum": Sum("initial"), "adjusted_sum": Sum("adjusted"),
    "executed_sum": Sum("executed"),
}  # fmt: skip


def changed() -> datetime:
    """When anything public last changed: the version of every list."""
    latest: datetime | None = Publication.objects.aggregate(at=Max("changed"))["at"]
    return latest or _NEVER


def standing() -> QuerySet[Publication]:
    """What stands in public."""
    return Publication.objects.filter(withdrawn__isnull=True).defer("notice")


def totals(rows: QuerySet[Publication], *by: str) -> list[Mapping[str, Any]]:
    """How many forms and how much money, for each value of the columns."""
    grouped = rows.order_by().values(*by).annotate(**_TOTALS)
    return list(grouped)


def by_year(rows: QuerySet[Publication]) -> list[Mapping[str, Any]]:
    """Totals of every year, newest first."""
    return sorted(totals(rows, "year"), key=lambda row: -row["year"])


def number_in(request: HttpRequest, name: str, most: int) -> int | None:
    """A whole number of the query from 1 on; `None` where there is none that makes sense."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= most else None


def paged(request: HttpRequest, rows: QuerySet[Publication]) -> dict[str, Any]:
    """The rows of the page that the query asks for, and how many there are; beyond a limit it is only said so."""
    told = _page(request, rows.order_by()[: _MOST + 1].count())
    last = told["page"] * SHOWN
    return told | {"rows": list(rows[last - SHOWN : min(last, _MOST)])}


def _page(request: HttpRequest, count: int) -> dict[str, Any]:
    """Which page of so many rows is asked for; a count beyond the limit is only said to be so."""
    last = max(1, (min(count, _MOST) + SHOWN - 1) // SHOWN)
    page = min(number_in(request, "page", last) or 1, last)
    told = {"count": min(count, _MOST), "beyond": count > _MOST, "page": page, "last": last}
    return told | {"query": _query_without_page(request)}


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    told = query.urlencode()
    return f"{told}&" if told else ""


@public
def search(request: HttpRequest) -> HttpResponse:
    """What has every word asked for, of a year if one is chosen."""
    return answer(request, changed(), partial(_search, request), keep=False)


def _search(request: HttpRequest) -> Made:
    asked, year = request.GET.get("q", ""), number_in(request, "year", 9999)
    words = words_of(asked)
    hits = found(asked, year, _MOST + 1) if words or year else []
    years = list(standing().order_by("-year").values_list("year", flat=True).distinct())
    told = {"asked": asked[:100], "year": year, "years": years, "words": words}
    return html(request, "search.html", **told, **_of_hits(request, hits))


def _of_hits(request: HttpRequest, hits: list[int]) -> dict[str, Any]:
    """The rows of the page that the query asks for, of the keys that a search found, in their order."""
    told = _page(request, len(hits))
    first = (told["page"] - 1) * SHOWN
    keys = hits[: told["count"]][first : first + SHOWN]
    rows = Publication.objects.defer("notice").in_bulk(keys)
    return told | {"rows": [rows[key] for key in keys]}


@public
def year(request: HttpRequest, year: int) -> HttpResponse:
    """All forms of a year."""
    return answer(request, changed(), partial(_listed, request, "year.html", standing().filter(year=year), year=year))


def _listed(request: HttpRequest, template: str, rows: QuerySet[Publication], **told: Any) -> Made:
    sums = by_year(rows)
    if not sums:
        raise Http404
    ordered = rows.order_by("-year", "name", "uid")
    return html(request, template, sums=sums, **told, **paged(request, ordered))


@public
def unit(request: HttpRequest, uid: str) -> HttpResponse:
    """All forms of a unit."""
    return _place(request, "unit", standing().filter(unit_uid=uid))


@public
def department(request: HttpRequest, uid: str) -> HttpResponse:
    """All forms of a department and the units below it."""
    return _place(request, "department", standing().filter(department_uid=uid))


def _place(request: HttpRequest, kind: str, rows: QuerySet[Publication]) -> HttpResponse:
    return answer(request, changed(), partial(_of_place, request, kind, rows))


def _of_place(request: HttpRequest, kind: str, rows: QuerySet[Publication]) -> Made:
    newest = rows.order_by("-year", "-changed").first()
    if newest is None:
        raise Http404
    units = totals(rows.filter(year=newest.year), "unit", "unit_uid") if kind == "department" else []
    asked = number_in(request, "year", 9999)
    shown = rows.filter(year=asked) if asked else rows
    sums, ordered = by_year(rows), shown.order_by("-year", "name", "uid")
    units.sort(key=lambda row: (-(row["adjusted_sum"] or 0), row["unit"]))
    told = {
        "kind": kind,
        "kind_is_unit": kind == "unit",
        "newest": newest,
        "units": units,
        "sums": sums,
        "asked": asked,
    }
    return html(request, "place.html", **told, **paged(request, ordered))


@public
def departments(request: HttpRequest) -> HttpResponse:
    """All departments with the forms and the money of the newest year."""
    return answer(request, changed(), partial(_departments, request))


def _departments(request: HttpRequest) -> Made:
    return html(request, "departments.html", **of_departments())


def of_departments() -> dict[str, Any]:
    """The newest year, and each department's totals in it, the largest budget first."""
    newest = standing().order_by("-year").values_list("year", flat=True).first()
    rows = totals(standing().filter(year=newest), "department", "department_uid") if newest else []
    rows.sort(key=lambda row: (-(row["adjusted_sum"] or 0), row["department"]))
    return {"newest_year": newest, "departments": rows}
