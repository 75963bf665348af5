"""The acts of rectification 整改: raise an item, reply to it, judge the reply; and what comes back next year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from jixiao.office.doors.ask import hands, hold, may, within
from jixiao.office.doors.table import FILING
from jixiao.office.filing.door import NotNow, hold_filing
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Filing
from jixiao.office.journal.record import record
from jixiao.office.people.models import User
from jixiao.office.workflow.cells import is_cell
from jixiao.office.workflow.models import ACCEPTED, OPEN, REPLIED, Item, Reply
from jixiao.office.workflow.refusals import Moved, Refused
from jixiao.scoring.sheet import Text

RANKS: Final = ("finance", "department")
"""The levels that raise items, the higher first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be put right: words and last day, the cell and the finding it is about (either may be empty)."""

    words: str
    due: date
    cell: str = ""
    finding: str = ""


@transaction.atomic
def raise_item(filing: Filing, by: User, wanted: Wanted) -> Item:
    """Ask a unit to put something right.

    Raises:
        NotNow: the person reviews no such filing now.
        Refused: "words", "day" or "cell".
    """
    hold_filing(by, filing, "rectify")
    if not wanted.words.strip():
        raise Refused("words", _WORDS)
    if wanted.due < timezone.localdate():
        raise Refused("day", _DAY)
    if wanted.cell and not is_cell(record_of(filing), wanted.cell):
        raise Refused("cell", _CELL, (wanted.cell,))
    item = Item.objects.create(
        filing=filing, project_id=filing.project_id, path=filing.path, level=_level(by, filing.path),
        cell=wanted.cell, finding=wanted.finding, words=wanted.words.strip(), due=wanted.due,
        raised=timezone.now(), raised_by=by,
    )  # fmt: skip
    _tell("item.raised", item, by, "")
    return item


@transaction.atomic
def reply(item: Item, by: User, words: str, evidence: str = "", *, promised: bool = False) -> Reply:
    """The unit's reply: what was done, where it can be seen; or a promise for the next year.

    Raises:
        NotNow: the person does not answer for the unit.
        Refused: "words", or the item waits for no reply.
    """
    hold_filing(by, item.filing, "answer_item")
    if not words.strip():
        raise Refused("words", _WORDS)
    _move(item, OPEN, REPLIED, promised=promised)
    made = _say(item, "reply", by, words, evidence, promised=promised)
    _tell("item.replied", item, by, OPEN)
    return made


@transaction.atomic
def judge(item: Item, by: User, *, accepted: bool, words: str = "") -> Reply:
    """The reviewer's judgement of a reply; what is not accepted waits for the unit again, with the reason.

    Raises:
        NotNow: the person is no reviewer of the item's level.
        Refused: "words" where it is not accepted and no reason is given, or there is no reply to judge.
    """
    hold(by)
    if not may_judge(by, item):
        raise NotNow("judge_item", item.filing)
    if not accepted and not words.strip():
        raise Refused("words", _WHY)
    if accepted:
        _move(item, REPLIED, ACCEPTED, closed=timezone.now())
    else:
        _move(item, REPLIED, OPEN, promised=False)
    made = _say(item, "accept" if accepted else "refuse", by, words)
    _tell("item.accepted" if accepted else "item.refused", item, by, REPLIED)
    return made


def may_judge(user: Any, item: Item) -> bool:
    """Whether a person judges replies to an item: a reviewer of its own level, above the unit."""
    return any(hand.kind == item.level and hand.reaches(item.path) for hand in hands(user))


def visible_items(user: Any) -> QuerySet[Item]:
    """The items of filings at places where the person reads."""
    return Item.objects.filter(within(user, FILING, "see_items"))


def open_item(user: Any, number: int) -> Item:
    """The item, with its filing.

    Raises:
        Http404: there is none, or the person may not see it: the two look alike.
    """
    found = (
        visible_items(user).select_related("filing__round", "filing__unit", "project", "raised_by").filter(pk=number)
    )
    item = found.first()
    if item is None:
        raise Http404
    return item


def waiting_items(user: Any) -> Q:
    """The condition for items that wait for a person: for a reply of the unit's, or for a judgement."""
    reach = Q(pk__in=[])
    for hand in hands(user):
        if hand.kind in ("clerk", "head"):
            reach |= Q(path=hand.path, state=OPEN)
        elif hand.kind in RANKS:
            reach |= Q(path__startswith=hand.path, level=hand.kind, state=REPLIED)
    return reach


def coming_back(user: Any, filing: Filing) -> list[Item]:
    """What comes back on a filing, for a person who sees rectification there; nothing for others who read it."""
    return of_earlier_years([filing])[filing.pk] if may(user, "see_items", filing) else []


def of_earlier_years(filings: Iterable[Filing]) -> dict[int, list[Item]]:
    """What comes back on filings: items of their projects' earlier years, still open or promised; one query."""
    held = list(filings)
    found = Item.objects.filter(project__in={filing.project_id for filing in held})
    found = found.filter(~Q(state=ACCEPTED) | Q(promised=True)).select_related("filing__round").order_by("pk")
    items = list(found)
    return {
        filing.pk: [
            item
            for item in items
            if item.project_id == filing.project_id
            and item.filing.round.fiscal_year < filing.round.fiscal_year
        ]
        for filing in held
    }  # fmt: skip


def _level(by: User, path: str) -> str:
    held = {hand.kind for hand in hands(by) if hand.reaches(path)}
    return next(kind for kind in RANKS if kind in held)


def _move(item: Item, before: str, after: str, **columns: Any) -> None:
    """Guarded as filings are: of two who answer at once one is heard."""
    columns["state"] = after
    if not Item.objects.filter(pk=item.pk, state=before).update(**columns):
        raise Moved
    for column, value in columns.items():
        setattr(item, column, value)


def _say(item: Item, kind: str, by: User, words: str, evidence: str = "", *, promised: bool = False) -> Reply:
    return Reply.objects.create(
        item=item, kind=kind, words=words.strip(), evidence=evidence.strip(), promised=promised, by=by,
        at=timezone.now(),
    )  # fmt: skip


def _tell(act: str, item: Item, by: User, before: str) -> None:
    record(
        act, f"item/{item.pk}", actor=by, organisation=item.path, filing=str(item.filing_id), level=item.level,
        before=before, after=item.state,
    )  # fmt: skip


_WORDS: Final = Text("请写明内容。", "Write what it is about.")
_WHY: Final = Text("不通过的，请写明还缺什么。", "Where it is not enough, say what is missing.")
_DAY: Final = Text("期限已经过去，请另定一天。", "That day is over; choose another.")
_CELL: Final = Text("表上没有这个格子，请重新选择。", "The form has no such cell; choose again.")
