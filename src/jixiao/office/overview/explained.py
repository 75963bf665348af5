"""What a check asks and what a rulebook says, for the pages that findings lead to."""

from collections.abc import Iterator
from functools import cache

from django.http import Http404

from jixiao.desk.errors import WrongUse
from jixiao.desk.explaining import dated_book, newest_books
from jixiao.desk.library import checks, shelf
from jixiao.review.page import Check
from jixiao.rulebook import Book
from jixiao.scoring.sheet import Text
from jixiao.writing.book_entries import Entry
from jixiao.writing.explaining import Indexed, explained, explanation_parts
from jixiao.writing.words import FAMILY, FAMILY_MEANS


@cache
def indexes() -> tuple[Indexed, ...]:
    """Every rulebook with its newest rules."""
    return tuple(Indexed(book) for book in newest_books())


@cache
def index_of(identifier: str, day: str) -> Indexed:
    """A rulebook as it was on a day.

    Raises:
        Http404: there is no such rulebook, or the day is none of its days.
    """
    if identifier not in shelf().ids() or day not in days_of(identifier):
        raise Http404
    return Indexed(dated_book(identifier, day))


def days_of(identifier: str) -> list[str]:
    """The days on which a rulebook began to say something new, newest first."""
    return sorted((on.isoformat() for on in shelf().versions(identifier)), reverse=True)


def by_family() -> Iterator[tuple[Text, Text, list[Check]]]:
    """Name and meaning of each family, with its checks."""
    for family, name in FAMILY.items():
        yield name, FAMILY_MEANS[family], [one for one in checks().values() if one.family == family]


def parts_of(index: Indexed, entry: Entry) -> list[tuple[Text, Text]]:
    """What is said of an entry of a rulebook, each under its label."""
    return list(explanation_parts(explained(entry, index, checks(), indexes())))


def book_named(named: str) -> Book | None:
    """A book that a filing's round names; `None` where there is none any more."""
    try:
        return dated_book(named)
    except WrongUse:
        return None
