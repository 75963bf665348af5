"""Secrets of second factors are kept encrypted, by a key made from the office's own: a copied database tells none."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class WrongKey(RuntimeError):
    """A secret that no key of the office opens: `JIXIAO_SECRET_KEY`, or the file secret-key, is another than it was."""


def closed(text: str) -> str:
    """The text, encrypted."""
    return _locks()[0].encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """The text that was encrypted, by the present key or an earlier one.

    Raises:
        WrongKey: no key opens it.
    """
    for lock in _locks():
        try:
            return lock.decrypt(text.encode()).decode()
        except InvalidToken:
            continue
    raise WrongKey


def _locks() -> list[Fernet]:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [Fernet(base64.urlsafe_b64encode(_derived(str(key)))) for key in keys]


def _derived(key: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"jixiao second factor").derive(key.encode())
