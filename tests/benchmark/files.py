"""Lines of JSON into compressed files, a share a file, with one digest of the whole content."""

import gzip
import hashlib
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

SHARE: Final = 50_000
"""Forms of one file."""


class Lines:
    """Lines of one table, written one after another; the digest is of the lines, whatever packs them."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin a table in a folder: `forms/forms-000000.jsonl.gz` and so on."""
        self._place = folder / name
        self._place.mkdir(parents=True)
        self._name = name
        self._file: IO[bytes] | None = None
        self._packed: gzip.GzipFile | None = None
        self._digest = hashlib.sha256()
        self._held: list[str] = []
        self.count = 0

    def put(self, line: str) -> None:
        """Add a line, its end included."""
        self.count += 1
        self._held.append(line)
        if len(self._held) == 2_000:
            self._write()

    def turn(self, share: int) -> None:
        """Go on in the file of a share."""
        self._close()
        self._file = (self._place / f"{self._name}-{share:06}.jsonl.gz").open("wb")
        self._packed = gzip.GzipFile("", "wb", compresslevel=1, fileobj=self._file, mtime=0)

    def _write(self) -> None:
        data = "".join(self._held).encode()
        self._held.clear()
        self._digest.update(data)
        if self._packed is not None:
            self._packed.write(data)

    def _close(self) -> None:
        self._write()
        if self._packed is not None and self._file is not None:
            self._packed.close()
            self._file.close()

    def __enter__(self) -> Self:
        """Begin with the first share."""
        self.turn(0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Write what is left."""
        self._close()

    @property
    def digest(self) -> str:
        """SHA-256 of all lines, once they are written."""
        return self._digest.hexdigest()
