"""Where a corpus lies: a port with two ways, a folder of this machine and S3-compatible storage.

Names are those below the corpus, with slashes ("forms/part-000000.parquet"). A file is written whole or not at all, so
that whoever is killed leaves nothing half; what is told to be written outlives a power cut.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from jixiao.corpus.faults import CorpusFault, Missing
from jixiao.writing.whole_file import reason_of, write_whole

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import polars as pl

LOCK: Final = ".building/lock"
"""Held by whoever builds."""


class Storage(Protocol):
    """A place for one corpus. Every method may raise `CorpusFault`: the place fails, or may not be used."""

    @property
    def label(self) -> str:
        """What the place is called in sentences, and what `open_storage` makes it from again."""

    def put(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all, over the one of that name."""

    def get(self, name: str) -> bytes:
        """A file's bytes.

        Raises:
            Missing: there is none.
        """

    def remove(self, names: Iterable[str]) -> None:
        """Take files away; those that are not there are none the less away."""

    def names(self, folder: str) -> list[str]:
        """The names of all files below a folder, in order; none where there is no such folder."""

    def frame(self, name: str, columns: Sequence[str] | None = None) -> "pl.DataFrame":
        """A Parquet file, or some of its columns.

        Raises:
            Missing: there is none.
        """

    def for_polars(self, name: str) -> tuple[str, Mapping[str, str] | None]:
        """What Polars opens a file by: its path or address, and the options of the storage."""

    def locked(self) -> "AbstractContextManager[None]":
        """Keep others from building here while the block lasts; who dies gives the lock up.

        Raises:
            CorpusFault: somebody builds here.
        """


def open_storage(where: str | Path) -> Storage:
    """The storage at a folder, or at "s3://bucket/prefix".

    Raises:
        CorpusFault: the address is none or empty, or the extra for S3 is not installed.
    """
    if isinstance(where, str) and where.startswith("s3://"):
        from jixiao.corpus.bucket import BucketStorage

        return BucketStorage(where)
    if isinstance(where, str) and "://" in where:
        zh = f"{where}：数据库只能放在文件夹或 s3:// 存储里。"
        raise CorpusFault(zh, f"{where}: a corpus lies in a folder or in s3:// storage.")
    if not str(where).strip():
        raise CorpusFault("没有写出数据库的文件夹。", "No folder of a corpus is named.")
    return FolderStorage(Path(where))


class FolderStorage:
    """A folder of this machine; it is made with the first file."""

    def __init__(self, root: Path) -> None:
        """Name the folder."""
        self._root = root

    @property
    def label(self) -> str:
        """The folder as it was named."""
        return str(self._root)

    def put(self, name: str, data: bytes) -> None:
        """Write aside, sync, rename over, and sync the folder."""
        path = Path(self._root, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, (data,))
        except OSError as error:
            raise _cannot(path, error, "写不进去", "cannot be written") from error

    def get(self, name: str) -> bytes:
        """The file's bytes."""
        path = Path(self._root, name)
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Missing(str(path)) from error
        except OSError as error:
            raise _cannot(path, error, "读不了", "cannot be read", reading=True) from error

    def remove(self, names: Iterable[str]) -> None:
        """Unlink each."""
        for name in names:
            path = Path(self._root, name)
            try:
                path.unlink(missing_ok=True)
            except NotADirectoryError:
                continue
            except OSError as error:
                raise _cannot(path, error, "删不掉", "cannot be removed") from error

    def names(self, folder: str) -> list[str]:
        """Every file below, those that a killed writer left aside among them."""
        start = self._root / folder
        found = (path for path in start.rglob("*") if path.is_file()) if start.is_dir() else ()
        return sorted(path.relative_to(self._root).as_posix() for path in found)

    def frame(self, name: str, columns: Sequence[str] | None = None) -> "pl.DataFrame":
        """Read by Polars."""
        import polars as pl

        try:
            return pl.read_parquet(self._root / name, columns=None if columns is None else list(columns))
        except FileNotFoundError as error:
            raise Missing(str(self._root / name)) from error
        except (OSError, pl.exceptions.PolarsError) as error:
            raise damaged(str(self._root / name)) from error

    def for_polars(self, name: str) -> tuple[str, Mapping[str, str] | None]:
        """The path."""
        return str(self._root / name), None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold a lock of the system on a file, which goes with the process."""
        if self._root.is_file():
            zh = f"{self._root}：这是文件，数据库要放在文件夹里。请给一个新的或空的文件夹。"
            raise CorpusFault(
                zh, f"{self._root}: this is a file; a corpus lies in a folder. Name a new or empty folder."
            )
        path = Path(self._root, LOCK)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _cannot(path, error, "写不进去", "cannot be written") from error
        try:
            if not taken(handle):
                raise in_use(self.label)
            yield
        finally:
            os.close(handle)


def taken(handle: int) -> bool:
    """Take the system's lock of an open file; whether it could be had. It is given up with the file or the process."""
    try:
        import fcntl
    except ImportError:  # Windows
        return _taken_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken_on_windows(handle: int) -> bool:
    import msvcrt

    with suppress(OSError):
        getattr(msvcrt, "locking")(handle, getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 -- known on Windows only
        return True
    return False


def in_use(label: str) -> CorpusFault:
    """What is said to the second one who builds."""
    zh = f"{label}：另一个进程正在建这个数据库。等它结束再试；它若中断，再建会接着做。"
    en = f"{label}: another process is building this corpus. Wait until it ends; should it break off, building goes on."
    return CorpusFault(zh, en)


def damaged(where: str) -> CorpusFault:
    """What is said of a file that is not what was written."""
    zh = f"{where}：文件已损坏。请删去它，再运行一次 jixiao corpus build 即重做。"
    return CorpusFault(
        zh, f"{where}: the file is damaged. Take it away and run jixiao corpus build again, which makes it anew."
    )


def _cannot(path: Path, error: OSError, zh: str, en: str, *, reading: bool = False) -> CorpusFault:
    why_zh, why_en = reason_of(error, reading=reading)
    advice = "请检查文件夹、权限和磁盘空间。", "Check the folder, the permissions and the room on the disk."
    return CorpusFault(f"{path}：{zh}（{why_zh}）。{advice[0]}", f"{path}: {en} ({why_en}). {advice[1]}")
