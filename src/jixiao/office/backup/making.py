"""Making a backup while the office runs: the snapshot of all rows, the files that they name, keys and settings."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from jixiao import __version__
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import replace_file
from jixiao.office.backup import contents, keys, log, stored, trouble
from jixiao.office.backup.archive import Packing
from jixiao.office.backup.contents import About, Count, Table, Totals
from jixiao.office.backup.rows import Digest, packed
from jixiao.office.backup.snapshot import Snapshot
from jixiao.office.filing.files import path_of

_PIECE: Final = 2**20
_SECRETS: Final = frozenset({"DATABASE_URL", "EMAIL_URL", "JIXIAO_SECRET_KEY", "JIXIAO_OIDC_SECRET"})
_WORDS: Final = ("_KEY", "SECRET", "TOKEN")
FOLDER: Final = ("demo.json",)
"""What else of the data folder goes along: the sign-ins of a demo. Packages of open data are made again."""
Told = Callable[[str, int, int], None]
"""Called now and then: the table or "files", how much of it is done, bytes written in all."""


def _quiet(what: str, done: int, size: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made of which office.

    Attributes:
        data: its data folder.
        passphrase: seals the keys; empty for keys as they are.
        with_keys: whether keys go along at all.
        told: called now and then.
    """

    data: Path
    passphrase: str = ""
    with_keys: bool = True
    told: Told = _quiet


@dataclass(slots=True)
class Made:
    """A backup that was made.

    Attributes:
        about, totals: its first and last words.
        size, sha256: of the whole file.
    """

    about: About
    totals: Totals
    size: int
    sha256: str


@dataclass(slots=True)
class _Making:
    asked: Asked
    snapshot: Snapshot
    about: About
    pack: Packing = field(default_factory=Packing)
    counts: dict[str, Count] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    size: int = 0
    totals: Totals | None = None


def make_backup(asked: Asked, snapshot: Snapshot, out: Path) -> Made:
    """Write the backup, whole or not at all, readable by its owner alone.

    Args:
        asked: what is to be made.
        snapshot: of the office; it stays open.
        out: the file.

    Raises:
        WrongUse: the file cannot be written; there is no office; a newer version wrote it.
    """
    making = _Making(asked, snapshot, _about(asked, snapshot))
    whole = sha256()

    def hashed() -> Iterator[bytes]:
        for piece in _pieces(making):
            making.size += len(piece)
            whole.update(piece)
            yield piece

    before = os.umask(0o077)
    try:
        replace_file(out, hashed())
    except trouble.errors() as error:
        raise trouble.in_words(error, asked.data) from error
    finally:
        os.umask(before)
    if making.totals is None:
        raise AssertionError("a file without its end")
    return Made(making.about, making.totals, making.size, whole.hexdigest())


def _about(asked: Asked, snapshot: Snapshot) -> About:
    from django.db.migrations.loader import MigrationLoader

    from jixiao.office.backup.tables import tables_after
    from jixiao.office.backup.versions import done_in, refuse_newer

    loader = MigrationLoader(None)
    done = done_in(snapshot)
    refuse_newer(loader, done)
    plain = "sealed" if asked.passphrase else "plain"
    shown, secret = _settings(os.environ)
    return About(
        contents.CONTRACT, __version__, datetime.now(UTC).isoformat(timespec="seconds"), snapshot.vendor,
        tuple(f"{app}.{name}" for app, name in sorted(done)), tables_after(loader, done),
        plain if asked.with_keys else "without", shown, secret,
    )  # fmt: skip


def _settings(environment: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Settings that were set: those that may be read by anybody, and the names of the others."""
    ours = {name: value for name, value in environment.items() if name.startswith("JIXIAO_") or name in _OTHERS}
    secret = {name for name in ours if name in _SECRETS or any(word in name for word in _WORDS)}
    return {name: value for name, value in sorted(ours.items()) if name not in secret}, tuple(sorted(secret))


_OTHERS: Final = frozenset({"DATABASE_URL", "EMAIL_URL", "TZ"})


def _pieces(making: _Making) -> Iterator[bytes]:
    pack = making.pack
    yield from pack.whole(contents.ABOUT, msgspec.json.encode(making.about))
    yield from _keys(making)
    for number, table in enumerate(making.about.tables):
        yield from _rows(making, number, table)
    yield from _files(making)
    making.totals = Totals(
        making.counts, making.files, making.bytes, tuple(making.missing),
        log.root_of(making.snapshot, making.about.tables),
    )  # fmt: skip
    yield from pack.whole(contents.TOTALS, msgspec.json.encode(making.totals))
    yield from pack.end()


def _keys(making: _Making) -> Iterator[bytes]:
    """The keys, and small files of the data folder that go along."""
    asked = making.asked
    if asked.with_keys:
        held = keys.found(asked.data)
        if asked.passphrase:
            yield from making.pack.whole(contents.SEALED, keys.sealed(held, asked.passphrase))
        else:
            for name, content in held.items():
                yield from making.pack.whole(f"key/{name}", content)
    for name in FOLDER:
        file = asked.data.joinpath(name)
        if file.is_file():
            yield from making.pack.whole(f"folder/{name}", file.read_bytes())


def _rows(making: _Making, number: int, table: Table) -> Iterator[bytes]:
    digest = Digest()
    for part, text in enumerate(packed(making.snapshot.rows(table), digest)):
        yield from making.pack.whole(f"rows/{number:03}-{table.name}/{part:06}.jsonl.gz", text)
        making.asked.told(table.name, digest.rows, making.size)
    highest = making.snapshot.highest(table) if table.counted else 0
    making.counts[table.name] = Count(digest.rows, digest.hex(), highest)


def _files(making: _Making) -> Iterator[bytes]:
    for digest, needed in stored.named_files(making.snapshot, making.about.tables):
        size = _sound(digest)
        if size is not None:
            making.files, making.bytes = making.files + 1, making.bytes + size
            yield from making.pack.member(f"files/{digest}", size, _read(path_of(digest)))
        elif needed:
            making.missing.append(digest)
        making.asked.told("files", making.files, making.size)


def _sound(digest: str) -> int | None:
    """The size of a file of the store; `None` where it is not there, or does not have the bytes it is named by."""
    seen, size = sha256(), 0
    try:
        for piece in _read(path_of(digest)):
            seen.update(piece)
            size += len(piece)
    except (OSError, ValueError):
        return None
    return size if seen.hexdigest() == digest else None


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_PIECE), b"")


def refuse_place(out: Path, data: Path) -> None:
    """A backup does not lie in the folder that it is of.

    Raises:
        WrongUse: it would.
    """
    if data.resolve() in (out.resolve(), *out.resolve().parents):
        raise WrongUse(
            f"{out} 在数据文件夹 {data} 之内；磁盘坏了，备份会一起丢失。请写到别的磁盘。",
            f"{out} lies in the data folder {data}: the backup would be lost with it. Write it to another disk.",
        )
