"""What all pages of the overview share: the line of places, the tabs, the filters in words, the round."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.desk.library import checks
from jixiao.office.doors.ask import may_here
from jixiao.office.look.words import say, told
from jixiao.office.overview import filters as filtering
from jixiao.office.overview.sight import Sight

_TABS: Final = (
    ("overview-node", "总览", "Overview", ""),
    ("overview-forms", "自评表", "Forms", ""),
    ("overview-findings", "疑点", "Findings", ""),
    ("overview-places", "比较", "Compare", ""),
    ("overview-years", "与上年", "Last year", ""),
    ("overview-review", "整体审核", "Review of all", "try_rules"),
    ("rule-lab-node", "规则试算", "Rule lab", "try_rules"),
)


def page(request: HttpRequest, sight: Sight, template: str, **more: Any) -> HttpResponse:
    """A page of the overview."""
    return render(request, f"overview/{template}.html", framed(sight) | more)


def framed(sight: Sight) -> dict[str, Any]:
    """What the frame of every page needs."""
    return {
        "sight": sight,
        "crumbs": sight.crumbs(),
        "rounds": sight.rounds(),
        "tabs": tabs(sight),
        "filtered": [
            (told(words), sight.at_same(**{name: ""})) for name, words in filtering.told(sight.filters, checks())
        ],
        "unfiltered": sight.at_same(**dict.fromkeys(sight.filters.__struct_fields__, "")),
    }


def tabs(sight: Sight) -> list[tuple[str, str, bool]]:
    """The pages there are for what is looked at: words, address, whether it is this one."""
    return [
        (say(zh, en), sight.here(view), view == sight.page)
        for view, zh, en, act in _TABS
        if not act or may_here(sight.user, act, sight.node)
    ]
