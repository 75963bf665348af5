"""The rulebooks as the desk shows them: all of them, or one, entry by entry."""

from typing import Literal

import msgspec

from jixiao.desk.explaining import dated_book, newest_books
from jixiao.writing.pages import book_list_text, book_text

Language = Literal["zh", "en"]


def book_list(kind: str, language: Language) -> str:
    """All rulebooks, each in its newest version, as text or JSON."""
    books = newest_books()
    if kind == "text":
        return book_list_text(books, language)
    keys = ("id", "zh", "en", "since", "on", "fingerprint")
    return _json([{key: getattr(book, key) for key in keys} for book in books])


def book_page(identifier: str, day: str | None, kind: str, language: Language) -> str:
    """Every value of the rulebook in force on a day (the newest, where none is given), as text or JSON.

    Raises:
        WrongUse: there is no such book, or `day` is no day.
    """
    book = dated_book(identifier, day)
    return _json(book.describe()) if kind == "json" else book_text(book, language)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
