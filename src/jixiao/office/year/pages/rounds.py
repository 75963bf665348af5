"""Rounds: the list, one with its days and counts, making and changing one, closing it, opening it for all projects."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jixiao.office.doors.ask import hands, may_here
from jixiao.office.doors.states import WORDS
from jixiao.office.filing.beginning import SOURCES
from jixiao.office.filing.door import visible_filings
from jixiao.office.look.words import say, told
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round
from jixiao.office.year.acts import close_round, keep_round
from jixiao.office.year.door import the_round, visible_rounds
from jixiao.office.year.forms import FIELDS, ORDER, RoundForm
from jixiao.office.year.opening import AT_ONCE, begin_all, coming
from jixiao.office.year.rolling import plans
from jixiao.office.year.rulebooks import in_force
from jixiao.office.year.tasks import open_round

_SHOWN: Final = 50
_DAYS: Final = (*ORDER, "late_until", "monitoring_due")


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, the newest first, with how many filings of each the person sees in which state."""
    found = list(visible_rounds(request.user))
    counted = visible_filings(request.user).filter(round__in=found).order_by()
    counts: dict[int, dict[str, int]] = {one.pk: {} for one in found}
    for row in counted.values("round", "state").annotate(count=Count("pk")):
        counts[row["round"]][row["state"]] = row["count"]
    context = {
        "rounds": [(one, sum(counts[one.pk].values()), _done(counts[one.pk])) for one in found],
        "may_manage": may_here(request.user, "manage_rounds"),
        "today": timezone.localdate(),
    }
    return render(request, "year/rounds.html", context)


@login_required
@require_safe
def round_page(request: HttpRequest, number: int) -> HttpResponse:
    """One round: its calendar, its rulebook, how far its filings are."""
    found = the_round(request.user, number)
    counted = visible_filings(request.user).filter(round=found).order_by().values("state").annotate(count=Count("pk"))
    by_state = {row["state"]: row["count"] for row in counted}
    may_manage = may_here(request.user, "manage_rounds", found.bureau)
    context = {
        "round": found,
        "book": in_force(found.rulebook, found.fiscal_year),
        "days": list(_calendar(found, timezone.localdate())),
        "states": [(told(words), by_state.get(state, 0)) for state, words in WORDS.items()],
        "total": sum(by_state.values()),
        "may_manage": may_manage,
        "coming": coming(found).count() if may_manage else 0,
    }
    return render(request, "year/round.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Make a round; what it begins with is taken from the last one, a year later."""
    bureau = _own_bureau(request.user)
    last = Round.objects.filter(bureau=bureau).order_by("-fiscal_year", "-pk").first()
    year = last.fiscal_year + 1 if last else timezone.localdate().year - 1
    form = RoundForm(request.POST or None, year=_asked_year(request, year), initial=_begin(last, year))
    if request.method == "POST" and form.is_valid():
        made = keep_round(Round(bureau=bureau), form.cleaned_data, request.user)
        messages.success(request, say("批次已建立。下一步：开启填报。", "The round is made. Next: begin its forms."))
        return redirect("round", made.pk)
    return render(request, "year/round_form.html", {"form": form, "round": None}, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a round; its year stays, and its rulebook once it has forms."""
    held = the_round(request.user, number, "manage_rounds")
    initial = {name: getattr(held, name) for name in (*FIELDS, "fiscal_year")}
    form = RoundForm(request.POST or None, year=held.fiscal_year, held=held, initial=initial)
    if request.method == "POST" and form.is_valid():
        keep_round(held, form.cleaned_data, request.user)
        messages.success(request, say("已保存。", "Saved."))
        return redirect("round", number)
    return render(request, "year/round_form.html", {"form": form, "round": held}, status=_status(form))


@login_required
@require_POST
def round_close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a round, or open it again."""
    held = the_round(request.user, number, "manage_rounds")
    closed = request.POST.get("closed") == "1"
    close_round(held, request.user, closed=closed)
    words = (
        say("批次已关闭。", "The round is closed.") if closed else say("批次已重新打开。", "The round is open again.")
    )
    messages.success(request, words)
    return redirect("round", number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: HttpRequest, number: int) -> HttpResponse:
    """What every project's form would begin with, to be confirmed; by POST they are begun."""
    held = the_round(request.user, number, "manage_rounds")
    source = request.POST.get("source") or request.GET.get("source", "")
    source = source if source in SOURCES else SOURCES[0]
    found = coming(held)
    total = found.count()
    if request.method == "POST" and not held.closed:
        return _begun(request, held, source, total)
    context = {"round": held, "plans": plans(held, found[:_SHOWN], source), "total": total, "source": source}
    return render(request, "year/round_open.html", context, status=409 if request.method == "POST" else 200)


def _begun(request: HttpRequest, held: Round, source: str, total: int) -> HttpResponse:
    user: Any = request.user
    begun = begin_all(held, source, user, AT_ONCE)
    if begun < total:
        open_round.using(unique=f"year.open {held.pk}").enqueue(held.pk, source, user.pk)
        words = say(
            f"已建 {begun} 张表，其余在后台继续建立。", f"{begun} forms begun; the others follow in the background."
        )
    else:
        words = say(f"已建 {begun} 张表。", f"{begun} forms begun.")
    messages.success(request, words)
    return redirect("round", held.pk)


def _own_bureau(user: Any) -> Organisation:
    """The bureau in which the person manages rounds."""
    paths = [hand.path for hand in hands(user) if hand.kind == "finance"]
    found = Organisation.objects.filter(path__in=paths).order_by("path").first()
    if found is None:
        raise PermissionDenied
    return found


def _asked_year(request: HttpRequest, year: int) -> int:
    text = request.POST.get("fiscal_year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) // 1000 == 2 else year


def _begin(last: Round | None, year: int) -> dict[str, Any]:
    """What the form of a new round shows first: last year's, every day a year later."""
    titles = {"fiscal_year": year, "title": f"{year}年度项目支出绩效自评"}
    if last is None:
        return titles | {"form_title": "项目支出绩效自评表", "rulebook": "cn", "layout": "ministry"}
    kept = {name: getattr(last, name) for name in FIELDS if name not in _DAYS}
    return kept | titles | {name: _later(getattr(last, name), year - last.fiscal_year) for name in _DAYS}


def _later(day: date | None, years: int) -> date | None:
    """The same day some years later; of 29 February the day before, where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _calendar(found: Round, today: date) -> Iterable[tuple[str, date, str]]:
    """The days of a round in order, each with how far off it is: "past", "near" or "ahead"."""
    days = [(name, getattr(found, name)) for name in _DAYS if getattr(found, name)]
    for name, day in sorted(days, key=lambda pair: (pair[1], _DAYS.index(pair[0]))):
        left = (day - today).days
        yield say(*RoundForm.labels[name]), day, "past" if left < 0 else "near" if left <= 7 else "ahead"


def _done(counts: dict[str, int]) -> int:
    return counts.get("approved", 0) + counts.get("published", 0)


def _status(form: RoundForm) -> int:
    return 422 if form.errors else 200
