"""A new office from a backup: rows, files and keys put together aside, verified, then set in place."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jixiao.desk.errors import WrongUse
from jixiao.office.backup import keys, place, trouble
from jixiao.office.backup.archive import unlike
from jixiao.office.backup.contents import About, Root, Table, Totals
from jixiao.office.backup.rows import Digest, lines, row_of
from jixiao.office.backup.walking import walk

if TYPE_CHECKING:
    from jixiao.office.backup.target import Target

Told = Callable[[str, int], None]
"""Called now and then: the table or "files", how much of it is done."""
_NAME: Final = "DATABASE_URL"


def _quiet(what: str, done: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be restored to where.

    Attributes:
        file: the backup.
        data: the new data folder.
        passphrase: opens sealed keys; empty for none.
        with_keys: whether keys are restored; without, new ones are made.
        told: called now and then.
    """

    file: Path
    data: Path
    passphrase: str = ""
    with_keys: bool = True
    told: Told = _quiet


@dataclass(slots=True)
class Restored:
    """What was done.

    Attributes:
        about, totals: of the backup.
        steps: how many migrations brought the tables up to date.
        keys: how many keys were restored.
        where: the database.
        agreed: what the journal and its second place said, in both languages.
    """

    about: About
    totals: Totals
    steps: int
    keys: int
    where: str
    agreed: tuple[str, str] = ("", "")


@dataclass(slots=True)
class _Restoring:
    """Takes a backup and puts the office together."""

    wanted: Wanted
    work: Path
    stack: ExitStack
    about: About | None = None
    keys: int = 0
    files: int = 0
    loaded: dict[str, int] = field(default_factory=dict)
    _target: "Target | None" = None

    def begin(self, about: About) -> None:
        """See whether keys can be had."""
        self.about = about
        if about.keys == "sealed" and self.wanted.with_keys and not self.wanted.passphrase:
            raise WrongUse(
                "备份中的密钥有口令保护。请用 --passphrase-file 给出口令文件，或用 --without-keys 不恢复密钥。",
                "The keys of the backup are sealed. Name the passphrase file with --passphrase-file, or restore "
                "without keys: --without-keys.",
            )

    def key(self, name: str, content: bytes) -> None:
        """Put a key into its place."""
        if self.wanted.with_keys:
            place.write(self.work / name, (content,))
            self.keys += 1

    def sealed(self, content: bytes) -> None:
        """Open the keys and put them into their places."""
        if self.wanted.with_keys:
            for name, each in keys.unsealed(content, self.wanted.passphrase).items():
                if not keys.allowed(name):
                    raise unlike(name)
                self.key(name, each)

    def small(self, name: str, content: bytes) -> None:
        """Put a small file into its place."""
        place.write(self.work / name, (content,))

    def rows(self, table: Table, lines: Iterator[bytes], name: str) -> None:
        """Put rows into the database."""
        width = len(table.columns)
        self.target().load(table, (row_of(line, width, name) for line in lines))
        self.wanted.told(table.name, 0)

    def file(self, digest: str, pieces: Iterator[bytes]) -> None:
        """Put a file into the store."""
        place.write(self.work / "files" / digest[:2] / digest[2:], pieces)
        self.files += 1
        self.wanted.told("files", self.files)

    def target(self) -> "Target":
        """The database with its tables; made when it is asked for the first time, for the keys have to be there."""
        if self._target is None:
            self._target = _opened(self.known(), self.work, self.stack)
        return self._target

    def known(self) -> About:
        """What the backup says of itself."""
        if self.about is None:
            raise AssertionError("a backup without its first member")
        return self.about


def restore(wanted: Wanted) -> Restored:
    """Make a new office from a backup; the settings must not have been loaded yet in this process.

    Raises:
        WrongUse: the place is not empty or cannot be written, the backup is a newer version's, the passphrase is wrong.
        Damaged: the backup cannot be used; nothing is left behind.
    """
    _refuse_elsewhere()
    try:
        return _restored(wanted)
    except trouble.errors() as error:
        raise trouble.in_words(error, wanted.data) from error


def _restored(wanted: Wanted) -> Restored:
    with place.aside(wanted.data) as work, ExitStack() as stack:
        taker = _Restoring(wanted, work, stack)
        totals = walk(wanted.file, taker)
        target = taker.target()
        done = Restored(taker.known(), totals, 0, taker.keys, "")
        _finish(target, done, wanted)
        stack.close()
        done.agreed = _agreed(wanted, totals)
        target.sync()
    return done


def _agreed(wanted: Wanted, totals: Totals) -> tuple[str, str]:
    """What the second place says; the office is whole already, so that nothing is undone where it cannot be reached."""
    from jixiao.office.backup import agreeing

    zh, en = agreeing.after(wanted.file.name, totals.journal.sha256)
    here, there = os.environ["JIXIAO_DATA"], str(wanted.data)
    return zh.replace(here, there), en.replace(here, there)


