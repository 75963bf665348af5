"""A file written whole or not at all, one that outlives a power cut, and why the system refuses, in words."""

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ASIDE: Final = ".jixiao-"
"""Begin of the names of files that are being written: short, for a name may be as long as the system allows."""
_NO_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
REASONS: Final = {
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EDQUOT: ("磁盘配额已用完", "your share of the disk is used up"),
    errno.EACCES: ("没有写入权限", "no permission to write"),
    errno.EPERM: ("没有写入权限", "no permission to write"),
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    errno.EIO: ("磁盘出错", "the disk failed"),
    errno.ENAMETOOLONG: ("名字太长", "the name is too long"),
    errno.ENOENT: ("上级文件夹不存在", "the folder above it does not exist"),
    errno.EEXIST: ("已有同名的文件", "there is a file of that name"),
    errno.EPIPE: ("读取的一方已经关闭", "what reads it was closed"),
    errno.EISDIR: ("这是文件夹", "it is a folder"),
}
"""Refusals of the system by their number, in words."""
_TO_READ: Final = ("没有读取权限", "no permission to read")


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file aside, sync it, rename it over the one of that name, and sync its folder.

    Raises:
        OSError: the folder is not there or may not be written to, or the disk fails.
    """
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=ASIDE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
        sync_folder(path.parent)
    finally:
        Path(aside).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut: a file that was synced may else come back without its name.

    Where the system opens no folder, or syncs none (some network disks), there is nothing to be done.

    Raises:
        OSError: the disk fails.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def reason_of(error: OSError, *, reading: bool = False) -> tuple[str, str]:
    """Why the system refused, in words of both languages; `reading`: what was refused is to read."""
    if reading and error.errno in (errno.EACCES, errno.EPERM):
        return _TO_READ
    return REASONS.get(error.errno or 0, (error.strerror or str(error),) * 2)
