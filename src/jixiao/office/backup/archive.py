"""The file: a plain tar, written and read from its beginning to its end, with a hash of every member.

Any program for tar opens it. It is made as a stream of pieces, so that it needs as much memory at the end as at the
beginning; each member is listed with SM3 and SHA-256 in the member `contents.jsonl`, the last one.
"""

import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

import msgspec
from cryptography.hazmat.primitives.hashes import SM3, Hash

from jixiao.office.backup.contents import CONTENTS, Listed
from jixiao.office.backup.damage import Damaged

_BLOCK: Final = tarfile.BLOCKSIZE
_PIECE: Final = 2**20
_END: Final = bytes(2 * _BLOCK)


class _Both:
    """SM3 and SHA-256 of the same bytes, as they come."""

    def __init__(self) -> None:
        self._sm3, self._sha256 = Hash(SM3()), sha256()
        self.size = 0

    def take(self, piece: bytes) -> bytes:
        self._sm3.update(piece)
        self._sha256.update(piece)
        self.size += len(piece)
        return piece

    def listed(self, name: str) -> bytes:
        line = Listed(name, self.size, self._sm3.finalize().hex(), self._sha256.hexdigest())
        return msgspec.json.encode(line) + b"\n"


class Packing:
    """A backup that is being written: each method gives the next pieces of the file."""

    def __init__(self) -> None:
        """Begin."""
        self._list: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by `end`

    def member(self, name: str, size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """A member of known size.

        Raises:
            Damaged: there were more or fewer bytes.
        """
        yield _header(name, size)
        both = _Both()
        for piece in pieces:
            yield both.take(piece)
        if both.size != size:
            raise Damaged(
                f"{name}：备份时大小从 {size} 变为 {both.size} 字节。请检查磁盘，再备份一次。",
                f"{name} changed from {size} to {both.size} bytes while it was copied. Check the disk; back up again.",
            )
        yield _padding(size)
        self._list.write(both.listed(name))

    def whole(self, name: str, content: bytes) -> Iterator[bytes]:
        """A member that is held in memory."""
        return self.member(name, len(content), (content,))

    def end(self) -> Iterator[bytes]:
        """The list of contents, and the end of the file."""
        with self._list as held:
            size = held.tell()
            held.seek(0)
            yield _header(CONTENTS, size)
            yield from iter(lambda: held.read(_PIECE), b"")
        yield _padding(size)
        yield _END


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


@dataclass
class Member:
    """A member that is being read; what is left of it is passed over when the next one is asked for.

    Attributes:
        name: as in the list.
        size: in bytes.
    """

    name: str
    size: int
    _file: IO[bytes]
    _both: _Both

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, in order, once.

        Raises:
            Damaged: the file ends before.
        """
        while left := self.size - self._both.size:
            piece = self._file.read(min(_PIECE, left))
            if not piece:
                raise truncated()
            yield self._both.take(piece)

    def content(self, most: int = 256 * 2**20) -> bytes:
        """All of it, held in memory.

        Raises:
            Damaged: it is larger than anything that is read so.
        """
        if self.size > most:
            raise unlike(self.name)
        return b"".join(self.pieces())


def members(file: IO[bytes]) -> Iterator[Member]:
    """The members of a backup, one after another; the list of contents is compared when the last one was read.

    Raises:
        Damaged: it is no backup, it is cut short, or a member is not what the list says.
    """
    with tempfile.TemporaryFile() as seen:
        while True:
            name, size = _next(file)
            if name == CONTENTS:
                _compare(seen, Member(name, size, file, _Both()))
                if file.read(_PIECE) != _END:
                    raise truncated()
                return
            member = Member(name, size, file, _Both())
            yield member
            for _ in member.pieces():
                pass
            _skip_padding(file, size)
            seen.write(member._both.listed(name))  # noqa: SLF001 -- of this module


def _next(file: IO[bytes]) -> tuple[str, int]:
    """Name and size of the next member."""
    block = file.read(_BLOCK)
    if len(block) < _BLOCK:
        raise truncated()
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError) as error:
        raise _spoilt(file.tell() - _BLOCK) from error
    if info.type != tarfile.REGTYPE or info.size < 0 or block != _header(info.name, info.size):
        raise _spoilt(file.tell() - _BLOCK)
    return info.name, info.size


def _compare(seen: IO[bytes], listed: Member) -> None:
    """What was read against the list.

    Raises:
        Damaged: the first member that differs is named.
    """
    seen.seek(0)
    told = tempfile.TemporaryFile()  # noqa: SIM115 -- closed below
    with told:
        told.writelines(listed.pieces())
        _skip_padding(listed._file, listed.size)  # noqa: SLF001 -- of this module
        told.seek(0)
        for line in seen:
            if told.readline() != line:
                raise _differs(msgspec.json.decode(line, type=Listed).name)
        if told.readline():
            raise truncated()


def _skip_padding(file: IO[bytes], size: int) -> None:
    place, filling = file.tell(), file.read(-size % _BLOCK)
    if len(filling) != -size % _BLOCK:
        raise truncated()
    if any(filling):
        raise _spoilt(place)


def opened(path: Path) -> IO[bytes]:
    """The file, for reading.

    Raises:
        Damaged: it is not there, or cannot be read.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise Damaged(
            f"{path}：打不开（{error.strerror}）。请核对备份文件的名字和读取权限。",
            f"{path} cannot be opened ({error.strerror}). Check the name of the backup, and the right to read it.",
        ) from error


def truncated() -> Damaged:
    """The file ends too early."""
    return Damaged(
        "备份文件不完整：没有读到结尾的目录。请换一份备份，或重新复制这一份。",
        "The backup is cut short: its list of contents at the end is missing. Take another one, or copy it again.",
    )


def unlike(name: str) -> Damaged:
    """A member that no backup of this program has in that place."""
    return Damaged(
        f"备份中的 {name} 不是本程序写的内容。请换一份备份。",
        f"{name} in the backup is nothing that this program writes. Take another backup.",
    )


def _spoilt(place: int) -> Damaged:
    return Damaged(
        f"备份文件在第 {place} 字节处损坏，或不是 jixiao 的备份。请换一份备份，或重新复制这一份。",
        f"The backup is damaged at byte {place}, or is none of jixiao's. Take another one, or copy it again.",
    )


def _differs(name: str) -> Damaged:
    return Damaged(
        f"备份中的 {name} 与目录中的杂凑值不符，已损坏或被改动。请换一份备份，或重新复制这一份。",
        f"{name} in the backup does not have the hashes of the list: it is damaged or was changed. Take another "
        "backup, or copy this one again.",
    )
