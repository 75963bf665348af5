"""An account guessed at from many addresses: strangers wait, its person goes on.

The lock-out counts account and address together, so many addresses have many tries. This counts an account's wrong
passwords and codes from everywhere within an hour. Beyond the number, only addresses at which the person has signed in
before may go on trying: a botnet gets no further, and nobody can lock a person out of their usual place.
"""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jixiao.office.journal.models import Event
from jixiao.office.journal.record import record
from jixiao.office.people.accounts import normal_username
from jixiao.office.shield.limits import counters

_HOUR: Final = 3600
_KNOWN_DAYS: Final = 90
_LONGEST: Final = 60


def listen() -> None:
    """Count every wrong password and code, once."""
    user_login_failed.connect(_count, weak=False, dispatch_uid="accounts.guessing")


def keeps_out(request: HttpRequest, username: str) -> bool:
    """Whether a sign-in to an account is refused, because it is being guessed at and this is no place of its person."""
    guessed = counters().look(_key(username)).number
    return guessed >= settings.WRONG_ANYWHERE and not _is_known(username, str(request.META.get("REMOTE_ADDR", "")))


def _count(credentials: dict[str, Any], **_: Any) -> None:
    username = str(credentials.get("username", ""))
    count = counters().add(_key(username), _HOUR)
    if count.number == settings.WRONG_ANYWHERE:
        with transaction.atomic():
            record("user.guessed_at", "user/", actor=None, username=username[:_LONGEST], wrong=str(count.number))


def _is_known(username: str, address: str) -> bool:
    since = timezone.now() - timedelta(days=_KNOWN_DAYS)
    signed_in = Event.objects.filter(act="user.signed_in", actor__username__iexact=normal_username(username))
    return bool(address) and signed_in.filter(address=address, at__gte=since).exists()


def _key(username: str) -> str:
    return f"guess {normal_username(username).casefold()}"
