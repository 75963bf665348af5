"""Writing a file whole or not at all."""

import errno
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from jixiao.desk.errors import WrongUse

_PREFIX: Final = ".jixiao-"
"""Of files that are being written: short, for a name may be as long as the system allows."""
_STREAMS: Final = frozenset({Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd")})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
_REASONS: Final = {
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
_ROOM: Final = ("请腾出空间，或写到别的磁盘。", "Make room, or write to another disk.")
_ELSEWHERE: Final = (
    "请给出一个已存在、可写的文件夹中的文件名。",
    "Name a file in an existing, writable folder.",
)

_LONGEST_NAME: Final = 120
_FORBIDDEN: Final = frozenset('\\/:*?"<>|')
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(10))}
)


def refuse_output(path: Path, inputs: Iterable[Path]) -> None:
    """Say before any work is done that an output cannot be written, or would overwrite what is to be read.

    Raises:
        WrongUse: `path` is one of the inputs, a folder, or in a folder that does not exist or is not writable.
    """
    if path.resolve() in {source.resolve() for source in inputs}:
        zh = f"{path}：这是要读取的文件，写入会毁掉原件。请换一个文件名。"
        raise WrongUse(zh, f"{path}: this is a file to be read; writing there would destroy it. Choose another name.")
    if path.is_dir():
        zh = f"{path}：这是文件夹。请给出文件名，例如 {path / 'report.html'}。"
        raise WrongUse(zh, f"{path}: this is a folder. Name a file, such as {path / 'report.html'}.")
    if _is_stream(path):
        return
    if not os.access(path.parent, os.W_OK | os.X_OK):
        reason = "不可写" if path.parent.is_dir() else "不存在"
        reason_en = "is not writable" if path.parent.is_dir() else "does not exist"
        zh = f"{path}：文件夹 {path.parent} {reason}。请给出一个已存在、可写的文件夹中的文件名。"
        raise WrongUse(
            zh, f"{path}: the folder {path.parent} {reason_en}. Name a file in an existing, writable folder."
        )


def made_folder(path: Path, *, above: bool = False) -> bool:
    """Make a folder for outputs, unless it is there, on request those above it, too; whether it was made.

    Raises:
        WrongUse: there is a file of that name, or the folder above it does not exist or is not writable.
    """
    fresh = not path.is_dir()
    try:
        path.mkdir(exist_ok=True, parents=above)
    except OSError as error:
        zh, en = reason_of(error)
        zh = f"{path}：建不了这个文件夹（{zh}）。请给出一个已存在、可写的文件夹中的名字。"
        raise WrongUse(
            zh, f"{path}: this folder cannot be made ({en}). Name one in an existing, writable folder."
        ) from error
    return fresh


def replace_file(path: Path, data: bytes | Iterable[bytes], *, named: Path | None = None) -> None:
    """Put `data`, whole or in pieces, at `path`.

    It is written aside, synced, then renamed over, and its folder is synced, so that nobody ever sees half a file, and
    a power cut takes nothing that was told to be written. A device or a pipe is written to and stays what it is.

    Args:
        path: where to.
        data: what.
        named: what is told as the file that could not be written; `path` itself.

    Raises:
        WrongUse: the folder does not exist, cannot be written to, or `path` is itself a folder.
    """
    pieces = (data,) if isinstance(data, bytes) else data
    try:
        if _is_stream(path):
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(path, pieces)
    except OSError as error:
        raise _cannot_write(named or path, error) from error


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
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


def _is_stream(path: Path) -> bool:
    """Whether a path is a device or a pipe: what stdout is named by, whatever it leads to, is one."""
    return path.exists() and (path.absolute().parent in _STREAMS or not (path.is_file() or path.is_dir()))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def reason_of(error: OSError) -> tuple[str, str]:
    """Why the system refused, in words of both languages."""
    return _REASONS.get(error.errno or 0, (error.strerror or str(error),) * 2)


def told_by_system(error: OSError) -> WrongUse | None:
    """A refusal of the system that nobody met where it came, in words; `None` where it is none of those known."""
    if error.errno not in _REASONS or error.errno == errno.EPIPE:
        return None
    where = Path(error.filename) if isinstance(error.filename, str) else Path(tempfile.gettempdir())
    return _cannot_write(where, error)


def _cannot_write(path: Path, error: OSError) -> WrongUse:
    zh, en = reason_of(error)
    advice = _ROOM if error.errno in _FULL else _ELSEWHERE
    return WrongUse(f"{path}：写不进去（{zh}）。{advice[0]}", f"{path}: cannot be written ({en}). {advice[1]}")


def safe_name(text: str) -> str:
    """A text as part of a file name: what no system takes, or what cannot be seen, is an underscore."""
    plain = "".join(
        "_" if letter in _FORBIDDEN or not letter.isprintable() else letter
        for letter in " ".join(unicodedata.normalize("NFC", text).split())
    )
    cut = plain.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    return f"_{cut}" if cut.partition(".")[0].strip().casefold() in _DEVICES or cut.startswith("-") else cut
