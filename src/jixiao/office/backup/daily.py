"""A backup of every day in a folder on another disk: made, looked through at once, the oldest ones taken away."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from jixiao.desk.files import refuse_output
from jixiao.office.backup.checking import check_backup
from jixiao.office.backup.damage import Damaged
from jixiao.office.backup.keys import passphrase_in
from jixiao.office.backup.making import Asked, Made, refuse_place
from jixiao.office.backup.office import made_of

_PATTERN: Final = "jixiao-????????-??????.tar"


def folder() -> Path | None:
    """Where they go; none where `JIXIAO_BACKUP_DIR` is not set."""
    return Path(settings.BACKUP_DIR) if settings.BACKUP_DIR else None


def kept(place: Path) -> list[Path]:
    """The backups in a folder, the latest first; none where it cannot be read."""
    try:
        return sorted(place.glob(_PATTERN), reverse=True)
    except OSError:
        return []


def make(place: Path, told: Callable[[str], None]) -> Made:
    """Make the backup of the day, look through it, and take away those that are too many.

    Args:
        place: the folder.
        told: called now and then with what is being copied.

    Raises:
        WrongUse: the folder cannot be written.
        Damaged: the backup is not what was written, or files are missing in the store; the backup stays.
    """
    out = place / f"jixiao-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
    refuse_output(out, ())
    refuse_place(out, Path(settings.DATA))
    passphrase = passphrase_in(Path(settings.BACKUP_PASSPHRASE) if settings.BACKUP_PASSPHRASE else None)
    asked = Asked(Path(settings.DATA), passphrase, told=lambda what, *_: told(what))
    made = made_of(asked, out, _log)
    check_backup(out, passphrase)
    for old in kept(place)[settings.BACKUP_KEEP :]:
        old.unlink(missing_ok=True)
    if made.totals.missing:
        raise _missing(made)
    return made


def _log(_: str, en: str) -> None:
    logging.getLogger(__name__).warning(en)


def _missing(made: Made) -> Damaged:
    few = ", ".join(made.totals.missing[:3])
    return Damaged(
        f"备份已写出，但文件库中缺少 {len(made.totals.missing)} 个文件或内容已损坏：{few}。请从更早的备份中找回。",
        f"The backup was made, but {len(made.totals.missing)} files are missing in the store or damaged: {few}. Take "
        "them from an earlier backup.",
    )
