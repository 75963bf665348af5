"""What a name stands for: a check, an entry of a rulebook, a contract; and how two rulebooks differ."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any, Final, Literal

import msgspec

from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, known_rulebook, shelf
from jixiao.form import FORM_SCHEMA, json_schema
from jixiao.rulebook import Book
from jixiao.writing.book_difference import difference_text, difference_wire
from jixiao.writing.book_entries import found
from jixiao.writing.explaining import Indexed, explained, explanation_parts, explanation_text, explanation_wire
from jixiao.writing.fixing.as_json import FIX_SCHEMA, fix_schema
from jixiao.writing.folder.as_json import FOLDER_SCHEMA, folder_schema
from jixiao.writing.json_report import REVIEW_SCHEMA, review_schema
from jixiao.writing.letter.letter import LETTER_SCHEMA, letter_schema
from jixiao.writing.letter.summary import SUMMARY_SCHEMA, summary_schema
from jixiao.writing.pages import check_list_text, check_parts, check_text, check_wire
from jixiao.writing.report import ReviewReport, Told, steps_of
from jixiao.writing.sealed import SEAL_SCHEMA, seal_schema
from jixiao.writing.verified import VERIFY_SCHEMA, verify_schema

Language = Literal["zh", "en"]

_CONTRACTS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    FORM_SCHEMA: json_schema,
    REVIEW_SCHEMA: review_schema,
    FOLDER_SCHEMA: folder_schema,
    LETTER_SCHEMA: letter_schema,
    SUMMARY_SCHEMA: summary_schema,
    FIX_SCHEMA: fix_schema,
    VERIFY_SCHEMA: verify_schema,
    SEAL_SCHEMA: seal_schema,
}


def explanation(name: str, kind: str, language: Language, rulebook: str | None = None) -> str:
    """What a name stands for, as text or JSON.

    Args:
        name: the code or name of a check ("JX204"), a contract ("jixiao/form/1"; JSON in either form of output), or an
            entry of a rulebook: "p.places", "score", "profile standard", "grade", "clause 第十六条".
        kind: "text" or "json".
        language: "zh" or "en", of the text.
        rulebook: id of the rulebook, also with its day ("cn@2020-12-31"); the ministry's where `None`.

    Raises:
        WrongUse: there is nothing of that name, no such rulebook or no such day.
    """
    book = dated_book(rulebook or shelf().default)
    if name in _CONTRACTS:
        return _json(_CONTRACTS[name]())
    codes = [code for code, check in checks().items() if name.upper() == code or name == check.name]
    if codes:
        check = checks()[codes[0]]
        return _json(check_wire(check)) if kind == "json" else check_text(check, language)
    meant = found(book, name)
    if not meant:
        raise _unknown(name, book)
    index = Indexed(book)
    told = [explained(entry, index, checks(), _indexed()) for entry in meant]
    if kind == "json":
        return _json([explanation_wire(each) for each in told])
    return "\n\n".join(explanation_text(each, language) for each in told)


def check_list(kind: str, language: Language) -> str:
    """All checks: code and title, by family, as text; their whole pages as JSON."""
    known = checks().values()
    return _json([check_wire(check) for check in known]) if kind == "json" else check_list_text(known, language)


def book_difference(first: str, second: str, kind: str, language: Language) -> str:
    """How two rulebooks differ, each an id, also with its day ("cn@2020-12-31"), as text or JSON.

    Raises:
        WrongUse: there is no such rulebook or no such day.
    """
    one, other = dated_book(first), dated_book(second)
    return _json(difference_wire(one, other)) if kind == "json" else difference_text(one, other, language)


def newest_books() -> list[Book]:
    """Every rulebook with its newest rules."""
    return [shelf().on(identifier, shelf().newest(identifier)) for identifier in shelf().ids()]


def dated_book(named: str, day: str | None = None) -> Book:
    """The rulebook of an id in force on the day behind its @, else on `day`, else the newest.

    Raises:
        WrongUse: there is no such rulebook, or the day is no day.
    """
    identifier, _, at = named.partition("@")
    identifier, day = known_rulebook(identifier), at or day
    try:
        on = date.fromisoformat(day) if day else shelf().newest(identifier)
    except ValueError as error:
        zh = f"“{day}”不是日期。请写成 2024-12-31 的样子。"
        raise WrongUse(zh, f"{day!r} is no day. Write it like 2024-12-31.") from error
    return shelf().on(identifier, on)


def with_told(report: ReviewReport) -> ReviewReport:
    """A report with what stands behind every check and every entry of a rulebook that it names."""
    codes = {finding.code for _, form in report.forms() for finding in form.review.findings}
    codes |= {item.code for _, form in report.forms() for item in form.review.undecided}
    asked = [checks()[code] for code in sorted(codes) if code in checks()]
    told = [Told(check.code, "", check.title, check_parts(check), check.clause_of) for check in asked]
    for identifier, on in sorted({(form.sheet.rulebook, form.sheet.on) for _, form in report.forms()}):
        sheets = [form.sheet for _, form in report.forms() if (form.sheet.rulebook, form.sheet.on) == (identifier, on)]
        names = {step.entry for sheet in sheets for step in steps_of(sheet)} | {check.clause_of for check in asked}
        told += _told_of(dated_book(f"{identifier}@{on}"), names)
    return msgspec.structs.replace(report, told=tuple(told))


@cache
def _indexed() -> list[Indexed]:
    return [Indexed(book) for book in newest_books()]


def _told_of(book: Book, names: set[str]) -> Iterator[Told]:
    index = Indexed(book)
    for entry in (entry for entry in index.entries if entry.id in names):
        parts = tuple(explanation_parts(explained(entry, index, checks(), _indexed())))
        yield Told(entry.id, f"{book.id}@{book.on}", entry.title, parts)


def _unknown(name: str, book: Book) -> WrongUse:
    near = [code for code in checks() if code[:3] == name[:3].upper()]
    if near:
        return WrongUse(
            f"没有 {name} 这项检查。现有：{'、'.join(near)}。",
            f"There is no check {name}. There are: {', '.join(near)}.",
        )
    zh = (
        f"没有“{name}”：既不是检查的编号或名称，也不是规则集 {book.id} 中的一项。"
        f"jixiao explain 列出全部检查，jixiao rulebooks {book.id} 列出规则集的每一项。"
    )
    en = (
        f"There is no {name!r}: it is no check's code or name, nor an entry of the rulebook {book.id}. "
        f"jixiao explain lists all checks, jixiao rulebooks {book.id} every entry."
    )
    return WrongUse(zh, en)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
