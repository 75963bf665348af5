"""What a backup says of itself: at its beginning what it is, at its end what it came to, and a line for each member."""

from typing import Final

import msgspec

CONTRACT: Final = "jixiao/backup/1"
ABOUT: Final = "about.json"
TOTALS: Final = "totals.json"
CONTENTS: Final = "contents.jsonl"
SEALED: Final = "keys.sealed"


class Column(msgspec.Struct, frozen=True):
    """A column of a table.

    Attributes:
        name: in the database.
        kind: how its values are written down, one of `values.KINDS`.
        places: of a decimal, the digits after the point.
    """

    name: str
    kind: str
    places: int = 0


class Table(msgspec.Struct, frozen=True):
    """A table.

    Attributes:
        name: in the database.
        model: what Django calls it, "filing.Filing".
        key: the column of its primary key.
        counted: whether the database gives the keys, one after another.
    """

    name: str
    model: str
    key: str
    counted: bool
    columns: tuple[Column, ...]


class About(msgspec.Struct, frozen=True):
    """The first member.

    Attributes:
        contract: `CONTRACT`.
        program: the version that made it.
        made: the moment, in UTC.
        database: the kind it was taken from, "sqlite" or "postgresql"; rows are the same for both.
        migrations: what had been done to the tables, "filing.0001_initial".
        keys: "plain", "sealed" (under a passphrase) or "without".
        settings: settings from the environment by name; secret ones are named in `secrets` only.
    """

    contract: str
    program: str
    made: str
    database: str
    migrations: tuple[str, ...]
    tables: tuple[Table, ...]
    keys: str
    settings: dict[str, str]
    secrets: tuple[str, ...]


class Count(msgspec.Struct, frozen=True):
    """What a table came to.

    Attributes:
        rows: how many.
        digest: the sum of the SHA-256 of all its lines modulo 2^256, in hexadecimal: the order does not matter.
        next: the highest key that was ever given; 0 where keys are not counted.
    """

    rows: int
    digest: str
    next: int = 0


class Root(msgspec.Struct, frozen=True):
    """The journal in the snapshot.

    Attributes:
        events: how many there are.
        size: how many of them have their place in the log.
        sm3, sha256: the root over those, in hexadecimal.
        checkpoint: the last signed checkpoint; empty for none.
    """

    events: int
    size: int
    sm3: str
    sha256: str
    checkpoint: str = ""


class Totals(msgspec.Struct, frozen=True):
    """The last member but the list.

    Attributes:
        tables: by the name of the table.
        files: how many of the store are in it, and `bytes` of them.
        missing: files that rows name and that were not in the store, or not with those bytes: hexadecimal SHA-256.
    """

    tables: dict[str, Count]
    files: int
    bytes: int
    missing: tuple[str, ...]
    journal: Root


class Listed(msgspec.Struct, frozen=True):
    """A line of the list of contents: a member, with its size in bytes and both hashes in hexadecimal."""

    name: str
    size: int
    sm3: str
    sha256: str
