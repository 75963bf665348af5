"""The overview of a node: who has filed, scores, money, findings, what to open first; and the way in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from jixiao.desk.library import checks, priority
from jixiao.office.overview.charts import table_of
from jixiao.office.overview.counting import today
from jixiao.office.overview.exports import KINDS, write
from jixiao.office.overview.figures.findings import FAMILIES, asked_of, by_family, check_chart, check_table, unknown_of
from jixiao.office.overview.figures.money import change_chart, funds_chart, funds_table, money_of, rate_chart
from jixiao.office.overview.figures.progress import course_chart, filed_of, place_of_day, progress_chart, progress_table
from jixiao.office.overview.figures.scores import score_chart, scores_of
from jixiao.office.overview.figures.standing import law_of, standing_of, standing_table
from jixiao.office.overview.filters import Filters
from jixiao.office.overview.links import page_link, row_link
from jixiao.office.overview.registry import TABLES
from jixiao.office.overview.showing import Panel, bars, columns, course, stacks, table_of_sight
from jixiao.office.overview.sight import Sight, no_round, nodes_of, sight_of
from jixiao.office.overview.tables import shown
from jixiao.office.overview.views.frame import page
from jixiao.office.rounds.models import Round

_FIRST = 5


@login_required
@require_GET
def entrance(request: HttpRequest) -> HttpResponse:
    """Lead a person to the newest round at the top of what they may see."""
    return lead(request, "overview-node", "see_overview")


def lead(request: HttpRequest, view: str, act: str) -> HttpResponse:
    """Lead a person to a page at the top of what they may see, in the newest round there.

    Raises:
        Http404: the person may see nothing of it.
    """
    node = nodes_of(request.user, act).first()
    if node is None:
        raise Http404
    root = int(node.path.strip("/").split("/")[0])
    round_ = Round.objects.filter(bureau__path__startswith=f"/{root}/").first()
    if round_ is None:
        return render(request, "overview/nothing.html", {"words": no_round()})
    return redirect(page_link(view, round_.pk, node.pk, Filters()))


@login_required
@require_GET
def overall(request: HttpRequest, round_id: int, node_id: int) -> HttpResponse:
    """The overview of a node in a round."""
    sight = sight_of(request, round_id, node_id)
    law = law_of(checks(), priority())
    return page(
        request,
        sight,
        "overall",
        facts=_facts(sight),
        panels=_panels(sight),
        families=_families(sight),
        places=[] if len(sight.placed) == 1 else table_of_sight(progress_table(sight.placed), sight),
        first=table_of_sight(standing_table(standing_of(sight.filings, law, _FIRST), row_link), sight),
        forms_page=sight.here("overview-forms"),
        unknown=unknown_of(sight.filings, checks()),
    )


def _facts(sight: Sight) -> list[dict[str, Any]]:
    """The few figures at the top: names in both languages, value, note."""
    done, whole = filed_of(sight.rows)
    scores, money = scores_of(sight.filings), money_of(sight.filings)
    asked, language = by_family(sight.filings, checks()), sight.language

    def fact(zh: str, en: str, value: str, link: str = "") -> dict[str, Any]:
        return {"zh": zh, "en": en, "value": value, "link": link}

    return [
        fact("已报 / 应报", "Filed / expected", f"{done:,} / {whole:,}", sight.link(stage="filed")),
        fact("自评均分", "Claimed, mean", shown(scores.claimed, "points", language)),
        fact("重算均分", "Recomputed, mean", shown(scores.computed, "points", language)),
        fact("自评高于重算", "Claimed above recomputed", f"{scores.above:,}", sight.link(gap="above")),
        fact("自评优", "Claimed 优", shown(scores.excellent_share, "share", language), sight.link(grade="优")),
        fact("重算优", "Recomputed 优", shown(scores.recomputed_share, "share", language)),
        fact("执行率", "Executed", shown(money.rate, "share", language)),
        fact("算术 / 条款 / 疑问", "Arithmetic / clause / doubt", " / ".join(f"{n:,}" for n in asked.values())),
    ]  # fmt: skip


def _panels(sight: Sight) -> list[Panel]:
    rows, filings = sight.rows, sight.filings
    growth = course_chart(rows, sight.round.opens, min(today(), sight.round.unit_due), sight.link)
    due = place_of_day(growth, sight.round.unit_due)
    scores = score_chart(filings, sight.link)
    return [
        stacks(progress_chart(sight.placed), sight, progress_table(sight.placed)),
        course(growth, sight, due, len(rows)),
        columns(scores, sight, table_of(scores)),
        bars(funds_chart(sight.placed_filings), sight, funds_table(sight.placed_filings)),
        columns(rate_chart(filings, sight.link), sight),
        columns(change_chart(filings, sight.link), sight),
    ]


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


@login_required
@require_GET
def table_file(request: HttpRequest, round_id: int, node_id: int, name: str, kind: str) -> HttpResponse:
    """A table as a file, with the same filters as the page.

    Raises:
        Http404: there is no such table or kind of file, or the person may not see it.
    """
    sight = sight_of(request, round_id, node_id)
    if name not in TABLES or kind not in KINDS:
        raise Http404
    return as_file(
        write(TABLES[name](sight), kind, sight.language), f"{name}-{sight.round.fiscal_year}.{kind}", KINDS[kind]
    )


def as_file(data: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes to be saved under a name of plain letters."""
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
