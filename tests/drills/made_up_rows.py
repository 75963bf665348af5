"""Rows for tables that the drill knows nothing about: made up from the kinds of their columns."""

from collections.abc import Iterator
from typing import Any

from jixiao.office.backup.tables import table_of


def tables_in_order(models: list[Any]) -> list[Any]:
    """Models whose tables are pointed at before those that point at them."""
    left, done = list(models), []
    while left:
        free = [each for each in left if not _aims(each) & set(left) - {each}] or left[:1]
        done += free
        left = [each for each in left if each not in free]
    return done


def _aims(model: Any) -> set[Any]:
    return {field.related_model for field in model._meta.local_concrete_fields if field.remote_field}


def made_up(model: Any, count: int) -> Iterator[list[Any]]:
    """So many rows of a model, keyed from 1; what points somewhere points at the row of the same number."""
    fields = model._meta.local_concrete_fields
    kinds = [column.kind for column in table_of(model).columns]
    for number in range(1, count + 1):
        yield [_value(field, kind, number, model) for field, kind in zip(fields, kinds, strict=True)]


def _value(field: Any, kind: str, number: int, model: Any) -> Any:
    if field.remote_field and field.related_model is model:
        return None if field.null else number
    if field.primary_key or field.remote_field:
        return number if kind == "whole" else f"{number}"
    made = {
        "whole": number % 1000, "bool": number % 2 == 0, "decimal": _decimal(field, number),
        "moment": f"2026-01-{number % 28 + 1:02}T08:00:00.{number % 1_000_000:06}Z",
        "day": f"2026-02-{number % 28 + 1:02}",
        "json": "{}", "bytes": "", "address": "127.0.0.1",
    }  # fmt: skip
    if kind in made:
        return number if kind == "whole" and field.unique else made[kind]
    text = f"{number} {field.name} 绩效"
    return text[: field.max_length] if field.max_length else text


def _decimal(field: Any, number: int) -> str:
    """Digits with all the places of the column; of other kinds nobody asks."""
    places = getattr(field, "decimal_places", None) or 1
    return f"{number % 1000}.{number % 10**places:0{places}d}"
