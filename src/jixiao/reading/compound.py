"""A compound file (OLE2, [MS-CFB]) as named streams, every chain bounded by the size of the file."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from jixiao.reading import errors

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER: Final = struct.Struct("<8s16s5H6xIIIIIIIIII")
_LARGEST_SECTOR: Final = 0xFFFFFFFA
_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(slots=True)
class Compound:
    """An opened compound file: the streams that stand directly in its root, by name."""

    file: str
    data: bytes
    shift: int
    table: list[int] = field(default_factory=list)
    small_table: list[int] = field(default_factory=list)
    small: bytes = b""
    cutoff: int = 4096
    streams: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """A stream's bytes.

        Raises:
            Unreadable: its chain is broken.
        """
        start, size = self.streams[name]
        if size < self.cutoff:
            return b"".join(self._small_sectors(start))[:size]
        return self.chain(start, size)

    def chain(self, start: int, size: int) -> bytes:
        """So many bytes along a chain of sectors.

        Raises:
            Unreadable: the chain leaves the file, turns in a circle, or ends too soon.
        """
        pieces: list[bytes] = []
        left = size
        for sector in self._sectors(start, self.table):
            pieces.append(self.sector(sector))
            left -= len(pieces[-1])
            if left <= 0:
                break
        if left > 0:
            raise self.broken()
        return b"".join(pieces)[:size]

    def sector(self, number: int) -> bytes:
        """The bytes of a sector.

        Raises:
            Unreadable: it lies outside the file.
        """
        start = (number + 1) << self.shift
        if start >= len(self.data):
            raise self.broken()
        return self.data[start : start + (1 << self.shift)]

    def whole_chain(self, start: int) -> bytes:
        """All bytes along a chain."""
        return b"".join(self.sector(sector) for sector in self._sectors(start, self.table))

    def broken(self) -> errors.Unreadable:
        """The sentence for a chain that is broken."""
        return errors.damaged(
            self.file, "Office 文件 Office file", "内部的扇区链断了", "a chain of sectors inside it is broken"
        )

    def _sectors(self, start: int, table: list[int]) -> Iterator[int]:
        steps = 0
        while start < _LARGEST_SECTOR:
            if start >= len(table) or steps > len(table):
                raise self.broken()
            yield start
            start = table[start]
            steps += 1

    def _small_sectors(self, start: int) -> Iterator[bytes]:
        for sector in self._sectors(start, self.small_table):
            yield self.small[sector * 64 : sector * 64 + 64]


def open_compound(data: bytes, file: str) -> Compound:
    """Open a compound file.

    Args:
        data: the whole file.
        file: its label, for sentences.

    Raises:
        Unreadable: it is cut off or broken.
    """
    if len(data) < 512:
        raise Compound(file, data, 9).broken()
    head = _HEADER.unpack_from(data)
    shift, tables = head[5], head[8]
    if head[0] != MAGIC or shift not in (9, 12):
        raise Compound(file, data, 9).broken()
    made = Compound(file, data, shift, cutoff=head[11])
    made.table = _allocation(made, data, tables, head[14])
    entries = _entries(made, head[9])
    root = next((entry for entry in entries if entry.kind == _ROOT), None)
    if root is None:
        raise made.broken()
    if root.size:
        made.small = made.chain(root.start, root.size)
        raw = made.whole_chain(head[12])
        made.small_table = list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
    made.streams = {entry.name: (entry.start, entry.size) for entry in _in_root(entries, root.child)}
    return made


def _allocation(made: Compound, data: bytes, tables: int, more: int) -> list[int]:
    """The table of next sectors: from the 109 sectors named in the header, and a chain of further names."""
    if tables > len(data) >> made.shift:
        raise made.broken()
    named = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LARGEST_SECTOR]
    steps = 0
    while more < _LARGEST_SECTOR and len(named) < tables:
        piece = made.sector(more)
        steps += 1
        if len(piece) < 1 << made.shift or steps > tables:
            raise made.broken()
        *found, more = struct.unpack(f"<{len(piece) // 4}I", piece)
        named.extend(sector for sector in found if sector < _LARGEST_SECTOR)
    raw = b"".join(made.sector(sector) for sector in named[:tables])
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def _entries(made: Compound, start: int) -> list[_Entry]:
    raw = made.whole_chain(start)
    count = min(len(raw) // _ENTRY, _MOST_ENTRIES)
    return [_entry(raw[at * _ENTRY : (at + 1) * _ENTRY]) for at in range(count)]


def _entry(raw: bytes) -> _Entry:
    length, kind, _, left, right, child = struct.unpack_from("<HBBIII", raw, 64)
    start, size = struct.unpack_from("<II", raw, 116)
    name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)


def _in_root(entries: list[_Entry], child: int) -> Iterator[_Entry]:
    """The streams of the root storage: a tree of siblings, each visited once."""
    waiting, seen = [child], set[int]()
    while waiting:
        index = waiting.pop()
        if index >= len(entries) or index in seen:
            continue
        seen.add(index)
        entry = entries[index]
        waiting += [entry.left, entry.right]
        if entry.kind == _STREAM:
            yield entry
