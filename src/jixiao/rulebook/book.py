"""A rulebook 规则集 resolved for a day, as data."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.form import digits
from jixiao.rulebook.changes import changed, told_with
from jixiao.rulebook.entries import (
    Band,
    Cap,
    ExecutionStep,
    Golden,
    Grade,
    Labels,
    Let,
    Profile,
    Reading,
    Scalar,
    Steps,
    Value,
)
from jixiao.rulebook.fingerprint import fingerprint


class Book(Struct, frozen=True):
    """A rulebook resolved for a day: what it inherits is in it.

    Attributes:
        id: "cn", "cn-shanghai".
        on: the ISO day it was resolved for.
        since: the ISO day the place's own rules came into force.
        begins: the ISO day from which all its rules, those it inherits included, are in force.
        files: the files it was made of, the place's own first.
        fingerprint: hash of everything that computes.
    """

    id: str
    on: str
    since: str
    zh: str
    en: str
    files: tuple[str, ...]
    values: dict[str, Value]
    profiles: tuple[Profile, ...]
    bands: tuple[Band, ...]
    labels: tuple[Labels, ...]
    grades: tuple[Grade, ...]
    caps: tuple[Cap, ...]
    execution_steps: tuple[ExecutionStep, ...]
    lets: tuple[Let, ...]
    readings: dict[str, Reading]
    steps: Steps
    words: tuple[str, ...]
    golden: tuple[Golden, ...]
    begins: str = ""
    fingerprint: str = ""

    @property
    def in_force(self) -> bool:
        """Whether its rules were in force on the day it was resolved for; the earliest book serves days before it."""
        return self.on >= self.begins

    def let(self, name: str) -> Let:
        """The named value of that name.

        Raises:
            KeyError: the book has none.
        """
        for let in self.lets:
            if let.name == name:
                return let
        raise KeyError(name)

    def with_values(self, changes: Mapping[str, Scalar | int]) -> "Book":
        """This book with other values of some parameters, to see what would follow.

        The changed values, and the named values that are told with them, cite the change and no clause of law.

        Args:
            changes: parameter → value; a whole number counts as a number.

        Raises:
            RulebookError: there is no such parameter, or the value is not of its kind or outside its domain.
        """
        values = dict(self.values)
        for name, value in changes.items():
            values[name] = changed(self.id, values, name, value)
        touched = told_with(self.lets, changes)
        book = msgspec.structs.replace(
            self, values=values, lets=tuple(touched.get(let.name, let) for let in self.lets), fingerprint=""
        )
        return msgspec.structs.replace(book, fingerprint=fingerprint(book.id, values, book.lets, book.labels))

    def describe(self) -> dict[str, Any]:
        """Everything the book says as plain JSON values, each with clause, source and evidence."""
        described: dict[str, Any] = digits(msgspec.to_builtins(self, builtin_types=(Decimal,), str_keys=True))
        del described["golden"]
        return described
