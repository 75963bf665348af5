"""The law, the checks and their word lists as the package carries them, read once and handed to the pure rooms."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from jixiao.desk.errors import WrongUse
from jixiao.review import Checks, Lexicons, Reviewer, load_checks, load_lexicons
from jixiao.review.folder.priority import Weights, load_weights
from jixiao.rulebook import Book, Shelf

if TYPE_CHECKING:
    from jixiao.language.javascript import Shape


def texts(room: str, folder: str) -> dict[str, str]:
    """Every TOML text below a folder of a room, by its path below that folder ("cn/2020-02-25.toml")."""
    return dict(sorted(_walk(files(f"jixiao.{room}") / folder, "")))


@cache
def shelf() -> Shelf:
    """All rulebooks."""
    return Shelf.load(texts("rulebook", "books"))


@cache
def checks() -> Checks:
    """All checks."""
    return load_checks(texts("review", "checks"))


@cache
def lexicons() -> Lexicons:
    """The word lists of the checks."""
    return load_lexicons(texts("review", "lexicons"))


@cache
def priority() -> Weights:
    """What the parts of a form's rank weigh."""
    return load_weights(texts("review", "folder")["priority.toml"])


_reviewers: dict[tuple[object, ...], Reviewer] = {}


def reviewer(book: Book, *, trial: bool = False) -> Reviewer:
    """The compiled reviewer of a book, one for all days on which it says the same; `trial`: checks on trial ask."""
    since = tuple(value.since for value in book.values.values())
    key = (book.id, book.files, book.fingerprint, since, trial)
    if key not in _reviewers:
        _reviewers[key] = Reviewer(book, checks(), lexicons(), trial=trial)
    made = _reviewers[key]
    return made if made.scorer.book.on == book.on else made.dated(book)


def reviewer_on(rulebook: str, day: str) -> Reviewer:
    """The reviewer of a book for a day, ISO."""
    return reviewer(shelf().on(rulebook, date.fromisoformat(day)))


def page_rules(book: Book, names: Iterable[str] | None = None, shape: "Shape" = "module") -> str:
    """The JavaScript source that scores and checks a form under a book in a page, the same digits as here.

    Args:
        book: the book.
        names: the named values and conditions that the page reads; by default all.
        shape: "module" for `import`, "script" for a plain script that sets `jixiaoRules`.
    """
    runtime = (files("jixiao.language") / "javascript" / "runtime.js").read_text(encoding="utf-8")
    return reviewer(book).scorer.program.javascript(runtime, names, shape)


def known_rulebook(identifier: str) -> str:
    """The id, if there is such a rulebook.

    Raises:
        WrongUse: there is none; the sentence lists those there are.
    """
    ids = shelf().ids()
    if identifier in ids:
        return identifier
    listed = "、".join(ids)
    zh = f"没有 {identifier} 这部规则集。现有：{listed}。"
    raise WrongUse(zh, f"There is no rulebook {identifier}. There are: {', '.join(ids)}.")


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield prefix + entry.name, entry.read_text(encoding="utf-8")
