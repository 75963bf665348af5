"""The kinds of second place: a folder on another disk, and a syslog server."""

import errno
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from jixiao.journal.exporting import PARTING
from jixiao.office.environment import BadSetting

_PORT: Final = 514
_PATIENCE: Final = 5
"""Seconds that a server has to answer."""
_AUDIT_INFO: Final = 13 * 8 + 6
"""Facility log audit, severity informational (RFC 5424)."""


class Place(Protocol):
    """Where checkpoints go besides the database.

    Attributes:
        name: as the setting names it.
    """

    @property
    def name(self) -> str:
        """As the setting names it."""

    def put(self, notes: list[str]) -> None:
        """Write checkpoints there, oldest first.

        Raises:
            OSError: it cannot be reached or written.
        """

    def lately(self) -> list[str]:
        """What was written there on the last day that anything was, newest first; nothing where it cannot be asked.

        Raises:
            OSError: it cannot be reached.
        """


class Folder:
    """A folder: one file for each day, which only grows; so the folder may be one that allows no more than that."""

    def __init__(self, folder: Path, *, ours: bool) -> None:
        """Take the folder.

        Args:
            folder: where.
            ours: whether it lies in the data folder, and is made where it is not there. Another is never made: a
                disk that is not mounted would not be missed.
        """
        self._folder, self._ours = folder, ours

    @property
    def name(self) -> str:
        """The path."""
        return str(self._folder)

    def put(self, notes: list[str]) -> None:
        """Append to the file of today."""
        if self._ours:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._folder / f"checkpoints-{datetime.now(UTC):%Y-%m-%d}.txt"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        with os.fdopen(descriptor, "ab") as out:
            out.write((_before(file) + PARTING.join(notes)).encode())
            out.flush()
            os.fsync(out.fileno())

    def lately(self) -> list[str]:
        """The texts of the last file."""
        if not self._folder.is_dir():
            if self._ours:
                return []
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._folder))
        for file in sorted(self._folder.glob("checkpoints-*.txt"), reverse=True):
            text = file.read_text(encoding="utf-8", errors="replace")
            if text.strip():
                return text.split(PARTING)[::-1]
        return []

    def shares_disk_with(self, other: Path) -> bool:
        """Whether it lies on the same disk as another folder, as far as the system tells."""
        try:
            return self._folder.stat().st_dev == other.stat().st_dev
        except OSError:
            return False


class Syslog:
    """A syslog server over TCP: a line for each checkpoint, the note as one JSON string."""

    def __init__(self, host: str, port: int) -> None:
        """Take the address."""
        self._host, self._port = host, port

    @property
    def name(self) -> str:
        """The address."""
        return f"syslog://{self._host}:{self._port}"

    def put(self, notes: list[str]) -> None:
        """Send a line each (RFC 5424, parted by line ends as RFC 6587 has it)."""
        now, here = datetime.now(UTC).isoformat(timespec="milliseconds"), socket.gethostname()
        head = f"<{_AUDIT_INFO}>1 {now.replace('+00:00', 'Z')} {here} jixiao - checkpoint - "
        with socket.create_connection((self._host, self._port), timeout=_PATIENCE) as line:
            for note in notes:
                line.sendall((head + json.dumps(note, ensure_ascii=False) + "\n").encode())
            line.shutdown(socket.SHUT_WR)
            line.recv(1)

    def lately(self) -> list[str]:
        """Nothing: a syslog server cannot be asked."""
        return []


def _before(file: Path) -> str:
    """What goes between the end of a file and the next checkpoint; what broke off is ended first."""
    with file.open("rb") as read:
        if not read.seek(0, os.SEEK_END):
            return ""
        read.seek(-1, os.SEEK_END)
        return PARTING if read.read(1) == b"\n" else f"\n{PARTING}"


def place_of(setting: str, data: Path) -> Place:
    """The second place that a setting names; without one, a folder in the data folder.

    Raises:
        BadSetting: it is neither a folder nor a syslog server.
    """
    if not setting:
        return Folder(data / "checkpoints", ours=True)
    if "://" not in setting:
        return Folder(Path(setting).expanduser().absolute(), ours=False)
    try:
        parts = urlsplit(setting)
        host, port = parts.hostname or "", parts.port or _PORT
    except ValueError:
        host, port = "", 0
    if parts.scheme != "syslog" or not host or parts.path.strip("/"):
        raise BadSetting(
            f"JIXIAO_ANCHOR 读到 {setting!r}，应为一个文件夹，或 syslog://HOST:514。",
            f"JIXIAO_ANCHOR reads {setting!r}; a folder or syslog://HOST:514 is expected.",
        )
    return Syslog(host, port)
