"""My work 我的工作: what waits for a person, by act and round with its last day; what came back; what is late."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, Subquery

from jixiao.office.doors.ask import hands
from jixiao.office.filing.door import visible_filings
from jixiao.office.filing.models import Comment, Decision, Filing
from jixiao.office.rounds.models import Monitoring, Project, Round
from jixiao.office.workflow.said import cells_of
from jixiao.office.workflow.waiting import due, forward, waiting

MOST_LISTED: Final = 20
"""How many filings of each kind the page lists; the rest is behind a link."""

_AFTER: Final = timedelta(60)
"""For so long after its last day monitoring that was not handed in is still told."""


@dataclass(frozen=True, slots=True)
class Pile:
    """Filings that wait for one act in one round.

    Attributes:
        act: what they wait for, "submit".
        state: where they are.
        round: of which round.
        due: the last day of this hand.
        late: whether that day is over.
        count: how many.
    """

    act: str
    state: str
    round: Round
    due: date | None
    late: bool
    count: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A filing that came back: why, from whom, about how many cells."""

    filing: Filing
    decision: Decision | None
    cells: int


def piles(user: Any, today: date) -> list[Pile]:
    """What waits, counted, the most urgent first: two queries."""
    counted = list(
        Filing.objects.filter(waiting(user), _open()).values("round", "state").annotate(count=Count("pk")).order_by()
    )
    rounds = Round.objects.in_bulk({row["round"] for row in counted})
    made = [_pile(rounds[row["round"]], row["state"], row["count"], today) for row in counted]
    return sorted(made, key=lambda pile: (pile.due or date.max, pile.round.pk, pile.state))


def listed(user: Any) -> list[Filing]:
    """The first filings that wait for the person and did not come back to them, those waiting longest first."""
    found = Filing.objects.filter(waiting(user), _open()).exclude(state="draft", returned=True)
    return list(
        found.select_related("round", "unit", "project").order_by("round__unit_due", "moved", "pk")[:MOST_LISTED]
    )


def returned(user: Any) -> list[Returned]:
    """The filings that came back to the person, with the words they came back with: two queries."""
    found = Filing.objects.filter(waiting(user, ("submit",)), _open(), state="draft", returned=True)
    filings = list(found.select_related("round", "unit", "project").order_by("moved", "pk")[:MOST_LISTED])
    back = Decision.objects.filter(filing__in=filings, after="draft").exclude(act="recall")
    last = {decision.filing_id: decision for decision in back.select_related("by").order_by("pk")}
    return [_returned(filing, last.get(filing.pk)) for filing in filings]


def threads(user: Any) -> list[Comment]:
    """Open comments to which the person owes the next word: of the own unit's forms, or begun by them; one query."""
    own = [hand.path for hand in hands(user) if hand.kind == "clerk"]
    last = Comment.objects.filter(Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk"))).order_by("-pk").values("by")[:1]
    found = Comment.objects.filter(parent=None, resolved=None).filter(Q(filing__path__in=own) | Q(by=user))
    found = found.annotate(last_by=Subquery(last)).exclude(last_by=user.pk).filter(filing__in=visible_filings(user))
    return list(found.select_related("filing__project", "by").order_by("-pk")[:MOST_LISTED])


def monitoring_left(user: Any, today: date) -> tuple[Round, int] | None:
    """The round whose mid-year monitoring runs, and how many own projects have not handed it in; two queries."""
    own = [hand.path for hand in hands(user) if hand.kind == "clerk"]
    if not own:
        return None
    above = {int(part) for path in own for part in path.split("/") if part}
    running = Round.objects.filter(closed=False, monitoring_due__gte=today - _AFTER, bureau__in=above)
    round_ = running.order_by("monitoring_due").first()
    if round_ is None:
        return None
    done = Monitoring.objects.filter(round=round_, handed_in__isnull=False).values("project")
    left = Project.objects.filter(unit__path__in=own).exclude(ended__lt=round_.fiscal_year).exclude(pk__in=done).count()
    return (round_, left) if left else None


def _open() -> Q:
    """A draft of a closed round waits for nobody."""
    return ~Q(state="draft", round__closed=True)


def _pile(round_: Round, state: str, count: int, today: date) -> Pile:
    day = due(round_, state)
    return Pile(forward(state), state, round_, day, day is not None and day < today, count)


def _returned(filing: Filing, decision: Decision | None) -> Returned:
    return Returned(filing, decision, len(cells_of(decision.cells)) if decision else 0)
