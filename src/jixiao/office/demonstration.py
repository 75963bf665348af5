"""Whether this is a demo office, and its accounts: a mark in the data folder, so that every process sees it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings


class DemoAccount(msgspec.Struct, frozen=True):
    """A line of the list of demo accounts: who signs in as what, with which password."""

    username: str
    name: str
    zh: str
    en: str
    password: str


_SEEN: Final[dict[str, tuple[DemoAccount, ...]]] = {}


def is_demo() -> bool:
    """Whether the demo was loaded into this office."""
    return bool(demo_accounts())


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts of the demo; none where this is no demo office."""
    where = str(_file())
    if where not in _SEEN:
        try:
            _SEEN[where] = msgspec.json.decode(_file().read_bytes(), type=tuple[DemoAccount, ...])
        except FileNotFoundError:
            return ()
    return _SEEN[where]


def mark_as_demo(accounts: Iterable[DemoAccount]) -> None:
    """From now on every page says that this is a demo, and the sign-in page shows its accounts."""
    _file().write_bytes(msgspec.json.encode(tuple(accounts)))


def _file() -> Path:
    return Path(settings.DATA) / "demo.json"
