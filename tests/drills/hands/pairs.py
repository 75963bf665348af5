"""Pairs of acts that meet at one instant, and what must be after each: pure but for the questions it is handed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from drills.hands.deciding import Came, Told

LOSES = {"moved", "not_now", "state"}
"""Codes that tell a person that somebody else was quicker."""
SIDES: dict[str, tuple[tuple[tuple[str, str], tuple[str, str]], ...]] = {
    "draft": ((("submit", "clerk"), ("submit", "clerk2")), (("submit", "clerk"), ("save", "clerk2"))),
    "with_head": (
        (("approve_unit", "head"), ("approve_unit", "head2")),
        (("approve_unit", "head"), ("return_unit", "head2")),
        (("approve_unit", "head"), ("recall", "clerk")),
    ),
    "with_department": (
        (("approve_department", "department"), ("approve_department", "department2")),
        (("approve_department", "department"), ("return_department", "department2")),
    ),
    "with_finance": (
        (("approve_finance", "finance"), ("approve_finance", "finance2")),
        (("approve_finance", "finance"), ("return_finance", "finance2")),
    ),
    "approved": (
        (("publish", "publisher"), ("publish", "publisher2")),
        (("publish", "publisher"), ("reopen", "finance")),
    ),
    "published": ((("unpublish", "publisher"), ("unpublish", "publisher2")),),
}
"""In each state, which two meet; each leads on, so that a form walks from pair to pair."""
BULK = {"with_head": ("head", "head2"), "with_department": ("department", "department2"),
        "with_finance": ("finance", "finance2"), "approved": ("publisher", "publisher2")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class After:
    """What stands after a pair, for each filing of it: how many decisions, events, saves were added."""

    number: int
    decisions: int
    events: int
    saves: int


def sides(state: str, number: int, dice: Random) -> tuple[Told, Told]:
    """Two that meet on a filing."""
    late = dice.random() < 0.5
    first, second = dice.choice(SIDES[state])
    return _told(first, number, late=late), _told(second, number, late=late)


def _told(side: tuple[str, str], number: int, *, late: bool) -> Told:
    act, by = side
    return Told("save" if act == "save" else "act", by, (number,), act, late)


def many(state: str, numbers: Sequence[int], dice: Random) -> tuple[Told, Told]:
    """Two that tick the same filings, in orders of their own."""
    ways = ("on", dice.choice(("on", "back"))) if state != "approved" else ("on", "on")
    orders = [tuple(dice.sample(numbers, len(numbers))) for _ in ways]
    return tuple(Told("bulk", by, order, way) for by, order, way in zip(BULK[state], orders, ways, strict=True))  # type: ignore[return-value]


def faults(pair: tuple[Told, Told], came: tuple[Came, Came], after: Sequence[After]) -> Iterator[str]:
    """What does not hold of a pair: exactly one wins, the other is told in the right words, one trace is left."""
    named = " and ".join(f"{told.act} by {told.by}" for told in pair)
    yield from (f"{named}: {one.broke}" for one in came if one.broke)
    for each in after:
        winners = sum(each.number in one.done for one in came)
        losers = [code for one in came for number, code in one.codes if number == each.number]
        if winners != 1:
            yield f"{named} on filing {each.number}: {winners} were heard"
        if len(losers) != 1 or not set(losers) <= LOSES:
            yield f"{named} on filing {each.number}: the other was told {losers}"
        if each.decisions + each.saves != 1 or each.events != 1:
            yield f"{named} on filing {each.number} left {each.decisions} decisions, {each.events} events"
    yield from (f"{named}: a refusal without words" for one in came if len(one.words) != len(one.codes))


def numbering(editions: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    """Gaps and twins in the numbers of published documents.

    Args:
        editions: of each document (publication, its number, how many the publication says there are).
    """
    held: dict[int, list[int]] = {}
    says: dict[int, int] = {}
    for publication, number, there in editions:
        held.setdefault(publication, []).append(number)
        says[publication] = there
    for publication, numbers in held.items():
        if sorted(numbers) != list(range(1, says[publication] + 1)):
            yield f"publication {publication} has the numbers {sorted(numbers)} and says there are {says[publication]}"
