"""The store of files 文件库: what people bring is kept once, by the digest of its bytes, and never changed.

It lies below the data folder (`files/ab/cdef…`). A file is written whole or not at all: it gets its name last, and
both are synced before anybody is told, so that the row which names it never outlives it.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.http import FileResponse

from jixiao.writing.whole_file import sync_folder


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: the hex SHA-256 of its bytes, and how many there are."""

    sha256: str
    size: int


def put(pieces: Iterable[bytes]) -> Stored:
    """Keep a file; bytes that are there already are kept once, and their day is today.

    Args:
        pieces: its bytes, in order (`UploadedFile.chunks()`).
    """
    folder = _made(_folder())
    digest, size = sha256(), 0
    with NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        try:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
            target = path_of(digest.hexdigest())
            _made(target.parent)
            Path(file.name).replace(target)
            sync_folder(target.parent)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return Stored(digest.hexdigest(), size)


def path_of(digest: str) -> Path:
    """Where a file lies that has this digest.

    Raises:
        ValueError: that is no digest, so that no name from outside leads elsewhere.
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("no SHA-256 in hexadecimal")
    return _folder() / digest[:2] / digest[2:]


def download(digest: str, name: str) -> FileResponse:
    """A file to be saved under a name, never to be shown or run by the browser.

    Raises:
        FileNotFoundError: the store has no such file.
    """
    content = path_of(digest).open("rb")  # closed by the response
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _made(folder: Path) -> Path:
    """The folder, there and with a name that lasts."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    return folder


def _folder() -> Path:
    folder: Path = settings.DATA / "files"
    return folder
