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


def named_files(snapshot: Snapshot, tables: tuple[Table, ...]) -> Iterator[tuple[str, bool]]:
    """The hashes that rows name, each once, in order, and whether the file could not be made again."""
    return ((digest, bool(needed)) for digest, needed in snapshot.answers(_question(tables)))


def _question(tables: tuple[Table, ...]) -> str:
    parts = [
        f"SELECT {named(COLUMNS[table.model])} AS digest, {int(table.model not in MADE_ANEW)} AS needed "  # noqa: S608 -- our own names
        f"FROM {named(table.name)} WHERE {named(COLUMNS[table.model])} <> ''"
        for table in tables
        if table.model in COLUMNS
    ]
    every = " UNION ".join(parts)
    return f"SELECT digest, MAX(needed) FROM ({every}) AS every GROUP BY digest ORDER BY digest"  # noqa: S608 -- our own names
