"""The journal around a backup: its checkpoint is up to date before, and after a restore the second place is told."""

from collections.abc import Callable

from django.db import DatabaseError, connection

from jixiao.journal.words import Unreadable
from jixiao.office.journal.checkpoints import up_to_date
from jixiao.office.journal.restoring import accept
from jixiao.office.journal.signing import NoKey
from jixiao.office.journal.subtrees import Torn

_REASON = "从备份恢复 restored from the backup {name}, SHA-256 of its journal's root {root}"


def before(say: Callable[[str, str], None]) -> None:
    """Give every event its place and sign, so that what is kept has its checkpoint; a backup is made without it, too.

    Args:
        say: told why that could not be.
    """
    try:
        up_to_date()
    except (DatabaseError, NoKey, Torn) as error:
        say(
            f"备份前没有签出新的日志检查点（{error}），备份照常进行。",
            f"No checkpoint of the journal could be signed before the backup ({error}); it is made all the same.",
        )


def after(name: str, root: str) -> tuple[str, str]:
    """Say at the second place that an older database is meant.

    Args:
        name: of the backup.
        root: of its journal.

    Returns:
        What to tell the person, in both languages.
    """
    try:
        made = accept(_REASON.format(name=name, root=root))
    except NoKey as error:
        return error.zh, error.en
    except (Torn, Unreadable, DatabaseError, OSError) as error:
        return (
            f"第二存放处没有认可这次恢复（{error}）。启动前请用 jixiao journal accept-restore 说明。",
            f"The second place did not take the restore ({error}). Say so with jixiao journal accept-restore first.",
        )
    finally:
        connection.close()
    return (
        f"日志已签出新的检查点（{made.size} 条），第二存放处已告知这次恢复。",
        f"The journal has a new checkpoint ({made.size} lines), and the second place knows of the restore.",
    )
