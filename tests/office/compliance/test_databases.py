"""No migration uses what databases like PostgreSQL do not share: names, types, indexes, operators, own SQL."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from office.compliance.test_sources_safe import SOURCES, where

NAME = re.compile(r"[a-z_][a-z0-9_]{0,29}")
KINDS = {
    "AutoField", "BigAutoField", "BooleanField", "CharField", "DateField", "DateTimeField", "DecimalField",
    "EmailField", "ForeignKey", "IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField",
    "PositiveSmallIntegerField", "PositiveBigIntegerField", "SlugField", "TextField", "SealedText", "OneToOneField",
    "BinaryField",
}  # fmt: skip
"""Bigint, integer, boolean, varchar, text, bytea, date, timestamp, numeric."""
ODD = ("condition", "expressions", "deferrable")


def ours() -> Iterator[type[models.Model]]:
    """The tables of our rooms."""
    return (model for model in apps.get_models() if model.__module__.startswith("jixiao."))


def test_names_are_short_and_plain() -> None:
    """Tables, columns, indexes and constraints: at most thirty small letters, digits and low lines."""
    names = [model._meta.db_table for model in ours()]
    names += [str(field.column) for model in ours() for field in model._meta.local_concrete_fields]
    names += [each.name for model in ours() for each in (*model._meta.indexes, *model._meta.constraints)]
    assert len(names) > 100
    assert [name for name in names if not NAME.fullmatch(name)] == []


def test_types_are_shared() -> None:
    """No column is of a type that one of them lacks: JSON, array, range, UUID, interval."""
    kinds = {(type(field).__name__, str(field)) for model in ours() for field in model._meta.local_concrete_fields}
    assert {each for each in kinds if each[0] not in KINDS} == set()


def test_indexes_are_plain() -> None:
    """No partial index, none on an expression, no exclusion, nothing deferred, no column that is worked out."""
    odd = []
    for model in ours():
        for each in (*model._meta.indexes, *model._meta.constraints):
            odd += [(model.__name__, name) for name in ODD if getattr(each, name, None)]
        odd += [(model.__name__, field.name) for field in model._meta.local_fields if field.generated]
    assert odd == []


def test_migrations_write_no_sql_of_their_own() -> None:
    """But the one of the journal's guards, which has a way for each vendor."""
    files = {where(file): file.read_text("utf-8") for file in SOURCES if "/migrations/" in where(file)}
    assert len(files) > 15
    told = {name for name, text in files.items() if re.search(r"RunSQL|cursor\(", text)}
    assert told == {"office/journal/migrations/0004_guards.py"}


def test_nothing_of_one_vendor_is_imported() -> None:
    """Neither Django's room for PostgreSQL nor a driver by name, but for backups."""
    of_one = re.compile(r"contrib\.postgres|import psycopg|JSONField|ArrayField|LISTEN ")
    told = {where(file) for file in SOURCES if of_one.search(file.read_text("utf-8"))}
    assert {each for each in told if not each.startswith("office/backup/")} == set()
