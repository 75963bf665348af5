"""The data package 数据包 (Frictionless): every file with its hash, every column in 中文 and English with its unit."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

import msgspec

from jixiao.corpus.publishing.about import OPEN_DATA_SCHEMA, About
from jixiao.corpus.publishing.columns import KEYS, NAMES, listed, tables
from jixiao.corpus.schema import Field, Table
from jixiao.scoring.sheet import Text
from jixiao.writing.public.allowed import allowed

FILE: Final = "datapackage.json"
DICTIONARY: Final = "dictionary.md"
_PROFILES: Final = "https://datapackage.org/profiles/2.0"
_TYPES: Final = {"text": "string", "truth": "boolean", "number": "number"}
_MEDIA: Final = {
    "csv": "text/csv", "parquet": "application/vnd.apache.parquet", "jsonl": "application/jsonl",
    "md": "text/markdown", "json": "application/json", "sqlite": "application/vnd.sqlite3",
}  # fmt: skip


def package(about: About, folder: Path, files: Iterable[str], counts: Mapping[str, int]) -> bytes:
    """The content of `datapackage.json`.

    Args:
        about: what it is.
        folder: where it lies.
        files: names of its files below the folder, in order.
        counts: rows of each table.
    """
    made: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "budget-performance-corpus",
        "title": about.title,
        "description": about.description,
        "version": about.digest[:16],
        "keywords": ["budget", "performance", "self-evaluation", "绩效自评", "项目支出"],
        "licenses": [about.licence.described] if about.licence.name else [],
        "sources": [{"title": "jixiao/corpus/1", "hash": f"sha256:{about.digest}"}],
        "jixiao": about.provenance,
        "resources": [_resource(folder, name, counts) for name in files],
    }
    if not made["licenses"]:
        made.pop("licenses")
    if about.home:
        made["homepage"] = about.home
    if about.publisher:
        made["contributors"] = [{"title": about.publisher, "roles": ["publisher"]}]
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _resource(folder: Path, name: str, counts: Mapping[str, int]) -> dict[str, Any]:
    path = folder / name
    stem, ending = path.stem, path.suffix.removeprefix(".")
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    made: dict[str, Any] = {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": f"{stem}-{ending}",
        "path": name,
        "format": ending,
        "mediatype": _MEDIA[ending],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }
    if ending in {"csv", "jsonl", "md", "json"}:
        made["encoding"] = "utf-8"
    if stem in counts:
        made["rows"] = counts[stem]
    if ending == "csv" and stem in NAMES:
        table = tables()[stem]
        made |= {"type": "table", "title": table.zh, "description": table.en}
        made["dialect"] = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
        made["schema"] = table_schema(table)
    return made


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table."""
    made: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(table.name, field) for field in table.fields],
        "missingValues": [""],
    }
    if KEYS[table.name]:
        made["primaryKey"] = list(KEYS[table.name])
    if table.name != "forms":
        made["foreignKeys"] = [{"fields": ["form"], "reference": {"resource": "forms-csv", "fields": ["form"]}}]
    return made


def _field(table: str, field: Field) -> dict[str, Any]:
    fiscal, iati = listed().public[table][field.name]
    kind = "integer" if field.kind == "number" and not field.scale else _TYPES[field.kind]
    made: dict[str, Any] = {"name": field.name, "type": kind, "title": field.zh, "description": field.en}
    if field.unit:
        made["unit"] = field.unit
    if field.scale:
        made["decimals"] = field.scale
    if fiscal != "–":
        made["columnType"] = fiscal
    return made | ({} if iati == "–" else {"iati": iati})


def dictionary() -> bytes:
    """Every column in 中文 and English, and what is left out with its reason, as Markdown."""
    return "\n".join(_dictionary()).encode() + b"\n"


def _dictionary() -> Iterator[str]:
    yield f"# 字段说明 Dictionary\n\n{OPEN_DATA_SCHEMA}"
    for name, table in tables().items():
        yield f"\n## {name}\n\n{table.zh}。 {table.en}.\n"
        yield "| field | type | decimals | unit | 中文 | English |\n|---|---|---|---|---|---|"
        for field in table.fields:
            yield f"| {field.name} | {_TYPES[field.kind]} | {field.scale} | {field.unit} | {field.zh} | {field.en} |"
    yield "\n## 没有公开的 What is left out\n"
    yield from (f"- {_reason(name, reason)}" for name, reason in (listed().tables | listed().columns).items())
    yield from (f"- …{_reason(name, reason)}" for name, reason in listed().endings.items())
    labels = "、".join(sorted(allowed().labels))
    yield f"- 没有专门字段的单元格，只公开标签为这些的 cells without a field of their own, but for these: {labels}"
    yield (
        "\nCSV: 以 = + - @ 或撇号开头的文字前加了一个撇号，电子表格就不会执行它；取下一个撇号即是原文。 "
        "A text that begins with = + - @ or an apostrophe has an apostrophe before it, so that no spreadsheet runs it; "
        "take one off."
    )


def _reason(name: str, reason: Text) -> str:
    return f"`{name}`: {reason.zh}。 {reason.en}."
