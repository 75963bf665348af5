"""Pieces of bytes put aside in a temporary file, and fetched again by number: many forms, little memory."""

from array import array
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self


class Spool:
    """A temporary file of pieces; it is gone once closed."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = TemporaryFile()  # noqa: SIM115 -- closed at the end of the block that the spool is used in
        self._ends = array("q", [0])

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._ends) - 1

    def add(self, piece: bytes) -> int:
        """Put a piece aside; its number from 0."""
        self._file.seek(self._ends[-1])
        self._file.write(piece)
        self._ends.append(self._ends[-1] + len(piece))
        return len(self) - 1

    def get(self, number: int) -> bytes:
        """The piece of that number."""
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start)

    def __enter__(self) -> Self:
        """For use in a `with` block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take the file away."""
        self._file.close()
