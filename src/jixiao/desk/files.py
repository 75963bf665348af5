"""Writing a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from jixiao.desk.errors import WrongUse


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`: written aside, synced, then renamed over, so that nobody ever sees half a file.

    Raises:
        WrongUse: the folder does not exist, cannot be written to, or `path` is itself a folder.
    """
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    except OSError as error:
        Path(aside).unlink(missing_ok=True)
        raise _cannot_write(path, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> WrongUse:
    zh = f"{path}：写不进去（{error.strerror}）。请给出一个已存在、可写的文件夹中的文件名。"
    return WrongUse(zh, f"{path}: cannot be written ({error.strerror}). Name a file in an existing, writable folder.")
