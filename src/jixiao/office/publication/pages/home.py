"""The first page of the public site, and the page that says how all this is made."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from jixiao.office.publication.models import Publication
from jixiao.office.publication.pages.answering import Made, answer, html, public
from jixiao.office.publication.pages.bars import bars, height
from jixiao.office.publication.pages.lists import by_year, changed, of_departments, standing
from jixiao.writing.public.allowed import allowed

_NEWS = 8
_DEPARTMENTS = 12


@public
def home(request: HttpRequest) -> HttpResponse:
    """Search, years, money, departments, what is new."""
    return answer(request, changed(), partial(_home, request))


def _home(request: HttpRequest) -> Made:
    years = by_year(standing())
    chart = bars((str(row["year"]), row["adjusted_sum"], row["executed_sum"]) for row in reversed(years[:8]))
    places = of_departments()
    told = {
        "sums": years,
        "forms": sum(row["forms"] for row in years),
        "projects": Publication.objects.filter(withdrawn__isnull=True).values("uid").distinct().count(),
        "news": list(standing().order_by("-changed")[:_NEWS]),
        "bars": chart,
        "bars_height": height(chart),
        "newest_year": places["newest_year"],
        "departments": places["departments"][:_DEPARTMENTS],
        "more_departments": len(places["departments"]) - _DEPARTMENTS,
    }
    return html(request, "home.html", **told)


@public
def about(request: HttpRequest) -> HttpResponse:
    """What is published, how scores are recomputed, what the questions mean, what is left out."""
    return answer(request, changed(), partial(html, request, "about.html", allowed=allowed()))
