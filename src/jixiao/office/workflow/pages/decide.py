"""The page on which one filing is read and decided, on a desk or a phone; and doing the act."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jixiao.office.doors.ask import acts_on, may
from jixiao.office.doors.table import DRAFT, FILING, Act
from jixiao.office.filing.door import NotNow, open_filing
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.filing.saving import judged as score_and_ask
from jixiao.office.filing.steps import steps
from jixiao.office.look.words import say
from jixiao.office.workflow.acts import DONE
from jixiao.office.workflow.acts import act as do
from jixiao.office.workflow.pages.typed import said_of, version_of
from jixiao.office.workflow.rectify import coming_back
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.office.workflow.rules import check_complete
from jixiao.office.workflow.said import NOTHING, Said
from jixiao.office.workflow.seen import seen
from jixiao.office.workflow.waiting import due
from jixiao.writing.report import FormReport


@dataclass(frozen=True, slots=True)
class Button:
    """One act that can be done on the page."""

    name: str
    words: str
    back: bool
    reason: bool


@login_required
@require_safe
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The form as it is read, with all that the person may do to it now."""
    filing = open_filing(request.user, number)
    return _page(request, filing, tuple(acts_on(request.user, filing)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One act: asked for by GET, done by POST; refused, the page comes again with what was typed."""
    if name not in DONE:
        raise NotNow(name, open_filing(request.user, number))
    filing = open_filing(request.user, number, name)
    if request.method != "POST":
        return _page(request, filing, (name,))
    try:
        do(filing, name, request.user, said_of(request.POST), version_of(request.POST))  # type: ignore[arg-type]
    except Refused as refused:
        filing = open_filing(request.user, number)
        status = 409 if isinstance(refused, Moved) else 422
        shown = (name,) if may(request.user, name, filing) else ()
        return _page(request, filing, tuple(acts_on(request.user, filing)) or shown, refused, status)
    messages.success(request, say(f"《{filing}》已{FILING[name].zh}。", f"{filing}: {FILING[name].en.lower()} – done."))
    return redirect("decide", number) if name == "score" else redirect("my-work")


def _page(
    request: HttpRequest, filing: Filing, acts: tuple[str, ...], refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    decisions = list(Decision.objects.filter(filing=filing).select_related("by", "version").order_by("pk"))
    judged = score_and_ask(filing, record_of(filing))
    reviewing = may(request.user, "score", filing)
    context: dict[str, Any] = {
        "filing": filing,
        "seen": seen(filing, judged, decisions),
        "steps": steps(filing.state),
        "decisions": decisions[::-1],
        "due": due(filing.round, filing.state),
        "buttons": [_button(name) for name in acts],
        "choosing": any(FILING[name].after == DRAFT and name != "recall" for name in acts),
        "reviewing": reviewing and bool(acts),
        "refused": refused,
        "before": _before_submit(filing, judged) if "submit" in acts and refused is None else None,
        "typed": request.POST,
        "marked": set(request.POST.getlist("cell")) | set(refused.cells if refused else ()),
        "items": coming_back(request.user, filing),
        "may_rectify": may(request.user, "rectify", filing),
        "reviewer_score": request.POST.get("score", ""),
    }
    return render(request, "workflow/decide.html", context, status=status)


def _button(name: str) -> Button:
    found: Act = FILING[name]
    back = found.after == DRAFT or name == "unpublish"
    return Button(name, say(found.zh, found.en), back, found.reason)


def _before_submit(filing: Filing, judged: FormReport, said: Said = NOTHING) -> Refused | None:
    """What would be refused if the form were handed in without a word; nothing where all is well."""
    try:
        check_complete(filing, judged, said)
    except Refused as refused:
        return refused
    return None
