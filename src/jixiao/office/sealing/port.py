"""The port: seal a text, open it again. Behind it keys of our own (`own.py`), or an HSM by a class that is named.

`JIXIAO_FIELD_SEALER` names the class ("package.module.Class"); it is made once, without arguments.
"""

from functools import cache
from typing import Any, Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

MARK: Final = "sealed:1:"
"""What every sealed text begins with; a text without it is one from before, and is read as it stands."""


class WrongKey(RuntimeError):
    """A text that no key of the office opens, or that somebody has changed."""


class Sealer(Protocol):
    """What seals and opens."""

    def seal(self, plain: bytes, about: bytes) -> str:
        """Bytes as a text of letters, digits and `:+/=`; `about` says what they are, and is needed to open them."""

    def open(self, sealed: str, about: bytes) -> bytes:
        """The bytes.

        Raises:
            WrongKey: no key opens them, something was changed, or they are about something else.
        """

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key sealed it."""


def seal(text: str, about: str) -> str:
    """A text sealed; an empty one stays empty, so that a column can be asked whether it holds anything."""
    return MARK + sealer().seal(text.encode(), about.encode()) if text else ""


def opened(text: str, about: str) -> str:
    """A text that was sealed, or that was kept before there were seals.

    Raises:
        WrongKey: no key opens it.
    """
    if not text.startswith(MARK):
        return text
    return sealer().open(text.removeprefix(MARK), about.encode()).decode()


def is_newest(text: str) -> bool:
    """Whether a text needs no sealing anew: it is empty, or the newest key sealed it."""
    return not text or (text.startswith(MARK) and sealer().is_newest(text.removeprefix(MARK)))


@cache
def sealer() -> Sealer:
    """What seals in this office."""
    made: Any = import_string(settings.FIELD_SEALER)()
    return made  # type: ignore[no-any-return]  # named by a setting
