"""The key that signs sessions: from `JIXIAO_SECRET_KEY`, or made once and kept in the data folder."""

import os
import secrets
from pathlib import Path
from tempfile import mkstemp

from jixiao.office.environment import BadSetting
from jixiao.writing.whole_file import reason_of, sync_folder


def secret_key(data: Path) -> str:
    """The key; made, readable by nobody but its owner, where there is none yet.

    Raises:
        BadSetting: it cannot be kept in the data folder.
    """
    given = os.environ.get("JIXIAO_SECRET_KEY", "")
    if given:
        return given
    file = data / "secret-key"
    try:
        return _read(file) or keep_secret(file, secrets.token_urlsafe(48))
    except OSError as error:
        zh, en = reason_of(error)
        raise BadSetting(
            f"密钥文件 {file} 读写不了（{zh}）。请检查数据文件夹，或用 JIXIAO_SECRET_KEY 给出密钥。",
            f"The file of the key, {file}, cannot be read or written ({en}). Look at the data folder, or give the key"
            " in JIXIAO_SECRET_KEY.",
        ) from error


def keep_secret(file: Path, text: str) -> str:
    """Keep a secret in a file that its owner alone reads, whole or not at all; an empty file there counts as none.

    Returns:
        What the file holds: where another process was first, that one's.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        _name(Path(aside), file)
        sync_folder(file.parent)
    finally:
        Path(aside).unlink(missing_ok=True)
    return _read(file)


def _name(aside: Path, file: Path) -> None:
    """Give a file its name, if no other has it: of two that do so at once one is first, where the disk knows links."""
    try:
        file.hardlink_to(aside)
    except OSError:
        if not _read(file):
            aside.replace(file)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        return ""
