"""What the libraries tell of sign-ins, second factors and passwords becomes events of the journal."""

from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added
from allauth.usersessions.models import UserSession
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jixiao.office.journal.record import record
from jixiao.office.people.accounts import place_of, remember_password, subject
from jixiao.office.people.models import User

_LONGEST = 60


def listen() -> None:
    """Connect every signal to its teller, once."""
    for signal, teller in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (user_locked_out, _locked_out),
        (password_changed, _new_password),
        (password_set, _new_password),
        (authenticator_added, _factor("user.second_factor_added")),
        (authenticator_removed, _factor("user.second_factor_removed")),
        (authenticator_reset, _factor("user.recovery_codes_renewed")),
        (social_account_added, _provider_added),
        (authentication_step_completed, _renew_session),
    ):
        signal.connect(teller, weak=False, dispatch_uid=f"accounts.telling.{id(signal)}.{id(teller)}")


@transaction.atomic
def _tell(act: str, user: User | None, **details: Any) -> None:
    place = place_of(user) if user else _place_meant(details.get("username", ""))
    record(act, subject(user) if user else "user/", actor=user, organisation=place, **details)


def _place_meant(username: str) -> str:
    """Where the person belongs whose name was tried; empty for a name that nobody has."""
    meant = User.objects.select_related("organisation").filter(username=username).first()
    return place_of(meant) if meant else ""


def _signed_in(user: User, **_: Any) -> None:
    _tell("user.signed_in", user)


def _signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        _tell("user.signed_out", user)


def _renew_session(request: HttpRequest, *, reauthenticated: bool = False, **_: Any) -> None:
    """Who confirms that it is them goes on in a session with a new key; the old one is worth nothing."""
    before = request.session.session_key
    if reauthenticated and before:
        request.session.cycle_key()
        UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _failed(credentials: dict[str, Any], **more: Any) -> None:
    which = "code" if more.get("second_factor") else "password"
    _tell("user.sign_in_failed", None, username=str(credentials.get("username", ""))[:_LONGEST], factor=which)


def _locked_out(username: str | None, **_: Any) -> None:
    _tell("user.locked_out", None, username=(username or "")[:_LONGEST])


@transaction.atomic
def _new_password(user: User, **_: Any) -> None:
    user.password_set = timezone.now()
    user.save(update_fields=["password_set"])
    remember_password(user)
    _tell("user.password_changed", user)


def _factor(act: str) -> Any:
    def tell(user: User, authenticator: Any, **_: Any) -> None:
        _tell(act, user, kind=str(authenticator.type))

    return tell


def _provider_added(sociallogin: Any, **_: Any) -> None:
    _tell("user.provider_linked", sociallogin.user, provider=str(sociallogin.account.provider))
