"""Making, finding and ending tokens."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from jixiao.office.api.models import Token
from jixiao.office.journal.record import record
from jixiao.office.people.accounts import place_of
from jixiao.office.people.models import User

SCOPES: Final = {
    "forms:read": ("读取自评表、得分、疑点", "Read forms, scores and findings"),
    "forms:write": ("填报：新建、修改自评表", "Fill in: begin and change forms"),
    "decisions:write": ("流转：提交、退回、审核、公开", "Move forms: submit, return, approve, publish"),
}
"""What a token may be for."""
_PREFIX: Final = "jxt_"
LONGEST_DAYS: Final = 366


@transaction.atomic
def make_token(user: User, name: str, scopes: list[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which is shown once.

    Args:
        user: its owner.
        name: what it is for.
        scopes: of `SCOPES`.
        days: how long it holds, at most `LONGEST_DAYS`.
    """
    secret = _PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token.objects.create(
        user=user,
        name=name,
        digest=_digest(secret),
        hint=secret[-4:],
        scopes=" ".join(scope for scope in SCOPES if scope in scopes),
        made=now,
        expires=now + timedelta(days=min(days, LONGEST_DAYS)),
    )
    place = place_of(user)
    record("token.made", f"token/{token.pk}", actor=user, organisation=place, name=name, scopes=token.scopes)
    return token, secret


def token_of(secret: str) -> Token | None:
    """The token of a secret, if it holds now and its owner may sign in; that it was used is noted once an hour."""
    if not secret.startswith(_PREFIX):
        return None
    now = timezone.now()
    found = Token.objects.select_related("user").filter(digest=_digest(secret), revoked__isnull=True).first()
    if found is None or found.expires <= now or not found.user.is_active:
        return None
    _note_use(found, now)
    return found


@transaction.atomic
def revoke(token: Token, by: User) -> None:
    """End a token at once."""
    token.revoked = timezone.now()
    token.save(update_fields=["revoked"])
    record("token.revoked", f"token/{token.pk}", actor=by, organisation=place_of(token.user))


def _note_use(token: Token, now: datetime) -> None:
    if token.used is None or now - token.used > timedelta(hours=1):
        Token.objects.filter(pk=token.pk).update(used=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
