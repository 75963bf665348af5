"""The parameters of a rulebook as fields of the rule lab: what each may be, what it is now, and the law behind it."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.urls import reverse
from msgspec import Struct

from jixiao.desk.errors import WrongUse
from jixiao.desk.explaining import dated_book
from jixiao.desk.library import shelf
from jixiao.form import plain
from jixiao.office.look.words import say
from jixiao.office.overview.explained import days_of
from jixiao.rulebook import Book, Scalar, Value

_READ: Final = re.compile(r"\bp\.([a-z_]+)")
_BASE: Final = "execution_base"
"""Has a field of its own."""


class Parameter(Struct, frozen=True):
    """A field.

    Attributes:
        name: of the parameter.
        words: what it is.
        now: its value in the book, for people.
        given: what was asked for; empty where it stays.
        choices: the values it may have, each with its words; empty for a number or a text.
        low, high: the ends of a number; empty where any.
        law: the clause.
        href: where the clause is explained.
    """

    name: str
    words: str
    now: str
    given: str
    choices: tuple[tuple[str, str], ...]
    low: str
    high: str
    law: str
    href: str

    @property
    def slides(self) -> bool:
        """Whether both ends are declared."""
        return bool(self.low and self.high)


def book_of(rulebook: str) -> Book:
    """The newest state of a rulebook; the ministry's where none is named, or one that is not there."""
    try:
        return dated_book(rulebook or shelf().default)
    except WrongUse:
        return dated_book(shelf().default)


def parameters(rulebook: str, settings: Iterable[str]) -> list[Parameter]:
    """The parameters that totals and grades are computed from; others only decide what is asked."""
    book, given = book_of(rulebook), given_values(settings)
    read = {name for let in book.lets for name in _READ.findall(let.text)}
    return [_parameter(book, one, given) for one in book.values.values() if one.name in read and one.name != _BASE]


def given_values(settings: Iterable[str]) -> dict[str, str]:
    """Name → value of settings like "pass_mark=60"."""
    parts = (one.partition("=") for one in settings)
    return {name: value for name, _, value in parts}


def _parameter(book: Book, one: Value, given: Mapping[str, str]) -> Parameter:
    page = reverse("rulebook", args=[book.id, days_of(book.id)[0]])
    return Parameter(
        name=one.name,
        words=say(one.zh, one.en),
        now=_said(one.value),
        given=given.get(one.name, ""),
        choices=_choices(one),
        low="" if one.low is None else plain(one.low),
        high="" if one.high is None else plain(one.high),
        law=f"{one.clause.document} {one.clause.article}",
        href=f"{page}?entry=p.{one.name}",
    )


def _choices(one: Value) -> tuple[tuple[str, str], ...]:
    if isinstance(one.value, bool):
        return (("true", say("是", "yes")), ("false", say("否", "no")))
    return tuple((text, text) for text in one.one_of)


def _said(value: Scalar) -> str:
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    return value if isinstance(value, str) else plain(value)
