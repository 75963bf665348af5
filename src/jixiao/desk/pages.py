"""What the desk explains: a check, the rulebooks, one rulebook."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal

import msgspec

from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, known_rulebook, shelf
from jixiao.form import FORM_SCHEMA, json_schema
from jixiao.rulebook import Book
from jixiao.writing.json_report import REVIEW_SCHEMA, review_schema
from jixiao.writing.pages import book_list_text, book_text, check_list_text, check_text, check_wire

Language = Literal["zh", "en"]


_CONTRACTS: Final[dict[str, Callable[[], dict[str, Any]]]] = {FORM_SCHEMA: json_schema, REVIEW_SCHEMA: review_schema}


def explanation(name: str, kind: str, language: Language) -> str:
    """What a name stands for: the page of a check, or the JSON Schema of a contract (JSON in either form of output).

    Raises:
        WrongUse: there is nothing of that name.
    """
    return _json(_CONTRACTS[name]()) if name in _CONTRACTS else check_page(name, kind, language)


def check_list(kind: str, language: Language) -> str:
    """All checks: code and title, by family, as text; their whole pages as JSON."""
    known = checks().values()
    return _json([check_wire(check) for check in known]) if kind == "json" else check_list_text(known, language)


def check_page(code: str, kind: str, language: Language) -> str:
    """The page of a check, as text or JSON.

    Raises:
        WrongUse: there is no such check; the sentence lists the codes of its hundred.
    """
    known = checks()
    wanted = code.upper()
    if wanted not in known:
        near = [name for name in known if name[:3] == wanted[:3]] or list(known)
        zh = f"没有 {code} 这项检查。现有：{'、'.join(near)}。"
        raise WrongUse(zh, f"There is no check {code}. There are: {', '.join(near)}.")
    check = known[wanted]
    return _json(check_wire(check)) if kind == "json" else check_text(check, language)


def book_list(kind: str, language: Language) -> str:
    """All rulebooks, each in its newest version, as text or JSON."""
    books = [shelf().on(identifier, max(shelf().versions(identifier))) for identifier in shelf().ids()]
    if kind == "text":
        return book_list_text(books, language)
    keys = ("id", "zh", "en", "since", "on", "fingerprint")
    return _json([{key: getattr(book, key) for key in keys} for book in books])


def book_page(identifier: str, day: str | None, kind: str, language: Language) -> str:
    """Every value of the rulebook in force on a day (the newest, where none is given), as text or JSON.

    Raises:
        WrongUse: there is no such book, or `day` is no day.
    """
    book = _book(known_rulebook(identifier), day)
    return _json(book.describe()) if kind == "json" else book_text(book, language)


def _book(identifier: str, day: str | None) -> Book:
    try:
        on = date.fromisoformat(day) if day else max(shelf().versions(identifier))
    except ValueError as error:
        zh = f"“{day}”不是日期。请写成 2024-12-31 的样子。"
        raise WrongUse(zh, f"{day!r} is no day. Write it like 2024-12-31.") from error
    return shelf().on(identifier, on)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
