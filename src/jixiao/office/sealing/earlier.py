"""Secrets of second factors as they were kept before: Fernet, with a key made from the office's own. Only opened."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from jixiao.office.sealing.port import WrongKey


def opened_as_before(text: str) -> str:
    """The secret.

    Raises:
        WrongKey: `JIXIAO_SECRET_KEY`, or the file secret-key, is another than it was.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"jixiao second factor").derive(str(key).encode())
        try:
            return Fernet(base64.urlsafe_b64encode(derived)).decrypt(text.encode()).decode()
        except InvalidToken:
            continue
    raise WrongKey("a secret of a second factor")
