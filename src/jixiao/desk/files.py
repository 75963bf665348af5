"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from jixiao.desk.errors import WrongUse


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
    if not os.access(path.parent, os.W_OK | os.X_OK):
        reason = "不可写" if path.parent.is_dir() else "不存在"
        reason_en = "is not writable" if path.parent.is_dir() else "does not exist"
        zh = f"{path}：文件夹 {path.parent} {reason}。请给出一个已存在、可写的文件夹中的文件名。"
        raise WrongUse(
            zh, f"{path}: the folder {path.parent} {reason_en}. Name a file in an existing, writable folder."
        )


def made_folder(path: Path) -> None:
    """Make a folder for outputs, unless it is there.

    Raises:
        WrongUse: there is a file of that name, or the folder above it does not exist or is not writable.
    """
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        zh = f"{path}：建不了这个文件夹（{error.strerror}）。请给出一个已存在、可写的文件夹中的名字。"
        en = f"{path}: this folder cannot be made ({error.strerror}). Name one in an existing, writable folder."
        raise WrongUse(zh, en) from error


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put `data`, whole or in pieces, at `path`.

    It is written aside, synced, then renamed over, so that nobody ever sees half a file.

    Raises:
        WrongUse: the folder does not exist, cannot be written to, or `path` is itself a folder.
    """
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in (data,) if isinstance(data, bytes) else data:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        Path(aside).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> WrongUse:
    zh = f"{path}：写不进去（{error.strerror}）。请给出一个已存在、可写的文件夹中的文件名。"
    return WrongUse(zh, f"{path}: cannot be written ({error.strerror}). Name a file in an existing, writable folder.")
