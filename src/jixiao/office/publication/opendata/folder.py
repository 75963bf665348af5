"""A package in a folder: every table as CSV and Parquet, the forms as JSON, schema, dictionary, description."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from jixiao.form import encode, json_schema, to_wire
from jixiao.office.publication.opendata.csvfile import csv_pieces
from jixiao.office.publication.opendata.package import About, Described, dictionary, package
from jixiao.office.publication.opendata.parquetfile import write_parquet
from jixiao.office.publication.opendata.rows import Row, rows_of
from jixiao.office.publication.opendata.tables import NAMES, Name, tables
from jixiao.office.publication.record import Record, encode_record

Records = Callable[[], Iterable[Record]]
"""Gives the records, in the same order each time it is called."""

DESCRIPTION: Final = "datapackage.json"
_PIECE: Final = 2**20


def write_package(folder: Path, about: About, records: Records) -> None:
    """Write the package; the records are gone through once for each file, never held.

    Args:
        folder: an empty folder.
        about: what the package is.
        records: gives the records.
    """
    files = [*_forms(folder, records), *_tables(folder, records), *_words(folder)]
    described = msgspec.json.format(msgspec.json.encode(package(about, files)), indent=2)
    (folder / DESCRIPTION).write_bytes(described + b"\n")


def _forms(folder: Path, records: Records) -> Iterator[Described]:
    yield _written(folder / "forms.json", _array(records), sum(1 for _ in records()))
    yield _written(folder / "records.jsonl", (encode_record(one) + b"\n" for one in records()), None)


def _array(records: Records) -> Iterator[bytes]:
    """The forms as one JSON array, a form a line."""
    mark = b"[\n"
    for one in records():
        yield mark + encode(to_wire(one.form))
        mark = b",\n"
    yield b"\n]\n" if mark == b",\n" else b"[]\n"


def _tables(folder: Path, records: Records) -> Iterator[Described]:
    for name in NAMES:
        table = tables()[name]
        counted = _Counted(_rows(records, name))
        made = _written(folder / f"{name}.csv", csv_pieces(table, counted, bom=True), None)
        yield msgspec.structs.replace(made, rows=counted.count)
        path = folder / f"{name}.parquet"
        write_parquet(table, _rows(records, name), path)
        yield msgspec.structs.replace(_described(path), rows=counted.count)


def _rows(records: Records, name: Name) -> Iterator[Row]:
    for one in records():
        yield from rows_of(one)[name]


class _Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _words(folder: Path) -> Iterator[Described]:
    schema = msgspec.json.format(msgspec.json.encode(json_schema()), indent=2) + b"\n"
    yield _written(folder / "form.schema.json", (schema,), None)
    yield _written(folder / "dictionary.md", (dictionary(),), None)


def _written(path: Path, pieces: Iterable[bytes], rows: int | None) -> Described:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    return msgspec.structs.replace(_described(path), rows=rows)


def _described(path: Path) -> Described:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return Described(path.name, digest.hexdigest(), path.stat().st_size)
