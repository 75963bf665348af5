"""An exported log, opened: a folder, a zip, or texts in memory; what is missing or cannot be read is told."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from jixiao.journal.exporting import CHECKPOINTS, EVENTS, KEYS, PARTING
from jixiao.journal.line import LONGEST
from jixiao.journal.words import Unreadable

_MOST: Final = 512 * 1024 * 1024
"""Bytes of checkpoints that are read: a million of them."""
_MOST_KEYS: Final = 1024 * 1024
_TEXTS: Final = {CHECKPOINTS: _MOST, KEYS: _MOST_KEYS}
"""The parts that are held in memory, and how many bytes of each are read."""
_READING: Final = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)
"""What reading a folder or a zip raises: an encrypted or odd zip is a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Log:
    """An exported log.

    Attributes:
        events: opens the file of events.
        checkpoints: the text of the signed checkpoints.
        keys: the text of the public keys.
    """

    events: Callable[[], IO[bytes]]
    checkpoints: str
    keys: str

    def lines(self) -> Iterator[bytes]:
        """The lines of the events, each with its newline; the last one perhaps without.

        Raises:
            Unreadable: the file breaks off, or a line is longer than any event.
        """
        try:
            with self.events() as file:
                yield from _lines(file)
        except _READING as error:
            raise _broken(EVENTS, error) from None


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    for line in iter(partial(file.readline, LONGEST + 1), b""):
        if len(line) > LONGEST:
            raise Unreadable(f"{EVENTS} 有一行超过 {LONGEST} 字节", f"{EVENTS} has a line of more than {LONGEST} bytes")
        yield line


def in_memory(events: bytes, checkpoints: str, keys: str) -> Log:
    """A log whose files are at hand."""
    return Log(lambda: io.BytesIO(events), checkpoints, keys)


def open_log(path: Path) -> Log:
    """A log in a folder or a zip.

    Raises:
        Unreadable: there is no such file, it is none of both, or one of the three parts is missing.
    """
    try:
        return _of_folder(path) if path.is_dir() else _of_zip(path)
    except _READING as error:
        raise _broken(path.name, error) from None


def _of_folder(path: Path) -> Log:
    events = _there(path, EVENTS)
    return Log(lambda: events.open("rb"), *(_read(_there(path, each)) for each in _TEXTS))


def _of_zip(path: Path) -> Log:
    with zipfile.ZipFile(path) as archive:
        parts = {each: _part(archive, each) for each in (EVENTS, *_TEXTS)}
        texts = [_decoded(name, archive.open(parts[name]).read(most + 1)) for name, most in _TEXTS.items()]

    def events() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive:
            return archive.open(parts[EVENTS])

    return Log(events, *texts)


def _there(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise _missing(name)
    return path


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return _decoded(path.name, file.read(_TEXTS[path.name] + 1))


def _part(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The one part of that name, at the top or in one folder; two of a name would let two readers see two logs."""
    found = [each for each in archive.infolist() if each.filename.rpartition("/")[2] == name]
    if len(found) > 1:
        raise Unreadable(
            f"压缩包中有 {len(found)} 个 {name}，应只有一个", f"{len(found)} parts named {name}, expected one"
        )
    if not found:
        raise _missing(name)
    return found[0]


def _decoded(name: str, data: bytes) -> str:
    if len(data) > (most := _TEXTS[name]):
        raise Unreadable(f"{name} 超过 {most} 字节", f"{name} has more than {most} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{name} 第 {error.start + 1} 字节不是 UTF-8", f"{name}: byte {error.start + 1} is not UTF-8"
        ) from None


def split(checkpoints: str) -> Iterator[tuple[int, str]]:
    """The signed texts of a file of checkpoints, each with the line it begins on, counted from 1."""
    line, start, end = 1, 0, 0
    while checkpoints and end >= 0:
        end = checkpoints.find(PARTING, start)
        text = checkpoints[start:] if end < 0 else checkpoints[start:end]
        yield line, text
        line, start = line + text.count("\n") + 1, end + len(PARTING)


def _missing(name: str) -> Unreadable:
    return Unreadable(
        f"没有 {name}：应为 jixiao journal export 导出的文件夹或 .zip，内有 {EVENTS}、{CHECKPOINTS}、{KEYS}",
        f"no {name}: expected a folder or .zip made by jixiao journal export with {EVENTS}, {CHECKPOINTS}, {KEYS}",
    )


def unopened(name: str, error: OSError) -> Unreadable:
    """What is said where the system does not open a file or a folder."""
    if isinstance(error, FileNotFoundError):
        return Unreadable(f"{name} 不存在，请核对文件名", f"{name} is not there; check the name")
    if isinstance(error, PermissionError):
        return Unreadable(f"没有读取 {name} 的权限", f"no right to read {name}")
    return Unreadable(
        f"{name} 读不了（{error.strerror or error}）", f"{name} cannot be read ({error.strerror or error})"
    )


def _broken(name: str, error: Exception) -> Unreadable:
    if isinstance(error, OSError):
        return unopened(name, error)
    if isinstance(error, zipfile.BadZipFile):
        zh = f"{name} 不是完整的 .zip：复制时断了，或不是导出的日志"
        return Unreadable(zh, f"{name} is no whole .zip: a copy broke off, or it is no exported log")
    return Unreadable(f"{name} 读不了（{error}）", f"{name} cannot be read ({error})")
