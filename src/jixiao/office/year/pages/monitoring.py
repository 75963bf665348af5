"""Monitoring: the department's view of all projects, one project's sheet, the part shown beside a self-evaluation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from jixiao.form import parse_number
from jixiao.office.doors.ask import may_here, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.filing.door import open_filing
from jixiao.office.filing.judging import form_of
from jixiao.office.look.words import say
from jixiao.office.rounds.lights import WORST_FIRST, completion, scale
from jixiao.office.rounds.models import Monitoring, Project, Round
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.office.year.door import the_project, the_round, visible_projects, visible_rounds
from jixiao.office.year.monitoring import RowTold, Told, begin, keep, lights_of, monitored, rows_of
from jixiao.scoring.sheet import Text

PER_PAGE: Final = 50
_WAN: Final = Decimal(10_000)


@login_required
@require_safe
def monitoring(request: HttpRequest) -> HttpResponse:
    """The projects of a round with their lights; the round last made that has monitoring, or the one asked for."""
    rounds = [one for one in visible_rounds(request.user) if one.monitoring_due]
    asked = request.GET.get("round", "")
    held = next((one for one in rounds if str(one.pk) == asked), rounds[0] if rounds else None)
    context: dict[str, Any] = {"rounds": rounds, "round": held, "scale": scale(), "today": timezone.localdate()}
    if held is not None:
        context |= _listed(request, held)
    return render(request, "year/monitoring.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def monitoring_sheet(request: HttpRequest, number: int, project: int) -> HttpResponse:
    """One project's monitoring; by POST it is saved or handed in by the unit's clerk."""
    round_, found = the_round(request.user, number), the_project(request.user, project)
    if round_.monitoring_due is None or not monitored(round_).filter(pk=found.pk).exists():
        raise Http404
    held = Monitoring.objects.filter(round=round_, project=found).select_related("round").first()
    held = held or begin(round_, found)
    may_fill, refused = may_here(request.user, "monitor", found.unit), None
    told = _kept(held)
    if request.method == "POST":
        if not may_fill:
            raise PermissionDenied
        try:
            told = replace(told, rows=_rows(request.POST, told))
            told = _told(request.POST, told)
            _same_version(request.POST, held)
            keep(held, told, request.user, hand_in=request.POST.get("act") == "hand_in")
        except Refused as error:
            refused = error
        else:
            messages.success(
                request, say("已保存。", "Saved.") if held.handed_in is None else say("已提交。", "Handed in.")
            )
            return redirect("monitoring-sheet", number, project)
    context = _sheet(held, told) | {
        "round": round_, "project": found, "held": held, "may_fill": may_fill and not round_.closed,
        "refused": refused, "typed": request.POST,
    }  # fmt: skip
    status = 200 if refused is None else 409 if isinstance(refused, Moved) else 422
    return render(request, "year/monitoring_sheet.html", context, status=status)


@login_required
@require_safe
def beside(request: HttpRequest, number: int) -> HttpResponse:
    """A part of a page: what mid-year monitoring said about the project of a filing; empty where there was none.

    And empty for who reads the filing only because it is approved: monitoring is seen where the overview is.
    """
    filing = open_filing(request.user, number)
    found = Monitoring.objects.filter(project=filing.project, round__fiscal_year=filing.round.fiscal_year)
    sees = may_here(request.user, "see_overview", filing.unit)
    held = found.select_related("round").order_by("-pk").first() if sees else None
    context = {"held": held} | (_sheet(held, _kept(held)) if held else {})
    return render(request, "year/beside.html", context)


def _listed(request: HttpRequest, held: Round) -> dict[str, Any]:
    """The projects of the round that the person sees, with what was said: a constant number of queries."""
    mine = visible_projects(request.user).filter(pk__in=monitored(held).values("pk"))
    sheets = Monitoring.objects.filter(round=held, project__in=mine)
    lights = list(sheets.values_list("worst", "handed_in"))
    light = request.GET.get("light", "")
    if light in WORST_FIRST:
        mine = mine.filter(pk__in=sheets.filter(worst=light).values("project"))
    elif light == "none":
        mine = mine.exclude(pk__in=sheets.exclude(handed_in=None).values("project"))
    page = Paginator(mine.order_by("unit__path", "name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    by_project = {one.project_id: one for one in Monitoring.objects.filter(round=held, project__in=shown)}
    kept = request.GET.copy()
    kept.pop("page", None)
    numbers = [one.pk for one in shown]
    mine_to_fill = Project.objects.filter(_fillable(request.user), pk__in=numbers)
    filled = set(mine_to_fill.values_list("pk", flat=True))
    return {
        "page": page, "query": kept.urlencode(), "light": light,
        "rows": [(one, by_project.get(one.pk), one.pk in filled) for one in shown],
        "counts": [(name, sum(worst == name for worst, _ in lights)) for name in WORST_FIRST],
        "handed_in": sum(when is not None for _, when in lights),
    }  # fmt: skip


def _fillable(user: Any) -> Any:
    return within(user, OFFICE, "monitor", "unit__path")


def _kept(held: Monitoring) -> Told:
    return Told(held.budget, held.executed, held.forecast, held.until, tuple(rows_of(held)))


def _sheet(held: Monitoring, told: Told) -> dict[str, Any]:
    """The rows as the page shows them, each with its light and how much of the target it reaches."""
    form = form_of(held.form)
    money, each = lights_of(form, told)
    rows = []
    for number, (row, said, light) in enumerate(zip(form.indicators, told.rows, each, strict=True), 1):
        share = completion(row.target, said.forecast, form.fiscal_year)
        rows.append((number, row, said, light, None if share is None else _per_cent(share)))
    spent = [(told.executed, told.budget), (told.forecast, told.budget)]
    rates = [_rate(part, whole) for part, whole in spent]
    return {"rows": rows, "told": told, "money": money, "rate": rates[0], "expected": rates[1], "scale": scale()}


def _rate(part: Decimal | None, whole: Decimal | None) -> str | None:
    return None if part is None or not whole else f"{(part * 100 / whole).quantize(Decimal('0.01'))}%"


def _per_cent(share: Any) -> str:
    """A share in per cent with one decimal, rounded down, so that what falls short never shows as reached."""
    tenths = share.numerator * 10 // share.denominator
    return f"{tenths // 10}.{tenths % 10}%"


def _same_version(post: QueryDict, held: Monitoring) -> None:
    if post.get("version", "") != str(held.version):
        raise Moved


def _told(post: QueryDict, before: Told) -> Told:
    """What the page sends; the money in 万元.

    Raises:
        Refused: "number" or "day".
    """
    day = _day(post, before.until)
    return Told(_yuan(post, "budget"), _yuan(post, "executed"), _yuan(post, "forecast"), day, before.rows)


def _rows(post: QueryDict, before: Told) -> tuple[RowTold, ...]:
    """What the page sends of the indicators: words, which are kept whatever is wrong with the money."""
    names = ("actual", "forecast", "reason", "measure")
    return tuple(
        RowTold(*(post.get(f"{name}:{number}", "").strip()[:1000] for name in names))
        for number in range(1, len(before.rows) + 1)
    )


def _yuan(post: QueryDict, name: str) -> Decimal | None:
    text = post.get(name, "").strip()[:30]
    if not text:
        return None
    number = parse_number(text)
    amount = None if number is None else number * _WAN
    if amount is None or amount < 0 or amount >= Decimal(10) ** 15 or amount != amount.quantize(Decimal("0.01")):
        words = Text(
            f"金额读到“{text}”，应为不小于 0 的万元数。",
            f"The amount reads “{text}”; 10,000 yuan from 0 on are expected.",
        )
        raise Refused("number", words)
    return amount


def _day(post: QueryDict, before: date) -> date:
    text = post.get("until", "")
    try:
        return (parse_date(text) if text else before) or before
    except ValueError:
        words = Text(
            f"日期读到“{text[:20]}”，应为年-月-日。", f"The day reads “{text[:20]}”; year-month-day is expected."
        )
        raise Refused("day", words) from None
