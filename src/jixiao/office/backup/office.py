"""A backup of the office in a data folder, from opening it to the event in its journal."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from jixiao.desk.files import refuse_output
from jixiao.office.backup.making import Asked, Made, Told, make_backup, refuse_place


def back_up(
    data: Path, out: Path, passphrase: str, told: Told, *, with_keys: bool, say: Callable[[str, str], None]
) -> Made:
    """Make a backup of an office; its settings are loaded here, its tables stay as they are.

    Args:
        data: the data folder.
        out: the file to write.
        passphrase: seals the keys; empty for keys as they are.
        told: called now and then.
        with_keys: whether keys go along.
        say: told, in 中文 and English, what cannot be done but does not matter.

    Raises:
        WrongUse: there is no office, or the file cannot be written.
        Damaged: the database is.
    """
    from jixiao.office.serve.opening import office_folder
    from jixiao.office.serve.ready import load_settings, reach_database

    folder = office_folder(data)
    refuse_output(out, ())
    refuse_place(out, folder)
    os.environ["JIXIAO_DATA"] = str(folder)
    load_settings()
    reach_database()
    return made_of(Asked(folder, passphrase, with_keys, told), out, say)


def made_of(asked: Asked, out: Path, say: Callable[[str, str], None]) -> Made:
    """Make a backup of the office whose settings are loaded, and note it in its journal."""
    from jixiao.office.backup import agreeing
    from jixiao.office.backup.snapshot import open_snapshot

    agreeing.before(say)
    with closing(open_snapshot()) as snapshot:
        made = make_backup(asked, snapshot, out)
    _note(made, out, say)
    return made


def _note(made: Made, out: Path, say: Callable[[str, str], None]) -> None:
    """The event; where tables are older than this version there is none, for a backup changes nothing."""
    from django.db import DatabaseError, transaction

    from jixiao.office.journal.record import record

    try:
        with transaction.atomic():
            record(
                "backup.made", f"backup/{out.name}"[:60], actor=None, sha256=made.sha256, size=str(made.size),
                keys=made.about.keys, events=str(made.totals.journal.events),
            )  # fmt: skip
    except DatabaseError:
        say(
            "日志中没有记下这次备份：数据库的表比本版程序旧，或数据库不可写。",
            "The journal does not have this backup: the tables are older than this version, or cannot be written.",
        )
