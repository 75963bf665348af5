"""The description of a package 数据包 (Frictionless Data Package): its files, their hashes, schemas, licence, date."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

from msgspec import Struct

from jixiao.office.publication.opendata.tables import KEYS, NAMES, Column, Name, Table, tables

_TYPES: Final = {"text": "string", "whole": "integer", "number": "number", "truth": "boolean", "day": "date"}
_MEDIA: Final = {
    "csv": "text/csv", "parquet": "application/vnd.apache.parquet", "json": "application/json",
    "jsonl": "application/jsonl", "md": "text/markdown",
}  # fmt: skip
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE: Final = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"

_DESCRIPTION: Final = (
    "公开的项目支出绩效自评表、重算结果与提出的问题。 "
    "Published self-evaluation forms of project spending, what the rules give for them, and the questions asked."
)


class Licence(Struct, frozen=True):
    """Under which terms the data may be used; an empty name where the office states none.

    Attributes:
        name: as the Open Definition names it, "CC-BY-4.0"; empty for none stated.
        title: what people call it.
        path: the address of its text; empty for none.
    """

    name: str = ""
    title: str = ""
    path: str = ""


class Described(Struct, frozen=True):
    """A file of the package: name, hex SHA-256, bytes, how many rows or forms it holds (`None`: not counted)."""

    file: str
    sha256: str
    size: int
    rows: int | None = None


class About(Struct, frozen=True):
    """What the package as a whole is.

    Attributes:
        scope: the year, or "all".
        created: when its newest form was published, ISO with zone: the same forms give the same package.
        publisher: name of the office; empty for none.
        home: address of the public site; empty for none.
        licence: the terms.
    """

    scope: str
    created: str
    publisher: str = ""
    home: str = ""
    licence: Licence = Licence()


def package(about: About, held: Iterable[Described]) -> dict[str, Any]:
    """The content of `datapackage.json`."""
    made: dict[str, Any] = {
        "$schema": PROFILE,
        "name": f"budget-performance-{about.scope}",
        "title": f"项目支出绩效自评公开数据（{_scope(about.scope)}）",
        "description": _DESCRIPTION,
        "version": about.created,
        "created": about.created,
        "keywords": ["budget", "performance", "self-evaluation", "绩效自评", "项目支出"],
        "resources": [_resource(file) for file in held],
    }
    if about.home:
        made["homepage"] = about.home
    if about.publisher:
        made["contributors"] = [{"title": about.publisher, "roles": ["publisher"]}]
    if about.licence.name:
        named = {"name": about.licence.name, "title": about.licence.title, "path": about.licence.path}
        made["licenses"] = [{key: value for key, value in named.items() if value}]
    return made


def _scope(scope: str) -> str:
    return "全部年度" if scope == "all" else f"{scope} 年度"


def _resource(file: Described) -> dict[str, Any]:
    stem, _, ending = file.file.rpartition(".")
    made: dict[str, Any] = {
        "$schema": RESOURCE_PROFILE,
        "name": f"{stem}-{ending}".replace("_", "-").replace(".", "-").lower(),
        "path": file.file,
        "format": ending,
        "mediatype": _MEDIA[ending],
        "hash": f"sha256:{file.sha256}",
        "bytes": file.size,
    }
    if ending in {"csv", "json", "jsonl", "md"}:
        made["encoding"] = "utf-8"
    if file.rows is not None:
        made["rows"] = file.rows
    if ending == "csv" and stem in NAMES:
        table = tables()[stem]
        made |= {"type": "table", "title": table.means.zh, "description": table.means.en}
        made |= {"dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}}
        made["schema"] = table_schema(table)
    return made


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table."""
    made: dict[str, Any] = {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(column, KEYS[table.name]) for column in table.columns],
        "primaryKey": list(KEYS[table.name]),
        "missingValues": [""],
    }
    if table.name != "forms":
        reference = {"resource": "forms-csv", "fields": ["id"]}
        made["foreignKeys"] = [{"fields": ["form"], "reference": reference}]
    return made


def _field(column: Column, key: tuple[str, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.means.zh,
        "description": column.means.en,
    }
    return made | ({"constraints": {"required": True}} if column.name in key else {})


def dictionary(page: Mapping[Name, Table] | None = None) -> bytes:
    """The dictionary of the fields, 中文 and English, as Markdown."""
    lines = ["# 字段说明 Dictionary", ""]
    for name, table in (page or tables()).items():
        lines += [f"## {name}", "", f"{table.means.zh}。 {table.means.en}.", ""]
        lines += ["| field | type | 中文 | English |", "|---|---|---|---|"]
        lines += [f"| {one.name} | {_TYPES[one.kind]} | {one.means.zh} | {one.means.en} |" for one in table.columns]
        lines.append("")
    notes = (files(__package__) / "notes.md").read_text(encoding="utf-8")
    return ("\n".join(lines) + "\n" + notes).encode()
