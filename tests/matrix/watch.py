"""What a request did to the database: its writing statements with the savepoints around them, counts of all rows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction

_WRITE: Final = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?([A-Za-z_]+)', re.IGNORECASE)
_POINT: Final = re.compile(r'\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\s+"?(\w+)', re.IGNORECASE)
UNWATCHED: Final = frozenset({"django_session", "usersessions_usersession"})
"""The signs of life of who is signed in: no act of anybody."""
TOUCHED: Final = frozenset({"api_token"})
"""That a token was used is noted once an hour."""
JOURNAL: Final = "journal_"
"""What the tables of the journal begin with."""


@dataclass(frozen=True, slots=True)
class Write:
    """A statement that changed rows: its table, and the savepoints that were open, the outermost first."""

    table: str
    within: tuple[str, ...]


@dataclass
class Watch:
    """The writes that were not taken back.

    Attributes:
        strange: whether there was a statement that neither reads nor is known to write.
    """

    writes: list[Write] = field(default_factory=list)
    strange: bool = False
    open_points: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- as Django calls it
        """Let the statement go through and note it."""
        done = execute(sql, params, many, context)
        if found := _WRITE.match(sql):
            none = found[1].upper() != "INSERT INTO" and not context["cursor"].rowcount
            if not none and found[2] not in UNWATCHED:
                self.writes.append(Write(found[2], tuple(self.open_points)))
        elif found := _POINT.match(sql):
            self._point(found[1].upper(), found[2])
        elif not sql.lstrip().upper().startswith("SELECT"):
            self.strange = True
        return done

    def _point(self, verb: str, name: str) -> None:
        if verb == "SAVEPOINT":
            self.open_points.append(name)
            return
        if name in self.open_points:
            del self.open_points[self.open_points.index(name) :]
        if verb.startswith("ROLLBACK"):
            self.writes = [write for write in self.writes if name not in write.within]

    @property
    def has_only_read(self) -> bool:
        """Whether nothing can have changed: every statement was a SELECT."""
        return not self.writes and not self.strange

    def effects(self) -> list[Write]:
        """The writes of an act: not those of the journal, nor the note that a token was used."""
        return [one for one in self.writes if not one.table.startswith(JOURNAL) and one.table not in TOUCHED]

    def events(self) -> list[Write]:
        """The writes of the journal."""
        return [one for one in self.writes if one.table.startswith(JOURNAL)]

    def is_one_transaction(self) -> bool:
        """Whether the program put every effect and every event into one transaction of its own."""
        around = {one.within[:1] for one in (*self.effects(), *self.events())}
        return len(around) == 1 and around != {()}


@contextmanager
def taken_back() -> Iterator[Watch]:
    """Watch what is done inside; nothing of it stays."""
    watch = Watch()
    with transaction.atomic():
        try:
            with connection.execute_wrapper(watch):
                yield watch
        finally:
            transaction.set_rollback(True)


def _tables() -> list[str]:
    found = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(found - UNWATCHED)


def row_counts() -> dict[str, int]:
    """How many rows each table has; one statement."""
    names = _tables()
    counts = ", ".join(f"(SELECT COUNT(*) FROM {connection.ops.quote_name(name)})" for name in names)  # noqa: S608 -- our tables
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")  # names of our own tables
        return dict(zip(names, cursor.fetchone(), strict=True))
