"""The list of forms, and beginning a new one."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jixiao.desk.library import checks
from jixiao.office.doors.ask import hands
from jixiao.office.doors.states import WORDS
from jixiao.office.filing.beginning import first_form, open_projects
from jixiao.office.filing.listing import Asked, asked_of, page_of, rounds_of, units_of
from jixiao.office.filing.models import Filing
from jixiao.office.filing.saving import Refused, closed
from jixiao.office.filing.starting import start_filing
from jixiao.office.look.words import say, told
from jixiao.office.people.models import CLERK
from jixiao.office.rounds.models import Round
from jixiao.writing.words import FAMILY

_HEADS: Final = (
    ("project", "项目", "Project", ""),
    ("unit", "单位", "Unit", ""),
    ("state", "状态", "State", ""),
    ("claimed", "自评", "Claimed", "number"),
    ("computed", "复算", "Recomputed", "number"),
    ("executed", "执行（万元）", "Executed (10,000 yuan)", "number"),
    ("at_stake", "疑点涉及分值", "Points in question", "number"),
    ("saved", "最近保存", "Last saved", ""),
)


@login_required
@require_safe
def filings(request: HttpRequest) -> HttpResponse:
    """The list."""
    asked = asked_of(request.GET.dict())
    page = page_of(request.user, asked, request.GET.get("page", "1"))
    context = {
        "asked": asked,
        "page": page,
        "heads": [_head(asked, *head) for head in _HEADS],
        "rounds": rounds_of(request.user),
        "units": units_of(request.user),
        "states": [*((state, told(words)) for state, words in WORDS.items()), ("returned", say("已退回", "returned"))],
        "findings": _findings(),
        "query": _query(asked),
        "is_clerk": any(hand.kind == CLERK for hand in hands(request.user)),
    }
    return render(request, "filing/list.html", context)


def _findings() -> list[tuple[str, str]]:
    families = [(name, told(words)) for name, words in FAMILY.items()]
    return families + [(code, f"{code} {told(title)}") for code, title in sorted(checks().titles.items())]


def _head(asked: Asked, name: str, zh: str, en: str, kind: str) -> dict[str, Any]:
    here = asked.sort.removeprefix("-") == name
    sort = f"-{name}" if here and not asked.sort.startswith("-") else name
    order = ("descending" if asked.sort.startswith("-") else "ascending") if here else ""
    return {"words": say(zh, en), "address": f"?{_query(asked, sort=sort)}", "order": order, "kind": kind}


def _query(asked: Asked, **more: str) -> str:
    given = {name: getattr(asked, name) for name in Asked.__struct_fields__} | more
    return urlencode({name: text for name, text in given.items() if text})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a project of one's own unit and what its form begins with; begin it."""
    rounds = [each for each in Round.objects.filter(closed=False).select_related("bureau") if not closed(each)]
    if not any(hand.kind == CLERK for hand in hands(request.user)):
        raise PermissionDenied(say("只有经办人可以新建。", "Only a clerk begins a form."))
    if request.method == "POST":
        return _begin(request)
    found = [(each, open_projects(request.user, each)) for each in rounds]
    return render(request, "filing/new.html", {"rounds": [pair for pair in found if pair[1]]})


def _begin(request: HttpRequest) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=_number(request, "round"), closed=False)
    project = get_object_or_404(open_projects(request.user, round_), pk=_number(request, "project"))
    if why := closed(round_):
        raise PermissionDenied(why)
    form, source = first_form(round_, project, request.POST.get("source", ""))
    try:
        with transaction.atomic():
            made = start_filing(round_, project, form, by=request.user, kind=source)
    except Refused as refused:
        raise PermissionDenied(refused.words) from refused
    except IntegrityError:
        made = Filing.objects.get(round=round_, project=project)
        messages.info(request, say("这个项目刚被别人新建了。", "Somebody else has just begun this project's form."))
    return redirect("filing-form", made.pk)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < len(str(2**31)) else 0
