"""The whole log as files that leave the office: what `jixiao verify` reads."""

from collections.abc import Iterator
from pathlib import Path

from jixiao.journal.exporting import write_log
from jixiao.office.journal.checkpoints import up_to_date
from jixiao.office.journal.models import Checkpoint
from jixiao.office.journal.signing import public_keys
from jixiao.office.journal.stored import stored


def export(target: Path) -> Checkpoint:
    """Write every event, with the checkpoints of days and one over them all.

    Args:
        target: a folder that is not there yet, or a file named .zip.

    Returns:
        The checkpoint over them all.

    Raises:
        FileExistsError: the target is there.
        OSError: it cannot be written.
        signing.NoKey: the key cannot be read.
    """
    last = up_to_date()
    write_log((each.line for each in stored(last.size)), _notes(last), public_keys(), target)
    return last


def _notes(last: Checkpoint) -> Iterator[str]:
    """The checkpoints of days up to the last one, and that."""
    yield from Checkpoint.objects.filter(daily=True, pk__lt=last.pk).values_list("note", flat=True)
    yield last.note
