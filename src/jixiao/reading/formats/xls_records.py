"""The records of a BIFF workbook stream ([MS-XLS] 2.1.4) and the strings in them, never read beyond their ends."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jixiao.reading import errors

BOF: Final = 0x0809
END: Final = 0x000A
CONTINUE: Final = 0x003C
_BIFF8: Final = 0x0600
_UNPACKED = 0x01
_EXTENDED, _RICH = 0x04, 0x08


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its kind, its bytes, and those of the records that continue it."""

    kind: int
    data: bytes
    more: tuple[bytes, ...] = ()


class Cut(Exception):
    """A record ends before what it should hold."""


def records(stream: bytes, start: int, file: str) -> Iterator[Record]:
    """The records from a position of the stream to the end of that substream; charts inside a sheet are passed over.

    Raises:
        Unreadable: the stream ends within a record, or before the substream does.
    """
    depth = 0
    waiting: Record | None = None
    for kind, data in _raw(stream, start, file):
        if kind == CONTINUE:
            if waiting is not None:
                waiting = Record(waiting.kind, waiting.data, (*waiting.more, data))
            continue
        if waiting is not None and depth == 1:
            yield waiting
        waiting = Record(kind, data)
        depth += (kind == BOF) - (kind == END)
        if depth == 0:
            return
    raise damaged(file)


def _raw(stream: bytes, start: int, file: str) -> Iterator[tuple[int, bytes]]:
    at = start
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > len(stream):
            raise damaged(file)
        yield kind, stream[at : at + size]
        at += size


def damaged(file: str) -> errors.Unreadable:
    """The sentence for a stream that is cut off."""
    return errors.damaged(file, "XLS", "工作簿的记录不完整", "the records of the workbook are incomplete")


def is_biff8(version: int) -> bool:
    """Whether a version number is that of Excel 97 and later."""
    return version >= _BIFF8


@dataclass(slots=True)
class Reader:
    """Reads through a record and its continuations.

    Attributes:
        pieces: the bytes of the record and of those that continue it.
        piece, at: the position.
    """

    pieces: tuple[bytes, ...]
    piece: int = 0
    at: int = 0

    def take(self, size: int) -> bytes:
        """So many bytes, across continuations.

        Raises:
            Cut: there are not so many.
        """
        found = b""
        while len(found) < size:
            part = self._rest()[: size - len(found)]
            found += part
            self.at += len(part)
        return found

    def skip(self, size: int) -> None:
        """Pass over so many bytes, across continuations.

        Raises:
            Cut: there are not so many.
        """
        while size > 0:
            step = min(len(self._rest()), size)
            self.at += step
            size -= step

    def number(self, size: int) -> int:
        """A whole number of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    def string(self, length_size: int) -> str:
        """A BIFF8 string: its length, its flags, its letters, and what rich text and phonetic guides add.

        Raises:
            Cut: it ends too soon.
        """
        length, flags = self.number(length_size), self.number(1)
        runs = self.number(2) if flags & _RICH else 0
        extra = self.number(4) if flags & _EXTENDED else 0
        text = self.letters(length, unpacked=bool(flags & _UNPACKED))
        self.skip(4 * runs + extra)
        return text

    def letters(self, length: int, *, unpacked: bool) -> str:
        """So many letters; where they go on in a continuation, a new flag says how wide they are there.

        Raises:
            Cut: there are not so many.
        """
        found: list[str] = []
        while length > 0:
            if self.at >= len(self.pieces[self.piece]):
                self._rest()
                unpacked = bool(self.number(1) & _UNPACKED)
            width = 2 if unpacked else 1
            part = self._rest()[: length * width]
            part = part[: len(part) // width * width]
            if not part:
                raise Cut
            self.at += len(part)
            found.append(part.decode("utf-16-le", "replace") if unpacked else part.decode("latin-1"))
            length -= len(part) // width
        return "".join(found)

    def _rest(self) -> bytes:
        """What is left of the present piece, or the next one where nothing is.

        Raises:
            Cut: there is no next one.
        """
        while self.at >= len(self.pieces[self.piece]):
            if self.piece + 1 >= len(self.pieces):
                raise Cut
            self.piece, self.at = self.piece + 1, 0
        return self.pieces[self.piece][self.at :]


def reader_of(record: Record, start: int = 0) -> Reader:
    """A reader of a record from a position on."""
    return Reader((record.data, *record.more), 0, start)
