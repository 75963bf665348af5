"""The list of forms behind every figure, and comparisons: places beside each other, this year beside the last."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from msgspec.structs import asdict

from jixiao.desk.library import checks, priority
from jixiao.office.look.words import say
from jixiao.office.overview.figures.findings import place_table
from jixiao.office.overview.figures.forms import SORTS, forms_table, narrow, sorted_by
from jixiao.office.overview.figures.money import cuts_table, funds_table
from jixiao.office.overview.figures.scores import score_chart, score_table
from jixiao.office.overview.figures.standing import law_of, standing_of
from jixiao.office.overview.figures.years import pairs_table, years_lines, years_table
from jixiao.office.overview.links import row_link
from jixiao.office.overview.rows import STAGES, Row
from jixiao.office.overview.showing import Panel, small_columns, table_of_sight
from jixiao.office.overview.sight import Sight, sight_of
from jixiao.office.overview.views.frame import page
from jixiao.scoring.sheet import Text

_A_PAGE = 50
_MOST_SMALL = 60
_CUTS = 20


@login_required
@require_GET
def forms(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """The forms that pass the filters, those to open first at the top, or in another order."""
    sight = sight_of(request, round_id, node_id, "overview-forms")
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in SORTS else ""
    pages = Paginator(sight.rows, _A_PAGE)
    number = pages.get_page(request.GET.get("page")).number
    rows = sorted_by(sight.rows, sort) if sort else _ranked(sight.rows, number * _A_PAGE)
    held = rows[(number - 1) * _A_PAGE : number * _A_PAGE]
    shown_page = Page(held, number, pages)
    table = table_of_sight(narrow(forms_table(held, checks(), row_link)), sight)
    return page(
        request, sight, "forms", table=table, page=shown_page, sort=sort, sorts=sorts(), stages=STAGES.items(),
        next_query=_query(sight, sort), kept=_kept(sight),
    )  # fmt: skip


def _kept(sight: Sight) -> list[tuple[str, str]]:
    """The filters that the form above the list does not set itself."""
    return [(name, value) for name, value in asdict(sight.filters).items() if value and name not in ("q", "stage")]


def _query(sight: Sight, sort: str) -> str:
    """The filters and the order as a query that goes on with a page."""
    address = sight.filters.address()
    order = f"sort={sort}&" if sort else ""
    return f"{address}&{order}" if address else f"?{order}"


def sorts() -> list[tuple[str, str]]:
    """The orders that are offered: value and words."""
    return [
        ("", say("先看的在前", "to open first")),
        ("-gap", say("高出最多的在前", "greatest gap first")),
        ("-claimed", say("自评高的在前", "highest claim first")),
        ("computed", say("重算低的在前", "lowest recomputed first")),
        ("rate", say("执行率低的在前", "lowest execution first")),
        ("change", say("调减多的在前", "greatest cut first")),
        ("-adjusted", say("资金多的在前", "most money first")),
        ("-findings", say("疑点多的在前", "most findings first")),
        ("unit", say("按单位", "by unit")),
        ("stage", say("按状态", "by state")),
    ]


def _ranked(rows: Sequence[Row], most: int) -> list[Row]:
    """The first `most` in the order in which to open them, then projects without a form."""
    law = law_of(checks(), priority())
    first = [one.row for one in standing_of([row for row in rows if row.key], law, most)]
    return [*first, *(row for row in rows if not row.key)] if len(first) < most else first


@login_required
@require_GET
def places(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """The places right below a node beside each other: scores, money, findings."""
    sight = sight_of(request, round_id, node_id, "overview-places")
    filings = sight.placed_filings
    return page(
        request,
        sight,
        "places",
        small=_small(sight),
        hidden=max(len(filings) - _MOST_SMALL, 0),
        tables=[
            table_of_sight(table, sight)
            for table in (score_table(filings), funds_table(filings), place_table(filings, checks()))
        ],
        cuts=table_of_sight(cuts_table(sight.filings, _CUTS, row_link), sight),
    )


def _small(sight: Sight) -> list[Panel]:
    charts = [
        score_chart(rows, sight.link_at(place), name=f"scores-{at}", title=Text(place.name, place.name))
        for at, (place, rows) in enumerate(sight.placed_filings[:_MOST_SMALL])
    ]
    most = max((chart.highest for chart in charts), default=0)
    whole = score_table(sight.placed_filings)
    return [small_columns(chart, sight, most, whole) for chart in charts]


@login_required
@require_GET
def years(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """This year beside the last."""
    sight = sight_of(request, round_id, node_id, "overview-years")
    year = sight.round.fiscal_year
    pairs = pairs_table(sight.filings, sight.then, row_link)
    pages = Paginator(pairs.rows, _A_PAGE)
    shown_page = pages.get_page(request.GET.get("page"))
    shown_pairs = type(pairs)(pairs.name, pairs.title, pairs.columns, list(shown_page.object_list))
    return page(
        request, sight, "years", before=sight.before, page=shown_page, next_query=_query(sight, ""),
        lines=table_of_sight(years_table(years_lines(sight.filings, sight.then, checks()), year, year - 1), sight),
        pairs=table_of_sight(shown_pairs, sight),
    )  # fmt: skip