def _refuse_elsewhere() -> None:
    if os.environ.get(_NAME, "").startswith("sqlite:"):
        raise WrongUse(
            "恢复到 SQLite 时，数据库放在数据文件夹里。请先不设 DATABASE_URL，恢复后再移动 office.sqlite3。",
            "An SQLite database is restored into the data folder. Leave DATABASE_URL unset; move office.sqlite3 later.",
        )


def _opened(about: About, work: Path, stack: ExitStack) -> "Target":
    """The database, empty, with the tables of the backup.

    Raises:
        WrongUse: it is not empty, or the backup is a newer version's.
    """
    os.environ["JIXIAO_DATA"] = str(work)
    from jixiao.office.serve.ready import load_settings, reach_database

    load_settings()
    reach_database()
    from django.db.migrations.loader import MigrationLoader

    from jixiao.office.backup import tables, versions
    from jixiao.office.backup.target import Target

    target, loader = Target(), MigrationLoader(None)
    target.refuse_full()
    done = versions.done_of(about.migrations)
    versions.refuse_newer(loader, done, about.program)
    ours = tables.tables_after(loader, done)
    if {_shape(table) for table in ours} != {_shape(table) for table in about.tables}:
        raise _other_tables(about.program)
    stack.enter_context(target.open())
    target.make_tables(tables.last_of(loader, done), ours)
    return target


def _shape(table: Table) -> tuple[str, frozenset[tuple[str, str, int]]]:
    return table.name, frozenset((column.name, column.kind, column.places) for column in table.columns)


def _other_tables(program: str) -> WrongUse:
    return WrongUse(
        f"备份由版本 {program} 写成，其中的表与本版程序不同。请用版本 {program} 恢复，再升级。",
        f"The backup is of version {program}, whose tables are others than this version knows. Restore it with version "
        f"{program}, then upgrade.",
    )


def _finish(target: "Target", done: Restored, wanted: Wanted) -> None:
    """All rows are in: keys go on where they were, what is there is compared, tables are brought up to date."""
    for table in done.about.tables:
        if table.counted:
            target.go_on_after(table, done.totals.tables[table.name].next)
    _verify(target, done, wanted.told)
    done.steps = target.bring_up_to_date()
    _tell_journal(done, wanted.file)
    from jixiao.office.serve.ready import database_name

    done.where = database_name().replace(os.environ["JIXIAO_DATA"], str(wanted.data))


def _verify(target: "Target", done: Restored, told: Told) -> None:
    """Read every row back, and the journal's root: they have to be those of the backup.

    Raises:
        WrongUse: a row is another in this database.
    """
    from jixiao.office.backup.log import root_of

    seen = target.seen()
    for table in done.about.tables:
        digest, want = Digest(), done.totals.tables[table.name]
        for line in lines(seen.rows(table)):
            digest.take(line)
        if (digest.rows, digest.hex()) != (want.rows, want.digest):
            raise _not_the_same(table.name, digest.rows, want.rows)
        told(table.name, digest.rows)
    root = root_of(seen, done.about.tables)
    if root != done.totals.journal:
        raise _other_root(root, done.totals.journal)
    if seen.vendor == "sqlite":
        seen.close()


def _not_the_same(table: str, rows: int, want: int) -> WrongUse:
    return WrongUse(
        f"表 {table} 读回的 {rows} 行与备份的 {want} 行不完全相同，没有恢复。"
        "请恢复到备份时所用的那种数据库，并报告这个问题。",
        f"The {rows} rows of {table} are not exactly the {want} of the backup; nothing was restored. Restore to the "
        "kind of database that it was taken from, and report this.",
    )


def _other_root(root: Root, want: Root) -> WrongUse:
    return WrongUse(
        f"日志的根是 {root.sm3[:16]}…（{root.size} 条），备份中是 {want.sm3[:16]}…（{want.size} 条）。"
        "没有恢复。请换一份备份。",
        f"The root of the journal is {root.sm3[:16]}… ({root.size} events), in the backup {want.sm3[:16]}… "
        f"({want.size}); nothing was restored. Take another backup.",
    )


def _tell_journal(done: Restored, file: Path) -> None:
    """The restore is an event itself."""
    from django.db import transaction

    from jixiao.office.journal.record import record

    journal = done.totals.journal
    with transaction.atomic():
        record(
            "backup.restored", f"backup/{file.name}"[:60], actor=None, made=done.about.made, program=done.about.program,
            events=str(journal.events), size=str(journal.size), sm3=journal.sm3, sha256=journal.sha256,
        )  # fmt: skip
