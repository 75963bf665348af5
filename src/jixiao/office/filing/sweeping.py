"""Sweeping the store 清扫: files that no row names, and what was being written when a process died, go after an hour.

A file is kept before the row that names it, so that no row ever lacks its file; who dies in between leaves a file
without a row. Nothing else does: evidence that was removed keeps its row, and its file.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import CharField

PATIENCE: Final = 3600
"""Seconds that a file may wait for its row: no request and no job takes so long between the two."""
_ROOMS: Final = "jixiao.office."
_HEXADECIMAL: Final = 64
_ASIDE: Final = "new-"
_GOING: Final = "going-"


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found.

    Attributes:
        orphans: files that no row names, those of `young` with them.
        unfinished: files and folders that were being written, those of `young` with them.
        young: how many of both are less than an hour old, and stay.
        removed: how many went.
    """

    orphans: int
    unfinished: int
    young: int
    removed: int


def sweep() -> Swept:
    """Look through the store, and take away what nothing names and is older than an hour."""
    folder = _folder()
    named = _named()
    orphans = [path for path in folder.glob("??/*") if not path.name.startswith(_GOING) and _digest(path) not in named]
    unfinished = [*folder.glob(f"{_ASIDE}*"), *folder.glob(f"??/{_GOING}*"), *_packages()]
    old, left = ([path for path in paths if _is_old(path)] for paths in (orphans, unfinished))
    young = len(orphans) - len(old) + len(unfinished) - len(left)
    return Swept(len(orphans), len(unfinished), young, sum(map(_take_away, old)) + sum(map(_remove, left)))


def _folder() -> Path:
    return Path(settings.DATA) / "files"


def _packages() -> Iterator[Path]:
    """Packages of open data that were being written."""
    return (Path(settings.DATA) / "open").glob(f"*/{_ASIDE}*")


def _digest(path: Path) -> bytes:
    """The digest a file is named by; none, which no row names, for a name that is none."""
    try:
        return bytes.fromhex(path.parent.name + path.name)
    except ValueError:
        return b""


def _named() -> set[bytes]:
    """The digests in every column that could hold one: more than those of files, so that none is forgotten."""
    found: set[bytes] = set()
    for manager, name in _columns():
        for text in manager.values_list(name, flat=True).iterator():
            if len(text or "") == _HEXADECIMAL:
                found.add(_bytes(text))
    return found


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _columns() -> Iterator[tuple[Any, str]]:
    """Columns of 64 letters, in whichever room."""
    for model in apps.get_models():
        if model.__module__.startswith(_ROOMS):
            for field in model._meta.fields:  # noqa: SLF001 -- the way to a model's fields
                if isinstance(field, CharField) and field.max_length == _HEXADECIMAL:
                    yield model._default_manager, field.name  # noqa: SLF001 -- as Django names it


def _is_old(path: Path) -> bool:
    """Whether it was written more than an hour ago; what is gone by now is not."""
    try:
        return time.time_ns() - path.stat().st_mtime_ns > PATIENCE * 10**9
    except FileNotFoundError:
        return False


def _take_away(path: Path) -> bool:
    """Take an orphan away, unless the same bytes were brought again at this moment, or a row names them by now.

    It is put aside first: who brings the same bytes meanwhile finds no file, and writes one.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=_GOING) as place:
        aside = Path(place.name)
        try:
            path.replace(aside)
        except FileNotFoundError:
            return False
        if _is_old(aside) and not _is_named(path.parent.name + path.name):
            return True
        with suppress(FileExistsError):
            path.hardlink_to(aside)
    return False


def _is_named(digest: str) -> bool:
    return any(manager.filter(**{name: digest}).exists() for manager, name in _columns())


def _remove(path: Path) -> bool:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return True
