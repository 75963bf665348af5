"""What waits for whom 待办: the acts that bring a filing on, turned into conditions on filings."""

from datetime import date
from typing import Any, Final

from django.db.models import Q

from jixiao.office.doors.ask import hands
from jixiao.office.doors.table import (
    APPROVED,
    DRAFT,
    FILING,
    NEAR,
    WITH_DEPARTMENT,
    WITH_FINANCE,
    WITH_HEAD,
)
from jixiao.office.rounds.models import Round

FORWARD: Final = ("submit", "approve_unit", "approve_department", "approve_finance", "publish")
"""The acts that bring a filing nearer to publication, in order."""
_DUE: Final = {
    DRAFT: "unit_due",
    WITH_HEAD: "unit_due",
    WITH_DEPARTMENT: "department_due",
    WITH_FINANCE: "finance_due",
    APPROVED: "publish_due",
}


def waiting(user: Any, acts: tuple[str, ...] = FORWARD) -> Q:
    """The condition for filings that wait for a person to do one of some acts."""
    reach = Q(pk__in=[])
    for hand in hands(user):
        states = {state for act in acts for state in FILING[act].roles.get(hand.kind, ())}
        if states:
            exact = "" if NEAR[hand.kind] == "own" else "__startswith"
            reach |= Q(**{f"path{exact}": hand.path}, state__in=sorted(states))
    return reach


def forward(state: str) -> str:
    """The act that brings a filing on from a state; empty for one that has arrived."""
    return next((act for act in FORWARD if any(state in states for states in FILING[act].roles.values())), "")


def due(round_: Round, state: str) -> date | None:
    """The last day of the hand in which a filing is; none for one that is published."""
    column = _DUE.get(state)
    day: date | None = getattr(round_, column) if column else None
    return day
