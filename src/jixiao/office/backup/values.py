"""Values of columns as they stand in a backup: one way of writing for both databases, exact in both directions.

Whole numbers and yes or no as in JSON; decimals as digits with all their places; moments in UTC to the microsecond;
days as 2026-11-26; bytes in base64; JSON as a text whose keys are in order.
"""

import base64
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any, Final

import msgspec

from jixiao.office.backup.contents import Column

KINDS: Final = {
    "AutoField": "whole", "BigAutoField": "whole", "SmallAutoField": "whole", "IntegerField": "whole",
    "BigIntegerField": "whole", "SmallIntegerField": "whole", "PositiveIntegerField": "whole",
    "PositiveBigIntegerField": "whole", "PositiveSmallIntegerField": "whole", "BooleanField": "bool",
    "CharField": "text", "TextField": "text", "SlugField": "text", "EmailField": "text", "URLField": "text",
    "GenericIPAddressField": "address", "DateTimeField": "moment", "DateField": "day", "DecimalField": "decimal",
    "BinaryField": "bytes", "JSONField": "json",
}  # fmt: skip
"""Kinds by what Django calls a field; one that is not here fails the backup, and a test before that."""
_Json = dict[str, Any] | list[Any] | str | int | bool | None
Way = Callable[[Any], Any]
_DIGITS: Final = Context(prec=15)
"""SQLite keeps decimals as binary numbers, which hold fifteen digits exactly; Django reads them so, too."""


def from_sqlite(column: Column) -> Way | None:
    """How a value of SQLite becomes one of the backup; `None` where it is the same."""
    if column.kind == "decimal":
        unit = Decimal(1).scaleb(-column.places)
        return lambda value: str(_decimal(value).quantize(unit))
    return _FROM_SQLITE.get(column.kind)


def _decimal(value: Any) -> Decimal:
    return Decimal(value) if isinstance(value, str) else _DIGITS.create_decimal_from_float(value)


def _moment(text: str) -> str:
    return text.replace(" ", "T", 1) + "Z"


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _ordered(text: str) -> str:
    return msgspec.json.encode(msgspec.json.decode(text, type=_Json), order="deterministic").decode()


_FROM_SQLITE: Final[dict[str, Way]] = {"bool": bool, "moment": _moment, "bytes": _base64, "json": _ordered}


def to_sqlite(column: Column) -> Way | None:
    """How a value of the backup becomes one of SQLite."""
    return _TO_SQLITE.get(column.kind)


def _of_moment(text: str) -> str:
    return text.replace("T", " ", 1).removesuffix("Z")


_TO_SQLITE: Final[dict[str, Way]] = {"bool": int, "moment": _of_moment, "bytes": base64.b64decode}


def from_postgresql(column: Column) -> Way | None:
    """How a value that psycopg read becomes one of the backup; what the encoder knows stays as it is."""
    return _ordered if column.kind == "json" else None


def to_postgresql(column: Column) -> Way | None:
    """How a value of the backup becomes one that COPY takes."""
    return base64.b64decode if column.kind == "bytes" else None


def ways(columns: tuple[Column, ...], way: Callable[[Column], Way | None]) -> list[tuple[int, Way]]:
    """The places of a row at which something is to be done, and what."""
    found = ((place, way(column)) for place, column in enumerate(columns))
    return [(place, each) for place, each in found if each is not None]


def changed(row: Any, todo: list[tuple[int, Way]]) -> list[Any]:
    """A row with its values changed; what is empty stays empty."""
    values = list(row)
    for place, way in todo:
        if values[place] is not None:
            values[place] = way(values[place])
    return values
