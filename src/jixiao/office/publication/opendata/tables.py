"""The tables of the open data and their columns, as `tables.toml` lists them."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

import msgspec
from msgspec import Struct

from jixiao.scoring.sheet import Text

Kind = Literal["text", "whole", "number", "truth", "day"]
Name = Literal["forms", "indicators", "funds", "findings"]
NAMES: Final[tuple[Name, ...]] = get_args(Name)
KEYS: Final[dict[Name, tuple[str, ...]]] = {
    "forms": ("id",),
    "indicators": ("form", "number"),
    "funds": ("form", "row"),
    "findings": ("form", "number"),
}
"""What tells the rows of a table apart."""


class Column(Struct, frozen=True):
    """One column: its name, the kind of its values, what it means."""

    name: str
    kind: Kind
    means: Text


class Table(Struct, frozen=True):
    """One table: its name, what its rows are, its columns in order."""

    name: Name
    means: Text
    columns: tuple[Column, ...]


@cache
def tables() -> dict[Name, Table]:
    """The tables by name."""
    page = tomllib.loads((files(__package__) / "tables.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return {name: Table(name, Text(*page["tables"][name]), _columns(page[name])) for name in NAMES}


def _columns(held: dict[str, list[str]]) -> tuple[Column, ...]:
    return tuple(Column(name, msgspec.convert(kind, Kind), Text(zh, en)) for name, (kind, zh, en) in held.items())
