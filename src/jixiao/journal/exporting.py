"""The log as files that travel: what `jixiao verify` reads.

    events.jsonl       one event a line, in the order of their places
    checkpoints.txt    signed checkpoints, oldest first, parted by a line of three hyphens
    key.pub            the public keys that signed them, one a line
    README.txt         what this is

A folder, or the same four in a zip. It appears whole or not at all.
"""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Final

from jixiao.journal.keys import Public
from jixiao.journal.line import Entry, Removed, encode

EVENTS: Final = "events.jsonl"
CHECKPOINTS: Final = "checkpoints.txt"
KEYS: Final = "key.pub"
README: Final = "README.txt"
PARTING: Final = "---\n"
"""The line between two checkpoints."""
_AT_ONCE: Final = 1000
_TEXT: Final = """绩效日志的导出：每行一个事件（events.jsonl），签名的检查点（checkpoints.txt），公钥（key.pub）。
核验：jixiao verify 本文件夹或压缩包 --key 另行取得的公钥 --anchor 另处保存的检查点
没有另行取得的公钥和检查点，核验只能说明这份日志自身相符。

An exported journal of Jixiao: an event a line (events.jsonl), signed checkpoints (checkpoints.txt), public keys
(key.pub). To verify: jixiao verify THIS --key the public key, had from elsewhere --anchor a checkpoint kept elsewhere
Without a key and a checkpoint from elsewhere, it can only be shown that this log agrees with itself.
"""
Opened = Callable[[str], IO[bytes]]


def write_log(
    entries: Iterable[Entry | Removed], checkpoints: Iterable[str], keys: Iterable[Public], target: Path
) -> int:
    """Write a log: a zip if the target is named .zip, else a folder.

    Args:
        entries: in the order of their places, from 0; they may be a stream.
        checkpoints: signed texts, oldest first; the last must hold all entries.
        keys: the public keys that signed them.
        target: where; must not be there yet.

    Returns:
        How many entries there were.

    Raises:
        FileExistsError: the target is there.
        OSError: it cannot be written.
    """
    if target.exists():
        raise FileExistsError(target)
    begin = _as_zip if target.suffix.lower() == ".zip" else _as_folder
    with begin(target) as opened:
        with opened(EVENTS) as file:
            count = _lines(entries, file)
        _text(opened, CHECKPOINTS, PARTING.join(checkpoints))
        _text(opened, KEYS, "".join(f"{key.text}\n" for key in keys))
        _text(opened, README, _TEXT)
    return count


def _lines(entries: Iterable[Entry | Removed], file: IO[bytes]) -> int:
    count, rest = 0, iter(entries)
    while lines := [encode(entry) + b"\n" for entry in islice(rest, _AT_ONCE)]:
        file.write(b"".join(lines))
        count += len(lines)
    return count


def _text(opened: Opened, name: str, text: str) -> None:
    with opened(name) as file:
        file.write(text.encode())


@contextmanager
def _as_folder(target: Path) -> Iterator[Opened]:
    aside = Path(tempfile.mkdtemp(prefix=".jixiao-log-", dir=target.parent))
    try:
        yield lambda name: (aside / name).open("wb")
        _settle(aside)
        aside.chmod(0o755)
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


@contextmanager
def _as_zip(target: Path) -> Iterator[Opened]:
    handle, name = tempfile.mkstemp(prefix=".jixiao-log-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield lambda part: archive.open(part, "w", force_zip64=True)
            file.flush()
            os.fsync(file.fileno())
        Path(name).rename(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
