"""Reading a backup from its beginning to its end, each part judged before it is believed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, Protocol, TypeVar

import msgspec

from jixiao.desk.errors import WrongUse
from jixiao.office.backup import contents, keys
from jixiao.office.backup.archive import Member, members, opened, unlike
from jixiao.office.backup.contents import About, Table, Totals
from jixiao.office.backup.damage import Damaged
from jixiao.office.backup.making import FOLDER
from jixiao.office.backup.rows import Digest, unpacked

_Kind = TypeVar("_Kind")
_FAMILY: Final = "jixiao/backup/"
_HEX: Final = frozenset("0123456789abcdef")


class Receiver(Protocol):
    """Who takes what a backup holds, in this order."""

    def begin(self, about: About) -> None:
        """What it is."""

    def key(self, name: str, content: bytes) -> None:
        """A key, by its name below the data folder."""

    def sealed(self, content: bytes) -> None:
        """All keys, under a passphrase."""

    def small(self, name: str, content: bytes) -> None:
        """A small file of the data folder."""

    def rows(self, table: Table, lines: Iterator[bytes], name: str) -> None:
        """Some rows of a table; every line has to be taken."""

    def file(self, digest: str, pieces: Iterator[bytes]) -> None:
        """A file of the store; every piece has to be taken."""


def walk(path: Path, receiver: Receiver) -> Totals:
    """Hand all of a backup to somebody.

    What was handed out is to be trusted only when this has come back.

    Raises:
        Damaged: it is no backup, cut short, or was changed.
        WrongUse: a newer version wrote it.
    """
    with opened(path) as file:
        return _Walk(receiver).through(file)


class _Walk:
    def __init__(self, receiver: Receiver) -> None:
        self._to = receiver
        self._digests: dict[str, Digest] = {}
        self._tables: tuple[Table, ...] = ()
        self._files = 0

    def through(self, file: IO[bytes]) -> Totals:
        totals: Totals | None = None
        for number, member in enumerate(members(file)):
            if number == 0:
                self._begin(member)
            elif totals is not None:
                raise unlike(member.name)
            elif member.name == contents.TOTALS:
                totals = _decoded(member, Totals)
            else:
                self._one(member)
        if totals is None:
            raise unlike(contents.TOTALS)
        self._judge(totals)
        return totals

    def _begin(self, member: Member) -> None:
        if member.name != contents.ABOUT:
            raise unlike(member.name)
        text = member.content()
        contract = _kept(text, _Contract, member.name).contract
        if contract != contents.CONTRACT:
            raise _other(contract)
        about = _kept(text, About, member.name)
        self._tables = about.tables
        self._digests = {table.name: Digest() for table in about.tables}
        self._to.begin(about)

    def _one(self, member: Member) -> None:
        kind, _, rest = member.name.partition("/")
        if member.name == contents.SEALED:
            self._to.sealed(member.content())
        elif kind == "key" and keys.allowed(rest):
            self._to.key(rest, member.content())
        elif kind == "folder" and rest in FOLDER:
            self._to.small(rest, member.content())
        elif kind == "rows":
            self._rows(member, rest)
        elif kind == "files" and len(rest) == 64 and _HEX.issuperset(rest):
            self._file(member, rest)
        else:
            raise unlike(member.name)

    def _rows(self, member: Member, rest: str) -> None:
        number, _, name = rest.partition("/")[0].partition("-")
        if not (number.isascii() and number.isdigit() and int(number) < len(self._tables)):
            raise unlike(member.name)
        table = self._tables[int(number)]
        if table.name != name:
            raise unlike(member.name)
        self._to.rows(table, _counted(unpacked(member), self._digests[name]), member.name)

    def _file(self, member: Member, digest: str) -> None:
        seen = sha256()

        def hashed() -> Iterator[bytes]:
            for piece in member.pieces():
                seen.update(piece)
                yield piece

        self._to.file(digest, hashed())
        self._files += 1
        if seen.hexdigest() != digest:
            raise unlike(member.name)

    def _judge(self, totals: Totals) -> None:
        """What was counted against what the backup says of itself."""
        for name, digest in self._digests.items():
            told = totals.tables.get(name)
            if told is None or (told.rows, told.digest) != (digest.rows, digest.hex()):
                raise unlike(name)
        if totals.files != self._files:
            raise unlike("files")


class _Contract(msgspec.Struct):
    contract: str


def _counted(lines: Iterator[bytes], digest: Digest) -> Iterator[bytes]:
    for line in lines:
        digest.take(line)
        yield line


def _decoded(member: Member, kind: type[_Kind]) -> _Kind:
    return _kept(member.content(), kind, member.name)


def _kept(text: bytes, kind: type[_Kind], name: str) -> _Kind:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unlike(name) from error


def _other(contract: str) -> WrongUse | Damaged:
    if not contract.startswith(_FAMILY):
        return unlike(contents.ABOUT)
    return WrongUse(
        f"备份的格式是 {contract}，本版程序认识 {contents.CONTRACT}。请先升级 jixiao。",
        f"The backup is of the form {contract}; this version knows {contents.CONTRACT}. Upgrade jixiao first.",
    )
