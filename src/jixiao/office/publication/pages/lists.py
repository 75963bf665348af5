"""Lists of published forms: by year, department, unit, and what a search finds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Count, Max, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse

from jixiao.office.publication.models import Publication
from jixiao.office.publication.pages.answering import Made, answer, base_of, html, public
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


def paged(rows: QuerySet[Publication], page: int, address: str) -> dict[str, Any]:
    """A page of a list, and how many rows there are; beyond a limit it is only said so.

    Args:
        rows: all of the list, in order.
        page: its number, from 1.
        address: of the list's first page.

    Raises:
        Http404: the list has no such page.
    """
    told = _page(rows.order_by()[: _MOST + 1].count())
    if not 1 <= page <= told["last"]:
        raise Http404
    links = {"previous": address if page == 2 else f"{address}page-{page - 1}/", "next": f"{address}page-{page + 1}/"}
    return told | links | {"page": page, "rows": list(rows[(page - 1) * SHOWN : min(page * SHOWN, _MOST)])}


def _page(count: int) -> dict[str, Any]:
    """How many pages so many rows make; a count beyond the limit is only said to be so."""
    last = max(1, (min(count, _MOST) + SHOWN - 1) // SHOWN)
    return {"count": min(count, _MOST), "beyond": count > _MOST, "last": last}


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
    told = _page(len(hits))
    page = number_in(request, "page", told["last"]) or 1
    keys = hits[: told["count"]][(page - 1) * SHOWN : page * SHOWN]
    rows = Publication.objects.defer("notice").in_bulk(keys)
    query = request.GET.copy()
    links = {}
    for name, number in (("previous", page - 1), ("next", page + 1)):
        query["page"] = str(number)
        links[name] = f"?{query.urlencode()}"
    return told | links | {"page": page, "rows": [rows[key] for key in keys]}


@public
def year(request: HttpRequest, year: int, page: int = 1) -> HttpResponse:
    """All forms of a year."""
    return answer(request, changed(), partial(_year, request, year, page))


def _year(request: HttpRequest, year: int, page: int) -> Made:
    rows = standing().filter(year=year)
    sums = by_year(rows)
    if not sums:
        raise Http404
    told = paged(rows.order_by("name", "uid"), page, f"{base_of(request)}years/{year}/")
    return html(request, "year.html", sums=sums, year=year, **told)


@public
def unit(request: HttpRequest, uid: str, year: int | None = None, page: int = 1) -> HttpResponse:
    """All forms of a unit, or those of one year."""
    return answer(request, changed(), partial(_place, request, ("unit", uid), year, page))


@public
def department(request: HttpRequest, uid: str, year: int | None = None, page: int = 1) -> HttpResponse:
    """All forms of a department and the units below it, or those of one year."""
    return answer(request, changed(), partial(_place, request, ("department", uid), year, page))


def _place(request: HttpRequest, place: tuple[str, str], year: int | None, page: int) -> Made:
    kind, uid = place
    rows = standing().filter(**{f"{kind}_uid": uid})
    newest = rows.order_by("-year", "-changed").first()
    if newest is None:
        raise Http404
    units = totals(rows.filter(year=newest.year), "unit", "unit_uid") if kind == "department" else []
    units.sort(key=lambda row: (-(row["adjusted_sum"] or 0), row["unit"]))
    home = f"{base_of(request)}{kind}s/{uid}/"
    shown = rows.filter(year=year) if year else rows
    listed = paged(shown.order_by("-year", "name", "uid"), page, f"{home}{year}/" if year else home)
    told = {"kind": kind, "kind_is_unit": kind == "unit", "newest": newest, "units": units, "asked": year}
    return html(request, "place.html", sums=by_year(rows), year_base=home, **told, **listed)


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
