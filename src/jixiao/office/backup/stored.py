"""Which columns name files of the store: what they name at the moment of the snapshot goes into the backup."""

from collections.abc import Iterator
from typing import Final

from jixiao.office.backup.contents import Table
from jixiao.office.backup.snapshot import Snapshot, named

COLUMNS: Final = {
    "filing.Evidence": "sha256",
    "intake.Source": "sha256",
    "intake.Shown": "picture",
    "publication.Paper": "sha256",
}
"""Models whose rows name files by their hash, and the column."""
MADE_ANEW: Final = frozenset({"publication.Paper"})
"""Files of these are made again where they are missing: nothing is lost without them."""


def named_files(snapshot: Snapshot, tables: tuple[Table, ...]) -> Iterator[str]:
    """The hashes that rows name, each once, in order."""
    return snapshot.texts(_question(tables, frozenset(COLUMNS)))


def needed(snapshot: Snapshot, tables: tuple[Table, ...], digest: str) -> bool:
    """Whether a file that is missing is one that cannot be made again."""
    wanted = _question(tables, frozenset(COLUMNS) - MADE_ANEW)
    return bool(snapshot.ask(f"SELECT 1 FROM ({wanted}) AS named WHERE digest = '{digest}' LIMIT 1"))  # noqa: S608


def _question(tables: tuple[Table, ...], models: frozenset[str]) -> str:
    parts = [
        f"SELECT {named(COLUMNS[table.model])} AS digest FROM {named(table.name)} "  # noqa: S608 -- our own names
        f"WHERE {named(COLUMNS[table.model])} <> ''"
        for table in tables
        if table.model in models
    ]
    return f"SELECT digest FROM ({' UNION '.join(parts)}) AS every ORDER BY digest"  # noqa: S608 -- our own names
