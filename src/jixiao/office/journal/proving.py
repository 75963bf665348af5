"""The proof that an event is in the log, for who is given only that event."""

from jixiao.journal.line import encode
from jixiao.journal.proof import Proof
from jixiao.journal.tree import inclusion
from jixiao.office.journal.checkpoints import newest, up_to_date
from jixiao.office.journal.models import Checkpoint, Leaf
from jixiao.office.journal.signing import public_keys
from jixiao.office.journal.stored import stored
from jixiao.office.journal.subtrees import Subtrees


def prove(event: int) -> Proof | None:
    """The proof for an event, against the newest checkpoint; one is made where the event is newer than that.

    Args:
        event: its number.

    Returns:
        The proof; none where there is no such event.

    Raises:
        subtrees.Torn: the tables of the journal have a hole.
        signing.NoKey: the key cannot be read.
    """
    place, signed = _place(event), newest()
    if place is None or signed is None or signed.size <= place:
        signed = up_to_date()
        place = _place(event)
    if place is None:
        return None
    return _proof(place, signed)


def _place(event: int) -> int | None:
    return Leaf.objects.filter(event_id=event).values_list("number", flat=True).first()


def _proof(place: int, signed: Checkpoint) -> Proof:
    (kept,) = stored(place + 1, place)
    path = inclusion(place, signed.size, Subtrees())
    return Proof(encode(kept.line), tuple(path), signed.note, tuple(public_keys()))
