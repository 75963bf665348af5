"""Rows of the journal as entries of the log, and hashes as the tables hold them."""

from collections.abc import Iterable
from typing import Any, Final

from jixiao.journal.hashing import Pair
from jixiao.journal.line import Entry

COLUMNS: Final = (
    "pk", "at", "actor_id", "actor_name", "act", "subject", "organisation", "details", "address",
)  # fmt: skip
"""What the leaf of an event binds: every column of its row."""


def entry(row: Iterable[Any], place: int) -> Entry:
    """An event as its line says it.

    Args:
        row: the values of `COLUMNS`.
        place: which leaf it is.
    """
    return Entry(place, *row)


def hexed(pair: Pair) -> dict[str, str]:
    """Hashes as columns."""
    return {"sm3": pair.sm3.hex(), "sha256": pair.sha256.hex()}


def paired(row: Any) -> Pair:
    """The hashes of a row."""
    return Pair(bytes.fromhex(row.sm3), bytes.fromhex(row.sha256))
