"""What people do to the journal itself; each is an event of it."""

from pathlib import Path
from typing import Any

from django.db import transaction

from jixiao.journal.keys import KeyInFile
from jixiao.office.journal.checkpoints import up_to_date
from jixiao.office.journal.leaving import export
from jixiao.office.journal.models import Checkpoint
from jixiao.office.journal.record import record
from jixiao.office.journal.second_place import send
from jixiao.office.journal.signing import NoKey, renewed, signer


def export_log(target: Path, *, by: Any = None) -> Checkpoint:
    """Export the whole log; that it left is an event in it.

    Args:
        target: a folder that is not there yet, or a file named .zip.
        by: who; none for who works at the server's command line.

    Raises:
        FileExistsError: the target is there.
        OSError: it cannot be written.
        NoKey: the key cannot be read.
    """
    if target.exists():
        raise FileExistsError(target)
    with transaction.atomic():
        record("journal.log_exported", "journal", actor=by, file=target.name)
    made = export(target)
    send()
    return made


def change_key(reason: str, *, by: Any = None) -> KeyInFile:
    """Sign with a new key from now on: the old one signs its last checkpoint, if it is there, the new one its first.

    Args:
        reason: why, in the words of who changes it.
        by: who; none for who works at the server's command line.
    """
    try:
        before = signer().public.text
        up_to_date()
    except NoKey:
        before = ""
    made = renewed()
    with transaction.atomic():
        record("journal.key_changed", "journal", actor=by, reason=reason, key=made.public.text, before=before)
    up_to_date()
    send()
    return made
