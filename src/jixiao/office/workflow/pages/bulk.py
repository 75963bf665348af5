"""The page on which many filings are decided at once, and its table of verdicts."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jixiao.office.doors.ask import may_here
from jixiao.office.filing.models import Filing
from jixiao.office.look.words import say
from jixiao.office.rounds.models import Round
from jixiao.office.workflow.bulk import Chosen, Way, decide_many
from jixiao.office.workflow.refusals import Refused
from jixiao.office.workflow.rules import check_words
from jixiao.office.workflow.said import Said
from jixiao.office.workflow.waiting import FORWARD, due, waiting

PER_PAGE: Final = 200
_ORDERS: Final = {"": ("submitted", "pk"), "stake": ("-at_stake", "pk"), "unit": ("path", "pk")}
_DECIDING: Final = tuple(name for name in FORWARD if name != "submit")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """What waits for the person, to be ticked; by POST the ticked ones are decided and the verdicts shown."""
    if not may_here(request.user, "decide"):
        raise PermissionDenied
    if request.method == "POST":
        return _decided(request)
    return _page(request)


def _decided(request: HttpRequest) -> HttpResponse:
    way: Way = "back" if request.POST.get("way") == "back" else "on"
    said, chosen = Said(request.POST.get("reason", "").strip()[:2000]), _chosen(request.POST)
    try:
        if way == "back":
            check_words("return_unit", said)
    except Refused as refused:
        return _page(request, str(refused), 422)
    if not chosen:
        return _page(request, say("一张也没有勾选。", "Nothing was ticked."), 422)
    verdicts = decide_many(request.user, chosen, way, said)  # type: ignore[arg-type]
    context = {
        "verdicts": sorted(verdicts, key=lambda one: one.done),
        "done": sum(one.done for one in verdicts),
        "not_done": sum(not one.done for one in verdicts),
        "back": way == "back",
    }
    return render(request, "workflow/verdicts.html", context)


def _page(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    reach = Filing.objects.filter(waiting(request.user, _DECIDING))
    found = _filtered(reach, request.GET).select_related("round", "unit", "project")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    filings = list(page.object_list)
    context: dict[str, Any] = {
        "page": page,
        "rows": [(filing, due(filing.round, filing.state)) for filing in filings],
        "rounds": list(Round.objects.filter(pk__in=reach.values("round"))),
        "asked": request.GET,
        "kept": _kept(request.GET),
        "error": error,
        "reason": request.POST.get("reason", ""),
        "marked": set(request.POST.getlist("filing")),
    }
    return render(request, "workflow/bulk.html", context, status=status)


def _filtered(found: QuerySet[Filing], asked: QueryDict) -> QuerySet[Filing]:
    text = asked.get("q", "").strip()[:60]
    if text:
        found = found.filter(Q(project__name__icontains=text) | Q(unit__name__icontains=text))
    number = asked.get("round", "")
    if number.isdecimal() and len(number) < 10:
        found = found.filter(round=int(number))
    if asked.get("findings") == "none":
        found = found.filter(arithmetic=0, clause=0, doubt=0)
    elif asked.get("findings") == "no_arithmetic":
        found = found.filter(arithmetic=0)
    elif asked.get("findings") == "some":
        found = found.exclude(arithmetic=0, clause=0, doubt=0)
    if asked.get("late"):
        found = found.filter(late=True)
    return found.order_by(*_ORDERS.get(asked.get("order", ""), _ORDERS[""]))


def _kept(asked: QueryDict) -> str:
    """The filters as they go with the links to other pages."""
    kept = asked.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _chosen(post: QueryDict) -> list[Chosen]:
    """The ticked boxes: "12:3" is filing 12 as version 3 showed it."""
    pairs = (text.partition(":") for text in post.getlist("filing"))
    return [
        Chosen(int(number), int(version))
        for number, _, version in pairs
        if number.isdecimal() and version.isdecimal() and len(number) < 18 and len(version) < 10
    ]
