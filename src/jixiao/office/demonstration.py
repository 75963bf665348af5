"""Whether this is a demo office: a mark in the data folder, so that every process of the server sees it."""

from pathlib import Path
from typing import Final

from django.conf import settings

_SEEN: Final = {"mark": False}


def is_demo() -> bool:
    """Whether the demo was loaded into this office."""
    if not _SEEN["mark"]:
        _SEEN["mark"] = _file().is_file()
    return _SEEN["mark"]


def mark_as_demo() -> None:
    """From now on every page says that this is a demo, and the sign-in page shows its accounts."""
    _file().write_text("", encoding="utf-8")


def _file() -> Path:
    return Path(settings.DATA) / "demo"
