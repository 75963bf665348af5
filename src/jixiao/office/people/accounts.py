"""Accounts made, changed, switched off and on; invitations; passwords. Every act is an event."""

import re
import secrets
import unicodedata
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from jixiao.office.journal.record import record
from jixiao.office.people.models import SECURITY_ADMIN, Organisation, UsedPassword, User
from jixiao.office.people.refusal import Refusal

USERNAME: Final = re.compile(r"[\w.@+-]{1,60}")
_SALT: Final = "people.invitation"
_PRIVATE: Final = frozenset({"email", "phone"})
"""What is kept encrypted and never stands in the journal."""
_KEPT: Final = 24
"""Used passwords that are kept for each person."""


def normal_username(username: str) -> str:
    """A user name as it is stored: one width, no outer blanks."""
    return unicodedata.normalize("NFKC", username).strip()


@transaction.atomic
def add_account(username: str, name: str, organisation: Organisation | None, *, by: User | None, **more: str) -> User:
    """A new account without a password: the person sets one by their invitation.

    Args:
        username: what will be typed at sign-in.
        name: 姓名.
        organisation: where the person belongs.
        by: who makes it; none for the system.
        more: email, phone, language.

    Raises:
        Refusal: the user name is malformed or taken, in whatever case.
    """
    username = normal_username(username)
    check_username(username)
    made = User.objects.create_user(username, None, name=name, organisation=organisation, **more)
    record("user.added", subject(made), actor=by, organisation=_path(organisation), username=username, name=name)
    return made


def check_username(username: str) -> None:
    """Refuse a user name that is malformed or taken.

    Raises:
        Refusal: it is.
    """
    if not USERNAME.fullmatch(username):
        raise Refusal(
            f"用户名“{username}”不合规。只能用字母、数字和 . - _ @ +，1 到 60 位。",
            f"The user name “{username}” cannot be used. Letters, digits and . - _ @ +, 1 to 60 of them.",
        )
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(f"用户名 {username} 已有人用。请换一个。", f"The user name {username} is taken. Choose another.")


@transaction.atomic
def change_account(user: User, *, by: User, **fields: Any) -> bool:
    """Change name, address, phone, language or organisation; tells whether anything did change."""
    before = {name: getattr(user, name) for name, value in fields.items() if getattr(user, name) != value}
    if not before:
        return False
    for name in before:
        setattr(user, name, fields[name])
    user.save(update_fields=sorted(before))
    changes = {_field(name): _told(name, old, fields[name]) for name, old in before.items()}
    record("user.changed", subject(user), actor=by, organisation=place_of(user), **changes)
    return True


def _field(name: str) -> str:
    """What the journal calls a changed field: `organisation` is where the event itself belongs."""
    return "place" if name == "organisation" else name


def _told(name: str, old: Any, new: Any) -> list[str]:
    """A change as the journal tells it: that an address or number changed, never which one it was."""
    return ["…" if each and name in _PRIVATE else str(each or "") for each in (old, new)]


@transaction.atomic
def switch_off(user: User, *, by: User) -> None:
    """Keep somebody from signing in; what they did stays theirs.

    Raises:
        Refusal: it is oneself.
    """
    if user.pk == by.pk:
        raise Refusal("不能停用自己的账号。", "Nobody switches off their own account.")
    user.is_active, user.invitation, user.invited = False, "", None
    user.save(update_fields=["is_active", "invitation", "invited"])
    record("user.switched_off", subject(user), actor=by, organisation=place_of(user), username=user.username)


@transaction.atomic
def switch_on(user: User, *, by: User) -> None:
    """Let somebody sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("user.switched_on", subject(user), actor=by, organisation=place_of(user), username=user.username)


@transaction.atomic
def invite(user: User, *, by: User | None) -> str:
    """The token of a link by which the person sets a password, once; an earlier one is void.

    Raises:
        Refusal: the account is switched off; or it has a password and a role already, and who invites may not grant
            roles: whoever makes accounts must not be able to act as somebody else.
    """
    if not user.is_active:
        raise Refusal("账号已停用，不能邀请。请先启用。", "The account is switched off. Switch it on first.")
    if user.password_set and by is not None and user.roles.exists() and not _grants_roles(by):
        raise Refusal(
            "已有角色的人，密码不能由系统管理员重设。请安全管理员在“角色”页给出新链接。",
            "A system administrator cannot reset the password of somebody who holds a role. A security administrator"
            " gives a new link on the page of roles.",
        )
    user.invitation, user.invited = secrets.token_urlsafe(16), timezone.now()
    user.save(update_fields=["invitation", "invited"])
    record("user.invited", subject(user), actor=by, organisation=place_of(user), username=user.username)
    return signing.dumps([user.pk, user.invitation], salt=_SALT, compress=False)


def _grants_roles(user: User) -> bool:
    return user.roles.filter(kind=SECURITY_ADMIN).exists()


def invited(token: str) -> User | None:
    """Whose invitation a token is; none where it is forged, used, replaced or too old."""
    try:
        number, nonce = signing.loads(token, salt=_SALT, max_age=settings.INVITATION_DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return User.objects.filter(pk=number, invitation=nonce, is_active=True).exclude(invitation="").first()


@transaction.atomic
def accept_invitation(user: User, password: str) -> None:
    """Set the password of somebody who was invited; the invitation is used up.

    Raises:
        Refusal: it was used up by another request meanwhile.
    """
    used = User.objects.filter(pk=user.pk, invitation=user.invitation).exclude(invitation="")
    if not used.update(invitation="", invited=None):
        raise Refusal(
            "邀请已经用过。请向管理员再要一个。", "The invitation was used. Ask your administrator for another."
        )
    user.invitation, user.invited = "", None
    set_password(user, password)
    record("user.joined", subject(user), actor=user, organisation=place_of(user), username=user.username)


def set_password(user: User, password: str) -> None:
    """Set a password and remember its hash among those that were used. The caller records the event."""
    user.set_password(password)
    user.password_set = timezone.now()
    user.save(update_fields=["password", "password_set"])
    remember_password(user)


def remember_password(user: User) -> None:
    """Keep the hash of the present password among those that were used, and no more of them than needed."""
    UsedPassword.objects.create(user=user, hash=user.password)
    kept = UsedPassword.objects.filter(user=user).values_list("pk", flat=True)[:_KEPT]
    UsedPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()


def subject(user: User) -> str:
    """How events name a person."""
    return f"user/{user.pk}"


def place_of(user: User) -> str:
    """The path of where a person belongs, to which their events belong; of who belongs nowhere, of a role they hold."""
    if user.organisation is not None:
        return user.organisation.path
    return user.roles.order_by("pk").values_list("organisation__path", flat=True).first() or ""


def _path(organisation: Organisation | None) -> str:
    return organisation.path if organisation else ""
