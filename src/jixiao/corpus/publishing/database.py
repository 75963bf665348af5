"""The database for SQL and for Datasette: SQLite with keys, indices, views in decimals and full-text search.

Numbers are exact: whole numbers at the scale the column's description names, as in the corpus; a view beside each table
gives them as decimal text. Chinese is found by runs of three letters (FTS5's trigram tokenizer).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from jixiao.corpus.publishing.about import About
from jixiao.corpus.publishing.columns import KEYS, NAMES, tables
from jixiao.corpus.schema import Field, Table

FILE: Final = "data.sqlite"
_KINDS: Final = {"number": "INTEGER", "truth": "INTEGER", "text": "TEXT"}
_INDICES: Final = {
    "forms": ("fiscal_year", "department", "unit", "project", "project_code"), "funds": ("form",),
    "indicators": ("level1", "level2", "name"), "results": ("computed_score",), "findings": ("form", "code", "family"),
}  # fmt: skip
_SOUGHT: Final = ("project", "unit", "department", "goal_expected", "goal_actual")


def write_database(folder: Path, parts: Sequence[str], path: Path) -> None:
    """Write it; the same tables give the same bytes with the same SQLite.

    Args:
        folder: of the pieces.
        parts: their names.
        path: the file; what stands there is replaced.
    """
    loose = path.with_name(f"{path.name}.loose")
    for old in (loose, path):
        old.unlink(missing_ok=True)
    with closing(sqlite3.connect(loose, isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode = OFF")
        held.execute("PRAGMA synchronous = OFF")
        held.execute("BEGIN")
        for name in NAMES:
            _fill(held, tables()[name], [folder / name / f"{part}.parquet" for part in parts])
        for text in _finish():
            held.execute(text)
        held.execute("COMMIT")
        held.execute("PRAGMA foreign_key_check")
        held.execute("VACUUM INTO ?", (str(path),))
    loose.unlink()


def _fill(held: sqlite3.Connection, table: Table, paths: Sequence[Path]) -> None:
    held.execute(_create(table))
    marks = ", ".join("?" * len(table.fields))
    for path in paths:
        rows = pl.read_parquet(path).iter_rows()
        held.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 -- names of our own tables
    for column in _INDICES.get(table.name, ()):
        held.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
    held.execute(_view(table))


def _create(table: Table) -> str:
    key = KEYS[table.name]
    lines = [f'"{field.name}" {_KINDS[field.kind]}' for field in table.fields]
    if key:
        lines.append(f"PRIMARY KEY ({', '.join(key)})")
    if table.name != "forms":
        lines.append("FOREIGN KEY (form) REFERENCES forms (form)")
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def _view(table: Table) -> str:
    columns = ", ".join(f'{_decimal(field)} AS "{field.name}"' for field in table.fields)
    return f'CREATE VIEW "{table.name}_in_decimals" AS SELECT {columns} FROM "{table.name}"'  # noqa: S608 -- our own names


def _decimal(field: Field) -> str:
    """A column as decimal text, exact."""
    if not field.scale:
        return f'"{field.name}"'
    cell, unit = f'abs("{field.name}")', 10**field.scale
    sign = f"CASE WHEN \"{field.name}\" < 0 THEN '-' ELSE '' END"
    return f"{sign} || ({cell} / {unit}) || '.' || printf('%0{field.scale}d', {cell} % {unit})"


def _finish() -> Iterator[str]:
    columns = ", ".join(_SOUGHT)
    options = f"{columns}, content='forms', content_rowid='form', tokenize='trigram'"
    yield f"CREATE VIRTUAL TABLE forms_fts USING fts5({options})"
    yield "INSERT INTO forms_fts (forms_fts) VALUES ('rebuild')"
    yield "ANALYZE"


def metadata(about: About) -> bytes:
    """`metadata.json` for Datasette: what the tables and columns are, units, licence, source."""
    described = {name: _described(table) for name, table in tables().items()}
    views = {
        f"{name}_in_decimals": {"description": f"{table.zh}（小数） {table.en}, in decimals"}
        for name, table in tables().items()
    }
    made: dict[str, Any] = {
        "title": about.title, "description": about.description, "source": about.publisher or "jixiao publish",
        "databases": {"data": {"tables": described | views}},
    }  # fmt: skip
    if about.licence.name:
        made |= {"license": about.licence.title or about.licence.name, "license_url": about.licence.path}
    if about.home:
        made["source_url"] = about.home
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _described(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": f"{table.zh} {table.en}",
        "columns": {field.name: told(field) for field in table.fields},
    }
    return made | ({"fts_table": "forms_fts", "fts_pk": "form"} if table.name == "forms" else {})


def told(field: Field) -> str:
    """What a column of the database holds: in both languages, with unit and scale."""
    text = f"{field.zh} {field.en}"
    if field.scale:
        text += f" [×{10**field.scale}{f', {field.unit}' if field.unit else ''}]"
    return text
