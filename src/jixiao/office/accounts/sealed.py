"""Secrets of second factors are kept sealed: a copied database tells none."""

from typing import Final

from jixiao.office.sealing.earlier import opened_as_before
from jixiao.office.sealing.port import MARK, WrongKey, seal
from jixiao.office.sealing.port import opened as unsealed

__all__ = ["WrongKey", "closed", "opened"]
ABOUT: Final = "mfa_authenticator.data"


def closed(text: str) -> str:
    """The text, sealed."""
    return seal(text, ABOUT)


def opened(text: str) -> str:
    """The text that was sealed, also as earlier versions did it.

    Raises:
        WrongKey: no key opens it.
    """
    return unsealed(text, ABOUT) if text.startswith(MARK) else opened_as_before(text)
