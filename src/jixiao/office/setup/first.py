"""Who may take an empty office: whoever holds the key that the server printed, once."""

import hmac
import secrets
from pathlib import Path
from typing import Final

from django.conf import settings

from jixiao.office.people.models import User
from jixiao.office.secret import keep_secret

_KNOWN: Final = {"somebody": False}
"""Whether this process has seen a user: from then on the database is not asked again."""


def nobody_yet() -> bool:
    """Whether the office has no user."""
    if not _KNOWN["somebody"]:
        _KNOWN["somebody"] = User.objects.exists()
    return not _KNOWN["somebody"]


def first_link() -> str:
    """The path of the first page with a new key, to be printed by the server; empty where somebody is there.

    The key of an earlier start no longer opens the page.
    """
    if not nobody_yet():
        forget_key()
        return ""
    forget_key()
    return f"setup/?key={keep_secret(_file(), secrets.token_urlsafe(18))}"


def opens(key: str) -> bool:
    """Whether a key opens the first page now."""
    try:
        kept = _file().read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return bool(kept) and nobody_yet() and hmac.compare_digest(kept.encode(), key.encode())


def forget_key() -> None:
    """The key opens nothing any more."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.DATA) / "first-key"
