"""Second factors: who must have one, and codes that are taken once only, in whichever process they arrive."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as library
from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction

from jixiao.office.accounts.guessing import keeps_out
from jixiao.office.demonstration import is_demo
from jixiao.office.doors.ask import hands
from jixiao.office.people.duties import needs_second_factor
from jixiao.office.people.models import User

_LAST = "last_code"


def must_have_second_factor(user: User) -> bool:
    """Whether the person may work only with a second factor, by setting and roles; in a demo nobody must."""
    if is_demo():
        return False
    if settings.SECOND_FACTOR == "all":
        return True
    return settings.SECOND_FACTOR == "administrators" and needs_second_factor([hand.kind for hand in hands(user)])


def has_second_factor(user: User) -> bool:
    """Whether the person has one."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


class _OnceOnly:
    """A code is refused the second time, and wrong codes count towards the lock-out like wrong passwords.

    The library remembers used codes and wrong tries in a cache of one process; an office has several.
    """

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """The code, if it is right and new.

        Raises:
            ValidationError: it is wrong or was used, or there were too many wrong ones.
        """
        request = library.context.request
        credentials = {"username": self.user.username}
        if not AxesProxyHandler.is_allowed(request, credentials) or keeps_out(request, self.user.username):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the library's form beside it
            self._take(code)
        except ValidationError:
            user_login_failed.send(sender=__name__, credentials=credentials, request=request, second_factor=True)
            raise
        return code

    @transaction.atomic
    def _take(self, code: str) -> None:
        kept = Authenticator.objects.select_for_update().filter(user=self.user, type=Authenticator.Type.TOTP).first()
        if kept is None:
            return
        if kept.data.get(_LAST) == code:
            raise library.get_adapter().validation_error("incorrect_code")
        kept.data[_LAST] = code
        kept.save(update_fields=["data"])


class CodeAtSignIn(_OnceOnly, library.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code asked for at sign-in."""


class CodeAgain(_OnceOnly, library.ReauthenticateForm):  # type: ignore[misc]
    """The code asked for before an act of weight."""
