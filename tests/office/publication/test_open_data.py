"""Open data: the same rows in every format, the same bytes for the same forms, a package that describes itself."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from msgspec.structs import replace

from jixiao.form import Form, FundRow, Funds, Indicator, Project, decode_forms
from jixiao.office.look.csv_cells import guarded, unguarded
from jixiao.office.publication.frozen import freeze
from jixiao.office.publication.opendata.csvfile import BOM, csv_pieces
from jixiao.office.publication.opendata.folder import write_package
from jixiao.office.publication.opendata.package import About, Licence
from jixiao.office.publication.opendata.rows import Row, number_of, rows_of
from jixiao.office.publication.opendata.tables import KEYS, NAMES, Name, tables
from jixiao.office.publication.record import Record, review_of
from office.making import seed_forms

EXAMPLES = Path(__file__).parents[3] / "examples"
ABOUT = About("2024", "2025-06-01T00:00:00+08:00", "市财政局", "", Licence("CC-BY-4.0", "知识共享 署名 4.0", ""))
RUNS = ("=", "+", "-", "@", "\t", "\r")


def strange() -> Form:
    """A form whose texts a spreadsheet would run, with a line break, a quotation mark and a negative amount."""
    line = Indicator(name='=HYPERLINK("x")', deviation='-1+1\n第二行, “引号” "q"', level1="@产出")
    funds = Funds(total=FundRow(Decimal("-5.10"), Decimal("1E+3"), None))
    return Form(project=Project("'已有撇号", "+86"), indicators=(line,), funds=funds, currency_unit="元")


@cache
def made() -> tuple[Record, ...]:
    """Records of the seed, of forms with mistakes, and of a strange one."""
    forms = [*seed_forms(), *decode_forms((EXAMPLES / "to-correct.json").read_bytes()), strange()]
    frozen = [freeze(form) for form in forms]
    return tuple(
        Record(f"p{at}", one.form.fiscal_year or 2024, 1, "2025-06-01", one.form, review_of(one.report))
        for at, one in enumerate(frozen)
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of all the records."""
    folder = tmp_path_factory.mktemp("package")
    write_package(folder, ABOUT, made)
    return folder


def rows(name: Name) -> list[Row]:
    """The rows of a table as they are made."""
    return [row for one in made() for row in rows_of(one)[name]]


def from_csv(folder: Path, name: Name) -> Iterator[dict[str, Any]]:
    """The rows of a table read back from its CSV."""
    kinds = {column.name: column.kind for column in tables()[name].columns}
    text = (folder / f"{name}.csv").read_bytes().removeprefix(BOM).decode()
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {field: value_of(kinds[field], cell) for field, cell in row.items()}


def value_of(kind: str, cell: str) -> Any:
    """The value of a CSV cell of a kind."""
    if cell == "":
        return None
    read: dict[str, Callable[[str], Any]] = {
        "whole": int, "number": Decimal, "truth": lambda text: text == "true", "text": unguarded, "day": str,
    }  # fmt: skip
    return read[kind](cell)


@pytest.mark.parametrize("name", NAMES)
def test_csv_parquet_and_rows_say_the_same(folder: Path, name: Name) -> None:
    """Read back, CSV and Parquet give every row as it was made from the record, value for value."""
    expected = rows(name)
    assert expected
    assert list(from_csv(folder, name)) == expected
    assert pl.read_parquet(folder / f"{name}.parquet").to_dicts() == expected


def test_the_json_of_the_package_is_our_contract(folder: Path) -> None:
    """forms.json is read by our own decoder, form for form; each line of records.jsonl holds the same form."""
    forms = decode_forms((folder / "forms.json").read_bytes())
    assert forms == tuple(one.form for one in made())
    lines = [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in rows("forms")]
    assert decode_forms(json.dumps([line["form"] for line in lines])) == forms
    assert all(line["form"]["places"] == {} for line in lines)


