"""A zip container that is written again with some parts changed: every other part keeps its very bytes and its place.

Python's zipfile packs every part anew; here what is not touched is copied as it lies in the file, headers and all.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jixiao.writing.original.office.refusals import damaged, encrypted, suspicious, too_large

_MOST_PARTS: Final = 2_000
_MOST_BYTES: Final = 64 * 1024 * 1024
_RATIO, _SMALL = 100, 4 * 1024 * 1024
_ENCRYPTED, _UTF8 = 0x1, 0x800
_RECORD: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_END: Final = struct.Struct("<4s4H2LH")
_FULL = 0xFFFFFFFF
_DAY: Final = 0x21
"""1 January 1980, as office programs date their parts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part as it lies in the file: its bytes with their header, and its record in the directory."""

    name: str
    info: zipfile.ZipInfo
    raw: bytes
    record: bytes


class Container:
    """A container judged by its directory; changes are kept beside it until it is written."""

    def __init__(self, data: bytes) -> None:
        """Open a container.

        Raises:
            Refused: it is no whole zip, too large unpacked, or its parts are encrypted, repeated or overlap.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged("压缩包的目录读不出来", "the directory of the zip cannot be read") from error
        _judge(self._zip.infolist(), len(data))
        self._entries = {entry.name.lower(): entry for entry in _entries(self._zip, data)}
        self._changed: dict[str, tuple[str, bytes]] = {}
        self._dropped: set[str] = set()

    def names(self) -> Iterator[str]:
        """The parts there are, in their order, new ones last."""
        for key, entry in self._entries.items():
            if key not in self._dropped:
                yield entry.name
        for key, (name, _) in self._changed.items():
            if key not in self._entries:
                yield name

    def has(self, name: str) -> bool:
        """Whether there is a part of that name (case does not matter, as in Office)."""
        key = name.lower()
        return key in self._changed or (key in self._entries and key not in self._dropped)

    def read(self, name: str) -> bytes:
        """A part's bytes, as they are to be written.

        Raises:
            Refused: it is missing or broken, or larger than the directory says.
        """
        key = name.lower()
        if key in self._changed:
            return self._changed[key][1]
        if not self.has(name):
            raise damaged(f"缺少部件 {name}", f"the part {name} is missing")
        info = self._entries[key].info
        try:
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise damaged(f"部件 {name} 解不开", f"the part {name} cannot be unpacked") from error
        if len(data) != info.file_size:
            raise damaged(f"部件 {name} 大小不符", f"the size of the part {name} is wrong")
        return data

    def put(self, name: str, data: bytes) -> None:
        """Replace a part, or add one at the end."""
        key = name.lower()
        self._dropped.discard(key)
        self._changed[key] = (self._entries[key].name if key in self._entries else name, data)

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._changed.pop(name.lower(), None)
        self._dropped.add(name.lower())

    def written(self) -> bytes:
        """The container with its changes."""
        body, directory = bytearray(), bytearray()
        count = 0
        for name in self.names():
            at = len(body)
            key = name.lower()
            if key in self._changed:
                old = self._entries.get(key)
                raw, record = _packed(name, self._changed[key][1], old.info if old else None, at)
            else:
                raw, record = self._entries[key].raw, _moved(self._entries[key].record, at)
            body += raw
            directory += record
            count += 1
        comment = self._zip.comment
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(comment))
        return bytes(body + directory + end + comment)


def _judge(infos: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > _MOST_PARTS or total > _MOST_BYTES or (total > _SMALL and total > _RATIO * size):
        raise too_large("解开后过大，或部件过多", "it unpacks to too much, or has too many parts")
    seen: set[str] = set()
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise encrypted()
        name = info.filename
        if name.lower() in seen:
            raise suspicious(f"部件 {name!r} 出现两次", f"the part {name!r} occurs twice")
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            raise suspicious(f"部件名 {name!r} 指向容器之外", f"the part name {name!r} points outside")
        seen.add(name.lower())


def _entries(archive: zipfile.ZipFile, data: bytes) -> Iterator[Entry]:
    """The parts in the order of the directory, each with its bytes from its header to the next part's."""
    infos = archive.infolist()
    starts = sorted(info.header_offset for info in infos)
    ends = dict(zip(starts, [*starts[1:], archive.start_dir], strict=True))
    at = archive.start_dir
    for info in infos:
        record = data[at : at + _RECORD.size]
        if len(record) < _RECORD.size or record[:4] != b"PK\1\2":
            raise damaged("压缩包的目录不全", "the directory of the zip is not whole")
        fields = _RECORD.unpack(record)
        length = _RECORD.size + fields[10] + fields[11] + fields[12]
        raw = data[info.header_offset : ends[info.header_offset]]
        if len(raw) < _LOCAL.size + info.compress_size:
            raise suspicious("部件在文件中互相重叠", "its parts overlap in the file")
        yield Entry(info.filename, info, raw, data[at : at + length])
        at += length


def _moved(record: bytes, at: int) -> bytes:
    """A record of the directory for a part that now begins elsewhere."""
    fields = list(_RECORD.unpack_from(record))
    rest = bytearray(record[_RECORD.size :])
    if fields[16] == _FULL:  # the place stands in the extra field for large files
        before = (fields[9] == _FULL) + (fields[8] == _FULL)
        _patch(rest, fields[10], fields[11], 8 * before, at)
    else:
        fields[16] = at
    return _RECORD.pack(*fields) + bytes(rest)


def _patch(rest: bytearray, name: int, extra: int, offset: int, at: int) -> None:
    start = name
    while start + 4 <= name + extra:
        kind, size = struct.unpack_from("<2H", rest, start)
        if kind == 1 and offset + 8 <= size:
            struct.pack_into("<Q", rest, start + 4 + offset, at)
            return
        start += 4 + size
    raise damaged("压缩包的目录不全", "the directory of the zip is not whole")


def _packed(name: str, data: bytes, old: zipfile.ZipInfo | None, at: int) -> tuple[bytes, bytes]:
    """A part packed anew, and its record; what it replaces gives its attributes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    title = name.encode("utf-8")
    flags, sizes = 0 if title.isascii() else _UTF8, (zlib.crc32(data), len(packed), len(data))
    about = (20, flags, zipfile.ZIP_DEFLATED, 0, _DAY, *sizes)
    local = _LOCAL.pack(b"PK\3\4", *about, len(title), 0)
    made_by = (old.create_system << 8 | 20) if old else 20
    attributes = (old.internal_attr, old.external_attr) if old else (0, 0)
    record = _RECORD.pack(b"PK\1\2", made_by, *about, len(title), 0, 0, 0, *attributes, at)
    return local + title + packed, record + title
