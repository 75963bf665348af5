"""The door of this room's pages: signed in, allowed, and for acts of weight confirmed a moment ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from jixiao.office.doors.ask import may_here, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.people.models import Organisation, Role, User

_ROOM: Final = "jixiao.office.accounts"
Page = Callable[..., HttpResponseBase]


def door(*acts: str, weighty: bool = False) -> Callable[[Page], Page]:
    """Show a page only to who may do one of some acts; to others it looks missing.

    Args:
        acts: acts of `doors.table.OFFICE`; none for everybody who has signed in.
        weighty: whether a POST asks for the password or a code again, unless one was given a moment ago.
    """

    def guarded(page: Page) -> Page:
        @wraps(page)
        @login_required
        def ask(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            if acts and not any(may_here(request.user, act) for act in acts):
                raise Http404
            if weighty and request.method == "POST":
                raise_if_reauthentication_required(request, app=_ROOM)
            return page(request, *arguments, **named)

        return ask

    return guarded


def organisations_for(user: Any, *acts: str) -> QuerySet[Organisation]:
    """The organisations at which a person may do one of some acts."""
    reach = Q(pk__in=[])
    for act in acts:
        reach |= within(user, OFFICE, act)
    return Organisation.objects.filter(reach)


def people_for(user: Any, *acts: str) -> QuerySet[User]:
    """The people who belong where a person may do one of some acts.

    And those who belong nowhere yet, unless they hold a role where the person may not.
    """
    reach = Q(pk__in=[])
    for act in acts:
        reach |= within(user, OFFICE, act, "organisation__path")
    elsewhere = Role.objects.exclude(reach).values("user")
    return User.objects.filter(reach | (Q(organisation=None) & ~Q(pk__in=elsewhere)))


def organisation_at(user: Any, act: str, uid: str) -> Organisation:
    """An organisation by its public name.

    Raises:
        Http404: there is none, or the person may not do the act there.
    """
    return get_object_or_404(organisations_for(user, act).select_related("parent"), uid=uid)


def person_at(user: Any, act: str, number: int) -> User:
    """A person by number.

    Raises:
        Http404: there is none, or the person asking may not do the act where they belong.
    """
    return get_object_or_404(people_for(user, act).select_related("organisation"), pk=number)


def me(request: HttpRequest) -> User:
    """Who has signed in; the door of the page has seen to it that somebody has."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
