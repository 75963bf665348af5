"""Which database the office stands on: SQLite in the data folder, or what `DATABASE_URL` names."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from jixiao.office.environment import BadSetting

_SCHEMES: Final = {"postgresql": "django.db.backends.postgresql", "postgres": "django.db.backends.postgresql"}
_FORM: Final = "postgresql://USER:PASSWORD@HOST:5432/NAME"


class BadDatabase(BadSetting):
    """`DATABASE_URL` names no database that the office can use; in 中文 and English."""

    def __init__(self, shown: str) -> None:
        """Take what was read, without a password."""
        super().__init__(
            f"DATABASE_URL 读到 {shown}，应为 {_FORM}。", f"DATABASE_URL reads {shown}; {_FORM} is expected."
        )


def database(url: str, data: Path) -> dict[str, Any]:
    """The settings of the database.

    Args:
        url: the value of `DATABASE_URL`; empty for SQLite in the data folder.
        data: the data folder.

    Raises:
        BadDatabase: the address is of another form.
    """
    if not url:
        return sqlite(data / "office.sqlite3")
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:
        raise BadDatabase(f"{url.partition('://')[0]}://…") from error
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _SCHEMES or not name:
        raise BadDatabase(f"{parts.scheme or '…'}://…")
    return {
        "ENGINE": _SCHEMES[parts.scheme],
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def sqlite(file: Path) -> dict[str, Any]:
    """SQLite as a server wants it: readers beside one writer, a writer that waits its turn.

    Each commit is synced (`FULL`): what was acknowledged outlives a power cut, not only the death of a process.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
        },
        "TEST": {"NAME": None},
    }
