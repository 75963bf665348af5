"""Filings of the demo walk from hand to hand by the acts that people use."""

from dataclasses import dataclass
from typing import Final

from jixiao.office.demo.cast import Entry
from jixiao.office.doors.table import FILING
from jixiao.office.filing.models import Filing
from jixiao.office.people.models import User
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.said import NOTHING, CellWords, Said


@dataclass(frozen=True, slots=True)
class Hands:
    """Who moves a filing."""

    clerk: User
    head: User
    department: User
    finance: User
    publisher: User


_WAY: Final = (
    ("submit", "clerk"),
    ("approve_unit", "head"),
    ("approve_department", "department"),
    ("approve_finance", "finance"),
    ("publish", "publisher"),
)
RETURNED: Final = (("submit", "clerk"), ("approve_unit", "head"), ("return_department", "department"))


def walk(filing: Filing, state: str, hands: Hands, entry: Entry) -> None:
    """Move a filing step by step until it stands in a state; "returned" is a draft that the department sent back."""
    way = RETURNED if state == "returned" else _WAY
    for name, role in way:
        if filing.state == state:
            return
        act(filing, name, getattr(hands, role), _said(entry) if FILING[name].reason else NOTHING)


def _said(entry: Entry) -> Said:
    """Why a filing comes back, and about which cells."""
    return Said(entry.reason, tuple(CellWords(cell, entry.reason) for cell in entry.cells))
