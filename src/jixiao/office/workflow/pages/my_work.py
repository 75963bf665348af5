"""The first page of who has signed in: what waits for them."""

from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jixiao.office.doors.ask import hands, may_here
from jixiao.office.look.words import say
from jixiao.office.workflow.mine import MOST_LISTED, listed, monitoring_left, piles, returned, threads
from jixiao.office.workflow.models import Item
from jixiao.office.workflow.rectify import waiting_items

_TASKS: Final = (
    ("manage_people", "organisations", "机构：维护部门和单位", "Organisations: departments and units"),
    ("manage_people", "people", "账号：建立、邀请、停用", "Accounts: make, invite, switch off"),
    ("grant_roles", "roles", "角色：批准或收回", "Roles: grant or take back"),
    ("read_journal", "journal", "日志：查看谁做了什么", "Journal: who did what"),
    ("manage_rounds", "rounds", "批次：期限、规则集、开启与关闭", "Rounds: last days, rulebook, opening and closing"),
)


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the person; whoever has not signed in is led to the sign-in page."""
    if not request.user.is_authenticated:
        return redirect_to_login("/")
    today = timezone.localdate()
    waiting, back, next_ones = piles(request.user, today), returned(request.user), listed(request.user)
    total = sum(pile.count for pile in waiting)
    context = {
        "today": today,
        "piles": waiting,
        "total": total,
        "further": total > len(next_ones) + len(back),
        "late": sum(pile.count for pile in waiting if pile.late),
        "returned": back,
        "listed": next_ones,
        "items": list(_items(request.user)),
        "threads": threads(request.user),
        "monitoring": monitoring_left(request.user, today),
        "tasks": list(_tasks(request.user)),
        "roles": bool(hands(request.user)),
    }
    return render(request, "workflow/my_work.html", context)


def _tasks(user: Any) -> list[tuple[str, str]]:
    """Address and words of the pages on which the person manages something, as far as they are there."""
    found = []
    for act, view, zh, en in _TASKS:
        try:
            address = reverse(view)
        except NoReverseMatch:
            continue
        if may_here(user, act):
            found.append((address, say(zh, en)))
    return found


def _items(user: Any) -> QuerySet[Item]:
    found = Item.objects.filter(waiting_items(user)).select_related("project", "filing__unit", "filing__round")
    return found.order_by("due", "pk")[:MOST_LISTED]
