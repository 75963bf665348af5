"""Rows as lines of JSON, in parts of a few megabytes, each packed by itself; and what a table comes to."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Final

import msgspec

from jixiao.office.backup.archive import Member, unlike

_PART: Final = 4 * 2**20
_MOST: Final = 2**31
"""No part is larger unpacked: a row is not."""
_LONGEST: Final = 2**28
"""Nor is a row longer than this."""
_AT_ONCE: Final = 2**20
_WRAP: Final = 2**256
_LINE: Final = msgspec.json.Encoder()


class Digest:
    """How many rows a table has, and the sum of the hashes of its lines: the same in whatever order they come."""

    def __init__(self) -> None:
        """Begin with none."""
        self.rows, self._sum = 0, 0

    def take(self, line: bytes) -> None:
        """Count a line, without its newline."""
        self.rows += 1
        self._sum += int.from_bytes(sha256(line).digest(), "big")

    def hex(self) -> str:
        """The sum, in hexadecimal."""
        return f"{self._sum % _WRAP:064x}"


def lines(rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """Each row as a line, without its newline."""
    return (_LINE.encode(row) for row in rows)


def packed(rows: Iterable[list[Any]], digest: Digest) -> Iterator[bytes]:
    """The parts of a table, each a gzip of lines; the digest has counted them all when the last one was given."""
    held, size = [], 0
    for line in lines(rows):
        digest.take(line)
        held.append(line)
        size += len(line)
        if size >= _PART:
            yield _gzip(held)
            held, size = [], 0
    if held:
        yield _gzip(held)


def _gzip(held: list[bytes]) -> bytes:
    return gzip.compress(b"\n".join(held) + b"\n", compresslevel=1, mtime=0)


def unpacked(member: Member) -> Iterator[bytes]:
    """The lines of a part.

    Raises:
        Damaged: it is no gzip of whole lines.
    """
    unzip, rest, size = zlib.decompressobj(wbits=31), b"", 0
    try:
        for text in (text for piece in member.pieces() for text in _inflated(unzip, piece)):
            size += len(text)
            *whole, rest = (rest + text).split(b"\n")
            yield from whole
            if size > _MOST or len(rest) > _LONGEST:
                raise unlike(member.name)
    except zlib.error as error:
        raise unlike(member.name) from error
    if rest or not unzip.eof:
        raise unlike(member.name)


def _inflated(unzip: Any, piece: bytes) -> Iterator[bytes]:
    """What a piece holds, a megabyte at a time: a thousand times as much can be packed into it."""
    full = True
    while piece or full:
        text = unzip.decompress(piece, _AT_ONCE)
        yield text
        piece, full = unzip.unconsumed_tail, len(text) == _AT_ONCE


def row_of(line: bytes, width: int, name: str) -> list[Any]:
    """The values of a line.

    Raises:
        Damaged: it is no list of so many values.
    """
    try:
        row = msgspec.json.decode(line, type=list[str | int | bool | None])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unlike(name) from error
    if len(row) != width:
        raise unlike(name)
    return row
