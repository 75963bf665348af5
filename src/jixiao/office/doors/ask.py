"""Asking at a door: may this person do this to that thing; which things may they see."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q

from jixiao.office.doors.table import FILING, NEAR, OFFICE, Act
from jixiao.office.people.models import Organisation, Role, User


class Placed(Protocol):
    """A filing, as far as doors look at it."""

    path: str
    state: str


@dataclass(frozen=True, slots=True)
class Hand:
    """One role of a person: what, and at which place of the tree."""

    kind: str
    path: str

    def reaches(self, path: str) -> bool:
        """Whether the role is near enough to something at that place."""
        return path.startswith(self.path) if NEAR[self.kind] == "below" else path == self.path


def hands(user: Any) -> tuple[Hand, ...]:
    """The roles of a person, asked of the database once for each user object; none for who has not signed in."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    if not hasattr(user, "_hands"):
        found = Role.objects.filter(user=user).values_list("kind", "organisation__path")
        user._hands = tuple(Hand(kind, path) for kind, path in found)  # noqa: SLF001 -- remembered with the user it is of
    held: tuple[Hand, ...] = user._hands  # noqa: SLF001
    return held


def hold(user: User) -> None:
    """Hold a person's roles to the end of the transaction and look at them anew: who takes one back waits so long.

    So no act stands in the journal behind the loss of the role that it needed. To be called before things are held:
    people first, then things, or two transactions wait for each other.
    """
    held = Role.objects.select_for_update(of=("self", "user"), no_key=True).select_related("user", "organisation")
    found = held.filter(user=user.pk, user__is_active=True).order_by("pk")
    user._hands = tuple(Hand(role.kind, role.organisation.path) for role in found)  # type: ignore[attr-defined] # noqa: SLF001


def may(user: Any, act: str, filing: Placed) -> bool:
    """Whether a person may do an act of `FILING` to a filing as it stands now."""
    roles = FILING[act].roles
    return any(filing.state in roles.get(hand.kind, ()) and hand.reaches(filing.path) for hand in hands(user))


def may_here(user: Any, act: str, organisation: Organisation | None = None) -> bool:
    """Whether a person may do an act of `OFFICE` in an organisation; without one, anywhere at all."""
    roles = OFFICE[act].roles
    held = [hand for hand in hands(user) if hand.kind in roles]
    return bool(held) if organisation is None else any(hand.reaches(organisation.path) for hand in held)


def acts_on(user: Any, filing: Placed) -> dict[str, Act]:
    """The acts that move the filing and that this person may do now, in the order of the table."""
    return {name: act for name, act in FILING.items() if act.after and may(user, name, filing)}


def within(user: Any, acts: dict[str, Act], act: str, path: str = "path") -> Q:
    """The condition for things at places where a person may do an act (whatever their state).

    Args:
        user: the person.
        acts: `FILING` or `OFFICE`.
        act: the act.
        path: the name of the column that holds the place.
    """
    reach = Q(pk__in=[])
    for hand in hands(user):
        if hand.kind in acts[act].roles:
            exact = "" if NEAR[hand.kind] == "own" else "__startswith"
            reach |= Q(**{f"{path}{exact}": hand.path})
    return reach


def readable(user: Any) -> Q:
    """The condition for filings that a person may read."""
    reach = Q(pk__in=[])
    for hand in hands(user):
        states = FILING["read"].roles.get(hand.kind)
        if states:
            exact = "" if NEAR[hand.kind] == "own" else "__startswith"
            reach |= Q(**{f"path{exact}": hand.path}) & Q(state__in=sorted(states))
    return reach
