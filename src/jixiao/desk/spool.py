"""Pieces of bytes put aside in a temporary file, and fetched again by number: many forms, little memory."""

from array import array
from contextlib import suppress
from tempfile import TemporaryFile, gettempdir
from types import TracebackType
from typing import Self

from jixiao.desk.errors import WrongUse
from jixiao.writing.whole_file import reason_of


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
        """Put a piece aside; its number from 0.

        Raises:
            WrongUse: the folder for temporary files has no room.
        """
        try:
            self._file.seek(self._ends[-1])
            self._file.write(piece)
            self._file.flush()
        except OSError as error:
            raise _no_room(error) from error
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
        with suppress(OSError):  # closing writes what is left, which does not matter here
            self._file.close()


def _no_room(error: OSError) -> WrongUse:
    zh, en = reason_of(error)
    folder = gettempdir()
    return WrongUse(
        f"{folder}：临时文件写不进去（{zh}）。请在那里腾出空间，或用环境变量 TMPDIR 指定别的文件夹。",
        f"{folder}: temporary files cannot be written ({en}). Make room there, or name another folder in TMPDIR.",
    )
