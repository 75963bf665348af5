"""Checks, lexicons, books and reviewers as the tests use them, and the seed's forms typed off by a person."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec

from jixiao.form import Form
from jixiao.language import Result
from jixiao.review import Checks, Lexicons, Reviewer, load_checks, load_lexicons
from jixiao.review.page import Example
from jixiao.rulebook import Book, Cap, Provenance, Shelf
from jixiao.rulebook.entries import Scalar
from jixiao.rulebook.resolve import ordered
from jixiao.rulebook.tables import cap_lets

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = HOUSE / "src" / "jixiao"


def texts(folder: Path) -> dict[str, str]:
    """Every TOML text below a folder by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.toml")}


@cache
def checks() -> Checks:
    """The checks as they stand."""
    return load_checks(texts(ROOMS / "review" / "checks"))


@cache
def lexicons() -> Lexicons:
    """The lexicons as they stand."""
    return load_lexicons(texts(ROOMS / "review" / "lexicons"))


@cache
def shelf() -> Shelf:
    """The rulebooks as they stand."""
    return Shelf.load(texts(ROOMS / "rulebook" / "books"))


@cache
def reviewer(
    book: str = "cn", profiles: tuple[str, ...] = (), caps: tuple[str, ...] = (), *,
    values: tuple[tuple[str, Scalar | int], ...] = (), trial: bool = False,
) -> Reviewer:  # fmt: skip
    """The reviewer of a book, its profiles cut down, its caps and parameters set as an example says."""
    found = shelf().on(book, date(2024, 12, 31))
    found = found.with_values(dict(values)) if values else found
    if profiles:
        kept = tuple(profile for profile in found.profiles if profile.name in profiles)
        found = msgspec.structs.replace(found, profiles=kept)
    return Reviewer(_capped(found, caps) if caps else found, checks(), lexicons(), trial=trial)


def of_example(example: Example) -> Reviewer:
    """The reviewer an example runs under, checks on trial included."""
    values = tuple(sorted(example.values.items()))
    return reviewer(example.book, example.profiles, example.caps, values=values, trial=True)


def evaluated(form: Form) -> Result:
    """The result of a form under the ministry's book with its checks."""
    made = reviewer()
    return made.scorer.evaluate(form, made.features(form))


def _capped(book: Book, caps: tuple[str, ...]) -> Book:
    clause = book.let("total").clause
    made = tuple(_cap(cap, clause) for cap in caps)
    lets = {let.name: let for let in book.lets} | {let.name: let for let in cap_lets(made)}
    return msgspec.structs.replace(book, caps=made, lets=ordered(book.id, lets.values()))


def _cap(text: str, clause: Provenance) -> Cap:
    rate_from, rate_to, at_most = map(Decimal, text.split())
    return Cap(rate_from, rate_to, at_most, clause)


def needing_more() -> set[str]:
    """The codes of the checks that fire only where something is known beside the form, as their examples show."""

    def beside(example: Example) -> bool:
        return any(
            known is not None for known in (example.before, example.approved, example.peers, example.evidence)
        )  # fmt: skip

    return {
        check.code
        for check in checks().values()
        if all(beside(example) for example in check.examples if example.key.startswith("fires"))
    }
