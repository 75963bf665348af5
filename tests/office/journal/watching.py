"""Watches what requests write: whatever changes the office has its event in the same transaction (GB/T 22239, 8.1.4.3).

`tests/office/doors/test_every_change_told.py` knocks at every address with it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

_WRITES: Final = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "?(\w+)"?')
_POINT: Final = re.compile(r'(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "?(\w+)"?')
EVENT: Final = "journal_event"

NO_ACT: Final = {
    "journal_": "the journal itself: places, checkpoints",
    "jobs_": "the queue: what a job does is an act of its own, told where it is done",
    "django_session": "the session: when somebody was last seen, what they searched for",
    "usersessions_usersession": "the list of sessions; signing in, out and ending one are events",
    "axes_": "counts of wrong passwords; each wrong password is an event",
    "overview_": "figures worked out again from forms; a question that somebody asked is an event",
}
"""Tables whose rows are no acts, by the beginning of their names, with the reason."""


@dataclass
class Watch:
    """What one request wrote.

    Attributes:
        told: tables by outermost transaction, in order; a write of its own is one.
        faults: what changed without an event, once the request is over.
    """

    told: list[list[str]] = field(default_factory=list)
    _points: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        """Look at a statement and have it executed."""
        answer = execute(sql, params, many, context)
        if found := _POINT.match(sql):
            self._point(found[1], found[2])
        elif (found := _WRITES.match(sql)) and (sql.startswith("INSERT") or context["cursor"].rowcount):
            self._wrote(found[1])
        return answer

    def _point(self, word: str, name: str) -> None:
        if word == "SAVEPOINT":
            if not self._points:
                self.told.append([])
            self._points.append((name, len(self.told[-1])))
            return
        at = next((at for at, (known, _) in enumerate(self._points) if known == name), None)
        if at is None:
            return
        if word.startswith("ROLLBACK"):
            del self.told[-1][self._points[at][1] :]
            del self._points[at + 1 :]
        else:
            del self._points[at:]

    def _wrote(self, table: str) -> None:
        if self._points:
            self.told[-1].append(table)
        else:
            self.told.append([table])

    def silent(self) -> list[str]:
        """Tables that were written without an event in the same transaction."""
        return [
            table
            for tables in self.told
            if EVENT not in tables
            for table in tables
            if not table.startswith(tuple(NO_ACT))
        ]


@contextmanager
def watched() -> Iterator[Watch]:
    """What is written inside; not judged where no transaction of a test surrounds it: savepoints do not tell then."""
    watch = Watch()
    if not connection.in_atomic_block:
        yield watch
        return
    with connection.execute_wrapper(watch):
        yield watch
