"""The key that signs sessions: from `JIXIAO_SECRET_KEY`, or made once and kept in the data folder."""

import os
import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """The key; made, readable by nobody but its owner, where there is none yet."""
    given = os.environ.get("JIXIAO_SECRET_KEY", "")
    if given:
        return given
    file = data / "secret-key"
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        return _made(file)


def _made(file: Path) -> str:
    """A new key in the file; where another process was first, that one's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key)
    return key
