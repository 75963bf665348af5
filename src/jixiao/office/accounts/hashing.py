"""Passwords hashed by PBKDF2 with SM3 (GB/T 32905), where an office has to; others are taken all the same."""

import hashlib
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher


def _sm3() -> Any:
    return hashlib.new("sm3")


class PBKDF2SM3PasswordHasher(PBKDF2PasswordHasher):
    """Django's own, on SM3."""

    algorithm = "pbkdf2_sm3"
    iterations = 600_000
    digest = staticmethod(_sm3)
