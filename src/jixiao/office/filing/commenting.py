"""Comments on cells: threads, answers, closing a thread, and people named in them."""

import re
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jixiao.office.doors.ask import may
from jixiao.office.filing.cells import UnknownCell, text_of
from jixiao.office.filing.door import hold_filing, open_filing
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Comment, Filing, Mention
from jixiao.office.filing.saving import Refused
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.people.models import User

LONGEST: Final = 4000
MOST: Final = 2000
"""Comments that one filing holds."""
_NAMED: Final = re.compile(r"[@＠]([\w.\-]{1,60})")


def comment(user: Any, number: int, cell: str, words: str, thread: int | None = None) -> Comment:
    """Say something about a cell, or answer a thread; who is named with @ finds it among what waits.

    Raises:
        Http404: there is no such filing for this person.
        NotNow: the person may not comment now.
        Refused: nothing was written, too much, or there is no such cell or thread.
    """
    filing, text = open_filing(user, number, "comment"), words.strip()
    if not text or len(text) > LONGEST:
        raise Refused(422, "words", say("批注不能为空，最多 4000 字。", "A comment has 1 to 4000 letters."))
    if Comment.objects.filter(filing=filing).count() >= MOST:
        raise Refused(422, "many", say("这张表的批注太多了。", "This form has too many comments."))
    parent = _thread(filing, thread)
    cell = parent.cell if parent else _cell(filing, cell)
    with transaction.atomic():
        hold_filing(user, filing, "comment")
        made = Comment.objects.create(filing=filing, cell=cell, parent=parent, text=text, by=user, at=timezone.now())
        if parent and parent.resolved:
            Comment.objects.filter(pk=parent.pk).update(resolved=None, resolved_by=None)
        named = _named(filing, text, user)
        Mention.objects.bulk_create(Mention(comment=made, user=person) for person in named)
        details = {"cell": cell, "comment": made.pk, "named": [person.username for person in named]}
        record("filing.commented", f"filing/{filing.pk}", actor=user, organisation=filing.path, **details)
    return made


def resolve(user: Any, number: int, thread: int) -> Comment:
    """Close a thread.

    Raises:
        Http404: there is no such filing for this person.
        NotNow: the person may not comment now.
        Refused: there is no such thread, or it is closed.
    """
    filing = open_filing(user, number, "comment")
    with transaction.atomic():
        hold_filing(user, filing, "comment")
        found = _thread(filing, thread)
        is_open = Comment.objects.filter(pk=found.pk if found else 0, resolved__isnull=True)
        if found is None or not is_open.update(resolved=timezone.now(), resolved_by=user):
            raise Refused(409, "closed", say("没有这条批注，或已了结。", "There is no such thread, or it is closed."))
        record("filing.comment_resolved", f"filing/{filing.pk}", actor=user, organisation=filing.path, comment=found.pk)
    return found


def threads(filing: Filing, cell: str = "") -> list[Comment]:
    """The threads on a cell, or all, each with its answers in `told`; two queries."""
    found = Comment.objects.filter(filing=filing).select_related("by", "resolved_by")
    comments = list(found.filter(cell=cell) if cell else found)
    answers: dict[int | None, list[Comment]] = {}
    for each in comments:
        answers.setdefault(each.parent_id, []).append(each)
    for first in answers.get(None, []):
        first.told = [first, *answers.get(first.pk, [])]  # type: ignore[attr-defined]
    return answers.get(None, [])


def mentions_of(user: Any) -> QuerySet[Mention]:
    """Comments that name a person and were not looked at yet, the newest first; for the page of what waits."""
    waiting = Mention.objects.filter(user=user, seen__isnull=True).order_by("-pk")
    return waiting.select_related("comment", "comment__by", "comment__filing", "comment__filing__project")


def look_at(user: Any, filing: Filing, cell: str = "") -> None:
    """The person has opened the comments on a cell, or all: those that name them are seen."""
    waiting = Mention.objects.filter(user=user, seen__isnull=True, comment__filing=filing)
    (waiting.filter(comment__cell=cell) if cell else waiting).update(seen=timezone.now())


def _thread(filing: Filing, number: int | None) -> Comment | None:
    if number is None:
        return None
    found = Comment.objects.filter(filing=filing, pk=number, parent__isnull=True).first()
    if found is None:
        raise Refused(404, "thread", say("没有这条批注。", "There is no such comment."))
    return found


def _cell(filing: Filing, cell: str) -> str:
    if not cell or cell == "execution":
        return cell
    try:
        text_of(record_of(filing), cell)
    except UnknownCell as unknown:
        raise Refused(422, "cell", say(f"没有“{cell}”这一格。", f"There is no cell {cell}.")) from unknown
    return cell[:200]


def _named(filing: Filing, text: str, by: Any) -> list[User]:
    """The people named that may read the form; a name that several have names each of them."""
    names = set(_NAMED.findall(text)[:20])
    if not names:
        return []
    people = User.objects.filter(Q(username__in=names) | Q(name__in=names), is_active=True).exclude(pk=by.pk)[:40]
    return [person for person in people if may(person, "read", filing)]
