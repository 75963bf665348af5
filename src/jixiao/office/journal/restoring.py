"""A database put back from a backup is refused until a person says that it was meant.

The second place then knows more than the database does: just what somebody would leave who had removed events. That it
was meant is an event, signed like all others.

For who makes backups: `up_to_date` before, so that what is kept has its checkpoint; `accept` after a restore.
"""

from contextlib import suppress
from typing import Any, NamedTuple

from django.db import transaction

from jixiao.journal import checkpoint as notes
from jixiao.journal.hashing import EMPTY, Pair
from jixiao.journal.tree import Frontier, edge
from jixiao.journal.words import Unreadable
from jixiao.office.journal.checkpoints import newest, up_to_date
from jixiao.office.journal.models import Checkpoint
from jixiao.office.journal.record import record
from jixiao.office.journal.second_place import place, send
from jixiao.office.journal.signing import public_keys
from jixiao.office.journal.subtrees import Subtrees

ACT = "journal.restore_accepted"
"""The act that tells of it."""


class Rewound(NamedTuple):
    """The second place knows of a log that the database does not have.

    Attributes:
        known: the checkpoint that was written there last.
        size: how many leaves the database has a checkpoint for.
    """

    known: notes.Checkpoint
    size: int


def rewound() -> Rewound | None:
    """What the second place knows and the database does not; none where both agree, or the place cannot be read.

    Raises:
        jixiao.journal.words.Unreadable: what was written there last is no checkpoint, or not signed by this office.
        subtrees.Torn: the tables of the journal have a hole.
    """
    text = _last_there()
    if not text:
        return None
    known, here = notes.read(text, public_keys()), newest()
    size = here.size if here else 0
    if known.size > size or root_at(known.size) != known.root:
        return Rewound(known, size)
    return None


def _last_there() -> str:
    """The last whole checkpoint at the second place; one that broke off while it was written does not count."""
    try:
        texts = place().lately()
    except OSError:
        return ""
    for text in texts:
        with suppress(Unreadable):
            notes.unverified(text)
            return text
    return ""


def root_at(size: int) -> Pair:
    """The root of the first `size` leaves, worked out from the tables.

    Raises:
        subtrees.Torn: one of them is missing.
    """
    return Frontier(size, edge(size, Subtrees())).root() if size else EMPTY


def accept(reason: str, *, by: Any = None) -> Checkpoint:
    """Say that an older database is meant: an event, a checkpoint over it, and that one at the second place.

    Args:
        reason: why, in the words of who restored it.
        by: who; none for who works at the server's command line.

    Returns:
        The checkpoint with which the log goes on; where there was nothing to accept, the newest.
    """
    found = rewound()
    if found is not None:
        with transaction.atomic():
            record(
                ACT, "journal", actor=by, reason=reason, size=str(found.size), known_size=str(found.known.size),
                known_sm3=found.known.root.sm3.hex(), known_sha256=found.known.root.sha256.hex(),
            )  # fmt: skip
    made = up_to_date()
    send()
    return made
