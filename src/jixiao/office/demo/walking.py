"""Filings of the demo walk from hand to hand as they would in an office."""

import json
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from jixiao.office.demo.cast import Entry
from jixiao.office.doors.table import FILING
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.journal.record import record
from jixiao.office.people.models import User


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
    if state == "returned":
        for act, role in RETURNED:
            _step(filing, act, getattr(hands, role), entry)
        return
    for act, role in _WAY:
        if filing.state == state:
            return
        _step(filing, act, getattr(hands, role), entry)


def _step(filing: Filing, act: str, by: User, entry: Entry) -> None:
    back = FILING[act].reason
    before, filing.state, filing.moved = filing.state, FILING[act].after, timezone.now()
    filing.returned = back
    if act == "submit":
        filing.submitted = filing.moved
    cells = [{"cell": cell, "words": entry.reason} for cell in entry.cells] if back else []
    Decision.objects.create(
        filing=filing, act=act, before=before, after=filing.state, by=by, at=filing.moved,
        reason=entry.reason if back else "", cells=json.dumps(cells, ensure_ascii=False),
    )  # fmt: skip
    filing.save()
    record(f"filing.{act}", f"filing/{filing.pk}", actor=by, organisation=filing.path)