def test_the_same_forms_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Every file of a package made again is the same to the byte."""
    write_package(tmp_path, ABOUT, made)
    for file in sorted(folder.iterdir()):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name
    assert not list(folder.glob("*part*"))


def test_no_text_cell_begins_a_formula(folder: Path) -> None:
    """What a spreadsheet would run has an apostrophe before it, and is had back by taking one off."""
    for name in NAMES:
        texts = {column.name for column in tables()[name].columns if column.kind != "number"}
        text = (folder / f"{name}.csv").read_bytes().removeprefix(BOM).decode()
        for row in csv.DictReader(io.StringIO(text, newline="")):
            assert not any(cell.startswith(RUNS) for field, cell in row.items() if field in texts)
    for text in ("=1", "+86", "-1", "@x", "'x", "''", "平常", "", "＝1", "\tx"):
        assert unguarded(guarded(text)) == text


def test_numbers_that_no_column_holds_are_left_to_the_form() -> None:
    """A number of 31 whole digits or nine decimals is null in the tables, in every format alike."""
    assert number_of(Decimal(10) ** 30) is None
    assert number_of("0.123456789") is None
    assert number_of("0.12345678") == Decimal("0.12345678")
    assert number_of(None) is None


def test_the_package_describes_every_file(folder: Path) -> None:
    """Names, paths, sizes, hashes, counts, schemas and keys hold what the standard asks and what the files are."""
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", described["name"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", described["created"])
    assert described["licenses"] == [{"name": "CC-BY-4.0", "title": "知识共享 署名 4.0"}]
    resources = described["resources"]
    assert len({one["name"] for one in resources}) == len(resources)
    assert {one["path"] for one in resources} == {file.name for file in folder.iterdir()} - {"datapackage.json"}
    for one in resources:
        check_resource(one, folder / one["path"])


def check_resource(one: dict[str, Any], file: Path) -> None:
    """A resource by the rules of the standard, and against its file."""
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", one["name"])
    assert not one["path"].startswith(("/", ".."))
    assert one["bytes"] == file.stat().st_size
    assert one["hash"] == f"sha256:{sha256(file.read_bytes()).hexdigest()}"
    if one.get("type") == "table":
        name = one["path"].partition(".")[0]
        schema = one["schema"]
        assert [field["name"] for field in schema["fields"]] == [column.name for column in tables()[name].columns]
        assert {field["type"] for field in schema["fields"]} <= {"string", "integer", "number", "boolean", "date"}
        assert schema["primaryKey"] == list(KEYS[name])
        keys = [tuple(row[field] for field in KEYS[name]) for row in rows(name)]
        assert len(set(keys)) == len(keys) == one["rows"]
        for reference in schema.get("foreignKeys", []):
            assert reference["reference"] == {"resource": "forms-csv", "fields": ["id"]}


def test_an_office_without_a_licence_states_none(tmp_path: Path) -> None:
    """Where no licence is set the package names none: we invent no terms. Without records it is whole, too."""
    write_package(tmp_path, replace(ABOUT, licence=Licence()), lambda: ())
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert "licenses" not in described
    assert json.loads((tmp_path / "forms.json").read_text()) == []
    assert pl.read_parquet(tmp_path / "findings.parquet").height == 0


def test_every_column_is_explained_in_both_languages(folder: Path) -> None:
    """The dictionary holds each column of each table with its meaning."""
    page = (folder / "dictionary.md").read_text(encoding="utf-8")
    for table in tables().values():
        for column in table.columns:
            assert f"| {column.name} |" in page
            assert column.means.zh in page
            assert column.means.en in page


def test_csv_comes_in_pieces() -> None:
    """A large table is never held whole: it comes in pieces that join to one file."""
    many = rows("findings") * 60
    pieces = list(csv_pieces(tables()["findings"], many))
    assert len(pieces) > 2
    assert b"".join(pieces).count(b"\r\n") == 1 + len(many)
