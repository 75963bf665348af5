"""Counts within a window of time, shared by all processes of one machine, in a scratch file beside the database.

Not a table of the office's database: a limit must cost no write there (SQLite has one writer at a time), and what is
counted is worth nothing a minute later. Several machines count each for itself.
"""

import hashlib
import logging
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import local
from time import time_ns
from typing import Final

_LOG = logging.getLogger(__name__)
_TABLE: Final = "CREATE TABLE IF NOT EXISTS counted (key BLOB PRIMARY KEY, number INTEGER, until INTEGER) WITHOUT ROWID"
_ADD: Final = """
INSERT INTO counted VALUES (?1, 1, ?2 + ?3) ON CONFLICT (key) DO UPDATE SET
number = CASE WHEN until <= ?2 THEN 1 ELSE number + 1 END,
until = CASE WHEN until <= ?2 THEN excluded.until ELSE until END
RETURNING number, until
"""
_LOOK: Final = "SELECT number, until FROM counted WHERE key = ? AND until > ?"
_PATIENCE: Final = 1
"""Seconds to wait for another process; then nothing is counted and nobody kept out."""
_SWEEP: Final = 5_000
"""After how many counts of a thread those whose time is over are removed."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often, and for how many seconds it still counts; a number of 0 where nothing could be counted."""

    number: int
    left: int


class Counters:
    """Counters in a file; each thread of each process has a connection of its own."""

    def __init__(self, file: Path) -> None:
        """Take where they are kept; the file is made with the first count."""
        self._file, self._own = file, local()

    def add(self, key: str, seconds: int) -> Count:
        """Count one more; the window begins with the first and lasts so many seconds."""
        return self._ask(_ADD, (_name(key), _now(), seconds))

    def look(self, key: str) -> Count:
        """The count as it stands."""
        return self._ask(_LOOK, (_name(key), _now()))

    def clear(self) -> None:
        """Forget everything."""
        self._connection().execute("DELETE FROM counted")

    def close(self) -> None:
        """Close the connection of this thread."""
        held = getattr(self._own, "held", None)
        if held is not None:
            held.close()
            del self._own.held

    def _ask(self, statement: str, values: tuple[object, ...]) -> Count:
        """Run a statement; where the file fails, say so in the log and let everybody pass."""
        try:
            row = self._connection().execute(statement, values).fetchone()
        except (sqlite3.Error, OSError) as error:
            _LOG.warning("limits cannot be counted in %s: %s", self._file, error)
            return Count(0, 0)
        return Count(row[0], max(1, row[1] - _now())) if row else Count(0, 0)

    def _connection(self) -> sqlite3.Connection:
        own = self._own
        if getattr(own, "process", None) != os.getpid():
            own.held, own.process, own.asked = self._opened(), os.getpid(), 0
        elif getattr(own, "held", None) is None:
            own.held = self._opened()
        own.asked += 1
        if own.asked % _SWEEP == 0:
            own.held.execute("DELETE FROM counted WHERE until <= ?", (_now(),))
        held: sqlite3.Connection = own.held
        return held

    def _opened(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        made = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=OFF")
        made.execute(_TABLE)
        return made


def _name(key: str) -> bytes:
    """What stands for a key in the file: neither addresses nor tokens are kept."""
    return hashlib.blake2b(key.encode(), digest_size=16).digest()


def _now() -> int:
    return time_ns() // 10**9
