"""The data folder: made where there is none, and refused before anything starts where it cannot be written."""

import os
import tempfile
from pathlib import Path

from jixiao.desk.errors import WrongUse


def data_folder(named: Path) -> Path:
    """The folder, there and writable; only its owner may look into it when it is made here.

    Raises:
        WrongUse: it cannot be made or written, or it is a file.
    """
    folder = named.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        who = os.environ.get("USER") or (f"uid {os.getuid()}" if hasattr(os, "getuid") else "")
        raise WrongUse(
            f"数据文件夹 {folder} 无法写入（{error.strerror}）。请用 --data 指定 {who} 可写的文件夹。",
            f"The data folder {folder} cannot be written ({error.strerror}). Name one that {who} can write: --data.",
        ) from error
    return folder
