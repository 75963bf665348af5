"""Failures of disk and database in words: what failed, whether it can be tried again, what helps."""

import errno
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError

from jixiao.scoring.sheet import Text
from jixiao.writing.whole_file import reason_of

FULL: Final = 507
"""The status of HTTP for a disk without room (RFC 4918)."""
AWAY: Final = 503
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_DISK: Final = frozenset({errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENXIO, errno.ENODEV, errno.ESTALE})
_SQLITE_FULL, _SQLITE_LOCKED = 13, frozenset({5, 6})
_SQLITE_DISK: Final = frozenset({8, 10, 14})
"""Read-only, failed input or output, cannot be opened."""
_POSTGRESQL_FULL, _POSTGRESQL_READ_ONLY = frozenset({"53100"}), frozenset({"25006"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """What failed: a status of HTTP, a word for programs, and sentences for people."""

    status: int
    code: str
    words: Text


def trouble_of(error: BaseException | None) -> Trouble | None:
    """The trouble with disk or database behind an error, or behind one that it came of; `None` where there is none."""
    for one in _chain(error):
        found = _of_system(one) if isinstance(one, OSError) else _of_database(one)
        if found is not None:
            return found
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _of_system(error: OSError) -> Trouble | None:
    if error.errno in _NO_ROOM:
        return _FULL_DISK
    if error.errno in _DISK:
        why = reason_of(error)
        return Trouble(AWAY, "disk", Text(_DISK_FAILED.zh.format(why[0]), _DISK_FAILED.en.format(why[1])))
    return None


def _of_database(error: BaseException) -> Trouble | None:
    inner = error.__cause__ if isinstance(error, DatabaseError | InterfaceError) else error
    if isinstance(inner, sqlite3.Error):
        return _of_sqlite(getattr(inner, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(inner, "sqlstate", None)
    if state in _POSTGRESQL_FULL:
        return _FULL_DISK
    if state in _POSTGRESQL_READ_ONLY:
        return Trouble(AWAY, "disk", Text(_DISK_FAILED.zh.format("只读"), _DISK_FAILED.en.format("it is read-only")))
    return _GONE if isinstance(error, OperationalError | InterfaceError) else None


def _of_sqlite(code: int) -> Trouble | None:
    if code == _SQLITE_FULL:
        return _FULL_DISK
    if code in _SQLITE_LOCKED:
        return Trouble(AWAY, "busy", _BUSY)
    if code in _SQLITE_DISK:
        return Trouble(AWAY, "disk", Text(_DISK_FAILED.zh.format("读写出错"), _DISK_FAILED.en.format("it failed")))
    return None


_KEPT: Final = Text(
    "这一步没有确认完成；请稍后刷新页面，看是否已生效，再决定要不要重做。",
    "This step was not confirmed: later, load the page again and see whether it took effect before you repeat it.",
)
_FULL_DISK: Final = Trouble(
    FULL, "disk-full",
    Text(
        f"服务器的磁盘已满。{_KEPT.zh}请告诉管理员腾出空间。",
        f"The disk of the server is full. {_KEPT.en} Tell your administrator to make room.",
    ),
)  # fmt: skip
_DISK_FAILED: Final = Text(
    f"服务器的磁盘写不进去（{{}}）。{_KEPT.zh}请告诉管理员。",
    f"The disk of the server cannot be written ({{}}). {_KEPT.en} Tell your administrator.",
)
_BUSY: Final = Text(
    "数据库正忙，没有等到。这一步没有做；请再试一次。",
    "The database is busy. This step was not done; try again.",
)
_GONE: Final = Trouble(
    AWAY, "database",
    Text(
        f"数据库连不上了。{_KEPT.zh}请告诉管理员。",
        f"The database cannot be reached. {_KEPT.en} Tell your administrator.",
    ),
)  # fmt: skip
