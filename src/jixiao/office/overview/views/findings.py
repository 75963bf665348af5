"""Findings: by check and by place; of one check, which forms it asks, in sentences that lead to the cell."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from jixiao.desk.library import checks, priority
from jixiao.office.filing.models import Filing
from jixiao.office.overview.figures.findings import (
    FAMILIES,
    asked_of,
    check_chart,
    check_table,
    place_table,
    unknown_of,
)
from jixiao.office.overview.figures.standing import law_of, standing_of
from jixiao.office.overview.sentences import Told, beside, told
from jixiao.office.overview.showing import Panel, bars, table_of_sight
from jixiao.office.overview.sight import Sight, sight_of
from jixiao.office.overview.views.frame import page

_A_PAGE = 20


@login_required
@require_GET
def findings(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """All checks that ask; with a check or a family in the filters, the sentences themselves."""
    sight = sight_of(request, round_id, node_id, "overview-findings")
    if sight.filters.check or sight.filters.family:
        return _sentences(request, sight)
    return page(
        request,
        sight,
        "findings",
        families=_families(sight),
        places=table_of_sight(place_table(sight.placed_filings, checks()), sight),
        unknown=unknown_of(sight.filings, checks()),
    )


def _families(sight: Sight) -> list[Panel]:
    asked, whole = asked_of(sight.filings, checks()), len(sight.filings)
    return [
        bars(
            check_chart(asked, family, whole, sight.findings_link),
            sight,
            check_table(asked, whole, sight.findings_link, family),
        )
        for family in FAMILIES
    ]


def _sentences(request: HttpRequest, sight: Sight) -> HttpResponse:
    """The forms that one check or family asks, those to open first at the top, each with its findings."""
    pages = Paginator(sight.filings, _A_PAGE)
    number = pages.get_page(request.GET.get("page")).number
    ranked = standing_of(sight.filings, law_of(checks(), priority()), number * _A_PAGE)
    keys = [one.row.key for one in ranked[(number - 1) * _A_PAGE :]]
    return page(
        request,
        sight,
        "sentences",
        check=checks().get(sight.filters.check),
        told=sentences_of(keys, sight),
        page=pages.page(number),
        forms_page=sight.here("overview-forms"),
        next_query=f"{sight.filters.address()}&",
    )


def sentences_of(keys: list[int], sight: Sight) -> list[Told]:
    """The findings of some filings in the order of their numbers as given; one query."""
    found = {one.pk: one for one in beside(Filing.objects.filter(pk__in=keys))}
    return list(told((found[key] for key in keys if key in found), sight.filters.check, sight.filters.family))
