"""An office with one of everything, made once and copied for every trial; how a forked child enters a copy."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from drills.office import open_office

if TYPE_CHECKING:
    from drills.durable.acts import Act

_NUMBERS: Final = count(1)
_BASE: Final = "base"


@dataclass
class Base:
    """The office that trials begin with.

    Attributes:
        folder: its data folder and its copies stand here.
        keys: the session key of each person's browser.
        named: numbers of things that acts name.
        token: an API token of the clerk's.
    """

    folder: Path
    keys: dict[str, str] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    token: str = ""

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """A copy of the data folder, with a database of its own; gone afterwards."""
        place = self.folder / f"t{next(_NUMBERS)}"
        shutil.copytree(self.folder / _BASE, place)
        (place / "tmp").mkdir()
        _copy_database(place.name)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            _drop_database(place.name)


def make_base(folder: Path, acts: "tuple[Act, ...]") -> Base:
    """Make the office, and do the acts once in a copy, so that children find all code loaded.

    The process has no connection afterwards.
    """
    open_office(folder / _BASE)
    from django.conf import settings
    from django.db import connection

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 10**7
    settings.IDLE_MINUTES = 10**6
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    logging.disable(logging.CRITICAL)
    from drills.durable.furnishing import furnish

    base = furnish(Base(folder))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    _warm(base, acts)
    return base


def reset(base: Base, place: Path) -> None:
    """Put a copy back to the beginning; whoever works in it enters it anew."""
    from django.db import connection

    if connection.vendor == "sqlite":
        for name in ("office.sqlite3-wal", "office.sqlite3-shm"):
            (place / name).unlink(missing_ok=True)
        shutil.copyfile(base.folder / _BASE / "office.sqlite3", place / "office.sqlite3")
    else:
        _drop_database(place.name)
        _copy_database(place.name)
    for name in ("files", "open", "tmp"):
        shutil.rmtree(place / name, ignore_errors=True)
    if (base.folder / _BASE / "files").is_dir():
        shutil.copytree(base.folder / _BASE / "files", place / "files")
    (place / "tmp").mkdir()


def _warm(base: Base, acts: "tuple[Act, ...]") -> None:
    from django.db import connection

    from drills.durable.acts import STARTS_THREADS, do

    with base.fresh() as place, visiting(place):
        for act in acts:
            if act.where not in STARTS_THREADS:
                do(base, act)
        connection.close()


def enter(place: Path) -> None:
    """Have this process work in a copy: its database, its files, its temporary files."""
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection

    connection.close()
    cache.clear()
    named = str(place / "office.sqlite3") if connection.vendor == "sqlite" else _name(place.name)
    connection.settings_dict["NAME"] = named
    settings.DATA = place
    tempfile.tempdir = str(place / "tmp")


def leave() -> None:
    """Close the database of a copy: one that is put back beneath an open connection would be spoilt."""
    from django.db import connection

    connection.close()


@contextmanager
def visiting(place: Path) -> Iterator[None]:
    """Look into a copy, and be gone again: nothing stays open that a fork would take along."""
    from django.conf import settings
    from django.db import connection

    before = connection.settings_dict["NAME"], settings.DATA, tempfile.tempdir
    enter(place)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.DATA, tempfile.tempdir = before


def _name(copy: str) -> str:
    return f"jixiao_{copy}"


def _copy_database(copy: str) -> None:
    _on_server(f"CREATE DATABASE {_name(copy)} TEMPLATE jixiao")


def _drop_database(copy: str) -> None:
    _on_server(f"DROP DATABASE IF EXISTS {_name(copy)} WITH (FORCE)")


def _on_server(command: str) -> None:
    """Say something to the server of databases, from a database that is copied by nobody."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    import psycopg

    held = connection.settings_dict
    with psycopg.connect(
        host=held["HOST"], port=held["PORT"], user=held["USER"], password=held["PASSWORD"], dbname="postgres",
        autocommit=True,
    ) as server:  # fmt: skip
        server.execute(command)


def swept(place: Path, orphans: set[str]) -> Iterator[str]:
    """Sweep a copy: what is wrong with what the sweep found, a sentence each."""
    from jixiao.office.filing import sweeping

    with visiting(place):
        young = sweeping.sweep()
        if young.removed:
            yield f"the sweep took {young.removed} files that were younger than an hour"
        if young.orphans + young.unfinished != len(orphans):
            yield f"{len(orphans)} files without a row, the sweep found {young.orphans + young.unfinished}"
        if not orphans:
            return
        for path in (place / "files").rglob("*"):
            if path.is_file():
                os.utime(path, (0, 0))
        old = sweeping.sweep()
        if old.removed != len(orphans):
            yield f"{len(orphans)} old files without a row, the sweep took {old.removed}"
