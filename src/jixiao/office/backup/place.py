"""Where an office is restored to: a folder that is empty or not there; all of it appears in the last moment."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from jixiao.desk.errors import WrongUse
from jixiao.writing.whole_file import reason_of, sync_folder

_PREFIX: Final = ".restoring-"
_LAST: Final = "office.sqlite3"
"""Moved last: while it is not there, there is no office."""


def refuse_full(data: Path) -> None:
    """See that nothing is there yet.

    Raises:
        WrongUse: the folder is not empty, or it is a file.
    """
    if data.is_dir() and not any(data.iterdir()):
        return
    if not (data.exists() or data.is_symlink()):
        return
    left = data.is_dir() and all(path.name.startswith(_PREFIX) for path in data.iterdir())
    if left:
        raise WrongUse(
            f"{data} 中有上次中断的恢复留下的文件夹。请删除它，再恢复一次。",
            f"{data} holds what a restore left that was cut off. Delete that folder, and restore again.",
        )
    raise WrongUse(
        f"{data} 不是空的，恢复不会覆盖任何东西。请用 --data 指定一个新文件夹；"
        "要用原来的名字，先停止服务，把旧文件夹改名。",
        f"{data} is not empty, and a restore overwrites nothing. Name a new folder with --data; to keep the name, stop "
        "the server and give the old folder another name first.",
    )


@contextmanager
def aside(data: Path) -> Iterator[Path]:
    """A folder in which the office is put together; it is moved to its place when the block is left without an error.

    Otherwise it is taken away, and nothing is there that was not there before.

    Raises:
        WrongUse: the place is not empty, or cannot be written.
    """
    refuse_full(data)
    there = data.is_dir()
    try:
        if not there:
            data.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=data if there else data.parent))
    except OSError as error:
        raise cannot(data, error) from error
    try:
        yield work
        _sync(work)
        refuse_full_but(data, work)
        _move(work, data, there=there)
    except OSError as error:
        raise cannot(data, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def refuse_full_but(data: Path, work: Path) -> None:
    """See that nobody else has put something there meanwhile.

    Raises:
        WrongUse: somebody has.
    """
    if data.is_dir() and any(path != work for path in data.iterdir()):
        refuse_full(data)


def _move(work: Path, data: Path, *, there: bool) -> None:
    if not there:
        work.rename(data)
        sync_folder(data.parent)
        return
    for path in sorted(work.iterdir(), key=lambda path: path.name == _LAST):
        path.rename(data / path.name)
    work.rmdir()
    sync_folder(data)


def _sync(folder: Path) -> None:
    """What lies in the folder has reached the disk, names included; files were synced when they were written."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def write(path: Path, pieces: Iterator[bytes] | tuple[bytes, ...]) -> None:
    """A file for its owner alone, on the disk when this comes back."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def cannot(data: Path, error: OSError) -> WrongUse:
    """Why nothing could be written there."""
    zh, en = reason_of(error)
    return WrongUse(
        f"恢复到 {data} 没有成功（{zh}），没有留下任何东西。请腾出空间或换一个可写的文件夹，再恢复一次。",
        f"Nothing was restored to {data} ({en}), and nothing is left there. Make room or name another folder that can "
        "be written, and restore again.",
    )
