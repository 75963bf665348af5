"""Writing a file whole or not at all."""

import errno
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from jixiao.desk.errors import WrongUse
from jixiao.writing.whole_file import REASONS, reason_of, write_whole

_STREAMS: Final = frozenset({Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd")})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
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
            write_whole(path, pieces)
    except OSError as error:
        raise _cannot_write(named or path, error) from error


def _is_stream(path: Path) -> bool:
    """Whether a path is a device or a pipe: what stdout is named by, whatever it leads to, is one."""
    return path.exists() and (path.absolute().parent in _STREAMS or not (path.is_file() or path.is_dir()))


def told_by_system(error: OSError) -> WrongUse | None:
    """A refusal of the system that nobody met where it came, in words; `None` where it is none of those known."""
    if error.errno not in REASONS or error.errno == errno.EPIPE:
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
